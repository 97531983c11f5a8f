import { isFiller } from './filler.ts';
import { plainText } from './plain-text.ts';

/** What a feed calls a duration, sorted by what it is. */
export interface ParsedDuration {
  /** Calendar time, ISO 8601 (`P10W`). */
  duration?: string;
  /** Effort in hours of 60 minutes (`PT50H` → 50). */
  hours?: number;
  /** As stated, when it is neither or a mixture. */
  text?: string;
}

const NUMBER = String.raw`(\d+(?:[.,]\d+)?)`;
const ISO = new RegExp(
  `^P(?:${NUMBER}Y)?(?:${NUMBER}M)?(?:${NUMBER}W)?(?:${NUMBER}D)?(?:T(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?)?$`,
);
const IN_WORDS = new RegExp(
  `^${NUMBER}[ -]?(\\p{L}{1,14})(?: in total| insgesamt| au total| en total| in totale?| in totaal| totalt)?\\.?$`,
  'u',
);
/** Nobody states a thousandth of an hour or a day: these are thousands ("1,250 hours", "1.250 Stunden"). */
const THOUSANDS = /^\d{1,3}[.,]\d{3}$/;
const value = (part: string | undefined): number => (part ? Number(part.replace(',', '.')) : 0);

/** Units in the languages of the EU: the letter of ISO 8601, and what it is called. "Stunden" and the like are hours of 60 minutes. */
const UNITS = new Map(
  (
    'Y:year years yr yrs jahr jahre jahren an ans année années año años anno anni jaar jaren ano anos rok lata lat vuosi vuotta år aasta aastat roky let leta év metai gads gadi godina godine έτος έτη година години an ani bliain blianta sena snin latach letech vuosina;' +
    'M:month months mth mths monat monate monaten mois mes meses mese mesi maand maanden mês miesiąc miesiące miesięcy kuukausi kuukautta kk månad månader måned måneder kuu kuud měsíc měsíce měsíců mesiac mesiace mesiacov hónap mėnuo mėnesiai mėnesių mēnesis mēneši mjesec mjeseci mesec mesecev μήνας μήνες месец месеца lună luni mí míonna xahar xhur miesiącach mies měsících mesiacoch mesecih mjesecima kuukausina kuukausissa kuudes hónapban mėnesiais mėn mēnešos;' +
    'W:week weeks wk wks woche wochen semaine semaines semana semanas settimana settimane weken tydzień tygodnie tygodni viikko viikkoa vecka veckor uge uger uke uker nädal nädalat týden týdny týdnů týždeň týždne týždňov hét savaitė savaitės savaičių nedēļa nedēļas tjedan tjedni tjedna tjedana teden tedni tednov εβδομάδα εβδομάδες седмица седмици săptămână săptămâni seachtain seachtainí ġimgħa ġimgħat tygodniach tyg týdnech týždňoch tednih tjednima viikkoina viikoissa nädalates hétben savaitėmis sav nedēļās;' +
    'D:day days tag tage tagen jour jours día días giorno giorni dag dagen dia dias dzień dni päivä päivää dagar dage dager päev päeva den dny dní deň nap diena dienos dienų dienas dan dani dana dnevi ημέρα ημέρες ден дни zi zile lá laethanta jum jiem tagen dniach dnech dňoch dneh danima päivinä päivissä päevades napban dienomis dienās;' +
    'H:hour hours hr hrs h std stunde stunden heure heures hora horas ora ore uur uren godzina godziny godzin tunti tuntia timme timmar time timer tund tundi hodina hodiny hodin hodín óra valanda valandos valandų stunda stundas sat sati ura ure ur ώρα ώρες час часа uair uaireanta siegħa sigħat godz godzinach hod hodinách urah satima tunteina tunneissa tundides órában val valandomis stundās tim uren;' +
    'm:minute minutes min mins minuten minuto minutos minuti minuut minuty minut minuuttia minuter minutter minutit perc'
  )
    .split(';')
    .flatMap((line) => {
      const [letter = '', words = ''] = line.split(':');
      return words.split(' ').map((word): [string, string] => [word, letter]);
    }),
);

/**
 * ISO 8601 durations: years to days are calendar time, hours to seconds are effort. Components that are zero say nothing
 * (`P0Y2M0DT0H0M0S` is `P2M`). One number and one unit in words of a language of the EU ("10 weeks", "50 Stunden") are the same,
 * and the words stay. A mixture (`P1DT2H`), nothing at all (`P`, `PT0S`) and other words are kept as text. Fillers and what is no
 * string give undefined.
 */
export function parseDuration(input: unknown): ParsedDuration | undefined {
  if (typeof input !== 'string') return undefined;
  const text = plainText(input);
  if (isFiller(text)) return undefined;
  const iso = text.length <= 40 ? ISO.exec(text.toUpperCase()) : null;
  if (iso) return fromIso(iso, text);
  const [, number = '', word = ''] = text.length <= 60 ? (IN_WORDS.exec(text) ?? []) : [];
  const unit = UNITS.get(word.toLowerCase());
  const amount = THOUSANDS.test(number) ? Number(number.replace(/[.,]/, '')) : value(number);
  if (!unit || amount <= 0) return { text };
  if (unit === 'H' || unit === 'm') return { hours: rounded(unit === 'H' ? amount : amount / 60), text };
  return { duration: `P${THOUSANDS.test(number) ? amount : number}${unit}`, text };
}

function fromIso(found: RegExpExecArray, text: string): ParsedDuration {
  const calendar = [...'YMWD']
    .flatMap((letter, n) => (value(found[n + 1]) > 0 ? `${found[n + 1]}${letter}` : []))
    .join('');
  const hours = value(found[5]) + value(found[6]) / 60 + value(found[7]) / 3600;
  if (calendar && hours > 0) return { text };
  if (calendar) return { duration: `P${calendar}` };
  return hours > 0 ? { hours: rounded(hours) } : { text };
}

const rounded = (hours: number): number => Math.round(hours * 10_000) / 10_000;

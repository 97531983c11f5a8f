import type { Opportunity, Price } from '../../../schema/index.ts';
import { checkOrder, readDate, readStart } from '../../elements/dates.ts';
import { readUrl } from '../../elements/links.ts';
import { type Modes, orOnline } from '../../elements/modes.ts';
import { placeOf } from '../../elements/places.ts';
import { readPrices } from '../../elements/prices.ts';
import { compactRun } from '../../elements/runs.ts';
import { readTexts } from '../../elements/texts.ts';
import type { Spot } from '../../record/spot.ts';

/** The words in the language of the offer, else in Finnish, else in whichever there is. */
export function wordsOf(spot: Spot): string | undefined {
  const texts = spot.texts();
  const first = [spot.reading.language, 'fi'].map((wanted) => texts.find(({ language }) => language === wanted));
  return (first.find(Boolean) ?? texts[0])?.value;
}

/** The targets of application are the runs, each with its own start; an offer without any is one run. */
export function runsOf(main: Spot, modes: Modes): Opportunity[] {
  const metadata = main.at('metadata');
  const teaching = metadata.at('opetus');
  const targets = [main, ...main.nodes('hakutiedot')].flatMap((one) => one.nodes('hakukohteet'));
  const pace = teaching.each('opetusaika').flatMap((one) => wordsOf(one.at('nimi')) ?? []);
  const own = { pace: [...new Set([...pace, ...modes.pace])].join(', ') || undefined, modes };
  const general = teaching.at('koulutuksenAlkamiskausi');
  if (targets.length)
    return targets.map((target) =>
      runOf(target, target.first('hakukohdeOid', 'oid').said() ?? '', {
        ...own,
        start: target.at('koulutuksenAlkamiskausi').silent ? general : target.at('koulutuksenAlkamiskausi'),
        times: target.nodes('hakuajat'),
        places: target.nodes('jarjestyspaikka'),
        link: target.at('hakulomakeLinkki'),
      }),
    );
  const times = metadata.nodes('hakuaika');
  return [
    runOf(main, main.at('oid').said() ?? '', {
      ...own,
      start: general,
      times,
      places: main.nodes('tarjoajat'),
      link: metadata.at('hakulomakeLinkki'),
    }),
  ];
}

interface Facts {
  modes: Modes;
  pace: string | undefined;
  start: Spot;
  times: Spot[];
  places: Spot[];
  link: Spot;
}

function runOf(spot: Spot, id: string, { modes, pace, start, times, places, link }: Facts): Opportunity {
  const dates = {
    ...readStart(start.at('koulutuksenAlkamispaivamaara')),
    endDate: readDate(start.at('koulutuksenPaattymispaivamaara')),
  };
  checkOrder(spot.reading, dates, start.at('koulutuksenPaattymispaivamaara').path);
  const season = [wordsOf(start.at('koulutuksenAlkamiskausi').at('nimi')), start.at('koulutuksenAlkamisvuosi').said()];
  const type = start.at('alkamiskausityyppi');
  const words = season.filter(Boolean).join(' ') || (/suunnitelma/.test(type.word()) ? type.said() : undefined);
  const towns = places.map((one) =>
    placeOf(one, { name: wordsOf(one.at('nimi')), locality: wordsOf(one.at('paikkakunta').at('nimi')) }),
  );
  const name = readTexts(spot.at('nimi'));
  const online = towns.find((one) => one.online)?.online;
  const held = online === undefined ? { codes: [], words: [] } : orOnline(modes, online);
  const named = [...new Set(towns.flatMap(({ place }) => place ?? []))];
  const days = (name: string) => times.flatMap((one) => readDate(one.at(name)) ?? []).sort();
  return compactRun<Opportunity>({
    id,
    path: spot.path,
    name: spot.path && name.length ? name : undefined,
    ...dates,
    startText: dates.startDate ? undefined : (dates.startText ?? words),
    applicationStart: days('alkaa')[0],
    // An application that never ends has no last day.
    applicationDeadline: times.every((one) => one.at('paattyy').silent) ? undefined : days('paattyy').at(-1),
    place: named.join('; ').slice(0, 1000) || undefined,
    locality: towns.find((one) => one.locality)?.locality,
    pace,
    participation: held.codes.length ? held.codes : undefined,
    participationText: held.words.join(', ') || undefined,
    status: spot.at('tila').word() === 'arkistoitu' ? 'closed' : undefined,
    url: link.members().flatMap((language) => readUrl(link.at(language)) ?? [])[0],
  });
}

/**
 * `maksunMaara` is in euros ("Koulutuksen toteutuksen maksun määrä euroissa", konfo-backend, schema/toteutus_metadata.clj). A fee for an academic
 * year (`lukuvuosimaksu`) is none of the whole.
 */
export function pricesOf(teaching: Spot): Price[] {
  const list = teaching.nodes('maksut');
  const prices = (list.length ? list : [teaching]).flatMap((fee): Price[] => {
    const [type, amount] = [fee.at('maksullisuustyyppi'), fee.at('maksunMaara')];
    if (type.word() === 'maksuton' || fee.at('onkoMaksullinen').flag() === false)
      return [{ amount: 0, text: 'maksuton' }];
    if (amount.silent) return type.said() === undefined ? [] : [{ text: type.said() as string }];
    const text = type.word() === 'maksullinen' ? undefined : type.said();
    return readPrices({
      amount,
      currency: 'EUR',
      text,
      ...(type.word() === 'lukuvuosimaksu' ? { recurs: 'lukuvuosimaksu' } : {}),
    });
  });
  const words = teaching.at('maksullisuusKuvaus');
  return [...prices, ...(words.texts().length ? [{ text: (wordsOf(words) as string).slice(0, 500) }] : [])];
}

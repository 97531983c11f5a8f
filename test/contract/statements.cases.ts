import type { Place, Said, Shape } from './format-suite.ts';

type Value = string | number | readonly string[] | null;

/** Facts by name (`facts.ts`); `null`: nothing of the kind may come out. */
export interface Want {
  [fact: string]: Value | boolean | undefined;
  /** The record carries these words. */
  says?: readonly string[];
  /** The record carries the words said, or a problem names them: nothing is lost without a word. */
  told?: boolean;
  /** A problem names the words said. */
  noted?: boolean;
  /** The record is not taken in. */
  rejected?: boolean;
}

/** A clause of a format's own specification by which the same words mean something else there. */
export interface Exception {
  clause: string;
  must?: Want;
  mustNot?: Want;
}

export interface Statement {
  place: Place;
  words: string;
  language: string;
  shape?: Shape;
  /** What must come out; of several wants one, the same in all formats. */
  must: Want | readonly Want[];
  /** What must not, whatever else does. */
  mustNot?: Want;
  except?: Readonly<Record<string, Exception>>;
}

type More = Partial<Omit<Statement, 'place' | 'words' | 'must'>>;
type Row = readonly [words: string, must: Statement['must'], more?: More];

const of = (place: Place, language: string, rows: readonly Row[]): Statement[] =>
  rows.map(([words, must, more]) => ({ place, words, language, must, ...more }));

/** Words that say no level of the EQF: kept as they stand. */
const noEqf = (words: readonly (readonly [string, string])[]): Statement[] =>
  words.map(([language, text]) => ({ place: 'level', words: text, language, must: { eqf: null, says: [text] } }));

/** Words about money that are not what it costs: no amount, and the words stay. */
const noPrice = (words: readonly (readonly [string, string])[]): Statement[] =>
  words.map(([language, text]) => ({ place: 'price', words: text, language, must: { amounts: null, told: true } }));

const free = (words: readonly (readonly [string, string])[]): Statement[] =>
  words.map(([language, text]) => ({ place: 'price', words: text, language, must: { amounts: ['0'] } }));

const fillers = (words: readonly (readonly [string, string])[]): Statement[] =>
  words.map(([language, text]) => ({ place: 'description', words: text, language, must: { description: null } }));

/** One word for a mode of learning, in many languages. */
const modes = (code: string, words: readonly (readonly [string, string])[]): Statement[] =>
  words.map(([language, text]) => ({ place: 'mode', words: text, language, must: { modes: [code] } }));

const ects = (language: string, words: string, value: string | number, unit: string, must: Want): Statement => ({
  place: 'credits',
  words,
  language,
  shape: { value, unit },
  must,
});

/**
 * What the same words must come to, whatever format carries them. Each row is decided by the standards (the EQF's and the EU's lists,
 * BCP 47, ISO 8601, ISO 4217) and by reading as a careful person would; where that is not sure, unknown stays unknown and the words are
 * kept. Every format says them at the place that its specification has for them (`test/fixtures/<format>/suite.ts`); a format without
 * such a place is passed over.
 */
export const STATEMENTS: readonly Statement[] = [
  // ------------------------------------------------------------------------------------------------ level: the EQF by name
  ...of('level', 'en', [
    ['EQF level 6', { eqf: 6 }],
    ['EQF 6', { eqf: 6 }],
    ['EQF5', { eqf: 5 }],
    ['EQF: 4', { eqf: 4 }],
    ['EQF Level 6 (Bachelor)', { eqf: 6, says: ['Bachelor'] }],
    ['ISCED 5 / EQF 6', { eqf: 6, says: ['ISCED 5'] }],
    ['SCQF Level 7 / EQF Level 5', { eqf: 5, says: ['SCQF Level 7'] }],
    ['RQF Level 6 (EQF 6)', { eqf: 6, says: ['RQF Level 6'] }],
    ['NFQ Level 8, EQF Level 6', { eqf: 6, says: ['NFQ Level 8'] }],
    ['EQF 4 – CQFW 3', { eqf: 4, says: ['CQFW 3'] }],
    ['EQF 6 and ISCED 6', { eqf: 6 }],
    ['EQF 6, 120 ECTS', { eqf: 6, ects: null }],
    ['EQF level 6 (2026)', { eqf: 6 }],
    ['Level 6 (EQF)', { eqf: 6 }],
    ['European Qualifications Framework level 7', { eqf: 7 }],
    ['http://data.europa.eu/snb/eqf/6', { eqf: 6 }],
  ]),
  ...of('level', 'de', [
    ['EQR 5', { eqf: 5 }],
    ['DQR/EQR-Niveau 6', { eqf: 6 }],
    ['EQR-Niveau 6', { eqf: 6 }],
    ['Stufe 5 des EQR', { eqf: 5 }],
    ['Europäischer Qualifikationsrahmen, Niveau 6', { eqf: 6 }],
  ]),
  ...of('level', 'fr', [
    ['CEC niveau 6', { eqf: 6 }],
    ['Cadre européen des certifications, niveau 5', { eqf: 5 }],
  ]),
  ...of('level', 'es', [['Nivel 6 del EQF', { eqf: 6 }]]),
  ...of('level', 'it', [['Livello EQF 6', { eqf: 6 }]]),
  ...of('level', 'nl', [['EQF-niveau 6', { eqf: 6 }]]),
  ...of('level', 'lt', [['EKS 6 lygis', { eqf: 6 }]]),
  ...of('level', 'lv', [['EKI 5. līmenis', { eqf: 5 }]]),
  ...of('level', 'hu', [['EKKR 6. szint', { eqf: 6 }]]),
  ...of('level', 'hr', [['EKO razina 6', { eqf: 6 }]]),
  ...of('level', 'cs', [['Evropský rámec kvalifikací, úroveň 5', { eqf: 5 }]]),
  ...of('level', 'ro', [['Cadrul european al calificărilor, nivel 6', { eqf: 6 }]]),
  ...of('level', 'el', [['Επίπεδο ΕΠΕΠ 6', { eqf: 6 }]]),
  ...of('level', 'pt', [['Nível 6 do QEQ', { eqf: 6 }]]),
  ...of('level', 'et', [['EQF tase 6', { eqf: 6 }]]),
  ...of('level', 'fi', [['EQF-taso 6', { eqf: 6 }]]),
  ...of('level', 'sv', [['EQF-nivå 6', { eqf: 6 }]]),

  // the EQF is named only to say that there is none; several levels; another framework's number
  ...noEqf([
    ['en', 'EQF n/a – SCQF 7'],
    ['en', 'EQF n/a - SCQF 7'],
    ['en', 'No EQF level (SCQF 7)'],
    ['en', 'not EQF 6'],
    ['en', 'Not an EQF level 5 course'],
    ['en', 'EQF tbc, ISCED 5'],
    ['en', 'EQF aligned, RQF 4'],
    ['en', 'EQF level 5 or 6'],
    ['en', 'EQF 5 to 6'],
    ['en', 'EQF 5-6'],
    ['en', 'EQF 5–6'],
    ['en', 'EQF 4, 5'],
    ['en', 'EQF 5/6'],
    ['en', 'EQF levels 4 and 5'],
    ['en', 'EQF 4 or higher'],
    ['en', 'EQF 9'],
    ['en', 'EQF 65'],
    ['en', 'EQF 5.5'],
    ['en', 'EQF 5+'],
    ['en', 'EQF 1-8'],
    ['en', 'above EQF 4'],
    ['en', 'at least EQF level 5'],
    ['en', 'EQF level not yet assigned; NFQ 6'],
    ['en', 'EQF: see RQF 5'],
    ['en', 'without EQF level, SCQF 8'],
    ['nl', 'geen EQF-niveau, NLQF 6'],
    ['fr', 'sans niveau CEC, RNCP niveau 6'],
    ['es', 'sin nivel EQF, MECU 2'],
    ['et', 'EQF tasemed 5 kuni 6'],
    ['pl', 'EQF 5 lub 6'],
    ['sv', 'EQF 5 eller 6'],
    ['en', 'CEFR B2'],
    ['en', 'FHEQ Level 6'],
    ['en', 'Year 6'],
    ['de', 'kein EQR-Niveau, DQR 6'],
    ['de', 'EQR 5 bis 6'],
    ['fr', 'CEC niveaux 5 et 6'],
    ['es', 'EQF 5 a 6'],
    ['it', 'EQF 5 o 6'],
    ['fi', 'EQF-tasot 5 ja 6'],
    ['en', 'ISCED 5'],
    ['en', 'RQF Level 4'],
    ['en', 'SCQF 7'],
    ['en', 'NQF level 6'],
    ['nl', 'NLQF 5'],
    ['de', 'DQR 6'],
    ['pl', 'PRK 6'],
    ['en', 'Level 6'],
    ['en', 'Beginner'],
    ['en', 'Master level'],
    ['de', 'Bachelorniveau'],
    ['fr', 'Niveau 6 (Bac+3/4)'],
  ]),
  ...of('level', 'fr', [['Niveau 2', { eqf: null, 'eqf.derived': null, says: ['Niveau 2'] }]]),
  ...of('level', 'en', [
    ['Level 7', { 'eqf.derived': null, nqf: null, says: ['Level 7'] }],
    ['n/a', { 'level.state': 'not-stated' }],
    ['Level 7 of the SCQF', { eqf: null, nqf: 'SCQF 7' }, { shape: { framework: 'SCQF', value: '7' } }],
    ['Level 5 of the NLQF', { eqf: null, nqf: 'NLQF 5' }, { shape: { framework: 'NLQF', value: '5' } }],
    [
      'EQF 6',
      { eqf: 6 },
      {
        shape: { framework: 'EQF', value: '6' },
        except: { 'xcri-cap': { clause: 'XCRI-CAP 1.2, credit:level: a level of the credit scheme; the EQF is none' } },
      },
    ],
  ]),

  // ------------------------------------------------------------------------------------------------ credits
  ects('en', '3 ECTS', 3, 'ECTS', { ects: 3, credits: null }),
  ects('de', '2,5 ECTS', '2,5', 'ECTS', { ects: 2.5 }),
  ects('en', '2.5 ECTS', '2.5', 'ECTS', { ects: 2.5 }),
  ects('en', '0 ECTS', 0, 'ECTS', { ects: 0, 'workload.state': 'stated' }),
  ects('en', '5 ECTS credits', 5, 'ECTS credits', { ects: 5, credits: null }),
  ects('de', '3 KP', 3, 'KP', { ects: null, credits: ['KP 3'] }),
  ects('en', '15 SCQF credits', 15, 'SCQF', { ects: null, credits: ['SCQF 15'] }),
  ects('en', '30 CATS', 30, 'CATS', { ects: null, credits: ['CATS 30'] }),
  ects('it', '6 CFU', 6, 'CFU', { ects: 6 }),
  ects('et', '6 EAP', 6, 'EAP', { ects: 6 }),
  ects('nl', '3 studiepunten', 3, 'studiepunten', { ects: 3 }),
  ects('no', '10 studiepoeng', 10, 'studiepoeng', { ects: 10 }),
  ects('sv', '7,5 högskolepoäng', '7,5', 'högskolepoäng', { ects: 7.5 }),
  ects('fi', '5 opintopistettä', 5, 'opintopistettä', { ects: 5 }),
  ects('fi', '2,5 op', '2,5', 'op', { ects: 2.5 }),
  ects('pl', '3 punkty ECTS', 3, 'punkty ECTS', { ects: 3 }),
  ects('en', '900 ECTS', 900, 'ECTS', { ects: null, told: true }),
  ects('en', '-3 ECTS', -3, 'ECTS', { rejected: true }),
  ects('en', '4 European Credit Transfer System', 4, 'European Credit Transfer System', { ects: 4 }),
  ects('en', '3 Semester Hours', 3, 'Semester Hours', { ects: null, credits: ['Semester Hours 3'] }),
  ects('es', '6 créditos', 6, 'créditos', { ects: null, told: true }),
  ...of('credits', 'en', [
    ['ECTS: 3', { ects: 3 }],
    ['3-5 ECTS', { ects: 3, ectsMax: 5 }],
    ['3 to 5 ECTS', { ects: 3, ectsMax: 5 }],
    ['3 credits', { ects: null, told: true }],
    ['no ECTS', { ects: null, told: true }],
    ['ECTS tbc', { ects: null, told: true }],
    ['up to 5 ECTS', { ects: null, told: true }],
    ['3 ECTS per semester', { ects: null, told: true }],
    ['not ECTS: 15 CATS', { ects: null, told: true }],
    ['at least 3 ECTS', { ects: null, told: true }],
    ['3 ECTS (75 h)', { ects: 3 }],
    ['60 CATS credits (30 ECTS)', { ects: 30, told: true }],
    ['2 ECTS credits', { ects: 2, credits: null }],
    ['0 ECTS', { ects: 0, 'workload.state': 'stated' }],
    ['n/a', { ects: null, credits: null }],
  ]),
  ...of('credits', 'fr', [
    ['3 à 5 ECTS', { ects: 3, ectsMax: 5 }],
    ['3 crédits ECTS', { ects: 3 }],
    ['sans ECTS', { ects: null, told: true }],
  ]),
  ...of('credits', 'de', [
    ['kein ECTS', { ects: null, told: true }],
    ['3 bis 5 ECTS', { ects: 3, ectsMax: 5 }],
    ['2,5 ECTS-Punkte', { ects: 2.5 }],
  ]),
  ...of('credits', 'es', [['6 créditos ECTS', { ects: 6 }]]),
  ...of('credits', 'pl', [['3 punkty ECTS', { ects: 3 }]]),

  // ------------------------------------------------------------------------------------------------ hours of effort
  ...of('hours', 'en', [
    ['50 hours', { hours: 50 }, { shape: { value: 50 } }],
    ['20 h', { hours: 20 }, { shape: { value: 20 } }],
    ['37.5 hours', { hours: 37.5 }, { shape: { value: '37.5' } }],
    ['10 hours per week', { hours: null, told: true }],
    ['10 h/week', { hours: null, told: true }],
    ['5-10 hours a week', { hours: null, hoursMax: null, told: true }],
    ['2 hours a day for 3 weeks', { hours: null, told: true }],
    ['50 hours in total', { hours: 50 }],
    ['50-60 hours', { hours: 50, hoursMax: 60 }],
    ['1,250 hours', { hours: 1250 }],
    ['25 contact hours', { hours: null, told: true }],
    ['25 hours of lectures', { hours: null, told: true }],
    ['2 weeks', { hours: null, told: true }],
    ['tbc', { hours: null }],
  ]),
  ...of('hours', 'de', [
    ['75 Stunden', { hours: 75 }],
    ['2 Stunden pro Woche', { hours: null, told: true }],
    ['1.250 Stunden', [{ hours: 1250 }, { hours: null, told: true }]],
    ['50 bis 60 Stunden', { hours: 50, hoursMax: 60 }],
    ['20 UE', { hours: null, told: true }],
  ]),
  ...of('hours', 'fr', [
    ['40 heures', { hours: 40 }],
    ['4 heures par semaine', { hours: null, told: true }],
  ]),
  ...of('hours', 'es', [
    ['30 horas', { hours: 30 }],
    ['3 horas semanales', { hours: null, told: true }],
  ]),
  ...of('hours', 'it', [['25 ore', { hours: 25 }]]),
  ...of('hours', 'it', [['3 ore alla settimana', { hours: null, told: true }]]),
  ...of('hours', 'pl', [['2 godziny tygodniowo', { hours: null, told: true }]]),
  ...of('hours', 'fi', [['5 tuntia viikossa', { hours: null, told: true }]]),
  ...of('hours', 'cs', [['60 hodin', { hours: 60 }]]),
  ...of('hours', 'pt', [['45 horas', { hours: 45 }]]),
  ...of('hours', 'nl', [
    ['60 uur', { hours: 60 }],
    ['6 uur per week', { hours: null, told: true }],
  ]),
  ...of('hours', 'fi', [['40 tuntia', { hours: 40 }]]),
  ...of('hours', 'pl', [['75 godzin', { hours: 75 }]]),
  ...of('hours', 'sv', [['40 timmar', { hours: 40 }]]),
  ...of('hours', 'et', [['26 tundi', { hours: 26 }]]),

  // ------------------------------------------------------------------------------------------------ duration: calendar time
  ...of('duration', 'en', [
    ['P10W', { duration: 'P10W', hours: null }],
    ['PT50H', { duration: null, hours: 50 }],
    ['P0Y0M0DT10H0M0S', { duration: null, hours: 10 }],
    ['P0Y2M0DT0H0M0S', { duration: 'P2M', hours: null }],
    ['PT90M', { duration: null, hours: 1.5 }],
    ['P1Y6M', { duration: 'P1Y6M', hours: null }],
    ['p10w', { duration: 'P10W' }],
    ['P0D', { duration: null, hours: null }],
    ['-P10W', { duration: null, hours: null, told: true }],
    ['one day', { duration: null, durationText: 'one day', hours: null }],
    ['1 semester', { duration: null, durationText: '1 semester' }],
    ['P1DT30H4S', { duration: null, hours: null }],
    ['P1DT2H', { duration: null, hours: null, told: true }],
    ['P60M', { hours: null, told: true }],
    ['P', { duration: null, durationText: null, hours: null }],
    ['PT0S', { duration: null, hours: null }],
    // One number and one unit are a duration; the words stay.
    ['10 weeks', { duration: 'P10W', hours: null, says: ['10 weeks'] }],
    ['2 to 4 years', { duration: null, durationText: '2 to 4 years' }],
    ['10', { duration: null, durationText: null, hours: null, told: true }],
    ['25:30', { duration: null, hours: null, told: true }],
    ['tbc', { duration: null, durationText: null }],
  ]),
  ...of('duration', 'de', [['6 Monate', { duration: 'P6M', says: ['6 Monate'] }]]),
  ...of('duration', 'fr', [['3 jours', { duration: 'P3D', says: ['3 jours'] }]]),
  ...of('duration', 'pl', [['3 miesiące', { duration: 'P3M', says: ['3 miesiące'] }]]),
  ...of('duration', 'fi', [['8 viikkoa', { duration: 'P8W', says: ['8 viikkoa'] }]]),
  ...of('duration', 'it', [['un semestre', { duration: null, durationText: 'un semestre' }]]),

  // ------------------------------------------------------------------------------------------------ prices
  ...free([
    ['en', 'free'],
    ['en', 'Free of charge'],
    ['de', 'kostenlos'],
    ['de', 'kostenfrei'],
    ['fr', 'gratuit'],
    ['es', 'gratuito'],
    ['it', 'gratuito'],
    ['nl', 'gratis'],
    ['pt', 'grátis'],
    ['et', 'tasuta'],
    ['fi', 'maksuton'],
    ['sv', 'kostnadsfri'],
    ['da', 'gratis'],
    ['pl', 'bezpłatnie'],
    ['cs', 'zdarma'],
    ['sk', 'zadarmo'],
    ['sl', 'brezplačno'],
    ['hr', 'besplatno'],
    ['hu', 'ingyenes'],
    ['lt', 'nemokamai'],
    ['lv', 'bezmaksas'],
    ['el', 'δωρεάν'],
    ['bg', 'безплатно'],
    ['ro', 'gratuit'],
    ['ga', 'saor in aisce'],
    ['mt', "b'xejn"],
  ]),
  ...of('price', 'en', [
    ['€ 450', { amounts: ['450 EUR'], funding: null }],
    ['EUR 450', { amounts: ['450 EUR'] }],
    ['€1,250', { amounts: ['1250 EUR'] }],
    ['1,250.00 EUR', { amounts: ['1250 EUR'] }],
    ['€12.50', { amounts: ['12.5 EUR'] }],
    ['£250', { amounts: ['250 GBP'] }],
    ['GBP1250.00', { amounts: ['1250 GBP'] }],
    ['0', { amounts: ['0'] }],
    ['€0.00', { amounts: ['0 EUR'] }],
    ['450', { amounts: ['450'] }],
    [
      '€450 (incl. VAT)',
      { amounts: ['450 EUR'], says: ['incl. VAT'] },
      { mustNot: { prices: ['450 EUR (incl. VAT)'] } },
    ],
    ['€50 per person', { amounts: ['50 EUR'], says: ['per person'] }],
    ['€450 excl. VAT', { amounts: ['450 EUR'], says: ['excl. VAT'] }],
    ['€1.250', { amounts: ['1250 EUR'] }],
    ['USD 300', { amounts: ['300 USD'] }],
    ['€0 (funded)', { amounts: ['0 EUR'], says: ['funded'] }],
    ['€100 early bird / €120 regular', { amounts: ['100 EUR', '120 EUR'], says: ['early bird'] }],
    ['free for EU citizens, others €500', { told: true }, { mustNot: { prices: ['0'] } }],
    ['1\u00a0250,00\u00a0EUR', { amounts: ['1250 EUR'] }],
    ['€240 (members) / €300 (non-members)', { prices: ['240 EUR (members)', '300 EUR (non-members)'] }],
    [
      'Full Time UK/EU: 9,535 GBP | Full Time Overseas: 16,200 GBP',
      { prices: ['16200 GBP (Full Time Overseas)', '9535 GBP (Full Time UK/EU)'] },
    ],
    ['Free for members', { told: true }, { mustNot: { prices: ['0'] } }],
    ['450 EUR', { amounts: ['450 EUR'] }, { shape: { amount: 450, currency: 'EUR' } }],
    ['0 EUR', { amounts: ['0 EUR'] }, { shape: { amount: 0, currency: 'EUR' } }],
    ['0.89 EUR', { amounts: ['0.89 EUR'] }, { shape: { amount: ',89', currency: 'EUR' } }],
    ['1250.50 EUR', { amounts: ['1250.5 EUR'] }, { shape: { amount: '1.250,50', currency: 'EUR' } }],
  ]),
  ...of('price', 'de', [
    ['1.250,00 €', { amounts: ['1250 EUR'] }],
    ['450,- €', { amounts: ['450 EUR'] }],
    ['450 € pro Person', { amounts: ['450 EUR'] }],
    ['450 € zzgl. MwSt.', { amounts: ['450 EUR'], says: ['zzgl. MwSt.'] }],
    ['Fr. 90', { amounts: ['90 CHF'] }],
    ['Kostenlos für Mitglieder', { told: true }, { mustNot: { prices: ['0'] } }],
    ["CHF 1'200.–", { amounts: ['1200 CHF'] }],
  ]),
  ...of('price', 'fr', [
    ['1 250,50 €', { amounts: ['1250.5 EUR'] }],
    ['450 euros', { amounts: ['450 EUR'] }],
  ]),
  ...of('price', 'pl', [['250 zł', { amounts: ['250 PLN'] }]]),
  ...of('price', 'cs', [['1 200 Kč', { amounts: ['1200 CZK'] }]]),
  ...of('price', 'hu', [['45 000 Ft', { amounts: ['45000 HUF'] }]]),
  ...of('price', 'sv', [['4 500:-', { amounts: ['4500 SEK'] }, { shape: { amount: '4 500:-', currency: 'SEK' } }]]),
  ...noPrice([
    ['en', 'GBP'],
    ['fr', '1 250–1 500 €'],
    ['de', '€1.250 – €1.500'],
    ['de', '1.250–1.500 €'],
    ['en', 'between €100 and €200'],
    ['en', 'from €450'],
    ['de', 'ab 450 €'],
    ['fr', 'à partir de 450 €'],
    ['en', 'up to €500'],
    ['en', '€29.99 per month'],
    ['en', '€29.99/month'],
    ['de', '29,99 € / Monat'],
    ['fr', '30 € par mois'],
    ['es', '50 € al mes'],
    ['it', '50 € al mese'],
    ['nl', '€ 50 per maand'],
    ['pl', '100 zł miesięcznie'],
    ['fi', '25 € kuukaudessa'],
    ['en', '€25 per hour'],
    ['de', '25 € pro Stunde'],
    ['fr', "25 € de l'heure"],
    ['en', '€90 a day'],
    ['en', '€30 per ECTS'],
    ['en', '€120 per module'],
    ['en', 'Deposit €100'],
    ['de', '100 € Anzahlung'],
    ['fr', 'acompte de 100 €'],
    ['en', '6 instalments of €50'],
    ['de', '12 Raten à 40 €'],
    ['fr', '3 mensualités de 150 €'],
    ['en', 'no fee waiver'],
    ['en', 'not free'],
    ['de', 'nicht kostenlos'],
    ['en', 'fee waiver available'],
    ['de', 'kostenpflichtig'],
    ['de', 'auf Anfrage'],
    ['fr', 'sur demande'],
    ['sv', '4 500 kr'],
    ['en', '$300'],
    ['en', '€30 monthly'],
    ['en', '£20 pcm'],
    ['en', '€25/h'],
    ['de', '25 €/Std.'],
    ['en', '€300 per year'],
    ['de', '50 €/Semester'],
    ['en', '€200 per ECTS credit'],
    ['en', '2 x 225 €'],
    ['pt', '50 € por mês'],
    ['es', '25 € por hora'],
    ['it', "25 € all'ora"],
    ['nl', '€ 25 per uur'],
    ['et', '20 € kuus'],
    ['cs', '500 Kč měsíčně'],
    ['sv', '200 SEK per månad'],
    ['hu', '10 000 Ft/hó'],
    ['el', '30 € τον μήνα'],
    ['bg', '30 лв. на месец'],
    ['es', 'fianza de 100 €'],
    ['it', 'acconto di 100 €'],
    ['nl', 'aanbetaling € 100'],
    ['it', '3 rate da 150 €'],
    ['nl', 'vanaf € 450'],
    ['es', 'desde 450 €'],
    ['it', 'a partire da 450 €'],
    ['pl', 'od 450 zł'],
    ['fi', 'alkaen 450 €'],
    ['fr', 'non gratuit'],
    ['es', 'no es gratuito'],
    ['en', 'included in the membership'],
    ['nl', 'op aanvraag'],
    ['es', 'consultar'],
  ]),
  ...of('price', 'en', [
    ['tbc', { amounts: null }],
    ['-', { amounts: null }],
  ]),

  // ------------------------------------------------------------------------------------------------ learning outcomes
  ...of('outcomes', 'en', [
    ['Judge a weld', { outcomes: ['Judge a weld'] }],
    ['• Judge a weld\n• Choose a rod', { outcomes: ['Judge a weld', 'Choose a rod'] }],
    ['By the end you can:\n- measure peat depth\n- plan a dam', { outcomes: ['measure peat depth', 'plan a dam'] }],
    ['1. Read a map 2. Plan a route', { outcomes: ['Read a map', 'Plan a route'] }],
    ['Learning outcomes\n• Judge a weld\n• Choose a rod', { outcomes: ['Judge a weld', 'Choose a rod'] }],
    [
      'Knowledge and understanding\n• the behaviour of joints\n• the grading of softwood\nTransferable skills\n• report findings',
      { outcomes: ['the behaviour of joints', 'the grading of softwood', 'report findings'] },
    ],
    [
      '<p><strong>Intellectual skills</strong></p><p>You learn to:</p><ul><li>compare frame designs</li><li>plan a survey</li></ul>',
      { outcomes: ['compare frame designs', 'plan a survey'] },
    ],
    ['On completion the learner will be able to:', { outcomes: null, told: true }],
    ['Judge a weld.\nChoose a rod.', { outcomes: ['Judge a weld.', 'Choose a rod.'] }],
    ['• judge the state\n  of a joint\n• choose glue', { outcomes: ['judge the state of a joint', 'choose glue'] }],
    ['Welding\nCutting\nForming', { outcomes: ['Welding', 'Cutting', 'Forming'] }],
    ['• Welding\n• Cutting', { outcomes: ['Welding', 'Cutting'] }],
    ['**Knowledge**\n* name the parts\n**Skills**\n* tie a knot', { outcomes: ['name the parts', 'tie a knot'] }],
    ['SKILLS\n- tie a knot\n- splice a rope', { outcomes: ['tie a knot', 'splice a rope'] }],
    ['Skills:\n- tie a knot\n- splice a rope', { outcomes: ['tie a knot', 'splice a rope'] }],
    ['LO1: tie a knot\nLO2: splice a rope', { outcomes: ['tie a knot', 'splice a rope'] }],
    ['- tie a knot;\n- splice a rope.', { outcomes: ['tie a knot', 'splice a rope.'] }],
    ['<ol><li>tie a knot</li><li>splice a rope</li></ol>', { outcomes: ['tie a knot', 'splice a rope'] }],
    ['Students explain how tides work.', { outcomes: ['Students explain how tides work.'] }],
    ['tbc', { outcomes: null }],
    ['n/a', { outcomes: null }],
  ]),
  ...of('outcomes', 'de', [
    [
      'Nach Abschluss können die Teilnehmenden:\n– Lötstellen beurteilen\n– Klebstoffe wählen',
      { outcomes: ['Lötstellen beurteilen', 'Klebstoffe wählen'] },
    ],
    [
      'Fachkompetenz\n• Holz bestimmen\nSozialkompetenz\n• im Team planen',
      { outcomes: ['Holz bestimmen', 'im Team planen'] },
    ],
  ]),
  ...of('outcomes', 'fr', [
    [
      "À l'issue de la formation, vous serez capable de :\n- tailler une haie\n- greffer un arbre",
      { outcomes: ['tailler une haie', 'greffer un arbre'] },
    ],
  ]),
  ...of('outcomes', 'nl', [
    [
      'Kennis\n• de werking van een pomp\nVaardigheden\n• een pomp demonteren',
      { outcomes: ['de werking van een pomp', 'een pomp demonteren'] },
    ],
  ]),
  ...of('outcomes', 'es', [
    ['Al finalizar el curso será capaz de:\n• podar vides\n• injertar', { outcomes: ['podar vides', 'injertar'] }],
  ]),
  ...of('outcomes', 'it', [
    ['Al termine del corso saprai:\n- potare la vite\n- innestare', { outcomes: ['potare la vite', 'innestare'] }],
  ]),
  ...of('outcomes', 'pl', [
    ['Po kursie uczestnik potrafi:\n- wiązać węzły\n- splatać liny', { outcomes: ['wiązać węzły', 'splatać liny'] }],
  ]),
  ...of('outcomes', 'fi', [
    [
      'Kurssin jälkeen osaat:\n• solmia solmuja\n• pleissata köyden',
      { outcomes: ['solmia solmuja', 'pleissata köyden'] },
    ],
  ]),
  ...of('outcomes', 'sv', [
    ['Efter kursen kan du:\n• knyta en knop\n• splitsa ett rep', { outcomes: ['knyta en knop', 'splitsa ett rep'] }],
  ]),
  ...of('outcomes', 'et', [
    ['Läbinu:\n- küpsetab leiba\n- hindab juuretist', { outcomes: ['küpsetab leiba', 'hindab juuretist'] }],
  ]),

  // ------------------------------------------------------------------------------------------------ form of participation
  ...modes('online', [
    ['en', 'online'],
    ['en', 'distance learning'],
    ['en', 'Distance Learning'],
    ['en', 'e-learning'],
    ['en', 'Webinar'],
    ['en', 'virtual classroom'],
    ['de', 'Fernunterricht'],
    ['fr', 'à distance'],
    ['es', 'a distancia'],
    ['it', 'a distanza'],
    ['nl', 'afstandsonderwijs'],
    ['et', 'veebis'],
    ['fi', 'etäopetus'],
    ['sv', 'distans'],
    ['pl', 'zdalnie'],
  ]),
  ...modes('presential', [
    ['en', 'on campus'],
    ['en', 'Face-to-face'],
    ['en', 'in person'],
    ['en', 'classroom'],
    ['de', 'Präsenz'],
    ['fr', 'présentiel'],
    ['es', 'presencial'],
    ['it', 'in presenza'],
    ['nl', 'op locatie'],
    ['fi', 'lähiopetus'],
    ['pl', 'stacjonarnie'],
  ]),
  ...modes('blended', [
    ['en', 'blended'],
    ['en', 'Blended Learning'],
    ['es', 'semipresencial'],
    ['fi', 'monimuoto'],
    ['et', 'põimõpe'],
  ]),
  ...modes('hybrid', [
    ['en', 'hybrid'],
    ['en', 'HyFlex'],
    ['fr', 'hybride'],
  ]),
  ...of('mode', 'en', [
    ['work-based', { modes: ['work-based'] }],
    [
      'Distance without attendance',
      { modes: ['online'] },
      {
        shape: { code: 'DS' },
        except: {
          'xcri-cap': {
            clause:
              'XCRI-CAP 1.2, attendanceMode: DS "Distance without attendance" stands beside ON "Online (no attendance)", so it is not online',
            must: { modes: null, says: ['Distance without attendance'] },
          },
        },
      },
    ],
    ['Distance with attendance', { modes: ['blended'] }, { shape: { code: 'DA' } }],
    ['Full Time', { modes: null, 'modes.text': null, told: true }],
    ['Part-time', { modes: null, 'modes.text': null, told: true }],
    ['Evening', { modes: null, 'modes.text': null, told: true }],
    ['self-paced', { modes: null, told: true }],
    ['asynchronous', { modes: null, told: true }],
    ['varies', { modes: null, told: true }],
    ['not online', { modes: null, told: true }],
    ['correspondence', { modes: null, told: true }],
    ['100% online', { modes: ['online'] }],
    ['MOOC', { modes: ['online'] }],
    ['no online option', { modes: null, told: true }],
    ['online or on campus', { told: true }, { mustNot: { modes: ['blended', 'hybrid'] } }],
    ['weekend', { modes: null, 'modes.text': null, told: true }],
    ['n/a', { modes: null, 'modes.text': null }],
  ]),
  ...of('mode', 'de', [['Vollzeit', { modes: null, 'modes.text': null, told: true }]]),
  ...of('mode', 'fr', [['temps partiel', { modes: null, 'modes.text': null, told: true }]]),
  ...of('mode', 'nl', [['deeltijd', { modes: null, 'modes.text': null, told: true }]]),
  ...modes('online', [
    ['pt', 'ensino a distância'],
    ['cs', 'dálkové'],
    ['hu', 'távoktatás'],
    ['lt', 'nuotolinis'],
    ['el', 'εξ αποστάσεως'],
    ['bg', 'дистанционно'],
    ['da', 'fjernundervisning'],
  ]),

  // ------------------------------------------------------------------------------------------------ pace
  ...of('pace', 'en', [
    ['Full Time', { pace: 'full time', modes: null, 'modes.text': null }],
    ['full-time', { pace: 'full time', modes: null, 'modes.text': null }],
    ['Part-time', { pace: 'part time', modes: null }],
    ['Evening', { pace: 'evening', modes: null, 'modes.text': null }],
    ['Part Time Day', { pace: 'part time day', modes: null }],
    ['self-paced', { pace: 'self paced', modes: null }],
    ['n/a', { pace: null, modes: null }],
  ]),
  ...of('pace', 'de', [
    ['Teilzeit', { pace: 'teilzeit', modes: null }],
    ['berufsbegleitend', { told: true, modes: null }],
  ]),
  ...of('pace', 'fr', [['temps plein', { pace: 'temps plein', modes: null }]]),

  // ------------------------------------------------------------------------------------------------ assessment
  ...of('assessment', 'en', [
    ['Written examination', { assessment: ['written-examination'] }],
    ['Portfolio', { assessment: ['portfolio'] }],
    ['oral exam', { assessment: ['oral-examination'] }],
    ['Multiple-choice test', { assessment: ['quiz'] }],
    ['Written exam and portfolio', { assessment: ['portfolio', 'written-examination'] }],
    // What is not of one kind with the rest is no list of terms.
    ['Portfolio and a talk with us', { assessment: null, says: ['a talk with us'] }],
    ['Written examination, portfolio', { assessment: ['portfolio', 'written-examination'] }],
    ['exam', { assessment: null, says: ['exam'] }],
    ['No assessment', { assessment: null, told: true }],
    ['No written examination', { assessment: null, told: true }],
    ['You hand in a portfolio of three drawings.', { says: ['three drawings'] }],
    ['tbc', { assessment: null }],
  ]),
  ...of('assessment', 'de', [
    ['Klausur', { assessment: ['written-examination'] }],
    ['Mündliche Prüfung', { assessment: ['oral-examination'] }],
    ['keine Prüfung', { assessment: null, told: true }],
  ]),
  ...of('assessment', 'fr', [['Examen écrit', { assessment: ['written-examination'] }]]),
  ...of('assessment', 'it', [['prova scritta', { assessment: ['written-examination'] }]]),
  ...of('assessment', 'pl', [['egzamin ustny', { assessment: ['oral-examination'] }]]),
  ...of('assessment', 'et', [['kirjalik eksam', { assessment: ['written-examination'] }]]),

  // ------------------------------------------------------------------------------------------------ languages of instruction
  ...of('language', 'en', [
    ['English', { languages: ['en'] }],
    ['EN', { languages: ['en'] }],
    ['eng', { languages: ['en'] }],
    ['dut', { languages: ['nl'] }],
    ['nl-NL', { languages: ['nl-NL'] }],
    ['German and English', { languages: ['de', 'en'] }],
    ['English or Dutch', { languages: ['en', 'nl'] }],
    ['en; nl', { languages: ['en', 'nl'] }],
    ['English with German subtitles', { languages: ['en'] }],
    ['English (German subtitles)', { languages: ['en'] }],
    ['eso', { languages: ['eso'] }],
    ['dse', { languages: ['dse'] }],
    ['xas', { languages: ['xas'] }],
    ['vro', { languages: ['vro'] }],
    ['bfi', { languages: ['bfi'] }],
    ['fse', { languages: ['fse'] }],
    ['German Sign Language', { languages: ['gsg'] }],
    ['bilingual', { languages: null, told: true }],
    ['English, subtitles in 5 languages', { languages: ['en'] }],
    ['Subtitles: German', { languages: null, told: true }],
    ['subtitled in French', { languages: null, told: true }],
    ['British Sign Language (BSL)', { languages: ['bfi'] }],
    ['sign language', { languages: null, told: true }],
    ['multilingual', { languages: null, told: true }],
    ['language of choice', { languages: null, told: true }],
    ['EN, DE, FR', { languages: ['de', 'en', 'fr'] }],
    ['Estonian Sign Language', { languages: ['eso'] }],
    ['zxx', { languages: null }],
    ['vgt', { languages: ['vgt'] }],
    ['sma', { languages: ['sma'] }],
    ['mul', { languages: null }],
    ['various', { languages: null, told: true }],
    ['http://publications.europa.eu/resource/authority/language/FRA', { languages: ['fr'] }],
  ]),
  ...of('language', 'de', [
    ['Englisch', { languages: ['en'] }],
    ['Deutsch/Englisch', { languages: ['de', 'en'] }],
    ['Deutsch mit englischen Untertiteln', { languages: ['de'] }],
    ['Gebärdensprache', { languages: null, told: true }],
    ['keine Angabe', { languages: null }],
  ]),
  ...of('language', 'fr', [['français et anglais', { languages: ['en', 'fr'] }]]),
  ...of('language', 'fr', [
    ['français (sous-titres anglais)', { languages: ['fr'] }],
    ['langue des signes française', { languages: ['fsl'] }],
    ['bilingue', { languages: null, told: true }],
  ]),
  ...of('language', 'es', [['español con subtítulos en inglés', { languages: ['es'] }]]),
  ...of('language', 'it', [['italiano con sottotitoli in inglese', { languages: ['it'] }]]),
  ...of('language', 'nl', [['Nederlands of Engels', { languages: ['en', 'nl'] }]]),
  ...of('language', 'pl', [['angielski', { languages: ['en'] }]]),
  ...of('language', 'sv', [['svenska och engelska', { languages: ['en', 'sv'] }]]),
  ...of('language', 'cs', [['čeština', { languages: ['cs'] }]]),
  ...of('language', 'hu', [['magyar', { languages: ['hu'] }]]),
  ...of('language', 'es', [['inglés', { languages: ['en'] }]]),
  ...of('language', 'it', [['inglese', { languages: ['en'] }]]),
  ...of('language', 'nl', [['Engels', { languages: ['en'] }]]),
  ...of('language', 'et', [['inglise keel', { languages: ['en'] }]]),
  ...of('language', 'fi', [['suomi ja ruotsi', { languages: ['fi', 'sv'] }]]),
  ...of('language', 'pl', [['język polski', { languages: ['pl'] }]]),
  ...of('language', 'el', [['Ελληνικά', { languages: ['el'] }]]),
  ...of('language', 'bg', [['български', { languages: ['bg'] }]]),

  // ------------------------------------------------------------------------------------------------ dates
  ...of('start', 'en', [
    ['2027-03-01', { start: '2027-03-01' }],
    ['2027-03-01T09:00:00+01:00', { start: '2027-03-01' }],
    ['20270301', { start: '2027-03-01' }],
    ['01.03.2027', { start: '2027-03-01' }],
    ['13/04/2027', { start: '2027-04-13' }],
    ['1 March 2027', { start: '2027-03-01' }],
    ['March 1, 2027', { start: '2027-03-01' }],
    ['30-Sep-2027', { start: '2027-09-30' }],
    ['Monday 1 March 2027', { start: '2027-03-01' }],
    ['1 Mar 2027', { start: '2027-03-01' }],
    ['2.3.2027', { start: '2027-03-02' }],
    [
      '09/10/2027',
      { start: null, told: true },
      {
        except: {
          csv: {
            clause: 'our template: the day comes first, unless other dates of the column or the source say otherwise',
            must: { start: '2027-10-09', noted: true },
          },
        },
      },
    ],
    ['Mar 2027', { start: null, startText: 'Mar 2027', runs: 1 }],
    ['Q3 2027', { start: null, startText: 'Q3 2027', runs: 1 }],
    ['upon request', { start: null, startText: 'upon request', runs: 1 }],
    ['immediately', { start: null, startText: 'immediately', runs: 1 }],
    ['1900-01-01', { start: null, startText: null, noted: true }],
    [
      '2027/03/01',
      [
        { start: '2027-03-01', runs: 1 },
        { start: null, startText: '2027/03/01', runs: 1 },
      ],
    ],
    ['2027-02-30', { rejected: true }],
    [
      '17.09.27',
      [
        { start: '2027-09-17', runs: 1 },
        { start: null, startText: '17.09.27', runs: 1 },
      ],
    ],
    [
      '03/04/2027',
      { start: null, noted: true, runs: 1 },
      {
        except: {
          csv: {
            clause:
              'the template of this catalogue: with slashes the day comes first unless the source says "mdy"; what could be both is reported',
            must: { start: '2027-04-03', noted: true, runs: 1 },
          },
        },
      },
    ],
    [
      '9/1/27',
      [
        { start: null, startText: null, noted: true, runs: 1 },
        { start: null, startText: '9/1/27', runs: 1 },
      ],
    ],
    [
      '46266',
      [
        { start: null, startText: null, noted: true, runs: 1 },
        { start: null, startText: '46266', runs: 1 },
      ],
    ],
    ['0000-00-00', { start: null, startText: null, noted: true }],
    ['any time', { start: null, startText: 'any time', runs: 1 }],
    ['Anytime', { start: null, startText: 'Anytime', runs: 1 }],
    ['rolling', { start: null, startText: 'rolling', runs: 1 }],
    ['autumn 2027', { start: null, startText: 'autumn 2027', runs: 1 }],
    ['September 2027', { start: null, startText: 'September 2027', runs: 1 }],
    ['2027-09', { start: null, startText: '2027-09', runs: 1 }],
    ['2027', { start: null, startText: '2027', runs: 1 }],
    ['tbc', { start: null, startText: null }],
    ['2027-13-45', { rejected: true }],
  ]),
  ...of('start', 'de', [
    ['1. März 2027', [{ start: '2027-03-01' }, { start: null, startText: '1. März 2027' }]],
    ['Wintersemester 2027/28', { start: null, startText: 'Wintersemester 2027/28', runs: 1 }],
    ['jederzeit', { start: null, startText: 'jederzeit', runs: 1 }],
    ['laufend', { start: null, startText: 'laufend', runs: 1 }],
    ['auf Anfrage', { start: null, startText: 'auf Anfrage', runs: 1 }],
  ]),
  ...of('start', 'fr', [
    ['1er mars 2027', [{ start: '2027-03-01' }, { start: null, startText: '1er mars 2027' }]],
    ['à tout moment', { start: null, startText: 'à tout moment', runs: 1 }],
  ]),
  ...of('start', 'es', [
    ['1 de marzo de 2027', [{ start: '2027-03-01' }, { start: null, startText: '1 de marzo de 2027' }]],
  ]),
  ...of('start', 'it', [['1 marzo 2027', [{ start: '2027-03-01' }, { start: null, startText: '1 marzo 2027' }]]]),
  ...of('start', 'nl', [['1 maart 2027', [{ start: '2027-03-01' }, { start: null, startText: '1 maart 2027' }]]]),
  ...of('start', 'fi', [['1.3.2027', { start: '2027-03-01' }]]),
  ...of('start', 'nl', [['doorlopend', { start: null, startText: 'doorlopend', runs: 1 }]]),
  ...of('start', 'es', [['en cualquier momento', { start: null, startText: 'en cualquier momento', runs: 1 }]]),
  ...of('start', 'it', [['in qualsiasi momento', { start: null, startText: 'in qualsiasi momento', runs: 1 }]]),
  ...of('start', 'sv', [['hösten 2027', { start: null, startText: 'hösten 2027', runs: 1 }]]),
  ...of('start', 'pl', [['1 marca 2027', [{ start: '2027-03-01' }, { start: null, startText: '1 marca 2027' }]]]),
  ...of('start', 'hu', [['2027.03.01.', [{ start: '2027-03-01' }, { start: null, startText: '2027.03.01.' }]]]),
  ...of('end', 'en', [
    ['2027-03-12', { end: '2027-03-12' }],
    ['12 March 2027', { end: '2027-03-12' }],
    ['March 2027', { end: null, told: true }],
    ['tbc', { end: null, start: '2027-03-01' }],
  ]),
  ...of('deadline', 'en', [
    ['2027-02-01', { deadline: '2027-02-01' }],
    ['1 February 2027', { deadline: '2027-02-01' }],
    ['open', { deadline: null, told: true }],
  ]),

  // ------------------------------------------------------------------------------------------------ places
  ...of('venue', 'en', [
    ['Bog Hut', { venue: 'Bog Hut', modes: null }],
    ['Online', { venue: null, modes: ['online'] }],
    ['Zoom', { venue: null, told: true, modes: ['online'] }],
    ['MS Teams', { venue: null, told: true, modes: ['online'] }],
    ['Streamed', { venue: null, told: true, modes: ['online'] }],
    ['Online (Zoom)', { venue: null, modes: ['online'] }],
    ['Moodle', { venue: null, told: true, modes: ['online'] }],
    ['Online via Teams', { venue: null, told: true, modes: ['online'] }],
    ['Webinar', { venue: null, told: true, modes: ['online'] }],
    // Places that only sound like it.
    ['Online Learning Centre, Leeds', { venue: 'Online Learning Centre, Leeds', modes: null }],
    ['Streamside Mill', { venue: 'Streamside Mill', modes: null }],
    ['tbc', { venue: null, modes: null }],
  ]),
  ...of('venue', 'de', [['virtuell', { venue: null }, { mustNot: { modes: ['presential'] } }]]),
  ...of('venue', 'fr', [['En ligne', { venue: null }, { mustNot: { modes: ['presential'] } }]]),
  ...of('venue', 'de', [['Videokonferenz', { venue: null, told: true }, { mustNot: { modes: ['presential'] } }]]),
  ...of('venue', 'es', [['En línea', { venue: null }, { mustNot: { modes: ['presential'] } }]]),
  ...of('venue', 'et', [['veebis', { venue: null }, { mustNot: { modes: ['presential'] } }]]),
  ...of('venue', 'fi', [['verkossa', { venue: null }, { mustNot: { modes: ['presential'] } }]]),
  ...of('address', 'nl', [
    [
      'Noorderlaan 1, 2030 Antwerpen',
      { says: ['Noorderlaan 1', '2030', 'Antwerpen'] },
      { shape: { street: 'Noorderlaan 1', postcode: '2030', town: 'Antwerpen', country: 'BE' } },
    ],
  ]),

  // ------------------------------------------------------------------------------------------------ countries and bodies
  ...of('country', 'en', [
    ['Estonia', { country: 'EE' }],
    ['EE', { country: 'EE' }],
    ['Scotland', { country: 'GB' }],
    ['UK', { country: 'GB' }],
    ['EN', { country: null, told: true }],
    ['Nowhere', { country: null, told: true }],
  ]),
  ...of('country', 'de', [['Österreich', { country: 'AT' }]]),
  ...of('country', 'fi', [['Suomi', { country: 'FI' }]]),
  ...of('awardingBody', 'en', [
    ['University of Skibbereen', { awarding: ['University of Skibbereen'] }],
    ['n/a', { awarding: null }],
  ]),
  ...of('awardingBody', 'de', [['keine Angabe', { awarding: null }]]),
  ...of('provider', 'en', [
    ['University of Skibbereen', { offeredBy: ['University of Skibbereen'] }],
    ['Q&amp;A Institute', { offeredBy: ['Q&A Institute'] }],
    ['TBC', { offeredBy: null }],
  ]),

  // ------------------------------------------------------------------------------------------------ kind
  ...of('kind', 'en', [
    ['Micro-credential', { kind: 'micro-credential' }],
    ['microcredential', { kind: 'micro-credential' }],
    ['Modern Apprenticeship (MA)', { says: ['Modern Apprenticeship'] }, { mustNot: { kind: 'degree' } }],
    ['Digital badge', { kind: 'badge' }],
    ['MA Modern Apprenticeship', { told: true }, { mustNot: { kind: 'degree' } }],
    // What a resource is of itself (OOAPI: a course) may stand, when nothing else is said.
    [
      'Certificate of attendance',
      { says: ['Certificate of attendance'] },
      { mustNot: { kind: ['certificate', 'certificate-of-completion'] } },
    ],
    ['No certificate', { told: true }, { mustNot: { kind: ['certificate'] } }],
    [
      'May lead to a variety of qualifications',
      { told: true },
      { mustNot: { kind: ['qualification', 'degree', 'certificate'] } },
    ],
  ]),
  ...of('kind', 'it', [['Microcredenziale', { kind: 'micro-credential' }]]),
  ...of('kind', 'pl', [['Mikropoświadczenie', { kind: 'micro-credential' }]]),

  // ------------------------------------------------------------------------------------------------ target group, prerequisites
  ...of('targetGroup', 'en', [
    ['forProfessionals', { targetGroup: ['professionals'] }],
    ['Professionals', { targetGroup: ['professionals'] }],
    ['Jobseekers, employees', { targetGroup: ['job-seekers'], says: ['employees'] }],
    ['Professionals and jobseekers', { targetGroup: ['job-seekers', 'professionals'] }],
    ['Boat builders', { targetGroup: null, says: ['Boat builders'] }],
    ['n/a', { targetGroup: null }],
  ]),
  ...of('targetGroup', 'de', [['Berufstätige', { targetGroup: ['professionals'] }]]),
  ...of('prerequisites', 'en', [
    ['Own boots', { prerequisites: ['Own boots'] }],
    ['Level 4 maths', { prerequisites: ['Level 4 maths'], eqf: null, nqf: null }],
    ['N/A', { prerequisites: null }],
  ]),
  ...of('prerequisites', 'de', [
    ['Keine Angst vor Höhe', { prerequisites: ['Keine Angst vor Höhe'] }],
    ['keine Angabe', { prerequisites: null }],
  ]),

  // ------------------------------------------------------------------------------------------------ field, relations, stackability
  ...of('field', 'en', [
    ['0413', { fields: ['0413'] }, { shape: { framework: 'ISCED-F' } }],
    ['041', { fields: ['041'] }, { shape: { framework: 'ISCED-F' } }],
    ['ISCED-F 0613 Software', { fields: ['0613'] }],
    ['ISCED-F 2013: 0732', { fields: ['0732'] }],
    ['ISCED level 5', { fields: null, says: ['ISCED level 5'] }],
    ['9898', { fields: null }, { shape: { framework: 'ISCED-F' } }],
    ['0613', { fields: null, says: ['0613'] }, { shape: { framework: 'ISCED97' } }],
    ['Boat building', { fields: null, says: ['Boat building'] }, { shape: { framework: 'own' } }],
  ]),
  ...of('partOf', 'en', [
    ['https://marsh.example/programme/9', { relations: ['partOf https://marsh.example/programme/9'] }],
    ['{self}', { relations: null }, { mustNot: { stackability: 'stackable' } }],
  ]),
  ...of('stackability', 'en', [
    ['stackable', { stackability: 'stackable' }],
    ['standalone', { stackability: 'stand-alone' }],
    ['not stackable', { stackability: null, told: true }],
    ['can be stacked into a master', { told: true }],
  ]),

  // ------------------------------------------------------------------------------------------------ quality, funding, supervision, grade, validity
  ...of('qualityAssurance', 'en', [
    ['Institute of Bogs', { says: ['Institute of Bogs'], qualityAssurance: null }],
    ['n/a', { qualityAssurance: null, claims: null }],
    ['not accredited', { qualityAssurance: null, told: true }],
  ]),
  ...of('funding', 'de', [['Bildungsgutschein möglich', { funding: ['Bildungsgutschein möglich'], amounts: null }]]),
  ...of('supervision', 'en', [
    ['supervised online with ID', { supervision: 'supervised-online-identity-check' }],
    ['not supervised', { supervision: 'unsupervised' }],
  ]),
  ...of('grade', 'en', [['pass/fail', { says: ['pass/fail'] }]]),
  ...of('validity', 'en', [['P5Y', { validity: 'P5Y', duration: null }]]),

  // ------------------------------------------------------------------------------------------------ addresses, titles, texts
  ...of('url', 'en', [
    ['https://marsh.example/course?id=7&amp;lang=en', { url: 'https://marsh.example/course?id=7&lang=en' }],
    ['https://marsh.example/köln', { url: 'https://marsh.example/k%C3%B6ln' }],
    ['javascript:alert(1)', {}, { mustNot: { url: 'javascript:alert(1)' } }],
  ]),
  ...of('title', 'en', [
    ['Q&amp;A for beginners', { title: ['Q&A for beginners'] }],
    ['EQF 6 and the level of the sea', { title: ['EQF 6 and the level of the sea'], eqf: null }],
    ['Free diving', { title: ['Free diving'], amounts: null }],
    ['n/a', { rejected: true }],
    ['Online', { title: ['Online'], modes: null }],
    [
      'Level 5 Diploma (MA)',
      { title: ['Level 5 Diploma (MA)'], eqf: null, nqf: null },
      { mustNot: { kind: ['degree'] } },
    ],
  ]),
  ...of('description', 'en', [
    ['<p>Two weeks<br>on the bog</p>', { description: ['Two weeks\non the bog'], duration: null }],
    ['This course costs nothing and is worth 3 ECTS.', { ects: null, amounts: null, says: ['worth 3 ECTS'] }],
  ]),
  ...fillers([
    ['en', 'n/a'],
    ['en', 'TBC'],
    ['en', 'to be announced'],
    ['de', 'keine Angabe'],
    ['de', 'k. A.'],
    ['fr', 'non renseigné'],
    ['es', 'sin especificar'],
    ['it', 'non specificato'],
    ['pt', 'não aplicável'],
    ['nl', 'n.v.t.'],
    ['et', 'ei ole määratud'],
    ['fi', 'ei tiedossa'],
    ['sv', 'ej angivet'],
    ['da', 'ikke oplyst'],
    ['no', 'ikke angitt'],
    ['pl', 'brak danych'],
    ['cs', 'neuvedeno'],
    ['sk', 'neuvedené'],
    ['sl', 'ni podatka'],
    ['hr', 'nema podataka'],
    ['hu', 'nincs megadva'],
    ['lt', 'nenurodyta'],
    ['lv', 'nav norādīts'],
    ['ro', 'nespecificat'],
    ['el', 'δεν διατίθεται'],
    ['bg', 'няма данни'],
    ['mt', 'mhux applikabbli'],
    ['ga', 'níl sé ar fáil'],
  ]),
];

/** What a row asks a format to say, when `self` is how that format names the record itself. */
export const saidBy = ({ place, words, language, shape }: Statement, self: string): Said => ({
  place,
  words: words.replace('{self}', self),
  language,
  ...(shape ? { shape } : {}),
});

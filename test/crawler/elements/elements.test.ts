import { describe, expect, test } from 'vitest';
import { createBodies, defaultCountry } from '../../../crawler/elements/bodies.ts';
import { checkOrder, dateIn, readDate, readStart } from '../../../crawler/elements/dates.ts';
import { fieldIn, iscedOf } from '../../../crawler/elements/fields.ts';
import { readLanguages } from '../../../crawler/elements/languages.ts';
import { levelInWords } from '../../../crawler/elements/level-words.ts';
import { readUrl } from '../../../crawler/elements/links.ts';
import { readModes } from '../../../crawler/elements/modes.ts';
import { readQuantity } from '../../../crawler/elements/numbers.ts';
import { outcomesIn } from '../../../crawler/elements/outcomes.ts';
import { readCountry } from '../../../crawler/elements/places.ts';
import { isPartOfPrice } from '../../../crawler/elements/price-parts.ts';
import { fillFromRuns, saidBy } from '../../../crawler/elements/runs.ts';
import { joinTexts } from '../../../crawler/elements/texts.ts';
import { createWorkload, kindOfUnit, readSpan } from '../../../crawler/elements/workload.ts';
import { createNotes } from '../../../crawler/problems/notes.ts';
import { jsonSyntax } from '../../../crawler/record/json.ts';
import { flagIn, Spot } from '../../../crawler/record/spot.ts';
import { type Opportunity, SourceDefinition, stated } from '../../../schema/index.ts';

const SOURCE = SourceDefinition.parse({
  id: 'elements',
  title: 't',
  format: 'csv',
  url: 'https://x.example/',
  publisher: 'p',
  licence: 'CC0-1.0',
});

/** What an element gives for a value at a place, and the rules it noted. */
function reading<T>(value: unknown, read: (spot: Spot) => T): [T, ...string[]] {
  const notes = createNotes();
  const given = read(new Spot(jsonSyntax, { source: SOURCE, notes, language: undefined }, { value, path: '/x' }));
  return [given, ...notes.problems.map((problem) => problem.rule)];
}

describe('dates', () => {
  test.each([
    ['2026-13-45', { rule: 'impossible-date' }],
    ['2027-02-30', { rule: 'impossible-date' }],
    ['2027-02-30T10:00:00Z', { rule: 'impossible-date' }],
    ['31.02.2027', { rule: 'impossible-date' }],
    ['45/13/2026', { rule: 'impossible-date' }],
    ['20261345', { rule: 'impossible-date' }],
    ['0000-00-00', { rule: 'placeholder-date' }],
    ['0001-01-01T00:00:00', { rule: 'placeholder-date' }],
    ['9999-12-31', { rule: 'placeholder-date' }],
    ['2026-00-00', { rule: 'placeholder-date' }],
    ['03/04/2026', { rule: 'ambiguous-date' }],
    ['25/12/2026', { date: '2026-12-25' }],
    ['2026-05-04T09:00:00+02:00', { date: '2026-05-04' }],
    ['Sat 3rd Nov 2012', { date: '2012-11-03' }],
    ['any time', { rule: 'not-a-date' }],
    ['spring 2027', { rule: 'not-a-date' }],
    ['2027', { rule: 'not-a-date' }],
    ['TBD', {}],
    ['', {}],
    [null, {}],
    [undefined, {}],
  ])('%j', (value, expected) => expect(dateIn(value)).toEqual(expected));

  test('a start may be words or a month, but no impossible date', () => {
    expect(reading('any time', readStart)).toEqual([{ startText: 'any time' }]);
    expect(reading('2027-05', readStart)).toEqual([{ startText: '2027-05' }]);
    expect(reading('45321', readStart)).toEqual([{}, 'serial-day']);
    expect(reading('2026-13-45', readStart)).toEqual([{}, 'impossible-date']);
    expect(reading('n/a', readStart)).toEqual([{}]);
  });

  test('two digits of a year stay words, and a serial day of a spreadsheet is told', () => {
    expect(reading('9/1/26', readStart)).toEqual([{ startText: '9/1/26' }, 'ambiguous-date']);
    expect(reading('17-09-26', readStart)).toEqual([{ startText: '17-09-26' }, 'ambiguous-date']);
    expect(reading('9/30/26', readDate)).toEqual([undefined, 'ambiguous-date']);
    expect(reading('46266', readDate)).toEqual([undefined, 'serial-day']);
    expect(reading('46266.5', readDate)).toEqual([undefined, 'serial-day']);
    expect(reading('12345', readDate)).toEqual([undefined, 'not-a-date']);
  });

  test('an end before the start is reported', () => {
    const run = { startDate: '2026-05-02', endDate: '2026-05-01' };
    expect(reading(null, ({ reading: r }) => checkOrder(r, run, '/x'))[1]).toBe('ends-before-start');
  });
});

describe('numbers', () => {
  test.each([
    [-3, [undefined, 'negative-number']],
    ['-2,5', [undefined, 'negative-number']],
    ['some', [undefined, 'not-a-number']],
    [{ value: 3 }, [undefined, 'not-a-number']],
    ['n/a', [undefined]],
    [null, [undefined]],
    [0, [0]],
    ['7,5', [7.5]],
  ])('%j', (value, expected) => expect(reading(value, readQuantity)).toEqual(expected));

  test('five thousand ECTS are none', () => {
    const ects = (value: number) =>
      reading(value, (spot) => {
        const load = createWorkload();
        load.credits(spot, 'ECTS');
        return load.element().value?.ects;
      });
    expect(ects(5000)).toEqual([undefined, 'implausible-number']);
    expect(ects(240)).toEqual([240]);
  });
});

describe('codes and addresses', () => {
  test('languages, one or several', () => {
    expect(reading('nl and English', readLanguages)).toEqual([['nl', 'en']]);
    expect(reading('en, Klingonish', readLanguages)).toEqual([['en'], 'unknown-language']);
    expect(reading('mul', readLanguages)).toEqual([[]]);
  });

  test('a language code is no country', () => {
    expect(reading('EN', readCountry)).toEqual([undefined, 'unknown-country']);
    expect(reading('-', readCountry)).toEqual([undefined]);
  });

  test('addresses', () => {
    expect(reading('ftp://a.example', readUrl)).toEqual([undefined, 'not-a-url']);
    expect(reading('https://a.example/cour…', readUrl)).toEqual([undefined, 'placeholder-url']);
    expect(reading('a.example/course', readUrl)).toEqual(['https://a.example/course']);
    expect(reading('lyceedekerval.fr', readUrl)).toEqual(['https://lyceedekerval.fr/']);
    expect(reading('see.below', readUrl)).toEqual([undefined, 'not-a-url']);
    expect(reading('TODO', readUrl)).toEqual([undefined]);
  });
});

describe('fields and levels', () => {
  test('ISCED-F by code, national code, address, words; "unknown" is none', () => {
    expect(['0613', '061302', 'http://data.europa.eu/snb/isced-f/0613'].map(iscedOf)).toEqual(['0613', '0613', '0613']);
    expect(['9999', '99', 'magic'].map(iscedOf)).toEqual([undefined, undefined, undefined]);
  });

  test('a scheme that is ISCED-F by name', () => {
    expect(fieldIn({ scheme: 'ISCED-F', code: '0613' })).toEqual([{ isced: '0613', scheme: 'ISCED-F', code: '0613' }]);
    expect(fieldIn({ scheme: 'JACS', code: '0613' })).toEqual([{ scheme: 'JACS', code: '0613' }]);
    expect(fieldIn({ scheme: 'JACS', text: [] })).toEqual([]);
  });

  test.each([
    ['EQF level 6', 6],
    ['EQF 5', 5],
    ['DQR/EQR-Niveau 4', 4],
    ['RQF level 3', undefined],
    ['Niveau 2', undefined],
    ['EQF 6-7', undefined],
    ['EQF level 60', undefined],
    ['level 6', undefined],
  ])('%s', (words, level) => expect(levelInWords(words).eqf).toBe(level));
});

describe('bodies', () => {
  const source = SourceDefinition.parse({
    id: 'bodies',
    title: 't',
    format: 'csv',
    url: 'https://x.example/',
    publisher: 'p',
    licence: 'CC0-1.0',
    defaults: { awardingBody: 'Brine College', country: 'IE', language: 'en' },
  });

  test('each once, by identifier or name; without both there is none', () => {
    const bodies = createBodies(source);
    const first = bodies.add({ name: [{ language: 'en', value: 'Brine College' }], url: 'https://brine.example/' });
    const again = bodies.add({ name: [{ language: 'en', value: 'BRINE  college' }] });
    expect(again?.id).toBe(first?.id);
    expect(bodies.all()).toHaveLength(1);
    expect(bodies.get(first?.id ?? '')?.url).toBe('https://brine.example/');
    expect(bodies.add({ url: 'https://nobody.example/' })).toBeUndefined();
  });

  test('defaults of the source are derived', () => {
    expect(createBodies(source).defaultAwardingBody()).toMatchObject({
      state: 'derived',
      value: [{ name: [{ language: 'en', value: 'Brine College' }] }],
      origin: { rule: 'source-default' },
    });
    expect(defaultCountry(source)).toMatchObject({ state: 'derived', value: { country: 'IE' } });
    const silent = { ...source, defaults: {} };
    expect(createBodies(silent).defaultAwardingBody()).toEqual({ state: 'not-stated' });
    expect(defaultCountry(silent)).toEqual({ state: 'not-stated' });
  });
});

describe('runs', () => {
  const runs: Opportunity[] = [
    { id: 'a', path: '/parts/0', languages: ['nl'], prices: [{ amount: 0 }] },
    { id: 'b', path: '/parts/1', languages: ['nl', 'en'], participation: ['online'], prices: [{ amount: 0 }] },
  ];

  test('what only the runs say is derived from them, once each', () => {
    const draft = fillFromRuns({ source: 's', identifier: 'i', opportunities: runs });
    const rule = 'union-of-opportunities';
    expect(draft.languages).toEqual({ state: 'derived', value: ['nl', 'en'], origin: { path: '/parts/0', rule } });
    expect(draft.costs).toEqual({ state: 'derived', value: [{ amount: 0 }], origin: { path: '/parts/0', rule } });
    expect(draft.participation).toEqual({
      state: 'derived',
      value: { codes: ['online'] },
      origin: { path: '/parts/1', rule },
    });
  });

  test('what the credential says itself stays; silence stays silence', () => {
    const draft = fillFromRuns({ source: 's', identifier: 'i', opportunities: runs, languages: stated(['fr'], '/l') });
    expect(draft.languages).toEqual(stated(['fr'], '/l'));
    expect(fillFromRuns({ source: 's', identifier: 'i', opportunities: [] })).toEqual({
      source: 's',
      identifier: 'i',
      opportunities: [],
    });
  });

  test('a run listed twice says the same, wherever it stands', () => {
    const run = { id: 'a', path: '/1', startDate: '2027-01-10' };
    expect(saidBy({ ...run, path: '/2' })).toBe(saidBy(run));
    expect(saidBy({ ...run, path: '/2', place: 'Lyon' })).not.toBe(saidBy(run));
  });
});

describe('texts and spans', () => {
  test('texts of one language are joined, repetitions are not', () => {
    const en = (value: string) => ({ language: 'en', value });
    expect(joinTexts([en('One.'), en('Two.'), en('One.')])).toEqual([en('One.\n\nTwo.')]);
  });

  test('translations that divide alike are one outcome each, others stand apart', () => {
    const texts = [
      { language: 'en', value: '- tie\n- untie' },
      { language: 'nl', value: '- knopen\n- losmaken' },
    ];
    expect(outcomesIn(texts)).toHaveLength(2);
    expect(outcomesIn([texts[0] as never, { language: 'nl', value: 'knopen' }])).toHaveLength(3);
  });

  test('a number, or a range of it, is no duration without its unit', () => {
    expect(reading('10', (spot) => readSpan(spot, 'Weeks'))).toMatchObject([{ duration: 'P10W' }]);
    expect(reading('10', readSpan)).toEqual([{}, 'number-without-unit']);
    expect(reading('2-3', readSpan)).toEqual([{}, 'number-without-unit']);
    expect(reading('2-3', (spot) => readSpan(spot, 'weeks'))).toEqual([{ durationText: '2-3 weeks' }]);
  });

  test('what a unit counts, in the languages of the EU and as headers write it', () => {
    for (const unit of ['ECTS', 'op', 'hp', 'CFU', 'EAP']) expect(kindOfUnit(unit)).toBe('ects');
    for (const unit of ['Std.', 'hod.', 'godz.', 'val.', 'óra', 'ώρες', 'uaireanta', 'sigħat', 'ore'])
      expect(kindOfUnit(unit), unit).toBe('hours');
    for (const unit of ['Wochen', 'tygodniach', 'luni', 'седмици', 'viikkoina', 'xhur'])
      expect(kindOfUnit(unit), unit).toBe('time');
    expect(kindOfUnit('credits')).toBe('credits');
    for (const unit of ['total', 'hours/week', '%', 'members']) expect(kindOfUnit(unit), unit).toBeUndefined();
  });

  test('an amount of a part or with a limit is none; the word for credits is no part of their scheme', () => {
    const credits = (said: string) => {
      const load = createWorkload();
      const [, ...rules] = reading(said, (spot) => load.credits(spot));
      return [load.value, ...rules];
    };
    expect(credits('2,5 op')).toEqual([{ ects: 2.5 }]);
    expect(credits('15 SCQF credits')).toEqual([{ credits: [{ scheme: 'SCQF', value: 15 }] }]);
    const ofEcts = createWorkload();
    expect(reading('30 CATS', (spot) => ofEcts.credits(spot, 'ECTS'))).toEqual([undefined, 'not-a-number']);
    expect(reading('3 KP', (spot) => ofEcts.credits(spot, 'ECTS'))).toEqual([undefined]);
    expect(ofEcts.value).toEqual({ ects: 3 });
    expect(credits('10/week')).toEqual([{}, 'not-a-number']);
    expect(credits('-3 ECTS')).toEqual([{}, 'negative-number']);
    const load = createWorkload();
    expect(reading('4 h per week', (spot) => load.part(spot, 'teaching hours'))).toEqual([undefined, 'not-a-number']);
    expect(load.value).toEqual({});
    expect(reading('90 min', (spot) => load.hours(spot))).toEqual([undefined, 'not-a-number']);
  });

  test('a slash behind a currency makes a price of a period as well', () => {
    for (const said of ['50 EUR/month', '50 EUR / Monat', '€50/h']) expect(isPartOfPrice(said), said).toBe(true);
    for (const said of ['50 EUR (UK/EU)', 'and/or']) expect(isPartOfPrice(said), said).toBe(false);
  });

  test('two ways of taking part in one text are two where both are known', () => {
    const modes = (said: string) => {
      const [{ codes, pace, words }] = reading(said, (spot) => readModes([spot]));
      return [codes, pace, words];
    };
    expect(modes('Online / Präsenz')).toEqual([['online', 'presential'], [], []]);
    expect(modes('online und on campus')).toEqual([['online', 'presential'], [], []]);
    expect(modes('Full-time / online')).toEqual([['online'], ['Full-time'], []]);
    expect(modes('online and wherever you like')).toEqual([[], [], ['online and wherever you like']]);
    expect(modes('online or on campus')).toEqual([[], [], ['online or on campus']]);
  });

  test('a flag is one in any language of the EU', () => {
    for (const yes of ['yes', 'ja', 'oui', 'sì', 'sim', 'ano', 'igen', 'jah', 'kyllä', 'ναι', 'да', 'taip', 'jā'])
      expect(flagIn(yes), yes).toBe(true);
    for (const no of ['no', 'nein', 'nej', 'nie', 'ne', 'nem', 'não', 'ei', 'nē', 'όχι', 'не'])
      expect(flagIn(no), no).toBe(false);
    for (const word of ['perhaps', 'kostenlos', '2']) expect(flagIn(word), word).toBeUndefined();
  });

  test('calendar time, effort and words stay apart', () => {
    const load = createWorkload();
    for (const said of ['P10W', 'PT50H', 'about 6 months', 'P1W']) reading(said, (spot) => load.span(spot));
    expect(load.value).toEqual({ duration: 'P10W', hours: 50, durationText: 'about 6 months' });
  });
});

test('a rejecting problem is kept however many others there are', () => {
  const notes = createNotes();
  for (let i = 0; i < 150; i++) notes.add(`/${i}`, 'unknown-code', i);
  notes.add('/last', 'impossible-date', '2026-13-45');
  expect(notes.problems).toHaveLength(101);
  expect(notes.problems.some((problem) => problem.rule === 'impossible-date')).toBe(true);
  expect(notes.problems[100]).toMatchObject({ rule: 'more-problems', found: '51 more' });
});

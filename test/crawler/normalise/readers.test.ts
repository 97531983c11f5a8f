import { describe, expect, test } from 'vitest';
import { createBodies, defaultCountry } from '../../../crawler/normalise/bodies.ts';
import { readCountry, readLanguages, readUrl } from '../../../crawler/normalise/codes.ts';
import { checkOrder, dateIn, readStart } from '../../../crawler/normalise/dates.ts';
import { fieldIn, iscedOf } from '../../../crawler/normalise/fields.ts';
import { eqfInWords } from '../../../crawler/normalise/level.ts';
import { plausibleEcts, readQuantity } from '../../../crawler/normalise/numbers.ts';
import { fillFromRuns, saidBy } from '../../../crawler/normalise/opportunities.ts';
import { joinTexts, outcomesIn } from '../../../crawler/normalise/texts.ts';
import { addSpan } from '../../../crawler/normalise/workload.ts';
import { createNotes } from '../../../crawler/problems/notes.ts';
import { type Opportunity, SourceDefinition, stated } from '../../../schema/index.ts';

/** What a reader gives, and the rules it noted. */
function reading<T>(read: (notes: ReturnType<typeof createNotes>) => T): [T, ...string[]] {
  const notes = createNotes();
  const value = read(notes);
  return [value, ...notes.problems.map((problem) => problem.rule)];
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
    expect(reading((notes) => readStart(notes, 'any time', '/x'))).toEqual([{ startText: 'any time' }]);
    expect(reading((notes) => readStart(notes, '2027-05', '/x'))).toEqual([{ startText: '2027-05' }]);
    expect(reading((notes) => readStart(notes, '45321', '/x'))).toEqual([{}, 'not-a-date']);
    expect(reading((notes) => readStart(notes, '2026-13-45', '/x'))).toEqual([{}, 'impossible-date']);
    expect(reading((notes) => readStart(notes, 'n/a', '/x'))).toEqual([{}]);
  });

  test('an end before the start is reported', () => {
    const run = { startDate: '2026-05-02', endDate: '2026-05-01' };
    expect(reading((notes) => checkOrder(notes, run, '/x'))[1]).toBe('ends-before-start');
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
  ])('%j', (value, expected) => expect(reading((notes) => readQuantity(notes, value, '/x'))).toEqual(expected));

  test('five thousand ECTS are none', () => {
    expect(reading((notes) => plausibleEcts(notes, 5000, '/x'))).toEqual([undefined, 'implausible-number']);
    expect(reading((notes) => plausibleEcts(notes, 240, '/x'))).toEqual([240]);
  });
});

describe('codes and addresses', () => {
  test('languages, one or several', () => {
    expect(reading((notes) => readLanguages(notes, 'nl and English', '/x'))).toEqual([['nl', 'en']]);
    expect(reading((notes) => readLanguages(notes, 'en, Klingonish', '/x'))).toEqual([['en'], 'unknown-language']);
    expect(reading((notes) => readLanguages(notes, 'mul', '/x'))).toEqual([[]]);
  });

  test('a language code is no country', () => {
    expect(reading((notes) => readCountry(notes, 'EN', '/x'))).toEqual([undefined, 'unknown-country']);
    expect(reading((notes) => readCountry(notes, '-', '/x'))).toEqual([undefined]);
  });

  test('addresses', () => {
    expect(reading((notes) => readUrl(notes, 'ftp://a.example', '/x'))).toEqual([undefined, 'not-a-url']);
    expect(reading((notes) => readUrl(notes, 'https://a.example/cour…', '/x'))).toEqual([undefined, 'placeholder-url']);
    expect(reading((notes) => readUrl(notes, 'a.example/course', '/x'))).toEqual(['https://a.example/course']);
    expect(reading((notes) => readUrl(notes, 'TODO', '/x'))).toEqual([undefined]);
  });
});

describe('fields and levels', () => {
  test('ISCED-F by code, national code, address, words; "unknown" is none', () => {
    expect(['0613', '061302', 'http://data.europa.eu/snb/isced-f/0613'].map(iscedOf)).toEqual(['0613', '0613', '0613']);
    expect(['9999', '99', 'magic'].map(iscedOf)).toEqual([undefined, undefined, undefined]);
  });

  test('a scheme that is ISCED-F by name', () => {
    expect(fieldIn('ISCED-F', '0613', undefined)).toEqual([{ isced: '0613', scheme: 'ISCED-F', code: '0613' }]);
    expect(fieldIn('JACS', '0613', undefined)).toEqual([{ scheme: 'JACS', code: '0613' }]);
    expect(fieldIn('JACS', undefined, [])).toEqual([]);
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
  ])('%s', (words, level) => expect(eqfInWords(words)).toBe(level));
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

  test('calendar time, effort and words stay apart', () => {
    const value = {};
    for (const said of ['P10W', 'PT50H', 'about 6 months', 'P1W']) addSpan(value, said);
    expect(value).toEqual({ duration: 'P10W', hours: 50, durationText: 'about 6 months' });
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

import { describe, expect, test } from 'vitest';
import { toSearchDocument } from '../../../catalogue/search/search-document.ts';
import {
  completeCredential,
  derived,
  type LevelValue,
  notApplicable,
  stated,
  withDerived,
} from '../../../schema/index.ts';

const text = (value: string, language = 'en') => [{ language, value }];
const draft = { source: 's', identifier: '1' };

test('a record that states nothing is indexed as such', () => {
  expect(toSearchDocument(completeCredential(draft), 7, [9, 7, 5, 2])).toEqual({
    id: expect.stringMatching(/^crd_/),
    seq: 7,
    identifiers: ['1'],
    earlier: [5, 2],
    source: 's',
    title: [],
    description: [],
    outcomes: [],
    providerNames: [],
    keywords: [],
    country: [],
    provider: [],
    language: [],
    eqf: [],
    ects: undefined,
    hours: undefined,
    mode: [],
    assessment: [],
    kind: [],
    field: [],
    free: undefined,
    prices: [],
    elementStated: [],
    conformance: ['smallVolume:unknown', 'outcomesStated:unknown', 'assessed:unknown', 'qualityAssured:unknown'],
    opportunities: [],
  });
});

const of = (more: Partial<Parameters<typeof completeCredential>[0]>) =>
  toSearchDocument(completeCredential({ ...draft, ...more }), 1);

describe('facts', () => {
  test('levels are found whether stated or derived; only stated ones count as stated', () => {
    expect(of({ level: stated({ eqf: 6 }, '/l') }).eqf).toEqual([6]);
    const nqf = withDerived(
      stated<LevelValue>({ nqf: { country: 'NL', level: '6' } }, '/l'),
      { eqf: 6 },
      '/l',
      'nqf-to-eqf',
    );
    expect(of({ level: nqf })).toMatchObject({ eqf: [6], elementStated: ['level'] });
    expect(of({ level: derived({ eqf: 5 }, '/l', 'r') })).toMatchObject({ eqf: [5], elementStated: [] });
  });
  test('fields come with all broader ones', () => {
    expect(of({ fields: stated([{ isced: '0613' }, { isced: '06' }, { text: text('Bees') }], '/f') })).toMatchObject({
      field: ['0613', '061', '06'],
      keywords: text('Bees'),
    });
  });
  test('ranges of workload', () => {
    expect(of({ workload: stated({ ects: 2.5, hoursMax: 80 }, '/w') })).toMatchObject({
      ects: { min: 2.5, max: 2.5 },
      hours: { min: 80, max: 80 },
    });
    expect(of({ workload: stated({ duration: 'P10W' }, '/w') })).toMatchObject({ ects: undefined, hours: undefined });
  });
  test.each<[{ amount?: number; currency?: string; text?: string }[], boolean | undefined, number]>([
    [[{ amount: 0 }], true, 1],
    [
      [
        { amount: 0, currency: 'EUR' },
        { amount: 90, currency: 'eur' },
      ],
      true,
      2,
    ],
    [[{ amount: 90, currency: 'EUR' }], false, 1],
    [[{ text: 'ask us' }], undefined, 0],
  ])('prices %j: free %s', (prices, free, count) => {
    const document = of({ costs: stated(prices, '/c') });
    expect([document.free, document.prices.length]).toEqual([free, count]);
  });
  test('providers that award and teach, each once', () => {
    const a = { id: 'prv_a', name: text('A') };
    const document = of({ awardingBody: stated([a], '/a'), offeredBy: stated([a, { id: 'prv_b' }], '/o') });
    expect(document).toMatchObject({ provider: ['prv_a', 'prv_b'], providerNames: ['A'] });
  });
  test('not applicable is neither stated nor unknown', () => {
    expect(of({ assessment: notApplicable('/a') })).toMatchObject({
      elementStated: [],
      conformance: expect.arrayContaining(['assessed:no']),
    });
  });
});

describe('runs', () => {
  const run = { id: 'r', path: '/r' };
  test('take mode, language and price of the whole when they say nothing else', () => {
    const document = of({
      participation: stated({ codes: ['online'] }, '/p'),
      languages: stated(['nl-NL'], '/l'),
      costs: stated([{ amount: 5, currency: 'EUR' }], '/c'),
      opportunities: [
        run,
        { ...run, participation: ['blended'], languages: ['en-GB'], prices: [{ amount: 0 }], startDate: '2026-05-01' },
      ],
    });
    expect(document.opportunities).toEqual([
      { start: undefined, country: undefined, place: [], mode: ['online'], language: ['nl'], free: false },
      { start: '2026-05-01', country: undefined, place: [], mode: ['blended'], language: ['en'], free: true },
    ]);
    expect(document).toMatchObject({ mode: ['online', 'blended'], language: ['nl', 'en'], free: true });
  });
  test('are found by town, venue and the parts of both', () => {
    const document = of({ opportunities: [{ ...run, place: 'Campus Nord, Lyon', locality: 'Lyon' }] });
    expect(document.opportunities[0]?.place).toEqual(['Lyon', 'Campus Nord, Lyon', 'Campus Nord']);
  });
  test('that were cancelled are not found', () => {
    const document = of({ opportunities: [{ ...run, status: 'cancelled', prices: [{ amount: 0 }] }] });
    expect(document).toMatchObject({ opportunities: [], free: undefined });
  });
});

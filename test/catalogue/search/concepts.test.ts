import { describe, expect, test } from 'vitest';
import { conceptQuery, conceptTokens, matchOf } from '../../../catalogue/search/concept-tokens.ts';
import { queryConcepts, wanted } from '../../../catalogue/search/query-concepts.ts';
import { conceptsOfTexts, recordConcepts } from '../../../catalogue/search/record-concepts.ts';
import { type Credential, stated } from '../../../schema/index.ts';
import { conceptsOf, SHIPPED_CONCEPTS } from '../../../schema/vocabularies/concepts/index.ts';
import { generateCredentials } from '../../bench/generate.ts';

const opened = conceptsOf(SHIPPED_CONCEPTS)();
const WELDING = 'urn:credatlas:topic:welding';
const [first] = [...generateCredentials(1, 3)];
const credential = (elements: Partial<Credential>): Credential => ({
  ...(first as Credential),
  title: stated([{ language: 'en', value: 'Zzyzx' }], '/t'),
  learningOutcomes: { state: 'not-stated' },
  skills: { state: 'not-stated' },
  occupations: { state: 'not-stated' },
  fields: { state: 'not-stated' },
  ...elements,
});
const of = (elements: Partial<Credential>) => recordConcepts(credential(elements), opened);
const ids = (elements: Partial<Credential>) => of(elements).map(({ id }) => id);
const text = (value: string, language = 'en') => [{ language, value }];

describe('what a record is about', () => {
  test('is told by its titles, in any language', () => {
    for (const [language, title] of [
      ['de', 'MAG-Schweißen für Quereinsteiger'],
      ['et', 'Keevitustööde alused'],
      ['pl', 'Spawanie metodą MAG'],
    ] as const) {
      expect(ids({ title: stated(text(title, language), '/t') })).toContain(WELDING);
    }
    expect(of({})).toEqual([]);
  });
  test('is told by the names of skills, occupations and fields', () => {
    expect(ids({ skills: stated([{ text: text('soudure', 'fr') }], '/s') })).toContain(WELDING);
    expect(ids({ occupations: stated([{ text: text('lasser', 'nl') }], '/s') }).length).toBeGreaterThan(0);
    expect(ids({ fields: stated([{ text: text('welding') }], '/s') })).toContain(WELDING);
  });
  test('is not told by its descriptions', () => {
    expect(of({ description: stated(text('Welding, welding and welding'), '/d') })).toEqual([]);
  });
  test('is stated by addresses, with the words that stand beside them', () => {
    const uri = opened.concepts.uriOf(5000);
    const outcomes = stated([{ text: text('Doing it well'), uri }], '/o');
    expect(of({ learningOutcomes: outcomes })).toContainEqual({ id: uri, weight: 0.9, label: 'Doing it well' });
    expect(of({ skills: stated([{ uri }], '/s') })[0]).toMatchObject({ id: uri, label: expect.stringMatching(/./) });
    expect(
      of({ skills: stated([{ uri: 'http://data.europa.eu/esco/skill/none' }, { uri: '__proto__' }], '/s') }),
    ).toEqual([]);
    expect(ids({ fields: stated([{ isced: '0715' }], '/f') })).toContain('http://data.europa.eu/snb/isced-f/0715');
  });
  test('is at most 24 concepts, in tenths', () => {
    const skills = stated(
      Array.from({ length: 60 }, (_, n) => ({ uri: opened.concepts.uriOf(4000 + n) })),
      '/s',
    );
    const many = of({ skills });
    expect(many.length).toBeGreaterThan(10);
    expect(many.length).toBeLessThanOrEqual(24);
    for (const { weight } of many) expect([1, 2, 3, 4, 5, 6, 7, 8, 9]).toContain(Math.round(weight * 1000) / 100);
  });
  test('has whatever other vocabularies call the same', () => {
    const welding = conceptsOfTexts(['welding'], opened);
    const same = [...opened.concepts.relatedTo(opened.concepts.find(WELDING) as number, 'same')];
    expect(same.length).toBeGreaterThan(0);
    for (const other of same) expect(welding.map(({ id }) => id)).toContain(opened.concepts.uriOf(other));
  });
});

describe('what a query is about', () => {
  const about = (query: string) => queryConcepts(query, opened).map(({ id }) => id);
  test.each(['welding', 'soudure', 'Schweißen', 'keevitus', 'welding -online', 'welding -"on paper"'])(
    '%s',
    (query) => {
      expect(about(query)).toContain(WELDING);
    },
  );
  test.each([
    '',
    '   ',
    '"welding"',
    'welding "for all"',
    'RNCP37674',
    'ABC-123',
    'https://example.org/welding',
    '-welding',
  ])('nothing: %j', (query) => expect(about(query)).toEqual([]));
  test.each(['zzyzx', 'xyzzy plugh', 'der die das', 'the', '+++', '\0', '🎉'])('nothing that is known: %j', (query) => {
    expect(about(query)).toEqual([]);
  });
  test('is at most 30 concepts of length 1, however long the text', () => {
    const all = queryConcepts('welding '.repeat(2000), opened);
    expect(all.length).toBeLessThanOrEqual(30);
    expect(Math.hypot(...all.map(({ weight }) => weight))).toBeCloseTo(1);
  });
  test('leaves exclusions, codes and addresses out', () => {
    expect(wanted('welding -online RNCP37674 https://example.org/x -„am Abend“ C++')).toBe('welding C++');
  });
});

describe('tokens', () => {
  test('a concept and its tenths, without the common beginning', () => {
    const concepts = [
      { id: 'http://data.europa.eu/esco/skill/x', weight: 0.7, label: 'X' },
      { id: 'urn:y', weight: 1, label: 'Y\0' },
      { id: 'urn:z', weight: 0.04, label: 'Z' },
    ];
    expect(conceptTokens(concepts)).toEqual({ concepts: ['esco/skill/x:7', 'urn:y:9'], conceptLabels: ['X', 'Y'] });
  });
  test('a query looks for those that reach the floor, and counts all', () => {
    const query = conceptQuery([
      { id: 'urn:y', weight: 0.1 },
      { id: 'urn:z', weight: 0.01 },
    ]);
    expect(query?.tokens).toEqual([5, 6, 7, 8, 9].map((band) => `urn:y:${band}`));
    expect(query?.points.get('urn:y:3')).toBe(30);
    expect(query?.points.get('urn:z:9')).toBe(9);
    expect([conceptQuery([]), conceptQuery(undefined), conceptQuery([{ id: 'x', weight: 0.05 }])]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(conceptQuery([{ id: 'x', weight: Number.NaN }])).toBeUndefined();
  });
  test('of what is shared the most is told', () => {
    const query = conceptQuery([
      { id: 'urn:y', weight: 0.5 },
      { id: 'urn:z', weight: 0.4 },
    ]);
    const hit = { said: false, concepts: ['urn:y:2', 'urn:z:9', 'urn:q:9'], conceptLabels: ['a', 'b', 'c'] };
    expect(matchOf(query, hit)).toEqual({ how: 'concept', concept: 'urn:z', recordLabel: 'b', score: 0.46 });
    expect(matchOf(query, { said: true, concepts: [], conceptLabels: [] })).toEqual({ how: 'text' });
  });
});

import { describe, expect, test } from 'vitest';
import { constantCase, enumValues } from '../../subgraphs/shared/enum-values.ts';
import { formatAcceptLanguage, parseAcceptLanguage, wantedLanguages } from '../../subgraphs/shared/languages.ts';
import { cursorsFor, decodeCursor, encodeCursor } from '../../subgraphs/shared/opaque-cursor.ts';

describe('Accept-Language', () => {
  test.each([
    ['nl', ['nl']],
    ['nl-BE, fr;q=0.8, en;q=0.9', ['nl-BE', 'en', 'fr']],
    ['en;q=0, de', ['de']],
    ['*', []],
    ['<script>, et', ['et']],
    ['', []],
    [undefined, []],
    [Array.from({ length: 50 }, () => 'nl').join(','), Array.from({ length: 10 }, () => 'nl')],
  ])('%s', (header, expected) => {
    expect(parseAcceptLanguage(header)).toEqual(expected);
  });

  test('survives the way to a subgraph over HTTP in its order', () => {
    const languages = ['mt', 'nl-BE', 'fr', 'de', 'en', 'et', 'fi', 'sv', 'pl', 'it'];
    expect(parseAcceptLanguage(formatAcceptLanguage(languages))).toEqual(languages);
  });

  test('a languages argument goes before it, an empty one too', () => {
    expect(wantedLanguages(['nl'], ['fr'])).toEqual(['nl']);
    expect(wantedLanguages([], ['fr'])).toEqual([]);
    expect(wantedLanguages(null, ['fr'])).toEqual(['fr']);
    expect(() => wantedLanguages(['nl\r\nx: y'], [])).toThrow(/BCP 47/);
    expect(() => wantedLanguages(Array(11).fill('nl'), [])).toThrow(/at most 10/);
  });
});

describe('cursors', () => {
  test('say nothing to a reader and work only in their own list', () => {
    const key = ['a.b.c', 1.5, null, 'ü"\\'];
    const cursor = encodeCursor(key, 'scope');
    expect(decodeCursor(cursor, 'scope')).toEqual(key);
    expect(cursorsFor('scope')(key)).toBe(cursor);
    expect(() => decodeCursor(cursor, 'another')).toThrow(/not a cursor/);
  });

  test.each(['', 'x', '....', 'MTIz', '💥', 'a'.repeat(10_000)])('rubbish is refused: %s', (cursor) => {
    expect(() => decodeCursor(cursor, 'scope')).toThrow(/not a cursor/);
  });
});

test.each([
  ['learningOutcomes', 'LEARNING_OUTCOMES'],
  ['not-stated', 'NOT_STATED'],
  ['stand-alone', 'STAND_ALONE'],
  ['eqf', 'EQF'],
])('%s is %s in GraphQL', (word, constant) => {
  expect(constantCase(word)).toBe(constant);
  expect(enumValues([word])).toEqual({ [constant]: word });
});

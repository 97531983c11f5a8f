import { describe, expect, test } from 'vitest';
import { isFunctionWord } from '../../../catalogue/search/function-words.ts';
import {
  identifierWords,
  isCode,
  isCodePhrase,
  otherSpellings,
  uriWord,
} from '../../../catalogue/search/identifier-words.ts';
import { MOST_QUERY_WORDS, parseQuery } from '../../../catalogue/search/query-syntax.ts';

/** A query in one line: exact parts between brackets, quoted ones in quotes, exclusions with a minus, then the floor. */
function line(text: string, prefix = false): string {
  const query = parseQuery(text, prefix);
  const parts = query.parts.map(({ words, exact, quoted }) =>
    quoted ? `"${words.join(' ')}"` : exact ? `[${words.join(' ')}]` : words.join(' '),
  );
  const without = query.excluded.map((words) => `-${words.join('_')}`);
  return [...parts, ...without, `${query.floor}${query.prefix ? '*' : ''}`].join(' ');
}

describe('a text is read as', () => {
  test.each<[text: string, wanted: string]>([
    ['', '0'],
    ['data science', 'data science 2'],
    ['"data science" basics', '"data science" basics 1'],
    ['„a b“ “c d” «e f» »g h« "i"', '"a b" "c d" "e f" "g h" "i" 0'],
    ['("data science")', '"data science" 0'],
    ['"data science', 'data science 2'],
    ['data" science"', 'data science 2'],
    ['data -online -"two words" -l’eau', 'data -online -two_words -eau 1'],
    ['data - online --x', 'data online x 3'],
    ['C++ and .NET', '[cplusplus] and [dotnet] 3'],
    ['RNCP37674 abc-123 4.0', '[rncp37674] [abc 123] [4 0] 3'],
    ['micro-credential covid-19', 'micro credential covid 19 3'],
    ['Office365 excel2019', 'office365 excel2019 2'],
    ['https://www.example.org/a?b=1', '[exampleorgab1] 1'],
    ['Excel:VBA', 'excel vba 2'],
    ['what do I need to repair old boats', 'need repair old boats 3'],
    ['the art of the deal', 'art deal 2'],
    ['old old old boats', 'old boats 2'],
  ])('%s', (text, wanted) => {
    expect(line(text)).toBe(wanted);
  });
  test.each<[text: string, wanted: string]>([
    ['data sci', 'data sci 2*'],
    ['data "sci"', 'data "sci" 1'],
    ['data abc-12', 'data abc 12 3*'],
    ['-x data rncp376', 'data rncp376 -x 2*'],
    ['modern c++', 'modern [cplusplus] 2'],
    ['repair old boats in', 'repair old boats 3'],
  ])('unfinished: %s', (text, wanted) => expect(line(text, true)).toBe(wanted));
  test('at most ten words, of the first two thousand characters', () => {
    const { parts } = parseQuery(Array.from({ length: 200 }, (_, i) => `w${i}`).join(' '));
    expect(parts).toHaveLength(MOST_QUERY_WORDS);
    expect(parseQuery(`"${'a '.repeat(900)}"`).parts[0]?.words).toHaveLength(MOST_QUERY_WORDS);
    expect(parseQuery('x'.repeat(1_000_000)).parts).toHaveLength(1);
  });
});

test('what an identifier is found by', () => {
  expect(identifierWords(['ABC-123', 'RNCP37674'], [])).toEqual(['abc 123', 'abc123', 'rncp37674', 'rncp 37674']);
  expect(identifierWords(['intro'], ['KURS 12/345: Töpfern', 'ISO 9001'])).toEqual([
    'intro',
    '12 345',
    '12345',
    'iso9001',
  ]);
  expect(identifierWords([`https://example.org/${'long/'.repeat(40)}`], [])[0]).toMatch(/^u[0-9a-f]{40}$/);
  expect(identifierWords(['', ' ', '--'], [''])).toEqual([]);
});
test('codes', () => {
  expect(['rncp37674', 'az104', 'mp3', '2024', 'office365', 'excel2019', '3d'].filter(isCode)).toEqual([
    'rncp37674',
    'az104',
  ]);
  expect([['abc', '123'], ['4', '0'], ['covid', '19'], ['a'], ['1']].filter(isCodePhrase)).toHaveLength(2);
  expect(otherSpellings('By ISO-9001, RS5678 and May 2026 in room 12')).toEqual(['iso9001', 'rs 5678']);
  expect([uriWord('urn:schac:x:1'), uriWord('Excel:VBA'), uriWord('(http://a.b/c)')]).toEqual([
    'urnschacx1',
    undefined,
    'abc',
  ]);
});
test('function words are folded, and leave out what means something', () => {
  expect(['fur', 'τουσ', 'že', 'ze', 'with', 'и'].filter(isFunctionWord)).toEqual(['fur', 'τουσ', 'ze', 'with', 'и']);
  expect(['it', 'ai', 'ar', 'go', 'c', 'r', 'care', 'art', 'data'].some(isFunctionWord)).toBe(false);
});

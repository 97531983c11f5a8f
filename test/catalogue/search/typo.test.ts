import { describe, expect, test } from 'vitest';
import { editDistance, typoCount, typosAllowed } from '../../../catalogue/search/typo.ts';
import { createVocabulary } from '../../../catalogue/search/vocabulary.ts';
import { seededRandom } from '../../bench/generate.ts';

test.each([
  ['bees', 0],
  ['hives', 1],
  ['beehives', 1],
  ['beekeeper', 2],
  ['2026', 0],
  ['123456789', 0],
  ['σοφια', 1],
])('%s may have %i typos', (word, wanted) => expect(typosAllowed(word)).toBe(wanted));

describe('editDistance', () => {
  test.each([
    ['hive', 'hive', 0],
    ['hive', 'hve', 1],
    ['hive', 'hiive', 1],
    ['hive', 'hyve', 1],
    ['hive', 'hiev', 1],
    ['hive', 'ihev', 2],
    ['hive', 'honey', 3],
    ['', 'ab', 2],
  ])('%s to %s is %i', (a, b, wanted) => expect(editDistance(a, b, 2, false)).toBe(Math.min(wanted, 3)));
  test('of a beginning', () => {
    expect(editDistance('prog', 'programming', 2, true)).toBe(0);
    expect(editDistance('porg', 'programming', 2, true)).toBe(1);
    expect(editDistance('programm', 'prog', 2, true)).toBe(3);
  });
});

describe('typoCount', () => {
  test.each([
    ['beekeeping', 'beekeeping', 0],
    ['beekeeping', 'beekeping', 1],
    ['beekeeping', 'beakeepinng', 2],
    ['beekeeping', 'veekeeping', 2],
    ['beekeeping', 'veekeping', undefined],
    ['hives', 'dives', undefined],
    ['hives', 'hivez', 1],
    ['hive', 'hives', undefined],
    ['12345', '12346', undefined],
  ])('%s, %s: %s', (wanted, found, typos) => expect(typoCount(wanted, found)).toBe(typos));
});

describe('the vocabulary', () => {
  const random = seededRandom(3);
  const letters = 'abcdeфω';
  const word = (n: number) => Array.from({ length: n }, () => letters[Math.floor(random() * letters.length)]).join('');
  const words = [...new Set(Array.from({ length: 4000 }, () => word(3 + Math.floor(random() * 9))))];
  const vocabulary = createVocabulary();
  vocabulary.add(words.slice(0, 3000));
  vocabulary.add(words.slice(3000));
  vocabulary.add(words.slice(0, 10));

  test('knows every word once', () => {
    expect(vocabulary.size).toBe(words.length);
    expect(words.every((one) => vocabulary.has(one))).toBe(true);
    expect(vocabulary.has('zzz')).toBe(false);
  });

  test.each([false, true])('finds exactly what comparing with each word finds (prefix: %s)', (prefix) => {
    for (let i = 0; i < 150; i++) {
      const wanted = i % 3 ? word(5 + Math.floor(random() * 6)) : `${words[i]}`.padEnd(5, 'a');
      const allowed = typosAllowed(wanted);
      const { one, two } = vocabulary.misspellings(wanted, allowed, prefix);
      const all = words.map((found) => ({ found, typos: typoCount(wanted, found, allowed, prefix) }));
      const of = (typos: number, most: number) =>
        all
          .filter((entry) => entry.typos === typos)
          .map((entry) => entry.found)
          .sort()
          .slice(0, most);
      expect({ wanted, one, two }).toEqual({ wanted, one: of(1, 150), two: of(2, 50) });
    }
  });

  test('takes numbers for no misspelling of anything', () => {
    const numbers = createVocabulary();
    numbers.add(['12345', '12346', 'ab345']);
    expect(numbers.misspellings('12345', 1, false)).toEqual({ one: [], two: [] });
  });
});

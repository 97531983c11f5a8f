import { wordsOf } from './fold.ts';
import { MOST_QUERY_WORDS } from './query-syntax.ts';
import { typosAllowed } from './typo.ts';

/** One thing looked for: a word, or neighbouring words written together (`micro credential` → `microcredential`). */
export interface QueryTerm {
  /** First and last word covered, as positions among the words given. */
  from: number;
  to: number;
  word: string;
  /** The word may be the beginning of a longer one. */
  prefix: boolean;
  typos: 0 | 1 | 2;
}

/** The folded words of an unfinished text that is to be completed. Operators, quotes and other signs only separate. */
export const queryWords = (text: string | undefined): string[] =>
  text ? wordsOf(text.slice(0, 2000), MOST_QUERY_WORDS) : [];

/**
 * All terms of neighbouring words: each word, and each two and three neighbours written together, which costs them one
 * and two of the typos their length allows (Meilisearch's rule). `prefix`: the last word may be a beginning.
 */
export function queryTerms(words: readonly string[], prefix: boolean): QueryTerm[] {
  const terms: QueryTerm[] = [];
  for (let size = 1; size <= 3; size++) {
    for (let from = 0; from + size <= words.length; from++) {
      const word = words.slice(from, from + size).join('');
      const typos = Math.max(0, typosAllowed(word) - (size - 1)) as 0 | 1 | 2;
      terms.push({ from, to: from + size - 1, word, prefix: prefix && from + size === words.length, typos });
    }
  }
  return terms;
}

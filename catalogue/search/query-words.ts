import { wordsOf } from './fold.ts';
import { typosAllowed } from './typo.ts';

/** Meilisearch reads ten words of a query and ignores the rest; so that engines agree, all of them do. */
export const MOST_QUERY_WORDS = 10;

/** One thing looked for: a word, or neighbouring words written together (`micro credential` → `microcredential`). */
export interface QueryTerm {
  /** First and last word covered, as positions in the query. */
  from: number;
  to: number;
  word: string;
  /** The last word may be the beginning of a longer one. */
  prefix: boolean;
  typos: 0 | 1 | 2;
}

/** The folded words of a reader's text. Operators, quotes and other signs only separate. */
export const queryWords = (text: string | undefined): string[] =>
  text ? wordsOf(text.slice(0, 2000), MOST_QUERY_WORDS) : [];

/**
 * All terms of a query: each word, and each two and three neighbours written together, which costs them one and two
 * of the typos their length allows (Meilisearch's rule).
 */
export function queryTerms(words: readonly string[]): QueryTerm[] {
  const terms: QueryTerm[] = [];
  for (let size = 1; size <= 3; size++) {
    for (let from = 0; from + size <= words.length; from++) {
      const word = words.slice(from, from + size).join('');
      const typos = Math.max(0, typosAllowed(word) - (size - 1)) as 0 | 1 | 2;
      terms.push({ from, to: from + size - 1, word, prefix: from + size === words.length, typos });
    }
  }
  return terms;
}

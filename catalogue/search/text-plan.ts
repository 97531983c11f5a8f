import { queryTerms } from './query-words.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a text becomes for Postgres: three `tsquery` literals. */
export interface TextPlan {
  /** Everything that matches: exact, beginnings, typos, written together or apart. */
  full: string;
  /** Exact words and beginning only. Equal to `full` when nothing else can match. */
  exact: string;
  /** Any of the words: what hits are ranked by. */
  rank: string;
}

/** Folded words are letters and digits only, so quoting needs no escapes. */
const lexeme = (word: string, prefix: boolean): string => `'${word}'${prefix ? ':*' : ''}`;
const any = (parts: readonly string[]): string => (parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' | ')})`);

/** Puts the words of a query (at least one) into `tsquery` form, with the misspellings that the index really has. */
export function textPlan(words: readonly string[], vocabulary: Vocabulary): TextPlan {
  const covering: string[][] = words.map(() => []);
  for (const term of queryTerms(words)) {
    const single = term.from === term.to;
    const { one, two } = vocabulary.misspellings(term.word, term.typos, term.prefix);
    const alternatives = [...one, ...two].map((word) => lexeme(word, false));
    // words written together are looked for only when they exist, or as the beginning of one that may
    if (single || term.prefix || vocabulary.has(term.word)) alternatives.unshift(lexeme(term.word, term.prefix));
    // two words of the query that would be parted just as they were written say nothing new
    const written = term.to - term.from === 1 ? (words[term.from]?.length ?? 0) : 0;
    alternatives.push(...apart(term.word, vocabulary, written));
    for (let i = term.from; i <= term.to; i++) covering[i]?.push(...alternatives);
  }
  const last = words.length - 1;
  const exact = words.map((word, i) => lexeme(word, i === last));
  return {
    full: covering.map((alternatives) => any([...new Set(alternatives)])).join(' & '),
    exact: exact.join(' & '),
    rank: [...new Set([...words.map((word) => lexeme(word, false)), ...exact])].join(' | '),
  };
}

/** `microcredential` also stands for `micro credential`, when both halves are words of the index. */
function apart(word: string, vocabulary: Vocabulary, notAt: number): string[] {
  const phrases: string[] = [];
  for (let i = 1; i < word.length; i++) {
    if (i === notAt) continue;
    const [left, right] = [word.slice(0, i), word.slice(i)];
    if (vocabulary.has(left) && vocabulary.has(right)) phrases.push(`('${left}' <-> '${right}')`);
  }
  return phrases;
}

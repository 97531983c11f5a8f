import { isLong, plainRuns, type QueryText } from './query-syntax.ts';
import { queryTerms } from './query-words.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a text becomes for Postgres: three `tsquery` literals. */
export interface TextPlan {
  /** Everything that matches: exact, beginnings, typos, written together or apart, without what is excluded. */
  full: string;
  /** Exact words and beginning only. Equal to `full` when nothing else can match. */
  exact: string;
  /** Any of the words: what hits are ranked by. Empty when the text only excludes. */
  rank: string;
  /** What holds of every hit, however it was found: phrases in quotes, and what is excluded. Empty when nothing. */
  required: string;
  long?: LongPlan;
}

/** A long query. */
export interface LongPlan {
  /** For each word what answers it: words and phrases apart, since only phrases have the index look into each record. */
  words: string[][];
  /** How many of the words must be there. */
  floor: number;
}

/** Folded words are letters and digits only, so quoting needs no escapes. */
export const lexeme = (word: string, prefix = false): string => `'${word}'${prefix ? ':*' : ''}`;
export const phrase = (words: readonly string[]): string =>
  words.length === 1 ? lexeme(words[0] ?? '') : `(${words.map((word) => lexeme(word)).join(' <-> ')})`;
const any = (parts: readonly string[]): string => (parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' | ')})`);

/** Puts a query (at least a part or an exclusion) into `tsquery` form, with the misspellings that the index really has. */
export function textPlan(query: QueryText, vocabulary: Vocabulary): TextPlan {
  if (isLong(query)) return longPlan(query, vocabulary);
  const { parts, excluded, prefix } = query;
  const covering: string[][] = parts.map(({ words, exact }) => (exact ? [phrase(words)] : []));
  for (const { from, words } of plainRuns(query)) {
    const alternatives = coveringOf(words, prefix && from + words.length === parts.length, vocabulary);
    alternatives.forEach((list, i) => {
      covering[from + i] = list;
    });
  }
  const last = parts.length - 1;
  const exact = parts.map(({ words }, i) =>
    words.length > 1 ? phrase(words) : lexeme(words[0] ?? '', prefix && i === last),
  );
  const without = excluded.map((words) => `!${phrase(words)}`);
  return {
    full: [...covering.map((alternatives) => any([...new Set(alternatives)])), ...without].join(' & '),
    exact: [...exact, ...without].join(' & '),
    rank: [...new Set([...parts.map(({ words }) => phrase(words)), ...exact])].join(' | '),
    required: requiredOf(query),
  };
}

/**
 * Words of a long query stand each for itself, with their misspellings, and are not written together. What is quoted or
 * excluded holds of every hit.
 */
function longPlan(query: QueryText, vocabulary: Vocabulary): TextPlan {
  const { parts, prefix, floor } = query;
  const last = parts.length - 1;
  const words = parts.flatMap(({ words: [word = '', ...more], exact, quoted }, i) => {
    if (quoted) return [];
    const all = exact ? [phrase([word, ...more])] : (coveringOf([word], prefix && i === last, vocabulary)[0] ?? []);
    const { true: phrases, false: single } = Object.groupBy(all, (one) => `${one.includes('<->')}`);
    return [[single, phrases].flatMap((some) => (some ? [any([...new Set(some)])] : []))];
  });
  return {
    full: words.flat().join(' | '),
    exact: '',
    rank: parts.map((part) => phrase(part.words)).join(' | '),
    required: requiredOf(query),
    long: { words, floor },
  };
}

const requiredOf = ({ parts, excluded }: QueryText): string =>
  [
    ...parts.filter((part) => part.quoted).map((part) => phrase(part.words)),
    ...excluded.map((without) => `!${phrase(without)}`),
  ].join(' & ');

/** For each of some neighbouring words all that answers it. */
function coveringOf(words: readonly string[], prefix: boolean, vocabulary: Vocabulary): string[][] {
  const covering: string[][] = words.map(() => []);
  for (const term of queryTerms(words, prefix)) {
    const single = term.from === term.to;
    const { one, two } = vocabulary.misspellings(term.word, term.typos, term.prefix);
    const alternatives = [...one, ...two].map((word) => lexeme(word));
    // words written together are looked for only when they exist, or as the beginning of one that may
    if (single || term.prefix || vocabulary.has(term.word)) alternatives.unshift(lexeme(term.word, term.prefix));
    // two words of the query that would be parted just as they were written say nothing new
    const written = term.to - term.from === 1 ? (words[term.from]?.length ?? 0) : 0;
    alternatives.push(...partings(term.word, vocabulary, written).map(phrase));
    for (let i = term.from; i <= term.to; i++) covering[i]?.push(...alternatives);
  }
  return covering;
}

/** `microcredential` also stands for `micro credential`, when both halves are words of the index. */
export function partings(word: string, vocabulary: Vocabulary, notAt = 0): [left: string, right: string][] {
  const pairs: [string, string][] = [];
  for (let i = 1; i < word.length; i++) {
    if (i === notAt) continue;
    const [left, right] = [word.slice(0, i), word.slice(i)];
    if (vocabulary.has(left) && vocabulary.has(right)) pairs.push([left, right]);
  }
  return pairs;
}

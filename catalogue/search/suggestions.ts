import { fold, wordsOf } from './fold.ts';

/** Records looked at for suggestions. */
export const SUGGESTION_CANDIDATES = 200;

/** Of the names found, those that complete the words: beginnings first, then by alphabet, each once. */
export function rankSuggestions(names: readonly string[], words: readonly string[], limit: number): string[] {
  const kept = new Map<string, { name: string; key: string }>();
  for (const name of names) {
    const how = completes(name, words);
    const folded = fold(name);
    if (how && !kept.has(folded)) kept.set(folded, { name, key: `${how === 'beginning' ? 0 : 1}${folded}` });
  }
  return [...kept.values()]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, limit)
    .map(({ name }) => name);
}

/** Whether a name answers a beginning: all words of it, the last one perhaps unfinished. */
function completes(name: string, words: readonly string[]): 'beginning' | 'inside' | undefined {
  const own = wordsOf(name);
  if (own.join(' ').startsWith(words.join(' '))) return 'beginning';
  return words.every((word, i) => (i === words.length - 1 ? own.some((o) => o.startsWith(word)) : own.includes(word)))
    ? 'inside'
    : undefined;
}

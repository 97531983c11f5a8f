import { LRUCache } from 'lru-cache';

/** Characters of JSON kept, in all; one whole introspection has some 150,000. */
const MOST_CHARACTERS = 8_000_000;

/** Answers that never change while the process runs (introspection), by document and variables. */
export function createKeptAnswers<Answer extends object>() {
  const answers = new LRUCache<string, { answer: Answer; characters: number }>({
    max: 500,
    maxSize: MOST_CHARACTERS,
    maxEntrySize: MOST_CHARACTERS / 8,
    sizeCalculation: ({ characters }, key) => characters + key.length,
  });
  return {
    get: (key: string) => answers.get(key),
    keep(key: string, answer: Answer): void {
      answers.set(key, { answer, characters: JSON.stringify(answer).length });
    },
  };
}

import type { Catalogue } from '../../catalogue/catalogue.ts';

/** Counts on a page may be so old, in milliseconds. */
const FRESH_MS = 2_000;

/**
 * The catalogue with counts and sources that are read at most every two seconds, however many look at the front page:
 * counting all of it is the dearest thing that a page does.
 */
export const glanceAt = (catalogue: Catalogue): Pick<Catalogue, 'statistics' | 'sources'> => ({
  statistics: recently(() => catalogue.statistics()),
  sources: { ...catalogue.sources, list: recently(() => catalogue.sources.list()) },
});

function recently<T>(read: () => Promise<T>): () => Promise<T> {
  let last: { at: number; value: Promise<T> } | undefined;
  return () => {
    if (last && performance.now() - last.at < FRESH_MS) return last.value;
    const one = { at: performance.now(), value: read() };
    last = one;
    // What failed is not kept: the next one looks again.
    one.value.catch(() => {
      if (last === one) last = undefined;
    });
    return one.value;
  };
}

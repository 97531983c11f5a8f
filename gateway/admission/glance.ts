import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Visits } from './visits.ts';

/** Counts on a page that had to wait for its turn may be so old, in milliseconds. */
const FRESH_MS = 2_000;

/**
 * The catalogue as a page sees it: while pages queue, counts and sources are read every two seconds at most. Counting
 * everything is the dearest thing that a page does.
 */
export function glanceAt(catalogue: Catalogue, visits: Visits): Pick<Catalogue, 'statistics' | 'sources'> {
  const recently = <T>(read: () => Promise<T>): (() => Promise<T>) => {
    let last: { at: number; value: Promise<T> } | undefined;
    return () => {
      const mayBeOld = visits.current()?.queued;
      if (mayBeOld && last && performance.now() - last.at < FRESH_MS) return last.value;
      const one = { at: performance.now(), value: read() };
      last = one;
      // What failed is not kept: the next one looks again.
      one.value.catch(() => {
        if (last === one) last = undefined;
      });
      return one.value;
    };
  };
  return {
    statistics: recently(() => catalogue.statistics()),
    sources: { ...catalogue.sources, list: recently(() => catalogue.sources.list()) },
  };
}

import { LIMITS } from '../decode/linked/limits.ts';
import type { RecordFault } from '../format.ts';
import { fault } from '../problems/rules.ts';

/** Counts what its register has not released, by the word for it. */
export function createUnreleased() {
  const words = new Map<string, { times: number; path: string }>();
  let size = 0;
  return {
    get size(): number {
      return size;
    },
    add(status: string, path: string): void {
      size++;
      const word = words.has(status) || words.size < LIMITS.told ? status : 'other words';
      const same = words.get(word);
      words.set(word, { times: (same?.times ?? 0) + 1, path: same?.path ?? path });
    },
    *faults(): Generator<RecordFault> {
      for (const [status, { times, path }] of words) yield fault(null, path, 'not-released', `${times} × ${status}`);
    },
  };
}

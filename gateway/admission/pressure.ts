import type { Connection } from './asker.ts';

/** A connection counts for so long after it last wanted something. */
const RECENT_MS = 500;
/** More need not be remembered: pressure is felt far below. */
const MOST = 2_000;

/**
 * Whether many want something at once. Counted are open connections, since an answer that takes no time never leaves
 * two requests open: one reader who asks 500 times in a row is one, eight connections in a loop are eight.
 */
export function createPressure(free: number, now: () => number) {
  /** When each last wanted something, oldest first. */
  const recent = new Map<Connection, number>();
  return {
    feels(connection: Connection): boolean {
      const at = now();
      recent.delete(connection);
      recent.set(connection, at);
      for (const [one, last] of recent) {
        if (last > at - RECENT_MS && recent.size <= MOST) break;
        recent.delete(one);
      }
      if (recent.size <= free) return false;
      for (const one of recent.keys()) if (one.destroyed) recent.delete(one);
      return recent.size > free;
    },
  };
}

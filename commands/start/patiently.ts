import { setTimeout as sleep } from 'node:timers/promises';
import { inTime } from '../../gateway/in-time.ts';

/** Something that is still starting, or not started yet: worth another try while there is time. */
export class NotYet extends Error {}

/** How long a start waits for servers that start beside it: less than anybody waits for an answer, more than a server needs. */
export const START_PATIENCE_MS = 9_000;
/** Somebody sits in front of a command. */
export const COMMAND_PATIENCE_MS = 2_500;

const EVERY_MS = 400;
/** The least a try may take: a server far away, a busy machine. */
const LEAST_MS = 2_000;

/** Tries again while the try says `NotYet` and there is time; each try is told how long it may take. */
export async function patiently<T>(patienceMs: number, attempt: (limitMs: number) => Promise<T>): Promise<T> {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      return await attempt(Math.max(LEAST_MS, Math.ceil(end - performance.now())));
    } catch (error) {
      if (!(error instanceof NotYet) || performance.now() + EVERY_MS > end) throw error;
      await sleep(EVERY_MS);
    }
  }
}

/** The work, or an error in these words when it takes longer. */
export const within = <T>(limitMs: number, words: string, work: Promise<T>): Promise<T> =>
  inTime(work, limitMs, () => new NotYet(words));

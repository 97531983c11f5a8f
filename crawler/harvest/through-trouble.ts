import { setTimeout as sleep } from 'node:timers/promises';
import { StoreTrouble } from '../../catalogue/store-trouble.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** Work that has gone on for so long was well: the next trouble is a new one. */
const WELL_MS = 10_000;
/** After so long whoever asked decides what next: a worker comes back to the run, a command says so. */
const PATIENCE_MS = 120_000;

/**
 * Work that can be begun again at any point, and is, whenever the store is in trouble: after waits that grow. Told once each
 * way.
 * @throws StoreTrouble when it has lasted `patienceMs`, and whatever else the work throws
 */
export async function throughTrouble<T>(
  work: () => Promise<T>,
  {
    tell,
    patienceMs = PATIENCE_MS,
    ending,
  }: { tell: (line: string) => void; patienceMs?: number; ending?: AbortSignal },
): Promise<T> {
  let since: number | undefined;
  let waitMs = FIRST_WAIT_MS;
  for (;;) {
    const begun = performance.now();
    try {
      const result = await work();
      if (since !== undefined) tell('the store works again');
      return result;
    } catch (error) {
      if (!(error instanceof StoreTrouble)) throw error;
      const now = performance.now();
      if (now - begun > WELL_MS) {
        since = undefined;
        waitMs = FIRST_WAIT_MS;
      }
      if (since === undefined) tell(`waits for the store, which is in trouble: ${error.message}. It is tried again.`);
      since ??= now;
      if (now - since + waitMs > patienceMs) throw error;
      // A process that ends does not wait: the run goes on at the next start.
      if (ending?.aborted) throw error;
      await sleep(waitMs, undefined, { signal: ending }).catch(() => {
        throw error;
      });
      waitMs = Math.min(LONGEST_WAIT_MS, 2 * waitMs);
    }
  }
}

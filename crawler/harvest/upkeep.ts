import type { Store } from '../../catalogue/store/store.ts';
import { formatError, NotNow } from '../errors.ts';
import type { Harvester } from './harvester.ts';

const ORPHANS_EVERY_MS = 1_500;
const SCHEDULES_EVERY_MS = 10_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * What a worker does besides its jobs. Runs are in the store and the queue is a hint: runs whose worker has died are
 * taken up from their cursor though their jobs still count as under way, and schedules that the queue has lost come back.
 */
export function createUpkeep(deps: {
  store: Store;
  harvester: Harvester;
  /** Runs taken up at once. */
  concurrency: number;
  log: (line: string) => void;
  onRun?: (source: string) => Promise<void> | void;
  /** Puts back the schedules that are missing. */
  rebuild(): Promise<void>;
}) {
  const { store, harvester, log } = deps;
  const underWay = new Map<string, Promise<void>>();
  const resting = new Map<string, { until: number; waitMs: number }>();
  let stopped = false;

  async function takeUp(run: { id: string; source: string }): Promise<void> {
    try {
      const ended = await harvester.continue(run.id);
      resting.delete(run.id);
      if (ended) await deps.onRun?.(run.source);
    } catch (error) {
      const waitMs = Math.min(LONGEST_WAIT_MS, 2 * (resting.get(run.id)?.waitMs ?? ORPHANS_EVERY_MS));
      const rest = error instanceof NotNow ? (error.waitMs ?? waitMs) : waitMs;
      resting.set(run.id, { until: performance.now() + Math.min(rest, LONGEST_WAIT_MS), waitMs });
      if (!(error instanceof NotNow)) log(`run ${run.id} of ${run.source} goes on later: ${formatError(error)}`);
    }
  }

  async function orphans(): Promise<void> {
    if (underWay.size >= deps.concurrency) return;
    for (const run of await store.runs.orphaned()) {
      if (stopped || underWay.size >= deps.concurrency) return;
      if (underWay.has(run.id) || (resting.get(run.id)?.until ?? 0) > performance.now()) continue;
      underWay.set(
        run.id,
        takeUp(run).finally(() => underWay.delete(run.id)),
      );
    }
  }

  const timers = [every(ORPHANS_EVERY_MS, orphans), every(SCHEDULES_EVERY_MS, deps.rebuild)];
  return {
    async stop(): Promise<void> {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      await Promise.all(underWay.values());
    },
  };
}

/** Does the work again and again, never twice at once; trouble is the next time's matter. */
function every(ms: number, work: () => Promise<void>): NodeJS.Timeout {
  let busy = false;
  return setInterval(() => {
    if (busy) return;
    busy = true;
    void work()
      .catch(() => {})
      .finally(() => {
        busy = false;
      });
  }, ms);
}

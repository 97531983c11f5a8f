import { AsyncLocalStorage } from 'node:async_hooks';
import type { Asker } from './asker.ts';
import type { Budget } from './budgets.ts';

/** One HTTP request on its way through the process, and what was decided about it. */
export interface Visit extends Asker {
  /** What the client may still spend; absent on the operator's own machine. */
  budget?: Budget;
  /** It has had a turn in a lane, or needs none. */
  admitted: boolean;
  /** A page, which has its lane as a whole: what it asks of the graph waits for nothing more and costs nothing more. */
  page: boolean;
  /** It had to wait, or others wait for the same kind: its answer may be a moment old. */
  queued?: boolean;
  /** It cannot be executed, whatever HTTP status says so. */
  refused?: boolean;
  /** Milliseconds of the loop that checking and answering it took, as far as known. */
  spent: number;
  /** Seconds after which trying again makes sense, when it was turned away. */
  retryAfter?: number;
}

/** Hands the visit on to whatever is called while it is served, so that pages and endpoints need not know of it. */
export function createVisits() {
  const storage = new AsyncLocalStorage<Visit>();
  return {
    /** The visit being served; undefined for calls from inside the process, which wait for nobody. */
    current: (): Visit | undefined => storage.getStore(),
    serve: <T>(visit: Visit, work: () => T): T => storage.run(visit, work),
  };
}
export type Visits = ReturnType<typeof createVisits>;

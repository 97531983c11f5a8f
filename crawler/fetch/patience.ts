import { unreachable } from './fetch-failure.ts';

/** A stopwatch that runs only while the source is waited for, shared by all hops of a fetch. */
export interface Patience {
  /** Milliseconds waited so far. */
  readonly waited: number;
  /** Waits for `what`, at most `capMs` and at most what is left in total; `RetryLater` when it takes longer. */
  wait<T>(url: URL, what: Promise<T>, capMs: number, doing: string): Promise<T>;
}

export function createPatience(totalMs: number): Patience {
  let waited = 0;
  return {
    get waited() {
      return waited;
    },
    async wait(url, what, capMs, doing) {
      const left = Math.max(0, totalMs - waited);
      const started = performance.now();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        const reason =
          capMs < left ? `${doing} for ${capMs / 1000} s` : `not finished within ${totalMs / 1000} s of waiting`;
        timer = setTimeout(() => reject(unreachable(url, reason)), Math.min(capMs, left));
      });
      try {
        return await Promise.race([what, late]);
      } catch (error) {
        what.catch(() => {});
        throw error;
      } finally {
        clearTimeout(timer);
        waited += performance.now() - started;
      }
    },
  };
}

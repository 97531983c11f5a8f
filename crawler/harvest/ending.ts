import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a page in hand may still take when the process is asked to end; with what is to be closed after it less than 10 s. */
const PAGE_MS = 4_000;

/** The process ends: the run stays at its cursor, and whoever takes it up goes on from there. */
export class RunLeft extends Error {
  constructor() {
    super('the process is ending; the run goes on at the next start');
    this.name = 'RunLeft';
  }
}

/**
 * The end of a process that harvests. No page is begun once `asked` is aborted, and no host is waited for; the page in hand may
 * be finished, if that takes no longer than `pageMs`: then it is cut (`cut`).
 */
export function createEnding(asked?: AbortSignal, pageMs = PAGE_MS) {
  const cut = new AbortController();
  // Every page that is read listens.
  setMaxListeners(0, cut.signal);
  const ask = () => void setTimeout(() => cut.abort(new RunLeft()), pageMs).unref();
  if (asked?.aborted) ask();
  else asked?.addEventListener('abort', ask, { once: true });
  return {
    /** Aborted with `RunLeft` when the page in hand must not be waited for any more. */
    cut: cut.signal,
    asked: () => asked?.aborted ?? false,
    /** @throws RunLeft when the process was asked to end */
    check(): void {
      if (asked?.aborted) throw new RunLeft();
    },
    /** Waits so long, and not a moment longer when the process is asked to end. @throws RunLeft then */
    async wait(ms: number): Promise<void> {
      await sleep(ms, undefined, { signal: asked }).catch(() => {
        throw new RunLeft();
      });
    },
    /** With this signal or at the cut. */
    orCut: (signal: AbortSignal | undefined): AbortSignal =>
      signal ? AbortSignal.any([signal, cut.signal]) : cut.signal,
  };
}

export type Ending = ReturnType<typeof createEnding>;

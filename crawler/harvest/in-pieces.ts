import { RetryLater } from '../errors.ts';
import { interrupted, OutOfTime } from './in-time.ts';
import type { AtWork } from './watchdog.ts';

/** How long a reader may work on one piece of a body, and how long it may wait for something else than the body. */
interface Patience {
  stepMs: number;
  waitMs: number;
}

/** So long it may go on giving what nobody has asked for yet. */
const AHEAD_MS = 20;

/** Who came to work for less of its time is not to blame: the machine slept, or the process was stopped. */
const AT_WORK = 0.1;

type Reader<T> = (body: AsyncIterable<Uint8Array>) => AsyncIterable<T>;
/** What the reader does. `over`: it has ended. `stuck`: it never will, and cannot be asked for anything any more. */
type State = 'at rest' | 'reading' | 'over' | 'stuck';
interface Asked {
  resolve(chunk: IteratorResult<Uint8Array>): void;
  reject(error: unknown): void;
}

// Carries out what promises wait for now, not later: so that it happens within the step, and can be interrupted with it.
const settle = (process as { _tickCallback?: () => void })._tickCallback ?? (() => {});

/**
 * What `read` makes of a body, done in steps: from one chunk to its asking for the next, or as much as it gives in a few milliseconds. Each
 * step is begun when nothing else is under way in this thread, so that one in a loop without end can be interrupted and nobody else's work
 * goes with it. Each list is what was given at once. `oneByOne`: nothing is read ahead of what is asked for.
 * @throws OutOfTime, what `read` or the body throws, an Error when nothing comes of it, RetryLater when the process was kept from working
 */
export async function* inPieces<T>(
  read: Reader<T>,
  body: AsyncIterable<Uint8Array>,
  at: Patience & { oneByOne?: boolean; watch?: AtWork },
): AsyncGenerator<T[]> {
  const source = body[Symbol.asyncIterator]();
  const asked: Asked[] = [];
  const given: T[] = [];
  let state = 'at rest' as State;
  let failure: { error: unknown } | undefined;
  let closing = false;
  let changed = () => {};

  const chunks: AsyncIterableIterator<Uint8Array> = {
    [Symbol.asyncIterator]: () => chunks,
    next: () =>
      new Promise((resolve, reject) => {
        if (closing) return reject(new Error('the page is left'));
        asked.push({ resolve, reject });
        changed();
      }),
    return: async () => ({ done: true, value: undefined }),
  };
  let iterator: AsyncIterator<T> | undefined;
  let until = 0;
  const readOn = () => {
    state = 'reading';
    iterator ??= read(chunks)[Symbol.asyncIterator]();
    iterator.next().then(
      ({ value, done }) => {
        state = done ? 'over' : 'at rest';
        if (!done) given.push(value);
        if (!done && !at.oneByOne && performance.now() < until) readOn();
        changed();
      },
      (error: unknown) => {
        state = 'over';
        failure = { error };
        changed();
      },
    );
  };

  async function step(work: () => void): Promise<void> {
    until = performance.now() + AHEAD_MS;
    at.watch?.begin();
    const cpu = await atATurn(work, at.stepMs);
    if (cpu === undefined) return;
    state = 'stuck';
    const words = `the process came to work for only ${cpu} ms of ${at.stepMs / 1000} s`;
    // What was given before is handed on first.
    failure = {
      error:
        cpu > at.stepMs * AT_WORK
          ? new OutOfTime(at.stepMs)
          : new RetryLater(words, 'The machine has too much to do, or was stopped.', 10),
    };
  }

  /** Hands on one chunk of the body. */
  async function feed({ resolve, reject }: Asked): Promise<void> {
    let handOn: () => void;
    at.watch?.rest();
    try {
      const chunk = await source.next();
      handOn = () => resolve(chunk);
    } catch (error) {
      handOn = () => reject(error);
    }
    await step(handOn);
  }

  /** It waits for a file, or for what never comes. */
  async function somethingElse(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    at.watch?.begin();
    await new Promise<void>((done) => {
      changed = done;
      timer = setTimeout(() => {
        state = 'stuck';
        failure = { error: new Error(`nothing came of it within ${at.waitMs / 1000} s`) };
        done();
      }, at.waitMs).unref();
    });
    clearTimeout(timer);
    changed = () => {};
  }

  async function letGo(): Promise<void> {
    closing = true;
    if (iterator && (state === 'at rest' || state === 'reading')) {
      state = 'reading' as State;
      await step(() => {
        for (const { reject } of asked.splice(0)) reject(new Error('the page is left'));
        const over = () => {
          state = 'over';
          changed();
        };
        (iterator?.return?.() ?? Promise.resolve()).then(over, over);
      });
      if (state === 'reading') await somethingElse();
    }
  }

  try {
    for (;;) {
      if (given.length) {
        at.watch?.rest();
        yield given.splice(0);
      } else if (failure) throw failure.error;
      else if (state === 'over') return;
      else if (asked.length) await feed(asked.shift() as Asked);
      else if (state === 'at rest') await step(readOn);
      else await somethingElse();
    }
  } finally {
    await letGo();
    at.watch?.rest();
    await source.return?.();
  }
}

/**
 * Does the work, and what it leaves to promises, when nothing else is under way. Answers undefined, or, when it was interrupted, for how
 * many milliseconds the processor had worked on it.
 */
const atATurn = (work: () => void, ms: number): Promise<number | undefined> =>
  new Promise((done, failed) => {
    setImmediate(() => {
      try {
        const before = process.threadCpuUsage();
        const late = interrupted(() => {
          work();
          settle();
        }, ms);
        const { user, system } = process.threadCpuUsage(before);
        done(late ? Math.round((user + system) / 1000) : undefined);
      } catch (error) {
        failed(error);
      }
    });
  });

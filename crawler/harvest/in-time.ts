import vm from 'node:vm';

/** The step did not end by itself in its time. */
export class OutOfTime extends Error {
  constructor(ms: number) {
    super(`it did not come to an end within ${ms / 1000} s`);
  }
}

/** What one record, or one look at a page, may take: a hundred times what the largest took that was ever seen. */
export const STEP_MS = 5_000;

// Only code that a script called can be stopped from outside, also in the midst of a loop or a regular expression.
const room = vm.createContext({ work: () => {} });
const script = new vm.Script('work()');

/** Whether the work, which must be synchronous, had to be interrupted: then nothing of it goes on. */
export function interrupted(work: () => void, ms: number): boolean {
  room.work = work;
  try {
    script.runInContext(room, { timeout: ms });
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return true;
    throw error;
  } finally {
    room.work = undefined;
  }
}

/**
 * What `step`, which must be pure and synchronous, makes of each item. One that does not come to an end in its time, once among the others
 * and once alone, is `late`; the others are not touched by it.
 */
export function eachInTime<T, R>(
  items: readonly T[],
  step: (item: T) => R,
  late: (item: T, error: OutOfTime) => R,
  ms = STEP_MS,
): R[] {
  const results: R[] = [];
  const upTo = (end: number) => () => {
    for (let at = results.length; at < end; at++) results.push(step(items[at] as T));
  };
  while (results.length < items.length) {
    if (!interrupted(upTo(items.length), ms)) break;
    if (interrupted(upTo(results.length + 1), ms)) results.push(late(items[results.length] as T, new OutOfTime(ms)));
  }
  return results;
}

/** @throws OutOfTime */
export function inTime<R>(step: () => R, ms = STEP_MS): R {
  const [result] = eachInTime<undefined, { value: R } | { error: unknown }>(
    [undefined],
    () => ({ value: step() }),
    (_, error) => ({ error }),
    ms,
  );
  if (result && 'value' in result) return result.value;
  throw (result as { error: unknown }).error;
}

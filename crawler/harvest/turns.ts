import { setTimeout as sleep } from 'node:timers/promises';

/** Work that is done one at a time, in order of arrival; what has waited for `patienceMs` begins beside the others. */
export function createTurns(patienceMs: number) {
  let before: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = Promise.race([before, sleep(patienceMs, undefined, { ref: false })]).then(work);
    before = Promise.allSettled([before, turn]);
    return turn;
  };
}

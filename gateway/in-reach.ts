import { inTime } from './in-time.ts';

/** Milliseconds until a page goes on without what it waits for. */
const LIMIT = 3_000;

/** What the store answers, or an error like that of a store that cannot be reached when it takes too long. */
export const inReach = <T>(answer: Promise<T>): Promise<T> =>
  inTime(answer, LIMIT, () => Object.assign(new Error(`no answer within ${LIMIT} ms`), { code: 'ETIMEDOUT' }));

/** Milliseconds until a page goes on without what it waits for. */
const LIMIT = 3_000;

/** What the store answers, or an error like that of a store that cannot be reached when it takes too long. */
export function inReach<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new Error(`no answer within ${LIMIT} ms`), { code: 'ETIMEDOUT' }));
    }, LIMIT);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

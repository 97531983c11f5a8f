import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holdRun, RunTakenOver } from '../../catalogue/store/run-fence.ts';
import { createStore, type Store } from '../../catalogue/store/store.ts';
import { testSource } from '../support/crawl.ts';
import { freshPostgres } from '../support/stores.ts';

const server = process.env.TEST_DATABASE_URL;

describe.skipIf(!server)('who is alive on a run (needs TEST_DATABASE_URL)', () => {
  let store: Store;
  beforeAll(async () => {
    store = await freshPostgres(server as string);
  }, 60_000);
  afterAll(() => store?.close());

  const newRun = async (id: string) => {
    const source = testSource({ id, format: 'csv', url: 'https://x.example/' });
    return (await store.runs.start(source, '1', [{ url: source.url }])).id;
  };

  /** A transaction of the run's owner that goes on until it is let go. */
  async function working(run: string, owner: string, write: string) {
    let letGo = () => {};
    const free = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let begun = () => {};
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const done = store.db.transaction(async (sql) => {
      await holdRun(sql, run, owner);
      await sql.query(write, [run]);
      begun();
      await free;
    });
    await Promise.race([started, done]);
    return { letGo, done };
  }

  test.each([
    ['counting', 'update runs set seen = seen + 1 where id = $1'],
    ['ending the run', `update runs set state = 'complete' where id = $1`],
    ['working on its pages', `update pages set records = records + 1 where run = $1`],
  ])('a sign of life waits for no work on the run: %s', async (_, write) => {
    const run = await newRun(`alive-${write.length}`);
    expect(await store.runs.lease(run, 'a', 60)).toBe(true);
    const { letGo, done } = await working(run, 'a', write);
    // Would wait for ever, as the transaction ends only after it.
    expect(await store.runs.lease(run, 'a', 60)).toBe(true);
    expect(await store.runs.lease(run, 'b', 60)).toBe(false);
    letGo();
    await done;
  });

  test('a successor waits for what its predecessor writes, and the predecessor writes nothing more', async () => {
    const run = await newRun('successor');
    await store.runs.lease(run, 'a', 0.01);
    await sleep(50);
    const { letGo, done } = await working(run, 'a', 'update runs set seen = seen + 1 where id = $1');
    const order: string[] = [];
    const taken = store.runs.lease(run, 'b', 60).then((held) => {
      order.push('taken over');
      return held;
    });
    await sleep(200);
    order.push('let go');
    letGo();
    await done;
    expect(await taken).toBe(true);
    expect(order).toEqual(['let go', 'taken over']);
    await expect(store.db.transaction((sql) => holdRun(sql, run, 'a'))).rejects.toThrow(RunTakenOver);
    expect(await store.runs.lease(run, 'a', 60)).toBe(false);
  });

  test('a sign of life that comes after the release takes nothing back', async () => {
    const run = await newRun('late');
    await store.runs.lease(run, 'a', 60);
    expect(await store.runs.renew(run, 'a', 60)).toBe(true);
    await store.runs.release(run, 'a');
    expect(await store.runs.renew(run, 'a', 60)).toBe(false);
    expect(await store.runs.lease(run, 'b', 60)).toBe(true);
  });

  test('of many who want an orphan one gets it', async () => {
    const run = await newRun('orphan');
    const other = createStore(store.db);
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, i) => (i % 2 ? store : other).runs.lease(run, `owner-${i}`, 60)),
    );
    expect(all.filter(Boolean)).toHaveLength(1);
  });

  test('a run that has ended has no owner any more', async () => {
    const run = await newRun('ended');
    await store.runs.lease(run, 'a', 60);
    await store.runs.finish(run, 'failed', 'x', 'a');
    expect(await store.runs.lease(run, 'a', 60)).toBe(false);
    expect((await store.runs.orphaned()).map(({ id }) => id)).not.toContain(run);
  });
});

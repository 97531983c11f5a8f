import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import type { Store } from '../../catalogue/store/store.ts';
import type { Harvester } from '../../crawler/harvest/harvester.ts';
import { createHarvestQueue, type HarvestQueue } from '../../crawler/harvest/queue.ts';
import { SourceDefinition } from '../../schema/index.ts';
import { storeKinds } from '../support/stores.ts';

const sourceNamed = (id: string, schedule?: string) =>
  SourceDefinition.parse({
    id,
    title: id,
    format: 'csv',
    url: 'https://x.example/',
    publisher: 'x',
    licence: 'CC0-1.0',
    schedule,
  });

const redis = process.env.TEST_REDIS_URL;
const backends = [
  ...storeKinds.map((kind) => ({ name: kind.kind, open: kind.open, redisUrl: undefined as string | undefined })),
  ...(redis ? [{ name: 'Redis', open: storeKinds[0]?.open as () => Promise<Store>, redisUrl: redis }] : []),
];

/** What a queue calls is recorded; the run itself is tested in harvester.test.ts. */
function recordingHarvester(work: (source: string) => Promise<void>): Harvester {
  return {
    start: async (source) => source.id,
    continue: async (run) => {
      await work(run);
      return undefined;
    },
  };
}

describe.each(backends)('harvest queue on $name', ({ open, redisUrl }) => {
  let store: Store;
  let queue: HarvestQueue | undefined;
  const logged: string[] = [];
  const build = async (work: (source: string) => Promise<void>) => {
    if (redisUrl) {
      const client = new Redis(redisUrl);
      await client.flushdb();
      client.disconnect();
    }
    store = await open();
    for (const id of ['aa', 'bb']) await store.putSource(sourceNamed(id));
    const ended: string[] = [];
    queue = await createHarvestQueue({
      store,
      harvester: recordingHarvester(work),
      redisUrl,
      concurrency: 2,
      log: (line) => logged.push(line),
      onRun: (source) => void ended.push(source),
    });
    return ended;
  };
  afterEach(async () => {
    await queue?.close();
    await store?.close();
  }, 30_000);

  const until = async (condition: () => boolean) => {
    for (let waited = 0; !condition() && waited < 15_000; waited += 20) await sleep(20);
    expect(condition()).toBe(true);
  };

  test('runs what is asked for, and a waiting source only once', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const started: string[] = [];
    const ended = await build(async (source) => {
      started.push(source);
      await gate;
    });
    await queue?.enqueue('aa');
    await queue?.enqueue('aa');
    await queue?.enqueue('bb');
    await until(() => started.length === 2);
    await queue?.enqueue('aa');
    release();
    await until(() => ended.length === 2);
    await sleep(300);
    expect(started.sort()).toEqual(['aa', 'bb']);
    expect(await queue?.depth()).toBe(0);
  }, 60_000);

  test('schedules fire, and vanish with their source', async () => {
    const started: string[] = [];
    await build(async (source) => void started.push(source));
    await queue?.schedule([sourceNamed('aa', '* * * * * *')]);
    await until(() => started.length >= 1);
    await queue?.schedule([]);
    await sleep(1_200);
    const so_far = started.length;
    await sleep(1_500);
    expect(started.length).toBe(so_far);
  }, 60_000);

  test('a failing run is told and does not stop the worker', async () => {
    let first = true;
    const ended = await build(async () => {
      if (!first) return;
      first = false;
      throw new Error('planted');
    });
    await queue?.enqueue('aa');
    await until(() => logged.some((line) => line.includes('harvest of aa failed: planted')));
    await queue?.enqueue('bb');
    await until(() => ended.length === 1);
  }, 60_000);
});

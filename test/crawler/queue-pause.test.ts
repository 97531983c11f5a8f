import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import type { Store } from '../../catalogue/store/store.ts';
import { createHarvester } from '../../crawler/harvest/harvester.ts';
import { createHarvestQueue, type HarvestQueue } from '../../crawler/harvest/queue.ts';
import { loadFormats } from '../../crawler/registry.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { storeKinds } from '../support/stores.ts';

const redis = process.env.TEST_REDIS_URL;
const backends = [
  ...storeKinds.map((kind) => ({ name: kind.kind, open: kind.open, redisUrl: undefined as string | undefined })),
  ...(redis ? [{ name: 'Redis', open: storeKinds[0]?.open as () => Promise<Store>, redisUrl: redis }] : []),
];

describe.each(backends)('what is paused waits in the queue on $name', ({ open, redisUrl }) => {
  let store: Store;
  let server: FeedServer;
  let queue: HarvestQueue | undefined;
  let crawl: Awaited<ReturnType<typeof createTestCrawl>>;
  const logged: string[] = [];
  const skipped: string[] = [];

  afterEach(async () => {
    await queue?.close();
    await crawl?.close();
    await server?.close();
    await store?.close();
  }, 30_000);

  test('nothing is started; it is said once; when the pause has ended the source is harvested by itself', async () => {
    if (redisUrl) {
      const client = new Redis(redisUrl);
      await client.flushdb();
      client.disconnect();
    }
    store = await open();
    server = await createFeedServer({ '/f.csv': 'identifier,title,provider,country\nk1,Kurs,Akademie,DE\n' });
    crawl = await createTestCrawl(store);
    queue = await createHarvestQueue({
      store,
      harvester: createHarvester({ store, reader: crawl.reader, formats: await loadFormats() }),
      redisUrl,
      concurrency: 1,
      log: (line) => logged.push(line),
      onSkip: (source) => void skipped.push(source),
    });
    await store.putSource(testSource({ id: 'waits', format: 'csv', url: `${server.origin}/f.csv` }));
    await store.pauses.set({ source: 'waits' }, { until: new Date(Date.now() + 6_000), reason: 'a test' });
    // Asked for again and again: a job that is just ending still counts as one that waits, and PGlite looks up to 10 s late.
    for (let waited = 0; skipped.length < 2 && waited < 5_500; waited += 200) {
      await queue.enqueue('waits');
      await sleep(200);
    }
    expect(skipped.length).toBeGreaterThanOrEqual(1);
    expect(
      logged.filter((line) => /waits is not harvested now: source waits is paused .*a test/.test(line)),
    ).toHaveLength(1);
    expect(await store.read.sources.runs(['waits'], 5)).toEqual([[]]);
    expect(server.asked()).toEqual([]);

    for (let waited = 0; waited < 12_000; waited += 50) {
      const [[run] = []] = await store.read.sources.runs(['waits'], 5);
      if (run?.state === 'complete') break;
      await sleep(50);
    }
    const [runs] = await store.read.sources.runs(['waits'], 5);
    expect(runs?.at(-1)).toMatchObject({ state: 'complete', created: 1 });
  }, 40_000);

  test('a job that waited while its source was switched off reads nothing; switched on again, it does', async () => {
    store = await open();
    server = await createFeedServer({ '/f.csv': 'identifier,title,provider,country\nk1,Kurs,Akademie,DE\n' });
    crawl = await createTestCrawl(store);
    const source = testSource({ id: 'switched', format: 'csv', url: `${server.origin}/f.csv` });
    await store.switches.set([source], false, 'me');
    const passedOver: string[] = [];
    queue = await createHarvestQueue({
      store,
      harvester: createHarvester({ store, reader: crawl.reader, formats: await loadFormats() }),
      redisUrl,
      concurrency: 1,
      log: (line) => logged.push(line),
      onSkip: (id) => void passedOver.push(id),
    });
    for (let waited = 0; !passedOver.length && waited < 12_000; waited += 200) {
      await queue.enqueue('switched');
      await sleep(200);
    }
    expect(passedOver).toContain('switched');
    expect([await store.read.sources.runs(['switched'], 5), server.asked()]).toEqual([[[]], []]);

    await store.switches.set([source], true, 'me');
    for (let waited = 0; waited < 15_000; waited += 200) {
      const [[run] = []] = await store.read.sources.runs(['switched'], 5);
      if (run?.state === 'complete') break;
      await queue.enqueue('switched');
      await sleep(200);
    }
    const [runs] = await store.read.sources.runs(['switched'], 5);
    expect(runs?.at(-1)).toMatchObject({ state: 'complete', created: 1 });
  }, 60_000);
});

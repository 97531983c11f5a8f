import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../catalogue/store/store.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { storeKinds } from '../support/stores.ts';

const course = (id: string) => ({ courseId: id, name: [{ language: 'en', value: `Course ${id}` }] });
const ids = (prefix: string, n: number, from = 0) => Array.from({ length: n }, (_, i) => `${prefix}-${from + i}`);

describe.each(storeKinds)('a hold lifts only by approval, or when what was missing is back ($kind)', ({ open }) => {
  let store: Store;
  let server: FeedServer;
  let crawl: Awaited<ReturnType<typeof createTestCrawl>>;
  let n = 0;
  let id = '';
  beforeAll(async () => {
    store = await open();
    server = await createFeedServer();
    crawl = await createTestCrawl(store);
  }, 60_000);
  afterAll(async () => {
    await crawl?.close();
    await server?.close();
    await store?.close();
  });

  const newSource = () => {
    id = `holds-${n++}`;
  };
  /** Harvests a feed of these courses; `broken`: its second page cannot be read. */
  const harvest = async (courses: string[], { broken = false } = {}) => {
    server.routes[`/${id}`] = (req, res) => {
      const second = req.url?.includes('pageNumber=2');
      res.writeHead(second ? 404 : 200, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ pageNumber: 1, hasNextPage: broken, items: courses.map(course) }));
    };
    return crawl.harvest(
      testSource({
        id,
        format: 'ooapi',
        url: `${server.origin}/${id}`,
        politeness: { requestsPerSecond: 500, concurrency: 2, blackout: [] },
      }),
    );
  };
  const open_ = () => store.holds.open(id);
  const states = async () => {
    const rows = await store.db.query<{ status: string; n: number }>(
      'select status, count(*)::int as n from credentials where source = $1 group by 1',
      [id],
    );
    return new Map(rows.map((row) => [row.status, row.n]));
  };

  test('thirty gone and sixty new: held at every run, whatever came in the held ones', async () => {
    newSource();
    expect(await harvest(ids('a', 100))).toMatchObject({ state: 'complete', created: 100 });
    const feed = [...ids('a', 70), ...ids('b', 60)];
    for (let i = 0; i < 4; i++) expect(await harvest(feed)).toMatchObject({ state: 'held', missing: 0, withdrawn: 0 });
    expect(await states()).toEqual(new Map([['live', 160]]));
    expect((await open_())[0]?.identifiers.sort()).toEqual(ids('a', 30, 70).sort());
    await store.holds.approve(id, 'test');
    expect(await states()).toEqual(
      new Map([
        ['live', 130],
        ['withdrawn', 30],
      ]),
    );
    expect(await harvest(feed)).toMatchObject({ state: 'complete', missing: 0 });
    // What was approved is what the next runs are measured by.
    expect(await harvest(feed.slice(0, 100))).toMatchObject({ state: 'held' });
  });

  test('an incomplete run before changes nothing of that', async () => {
    newSource();
    await harvest(ids('a', 100));
    const feed = [...ids('a', 70), ...ids('b', 60)];
    expect(await harvest(feed, { broken: true })).toMatchObject({ state: 'incomplete', created: 60 });
    expect(await harvest(feed)).toMatchObject({ state: 'held' });
    expect(await harvest(feed)).toMatchObject({ state: 'held' });
  });

  test('a source that never had a complete run is measured by all that is there', async () => {
    newSource();
    expect(await harvest(ids('a', 100), { broken: true })).toMatchObject({ state: 'incomplete', created: 100 });
    expect(await harvest(ids('a', 60))).toMatchObject({ state: 'held' });
    expect(await harvest(ids('a', 100))).toMatchObject({ state: 'complete' });
  });

  test('it ends when all are back, and not when some are', async () => {
    newSource();
    await harvest(ids('a', 100));
    expect(await harvest(ids('a', 70))).toMatchObject({ state: 'held' });
    expect(await harvest(ids('a', 90))).toMatchObject({ state: 'held' });
    expect(await open_()).toHaveLength(1);
    expect(await harvest(ids('a', 100))).toMatchObject({ state: 'complete' });
    expect(await open_()).toEqual([]);
    expect(await harvest(ids('a', 95))).toMatchObject({ state: 'complete', missing: 5 });
  });

  test.each([1, 2])('a source of %i, all under new identifiers', async (size) => {
    newSource();
    await harvest(ids('a', size));
    for (let i = 0; i < 3; i++) expect(await harvest(ids('b', size))).toMatchObject({ state: 'held' });
    expect(await states()).toEqual(new Map([['live', 2 * size]]));
    await store.holds.approve(id, 'test');
    expect(await harvest(ids('b', size))).toMatchObject({ state: 'complete' });
    expect(await states()).toEqual(
      new Map([
        ['live', size],
        ['withdrawn', size],
      ]),
    );
  });

  test('records that only a held run brought may go again, few at a time', async () => {
    newSource();
    await harvest(ids('a', 100));
    await harvest([...ids('a', 70), ...ids('b', 60)]);
    expect(await harvest(ids('a', 100))).toMatchObject({ state: 'held' });
    expect((await open_())[0]?.reason).toMatch(/60 of 160/);
    await store.holds.approve(id, 'test');
    expect(await states()).toEqual(
      new Map([
        ['live', 100],
        ['withdrawn', 60],
      ]),
    );
  });
});

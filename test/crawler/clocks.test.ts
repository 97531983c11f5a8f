import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Store } from '../../catalogue/store/store.ts';
import { NotNow, RetryLater } from '../../crawler/errors.ts';
import { createStoreClock } from '../../crawler/fetch/store-clock.ts';
import type { Harvester } from '../../crawler/harvest/harvester.ts';
import { mayRead } from '../../crawler/harvest/may-read.ts';
import { createUpkeep } from '../../crawler/harvest/upkeep.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { storeKinds } from '../support/stores.ts';

const HOUR = 3_600_000;
const pace = { requestsPerSecond: 50, concurrency: 1 };
const ORIGIN = 'https://clock.example';
const feed = JSON.stringify({
  pageSize: 10,
  pageNumber: 1,
  hasPreviousPage: false,
  hasNextPage: false,
  items: [{ courseId: 'c', name: [{ language: 'nl-NL', value: 'Cursus' }] }],
});

describe.each(storeKinds)('clocks that are wrong, over $kind', ({ open }) => {
  let store: Store;
  let server: FeedServer;
  let source: SourceDefinition;
  let told: string[];
  let n = 0;

  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store?.close());
  afterEach(() => vi.useRealTimers());
  beforeEach(async () => {
    await store.db.query('delete from hosts');
    told = [];
    server = await createFeedServer({ '/courses': { headers: { etag: '"1"' }, body: feed } });
    source = testSource({ id: `clocks-${n++}`, format: 'ooapi', url: `${server.origin}/courses` });
    return () => server.close();
  });

  const clock = () => createStoreClock(store.hosts, { patienceMs: 2_000, tell: (line) => told.push(line) });
  const ahead = (sql: string) => store.db.query(sql);
  /** Only what the process takes the time for; timers go on. */
  const processClock = (by: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + by });
  const crawling = async () => {
    const crawl = await createTestCrawl(store, { log: (line) => told.push(line) }, { clock: clock() });
    return { ...crawl, [Symbol.asyncDispose]: crawl.close };
  };

  test('a host that a clock ahead has closed is closed for as long as was meant, and that is told once', async () => {
    await (await clock().acquire(ORIGIN, pace)).release({ kind: 'busy', retryAfter: 1 });
    await ahead(
      `update hosts set closed_until = closed_until + interval '1 hour', next_start = next_start + interval '1 hour'`,
    );
    const begun = performance.now();
    await (await clock().acquire(ORIGIN, pace)).release({ kind: 'ok' });
    expect(performance.now() - begun).toBeGreaterThan(500);
    await (await clock().acquire(ORIGIN, pace)).release({ kind: 'ok' });
    expect(told).toEqual([
      expect.stringMatching(/^https:\/\/clock.example: .* closed for another 360\d s; .* a clock was wrong/),
    ]);
  });

  test.each(['closed_until', 'next_start'])('%s in 2199: dropped', async (mark) => {
    await ahead(`insert into hosts (origin, ${mark}) values ('${ORIGIN}', '2199-01-01')`);
    await (await clock().acquire(ORIGIN, pace)).release({ kind: 'ok' });
    await (await clock().acquire(ORIGIN, pace)).release({ kind: 'ok' });
    expect(told).toHaveLength(1);
  });

  test('what rules set stays: a day of Retry-After, a slow pace of another source, a pause', async () => {
    await (await clock().acquire(ORIGIN, pace)).release({ kind: 'busy', retryAfter: 2 * 86_400 });
    await expect(clock().acquire(ORIGIN, pace)).rejects.toThrow(/parked/);
    const slow = 'https://slow.example';
    await (await clock().acquire(slow, { requestsPerSecond: 0.001, concurrency: 1 })).release({ kind: 'ok' });
    expect(await store.hosts.claim(slow, pace, 8)).toMatchObject({
      closed: false,
      waitMs: expect.closeTo(1_000_000, -4),
    });
    await store.pauses.set({ origin: 'https://paused.example' }, { until: new Date('2198-01-01') });
    await expect(clock().acquire('https://paused.example', pace)).rejects.toThrow(NotNow);
    expect(told).toEqual([]);
  });

  test('who asked for a host to be opened is obeyed', async () => {
    await (await clock().acquire(ORIGIN, pace)).release({ kind: 'busy', retryAfter: 7200 });
    await expect(clock().acquire(ORIGIN, pace)).rejects.toThrow(RetryLater);
    expect(await store.pauses.clear({ origin: ORIGIN })).toBe(false);
    expect(await store.pauses.reopen(ORIGIN)).toBe(true);
    await (await clock().acquire(ORIGIN, pace)).release({ kind: 'ok' });
    expect(await store.pauses.reopen(ORIGIN)).toBe(false);
  });

  test('leases that reach beyond their length run out: of a host, of a task, of a run', async () => {
    const seconds = 0.3;
    await ahead(`insert into hosts (origin) values ('${ORIGIN}')`);
    await ahead(`insert into host_leases (id, origin, expires_at) values ('l-${n}', '${ORIGIN}', '2199-01-01')`);
    await ahead(`insert into leases (name, owner, until) values ('task-${n}', 'dead', '2199-01-01')`);
    await using crawl = await crawling();
    const run = await crawl.harvester.start(source);
    await ahead(`insert into run_leases (run, owner, until) values ('${run}', 'dead', '2199-01-01')`);
    expect(await store.hosts.claim(ORIGIN, pace, seconds)).not.toHaveProperty('lease');
    expect(await store.leases.take(`task-${n}`, 'me', seconds)).toBe(false);
    expect(await store.runs.orphaned()).toContainEqual({ id: run, source: source.id });
    expect(await store.runs.lease(run, 'me', seconds)).toBe(false);
    await sleep(500);
    expect(await store.hosts.claim(ORIGIN, pace, seconds)).toHaveProperty('lease');
    expect(await store.leases.take(`task-${n}`, 'me', seconds)).toBe(true);
    expect(await store.runs.lease(run, 'me', seconds)).toBe(true);
    // What is alive stays its holder's.
    expect(await store.leases.take(`task-${n}`, 'another', seconds)).toBe(false);
    expect(await store.runs.lease(run, 'another', seconds)).toBe(false);
    await store.runs.finish(run, 'failed', undefined);
  });

  test('what was read in the future is read anew, in full', async () => {
    await using crawl = await crawling();
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', created: 1 });
    await ahead(`update resources set read_at = '2199-01-01' where source = '${source.id}'`);
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', unchanged: 1 });
    expect(server.requests.at(-1)?.headers['if-none-match']).toBeUndefined();
    await crawl.harvest(source);
    expect(server.requests.at(-1)?.headers['if-none-match']).toBe('"1"');
  });

  test('records that went missing in 2199 are withdrawn, and a run of then is not the last one for ever', async () => {
    const site = (...ids: string[]) =>
      JSON.stringify({
        ...JSON.parse(feed),
        items: ids.map((id) => ({ courseId: id, name: [{ language: 'nl', value: id }] })),
      });
    await using crawl = await crawling();
    server.routes['/courses'] = site('a', 'b', 'c');
    await crawl.harvest(source);
    server.routes['/courses'] = site('a', 'b');
    const then = await crawl.harvest({ ...source, graceDays: 1 });
    expect(then).toMatchObject({ missing: 1 });
    await ahead(
      `update credentials set missing_since = '2199-01-01' where source = '${source.id}' and status = 'missing'`,
    );
    await ahead(`update runs set started_at = '2199-01-01', finished_at = '2199-01-02' where id = '${then.id}'`);
    const next = await crawl.harvest({ ...source, graceDays: 1 });
    expect(next).toMatchObject({ missing: 0, withdrawn: 0 });
    expect(told).toEqual([expect.stringContaining('1 × a run, 1 × a missing record')]);
    expect((await store.read.sources.byIds([source.id]))[0]?.lastRun?.id).toBe(next.id);
    await ahead(
      `update credentials set missing_since = missing_since - interval '2 days' where source = '${source.id}' and status = 'missing'`,
    );
    expect(await crawl.harvest({ ...source, graceDays: 1 })).toMatchObject({ withdrawn: 1 });
    expect(told).toHaveLength(1);
  });

  test('a manifest that was asked for in the future is asked for again', async () => {
    await store.manifests.found({ domain: 'm.example', asked: 'm.example', url: 'https://m.example/m' });
    expect(await store.manifests.due(24, 10)).toEqual([]);
    await ahead(`update manifests set asked_at = '2199-01-01'`);
    expect(await store.manifests.due(24, 10)).toHaveLength(1);
  });

  test('pauses and blackouts go by the clock of the store, whatever this process takes the time for', async () => {
    await store.putSource(source);
    const storeTime = async (offset: number) =>
      ((await store.db.query<{ t: Date }>(`select now() + make_interval(secs => ${offset}) as t`))[0] as { t: Date }).t;
    await store.pauses.set({ source: source.id }, { until: await storeTime(3600) });
    const hm = async (offset: number) => (await storeTime(offset)).toISOString().slice(11, 16);
    const blackout = [`${await hm(-600)}-${await hm(600)}`];
    const shifted = store.db.kind === 'postgres' ? 5 * HOUR : 0;
    processClock(shifted);
    const paused = (await mayRead(store.pauses, source).catch((error) => error)) as NotNow;
    expect(paused).toBeInstanceOf(NotNow);
    expect(paused.waitMs).toBeGreaterThan(0.9 * HOUR);
    expect(paused.waitMs).toBeLessThan(1.1 * HOUR);
    await store.pauses.clear({ source: source.id });
    const dark = { ...source, politeness: { ...source.politeness, blackout } };
    const inBlackout = (await mayRead(store.pauses, dark).catch((error) => error)) as NotNow;
    expect(inBlackout).toBeInstanceOf(NotNow);
    expect(inBlackout.waitMs).toBeLessThanOrEqual(600_000);
    await mayRead(store.pauses, source);
  });

  test('an hour back does not let orphans rest', async () => {
    await using crawl = await crawling();
    const run = await crawl.harvester.start(source);
    await store.runs.release(run, 'nobody');
    const starts: number[] = [];
    let done = () => {};
    const again = new Promise<void>((resolve) => {
      done = resolve;
    });
    const harvester = {
      continue: async () => {
        starts.push(performance.now());
        if (starts.length > 1) done();
        throw new Error('not this time');
      },
    } as unknown as Harvester;
    const upkeep = createUpkeep({ store, harvester, concurrency: 1, log: () => {}, rebuild: async () => {} });
    while (!starts.length) await sleep(50);
    processClock(-HOUR);
    const outcome = await Promise.race([again.then(() => 'again'), sleep(15_000, 'resting')]);
    vi.useRealTimers();
    await upkeep.stop();
    expect(outcome).toBe('again');
    await store.runs.finish(run, 'failed', undefined);
  }, 30_000);
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../catalogue/store/store.ts';
import type { HarvesterDeps } from '../../crawler/harvest/harvester.ts';
import { replayPage } from '../../crawler/harvest/replay.ts';
import { normaliserOf } from '../../crawler/harvest/start.ts';
import { formatNamed, loadFormats } from '../../crawler/registry.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { storeKinds } from '../support/stores.ts';

const course = (n: number) => ({
  courseId: `course-${n}`,
  name: [{ language: 'nl-NL', value: `Cursus ${n}` }],
  description: [{ language: 'nl-NL', value: `Beschrijving van cursus ${n}.` }],
});
const items = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => course(from + i));
const page = (of: unknown[], pageNumber: number, hasNextPage: boolean) =>
  JSON.stringify({ pageSize: 10, pageNumber, hasPreviousPage: pageNumber > 1, hasNextPage, items: of });

describe.each(storeKinds)('a process that is asked to end while it harvests into $kind', ({ open }) => {
  let store: Store;
  let server: FeedServer;
  let source: ReturnType<typeof testSource>;
  let n = 0;
  beforeAll(async () => {
    store = await open();
    server = await createFeedServer();
  });
  afterAll(async () => {
    await server?.close();
    await store?.close();
  });
  beforeEach(() => {
    for (const path of Object.keys(server.routes)) delete server.routes[path];
    source = testSource({ id: `feed-${n++}`, format: 'ooapi', url: `${server.origin}/courses` });
    server.asked();
  });

  /** Begins a run and leaves it; the signal is given when `when` says so. Answers the run and what was asked for. */
  async function leave(when: (ask: () => void) => void, more: Partial<HarvesterDeps> = {}) {
    const ending = new AbortController();
    const crawl = await createTestCrawl(store, { ending: ending.signal, ...more });
    when(() => ending.abort());
    const run = await crawl.harvester.start(source);
    const from = performance.now();
    const ended = await crawl.harvester.continue(run);
    const seconds = (performance.now() - from) / 1000;
    await crawl.close();
    expect(ended).toBeUndefined();
    expect(await store.runs.get(run)).toMatchObject({ state: 'running' });
    expect(await store.runs.orphaned()).toContainEqual({ id: run, source: source.id });
    return { run, asked: server.asked(), seconds };
  }
  async function goOn(run: string) {
    const crawl = await createTestCrawl(store);
    const ended = await crawl.harvester.continue(run);
    await crawl.close();
    return { ended, asked: server.asked() };
  }
  const attempts = async (run: string) =>
    (
      await store.db.query<{ attempts: number }>(`select attempts from pages where run = $1 and state = 'queued'`, [
        run,
      ])
    ).map((row) => row.attempts);

  test('the page in hand is finished, no other is begun, and the next process goes on there', async () => {
    for (let p = 1; p <= 12; p++) {
      const body = page(items(p * 10, p * 10 + 9), p, p < 12);
      server.routes[p === 1 ? '/courses' : `/courses?pageNumber=${p}`] = body;
    }
    let count = 0;
    let ask = () => {};
    const { run, asked } = await leave((asking) => (ask = asking), { onProgress: () => void (++count === 3 && ask()) });
    // One page is asked for ahead; it is given up.
    expect(asked.length).toBeLessThanOrEqual(4);
    expect(await store.runs.get(run)).toMatchObject({ seen: 30, requests: asked.length });
    const { ended, asked: then } = await goOn(run);
    expect(ended).toMatchObject({ state: 'complete', seen: 120, created: 120, requests: asked.length + then.length });
    expect(then).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12].map((p) => `/courses?pageNumber=${p}`));
  });

  test.each([
    ['never ends', 'body'],
    ['never begins to answer', 'answer'],
  ])('a page that %s is cut, which is no attempt and no failure of it', async (_, what) => {
    let ask = () => {};
    const whole = page(items(1, 10), 1, false);
    server.routes['/courses'] = (_req, res) => {
      ask();
      if (what === 'answer') return;
      res.writeHead(200, { 'content-type': 'application/json' });
      const dripping = setInterval(() => res.write(' '.repeat(1000)), 20);
      res.on('close', () => clearInterval(dripping));
    };
    const { run } = await leave((asking) => (ask = asking));
    expect(await attempts(run)).toEqual([0]);
    server.routes['/courses'] = whole;
    expect((await goOn(run)).ended).toMatchObject({ state: 'complete', seen: 10, created: 10, requests: 2 });
  });

  test('records of a page without end that were read stay; the next process goes on behind them', async () => {
    let ask = () => {};
    let sent = '';
    const csv = testSource({ ...source, format: 'csv', url: `${server.origin}/all.csv` });
    source = csv;
    server.routes['/all.csv'] = (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/csv' });
      sent = 'id,title,provider,country\n';
      res.write(sent);
      let row = 0;
      const writing = setInterval(() => {
        let lines = '';
        for (let i = 0; i < 50; i++, row++) lines += `${row},Course ${row},Uni,EE\n`;
        sent += lines;
        res.write(lines);
        if (row > 1_000) ask();
      }, 5);
      res.on('close', () => clearInterval(writing));
    };
    const { run } = await leave((asking) => (ask = asking));
    const before = await store.runs.get(run);
    expect(before?.created).toBeGreaterThan(0);
    server.routes['/all.csv'] = {
      headers: { 'content-type': 'text/csv' },
      body: sent.slice(0, sent.lastIndexOf('\n') + 1),
    };
    const { ended } = await goOn(run);
    expect(ended?.state).toBe('complete');
    expect(ended?.created).toBe(ended?.seen);
    expect(ended?.created).toBeGreaterThan(before?.created ?? 0);
  });

  test('a host that wants to be waited for is not', async () => {
    let ask = () => {};
    server.routes['/courses'] = (_req, res) => {
      res.writeHead(503, { 'retry-after': '40' }).end();
      setTimeout(() => ask(), 300);
    };
    const { run, seconds } = await leave((asking) => (ask = asking), { patienceSeconds: 60 });
    expect(seconds).toBeLessThan(20);
    expect(await attempts(run)).toEqual([0]);
    server.routes['/courses'] = page(items(1, 3), 1, false);
    expect((await goOn(run)).ended).toMatchObject({ state: 'complete', seen: 3 });
  });

  test('a replay is left after the records in hand', async () => {
    server.routes['/courses'] = page(items(1, 900), 1, false);
    const crawl = await createTestCrawl(store);
    await crawl.harvest(source);
    await crawl.close();
    const format = formatNamed(await loadFormats(), 'ooapi');
    const { id } = await store.runs.start(
      source,
      normaliserOf(format, source),
      [{ url: replayPage(source.id) }],
      'replay',
    );
    const ending = new AbortController();
    const first = await createTestCrawl(store, { ending: ending.signal, onProgress: () => ending.abort() });
    expect(await first.harvester.continue(id)).toBeUndefined();
    await first.close();
    expect(await attempts(id)).toEqual([0]);
    expect((await store.runs.get(id))?.seen).toBeLessThan(900);
    expect((await goOn(id)).ended).toMatchObject({ state: 'complete', seen: 900, unchanged: 900 });
  });
});

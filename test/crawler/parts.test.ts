import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../catalogue/store/store.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { storeKinds } from '../support/stores.ts';

const PAGE = 200;
const offering = (n: number, start: string) => ({ offeringId: `o-${n}`, courseId: 'c-1', startDate: start });

describe.each(storeKinds)('a course of many offerings changes once a run ($kind)', ({ open }) => {
  let store: Store;
  let server: FeedServer;
  let crawl: Awaited<ReturnType<typeof createTestCrawl>>;
  let statements: { text: string; rows: number }[] = [];
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

  /** A first page with the course, then pages of offerings. */
  const feed = (id: string, offerings: object[], title = 'Course') => {
    server.routes[`/${id}`] = (req, res) => {
      const pageNumber = Number(new URL(req.url ?? '', 'http://x').searchParams.get('pageNumber') ?? 1);
      const items =
        pageNumber === 1
          ? [{ courseId: 'c-1', name: [{ language: 'en', value: title }] }]
          : offerings.slice((pageNumber - 2) * PAGE, (pageNumber - 1) * PAGE);
      const hasNextPage = (pageNumber - 1) * PAGE < offerings.length;
      res.writeHead(200, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ pageNumber, hasNextPage, items }));
    };
    return testSource({
      id,
      format: 'ooapi',
      url: `${server.origin}/${id}`,
      politeness: { requestsPerSecond: 500, concurrency: 2, blackout: [] },
    });
  };
  const stored = async (source: string) => {
    const [row] = await store.db.query<{ version: number; runs: number; id: string }>(
      `select id, version, jsonb_array_length(document -> 'opportunities') as runs from credentials where source = $1`,
      [source],
    );
    return row;
  };
  const told = (source: string) =>
    store.db.query<{ kind: string; n: number }>(
      `select ch.kind, count(*)::int as n from changes ch join credentials c on c.id = ch.id
        where c.source = $1 group by ch.run, ch.kind, ch.run order by min(ch.seq)`,
      [source],
    );

  test('nine hundred offerings on five pages: found at once, complete at the end, one version a run', async () => {
    const offerings = Array.from({ length: 900 }, (_, i) => offering(i, '2027-02-01'));
    const source = feed('many', offerings);
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', created: 901, updated: 0 });
    expect(await stored('many')).toMatchObject({ version: 2, runs: 900 });
    expect(await crawl.harvest(source)).toMatchObject({ unchanged: 901, updated: 0 });
    expect(await stored('many')).toMatchObject({ version: 2 });
    feed(
      'many',
      offerings.map((_, i) => offering(i, '2027-09-01')),
      'Course, anew',
    );
    expect(await crawl.harvest(source)).toMatchObject({ updated: 901 });
    expect(await stored('many')).toMatchObject({ version: 3, runs: 900 });
    feed(
      'many',
      offerings.slice(0, 400).map((_, i) => offering(i, i < 300 ? '2027-10-01' : '2027-09-01')),
      'Course, anew',
    );
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', updated: 301, unchanged: 100 });
    expect(await stored('many')).toMatchObject({ version: 4, runs: 400 });
    expect(await told('many')).toEqual([
      { kind: 'created', n: 1 },
      { kind: 'updated', n: 1 },
      { kind: 'updated', n: 1 },
      { kind: 'updated', n: 1 },
    ]);
  });

  test('a main record that comes out as it was counts as unchanged; one that cannot be read is rejected and keeps its last version', async () => {
    const offerings = [offering(1, '2027-02-01')];
    const source = feed('counts', offerings);
    await crawl.harvest(source);
    // A member that nobody maps: other raw text, the same record.
    server.routes['/counts'] = (req, res) => {
      const second = req.url?.includes('pageNumber=2');
      const items = second
        ? offerings
        : [{ courseId: 'c-1', name: [{ language: 'en', value: 'Course' }], colour: 'red' }];
      res.writeHead(200, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ pageNumber: second ? 2 : 1, hasNextPage: !second, items }));
    };
    expect(await crawl.harvest(source)).toMatchObject({ seen: 2, updated: 0, unchanged: 2, rejected: 0 });
    server.routes['/counts'] = (req, res) => {
      const second = req.url?.includes('pageNumber=2');
      const items = second ? offerings : [{ courseId: 'c-1' }];
      res.writeHead(200, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ pageNumber: second ? 2 : 1, hasNextPage: !second, items }));
    };
    const run = await crawl.harvest(source);
    expect(run.seen).toBe(run.created + run.updated + run.unchanged + run.rejected);
    expect(run).toMatchObject({ rejected: 1, unchanged: 1 });
    expect(await crawl.harvest(source)).toMatchObject({ rejected: 1, unchanged: 1 });
  });

  test('a course that was missing comes back changed, or with other offerings only', async () => {
    const status = async () =>
      (
        await store.db.query<{ status: string }>(
          `select status from credentials where source = 'back' and identifier = 'c-1'`,
          [],
        )
      )[0]?.status;
    const other = { courseId: 'c-2', name: [{ language: 'en', value: 'Other' }] };
    const without = () => {
      server.routes['/back'] = JSON.stringify({
        pageNumber: 1,
        hasNextPage: false,
        items: [other, { ...other, courseId: 'c-3' }],
      });
    };
    const source = feed('back', [offering(1, '2027-02-01')]);
    const withOthers = (title: string, start: string) => {
      server.routes['/back'] = JSON.stringify({
        pageNumber: 1,
        hasNextPage: false,
        items: [
          { courseId: 'c-1', name: [{ language: 'en', value: title }], courseOfferings: [offering(1, start)] },
          other,
          { ...other, courseId: 'c-3' },
        ],
      });
    };
    for (const [title, start] of [
      ['Changed', '2027-02-01'],
      ['Changed', '2027-09-01'],
      ['Changed again', '2027-10-01'],
    ] as const) {
      without();
      await crawl.harvest(source);
      await crawl.harvest(source);
      expect(['missing', 'withdrawn', undefined]).toContain(await status());
      withOthers(title, start);
      expect(await crawl.harvest(source)).toMatchObject({ state: 'complete' });
      expect(await status()).toBe('live');
    }
  });

  test('each batch asks for its own records only, however many parts are stored', async () => {
    const offerings = Array.from({ length: 3_000 }, (_, i) => offering(i, '2027-02-01'));
    const source = feed('asked', offerings);
    statements = [];
    const known = store.ingest.known;
    const raw = store.ingest.raw;
    const counting = {
      ...store,
      ingest: {
        ...store.ingest,
        known: async (...args: Parameters<typeof known>) => noted('known', await known(...args)),
        raw: async (...args: Parameters<typeof raw>) => noted('raw', await raw(...args)),
      },
    };
    const counted = await createTestCrawl(counting);
    await counted.harvest(source);
    await counted.harvest(source);
    feed(
      'asked',
      offerings.map((_, i) => offering(i, '2027-09-01')),
    );
    await counted.harvest(source);
    await counted.close();
    const rows = statements.reduce((sum, { rows: n }) => sum + n, 0);
    // Three runs: nothing, all known, all known; put together twice.
    expect(rows).toBeLessThan(5 * 3_001);
    expect(rows).toBeGreaterThan(3 * 3_000);
  });
  const noted = <T>(text: string, rows: T[]): T[] => {
    statements.push({ text, rows: rows.length });
    return rows;
  };
});

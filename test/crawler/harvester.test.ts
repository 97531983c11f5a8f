import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../catalogue/store/store.ts';
import { mintCredentialId } from '../../schema/index.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { storeKinds } from '../support/stores.ts';

const course = (n: number, more: object = {}) => ({
  courseId: `course-${n}`,
  name: [{ language: 'nl-NL', value: `Cursus ${n}` }],
  description: [{ language: 'nl-NL', value: `Beschrijving van cursus ${n}.` }],
  ...more,
});
const page = (items: unknown[], more: object = {}) =>
  JSON.stringify({ pageSize: 10, pageNumber: 1, hasPreviousPage: false, hasNextPage: false, items, ...more });
const courses = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => course(from + i));

describe.each(storeKinds)('harvesting into $kind', ({ open }) => {
  let store: Store;
  let server: FeedServer;
  let crawl: Awaited<ReturnType<typeof createTestCrawl>>;
  let n = 0;
  let id: string;
  let source: ReturnType<typeof testSource>;

  beforeAll(async () => {
    store = await open();
    crawl = await createTestCrawl(store);
    server = await createFeedServer();
  });
  afterAll(async () => {
    await crawl?.close();
    await server?.close();
    await store?.close();
  });
  beforeEach(() => {
    id = `feed-${n++}`;
    source = testSource({ id, format: 'ooapi', url: `${server.origin}/courses` });
    for (const path of Object.keys(server.routes)) delete server.routes[path];
    server.asked();
  });

  const harvest = () => crawl.harvest(source);
  const stored = async (k: number) => (await store.read.credentials.byIds([mintCredentialId(id, `course-${k}`)]))[0];
  const titleOf = async (k: number) => (await stored(k))?.record.title.value?.[0]?.value;
  const ledger = (run: { seen: number; created: number; updated: number; unchanged: number; rejected: number }) =>
    expect(run.seen).toBe(run.created + run.updated + run.unchanged + run.rejected);

  test('follows pages, stores records, and finds nothing new the second time', async () => {
    server.routes['/courses'] = page(courses(1, 10), { hasNextPage: true });
    server.routes['/courses?pageNumber=2'] = page(courses(11, 15), { pageNumber: 2 });
    const first = await harvest();
    expect(first).toMatchObject({ state: 'complete', seen: 15, created: 15, rejected: 0, requests: 2 });
    expect(server.asked()).toEqual(['/courses', '/courses?pageNumber=2']);
    const second = await harvest();
    expect(second).toMatchObject({ state: 'complete', seen: 15, created: 0, updated: 0, unchanged: 15 });
    expect((await stored(3))?.version).toBe(1);
    ledger(second);
  });

  test('a server that answers every page with the same one is found out', async () => {
    const body = page(courses(1, 3), { hasNextPage: true, pageNumber: undefined });
    for (const query of ['', '?pageNumber=2', '?pageNumber=3']) server.routes[`/courses${query}`] = body;
    const run = await harvest();
    expect(run).toMatchObject({ state: 'incomplete', created: 3, seen: 6 });
    expect(run.reason).toMatch(/page repeats: the same body as .*\/courses\. /);
    // The third page may have been asked for ahead, before the second was known to be the first again.
    const asked = server.asked();
    expect(['/courses', '/courses?pageNumber=2', '/courses?pageNumber=3']).toEqual(expect.arrayContaining(asked));
    expect(run.requests).toBeGreaterThanOrEqual(asked.length);
    expect(run.requests).toBeLessThanOrEqual(3);
    ledger(run);
  });

  test('a number or date that cannot be keeps the record out, and its last good version stays', async () => {
    const withEcts = (value: number) => course(2, { studyLoad: { studyLoadUnit: 'ects', value } });
    server.routes['/courses'] = page([course(1), withEcts(3)]);
    await harvest();
    const offerings = [{ offeringId: 'o', startDate: '2026-13-45' }];
    server.routes['/courses'] = page([course(1, { offerings }), withEcts(-3)]);
    const run = await harvest();
    expect(run).toMatchObject({ state: 'complete', rejected: 2, missing: 0, withdrawn: 0 });
    expect(await stored(2)).toMatchObject({ status: 'live', version: 1, record: { workload: { value: { ects: 3 } } } });
    expect(await stored(1)).toMatchObject({ status: 'live', version: 1 });
    ledger(run);
  });

  test('asks conditionally and believes "not modified"', async () => {
    server.routes['/courses'] = (req, res) => {
      if (req.headers['if-none-match'] === '"v1"') return void res.writeHead(304, { etag: '"v1"' }).end();
      res.writeHead(200, { 'content-type': 'application/json', etag: '"v1"' }).end(page(courses(1, 4)));
    };
    await harvest();
    const second = await harvest();
    expect(second).toMatchObject({ state: 'complete', seen: 4, unchanged: 4, requests: 1, bytes: 0 });
    ledger(second);
  });

  test('a change of the source definition reads everything anew in spite of the ETag', async () => {
    const etags: (string | undefined)[] = [];
    server.routes['/courses'] = (req, res) => {
      etags.push(req.headers['if-none-match']);
      res.writeHead(200, { 'content-type': 'application/json', etag: '"v1"' }).end(page(courses(1, 2)));
    };
    await harvest();
    source = { ...source, defaults: { country: 'NL' } };
    const second = await harvest();
    expect(etags).toEqual([undefined, undefined]);
    expect(second).toMatchObject({ updated: 2, unchanged: 0 });
    expect((await stored(1))?.record.issuerCountry).toMatchObject({ state: 'derived', value: { country: 'NL' } });
  });

  test('an update is one; the others stay as they are', async () => {
    server.routes['/courses'] = page(courses(1, 3));
    await harvest();
    server.routes['/courses'] = page([
      course(1),
      course(2, { name: [{ language: 'nl-NL', value: 'Nieuw' }] }),
      course(3),
    ]);
    expect(await harvest()).toMatchObject({ updated: 1, unchanged: 2 });
    expect(await titleOf(2)).toBe('Nieuw');
    expect((await stored(2))?.version).toBe(2);
  });

  test('bad records are rejected with reason, place and remedy; the rest is in; the last good version stays', async () => {
    server.routes['/courses'] = page(courses(1, 4));
    await harvest();
    server.routes['/courses'] = page([
      course(1),
      { ...course(2), name: [] },
      { name: 'no id at all' },
      course(3),
      course(4),
    ]);
    const run = await harvest();
    expect(run).toMatchObject({ state: 'complete', seen: 5, unchanged: 3, rejected: 2, missing: 0 });
    ledger(run);
    expect(await titleOf(2)).toBe('Cursus 2');
    expect((await stored(2))?.status).toBe('live');
    const [problems] = await store.read.sources.problems([run.id], 10);
    const rejected = problems?.filter((p) => p.severity === 'rejected') ?? [];
    expect(rejected).toHaveLength(2);
    for (const problem of rejected) expect(problem.remedy.length).toBeGreaterThan(10);
    // Rejected stays rejected when nothing has changed, and is told again.
    const again = await harvest();
    expect(again).toMatchObject({ seen: 5, unchanged: 3, rejected: 2 });
    const [told] = await store.read.sources.problems([again.id], 10);
    expect(told?.filter((p) => p.severity === 'rejected')).toHaveLength(2);
  });

  test('a page that breaks off gives what came, and nothing is swept', async () => {
    server.routes['/courses'] = page(courses(1, 6));
    await harvest();
    const whole = page(courses(1, 6));
    server.routes['/courses'] = whole.slice(0, whole.indexOf('course-5') + 4);
    const run = await harvest();
    expect(run).toMatchObject({ state: 'incomplete', unchanged: 4, missing: 0, withdrawn: 0 });
    expect((await stored(6))?.status).toBe('live');
  });

  test('a failing page leaves the run incomplete and the catalogue whole', async () => {
    server.routes['/courses'] = page(courses(1, 5), { hasNextPage: true });
    server.routes['/courses?pageNumber=2'] = page(courses(6, 10), { pageNumber: 2 });
    await harvest();
    server.routes['/courses?pageNumber=2'] = { status: 404 };
    const run = await harvest();
    expect(run).toMatchObject({ state: 'incomplete', seen: 5, missing: 0 });
    expect(run.reason).toContain('404');
    expect((await stored(8))?.status).toBe('live');
  });

  test('HTML where JSON was promised is told as such', async () => {
    server.routes['/courses'] = {
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><title>Maintenance</title>',
    };
    const run = await harvest();
    expect(['failed', 'incomplete']).toContain(run.state);
    const [problems] = await store.read.sources.problems([run.id], 10);
    expect(`${run.reason} ${problems?.map((p) => p.found + p.rule + p.remedy).join()}`).toMatch(/html/i);
  });

  test('what is gone is missing after one complete run and withdrawn after two', async () => {
    server.routes['/courses'] = page(courses(1, 12));
    await harvest();
    server.routes['/courses'] = page(courses(1, 11));
    expect(await harvest()).toMatchObject({ state: 'complete', missing: 1, withdrawn: 0 });
    expect((await stored(12))?.status).toBe('missing');
    expect(await harvest()).toMatchObject({ missing: 0, withdrawn: 1 });
    expect(await stored(12)).toMatchObject({ status: 'withdrawn' });
    server.routes['/courses'] = page(courses(1, 12));
    expect(await harvest()).toMatchObject({ updated: 1, unchanged: 11 });
    expect((await stored(12))?.status).toBe('live');
  });

  test('an empty feed and a feed cut to a tenth are held', async () => {
    server.routes['/courses'] = page(courses(1, 20));
    await harvest();
    server.routes['/courses'] = page([]);
    expect(await harvest()).toMatchObject({ state: 'held', missing: 0 });
    server.routes['/courses'] = page(courses(1, 2));
    expect(await harvest()).toMatchObject({ state: 'held', unchanged: 2, missing: 0 });
    expect((await stored(20))?.status).toBe('live');
  });

  test('paging that runs in circles ends', async () => {
    server.routes['/courses'] = page(courses(1, 3), { hasNextPage: true, pageNumber: 1 });
    server.routes['/courses?pageNumber=2'] = page(courses(4, 6), { hasNextPage: true, pageNumber: 1 });
    const run = await harvest();
    expect(run.seen).toBeGreaterThanOrEqual(6);
    expect(server.asked().length).toBeLessThanOrEqual(4);
  });

  test('a run that was killed goes on from its cursor', async () => {
    server.routes['/courses'] = page(courses(1, 600), { hasNextPage: true });
    server.routes['/courses?pageNumber=2'] = page(courses(601, 650), { pageNumber: 2 });
    let batches = 0;
    const dying = await createTestCrawl({
      ...store,
      ingest: {
        ...store.ingest,
        apply: async (batch) => {
          if (++batches === 2) throw new Error('killed');
          return store.ingest.apply(batch);
        },
      },
    });
    const run = await dying.harvester.start(source);
    await expect(dying.harvester.continue(run)).rejects.toThrow('killed');
    await dying.close();
    const ended = await crawl.harvester.continue(run);
    expect(ended).toMatchObject({ state: 'complete', seen: 650, created: 650, updated: 0, unchanged: 0 });
    const { length } = (await store.changes.after(0, 100_000)).filter((c) => c.id === mintCredentialId(id, 'course-1'));
    expect(length).toBe(1);
  });

  test('a record that was quarantined is passed over for a day, then tried once more; an innocent one is in', async () => {
    server.routes['/courses'] = page(courses(1, 4));
    await harvest();
    // As after three deaths while the third was in hand.
    await store.db.query(`delete from credentials where source = $1 and identifier = 'course-3'`, [id]);
    await store.db.query('update resources set plain = false where source = $1', [id]);
    const quarantinedSince = (when: string) =>
      store.db.query(
        `update observations set state = 'rejected', quarantined_at = now() - $2::interval
          where source = $1 and identifier = 'course-3'`,
        [id, when],
      );
    await quarantinedSince('23 hours');
    const passed = await harvest();
    expect(passed).toMatchObject({ state: 'complete', seen: 4, created: 0, unchanged: 3, rejected: 1 });
    expect(await stored(3)).toBeUndefined();
    await quarantinedSince('25 hours');
    // Its worker dies again: it has had its turn, the run goes on without it.
    const dying = await createTestCrawl({
      ...store,
      ingest: {
        ...store.ingest,
        apply: (batch) =>
          batch.credentials.some(({ record }) => record.identifier === 'course-3')
            ? Promise.reject(new Error('killed'))
            : store.ingest.apply(batch),
      },
    });
    await expect(dying.harvest(source)).rejects.toThrow('killed');
    await dying.close();
    const next = await harvest();
    expect(next).toMatchObject({ state: 'complete', seen: 4, created: 0, rejected: 1 });
    ledger(next);
    await quarantinedSince('25 hours');
    const run = await harvest();
    expect(run).toMatchObject({ state: 'complete', seen: 4, created: 1, unchanged: 3, rejected: 0 });
    ledger(run);
    expect((await stored(3))?.status).toBe('live');
    expect((await harvest()).unchanged).toBe(4);
  });

  test('a server without validators whose body is the same, to the letter, is believed; one byte more is read', async () => {
    server.routes['/courses'] = page(courses(1, 4));
    await harvest();
    // Would be found out if the body were read: the store believes that the third says something else.
    await store.db.query(`update observations set hash = 'x' where source = $1 and identifier = 'course-3'`, [id]);
    expect(await harvest()).toMatchObject({ state: 'complete', seen: 4, unchanged: 4 });
    const hash = async () =>
      (
        await store.db.query<{ hash: string }>(
          `select hash from observations where source = $1 and identifier = 'course-3'`,
          [id],
        )
      )[0]?.hash;
    expect(await hash()).toBe('x');
    server.routes['/courses'] = `${page(courses(1, 4))} `;
    expect(await harvest()).toMatchObject({ state: 'complete', seen: 4, unchanged: 4 });
    expect(await hash()).not.toBe('x');
  });

  test('identifiers that come twice are told, the first one is kept, and the next run finds the same', async () => {
    server.routes['/courses'] = page([
      course(1),
      course(2),
      course(1, { name: [{ language: 'nl', value: 'Tweede' }] }),
      course(2),
    ]);
    const told = async (run: string) =>
      (await store.read.sources.problems([run], 10))[0]?.map((p) => `${p.severity} ${p.identifier} ${p.rule}`).sort();
    const first = await harvest();
    expect(first).toMatchObject({ seen: 4, created: 2, unchanged: 1, rejected: 1 });
    expect(await titleOf(1)).toBe('Cursus 1');
    const found = ['rejected course-1 duplicate-identifier', 'warning course-2 duplicate-identifier'];
    expect(await told(first.id)).toEqual(found);
    const second = await harvest();
    expect(second).toMatchObject({ seen: 4, created: 0, updated: 0, unchanged: 3, rejected: 1 });
    expect(await told(second.id)).toEqual(found);
    expect((await stored(1))?.version).toBe(1);
  });

  test('offerings come to their course as opportunities, and go again', async () => {
    source = { ...source, options: { offerings: true } };
    const offering = (k: number, start: string) => ({
      offeringId: `run-${k}`,
      offeringType: 'course',
      course: 'course-1',
      startDate: start,
    });
    const offerings = (items: unknown[]) => page(items);
    server.routes['/courses'] = page([course(1), course(2)]);
    server.routes['/courses/course-1/offerings'] = offerings([offering(1, '2027-05-03'), offering(2, '2027-09-01')]);
    server.routes['/courses/course-2/offerings'] = offerings([]);
    const run = await harvest();
    ledger(run);
    expect((await stored(1))?.record.opportunities.map((o) => o.startDate).sort()).toEqual([
      '2027-05-03',
      '2027-09-01',
    ]);
    server.routes['/courses/course-1/offerings'] = offerings([offering(2, '2027-09-01')]);
    const second = await harvest();
    ledger(second);
    expect(second.state).toBe('complete');
    expect((await stored(1))?.record.opportunities.map((o) => o.startDate)).toEqual(['2027-09-01']);
  });

  test('robots.txt keeps us out of pages, not out of a feed we were given', async () => {
    // An origin of its own: what robots.txt said is kept for a day.
    const server = await createFeedServer();
    source = { ...source, url: `${server.origin}/courses` };
    server.routes['/robots.txt'] = {
      headers: { 'content-type': 'text/plain' },
      body: 'User-agent: *\nDisallow: /courses\nDisallow: /site\n',
    };
    server.routes['/courses'] = page(courses(1, 2));
    expect(await harvest()).toMatchObject({ state: 'complete', created: 2 });
    source = testSource({ id: `${id}-web`, format: 'schema-org', url: `${server.origin}/sitemap.xml` });
    server.routes['/sitemap.xml'] = {
      headers: { 'content-type': 'application/xml' },
      body: `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${server.origin}/site/a</loc></url></urlset>`,
    };
    const run = await harvest();
    expect(run.reason).toContain('robots.txt');
    expect(server.asked()).not.toContain('/site/a');
    await server.close();
  });

  test.each([
    'http://127.0.0.1:9/',
    'http://2130706433/',
    'file:///etc/passwd',
    'http://localhost/',
    'ftp://x.example/',
  ])('refuses %s to a source without leave for loopback', async (url) => {
    source = testSource({ id, format: 'ooapi', url, allowLoopback: false });
    const strict = { ...source, allowLoopback: false };
    // Over the reader of scheduled harvests, which has no files either.
    const scheduled = await createTestCrawl(store, {}, { uploads: false });
    const run = await scheduled.harvest(strict);
    await scheduled.close();
    expect(run).toMatchObject({ state: 'failed', seen: 0 });
    expect(run.reason).toBeTruthy();
  });
});

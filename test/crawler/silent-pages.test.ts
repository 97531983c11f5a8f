import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../catalogue/store/store.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { type Answer, createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { storeKinds } from '../support/stores.ts';

const html = (body: string): Answer => ({ headers: { 'content-type': 'text/html' }, body });
const course = (n: number | string): Answer =>
  html(
    `<script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', '@type': 'Course', name: `Course ${n}`, description: 'words' })}</script>`,
  );
const LOGIN = html('<title>Sign in</title><form><input type="password" name="p"></form>');

describe.each(storeKinds)('pages that fall silent, into $kind', ({ open }) => {
  let store: Store;
  let site: FeedServer;
  let source: SourceDefinition;
  let crawl: Awaited<ReturnType<typeof createTestCrawl>>;
  let n = 0;

  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store?.close());
  beforeEach(async () => {
    site = await createFeedServer();
    crawl = await createTestCrawl(store, { patienceSeconds: 0 });
    source = testSource({
      id: `silent-${n++}`,
      format: 'schema-org',
      url: `${site.origin}/sitemap.xml`,
      politeness: { requestsPerSecond: 1000, concurrency: 2, blackout: [] },
    });
    return () => Promise.all([site.close(), crawl.close()]);
  });

  /** A site of so many courses, taken in once. */
  async function siteOf(count: number): Promise<void> {
    for (let i = 1; i <= count; i++) site.routes[`/c${i}`] = course(i);
    name(count);
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', created: count });
  }
  const name = (...count: [number] | string[]) => {
    const paths = typeof count[0] === 'number' ? Array.from({ length: count[0] }, (_, i) => `/c${i + 1}`) : count;
    site.routes['/sitemap.xml'] =
      `<urlset>${paths.map((path) => `<url><loc>${site.origin}${path}</loc></url>`).join('')}</urlset>`;
  };
  const counts = async () => {
    const rows = await store.db.query<{ status: string; n: number }>(
      'select status, count(*)::int as n from credentials where source = $1 group by 1',
      [source.id],
    );
    return Object.fromEntries(rows.map((row) => [row.status, row.n]));
  };
  const told = async (run: { id: string }) =>
    (
      await store.db.query<{ told: string }>(
        `select rule || ': ' || found as told from problems where run = $1 order by found`,
        [run.id],
      )
    ).map((row) => row.told.replaceAll(site.origin, ''));
  const later = (days: number) =>
    store.db.query(`update silences set since = since - make_interval(days => $2) where source = $1`, [
      source.id,
      days,
    ]);

  test('4 of 20 pages behind a login: nothing goes, the run is incomplete, and each page is told', async () => {
    await siteOf(20);
    site.routes['/c1'] = LOGIN;
    site.routes['/c2'] = { status: 302, headers: { location: '/login?next=/c2' } };
    site.routes['/login'] = html('<p>Please go on with your account</p>');
    site.routes['/c3'] = html('<title>Just a moment...</title><div id="cf-chl-widget"></div>');
    site.routes['/c4'] = html('<h1>We use cookies</h1>');
    for (let i = 0; i < 3; i++) {
      const run = await crawl.harvest(source);
      expect(run).toMatchObject({ state: 'incomplete', missing: 0, withdrawn: 0, problems: 4 });
      expect(run.reason).toBe('4 of 20 pages answer without the records they gave; see the rule page-silent');
      expect(await told(run)).toEqual([
        'page-silent: /c1 shows a login page',
        'page-silent: /c3 shows a check for robots',
        'page-silent: /c4 shows a wall of cookies',
        'page-silent: /login?next=/c2 shows a login page',
      ]);
    }
    expect(await counts()).toEqual({ live: 20 });
    for (let i = 1; i <= 4; i++) site.routes[`/c${i}`] = course(i);
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', unchanged: 20, problems: 0 });
  });

  test('a few of them do not keep a run from its end, and what is gone beside them goes', async () => {
    await siteOf(20);
    site.routes['/c1'] = LOGIN;
    site.routes['/c2'] = { headers: { 'content-type': 'application/pdf' }, body: '%PDF-1.4' };
    delete site.routes['/c3'];
    const first = await crawl.harvest(source);
    expect(first).toMatchObject({ state: 'complete', missing: 1, withdrawn: 0 });
    expect(await told(first)).toEqual([
      'page-gone: 404 /c3',
      'page-silent: /c1 shows a login page',
      'page-silent: /c2 shows something without a course of its own',
    ]);
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', withdrawn: 1 });
    for (let i = 0; i < 3; i++) expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', missing: 0 });
    expect(await counts()).toEqual({ live: 18 + 1, withdrawn: 1 });
  });

  test('a page that stays so is taken at its word: after three runs and a week, then like all that is missing', async () => {
    await siteOf(10);
    site.routes['/c1'] = html('<h1>Our canteen</h1>');
    for (let i = 0; i < 4; i++) expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', missing: 0 });
    await later(8);
    expect(await crawl.harvest(source)).toMatchObject({ missing: 1, withdrawn: 0 });
    expect(await crawl.harvest(source)).toMatchObject({ missing: 0, withdrawn: 1 });
    const after = await crawl.harvest(source);
    expect(after).toMatchObject({ state: 'complete', withdrawn: 0, problems: 0 });
    expect(await store.db.query('select 1 from silences where source = $1', [source.id])).toEqual([]);
  });

  test('a week alone is not enough, the source’s own grace counts, and speaking begins anew', async () => {
    await siteOf(10);
    site.routes['/c1'] = LOGIN;
    await crawl.harvest(source);
    await later(30);
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', missing: 0 });
    source = { ...source, graceDays: 60 };
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', missing: 0 });
    source = { ...source, graceDays: 0 };
    site.routes['/c1'] = course(1);
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', unchanged: 10 });
    site.routes['/c1'] = LOGIN;
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', missing: 0 });
    expect(await counts()).toEqual({ live: 10 });
  });

  test('taken down or no longer named after it was silent: gone', async () => {
    await siteOf(10);
    site.routes['/c1'] = LOGIN;
    site.routes['/c2'] = LOGIN;
    await crawl.harvest(source);
    delete site.routes['/c1'];
    name('/c1', ...Array.from({ length: 8 }, (_, i) => `/c${i + 3}`));
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', missing: 2 });
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', withdrawn: 2 });
  });

  test('a page that leads to the page of another course keeps its own, and a new page without a course is none of this', async () => {
    await siteOf(10);
    site.routes['/c10'] = { status: 302, headers: { location: '/c1' } };
    // Read before the page that it leads to.
    site.routes['/c2'] = { status: 302, headers: { location: '/c9' } };
    site.routes['/about'] = html('<h1>About us</h1>');
    name(...Array.from({ length: 10 }, (_, i) => `/c${i + 1}`), '/about');
    const run = await crawl.harvest(source);
    expect(run).toMatchObject({ state: 'complete', missing: 0 });
    expect((await told(run)).filter((line) => line.startsWith('page-'))).toEqual([
      'page-silent: /c1 shows something without a course of its own',
      'page-silent: /c9 shows something without a course of its own',
    ]);
    expect(await counts()).toEqual({ live: 10 });
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', missing: 0, problems: 4 });
    // One that moved is where it is now, whatever it is called there.
    site.routes['/c3'] = { status: 301, headers: { location: '/moved/c3' } };
    site.routes['/moved/c3'] = course('3, moved');
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', created: 1, missing: 1, problems: 4 });
  });

  test('the only pages of a small site, and pages that lead to another host', async () => {
    await siteOf(2);
    const other = await createFeedServer();
    site.routes['/c1'] = { status: 302, headers: { location: `${other.origin}/login` } };
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', missing: 0 });
    site.routes['/c2'] = LOGIN;
    expect(await crawl.harvest(source)).toMatchObject({ state: 'incomplete' });
    expect(await counts()).toEqual({ live: 2 });
    expect(other.requests).toEqual([]);
    await other.close();
  });

  test('a run that is killed after its pages keeps what it has heard', async () => {
    await siteOf(10);
    site.routes['/c1'] = LOGIN;
    const dying = {
      ...store,
      silentPages: {
        ...store.silentPages,
        keep: async (...args: Parameters<Store['silentPages']['keep']>) => {
          await store.silentPages.keep(...args);
          throw new Error('killed');
        },
      },
    };
    const broken = await createTestCrawl(dying, { patienceSeconds: 0 });
    const run = await broken.harvester.start(source);
    await expect(broken.harvester.continue(run)).rejects.toThrow('killed');
    await broken.close();
    expect(await crawl.harvester.continue(run)).toMatchObject({ state: 'complete', missing: 0 });
    expect(await store.db.query('select runs from silences where source = $1', [source.id])).toEqual([{ runs: 1 }]);
  });

  test.each([
    [
      'ooapi',
      '/courses',
      JSON.stringify({
        pageSize: 1,
        pageNumber: 1,
        hasPreviousPage: false,
        hasNextPage: true,
        items: [{ courseId: 'c', name: [{ language: 'nl', value: 'C' }] }],
      }),
      '/courses?pageNumber=2',
    ],
    [
      'xcri-cap',
      '/feed.xml',
      '<catalog xmlns="http://xcri.org/profiles/1.2/catalog" xmlns:dc="http://purl.org/dc/elements/1.1/"><provider><dc:title>P</dc:title><course><dc:identifier>c</dc:identifier><dc:title>C</dc:title></course></provider></catalog>',
      '/feed.xml',
    ],
    ['csv', '/feed.csv', 'id,title\nc,C\n', '/feed.csv'],
    [
      'ctdl',
      '/graph.json',
      JSON.stringify({
        '@context': 'https://credreg.net/ctdl/schema/context/json',
        '@graph': [{ '@id': 'https://x.example/c', '@type': 'ceterms:Badge', 'ceterms:name': { en: 'C' } }],
      }),
      '/graph.json',
    ],
  ])(
    'a page of a feed (%s) that answers a login with 200 never ends a run complete',
    async (format, path, body, walled) => {
      const feed = { ...source, format, url: site.origin + path };
      site.routes[path] = { headers: { 'content-type': 'text/plain' }, body };
      site.routes['/courses?pageNumber=2'] = JSON.stringify({
        pageSize: 1,
        pageNumber: 2,
        hasPreviousPage: true,
        hasNextPage: false,
        items: [{ courseId: 'd', name: [{ language: 'nl', value: 'D' }] }],
      });
      expect(await crawl.harvest(feed)).toMatchObject({ state: 'complete' });
      const before = await counts();
      expect(before.live).toBeGreaterThan(0);
      site.routes[walled] = LOGIN;
      for (let i = 0; i < 2; i++) expect((await crawl.harvest(feed)).state).toMatch(/failed|incomplete|held/);
      expect(await counts()).toEqual(before);
    },
  );
});

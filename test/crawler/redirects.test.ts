import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../catalogue/store/store.ts';
import { NotNow } from '../../crawler/errors.ts';
import type { HostClock, Pace } from '../../crawler/fetch/host-clock.ts';
import { createInProcessClock } from '../../crawler/fetch/in-process-clock.ts';
import { createStoreClock } from '../../crawler/fetch/store-clock.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { storeKinds } from '../support/stores.ts';

const html = { 'content-type': 'text/html' };
const course = (name: string) => ({
  headers: html,
  body: `<title>${name}</title><script type="application/ld+json">${JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'Course',
    name,
    description: `All about ${name}`,
  })}</script>`,
});
const sitemap = (...urls: string[]) => ({
  headers: { 'content-type': 'application/xml' },
  body: `<urlset>${urls.map((url) => `<url><loc>${url}</loc></url>`).join('')}</urlset>`,
});
const to = (location: string) => ({ status: 302, headers: { location } });
const robots = (...lines: string[]) => ({ headers: { 'content-type': 'text/plain' }, body: lines.join('\n') });

/** A clock that notes whom it let through, and how fast. */
function noting(clock: HostClock = createInProcessClock()) {
  const granted: { origin: string; pace: Pace }[] = [];
  return {
    granted,
    async acquire(origin: string, pace: Pace, signal?: AbortSignal) {
      const lease = await clock.acquire(origin, pace, signal);
      granted.push({ origin, pace });
      return lease;
    },
  };
}

describe.each(storeKinds)('redirects, into $kind', ({ open }) => {
  let store: Store;
  let site: FeedServer;
  let other: FeedServer;
  let source: SourceDefinition;
  let n = 0;

  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store?.close());
  beforeEach(async () => {
    [site, other] = [await createFeedServer(), await createFeedServer()];
    source = testSource({ id: `redirects-${n++}`, format: 'schema-org', url: `${site.origin}/sitemap.xml` });
    site.routes['/sitemap.xml'] = sitemap(`${site.origin}/a`, `${site.origin}/b`);
    site.routes['/a'] = course('Basket weaving');
    other.routes['/course'] = course('Not to be read');
    return () => Promise.all([site.close(), other.close()]);
  });

  const crawling = async (clock?: HostClock) => {
    const crawl = await createTestCrawl(store, { patienceSeconds: 0 }, { clock });
    return { ...crawl, [Symbol.asyncDispose]: crawl.close };
  };
  const names = async () =>
    (
      await store.db.query<{ name: string }>(
        `select document -> 'title' -> 'value' -> 0 ->> 'value' as name from credentials where source = $1 order by 1`,
        [source.id],
      )
    ).map(({ name }) => name);
  const problems = async () =>
    store.db.query<{ rule: string; found: string }>('select rule, found from problems where source = $1', [source.id]);
  const onOther = (): SourceDefinition => ({ ...source, options: { hosts: new URL(other.origin).host } });

  test('a page that leads to a host which the source does not name is not read, and that is told', async () => {
    site.routes['/b'] = to(`${other.origin}/course`);
    await using crawl = await crawling();
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', created: 1 });
    expect(await names()).toEqual(['Basket weaving']);
    expect(other.requests).toEqual([]);
    expect(await problems()).toEqual([
      { rule: 'sitemap-foreign-host', found: `${site.origin}/b redirects to another host: ${other.origin}/course` },
    ]);
  });

  test('at the end of a chain too, and a sitemap that does so fails the run', async () => {
    site.routes['/b'] = to('/b2');
    site.routes['/b2'] = to(`${site.origin}/b3`);
    site.routes['/b3'] = to(`${other.origin}/course`);
    await using crawl = await crawling();
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', created: 1 });
    site.routes['/index.xml'] = {
      body: `<sitemapindex><sitemap><loc>${site.origin}/elsewhere.xml</loc></sitemap></sitemapindex>`,
    };
    site.routes['/elsewhere.xml'] = to(`${other.origin}/sitemap.xml`);
    other.routes['/sitemap.xml'] = sitemap(`${other.origin}/course`);
    const run = await crawl.harvest({ ...source, url: `${site.origin}/index.xml` });
    expect(run).toMatchObject({ state: 'incomplete', seen: 0 });
    expect(run.reason).toContain('redirects to another host');
    expect(other.requests).toEqual([]);
    expect(await names()).toEqual(['Basket weaving']);
  });

  test.each(['/course', '/on'])('robots.txt of where a redirect leads (%s) decides', async (path) => {
    site.routes['/b'] = to(other.origin + path);
    other.routes['/on'] = to('/course');
    other.routes['/robots.txt'] = robots('User-agent: *', 'Disallow: /course');
    await using crawl = await crawling();
    const run = await crawl.harvest(onOther());
    expect(run).toMatchObject({ state: 'incomplete', created: 1 });
    expect(run.reason).toContain(`robots.txt does not allow ${other.origin}/course`);
    expect(other.requests.map((request) => request.path)).not.toContain('/course');
    expect(await names()).toEqual(['Basket weaving']);
  });

  test('on its own host as well', async () => {
    site.routes['/b'] = to('/private/b');
    site.routes['/private/b'] = course('Private');
    site.routes['/robots.txt'] = robots('User-agent: *', 'Disallow: /private/');
    await using crawl = await crawling();
    expect(await crawl.harvest(source)).toMatchObject({ state: 'incomplete', created: 1 });
    expect(site.asked()).not.toContain('/private/b');
  });

  test('a host that is named and allows it is read, at the pace that it asks for', async () => {
    site.routes['/b'] = to(`${other.origin}/course`);
    site.routes['/robots.txt'] = robots('User-agent: *', 'Crawl-delay: 0.05');
    other.routes['/robots.txt'] = robots('User-agent: *', 'Crawl-delay: 0.1');
    const clock = noting();
    await using crawl = await crawling(clock);
    expect(await crawl.harvest(onOther())).toMatchObject({ state: 'complete', created: 2 });
    expect(clock.granted.at(-1)).toEqual({
      origin: other.origin,
      pace: { ...source.politeness, requestsPerSecond: 10, concurrency: 1 },
    });
    expect(clock.granted.at(-3)).toMatchObject({ origin: site.origin, pace: { requestsPerSecond: 20 } });
  });

  test.each([
    ['asked before', () => createInProcessClock()],
    ['asked by the clock', () => createStoreClock(store.hosts)],
  ])('a paused host that a page leads to in the middle of a run is waited for (%s)', async (_, clock) => {
    site.routes['/a'] = async (req, res) => {
      await store.pauses.set({ origin: other.origin }, { reason: 'exam week' });
      res.writeHead(200, html).end(course('Basket weaving').body);
      void req;
    };
    site.routes['/b'] = to(`${other.origin}/course`);
    await using crawl = await crawling(clock());
    const run = await crawl.harvester.start(onOther());
    for (let i = 0; i < 4; i++) await expect(crawl.harvester.continue(run)).rejects.toThrow(NotNow);
    expect(other.requests).toEqual([]);
    const [waiting] = await store.db.query(`select attempts from pages where run = $1 and state = 'queued'`, [run]);
    expect(waiting).toEqual({ attempts: 0 });
    await store.pauses.clear({ origin: other.origin });
    expect(await crawl.harvester.continue(run)).toMatchObject({ state: 'complete', created: 2 });
  });

  test('a page of a feed that leads elsewhere: the pause holds, and keys do not go along', async () => {
    const page = (from: number, more: boolean) =>
      JSON.stringify({
        pageSize: 10,
        pageNumber: from,
        hasPreviousPage: from > 1,
        hasNextPage: more,
        items: [{ courseId: `c-${from}`, name: [{ language: 'nl-NL', value: `Cursus ${from}` }] }],
      });
    const feed = testSource({
      id: source.id,
      format: 'ooapi',
      url: `${site.origin}/courses`,
      headers: { 'x-api-key': 'secret' },
    });
    site.routes['/courses'] = page(1, true);
    site.routes['/courses?pageNumber=2'] = to(`${other.origin}/courses2`);
    other.routes['/courses2'] = page(2, false);
    await store.pauses.set({ origin: other.origin }, {});
    await using crawl = await crawling();
    const run = await crawl.harvester.start(feed);
    await expect(crawl.harvester.continue(run)).rejects.toThrow(NotNow);
    expect(other.requests).toEqual([]);
    await store.pauses.clear({ origin: other.origin });
    expect(await crawl.harvester.continue(run)).toMatchObject({ state: 'complete', created: 2 });
    expect(site.requests.at(-1)?.headers['x-api-key']).toBe('secret');
    expect(other.requests.map(({ headers }) => headers['x-api-key'])).toEqual([undefined]);
  });

  test('a robots.txt that leads elsewhere rules where it was asked for, and is not asked of a paused host', async () => {
    site.routes['/b'] = course('Private');
    site.routes['/robots.txt'] = to(`${other.origin}/robots.txt`);
    other.routes['/robots.txt'] = robots('User-agent: *', 'Disallow: /b');
    await store.pauses.set({ origin: other.origin }, {});
    await using crawl = await crawling(createStoreClock(store.hosts));
    const run = await crawl.harvester.start(source);
    await expect(crawl.harvester.continue(run)).rejects.toThrow(NotNow);
    expect(other.requests).toEqual([]);
    await store.pauses.clear({ origin: other.origin });
    expect(await crawl.harvester.continue(run)).toMatchObject({ state: 'incomplete', created: 1 });
    expect(await names()).toEqual(['Basket weaving']);
  });

  test('what a page says of other addresses (refresh, canonical) is not followed', async () => {
    site.routes['/b'] = {
      headers: html,
      body: `<meta http-equiv="refresh" content="0;url=${other.origin}/course"><link rel="canonical" href="${other.origin}/course">`,
    };
    await using crawl = await crawling();
    expect(await crawl.harvest(onOther())).toMatchObject({ state: 'complete', created: 1 });
    expect(other.requests).toEqual([]);
  });
});

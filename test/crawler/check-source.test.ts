import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../catalogue/store/store.ts';
import { checkSource } from '../../crawler/harvest/check-source.ts';
import { mayRead } from '../../crawler/harvest/may-read.ts';
import type { Reader } from '../../crawler/harvest/reader.ts';
import { loadFormats } from '../../crawler/registry.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';

let feeds: FeedServer;
let store: Store;
let reader: Reader;
let crawl: Awaited<ReturnType<typeof createTestCrawl>>;
beforeAll(async () => {
  feeds = await createFeedServer();
  store = await openStore({});
  crawl = await createTestCrawl(store, {}, { uploads: false });
  reader = crawl.reader;
});
afterAll(async () => {
  await crawl.close();
  await feeds.close();
  await store.close();
});
beforeEach(() => {
  for (const path of Object.keys(feeds.routes)) delete feeds.routes[path];
  feeds.asked();
});

const formats = await loadFormats();
const check = (format: string, path: string, more: object = {}) => {
  const source = testSource({ id: `check-${format}`, format, url: feeds.origin + path, ...more });
  return checkSource({ reader, formats, mayRead: (url) => mayRead(store.pauses, source, url) }, source);
};
const body = (text: string, type: string) => ({ body: text, headers: { 'content-type': type } });

const ooapi = (from: number, to: number, more: object = {}) =>
  JSON.stringify({
    pageSize: to - from,
    pageNumber: 1,
    hasNextPage: true,
    hasPreviousPage: false,
    ...more,
    items: Array.from({ length: to - from }, (_, n) => ({
      courseId: `00000000-0000-4000-8000-${String(from + n).padStart(12, '0')}`,
      primaryCode: { codeType: 'identifier', code: `K${from + n}` },
      name: [
        { language: 'nl-NL', value: `Netten knopen ${from + n}` },
        { language: 'en-GB', value: `Knotting nets ${from + n}` },
      ],
      abbreviation: 'NET',
      description: [{ language: 'en-GB', value: 'Nets and knots.' }],
      teachingLanguage: 'nld',
      studyLoad: { value: 3, studyLoadUnit: 'ects' },
      ...(n % 2 ? { learningOutcomes: [[{ language: 'en-GB', value: 'Knots a net.' }]] } : {}),
      organization: '00000000-0000-4000-8000-999999999999',
      level: 'bachelor',
    })),
  });
const COURSE = (name: string) =>
  `<!doctype html><html lang="fr"><title>${name}</title><script type="application/ld+json">${JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'Course',
    '@id': `urn:course:${name}`,
    name,
    description: 'Une formation.',
    provider: { '@type': 'Organization', name: 'Université de la Meuse' },
  })}</script></html>`;
const sitemap = (...paths: string[]) =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${paths
    .map((path) => `<url><loc>${feeds.origin}${path}</loc></url>`)
    .join('')}</urlset>`;

describe('one polite look at a source', () => {
  test('a good feed: one request, its records, its total, the first title in its languages, what is stated', async () => {
    feeds.routes['/courses'] = ooapi(0, 20, { totalPages: 6, totalItems: 114 });
    const look = await check('ooapi', '/courses');
    expect(look).toMatchObject({
      ok: true,
      status: 200,
      mediaType: 'application/json',
      bytes: expect.any(Number),
      declared: 'ooapi',
      format: 'ooapi',
      records: 20,
      lookedAt: 20,
      title: [
        { language: 'nl-NL', value: 'Netten knopen 0' },
        { language: 'en-GB', value: 'Knotting nets 0' },
      ],
    });
    expect(look.reason).toBeUndefined();
    expect(look.total).toBe(114);
    // Title, level and workload of all, outcomes of every second one.
    expect(look.stated).toBe(3.5 / 16);
    expect(feeds.asked()).toHaveLength(1);
  });

  test('a large page is counted to a thousand and left', async () => {
    const rows = Array.from({ length: 3000 }, (_, n) => `k${n},Kurs ${n},Muster,DE`);
    feeds.routes['/courses.csv'] = body(`identifier,title,provider,country\n${rows.join('\n')}\n`, 'text/csv');
    expect(await check('csv', '/courses.csv')).toMatchObject({ ok: true, records: 1000, cut: true, lookedAt: 100 });
  });

  test('a sitemap is followed to its first page, which is a request more', async () => {
    feeds.routes['/sitemap.xml'] = body(sitemap('/courses/one', '/courses/two'), 'application/xml');
    feeds.routes['/courses/one'] = body(COURSE('Filets'), 'text/html');
    expect(await check('schema-org', '/sitemap.xml')).toMatchObject({
      ok: true,
      mediaType: 'application/xml',
      format: 'schema-org',
      pages: 2,
      records: 1,
      title: [{ language: 'fr', value: 'Filets' }],
    });
    expect(feeds.asked()).toEqual(['/sitemap.xml', '/courses/one']);
  });

  test('a source that starts at robots.txt is followed over its sitemap, by what it includes', async () => {
    feeds.routes['/robots.txt'] = body(`User-agent: *\nSitemap: ${feeds.origin}/sitemap.xml\n`, 'text/plain');
    feeds.routes['/sitemap.xml'] = body(sitemap('/about', '/micro-credentials/nets'), 'application/xml');
    feeds.routes['/micro-credentials/nets'] = body(COURSE('Nets'), 'text/html');
    const look = await check('schema-org', '/robots.txt', { options: { include: 'micro-?credential' } });
    expect(look).toMatchObject({ ok: true, mediaType: 'text/plain', format: 'schema-org', records: 1 });
    expect(feeds.asked()).toEqual(['/sitemap.xml', '/micro-credentials/nets']);
  });

  test('an index of sitemaps that leads on for ever is left after four requests', async () => {
    feeds.routes['/index.xml'] = (req, res) => {
      const n = Number(/n=(\d+)/.exec(req.url ?? '')?.[1] ?? 0);
      res.setHeader('content-type', 'application/xml');
      res.end(
        `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>${feeds.origin}/index.xml?n=${n + 1}</loc></sitemap></sitemapindex>`,
      );
    };
    expect(await check('schema-org', '/index.xml')).toMatchObject({ ok: false, records: 0 });
    expect(feeds.asked()).toHaveLength(4);
  });

  test('what robots.txt closes is not read', async () => {
    feeds.routes['/robots.txt'] = body('User-agent: *\nDisallow: /private/\n', 'text/plain');
    feeds.routes['/sitemap.xml'] = body(sitemap('/private/one'), 'application/xml');
    feeds.routes['/private/one'] = body(COURSE('Geheim'), 'text/html');
    const closed = await createTestCrawl(store, {}, { uploads: false });
    const source = testSource({ id: 'robots', format: 'schema-org', url: `${feeds.origin}/sitemap.xml` });
    const look = await checkSource({ reader: closed.reader, formats, mayRead: async () => {} }, source);
    await closed.close();
    expect(look).toMatchObject({ ok: false, status: 200, format: 'schema-org' });
    expect(look.reason).toMatch(/robots\.txt does not allow .*\/private\/one.*Ask the provider/);
    expect(feeds.asked()).toEqual(['/sitemap.xml']);
  });

  test('another format than declared is named', async () => {
    feeds.routes['/courses'] = ooapi(0, 2);
    const look = await check('xcri-cap', '/courses');
    expect(look).toMatchObject({ ok: false, status: 200, format: 'ooapi', declared: 'xcri-cap' });
    expect(look.reason).toBe('this is ooapi, not xcri-cap. Correct the format of the source.');
    expect(look.records).toBeUndefined();
  });

  test.each(['ooapi', 'csv', 'xcri-cap', 'schema-org'])(
    'a page for people (a login) in the place of %s',
    async (format) => {
      const login = '<!doctype html><html lang="en"><title>Log in</title><form><input type="password"></form></html>';
      feeds.routes['/api'] = body(login, 'text/html');
      const look = await check(format, '/api');
      expect(look).toMatchObject({ ok: false, status: 200, mediaType: 'text/html' });
      expect(look.reason).toMatch(/this is a web page without data.*login/);
    },
  );

  test.each([
    [500, /the server answered 500/],
    [503, /busy \(503\)/],
    [403, /the server answered 403.*credentials/],
    [404, /the server answered 404.*may have moved/],
  ])('an answer of %i is told with what to do', async (status, reason) => {
    feeds.routes['/courses'] = { status, body: 'no' };
    const fresh = await createTestCrawl(store, {}, { uploads: false });
    const source = testSource({ id: 'status', format: 'ooapi', url: `${feeds.origin}/courses` });
    const look = await checkSource({ reader: fresh.reader, formats, mayRead: async () => {} }, source);
    await fresh.close();
    expect(look).toMatchObject({ ok: false, status, reason: expect.stringMatching(reason) });
  });

  test('an empty list is no healthy feed', async () => {
    feeds.routes['/courses'] = ooapi(0, 0, { hasNextPage: false });
    expect(await check('ooapi', '/courses')).toMatchObject({
      ok: false,
      status: 200,
      records: 0,
      reason: expect.stringMatching(/gives no record/),
    });
  });

  test('a page that breaks off is told', async () => {
    feeds.routes['/courses'] = ooapi(0, 5).slice(0, -40);
    expect(await check('ooapi', '/courses')).toMatchObject({
      ok: false,
      records: 4,
      reason: expect.stringMatching(/cannot be read to the end/),
    });
  });

  test('records of which none can be used', async () => {
    feeds.routes['/courses.csv'] = body(
      'identifier,title,provider,country\nk1,,Muster,DE\nk2,,Muster,DE\n',
      'text/csv',
    );
    expect(await check('csv', '/courses.csv')).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/none of its first records can be used/),
    });
  });

  test('nobody answers', async () => {
    const source = testSource({ id: 'nobody', format: 'csv', url: 'http://127.0.0.1:1/courses.csv' });
    const look = await checkSource({ reader, formats, mayRead: async () => {} }, source);
    expect(look).toMatchObject({ ok: false, reason: expect.stringMatching(/no connection/) });
    expect(look.status).toBeUndefined();
  });

  test('a source that is paused is not asked', async () => {
    await store.putSource(testSource({ id: 'check-ooapi', format: 'ooapi', url: `${feeds.origin}/courses` }));
    await store.pauses.set({ source: 'check-ooapi' }, { reason: 'they move house' });
    expect(await check('ooapi', '/courses')).toMatchObject({
      ok: true,
      notAsked: true,
      reason: expect.stringMatching(/is paused.*they move house/),
    });
    await store.pauses.clear({ source: 'check-ooapi' });
    expect(feeds.asked()).toEqual([]);
  });
});

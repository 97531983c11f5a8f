import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIndexer } from '../../catalogue/search/indexer.ts';
import { createPostgresEngine } from '../../catalogue/search/postgres.ts';
import type { Store } from '../../catalogue/store/store.ts';
import { indexerStore } from '../../commands/open-catalogue.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { storeKinds } from '../support/stores.ts';

/** Text that no compression makes short: an index must not hold it. */
const noise = (length: number) => randomBytes(length).toString('hex').slice(0, length);

describe.each(storeKinds)('no value is too long for the records behind it ($kind)', ({ open }) => {
  let store: Store;
  let server: FeedServer;
  let crawl: Awaited<ReturnType<typeof createTestCrawl>>;
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

  const harvest = (id: string, pages: (n: number) => { items: unknown[]; next?: string }) => {
    server.routes[`/${id}`] = (req, res) => {
      const number = Number(new URL(req.url ?? '', 'http://x').searchParams.get('pageNumber') ?? 1);
      const { items } = pages(number);
      res.writeHead(200, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ pageNumber: number, hasNextPage: pages(number + 1).items.length > 0, items }));
    };
    const url = `${server.origin}/${id}?filter=${noise(6_000)}`;
    return crawl.harvest(
      testSource({ id, format: 'ooapi', url, politeness: { requestsPerSecond: 500, concurrency: 2, blackout: [] } }),
    );
  };
  const course = (id: string, more: object = {}) => ({
    courseId: id,
    name: [{ language: 'en', value: 'Course' }],
    ...more,
  });

  test.each([
    ['identifiers', (text: string) => course(text)],
    ['addresses', (text: string) => course('link', { link: `https://e.example/${text}` })],
    [
      'bodies',
      (text: string) =>
        course('body', { organization: { organizationId: text, name: [{ language: 'en', value: text }] } }),
    ],
    [
      'languages, fields and levels',
      (text: string) => course('words', { teachingLanguage: text, fieldsOfStudy: text, level: text }),
    ],
    ['titles', (text: string) => course('title', { name: [{ language: 'en', value: text }] })],
    ['other codes', (text: string) => course('codes', { otherCodes: [{ codeType: text, code: text }] })],
    [
      'places',
      (text: string) =>
        course('places', {
          courseOfferings: [{ offeringId: text, startDate: '2027-02-01', addresses: [{ city: text }] }],
        }),
    ],
    ['paths of members', (text: string) => course('members', { [text]: text, ext: { [text]: { [text]: text } } })],
  ])('%s', async (name, record) => {
    const id = name.replace(/\W+/g, '-');
    const long = [2_700, 9_000, 120_000].map(noise);
    for (const text of long) {
      const run = await harvest(`${id}-${text.length}`, (n) => ({
        items: n === 1 ? [course('before'), record(text)] : n === 2 ? [course('after')] : [],
      }));
      expect(run).toMatchObject({ state: 'complete' });
      const [{ n } = { n: 0 }] = await store.db.query<{ n: number }>(
        'select count(*)::int as n from credentials where source = $1 and identifier = any($2::text[])',
        [`${id}-${text.length}`, ['before', 'after']],
      );
      expect(n).toBe(2);
      const again = await harvest(`${id}-${text.length}`, (k) => ({
        items: k === 1 ? [course('before'), record(text)] : k === 2 ? [course('after')] : [],
      }));
      expect(again).toMatchObject({ state: 'complete', created: 0, updated: 0, missing: 0 });
    }
    const indexer = createIndexer({ store: indexerStore(store), engine: createPostgresEngine(store.db) });
    await indexer.catchUp();
  });

  test('two identifiers that differ at their end only are two records, and each is found', async () => {
    const common = noise(5_000);
    const asked = [`${common}a`, `${common}b`];
    await harvest('ends', (n) => ({ items: n === 1 ? asked.map((one) => course(one)) : [] }));
    const ids = await store.read.credentials.resolve(asked);
    expect(new Set(ids).size).toBe(2);
    const records = await store.read.credentials.byIds(ids as string[]);
    expect(records.map((stored) => stored?.record.identifier)).toEqual(asked);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../../catalogue/store/store.ts';
import { boundedFormat } from '../../../crawler/bounded-format.ts';
import type { Format } from '../../../crawler/format.ts';
import { normaliseRecord } from '../../../crawler/harvest/normalise-record.ts';
import { completeCredential, stated } from '../../../schema/index.ts';
import { createTestCrawl, testSource } from '../../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../../support/feed-server.ts';

interface Item {
  id: string;
  poison?: 'throw' | 'spin' | 'read' | 'hang' | 'heavy' | 'wide' | 'many';
}

const feed = (poison: Item['poison'], at: number, n = 300) =>
  JSON.stringify(Array.from({ length: n }, (_, i): Item => ({ id: `p${i}`, ...(i === at ? { poison } : {}) })));

/** Falls over what a record tells it to fall over. */
const brittle: Format = {
  name: 'brittle',
  title: 'Brittle',
  specification: 'https://x.example/',
  mediaTypes: [],
  documentation: { reads: '', elements: [], derived: [], quirks: [], options: {}, members: [] },
  version: 1,
  detect: () => 0,
  async *records(body) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    for (const [n, raw] of (JSON.parse(Buffer.concat(chunks).toString()) as Item[]).entries()) {
      if (raw.poison === 'read') throw new TypeError('Cannot read properties of null');
      if (raw.poison === 'hang') for (;;) await null;
      yield { identifier: raw.id, path: `/${n}`, raw };
    }
  },
  normalise(raw, source, identifier) {
    const { poison } = raw as Item;
    if (poison === 'throw') throw new RangeError('Invalid array length');
    if (poison === 'spin') for (;;);
    const value = (language: string, text: string) => ({ language, value: text });
    const credential = completeCredential({
      source: source.id,
      identifier,
      title: stated([value('en', 'Soil')], '/title'),
      ...(poison === 'heavy' ? { alternates: Array.from({ length: 900 }, () => 'x'.repeat(90_000)) } : {}),
    });
    const problem = {
      path: '/',
      rule: 'x',
      severity: 'info' as const,
      found: poison === 'wide' ? 'y'.repeat(1_000) : '',
      remedy: 'z',
    };
    const problems = Array.from({ length: poison === 'wide' ? 20_000 : poison === 'many' ? 5_000 : 0 }, () => problem);
    return { credential, providers: [], problems };
  },
};

describe('a record or page that a format falls over, in a harvest', () => {
  let store: Store;
  let server: FeedServer;
  let crawl: Awaited<ReturnType<typeof createTestCrawl>>;
  let n = 0;
  beforeAll(async () => {
    store = await openStore({});
    server = await createFeedServer();
    crawl = await createTestCrawl(store, { formats: new Map([['brittle', boundedFormat(brittle)]]) });
  });
  afterAll(async () => {
    await crawl.close();
    await server.close();
    await store.close();
  });

  const harvest = async (poison: Item['poison'], at: number) => {
    server.routes['/feed'] = feed(poison, at);
    const run = await crawl.harvest(
      testSource({ id: `brittle-${n++}`, format: 'brittle', url: `${server.origin}/feed` }),
    );
    const [problems] = await store.read.sources.problems([run.id], 100);
    return { run, problems: problems ?? [] };
  };

  test.each([
    ['throw', /brittle: Invalid array length/, 'normaliser-failed'],
    ['spin', /brittle: it did not come to an end within 5 s/, 'normaliser-failed'],
    ['heavy', /more than 10000000/, 'record-too-large'],
    ['wide', /more than 10000000/, 'record-too-large'],
  ] as const)(
    '%s: that record is rejected by name, all others are in',
    async (poison, found, rule) => {
      const { run, problems } = await harvest(poison, 260);
      expect(run).toMatchObject({ state: 'complete', seen: 300, created: 299, rejected: 1 });
      expect(problems).toMatchObject([{ identifier: 'p260', severity: 'rejected', rule }]);
      expect(problems[0]?.found).toMatch(found);
    },
    60_000,
  );

  test.each([
    ['read', /^brittle: Cannot read properties of null$/],
    ['hang', /^brittle: it did not come to an end within 5 s$/],
  ] as const)(
    'a page that cannot be read on (%s): the records before stay, the run is incomplete and says why',
    async (poison, found) => {
      const { run, problems } = await harvest(poison, 260);
      expect(run).toMatchObject({ state: 'incomplete', created: 260, rejected: 1 });
      expect(run.reason).toMatch(/reader-failed.*format "brittle"/);
      expect(problems).toMatchObject([
        { identifier: null, rule: 'reader-failed', path: `after record 260 of ${server.origin}/feed` },
      ]);
      expect(problems[0]?.found).toMatch(found);
      // Nothing died: nobody reads the page again.
      expect(server.requests.filter(({ path }) => path === '/feed')).toHaveLength(n);
    },
    60_000,
  );

  test('of problems without number a thousand are kept', () => {
    const result = normaliseRecord(
      brittle,
      testSource({ id: 'many', format: 'brittle', url: 'https://x.example' }),
      'a',
      { poison: 'many' },
      [],
    );
    expect(result.problems).toHaveLength(1_001);
    expect(result.problems.at(-1)).toMatchObject({ rule: 'more-problems', found: '4000 more' });
  });
});

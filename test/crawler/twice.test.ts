import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../catalogue/store/store.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { storeKinds } from '../support/stores.ts';

interface Course {
  id: string;
  text: string;
}
const A = { id: 'twin', text: 'one' };
const B = { id: 'twin', text: 'two' };
const C = { id: 'twin', text: 'three' };
const OTHER = { id: 'other', text: 'alone' };
const LAST = { id: 'last', text: 'alone too' };

function permutations<T>(of: readonly T[]): T[][] {
  if (of.length < 2) return [[...of]];
  return of.flatMap((one, i) => permutations(of.toSpliced(i, 1)).map((rest) => [one, ...rest]));
}

describe.each(storeKinds)('one identifier, several texts, into $kind', ({ open }) => {
  let store: Store;
  let server: FeedServer;
  let source: SourceDefinition;
  let crawl: Awaited<ReturnType<typeof createTestCrawl>>;
  let n = 0;

  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store?.close());
  beforeEach(async () => {
    server = await createFeedServer();
    crawl = await createTestCrawl(store, { patienceSeconds: 0 });
    return () => Promise.all([server.close(), crawl.close()]);
  });
  const begin = () => {
    source = testSource({
      id: `twice-${n++}`,
      format: 'ooapi',
      url: `${server.origin}/courses`,
      politeness: { requestsPerSecond: 1000, concurrency: 2, blackout: [] },
    });
  };
  /** The feed says this, so many records a page. */
  const says = (records: readonly Course[], pageSize: number, etags = false) => {
    const pages = Array.from({ length: Math.ceil(records.length / pageSize) }, (_, i) =>
      records.slice(i * pageSize, (i + 1) * pageSize),
    );
    for (const [i, page] of pages.entries()) {
      const body = JSON.stringify({
        pageSize,
        pageNumber: i + 1,
        hasPreviousPage: i > 0,
        hasNextPage: i + 1 < pages.length,
        items: page.map(({ id, text }) => ({ courseId: id, name: [{ language: 'nl-NL', value: text }] })),
      });
      const etag = `"${body.length}-${page.map(({ text }) => text)}"`;
      server.routes[i ? `/courses?pageNumber=${i + 1}` : '/courses'] = (req, res) => {
        if (etags && req.headers['if-none-match'] === etag) return void res.writeHead(304).end();
        res.writeHead(200, { 'content-type': 'application/json', ...(etags && { etag }) }).end(body);
      };
    }
  };
  const harvest = () => crawl.harvest(source);
  const text = async () =>
    (
      await store.db.query<{ text: string; version: number }>(
        `select document -> 'title' -> 'value' -> 0 ->> 'value' as text, version from credentials where source = $1 and identifier = 'twin'`,
        [source.id],
      )
    )[0];
  const told = async (run: { id: string }) =>
    (
      await store.db.query<{ told: string }>(
        `select severity || ' ' || rule || ' ' || found as told from problems where run = $1 and rule = 'duplicate-identifier' order by 1`,
        [run.id],
      )
    ).map((row) => row.told);

  test.each([
    [1, [A, B]],
    [2, [A, B, C]],
    [3, [A, B, C]],
    [5, [A, B, C]],
  ] as [number, Course[]][])(
    'in every order, pages of %i: nothing is updated after the first run, and each run tells the same',
    async (size, twins) => {
      begin();
      says([...twins, OTHER, LAST], size);
      expect(await harvest()).toMatchObject({
        state: 'complete',
        seen: twins.length + 2,
        created: 3,
        rejected: twins.length - 1,
      });
      const stays = await text();
      for (const order of permutations([...twins, OTHER])) {
        says([...order, LAST], size);
        const run = await harvest();
        expect([order.map((one) => one.text), run]).toMatchObject([
          {},
          { state: 'complete', created: 0, updated: 0, unchanged: 3, rejected: twins.length - 1, missing: 0 },
        ]);
        expect(await told(run)).toEqual(twins.slice(1).map(() => 'rejected duplicate-identifier twin'));
      }
      expect(await text()).toEqual(stays);
    },
  );

  test('the one that is kept leaves the feed: the record stays, and the next run takes what is there', async () => {
    begin();
    says([A, B, OTHER], 1);
    await harvest();
    says([B, OTHER], 1);
    const first = await harvest();
    expect(first).toMatchObject({ state: 'complete', updated: 0, missing: 0, rejected: 1 });
    expect(await text()).toEqual({ text: 'one', version: 1 });
    const second = await harvest();
    expect(second).toMatchObject({ state: 'complete', updated: 1, missing: 0, rejected: 0 });
    expect(await told(second)).toEqual([]);
    expect(await text()).toEqual({ text: 'two', version: 2 });
    expect(await harvest()).toMatchObject({ updated: 0, unchanged: 2 });
  });

  test('both leave: gone like any other; and one that changes is taken in, if a run later', async () => {
    begin();
    says([A, B, OTHER], 2);
    await harvest();
    says([OTHER], 2);
    expect(await harvest()).toMatchObject({ state: 'complete', missing: 1 });
    begin();
    says([A, B, OTHER], 2);
    await harvest();
    says([C, OTHER], 2);
    await harvest();
    expect(await harvest()).toMatchObject({ updated: 1 });
    expect(await text()).toMatchObject({ text: 'three' });
  });

  test('over pages that answer "not modified"', async () => {
    begin();
    says([A, OTHER, B, LAST], 2, true);
    await harvest();
    for (const order of [
      [B, LAST, A, OTHER],
      [A, OTHER, B, LAST],
      [B, LAST, A, OTHER],
      [B, LAST, A, OTHER],
      [B, OTHER, A, LAST],
    ]) {
      says(order, 2, true);
      expect(await harvest()).toMatchObject({ state: 'complete', updated: 0, missing: 0 });
      expect(await text()).toEqual({ text: 'one', version: 1 });
    }
  });

  test('a run that is killed between the two goes on to the same end', async () => {
    begin();
    says([A, B, OTHER], 1);
    await harvest();
    says([B, OTHER, A], 1);
    let pages = 0;
    const dying = await createTestCrawl(store, {
      onProgress: () => {
        if (++pages === 1) throw new Error('killed');
      },
    });
    const run = await dying.harvester.start(source);
    await expect(dying.harvester.continue(run)).rejects.toThrow('killed');
    await dying.close();
    expect(await crawl.harvester.continue(run)).toMatchObject({ state: 'complete', updated: 0, missing: 0 });
    expect(await text()).toEqual({ text: 'one', version: 1 });
  });
});

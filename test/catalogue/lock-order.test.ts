import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Database, Sql } from '../../catalogue/store/sql.ts';
import { createStore } from '../../catalogue/store/store.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer } from '../support/feed-server.ts';
import { freshPostgres } from '../support/stores.ts';

const server = process.env.TEST_DATABASE_URL;
const course = (n: number) => ({ courseId: `c-${n}`, name: [{ language: 'en', value: `Course ${n}` }] });
const feed = (from: number, to: number) =>
  JSON.stringify({
    pageNumber: 1,
    hasNextPage: false,
    items: Array.from({ length: to - from + 1 }, (_, i) => course(from + i)),
  });

test.skipIf(!server)(
  'an approval and a batch of the same source do not wait for each other (needs TEST_DATABASE_URL)',
  async () => {
    const store = await freshPostgres(server as string);
    const provider = await createFeedServer({ '/courses': feed(1, 20) });
    const source = testSource({ id: 'both', format: 'ooapi', url: `${provider.origin}/courses` });
    let inBatch = () => {};
    const batchIsWriting = new Promise<void>((resolve) => {
      inBatch = resolve;
    });
    /** Holds a batch up where it has its place in the change log and is about to write its records. */
    const slow = (sql: Sql): Sql => ({
      ...sql,
      query: async (text, params) => {
        if (text.startsWith('insert into credentials')) {
          inBatch();
          await sleep(400);
        }
        return sql.query(text, params);
      },
    });
    const db: Database = { ...store.db, transaction: (work) => store.db.transaction((sql) => work(slow(sql))) };
    const plain = await createTestCrawl(store);
    const crawl = await createTestCrawl(createStore(db));
    try {
      await plain.harvest(source);
      provider.routes['/courses'] = feed(1, 5);
      expect(await plain.harvest(source)).toMatchObject({ state: 'held' });
      provider.routes['/courses'] = feed(1, 25);
      const harvest = crawl.harvest(source);
      await batchIsWriting;
      const [run, approval] = await Promise.all([harvest, store.holds.approve('both', 'test')]);
      expect(run).toMatchObject({ created: 5 });
      expect(approval.run).not.toBe(run.id);
      const [counted] = await store.db.query<{ records: number; n: number }>(
        `select s.records, (select count(*)::int from credentials where source = s.id and status <> 'withdrawn') as n from sources s`,
      );
      expect(counted?.records).toBe(counted?.n);
    } finally {
      await crawl.close();
      await plain.close();
      await provider.close();
      await store.close();
    }
  },
);

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  CURRENT_FORM,
  createIndexer,
  INDEX_FORM,
  INDEXER,
  IndexCountMismatch,
} from '../../../catalogue/search/indexer.ts';
import { createPostgresEngine } from '../../../catalogue/search/postgres.ts';
import type { SearchEngine } from '../../../catalogue/search/search-engine.ts';
import { migrate } from '../../../catalogue/store/migrate.ts';
import { openPglite } from '../../../catalogue/store/pglite.ts';
import type { Database } from '../../../catalogue/store/sql.ts';
import { createMemoryStore } from './memory-store.ts';

let db: Database;
let engine: SearchEngine;
beforeAll(async () => {
  db = await openPglite();
  await migrate(db);
  engine = createPostgresEngine(db);
}, 60_000);
afterAll(() => db.close());
beforeEach(async () => {
  await db.query('truncate search_documents, search_opportunities, search_words');
});

const total = async (text: string) => (await engine.query({ first: 0, text })).total;

/** The real engine, that fails at the wanted calls of one method. */
function failing(method: 'upsert' | 'remove', calls: number[]): SearchEngine {
  let call = 0;
  const original = engine[method] as (...args: unknown[]) => Promise<void>;
  return {
    ...engine,
    [method]: async (...args: unknown[]) => {
      call += 1;
      if (calls.includes(call)) throw new Error('the engine failed');
      return original(...args);
    },
  };
}

describe('catching up', () => {
  test('takes in what is new, changed and withdrawn, and keeps its place', async () => {
    const { store, put, positions, log } = createMemoryStore();
    const indexer = createIndexer({ store, engine });
    put('a', 'Alpha weaving');
    put('b', 'Beta weaving');
    expect(await indexer.catchUp()).toBe(2);
    expect(await total('weaving')).toBe(2);
    expect(positions.get(INDEXER)).toBe(2);

    put('a', 'Alpha knitting');
    put('b', 'Beta weaving', 'withdrawn');
    put('c', 'Gamma weaving', 'missing');
    expect(await indexer.catchUp()).toBe(3);
    expect([await total('alpha knitting'), await total('weaving'), await engine.count()]).toEqual([1, 1, 2]);
    expect(positions.get(INDEXER)).toBe(log.length);
    expect(await indexer.catchUp()).toBe(0);
  });

  test('builds anew what an earlier version indexed in another form, once', async () => {
    const { store, put, positions, log } = createMemoryStore();
    put('a', 'Alpha weaving');
    put('b', 'Beta weaving');
    await createIndexer({ store, engine }).catchUp();
    expect(positions.get(INDEX_FORM)).toBe(CURRENT_FORM);
    await db.query(`update search_documents set words = '', head = ''`);
    expect(await createIndexer({ store, engine }).catchUp()).toBe(0);
    expect(await total('weaving')).toBe(0);

    positions.delete(INDEX_FORM);
    const later = createIndexer({ store, engine });
    expect(await later.catchUp()).toBe(2);
    expect([await total('weaving'), positions.get(INDEX_FORM), positions.get(INDEXER)]).toEqual([
      2,
      CURRENT_FORM,
      log.length,
    ]);
    put('c', 'Gamma weaving');
    expect(await later.catchUp()).toBe(1);
  });

  test('makes one document of many changes of a record, five hundred changes a step', async () => {
    const { store, put, asked } = createMemoryStore();
    for (let i = 0; i < 900; i++) put('same', `Version ${i}`);
    for (let i = 0; i < 1500; i++) put(`r${i}`, `Record ${i}`);
    expect(await createIndexer({ store, engine }).catchUp()).toBe(1502);
    expect(asked.byIds).toEqual([1, 101, 500, 500, 400]);
    expect(await total('version 899')).toBe(1);
    expect(await engine.count()).toBe(1501);
  });

  test('passes over changes of other entities', async () => {
    const { store, log, positions, put } = createMemoryStore();
    put('a', 'Alpha');
    log.push({ seq: 2, id: 'prv_1', kind: 'updated', entity: 'provider' });
    expect(await createIndexer({ store, engine }).catchUp()).toBe(1);
    expect(positions.get(INDEXER)).toBe(2);
  });

  test('goes on where it was after the engine failed half-way', async () => {
    const { store, put, positions } = createMemoryStore();
    for (let i = 0; i < 2500; i++) put(`r${i}`, `Record ${i}`);
    await expect(createIndexer({ store, engine: failing('upsert', [2]) }).catchUp()).rejects.toThrow(
      'the engine failed',
    );
    expect(positions.get(INDEXER)).toBe(500);
    expect(await engine.count()).toBe(500);
    expect(await createIndexer({ store, engine }).catchUp()).toBe(2000);
    expect(await engine.count()).toBe(2500);
  });

  test('a failed removal is repeated', async () => {
    const { store, put } = createMemoryStore();
    put('a', 'Alpha');
    await createIndexer({ store, engine }).catchUp();
    put('a', 'Alpha', 'withdrawn');
    put('b', 'Beta');
    const indexer = createIndexer({ store, engine: failing('remove', [1]) });
    await expect(indexer.catchUp()).rejects.toThrow();
    expect(await indexer.catchUp()).toBe(2);
    expect([await total('alpha'), await total('beta')]).toEqual([0, 1]);
  });

  test('a crash between batch and position repeats the batch, which changes nothing', async () => {
    const { store, put, positions } = createMemoryStore();
    for (let i = 0; i < 10; i++) put(`r${i}`, `Record ${i}`);
    const dying = { ...store, positions: { ...store.positions, set: async () => Promise.reject(new Error('crash')) } };
    await expect(createIndexer({ store: dying, engine }).catchUp()).rejects.toThrow('crash');
    expect([positions.get(INDEXER), await engine.count()]).toEqual([undefined, 10]);
    const before = await engine.query({ first: 20, facets: ['source'] });
    expect(await createIndexer({ store, engine }).catchUp()).toBe(10);
    expect(await engine.query({ first: 20, facets: ['source'] })).toEqual(before);
  });

  test('two calls at once do the work once', async () => {
    const { store, put } = createMemoryStore();
    for (let i = 0; i < 5; i++) put(`r${i}`, `Record ${i}`);
    const indexer = createIndexer({ store, engine });
    expect(await Promise.all([indexer.catchUp(), indexer.catchUp()])).toEqual([5, 0]);
  });
});

describe('reindexing', () => {
  test('builds everything anew, and drops what the store does not know', async () => {
    const { store, put, positions, log } = createMemoryStore();
    for (let i = 0; i < 1200; i++) put(`r${i}`, `Record ${i}`);
    put('w', 'Withdrawn one', 'withdrawn');
    const stray = createMemoryStore();
    stray.put('stray', 'Stray');
    await createIndexer({ store: stray.store, engine }).catchUp();

    const seen: number[] = [];
    const done = await createIndexer({ store, engine }).reindex({ progress: (count) => seen.push(count) });
    expect([done, await engine.count(), await total('stray'), await total('withdrawn')]).toEqual([1200, 1200, 0, 0]);
    expect(seen.at(-1)).toBe(1200);
    expect(positions.get(INDEXER)).toBe(log.length);
  });

  test('takes in changes that come while it works', async () => {
    const memory = createMemoryStore();
    for (let i = 0; i < 1500; i++) memory.put(`r${i}`, `Record ${i}`);
    let late = false;
    const store = {
      ...memory.store,
      credentials: {
        ...memory.store.credentials,
        page: async (after: string | undefined, limit: number) => {
          const page = await memory.store.credentials.page(after, limit);
          if (after !== undefined && !late) {
            late = true;
            memory.put('r1', 'Changed meanwhile');
            memory.put('r2', 'Record 2', 'withdrawn');
            memory.put('new', 'Come meanwhile');
          }
          return page;
        },
      },
    };
    expect(await createIndexer({ store, engine }).reindex()).toBe(1500);
    expect([await total('meanwhile'), await engine.count()]).toEqual([2, 1500]);
  });

  test('does not swap when the counts differ', async () => {
    const { store, put } = createMemoryStore();
    put('old', 'Old one');
    await createIndexer({ store, engine }).catchUp();
    const short = { ...store, credentials: { ...store.credentials, countFindable: async () => 5 } };
    await expect(createIndexer({ store: short, engine }).reindex()).rejects.toThrow(IndexCountMismatch);
    expect(await total('old')).toBe(1);
  });

  test('leaves the live index as it was when the engine fails', async () => {
    const { store, put } = createMemoryStore();
    put('old', 'Old one');
    await createIndexer({ store, engine }).catchUp();
    put('new', 'New one');
    await expect(createIndexer({ store, engine: failing('upsert', [1]) }).reindex()).rejects.toThrow();
    expect([await total('old'), await engine.count()]).toEqual([1, 1]);
  });
});

describe('reconciling', () => {
  test('does nothing when all is well', async () => {
    const { store, put } = createMemoryStore();
    put('a', 'Alpha');
    const indexer = createIndexer({ store, engine });
    expect(await indexer.reconcile()).toEqual({ store: 1, engine: 1, added: 0, removed: 0, rebuilt: false });
  });
  test('does nothing while records keep coming: the counts are of two moments', async () => {
    const memory = createMemoryStore();
    memory.put('a', 'Alpha');
    let pages = 0;
    const store = {
      ...memory.store,
      credentials: {
        ...memory.store.credentials,
        page: async (after: string | undefined, limit: number) => {
          pages++;
          return memory.store.credentials.page(after, limit);
        },
        countFindable: async () => {
          memory.put(`late-${memory.log.length}`, 'Late');
          return memory.store.credentials.countFindable();
        },
      },
    };
    expect(await createIndexer({ store, engine }).reconcile()).toMatchObject({
      store: 2,
      engine: 1,
      moving: true,
      added: 0,
    });
    expect(pages).toBe(0);
  });
  test('puts in what is missing, takes out what was withdrawn', async () => {
    const { store, put } = createMemoryStore();
    const ids = Array.from({ length: 250 }, (_, i) => put(`r${i}`, `Record ${i}`));
    const indexer = createIndexer({ store, engine });
    await indexer.catchUp();
    await engine.remove(ids.slice(0, 120));
    const ghost = put('ghost', 'Ghost');
    await indexer.catchUp();
    const withdrawn = put('ghost', 'Ghost', 'withdrawn');
    expect(withdrawn).toBe(ghost);
    await store.positions.set(INDEXER, await store.changes.last()); // as if that change had been lost
    expect(await indexer.reconcile()).toMatchObject({
      engine: 131,
      store: 250,
      added: 120,
      removed: 1,
      rebuilt: false,
    });
    expect(await engine.count()).toBe(250);
  });
  test('builds anew when the engine holds what nobody knows', async () => {
    const stray = createMemoryStore();
    stray.put('stray', 'Stray');
    await createIndexer({ store: stray.store, engine }).catchUp();
    const { store, put } = createMemoryStore();
    put('a', 'Alpha');
    expect((await createIndexer({ store, engine }).reconcile()).rebuilt).toBe(true);
    expect([await total('stray'), await total('alpha'), await engine.count()]).toEqual([0, 1, 1]);
  });
});

import { existsSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIndexer } from '../../catalogue/search/indexer.ts';
import { createPostgresEngine } from '../../catalogue/search/postgres.ts';
import { openStore, type Store } from '../../catalogue/store/store.ts';
import { indexerStore } from '../../commands/open-catalogue.ts';
import { readyParts } from '../../commands/ready-parts.ts';
import { conceptsOf, SHIPPED_CONCEPTS } from '../../schema/vocabularies/concepts/index.ts';
import { createRedis, scratch } from '../faults/servers.ts';

let store: Store;
beforeAll(async () => {
  store = await openStore({});
});
afterAll(() => store.close());

const stateOf = async (name: string, redisUrl?: string) =>
  readyParts({ store, catalogue: {} }, redisUrl)
    .find((part) => part.name === name)
    ?.check();

test('a search index that is far behind the store is told; a batch or two is nothing', async () => {
  expect(await stateOf('search index')).toBe('ok');
  await store.db.query(
    "insert into changes (entity, id, kind) select 'provider', 'prv_' || n, 'created' from generate_series(1, 2001) as n",
  );
  expect(await stateOf('search index')).toBe('degraded: the search index is 2001 changes behind');
  const engine = createPostgresEngine(store.db);
  await engine.configure();
  await createIndexer({ store: indexerStore(store), engine }).catchUp();
  expect(await stateOf('search index')).toBe('ok');
});

test('without concepts search goes by words only', async () => {
  expect(await stateOf('concepts')).toBe('degraded: there are no concepts, so search goes by words only');
  const [, part] = readyParts({ store, catalogue: { concepts: conceptsOf(SHIPPED_CONCEPTS) } }, undefined);
  expect(await part?.check()).toBe('ok');
});

test('without Redis there is no part for it', async () => {
  expect(readyParts({ store, catalogue: {} }, undefined).map(({ name }) => name)).toEqual(['search index', 'concepts']);
});

describe.skipIf(!existsSync('/usr/bin/redis-server'))('the queue on Redis', () => {
  test('is ok, or degraded when Redis is gone: readers are served', async () => {
    const directory = scratch();
    const redis = await createRedis(directory);
    expect(await stateOf('queue', redis.url)).toBe('ok');
    await redis.kill();
    expect(await stateOf('queue', redis.url)).toMatch(/^degraded: the queue \(REDIS_URL\) does not answer/);
    rmSync(directory, { recursive: true, force: true });
  });

  test('says where it runs without its password', () => {
    const queue = readyParts({ store, catalogue: {} }, 'redis://user:hunter2@127.0.0.1:6390/1').find(
      ({ name }) => name === 'queue',
    );
    expect(queue?.where).toBe('127.0.0.1:6390');
  });
});

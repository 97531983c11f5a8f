import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createIndexer } from '../../catalogue/search/indexer.ts';
import { createPostgresEngine } from '../../catalogue/search/postgres.ts';
import { openStore, type Store } from '../../catalogue/store/store.ts';
import { indexerStore, type OpenCatalogue } from '../../commands/open-catalogue.ts';
import { type PurgeRequest, purgeIn } from '../../commands/purge.ts';
import { NotNow } from '../../crawler/errors.ts';
import { createTurns } from '../../crawler/harvest/turns.ts';
import { mintCredentialId, type SourceDefinition } from '../../schema/index.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { storeKinds } from '../support/stores.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-purge-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** In every text of the record that is to go; no other has it. */
const CANARY = 'zwillingskanarie';
const kinds: { kind: string; open: () => Promise<Store>; files?: string }[] = [
  ...storeKinds,
  {
    kind: 'PGlite in a folder',
    open: () => openStore({ directory: join(folder, 'data') }),
    files: join(folder, 'data'),
  },
];

const course = (id: string, text: string, more: object = {}) => ({
  courseId: id,
  name: [{ language: 'nl', value: `Cursus ${text}` }],
  description: [{ language: 'nl', value: `Over ${text} en meer.` }],
  link: `https://uni.example/${text}`,
  organization: {
    organizationId: `org-${text}`,
    primaryCode: { codeType: 'brin', code: text },
    name: [{ language: 'nl', value: `Uni ${text}` }],
  },
  modeOfDelivery: [`${text} mode`],
  ...more,
});

/** Where a word still stands: table and column, raw texts unpacked. */
async function where(store: Store, word: string): Promise<string[]> {
  const columns = await store.db.query<{ table: string; column: string; type: string }>(
    `select c.table_schema || '.' || quote_ident(c.table_name) as table, c.column_name as column, c.data_type as type
       from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where c.table_schema not in ('pg_catalog', 'information_schema') and t.table_type = 'BASE TABLE'`,
  );
  expect(columns.length).toBeGreaterThan(100);
  const found: string[] = [];
  for (const { table, column, type } of columns) {
    if (type === 'bytea') {
      for (const row of await store.db.query<{ value: Uint8Array }>(`select "${column}" as value from ${table}`))
        if (zstdDecompressSync(row.value).toString('utf8').includes(word)) found.push(`${table}.${column}`);
      continue;
    }
    const [row] = await store.db.query<{ n: number }>(
      `select count(*)::int as n from ${table} where position(lower($1) in lower("${column}"::text)) > 0`,
      [word],
    );
    if (row?.n) found.push(`${table}.${column}`);
  }
  return found;
}

const filesWith = (path: string, word: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile() && readFileSync(file).includes(word));

describe.each(kinds)('purge on $kind', ({ open, files }) => {
  let store: Store;
  let server: FeedServer;
  let crawl: Awaited<ReturnType<typeof createTestCrawl>>;
  let catalogue: OpenCatalogue;
  let n = 0;
  let source: SourceDefinition;

  beforeAll(async () => {
    store = await open();
    server = await createFeedServer();
    crawl = await createTestCrawl(store);
    const engine = createPostgresEngine(store.db);
    await engine.configure();
    const indexer = createIndexer({ store: indexerStore(store), engine });
    const turns = createTurns();
    catalogue = { store, indexer, turns, catalogue: { ...store.read, search: engine }, close: () => store.close() };
  });
  afterAll(async () => {
    await crawl?.close();
    await server?.close();
    await store?.close();
  });

  const purge = (what: string, more: Partial<PurgeRequest> = {}) =>
    purgeIn(catalogue, { what, by: 'night shift', yes: true, allow: false, ...more });
  const serve = (items: unknown[]) => {
    server.routes['/courses'] = {
      headers: { 'content-type': 'application/json', etag: `"${JSON.stringify(items).length}"` },
      body: JSON.stringify({ pageNumber: 1, hasNextPage: false, items }),
    };
  };
  const harvest = async () => {
    const run = await crawl.harvest(source);
    await catalogue.indexer.catchUp();
    return run;
  };
  const id = (identifier: string) => mintCredentialId(source.id, identifier);

  beforeEach(() => {
    source = testSource({ id: `purge-${n++}`, format: 'ooapi', url: `${server.origin}/courses` });
  });

  /** A history in which the record left its trace everywhere it can. */
  async function history(): Promise<string> {
    const identifier = `id-${CANARY}`;
    const others = ['a', 'b', 'c', 'd', 'e', 'f'].map((one) => course(one, `gewoon${one}`));
    serve([course(identifier, `${CANARY}-vroeger`, { startDate: '' }), ...others]);
    await harvest();
    serve([course(identifier, CANARY, { duration: `${CANARY} weken` }), ...others]);
    await harvest();
    // Rejected, with its identifier among the findings; then gone with others, and held.
    serve([{ ...course(identifier, CANARY), studyLoad: { studyLoadUnit: 'ects', value: -3 } }, ...others]);
    await harvest();
    serve([course(identifier, CANARY), ...others]);
    await harvest();
    serve(others.slice(0, 2));
    expect(await harvest()).toMatchObject({ state: 'held' });
    serve([course(identifier, CANARY), ...others]);
    const before = await where(store, CANARY);
    for (const table of [
      'observations',
      'credentials',
      'providers',
      'alternates',
      'problems',
      'holds',
      'runs',
      'search_documents',
      'search_words',
    ])
      expect(
        before.map((one) => one.split('.')[1]),
        table,
      ).toContain(table);
    return identifier;
  }

  test('a record: nothing of it is left anywhere, its id says so, and it does not come back by itself', async () => {
    const identifier = await history();
    const key = id(identifier);
    const asked = await purge(key, { yes: false });
    expect(asked).toMatchObject({ done: false, credentials: 1, raw: 1 });
    expect(await where(store, CANARY)).not.toEqual([]);
    expect(await purge(key)).toMatchObject({ done: true, subject: key, credentials: 1, providers: 2, raw: 1 });
    expect(await where(store, CANARY)).toEqual([]);
    if (files) expect(filesWith(files, CANARY)).toEqual([]);
    expect(await store.read.credentials.byIds([key])).toEqual([undefined]);
    expect(await store.read.credentials.purged([key, id('a')])).toEqual(new Set([key]));
    expect((await store.audit.newest(1))[0]).toMatchObject({ who: 'night shift', action: 'purge', subject: key });
    const kept = await store.db.query('select kind, reason from changes where id = $1 order by seq', [key]);
    expect(kept.map((change) => change.kind)).toEqual(expect.arrayContaining(['created', 'updated', 'purged']));
    expect(kept.every((change) => change.reason === null)).toBe(true);
    // The others are untouched, and found.
    expect((await catalogue.catalogue.search.query({ text: 'gewoona', first: 5 })).total).toBeGreaterThan(0);

    // The page answered before and is read in full all the same; the record is passed over without a word.
    const next = await harvest();
    expect(next).toMatchObject({ state: 'complete', seen: 7, created: 0, rejected: 0 });
    expect(await where(store, CANARY)).toEqual([]);
    const [problems] = await store.read.sources.problems([next.id], 50);
    expect(problems?.filter(({ rule }) => rule === 'purged')).toMatchObject([
      { identifier: null, found: '', severity: 'info' },
    ]);
    // Broken, it is not quoted either.
    serve([{ courseId: identifier, name: [] }, course('a', 'gewoona')]);
    await harvest();
    expect(await where(store, CANARY)).toEqual([]);
    expect(await purge(key)).toMatchObject({ done: true, credentials: 0 });

    serve([course(identifier, CANARY), course('a', 'gewoona')]);
    expect(await purge(key, { allow: true })).toMatchObject({ allowed: true });
    await harvest();
    expect((await store.read.credentials.byIds([key]))[0]?.status).toBe('live');
    await purge(key);
    await expect(purge('crd_00000000000000000000', { allow: true })).rejects.toThrow(/was not purged/);
    await expect(purge('nothing')).rejects.toThrow(/neither a source nor a credential/);
  });

  test('a record that was never taken in, by its identifier', async () => {
    serve([
      {
        courseId: `bad-${CANARY}`,
        name: [{ language: 'nl', value: `x ${CANARY}` }],
        studyLoad: { studyLoadUnit: 'ects', value: -1 },
      },
      course('a', 'gewoona'),
    ]);
    expect(await harvest()).toMatchObject({ rejected: 1 });
    expect(await where(store, CANARY)).not.toEqual([]);
    expect(await purge(`bad-${CANARY}`, { source: source.id })).toMatchObject({ credentials: 0, raw: 1 });
    expect(await where(store, CANARY)).toEqual([]);
    if (files) expect(filesWith(files, CANARY)).toEqual([]);
  });

  test('a source: nothing of it is left, and it is harvested no more until it is allowed', async () => {
    await history();
    source = { ...source, title: `Feed of ${CANARY}` };
    await harvest();
    const asked = await purge(source.id, { yes: false });
    expect(asked).toMatchObject({ done: false, credentials: 7, raw: 7 });
    const run = await crawl.harvester.start(source);
    await store.runs.lease(run, 'north:1:x', 60);
    await expect(purge(source.id)).rejects.toThrow(/is being harvested/);
    await store.runs.release(run, 'north:1:x');
    expect(await purge(source.id)).toMatchObject({ done: true, credentials: 7, providers: 8, raw: 7 });
    expect(await where(store, CANARY)).toEqual([]);
    if (files) expect(filesWith(files, CANARY)).toEqual([]);
    expect(
      (await catalogue.catalogue.search.query({ text: '', first: 5, filter: { source: [source.id] } })).total,
    ).toBe(0);
    await expect(crawl.harvest(source)).rejects.toThrow(NotNow);
    await expect(crawl.harvest(source)).rejects.toThrow(/was purged/);
    expect(await where(store, CANARY)).toEqual([]);
    expect(await store.retirements.retired()).toContain(source.id);
    await purge(source.id, { allow: true });
    expect(await harvest()).toMatchObject({ state: 'complete', created: 7 });
    await purge(source.id);
  });
});

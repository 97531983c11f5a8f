import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../../catalogue/store/migrate.ts';
import { pack } from '../../catalogue/store/payload.ts';
import type { Database } from '../../catalogue/store/sql.ts';
import { createStore } from '../../catalogue/store/store.ts';
import { completeCredential, mintCredentialId, stated } from '../../schema/index.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { databaseKinds } from '../support/stores.ts';

const MIGRATIONS = new URL('../../catalogue/store/migrations/', import.meta.url);
const OLD = new URL('../fixtures/schemas/', import.meta.url);

/** The migrations as each commit had them that changed one; no commit: as they are now. */
const VERSIONS: readonly (readonly [made: string, ...of: string[]])[] = [
  ['0c8e830', '0001_store.0c8e830', '0002_search.0c8e830'],
  ['7c4b711', '0001_store.7c4b711', '0002_search.0c8e830'],
  ['5da31dc', '0001_store.7c4b711', '0002_search'],
  ['6700743', '0001_store.6700743', '0002_search'],
  ['e17e292', '0001_store.e17e292', '0002_search'],
  ['611e17a', '0001_store', '0002_search'],
  ['f861b07', '0001_store', '0002_search', '0003_places.f861b07'],
  ['2f181c9', '0001_store', '0002_search', '0003_places'],
];
/** A store of any day may have been opened by the version of any later one. */
const OPENED_LATER = VERSIONS.slice(0, 5).flatMap(([made, ...of]) =>
  ['0003_places.f861b07', '0003_places'].map((places) => [`${made}, then ${places}`, ...of, places] as const),
);

const source = testSource({ id: 'old', format: 'csv', url: 'http://127.0.0.1:1/courses.csv' });
const COURSES = 'id,title,provider,country\na,Alpha,Uni,EE\nb,Beta,Uni,EE\n';

async function makeOld(db: Database, files: readonly string[]): Promise<void> {
  await db.script('drop schema public cascade; create schema public;');
  await db.script('create table migrations (name text primary key, applied_at timestamptz not null default now())');
  for (const file of files) {
    const [name, commit] = file.split('.');
    await db.script(readFileSync(new URL(`${file}.sql`, commit ? OLD : MIGRATIONS), 'utf8'));
    await db.query('insert into migrations (name) values ($1)', [`${name}.sql`]);
  }
}

/** What a harvest of that day left: two records, one of them missing, one hold, one problem. */
async function fill(db: Database, origin: string): Promise<void> {
  const definition = JSON.stringify({ ...source, url: `${origin}/courses.csv` });
  await db.query('insert into sources (id, definition) values ($1, $2::jsonb)', [source.id, definition]);
  await db.query(
    `insert into runs (id, source, format, normaliser, state, seen, finished_at, started_at) values
      ('run_1', 'old', 'csv', 'csv.1', 'complete', 2, '2026-11-20T10:00:00Z', '2026-11-20T09:59:00Z'),
      ('run_2', 'old', 'csv', 'csv.1', 'held', 1, '2026-11-21T10:00:00Z', '2026-11-21T09:59:00Z')`,
  );
  for (const identifier of ['a', 'b']) {
    const record = completeCredential({
      source: source.id,
      identifier,
      title: stated([{ language: 'en', value: `Title ${identifier}` }], '/title'),
    });
    await db.query(
      `insert into observations (source, identifier, hash, raw, normaliser, page, path, first_run, last_run)
       values ('old', $1, $1, $2, 'csv.1', 'p', '/1', 'run_1', 'run_1')`,
      [identifier, pack(JSON.stringify({ title: identifier }))],
    );
    await db.query(
      `insert into credentials (id, source, identifier, document, hash, status, changed_at, seq)
       values ($1, 'old', $2, $3::jsonb, 'h', $4, '2026-11-20T10:00:00Z', 1)`,
      [
        mintCredentialId('old', identifier),
        identifier,
        JSON.stringify(record),
        identifier === 'a' ? 'live' : 'missing',
      ],
    );
    await db.query(`insert into changes (entity, id, kind, run) values ('credential', $1, 'created', 'run_1')`, [
      mintCredentialId('old', identifier),
    ]);
  }
  await db.query(
    `insert into problems (source, run, identifier, path, rule, severity, found, remedy)
     values ('old', 'run_1', 'a', '/ects', 'invalid-ects', 'warning', '-4', 'State a number.')`,
  );
  await db.query(
    `insert into resources (source, url, normaliser, etag, hash, records) values ('old', $1, 'csv.1', '"1"', 'h', 2)`,
    [`${origin}/courses.csv`],
  );
  const [kind] = await db.query(
    `select 1 from information_schema.columns where table_schema = 'public' and table_name = 'holds' and column_name = 'kind'`,
  );
  await db.query(
    `insert into holds (run, source, reason, identifiers${kind ? ', kind, live' : ''})
     values ('run_2', 'old', 'one of two is gone', '["b"]'${kind ? `, 'shrunk', 2` : ''})`,
  );
}

/** Everything PostgreSQL knows of the schema but the order of columns, which nothing rests on. */
async function schemaOf(db: Database): Promise<string[]> {
  const rows = await db.query<{ line: string }>(
    `select format('%s.%s %s%s %s default %s, collation %s, storage %s, identity %s', c.relname, a.attname,
              format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' end, a.attcompression,
              pg_get_expr(d.adbin, d.adrelid), a.attcollation::text, a.attstorage, a.attidentity) as line
       from pg_attribute a join pg_class c on c.oid = a.attrelid
       left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
     union all
     select format('%s: %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint
      where connamespace = 'public'::regnamespace
     union all
     select indexdef from pg_indexes where schemaname = 'public'
     union all
     select format('sequence %s', relname) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'
      order by 1`,
  );
  return rows.map(({ line }) => line);
}

describe.each(databaseKinds)('a store of an earlier schema, on $kind', ({ open }) => {
  let db: Database;
  let feed: FeedServer;
  let fresh: string[];
  beforeAll(async () => {
    feed = await createFeedServer({ '/courses.csv': { headers: { 'content-type': 'text/csv' }, body: COURSES } });
    db = await open();
    await migrate(db);
    fresh = await schemaOf(db);
  });
  afterAll(async () => {
    await db?.close();
    await feed?.close();
  });
  /** What a migration leaves to its session (a function of its own) must not meet the next one. */
  const old = async (files: readonly string[]) => {
    if (db.kind === 'pglite') await db.script('discard temp');
    else {
      await db.close();
      db = await open();
    }
    await makeOld(db, files);
  };

  test.each([...VERSIONS, ...OPENED_LATER])(
    '%s: has the schema of a fresh one and keeps what it holds',
    async (...made) => {
      await old(made.slice(1));
      await fill(db, feed.origin);
      await migrate(db);
      expect(await schemaOf(db)).toEqual(fresh);
      expect(await db.query('select id, status, missing_since from credentials order by identifier')).toMatchObject([
        { id: mintCredentialId('old', 'a'), status: 'live', missing_since: null },
        { id: mintCredentialId('old', 'b'), status: 'missing' },
      ]);
      const store = createStore(db);
      expect(await store.holds.open()).toMatchObject([{ run: 'run_2', kind: 'shrunk', live: 2, identifiers: ['b'] }]);
      expect((await store.ingest.raw('old', ['a']))[0]?.raw).toEqual({ title: 'a' });
      expect((await store.changes.after(0, 10)).map(({ kind }) => kind)).toEqual(['created', 'created']);
      expect(await db.query('select found from problems')).toEqual([{ found: '-4' }]);
      expect(await db.query('select name from migrations where checksum is null')).toEqual([]);
      expect(await migrate(db)).toEqual([]);
    },
  );

  test.each(VERSIONS)('%s: a harvest works, and a source that vanishes is held', async (_, ...files) => {
    await old(files);
    await fill(db, feed.origin);
    await migrate(db);
    const store = createStore(db);
    const crawl = await createTestCrawl(store);
    const run = await crawl.harvest(testSource({ ...source, url: `${feed.origin}/courses.csv` }));
    await crawl.close();
    expect(run).toMatchObject({ state: 'complete', seen: 2, rejected: 0 });
    await store.manifests.setVanished('old', 'the manifest names it no more');
    expect(await store.holds.open()).toMatchObject([
      { source: 'old', kind: 'vanished', live: 2, identifiers: ['a', 'b'] },
    ]);
  });

  test('of several holds of one source the newest stays open', async () => {
    await old(VERSIONS[0]?.slice(1) ?? []);
    await fill(db, feed.origin);
    await db.query(
      `insert into holds (run, source, reason, identifiers, created_at) values ('run_1', 'old', 'before', '["a"]', now() - interval '1 day')`,
    );
    await migrate(db);
    expect((await createStore(db).holds.open()).map(({ run }) => run)).toEqual(['run_2']);
  });
});

describe('migrations', () => {
  const files = readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql'));
  let folder: string;
  let db: Database;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'credatlas-migrations-'));
    db = await (databaseKinds[0] as (typeof databaseKinds)[0]).open();
    await migrate(db);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await db?.close();
  });
  /** The migrations with one of them written otherwise. */
  const withFile = (name: string, text: string): URL => {
    const copy = join(folder, `${name}-${text.length}`);
    cpSync(MIGRATIONS, copy, { recursive: true });
    writeFileSync(join(copy, name), text);
    return pathToFileURL(`${copy}/`);
  };

  test('one that was applied with another text is refused in one line, and nothing is changed', async () => {
    const text = readFileSync(new URL('0001_store.sql', MIGRATIONS), 'utf8');
    const edited = withFile('0001_store.sql', text.replace("'churn', ", ''));
    writeFileSync(new URL('9999_more.sql', edited), 'create table more (id text);');
    await expect(migrate(db, edited)).rejects.toThrow(
      /^the catalogue was made with another text of 0001_store\.sql .*\.$/,
    );
    expect(await db.query(`select to_regclass('more') as more`)).toEqual([{ more: null }]);
  });

  test('line endings do not count', async () => {
    const text = readFileSync(new URL('0001_store.sql', MIGRATIONS), 'utf8');
    expect(await migrate(db, withFile('0001_store.sql', text.replaceAll('\n', '\r\n')))).toEqual([]);
  });

  test('a catalogue of a newer version is refused in one line', async () => {
    const newer = withFile('9998_newer.sql', 'create table newer (id text);');
    expect(await migrate(db, newer)).toEqual(['9998_newer.sql']);
    await expect(migrate(db)).rejects.toThrow(
      /^the catalogue was written by a newer Credatlas \(it has 9998_newer\.sql\)/,
    );
    await db.script(`drop table newer; delete from migrations where name = '9998_newer.sql'`);
    expect(await migrate(db)).toEqual([]);
  });

  test('run in the order of their numbers, none of them twice', () => {
    expect(new Set(files.map((name) => name.slice(0, 4))).size).toBe(files.length);
  });
});

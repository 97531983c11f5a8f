import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import {
  type GraphQLNamedType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIndexer } from '../../../catalogue/search/indexer.ts';
import { createPostgresEngine } from '../../../catalogue/search/postgres.ts';
import type { Store } from '../../../catalogue/store/store.ts';
import { indexerStore } from '../../../commands/open-catalogue.ts';
import { formatError } from '../../../crawler/errors.ts';
import { preview } from '../../../crawler/harvest/preview.ts';
import { loadFormats } from '../../../crawler/registry.ts';
import { createGateway, type Gateway } from '../../../gateway/gateway.ts';
import { runCli, temporaryFolder } from '../../support/cli.ts';
import { createTestCrawl, testSource } from '../../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../../support/feed-server.ts';
import { storeKinds } from '../../support/stores.ts';
import { createCanaries } from './canaries.ts';
import { infestedFeeds } from './infested-feeds.ts';

const canaries = createCanaries();
const feeds = infestedFeeds(canaries);
const places = canaries.places.length;

describe.each(storeKinds)('persons in every place of every format, $kind', ({ kind, open }) => {
  // Readers are the same on every store: what is broken goes through all of them on one, and a fifth of it on the others.
  const every = kind === storeKinds[0]?.kind;
  const these = every ? feeds : feeds.filter(({ id }, n) => id.endsWith('-whole') || n % 5 === 0);
  let store: Store;
  let gateway: Gateway;
  let server: FeedServer;
  let end: () => Promise<void>;
  /** What an operator is told meanwhile. */
  const told: string[] = [];
  const runs: { id: string; state: string; seen: number; rejected: number }[] = [];

  beforeAll(async () => {
    store = await open();
    server = await createFeedServer(
      Object.fromEntries(
        these.map(({ path, mediaType, body }) => [path, { headers: { 'content-type': mediaType }, body }]),
      ),
    );
    const engine = createPostgresEngine(store.db);
    await engine.configure();
    const say = (line: unknown) => void told.push(JSON.stringify(line));
    const crawl = await createTestCrawl(store, { onProgress: say });
    const formats = await loadFormats();
    for (const feed of these) {
      const source = testSource({ id: feed.id, format: feed.format, url: `${server.origin}${feed.path}` });
      try {
        say(await preview({ store, reader: crawl.reader, formats }, source));
        const run = await crawl.harvest(source);
        say(run);
        runs.push({ ...run, id: feed.id });
      } catch (error) {
        say(formatError(error));
        throw error;
      }
    }
    await createIndexer({ store: indexerStore(store), engine }).reconcile();
    gateway = await createGateway({
      catalogue: { ...store.read, search: engine },
      report: ({ error }) => say(formatError(error)),
    });
    end = async () => {
      await gateway?.close();
      await crawl.close();
      await engine.close();
      await server.close();
      await store.close();
    };
  }, 600_000);
  afterAll(() => end?.());

  test('the feeds are read: records come in, and what is broken is told', () => {
    console.log(
      `${places} canaries in ${these.length} of ${feeds.length} feeds; ${runs.reduce((sum, run) => sum + run.seen, 0)} records seen`,
    );
    expect(places).toBeGreaterThan(20_000);
    for (const format of ['csv', 'ctdl', 'moochub', 'ooapi', 'open-badges', 'openedx', 'schema-org', 'xcri-cap']) {
      const of = runs.filter((run) => run.id.startsWith(format));
      expect(
        of.some((run) => run.state === 'complete' && run.seen - run.rejected > 0),
        format,
      ).toBe(true);
      expect(!every || of.some((run) => run.state !== 'complete'), format).toBe(true);
    }
  });

  test('none is in the store or the search index', async () => {
    const tables = await store.db.query<{ name: string; schema: string }>(
      `select table_name as name, table_schema as schema from information_schema.tables
        where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
      [],
    );
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['observations', 'problems', 'credentials', 'search_documents', 'search_words']),
    );
    let raws = 0;
    for (const { name, schema } of tables) {
      const rows = await store.db.query<Record<string, unknown>>(`select * from "${schema}"."${name}"`, []);
      for (const row of rows) {
        for (const value of Object.values(row)) {
          const text = value instanceof Uint8Array ? unpacked(value) : JSON.stringify(value);
          if (value instanceof Uint8Array) raws++;
          expect(canaries.found(text ?? ''), `table ${name}`).toEqual([]);
        }
      }
    }
    expect(raws).toBeGreaterThan(50);
  }, 300_000);

  test('none is in the graph', async () => {
    const ids = (await store.db.query<{ id: string }>('select id from credentials', [])).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(20);
    const credential = gateway.schema.getType('Credential') as GraphQLNamedType;
    const fields = isObjectType(credential) ? Object.keys(credential.getFields()) : [];
    let read = 0;
    for (const field of fields) {
      if (field === 'mergedInto') continue;
      // What has much in it costs accordingly.
      const size = /^(?:elements|opportunities|source)$/.test(field) ? 4 : 20;
      for (let at = 0; at < ids.length; at += size) {
        const selection = selectionOf(credential, 4, new Set(), field);
        const answer = await gateway.execute({
          query: `{ credentials(ids: ${JSON.stringify(ids.slice(at, at + size))}) { ${selection} } }`,
        });
        expect(answer.result.errors, field).toBeUndefined();
        const text = JSON.stringify(answer.result.data);
        read += text.length;
        expect(canaries.found(text), field).toEqual([]);
      }
    }
    expect(read).toBeGreaterThan(100_000);
    for (const { id } of runs) {
      const answer = await gateway.execute({
        query: `{ source(id: ${JSON.stringify(id)}) { title runs { reason problems(first: 100) { identifier path rule found remedy } } } }`,
      });
      expect(answer.result.errors).toBeUndefined();
      expect(canaries.found(JSON.stringify(answer.result.data))).toEqual([]);
    }
  }, 300_000);

  test('none is in what an operator is told: dry runs, progress, ends of runs', () => {
    expect(told.length).toBeGreaterThan(feeds.length);
    expect(told.flatMap((line) => canaries.found(line))).toEqual([]);
  });
});

test('none is in the reports of the command line: validate, harvest --dry-run, and their logs', async () => {
  const folder = temporaryFolder();
  try {
    const chosen = feeds.filter(({ id }) =>
      /(?:template|catalogue-xml|graph-jsonld|courses-v5|course-page).*(?:members-whole|values-broken-middle)$/.test(
        id,
      ),
    );
    expect(chosen.length).toBe(10);
    let lines = 0;
    for (const { id, path, body, format } of chosen) {
      const file = join(folder.path, path.split('/').at(-1) as string);
      writeFileSync(file, body);
      const command =
        lines % 2 ? ['validate', file, '--format', format] : ['harvest', file, '--dry-run', '--format', format];
      const { stdout, stderr } = await runCli(id.includes('whole') ? [...command, '--json'] : command, {
        DATA_DIR: join(folder.path, 'data'),
      });
      expect(canaries.found(stdout + stderr), `${command[0]} ${id}`).toEqual([]);
      expect(stdout.length).toBeGreaterThan(100);
      lines++;
    }
  } finally {
    folder.remove();
  }
}, 300_000);

function unpacked(bytes: Uint8Array): string {
  try {
    return zstdDecompressSync(bytes).toString('utf8');
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}

/** All that a type says, to a depth; `only`: of its fields just this one. */
function selectionOf(type: GraphQLNamedType, depth: number, above: ReadonlySet<string>, only?: string): string {
  if (!isObjectType(type) && !isInterfaceType(type)) return '__typename';
  const inside = new Set(above).add(type.name);
  const fields = Object.values(type.getFields()).flatMap((field) => {
    if (only && field.name !== only) return [];
    const of = getNamedType(field.type);
    if (isScalarType(of) || isEnumType(of)) return [field.name];
    if (!isCompositeType(of) || depth === 0 || inside.has(of.name)) return [];
    const within = selectionOf(of, depth - 1, inside);
    return within ? [`${field.name} { ${within} }`] : [];
  });
  return fields.join(' ');
}

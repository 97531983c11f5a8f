import type { Catalogue } from '../../catalogue/catalogue.ts';
import { createIndexer } from '../../catalogue/search/indexer.ts';
import { createPostgresEngine } from '../../catalogue/search/postgres.ts';
import type { SearchEngine } from '../../catalogue/search/search-engine.ts';
import { factsOf } from '../../catalogue/store/facts.ts';
import { createReader } from '../../catalogue/store/read.ts';
import { recordKey, rowKey } from '../../catalogue/store/row-key.ts';
import { openStore, type Store } from '../../catalogue/store/store.ts';
import { indexerStore } from '../../commands/open-catalogue.ts';
import { createRuleBook } from '../../crawler/problems/rule-book.ts';
import { canonicalAlternate } from '../../schema/index.ts';
import { credentials, providers, sources } from './fixture-records.ts';

/** Calls per method. */
export type Calls = Record<string, number>;

export interface FixtureCatalogue {
  catalogue: Catalogue;
  calls: Calls;
  /** SQL statements sent since it was last emptied, search left out. */
  statements: string[];
  /** Makes the next calls of a method (`credentials.byIds`) fail. */
  fail(method: string, error: Error | undefined): void;
  close(): Promise<void>;
}

/** The real store and search engine, holding exactly the fixture records; counts calls and statements. */
export async function createFixtureCatalogue(
  options: { open?: () => Promise<Store>; engine?: SearchEngine } = {},
): Promise<FixtureCatalogue> {
  const store = await (options.open ?? (() => openStore({})))();
  await load(store);
  await store.pauses.set({ origin: 'https://resting.example' }, { reason: 'maintenance' });
  await store.operations.tellQueueDepth(7);
  const engine = options.engine ?? createPostgresEngine(store.db);
  await engine.configure();
  await createIndexer({ store: indexerStore(store), engine }).reindex();

  const statements: string[] = [];
  const read = createReader({
    ...store.db,
    query: (text, params) => {
      statements.push(text);
      return store.db.query(text, params);
    },
  });
  const calls: Calls = {};
  const failures = new Map<string, Error>();
  const counted = <T extends object>(prefix: string, methods: T): T =>
    Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [
        name,
        typeof method !== 'function'
          ? method
          : async (...args: unknown[]) => {
              const key = `${prefix}${name}`;
              calls[key] = (calls[key] ?? 0) + 1;
              const failure = failures.get(key);
              if (failure) throw failure;
              return method(...args);
            },
      ]),
    ) as T;
  const catalogue: Catalogue = {
    credentials: counted('credentials.', read.credentials),
    providers: counted('providers.', read.providers),
    sources: counted('sources.', read.sources),
    rules: createRuleBook(),
    ...counted('', { statistics: read.statistics, operations: read.operations }),
    search: { ...engine, ...counted('search.', { query: engine.query, suggest: engine.suggest }) },
  };
  return {
    catalogue,
    calls,
    statements,
    fail: (method, error) => {
      if (error) failures.set(method, error);
      else failures.delete(method);
    },
    async close() {
      await engine.close();
      await store.close();
    },
  };
}

async function load({ db, putSource }: Store): Promise<void> {
  for (const { definition, lastRun } of sources) {
    await putSource(definition);
    if (!lastRun) continue;
    await db.query(
      `insert into runs (id, source, format, normaliser, state, started_at, finished_at, seen, created, rejected, problems, requests, bytes)
       values ($1, $2, $3, '1', $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        lastRun.id,
        lastRun.source,
        lastRun.format,
        lastRun.state,
        lastRun.startedAt,
        lastRun.finishedAt,
        lastRun.seen,
        lastRun.created,
        lastRun.rejected,
        lastRun.problems,
        lastRun.requests,
        lastRun.bytes,
      ],
    );
    await db.query(
      `insert into problems (source, run, identifier, path, rule, severity, found, remedy)
       values ($1, $2, 'course-99', '/title', 'title-missing', 'rejected', '', 'give the record a title')`,
      [lastRun.source, lastRun.id],
    );
  }
  for (const { record, retrievedAt, changedAt } of providers) {
    await db.query(
      `insert into providers (id, source, identifier, document, hash, retrieved_at, changed_at)
       values ($1, $2, $3, $4::jsonb, '', $5, $6)`,
      [record.id, record.source, record.identifier, JSON.stringify(record), retrievedAt, changedAt],
    );
    await alternates(db, 'provider', record);
  }
  for (const stored of credentials) {
    const { record } = stored;
    const bodies = [...(record.awardingBody.value ?? []), ...(record.offeredBy.value ?? [])].map((body) => body.id);
    await db.query(
      `insert into credentials (id, source, identifier, document, hash, providers, version, status, first_seen,
         retrieved_at, changed_at, withdrawn_reason, merged_into, observation, facts)
       values ($1, $2, $3, $4::jsonb, '', $5::text[], $6, $7, $8, $9, $10, $11, $12, $13, $14::text[])`,
      [
        record.id,
        record.source,
        record.identifier,
        JSON.stringify(record),
        [...new Set(bodies)],
        stored.version,
        stored.status,
        stored.firstSeen,
        stored.retrievedAt,
        stored.changedAt,
        stored.withdrawnReason ?? null,
        stored.mergedInto ?? null,
        recordKey(record.source, record.identifier),
        factsOf(record),
      ],
    );
    await alternates(db, 'credential', record);
  }
}

async function alternates(
  db: Store['db'],
  entity: string,
  record: { id: string; identifier: string; alternates: string[]; url?: string },
) {
  const names = [record.identifier, ...record.alternates, ...(record.url ? [record.url] : [])].map(canonicalAlternate);
  await db.query(
    `insert into alternates (key, alternate, entity, id)
     select k, a, $1, $2 from unnest($3::uuid[], $4::text[]) as n (k, a) on conflict do nothing`,
    [entity, record.id, names.map((name) => rowKey(entity, name)), names],
  );
}

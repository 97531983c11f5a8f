import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { RunSummary } from '../../catalogue/catalogue.ts';
import { openStore, type Store } from '../../catalogue/store/store.ts';
import { createFetchGate } from '../../crawler/fetch/fetch-gate.ts';
import type { Resolver } from '../../crawler/fetch/guarded-connect.ts';
import { createInProcessClock } from '../../crawler/fetch/in-process-clock.ts';
import type { FetchLimits } from '../../crawler/fetch/limits.ts';
import { createRobots } from '../../crawler/fetch/robots.ts';
import { createStoreClock } from '../../crawler/fetch/store-clock.ts';
import { createHarvester, type HarvesterDeps } from '../../crawler/harvest/harvester.ts';
import { createReader } from '../../crawler/harvest/reader.ts';
import { loadFormats } from '../../crawler/registry.ts';
import { SourceDefinition } from '../../schema/index.ts';
import { type Answer, createFaultServer, type FaultServer } from './fault-server.ts';
import { ledger } from './ledger.ts';
import { compileOnce, createPostgres, createRedis, scratch, until } from './servers.ts';

/** Says why a case has failed. */
export class Failed extends Error {}

export function check(holds: unknown, what: string): asserts holds {
  if (!holds) throw new Failed(what);
}

export function same(actual: unknown, wanted: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(wanted)];
  check(a === b, `${what}: ${String(a).slice(0, 300)}, not ${String(b).slice(0, 300)}`);
}

/** A case: one line of the report. */
export interface Case {
  name: string;
  family: string;
  run(context: Context): Promise<void>;
  /** What it takes and is not here: then the case is passed over, and that is told. */
  lacks?(): string | undefined;
  /** Bound of the case in seconds; 60 unless told. */
  seconds?: number;
  /** Told before the first case runs, when the case is among those chosen. */
  chosen?(): void;
  /** `first`: waits for minutes, so it begins with the suite; `beside`: waits more than it works, so it runs while others do; `alone`: takes away what all share. */
  track?: 'first' | 'beside' | 'alone';
}

/** What one run of the suite shares: a PostgreSQL, a Redis, a catalogue for the cases that need none of their own. */
export async function createContext() {
  const directory = scratch();
  compileOnce(directory);
  const postgres = await createPostgres(directory);
  const closers: (() => Promise<void> | void)[] = [];
  let shared: Promise<Store> | undefined;
  let n = 0;
  const formats = new Map([...(await loadFormats()), ...(await loadFormats(new URL('./formats/', import.meta.url)))]);

  async function sql(text: string, database = 'postgres'): Promise<void> {
    const client = new pg.Client(postgres.url(database));
    await client.connect();
    await client.query(text).finally(() => client.end());
  }

  /** A migrated database of its own, copied from one that was migrated once. */
  let template: Promise<string> | undefined;
  async function database(): Promise<string> {
    template ??= (async () => {
      await sql('create database template_catalogue');
      const store = await openStore({ databaseUrl: postgres.url('template_catalogue') });
      await store.close();
      return 'template_catalogue';
    })();
    const name = `c${randomUUID().replaceAll('-', '').slice(0, 16)}`;
    copying = copying.then(async () => sql(`create database ${name} template ${await template}`));
    await copying;
    return postgres.url(name);
  }
  let copying: Promise<void> = Promise.resolve();

  const context = {
    directory,
    postgres,
    formats,
    database,
    /** The catalogue that most cases share; each case has sources of its own in it. */
    store: () => {
      shared ??= database().then((databaseUrl) => openStore({ databaseUrl }));
      return shared;
    },
    /** A server and a Redis that end with the suite. */
    redis: (options?: { persistent?: boolean }) => createRedis(directory, options),
    later: (close: () => Promise<void> | void) => void closers.push(close),
    id: (name: string) =>
      `s-${name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, 40)}-${++n}`,
    async server(routes: Record<string, Answer> = {}): Promise<FaultServer> {
      const server = await createFaultServer(routes);
      closers.push(() => server.close());
      return server;
    },
    async close() {
      const bounded = (close: () => Promise<void> | void) =>
        Promise.race([Promise.resolve(close()).catch(() => {}), sleep(5_000, undefined, { ref: false })]);
      for (const close of closers.reverse()) await bounded(close);
      await bounded(async () => (await shared)?.close());
      await bounded(() => postgres.crash());
      const { rmSync } = await import('node:fs');
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return context;
}

export type Context = Awaited<ReturnType<typeof createContext>>;

/** A source on loopback, in no hurry to be polite unless a case wants it so. */
export const sourceOf = (given: Partial<SourceDefinition> & Pick<SourceDefinition, 'id' | 'url'>): SourceDefinition =>
  SourceDefinition.parse({
    title: given.id,
    publisher: 'Fault server',
    licence: 'CC0-1.0',
    format: 'ooapi',
    allowLoopback: true,
    politeness: { requestsPerSecond: 200, concurrency: 2 },
    ...given,
  });

/** A crawler in this process: the real gate, robots.txt, reader and harvester over a store. */
export function crawlerIn(
  context: Pick<Context, 'formats'>,
  store: Store,
  options: { limits?: Partial<FetchLimits>; resolver?: Resolver; clock?: 'store' } & Partial<HarvesterDeps> = {},
) {
  const { limits, resolver, clock, ...deps } = options;
  const gate = createFetchGate({
    clock:
      clock === 'store'
        ? createStoreClock(store.hosts)
        : createInProcessClock({ backoff: (mood) => ({ mood, closedSeconds: 0 }) }),
    contact: 'https://faults.example/about',
    limits,
    resolver,
  });
  const reader = createReader({ gate, robots: createRobots({ fetch: gate.fetch }) });
  const harvester = createHarvester({ store, reader, formats: context.formats, patienceSeconds: 0, ...deps });
  return {
    gate,
    reader,
    harvester,
    async harvest(source: SourceDefinition): Promise<RunSummary> {
      const id = await harvester.start(source);
      const run = await harvester.continue(id);
      if (run) return run;
      // A worker on the same store may take a run that was just begun for one that nobody goes on with: then it ends it.
      return until(
        'the end of a run that somebody else holds',
        async () => {
          const summary = await store.runs.get(id);
          return summary && summary.state !== 'running' ? summary : undefined;
        },
        30,
      );
    },
    close: () => gate.close(),
  };
}

/** A provider, a source and a crawler over the shared store, for the cases that need no process of their own. */
export async function scene(
  context: Context,
  name: string,
  routes: Record<string, Answer>,
  options: Parameters<typeof crawlerIn>[2] & { source?: Partial<SourceDefinition> } = {},
) {
  const { source: more, ...rest } = options;
  const store = await context.store();
  const server = await context.server(routes);
  const crawler = crawlerIn(context, store, rest);
  context.later(crawler.close);
  const id = context.id(name);
  const source = sourceOf({ id, url: `${server.origin}/courses`, ...more });
  return {
    id,
    store,
    server,
    source,
    crawler,
    harvest: (changed: Partial<SourceDefinition> = {}) => crawler.harvest({ ...source, ...changed }),
    /** Status of the source's records: how many are live, missing, withdrawn. */
    async counts() {
      const rows = await store.db.query<{ status: string; n: number }>(
        'select status, count(*)::int as n from credentials where source = $1 group by status',
        [id],
      );
      return { live: 0, missing: 0, withdrawn: 0, ...Object.fromEntries(rows.map((row) => [row.status, row.n])) };
    },
    titles: async (): Promise<string[]> =>
      (
        await store.db.query<{ title: string }>(
          `select document->'title'->'value'->0->>'value' as title from credentials where source = $1 order by identifier`,
          [id],
        )
      ).map((row) => row.title),
    async problems(rule?: string) {
      return store.db.query<{
        identifier: string;
        rule: string;
        severity: string;
        path: string;
        found: string;
        remedy: string;
      }>(
        'select identifier, rule, severity, path, found, remedy from problems where source = $1 and ($2::text is null or rule = $2)',
        [id, rule ?? null],
      );
    },
    async ledger() {
      const wrong = await ledger(store);
      check(wrong.length === 0, `ledger: ${wrong.join('; ')}`);
    },
  };
}

import {
  askedAlternates,
  type Credential,
  type Provider,
  type SourceDefinition,
  STANDARD_ELEMENTS,
} from '../../schema/index.ts';
import type {
  Catalogue,
  HoldSummary,
  RecordProblem,
  RecordStatus,
  RunSummary,
  SourceState,
  StoredCredential,
  StoredProvider,
  StoredSource,
} from '../catalogue.ts';
import { readOperations } from './operations.ts';
import { pauseOf } from './pauses.ts';
import { createPurges } from './purge.ts';
import { rowKey } from './row-key.ts';
import { RUN_COLUMNS, toRunSummary } from './runs.ts';
import type { Database } from './sql.ts';
import { readStatistics } from './statistics.ts';
import { storableParameters } from './storable-parameters.ts';

export interface CredentialRow {
  id: string;
  document: Credential;
  status: RecordStatus;
  version: number;
  retrieved_at: Date;
  first_seen: Date;
  changed_at: Date;
  withdrawn_reason: string | null;
  merged_into: string | null;
  places: number[];
}

export const CREDENTIAL_COLUMNS = `c.id, c.document, c.status, c.version,
  coalesce(o.retrieved_at, c.retrieved_at) as retrieved_at, c.first_seen, c.changed_at, c.withdrawn_reason, c.merged_into,
  to_jsonb(c.seq || c.earlier) as places`;

export const toCredential = (row: CredentialRow): StoredCredential => ({
  record: row.document,
  status: row.status,
  version: row.version,
  retrievedAt: row.retrieved_at.toISOString(),
  firstSeen: row.first_seen.toISOString(),
  changedAt: row.changed_at.toISOString(),
  withdrawnReason: row.withdrawn_reason ?? undefined,
  mergedInto: row.merged_into ?? undefined,
  places: row.places,
});

interface ProviderRow {
  id: string;
  document: Provider;
  status: RecordStatus;
  retrieved_at: Date;
  changed_at: Date;
}

const toProvider = (row: ProviderRow): StoredProvider => ({
  record: row.document,
  status: row.status,
  retrievedAt: row.retrieved_at.toISOString(),
  changedAt: row.changed_at.toISOString(),
});

/** Puts rows in the order of the keys asked. */
const inOrder = <R, T>(
  keys: readonly string[],
  rows: R[],
  key: (row: R) => string,
  to: (row: R) => T,
): (T | undefined)[] => {
  const found = new Map(rows.map((row) => [key(row), row]));
  return keys.map((k) => {
    const row = found.get(k);
    return row && to(row);
  });
};

/** The read side of the store: what subgraphs ask, one statement a call. */
export function createReader(database: Database): Omit<Catalogue, 'search'> {
  const db = storableParameters(database);
  const resolve = (entity: 'credential' | 'provider') => async (asked: readonly string[]) => {
    const table = entity === 'credential' ? 'credentials' : 'providers';
    const merged = entity === 'credential' ? 'coalesce(t.merged_into, t.id)' : 't.id';
    const keys = asked.flatMap((text) =>
      askedAlternates(text).map((form, rank) => ({ text, key: rowKey(entity, form), rank })),
    );
    const rows = await db.query<{ asked: string; id: string }>(
      `select distinct on (q.asked) q.asked, ${merged} as id
         from (select asked, asked as id, 0 as rank from unnest($1::text[]) as a (asked)
               union all
               select k.asked, a.id, k.rank from unnest($2::text[], $3::uuid[], $4::int[]) as k (asked, key, rank)
                cross join lateral (select id from alternates where key = k.key offset 0) a) q
        cross join lateral (select * from ${table} where id = q.id offset 0) t
        order by q.asked, (t.id = q.asked) desc, q.rank, (t.status = 'live') desc, t.id`,
      [asked, keys.map(({ text }) => text), keys.map(({ key }) => key), keys.map(({ rank }) => rank)],
    );
    return inOrder(
      asked,
      rows,
      (row) => row.asked,
      (row) => row.id,
    );
  };

  return {
    credentials: {
      async byIds(ids) {
        const rows = await db.query<CredentialRow>(
          `select ${CREDENTIAL_COLUMNS} from credentials c
             left join lateral (select retrieved_at from observations where key = c.observation offset 0) o on true
            where c.id = any($1::text[])`,
          [ids],
        );
        return inOrder(ids, rows, (row) => row.id, toCredential);
      },
      resolve: resolve('credential'),
      purged: createPurges(db).purged,
      async countByProviders(providers) {
        const rows = await db.query<{ provider: string; n: number }>(
          `select p.provider, count(c.id)::int as n from unnest($1::text[]) as p (provider)
             left join credentials c on c.providers @> array[p.provider] and c.status <> 'withdrawn' group by 1`,
          [providers],
        );
        return inOrder(
          providers,
          rows,
          (row) => row.provider,
          (row) => row.n,
        ).map((n) => n ?? 0);
      },
    },
    providers: {
      async byIds(ids) {
        const rows = await db.query<ProviderRow>(
          'select id, document, status, retrieved_at, changed_at from providers where id = any($1::text[])',
          [ids],
        );
        return inOrder(ids, rows, (row) => row.id, toProvider);
      },
      resolve: resolve('provider'),
      async list({ first, after, country, text }) {
        const rows = await db.query<ProviderRow & { total: number }>(
          `with matching as (
             select * from providers
              where status <> 'withdrawn' and ($1::text is null or document ->> 'country' = $1)
                and ($2::text is null or exists (
                  select from jsonb_array_elements(coalesce(document -> 'name', '[]')) n
                   where position(lower($2) in lower(n ->> 'value')) > 0))
           )
           select p.*, c.total from (select count(*)::int as total from matching) c left join lateral (
             select id, document, status, retrieved_at, changed_at
               from matching where $3::text is null or id > $3 order by id limit $4) p on true order by p.id`,
          [country ?? null, text || null, after ?? null, first],
        );
        return { total: rows[0]?.total ?? 0, providers: rows.filter((row) => row.id !== null).map(toProvider) };
      },
    },
    sources: {
      async byIds(ids) {
        return inOrder(ids, await sourceRows(db, ids), (row) => row.definition.id, toSource);
      },
      async list() {
        return (await sourceRows(db, null)).map(toSource);
      },
      async runs(sources, limit) {
        const rows = await db.query<Parameters<typeof toRunSummary>[0]>(
          `select ${RUN_COLUMNS} from (
             select *, row_number() over (partition by source order by started_at desc) as n from runs
              where source = any($1::text[])) r
            where n <= $2 order by started_at desc`,
          [sources, limit],
        );
        const summaries = rows.map(toRunSummary);
        return sources.map((source) => summaries.filter((run) => run.source === source));
      },
      async problems(runs, limit) {
        const rows = await db.query<RecordProblem>(
          `select run, identifier, path, rule, severity, found, remedy from (
             select *, row_number() over (partition by run order by (severity = 'rejected') desc, id) as n
               from problems where run = any($1::text[])) p
            where n <= $2 order by run, n`,
          [runs, limit],
        );
        return runs.map((run) => rows.filter((row) => row.run === run));
      },
      async completeness(sources) {
        const rows = await db.query<{ source: string; records: number; stated: Record<string, number> }>(
          `select s.id as source, s.records, coalesce(t.stated, '{}') as stated from sources s left join lateral (
             select jsonb_object_agg(substr(fact, 8), n) as stated from tallies
              where source = s.id and fact like 'stated %') t on true
            where s.id = any($1::text[])`,
          [sources],
        );
        return inOrder(
          sources,
          rows,
          (row) => row.source,
          ({ records, stated }) => ({
            records,
            stated: records ? Object.fromEntries(STANDARD_ELEMENTS.map((name) => [name, stated[name] ?? 0])) : {},
          }),
        ).map((entry) => entry ?? { records: 0, stated: {} });
      },
    },
    operations: () => readOperations(db),
    statistics: () => readStatistics(db),
  };
}

interface SourceRow {
  definition: SourceDefinition;
  records: number;
  last_run: (Omit<RunSummary, 'startedAt' | 'finishedAt'> & { startedAt: string; finishedAt: string | null }) | null;
  fresh_at: Date | null;
  state: SourceState;
  state_since: Date;
  paused_at: Date | null;
  paused_until: Date | null;
  now: Date;
  pause_reason: string | null;
  vanished_at: Date | null;
  vanished_reason: string | null;
  retired_at: Date | null;
  retired_reason: string | null;
  file_gone_at: Date | null;
  switched: boolean | null;
  hold: HoldSummary | null;
}

/** How many identifiers of a hold are told with its source. */
const HELD_SHOWN = 20;

/** All sources, or those with the given ids, with live count, last run, state and hold. One statement. */
function sourceRows(db: Database, ids: readonly string[] | null): Promise<SourceRow[]> {
  return db.query<SourceRow>(
    `select s.definition, s.records, to_jsonb(r) as last_run, f.fresh_at,
            s.state, s.state_since, s.paused_at, s.paused_until, s.pause_reason, now() as now,
            s.vanished_at, s.vanished_reason, s.retired_at, s.retired_reason, sf.gone_at as file_gone_at, s.switched, h.hold
       from sources s
       left join source_files sf on sf.id = s.id
       left join lateral (select ${RUN_COLUMNS} from runs where source = s.id order by started_at desc limit 1) r on true
       left join lateral (select max(finished_at) as fresh_at from runs
                           where source = s.id and state = 'complete' and trigger <> 'replay') f on true
       left join lateral (
         select jsonb_build_object('run', run, 'kind', kind, 'reason', reason, 'since', created_at,
                  'count', jsonb_array_length(identifiers),
                  'identifiers', jsonb_path_query_array(identifiers, '$[0 to ${HELD_SHOWN - 1}]')) as hold
           from holds where source = s.id and cleared_at is null limit 1) h on true
      where $1::text[] is null or s.id = any($1::text[]) order by s.id`,
    [ids],
  );
}

const toSource = (row: SourceRow): StoredSource => ({
  definition: row.definition,
  records: row.records,
  lastRun: row.last_run
    ? {
        ...row.last_run,
        reason: row.last_run.reason ?? undefined,
        startedAt: new Date(row.last_run.startedAt).toISOString(),
        finishedAt: row.last_run.finishedAt ? new Date(row.last_run.finishedAt).toISOString() : undefined,
        changesSince: row.last_run.changesSince ? new Date(row.last_run.changesSince).toISOString() : undefined,
      }
    : undefined,
  freshAt: row.fresh_at?.toISOString(),
  state: row.state,
  ...(row.state === 'new' ? {} : { stateSince: row.state_since.toISOString() }),
  ...(row.hold ? { hold: { ...row.hold, since: new Date(row.hold.since).toISOString() } } : {}),
  ...pauseOf(row, row.now),
  ...(row.vanished_at
    ? { vanished: { since: row.vanished_at.toISOString(), reason: row.vanished_reason ?? undefined } }
    : {}),
  ...(row.retired_at
    ? { retired: { since: row.retired_at.toISOString(), reason: row.retired_reason ?? undefined } }
    : {}),
  ...(row.file_gone_at ? { fileGoneSince: row.file_gone_at.toISOString() } : {}),
  ...(row.switched === null ? {} : { switched: row.switched }),
});

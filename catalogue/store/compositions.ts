import type { Batch } from './batch.ts';
import { recordKey } from './row-key.ts';
import { holdRun } from './run-fence.ts';
import type { Database, Sql } from './sql.ts';

/** A record to be put together anew; `parts`: how many parts it has. */
export interface Composition {
  identifier: string;
  /** As what its main record was counted when it was read, before anybody knew what comes of it. */
  counted: 'updated' | 'unchanged' | 'rejected' | null;
  parts: number;
}

/** Parts a statement counts at most; a record with more is read by itself. */
const MOST_PARTS = 5_000;

/** Notes whose parts have changed: however many pages they come from, readers see the record change once. */
export async function noteCompositions(sql: Sql, { run, source, compositions }: Batch): Promise<void> {
  if (!compositions.length) return;
  await sql.query(
    `insert into compositions as c (run, source, record, identifier, counted)
     select $1, $2, r.record, r.identifier, nullif(r.counted, '')
       from unnest($3::uuid[], $4::text[], $5::text[]) as r (record, identifier, counted)
     on conflict (record) do update set run = excluded.run,
       counted = case when c.run = excluded.run then coalesce(c.counted, excluded.counted) else excluded.counted end`,
    [
      run,
      source,
      compositions.map(({ identifier }) => recordKey(source, identifier)),
      compositions.map(({ identifier }) => identifier),
      compositions.map(({ counted }) => counted ?? ''),
    ],
  );
}

/** Strikes off what a batch has put together, and notes whether it could be. */
export async function settleCompositions(sql: Sql, { source, composed }: Batch): Promise<void> {
  if (!composed?.length) return;
  const keys = (rows: typeof composed) => rows.map(({ identifier }) => recordKey(source, identifier));
  const turned = (state: string) => keys(composed.filter((row) => row.state === state));
  await sql.query('delete from compositions where record = any($1::uuid[])', [keys(composed)]);
  for (const state of ['accepted', 'rejected']) {
    await sql.query('update observations set state = $1 where key = any($2::uuid[]) and state <> $1', [
      state,
      turned(state),
    ]);
  }
}

/** What has yet to be put together. */
export function createCompositions(db: Database) {
  return {
    /** The source's next records; together they have some thousand parts, one alone may have more. */
    async next(source: string, run: string, limit: number): Promise<Composition[]> {
      const rows = await db.query<Composition>(
        `select c.identifier, p.n as parts, coalesce(case when c.run = $3 then c.counted end, m.counted) as counted
           from (select record, run, identifier, counted from compositions where source = $1 order by record limit $2) c
           left join lateral (
             -- read in this run and found as it was: so it was counted, wherever its parts stood
             select case when o.state = 'rejected' then 'rejected' else 'unchanged' end as counted
               from (select * from observations where key = c.record offset 0) o
               left join lateral (select changed_run from credentials where observation = o.key offset 0) r on true
              where o.last_run = $3 and o.first_run <> $3 and r.changed_run is distinct from $3) m on true
           cross join lateral (select count(*)::int as n from (
             select 1 from observations where record = c.record and part <> '' limit ${MOST_PARTS}) o) p`,
        [source, limit, run],
      );
      let parts = 0;
      return rows.filter((row, i) => {
        parts += row.parts;
        return i === 0 || parts <= MOST_PARTS;
      });
    },

    /** Adds records to those to be put together. */
    note: (run: string, source: string, identifiers: readonly string[], owner?: string): Promise<void> =>
      db.transaction(async (sql) => {
        await holdRun(sql, run, owner);
        const compositions = identifiers.map((identifier) => ({ identifier }));
        await noteCompositions(sql, { run, source, compositions } as Batch);
      }),
  };
}

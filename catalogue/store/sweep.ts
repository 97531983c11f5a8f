import { Guard } from '../../schema/index.ts';
import { recordChanges, takeTurn } from './changes.ts';
import { type GuardFacts, guard } from './guard.ts';
import { type HoldKind, openHold, stillHeld } from './holds.ts';
import { recordKey } from './row-key.ts';
import { holdRun } from './run-fence.ts';
import type { Database, Sql } from './sql.ts';

/** Rows a statement: readers of the embedded store, and who waits for the change log, wait for the one under way. */
const WALK = 5_000;
const LET_GO = 500;

export interface SweepRules {
  guard: Guard;
  /** Days that a missing record is kept before it is withdrawn; 0: until the next complete run. */
  graceDays: number;
  /** Who must still hold the run. */
  owner?: string;
}

const RULES: SweepRules = { guard: Guard.parse({}), graceDays: 0 };

/** `missing` and `withdrawn` count what this run did, an earlier, interrupted attempt included. */
export type SweepResult =
  | { held: false; missing: number; withdrawn: number; lostParts: string[] }
  | { held: true; kind: HoldKind; reason: string; identifiers: string[] };

interface Unseen {
  id: string;
  identifier: string;
  /** Live until this run; the others are missing and their grace is over. */
  live: boolean;
  /** Confirmed by a complete run or an approval. */
  settled: boolean;
}

interface RunFacts {
  seen: number;
  rejected: number;
  standing: number;
  records: number;
  settled: number | null;
  settledRecords: number;
}

/**
 * What a source's complete run has not seen: live records become missing (flagged, still shown), records whose grace
 * is over become withdrawn (a tombstone). Only to be called after a run proven complete, and safe to call again after
 * a crash: what the run flagged it does not also withdraw. When too much would go, nothing does, and the run is to be
 * held with the list. Goes through the source in steps, so that nobody waits long for any of them.
 */
export async function sweep(db: Database, run: string, source: string, rules = RULES): Promise<SweepResult> {
  const [facts] = await db.query<RunFacts>(
    `select r.seen, r.rejected, r.standing, s.records, s.settled::float8 as settled, s.settled_records as "settledRecords"
       from runs r join sources s on s.id = r.source where r.id = $1 and r.source = $2 and r.trigger <> 'replay'`,
    [run, source],
  );
  if (!facts) throw new Error(`run ${run} is no harvest of ${source}: only a harvest can tell what is gone`);
  const { unseen, lostParts } = await walk(db, run, source, facts.settled, rules.graceDays);
  const held = guard(await weigh(db, run, source, facts, unseen), rules.guard);
  if (held) {
    const identifiers = unseen.map((row) => row.identifier);
    await db.transaction(async (sql) => {
      await holdRun(sql, run, rules.owner);
      await openHold(sql, { run, source, ...held, identifiers });
    });
    return { held: true, kind: held.kind, reason: held.reason, identifiers };
  }
  for (let from = 0; from < unseen.length; from += LET_GO) {
    await db.transaction((sql) => letGo(sql, run, rules.owner, unseen.slice(from, from + LET_GO)));
  }
  const [swept] = await db.query<{ missing: number; withdrawn: number }>(
    'select missing, withdrawn from runs where id = $1',
    [run],
  );
  return { held: false, missing: swept?.missing ?? 0, withdrawn: swept?.withdrawn ?? 0, lostParts };
}

/** Through all raw records of the source in the order in which they came: whose record, and whose parts, the run has not seen. */
async function walk(db: Sql, run: string, source: string, settled: number | null, graceDays: number) {
  const unseen: Unseen[] = [];
  const lostParts = new Set<string>();
  for (let after = 0; ; ) {
    const [step] = await db.query<{ last: number | null; unseen: string[] | null; lost: string[] | null }>(
      `with step as materialized (
         select n, identifier, part, last_run <> $3 as unseen from observations
          where source = $1 and n > $2 order by n limit ${WALK})
       select max(n)::float8 as last, array_agg(identifier order by n) filter (where unseen and part = '') as unseen,
              array_agg(distinct identifier) filter (where unseen and part <> '') as lost from step`,
      [source, after, run],
    );
    if (!step?.last) break;
    after = step.last;
    for (const identifier of step.lost ?? []) lostParts.add(identifier);
    if (!step.unseen) continue;
    const rows = await db.query<Unseen>(
      `select id, identifier, status = 'live' as live, $3::bigint is null or since <= $3 as settled
         from (select * from credentials where observation = any($1::uuid[]) offset 0) c
        where merged_into is null and (status = 'live' or (status = 'missing' and changed_run is distinct from $2
               and (missing_since is null or missing_since <= now() - make_interval(days => $4))))`,
      [step.unseen.map((identifier) => recordKey(source, identifier)), run, settled, graceDays],
    );
    unseen.push(...rows);
  }
  unseen.sort((a, b) => (a.identifier < b.identifier ? -1 : 1));
  return { unseen, lostParts: [...lostParts].sort() };
}

/** What of the source would go, in numbers. A source that no run has ever read to its end is measured by all that stands. */
async function weigh(db: Sql, run: string, source: string, facts: RunFacts, unseen: Unseen[]): Promise<GuardFacts> {
  const settled = facts.settled === null ? facts.standing : Math.min(facts.settledRecords, facts.standing);
  const live = unseen.filter((row) => row.live);
  return {
    seen: facts.seen,
    rejected: facts.rejected,
    standing: facts.standing,
    settled,
    created: Math.max(0, facts.records - settled),
    going: live.length,
    settledGoing: live.filter((row) => row.settled).length,
    withdrawing: unseen.length - live.length,
    settledUnseen: unseen.filter((row) => row.settled).length,
    heldGoing: await stillHeld(db, source, run),
    spoiled: facts.rejected > 0 && !unseen.length && (await spoiled(db, run, source)),
  };
}

/** Whether a record that can be found is among those that the run could not read. */
async function spoiled(db: Sql, run: string, source: string): Promise<boolean> {
  for (let after = 0; ; ) {
    const [step] = await db.query<{ last: number | null; rejected: string[] | null }>(
      `with step as materialized (
         select id, identifier, severity from problems where run = $1 and id > $2 order by id limit ${WALK})
       select max(id)::float8 as last, array_agg(identifier) filter (where severity = 'rejected' and identifier is not null)
                as rejected from step`,
      [run, after],
    );
    if (!step?.last) return false;
    after = step.last;
    if (!step.rejected) continue;
    const [found] = await db.query(
      `select 1 from (select status from credentials where observation = any($1::uuid[]) offset 0) c
        where status <> 'withdrawn' limit 1`,
      [step.rejected.map((identifier) => recordKey(source, identifier))],
    );
    if (found) return true;
  }
}

async function letGo(sql: Sql, run: string, owner: string | undefined, unseen: readonly Unseen[]): Promise<void> {
  await holdRun(sql, run, owner);
  await takeTurn(sql);
  const reason = 'not in the source any more, and its grace is over';
  await sql.query(
    `update credentials set status = case when status = 'live' then 'missing' else 'withdrawn' end,
            missing_since = case when status = 'live' then now() else missing_since end,
            withdrawn_reason = case when status = 'missing' then $2 end,
            version = version + 1, changed_at = now(), changed_run = $3
      where id = any($1::text[])`,
    [unseen.map((row) => row.id), reason, run],
  );
  const live = unseen.filter((row) => row.live).length;
  await sql.query('update runs set missing = missing + $2, withdrawn = withdrawn + $3 where id = $1', [
    run,
    live,
    unseen.length - live,
  ]);
  await recordChanges(
    sql,
    'credential',
    run,
    unseen.map((row) =>
      row.live
        ? { id: row.id, kind: 'missing', reason: 'not in the last complete run' }
        : { id: row.id, kind: 'withdrawn', reason },
    ),
  );
}

/** Parts that a complete run has not seen are forgotten, in steps. */
export async function sweepParts(db: Database, run: string, source: string): Promise<void> {
  for (let after = 0; ; ) {
    const [step] = await db.query<{ last: number | null; lost: string[] | null }>(
      `select max(n)::float8 as last, array_agg(key) filter (where part <> '' and last_run <> $3) as lost from (
         select n, key, part, last_run from observations where source = $1 and n > $2 order by n limit ${WALK}) step`,
      [source, after, run],
    );
    if (!step?.last) return;
    after = step.last;
    if (step.lost) await db.query('delete from observations where key = any($1::uuid[])', [step.lost]);
  }
}

import { Guard } from '../../schema/index.ts';
import { recordChanges } from './changes.ts';
import { type HoldKind, openHold } from './holds.ts';
import { holdRun } from './run-fence.ts';
import type { Database, Sql } from './sql.ts';

/** Up to so many records may always go in one run, unless they are the last of their source. */
const ALWAYS = 2;

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
  | { held: false; missing: number; withdrawn: number }
  | { held: true; kind: HoldKind; reason: string; identifiers: string[] };

interface Unseen {
  id: string;
  identifier: string;
  /** Live until this run; the others are missing and their grace is over. */
  live: boolean;
}

/**
 * What a source's complete run has not seen: live records become missing (flagged, still shown), records whose grace
 * is over become withdrawn (a tombstone). Only to be called after a run proven complete, and safe to call again after
 * a crash: what the run flagged it does not also withdraw. When too much would go, nothing does, and the run is to be
 * held with the list.
 */
export async function sweep(db: Database, run: string, source: string, rules = RULES): Promise<SweepResult> {
  return db.transaction(async (sql) => {
    await holdRun(sql, run, rules.owner);
    const [harvest] = await sql.query<RunFacts>(
      `select seen, rejected from runs where id = $1 and source = $2 and trigger <> 'replay'`,
      [run, source],
    );
    if (!harvest) throw new Error(`run ${run} is no harvest of ${source}: only a harvest can tell what is gone`);
    const unseen = await sql.query<Unseen>(
      `select c.id, c.identifier, c.status = 'live' as live
         from credentials c join observations o on o.source = c.source and o.identifier = c.identifier and o.part = ''
        where c.source = $1 and o.last_run <> $2 and c.merged_into is null
          and (c.status = 'live' or (c.status = 'missing' and c.changed_run is distinct from $2
               and (c.missing_since is null or c.missing_since <= now() - make_interval(days => $3))))
        order by c.identifier`,
      [source, run, rules.graceDays],
    );
    const held = guard(unseen, { ...harvest, ...(await standing(sql, run, source)) }, rules.guard);
    if (held) {
      const identifiers = unseen.map((row) => row.identifier);
      await openHold(sql, { run, source, ...held, identifiers });
      return { held: true, kind: held.kind, reason: held.reason, identifiers };
    }
    await letGo(sql, run, unseen);
    const [swept] = await sql.query<{ missing: number; withdrawn: number }>(
      `select count(*) filter (where kind = 'missing')::int as missing,
              count(*) filter (where kind = 'withdrawn')::int as withdrawn
         from changes where run = $1 and entity = 'credential'`,
      [run],
    );
    return { held: false, missing: swept?.missing ?? 0, withdrawn: swept?.withdrawn ?? 0 };
  });
}

interface RunFacts {
  seen: number;
  rejected: number;
}

interface Standing {
  /** Live or missing records of the source from before this run. */
  before: number;
  /** Records new in this run. */
  created: number;
  /** Known records of which this run could not read a word: their last good version stays. */
  spoiled: number;
}

async function standing(sql: Sql, run: string, source: string): Promise<Standing> {
  const [row] = await sql.query<Standing>(
    `with shown as (
       select id, identifier from credentials
        where source = $1 and merged_into is null
          and (status in ('live', 'missing') or (status = 'withdrawn' and changed_run = $2))),
     born as (select id from changes where run = $2 and entity = 'credential' and kind = 'created')
     select (select count(*) from shown where id not in (select id from born))::int as before,
            (select count(*) from shown where id in (select id from born))::int as created,
            (select count(distinct p.identifier) from problems p join shown s on s.identifier = p.identifier
              where p.source = $1 and p.run = $2 and p.severity = 'rejected')::int as spoiled`,
    [source, run],
  );
  return row ?? { before: 0, created: 0, spoiled: 0 };
}

/** Whether the run is to be held, and why. Pure, so that each limit can be tried by itself. */
export function guard(
  unseen: readonly Pick<Unseen, 'live'>[],
  { before, created, spoiled, seen, rejected }: RunFacts & Standing,
  limits: Guard,
): { kind: HoldKind; reason: string; live: number } | undefined {
  const going = unseen.filter((row) => row.live).length;
  const held = (kind: HoldKind, reason: string) => ({ kind, reason, live: before });
  if (before > 0 && seen === 0 && unseen.length > 0) {
    return held('empty', `the feed is empty; ${before} records are in the catalogue`);
  }
  if (rejected > ALWAYS && rejected >= limits.unreadable * seen && unseen.length + spoiled > 0) {
    return held(
      'unreadable',
      `${rejected} of ${seen} records could not be read (${percent(rejected / seen)}); held from ${percent(limits.unreadable)}`,
    );
  }
  const churned = Math.max(ALWAYS, limits.churn * before);
  if (going >= churned && created >= churned) {
    return held(
      'churn',
      `${going} of ${before} records are gone and ${created} came with new identifiers: identifiers may have changed`,
    );
  }
  const allowed = Math.max(ALWAYS, Math.floor(before * limits.share));
  const last = before > 0 && unseen.length === before && created === 0;
  if (going > allowed || last) {
    return held(
      last ? 'empty' : 'shrunk',
      last
        ? `all ${before} records are gone from the feed; that is held for approval`
        : `${going} of ${before} records are gone from the feed; more than ${allowed} at once is held for approval`,
    );
  }
  return undefined;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

async function letGo(sql: Sql, run: string, unseen: readonly Unseen[]): Promise<void> {
  if (!unseen.length) return;
  const reason = 'not in the source any more, and its grace is over';
  await sql.query(
    `update credentials set status = case when status = 'live' then 'missing' else 'withdrawn' end,
            missing_since = case when status = 'live' then now() else missing_since end,
            withdrawn_reason = case when status = 'missing' then $2 end,
            version = version + 1, changed_at = now(), changed_run = $3
      where id = any($1::text[])`,
    [unseen.map((row) => row.id), reason, run],
  );
  await recordChanges(
    sql,
    'credential',
    run,
    unseen.map(({ id, live }) =>
      live ? { id, kind: 'missing', reason: 'not in the last complete run' } : { id, kind: 'withdrawn', reason },
    ),
  );
}

/** Whose parts (offerings, rows of runs) a complete run has not seen. */
export async function lostParts(db: Database, run: string, source: string): Promise<string[]> {
  const rows = await db.query<{ identifier: string }>(
    `select distinct identifier from observations where source = $1 and part <> '' and last_run <> $2 order by identifier`,
    [source, run],
  );
  return rows.map((row) => row.identifier);
}

/** Parts that a complete run has not seen are forgotten; answers whose records they were. */
export async function sweepParts(db: Database, run: string, source: string): Promise<string[]> {
  const rows = await db.query<{ identifier: string }>(
    `delete from observations where source = $1 and part <> '' and last_run <> $2 returning identifier`,
    [source, run],
  );
  return [...new Set(rows.map((row) => row.identifier))];
}

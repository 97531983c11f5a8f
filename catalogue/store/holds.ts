import { audit } from './audit.ts';
import { recordChanges, takeTurn } from './changes.ts';
import { recordKey } from './row-key.ts';
import { setSourceState, settle } from './source-state.ts';
import type { Database, Sql } from './sql.ts';

/**
 * Why a complete run is held. `shrunk`: too many records are gone; `empty`: all of them; `churn`: as many came under new
 * identifiers; `unreadable`: too much of the feed could not be read; `vanished`: the manifest no longer names the source.
 */
export type HoldKind = 'shrunk' | 'empty' | 'churn' | 'unreadable' | 'vanished';

export interface Hold {
  run: string;
  source: string;
  kind: HoldKind;
  reason: string;
  /** Live records before the run. */
  live: number;
  /** Identifiers of the records that would go; those already missing among them. */
  identifiers: string[];
  createdAt: string;
}

/** What became of an approval. */
export interface Approval {
  run: string;
  source: string;
  by: string;
  at: string;
  /** Identifiers withdrawn now. */
  withdrawn: string[];
  /** Identifiers on the list that a later run has seen again, or that were gone already: left as they are. */
  kept: string[];
}

/** The hold cannot be approved; `remedy` says what can. */
export class NotHeld extends Error {
  readonly remedy: string;
  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'NotHeld';
    this.remedy = remedy;
  }
}

interface HoldRow extends Omit<Hold, 'createdAt'> {
  createdAt: Date;
  clearedAt: Date | null;
  clearedBy: string | null;
  outcome: 'approved' | 'recovered' | 'superseded' | null;
}

const HOLD_COLUMNS = `run, source, kind, reason, live, identifiers, created_at as "createdAt", cleared_at as "clearedAt",
  cleared_by as "clearedBy", outcome`;

const toHold = ({ run, source, kind, reason, live, identifiers, createdAt }: HoldRow): Hold => ({
  run,
  source,
  kind,
  reason,
  live,
  identifiers,
  createdAt: createdAt.toISOString(),
});

/** Runs that wait for approval, and what becomes of them. */
export function createHolds(db: Database) {
  return {
    /** Holds that wait, oldest first; of one source when given. */
    async open(source?: string): Promise<Hold[]> {
      const rows = await db.query<HoldRow>(
        `select ${HOLD_COLUMNS} from holds where cleared_at is null and ($1::text is null or source = $1)
          order by created_at, run`,
        [source ?? null],
      );
      return rows.map(toHold);
    },

    /**
     * Approves a hold once, by run or source: what was listed and was not seen since is withdrawn, all of it or
     * nothing, each with its change and the reason, and the approval is kept with who, when and what.
     * @throws NotHeld when nothing waits there
     */
    approve: (runOrSource: string, by: string): Promise<Approval> =>
      db.transaction(async (sql) => {
        const rows = await sql.query<HoldRow>(
          `select ${HOLD_COLUMNS} from holds where run = $1 or source = $1
            order by cleared_at is null desc, created_at desc limit 1 for update`,
          [runOrSource],
        );
        const hold = rows[0];
        if (!hold || hold.outcome) throw notHeld(runOrSource, hold);
        return applyApproval(sql, toHold(hold), by);
      }),
  };
}

function notHeld(asked: string, hold: HoldRow | undefined): NotHeld {
  const list = 'List what waits with "credatlas holds".';
  if (!hold) return new NotHeld(`nothing is held under "${asked}"`, list);
  const at = hold.clearedAt?.toISOString() ?? '';
  const told = {
    approved: `run ${hold.run} of ${hold.source} was approved by ${hold.clearedBy} at ${at}`,
    recovered: `the hold of run ${hold.run} was cleared by ${hold.kind === 'vanished' ? '' : 'the healthy run '}${hold.clearedBy} at ${at}`,
    superseded: `the hold of run ${hold.run} has given way to that of run ${hold.clearedBy}`,
  };
  return new NotHeld(told[hold.outcome ?? 'recovered'], list);
}

async function applyApproval(sql: Sql, hold: Hold, by: string): Promise<Approval> {
  await takeTurn(sql);
  const [clock] = await sql.query<{ now: Date }>('select now() as now');
  const at = clock?.now ?? new Date();
  // Readers see the reason; who approved is the operator's to know.
  const reason =
    hold.kind === 'vanished'
      ? 'its source was taken out of its manifest; approved by the operator'
      : `gone from the source in run ${hold.run}; approved by the operator`;
  const keys = hold.identifiers.map((identifier) => recordKey(hold.source, identifier));
  const unseen = await sql.query<{ id: string }>(
    `select c.id from credentials c cross join lateral (
       select retrieved_at from observations where key = c.observation offset 0) o
      where c.observation = any($1::uuid[]) and o.retrieved_at <= $2::timestamptz`,
    [keys, hold.createdAt],
  );
  const gone = await sql.query<{ id: string; identifier: string }>(
    `update credentials set status = 'withdrawn', withdrawn_reason = $2, version = version + 1, changed_at = now(),
            changed_run = $3
      where id = any($1::text[]) and status in ('live', 'missing') and merged_into is null returning id, identifier`,
    [unseen.map(({ id }) => id), reason, hold.run],
  );
  gone.sort((a, b) => (a.identifier < b.identifier ? -1 : 1));
  await recordChanges(
    sql,
    'credential',
    hold.run,
    gone.map(({ id }) => ({ id, kind: 'withdrawn', reason })),
  );
  const withdrawn = gone.map((row) => row.identifier);
  await sql.query(
    `update holds set cleared_at = $2, cleared_by = $3, outcome = 'approved', applied = $4::jsonb where run = $1`,
    [hold.run, at, by, JSON.stringify(withdrawn)],
  );
  await sql.query(
    `update runs set state = 'complete', withdrawn = withdrawn + $2, reason = $3 where id = $1 and state = 'held'`,
    [hold.run, withdrawn.length, `${hold.reason}; approved by the operator at ${at.toISOString()}`],
  );
  await setSourceState(sql, hold.source, 'ok', hold.run);
  await settle(sql, hold.source);
  await audit(sql, by, 'approve', hold.run);
  const went = new Set(withdrawn);
  return {
    run: hold.run,
    source: hold.source,
    by,
    at: at.toISOString(),
    withdrawn,
    kept: hold.identifiers.filter((identifier) => !went.has(identifier)),
  };
}

/** Puts a run on hold, inside the sweep's transaction; an older hold of the source gives way. */
export async function openHold(sql: Sql, hold: Omit<Hold, 'createdAt'>): Promise<void> {
  await clearHolds(sql, hold.source, hold.run, 'superseded');
  await sql.query(
    `insert into holds (run, source, kind, reason, live, identifiers) values ($1, $2, $3, $4, $5, $6::jsonb)
     on conflict (run) do update set kind = excluded.kind, reason = excluded.reason, live = excluded.live,
       identifiers = excluded.identifiers`,
    [hold.run, hold.source, hold.kind, hold.reason, hold.live, JSON.stringify(hold.identifiers)],
  );
}

/** Identifiers a statement. */
const STEP = 5_000;

/**
 * For how many records an earlier run of the source is held that this run has not read either. One that is kept without having
 * been read (a page that fell silent) is not back.
 */
export async function stillHeld(sql: Sql, source: string, run: string): Promise<number> {
  const [hold] = await sql.query<{ identifiers: string[] }>(
    'select identifiers from holds where source = $1 and cleared_at is null and run <> $2',
    [source, run],
  );
  let count = 0;
  for (let from = 0; hold && from < hold.identifiers.length; from += STEP) {
    const keys = hold.identifiers.slice(from, from + STEP).map((identifier) => recordKey(source, identifier));
    const [step] = await sql.query<{ n: number }>(
      `select count(*)::int as n from (select status, observation from credentials where observation = any($1::uuid[]) offset 0) c
        cross join lateral (select retrieved_at from observations where key = c.observation offset 0) o
        where c.status = 'live' and o.retrieved_at < (select started_at from runs where id = $2)`,
      [keys, run],
    );
    count += step?.n ?? 0;
  }
  return count;
}

/** Ends the open holds of other runs of the source. */
export async function clearHolds(sql: Sql, source: string, by: string, outcome: 'recovered' | 'superseded') {
  await sql.query(
    `update holds set cleared_at = now(), cleared_by = $2, outcome = $3
      where source = $1 and cleared_at is null and run <> $2`,
    [source, by, outcome],
  );
}

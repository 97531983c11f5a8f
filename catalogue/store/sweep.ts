import { recordChanges } from './changes.ts';
import type { Database, Sql } from './sql.ts';

/** A sweep that would take more than this of a source's live records is held for a person to look at. */
export interface SweepLimit {
  /** Never held below so many records. */
  atLeast: number;
  /** Share of the source's live records, 0–1. */
  share: number;
}

export const SWEEP_LIMIT: SweepLimit = { atLeast: 2, share: 0.2 };

export type SweepResult =
  | { held: false; missing: number; withdrawn: number }
  | { held: true; reason: string; identifiers: string[] };

/**
 * What a source's complete run has not seen: live records become missing (flagged, still shown), records already
 * missing become withdrawn (a tombstone). Only to be called after a run proven complete. When too much would go,
 * nothing does, and the run is to be held with the list.
 */
export async function sweep(db: Database, run: string, source: string, limit = SWEEP_LIMIT): Promise<SweepResult> {
  return db.transaction(async (sql) => {
    const unseen = await sql.query<{ id: string; identifier: string; status: string }>(
      `select c.id, c.identifier, c.status
         from credentials c join observations o on o.source = c.source and o.identifier = c.identifier and o.part = ''
        where c.source = $1 and c.status in ('live', 'missing') and o.last_run <> $2
        order by c.identifier`,
      [source, run],
    );
    if (!unseen.length) return { held: false, missing: 0, withdrawn: 0 };
    const [live] = await sql.query<{ n: number }>(
      `select count(*)::int as n from credentials where source = $1 and status in ('live', 'missing')`,
      [source],
    );
    const going = unseen.filter((row) => row.status === 'live').length;
    const allowed = Math.max(limit.atLeast, Math.floor((live?.n ?? 0) * limit.share));
    if (going > allowed) {
      const reason = `${going} of ${live?.n} records are gone from the feed; more than ${allowed} at once is held for approval`;
      await hold(sql, run, source, reason, unseen);
      return { held: true, reason, identifiers: unseen.map((row) => row.identifier) };
    }
    const missing = unseen.filter((row) => row.status === 'live').map((row) => row.id);
    const withdrawn = unseen.filter((row) => row.status === 'missing').map((row) => row.id);
    const reason = 'not in the source any more, in two complete runs';
    await sql.query(
      `update credentials set status = case when status = 'live' then 'missing' else 'withdrawn' end,
              withdrawn_reason = case when status = 'missing' then $2 end,
              version = version + 1, changed_at = now(), changed_run = $3
        where id = any($1::text[])`,
      [unseen.map((row) => row.id), reason, run],
    );
    await recordChanges(sql, 'credential', run, [
      ...missing.map((id) => ({ id, kind: 'missing' as const, reason: 'not in the last complete run' })),
      ...withdrawn.map((id) => ({ id, kind: 'withdrawn' as const, reason })),
    ]);
    return { held: false, missing: missing.length, withdrawn: withdrawn.length };
  });
}

/** Parts (offerings, rows of runs) that a complete run has not seen are forgotten; answers whose records they were. */
export async function sweepParts(db: Database, run: string, source: string): Promise<string[]> {
  const rows = await db.query<{ identifier: string }>(
    `delete from observations where source = $1 and part <> '' and last_run <> $2 returning identifier`,
    [source, run],
  );
  return [...new Set(rows.map((row) => row.identifier))];
}

async function hold(
  sql: Sql,
  run: string,
  source: string,
  reason: string,
  unseen: { identifier: string }[],
): Promise<void> {
  await sql.query(
    `insert into holds (run, source, reason, identifiers) values ($1, $2, $3, $4::jsonb)
     on conflict (run) do update set reason = excluded.reason, identifiers = excluded.identifiers`,
    [run, source, reason, JSON.stringify(unseen.map((row) => row.identifier))],
  );
}

import type { RunSummary } from '../catalogue.ts';
import { clearHolds, openHold } from './holds.ts';
import { newRunId } from './run-id.ts';
import { setSourceState, stateAfter } from './source-state.ts';
import type { Sql } from './sql.ts';

/**
 * A source that its manifest no longer names rests, and its records are held: they stay until somebody approves that they
 * go. The entry in its history reads nothing; it is there to be approved.
 */
export async function vanish(sql: Sql, source: string, reason: string): Promise<void> {
  const [row] = await sql.query<{ format: string; before: boolean }>(
    `update sources s set vanished_at = coalesce(s.vanished_at, now()), vanished_reason = $2
       from (select id, vanished_at from sources where id = $1 for update) b where s.id = b.id
      returning s.definition ->> 'format' as format, b.vanished_at is not null as before`,
    [source, reason],
  );
  if (!row || row.before) return;
  const records = await sql.query<{ identifier: string; live: boolean }>(
    `select identifier, status = 'live' as live from credentials
      where source = $1 and status in ('live', 'missing') and merged_into is null order by identifier`,
    [source],
  );
  if (!records.length) return;
  const run = newRunId();
  const why = `its manifest no longer names the source (${reason}); its ${records.length} records would go`;
  await sql.query(
    `insert into runs (id, source, format, normaliser, trigger, state, reason, finished_at)
     values ($1, $2, $3, '', 'schedule', 'held', $4, now())`,
    [run, source, row.format, why],
  );
  await openHold(sql, {
    run,
    source,
    kind: 'vanished',
    reason: why,
    live: records.filter(({ live }) => live).length,
    identifiers: records.map(({ identifier }) => identifier),
  });
  await setSourceState(sql, source, 'held', run);
}

/** The manifest names the source again: nothing waits for approval any more, and the source stands as it stood. */
export async function comeBack(sql: Sql, source: string): Promise<void> {
  await sql.query('update sources set vanished_at = null, vanished_reason = null where id = $1', [source]);
  const [held] = await sql.query<{ run: string }>(
    `select run from holds where source = $1 and kind = 'vanished' and cleared_at is null`,
    [source],
  );
  if (!held) return;
  await clearHolds(sql, source, 'its manifest', 'recovered');
  const [last] = await sql.query<{ id: string; state: RunSummary['state'] }>(
    `select id, state from runs where source = $1 and id <> $2 and state <> 'running' and trigger <> 'replay'
      order by started_at desc limit 1`,
    [source, held.run],
  );
  if (last) await setSourceState(sql, source, stateAfter(last.state), last.id);
}

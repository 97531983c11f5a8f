import type { RunSummary, SourceState } from '../catalogue.ts';
import type { Database, Sql } from './sql.ts';

/** A state of which nobody was told yet. */
export interface StateChange {
  source: string;
  title: string;
  from: SourceState;
  to: SourceState;
  since: string;
  run?: string;
  reason?: string;
}

/** How a source stands after a harvest that ended so. */
export const stateAfter = (run: RunSummary['state']): Exclude<SourceState, 'new'> =>
  run === 'complete' ? 'ok' : run === 'held' ? 'held' : 'broken';

/** Notes how a source stands, inside the transaction that makes it so; the time is that of the last change. */
export async function setSourceState(sql: Sql, source: string, state: SourceState, run: string): Promise<void> {
  await sql.query(
    `update sources set state_since = case when state = $2 then state_since else now() end, state = $2, state_run = $3
      where id = $1`,
    [source, state, run],
  );
}

/** What the source has now is confirmed: the next runs are measured by it. */
export async function settle(sql: Sql, source: string): Promise<void> {
  await sql.query(
    'update sources set settled = (select coalesce(max(seq), 0) from changes), settled_records = records where id = $1',
    [source],
  );
}

/** Who has been told of what. */
export function createSourceStates(db: Database) {
  return {
    /** Sources whose state is not the one last told over the channel. A new source that is well is no news. */
    async untold(channel: string): Promise<StateChange[]> {
      const rows = await db.query<Untold>(
        `select s.id as source, s.definition ->> 'title' as title, coalesce(n.state, 'ok') as "from", s.state as "to",
                s.state_since as since, s.state_run as run, r.reason
           from sources s left join notices n on n.source = s.id and n.channel = $1 left join runs r on r.id = s.state_run
          where s.state <> 'new' and s.state <> coalesce(n.state, 'ok') order by s.state_since, s.id`,
        [channel],
      );
      return rows.map(({ since, run, reason, ...row }) => ({
        ...row,
        since: since.toISOString(),
        ...(run ? { run } : {}),
        ...(reason ? { reason } : {}),
      }));
    },
    /** Notes that this state was told over the channel. A change in the meantime stays untold. */
    async told(source: string, channel: string, state: SourceState): Promise<void> {
      await db.query(
        `insert into notices (source, channel, state) values ($1, $2, $3)
         on conflict (source, channel) do update set state = excluded.state, told_at = now()`,
        [source, channel, state],
      );
    },
  };
}

interface Untold extends Omit<StateChange, 'since' | 'run' | 'reason'> {
  since: Date;
  run: string | null;
  reason: string | null;
}

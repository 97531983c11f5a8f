import { audit } from './audit.ts';
import { recordChanges, takeTurn } from './changes.ts';
import { clearHolds } from './holds.ts';
import type { Database, Sql } from './sql.ts';
import { endAbandoned, RunUnderWay, refuseWhileAlive } from './start-run.ts';

/** What became of a retirement. */
export interface Retirement {
  source: string;
  by: string;
  /** Credentials withdrawn now. */
  credentials: number;
  /** Providers withdrawn now: those of whom no other source has a credential. */
  providers: number;
}

/** Sources that an operator takes out, and sources whose file is gone. */
export function createRetirements(db: Database) {
  return {
    /**
     * Takes a source out: it is harvested no more, and its records are withdrawn, each with its change and the reason, all at
     * once. What a dead worker left of a run ends.
     * @throws RunUnderWay when there is nothing to retire, or a run of it is under way
     */
    retire: (source: string, who: string, reason?: string): Promise<Retirement> =>
      db.transaction(async (sql) => {
        await endRuns(sql, source);
        await takeTurn(sql);
        const state = await stateOf(sql, source);
        if (state.retired) throw new RunUnderWay(`source ${source} is retired already`, undo(source));
        const why = `its source was retired by the operator${reason ? `: ${reason}` : ''}`;
        const credentials = await sql.query<{ id: string }>(
          `update credentials set status = 'withdrawn', withdrawn_reason = $2, version = version + 1, changed_at = now(),
                  changed_run = null
            where source = $1 and status <> 'withdrawn' and merged_into is null returning id`,
          [source, why],
        );
        const providers = await sql.query<{ id: string }>(
          `update providers p set status = 'withdrawn', changed_at = now()
            where source = $1 and status <> 'withdrawn'
              and not exists (select 1 from credentials c where c.providers @> array[p.id] and c.status <> 'withdrawn')
            returning id`,
          [source],
        );
        await withdrawn(sql, 'credential', credentials, why);
        await withdrawn(sql, 'provider', providers, why);
        await clearHolds(sql, source, `${who}, who retired the source`, 'superseded');
        // When it comes back everything is read anew.
        await sql.query('delete from resources where source = $1', [source]);
        await sql.query(
          `update sources set retired_at = now(), retired_reason = $2, state = 'ok', state_since = now(), state_run = null
            where id = $1`,
          [source, reason ?? null],
        );
        await audit(sql, who, 'retire', source);
        return { source, by: who, credentials: credentials.length, providers: providers.length };
      }),

    /** A retired source may be harvested again; its records come back with its next harvest. */
    reinstate: (source: string, who: string): Promise<void> =>
      db.transaction(async (sql) => {
        const state = await stateOf(sql, source);
        if (!state.retired)
          throw new RunUnderWay(`source ${source} is not retired`, 'See how it stands with "credatlas status".');
        await sql.query(
          `update sources set retired_at = null, retired_reason = null, state = 'new', state_since = now() where id = $1`,
          [source],
        );
        // Read again to the letter a record states its providers no second time; who has no record then is shown all the same.
        const back = await sql.query<{ id: string }>(
          `update providers set status = 'live', changed_at = now() where source = $1 and status = 'withdrawn' returning id`,
          [source],
        );
        await recordChanges(
          sql,
          'provider',
          null,
          back.map(({ id }) => ({ id, kind: 'restored' as const })),
        );
        await audit(sql, who, 'reinstate', source);
      }),

    /** Ids of the sources that are not to be scheduled. */
    async retired(): Promise<Set<string>> {
      const rows = await db.query<{ id: string }>(
        `select id from sources where retired_at is not null union select id from purged where entity = 'source'`,
      );
      return new Set(rows.map(({ id }) => id));
    },

    /**
     * Notes which sources the files of the sources folder state. Answers those that one stated before and none does any more:
     * they stay as they are until the operator retires them.
     */
    filesSeen: (ids: readonly string[]): Promise<string[]> =>
      db.transaction(async (sql) => {
        await sql.query(
          `insert into source_files (id) select unnest($1::text[])
           on conflict (id) do update set gone_at = null where source_files.gone_at is not null`,
          [ids],
        );
        await sql.query('update source_files set gone_at = now() where gone_at is null and id <> all($1::text[])', [
          ids,
        ]);
        const gone = await sql.query<{ id: string }>(
          `select s.id from sources s join source_files f on f.id = s.id
            where f.gone_at is not null and s.retired_at is null order by s.id`,
        );
        return gone.map(({ id }) => id);
      }),
  };
}

const undo = (source: string) => `Bring it back with "credatlas retire ${source} --undo".`;

async function stateOf(sql: Sql, source: string): Promise<{ retired: boolean }> {
  const [row] = await sql.query<{ retired: boolean }>(
    'select retired_at is not null as retired from sources where id = $1 for update',
    [source],
  );
  if (!row) throw new RunUnderWay(`there is no source "${source}" in the store`, 'List them with "credatlas sources".');
  return row;
}

/** Ends what nobody is at work on; refuses when somebody is. */
async function endRuns(sql: Sql, source: string): Promise<void> {
  const run = await refuseWhileAlive(sql, source);
  if (run) await endAbandoned(sql, run, 'abandoned: the source was retired');
}

const withdrawn = (sql: Sql, entity: 'credential' | 'provider', rows: readonly { id: string }[], reason: string) =>
  recordChanges(
    sql,
    entity,
    null,
    rows.map(({ id }) => ({ id, kind: 'withdrawn' as const, reason })),
  );

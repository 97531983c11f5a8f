import { createHash } from 'node:crypto';
import type { SourceDefinition } from '../../schema/index.ts';
import { audit } from './audit.ts';
import { putSource } from './put-source.ts';
import type { Database, Sql } from './sql.ts';

/** What the operator has said of a source of the files. */
export interface Switch {
  on: boolean;
  /** Cron expression, UTC, of a source whose file has no schedule and that was ever switched on. */
  schedule?: string;
}

const MINUTES_A_WEEK = 7 * 24 * 60;
const LOCK = 7_265_010; // any fixed number: two that switch at once would both take a minute that is free

/** Sources of the files that the operator switched on or off: that wins over what their files say. */
export function createSwitches(db: Database) {
  return {
    /**
     * Switches sources, all or none; who and when is noted of each that is not so already. Those that a file gives no schedule get a
     * weekly one, the same one whenever they are switched on again. Answers the switch of each.
     */
    set: (sources: readonly SourceDefinition[], on: boolean, who: string): Promise<Map<string, Switch>> =>
      db.transaction(async (sql) => {
        await sql.query('select pg_advisory_xact_lock($1)', [LOCK]);
        const taken = on ? await takenMinutes(sql) : new Set<string>();
        const switches = new Map<string, Switch>();
        for (const source of sources) {
          await putSource(sql, source);
          const [row] = await sql.query<{ switched: boolean | null; own_schedule: string | null }>(
            'select switched, own_schedule from sources where id = $1 for update',
            [source.id],
          );
          let own = row?.own_schedule ?? undefined;
          if (on && !source.schedule && !own) {
            own = freeMinute(source.id, taken);
            taken.add(own);
          }
          await sql.query('update sources set switched = $2, own_schedule = $3 where id = $1', [
            source.id,
            on,
            own ?? null,
          ]);
          if (row?.switched !== on) await audit(sql, who, on ? 'enable' : 'disable', source.id);
          switches.set(source.id, { on, ...(own ? { schedule: own } : {}) });
        }
        return switches;
      }),

    /** The switches of all sources that have one, by id. */
    async all(): Promise<Map<string, Switch>> {
      const rows = await db.query<{ id: string; switched: boolean; own_schedule: string | null }>(
        'select id, switched, own_schedule from sources where switched is not null',
      );
      return new Map(
        rows.map(({ id, switched, own_schedule }) => [
          id,
          { on: switched, ...(own_schedule ? { schedule: own_schedule } : {}) },
        ]),
      );
    },

    /** Sources that were switched on and that no run ever read. */
    async neverRead(): Promise<string[]> {
      const rows = await db.query<{ id: string }>(
        `select id from sources s where switched and retired_at is null
            and (paused_at is null or paused_until <= now()) and not exists (select 1 from runs where source = s.id) order by id`,
      );
      return rows.map(({ id }) => id);
    },
  };
}

async function takenMinutes(sql: Sql): Promise<Set<string>> {
  const rows = await sql.query<{ own_schedule: string }>(
    'select own_schedule from sources where own_schedule is not null',
  );
  return new Set(rows.map(({ own_schedule }) => own_schedule));
}

/** A weekly schedule at the minute of the week that the id's hash falls on, or the next one that is free. */
function freeMinute(id: string, taken: ReadonlySet<string>): string {
  const start = createHash('sha256').update(id).digest().readUInt32BE(0);
  for (let step = 0; step < MINUTES_A_WEEK; step++) {
    const minute = (start + step) % MINUTES_A_WEEK;
    const schedule = `${minute % 60} ${Math.floor(minute / 60) % 24} * * ${Math.floor(minute / (24 * 60))}`;
    if (!taken.has(schedule)) return schedule;
  }
  throw new Error('every minute of the week has a source; give the source a schedule in its file');
}

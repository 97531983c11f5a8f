import type { Pause } from '../catalogue.ts';
import type { Database } from './sql.ts';

export interface PauseColumns {
  paused_at: Date | null;
  paused_until: Date | null;
  pause_reason: string | null;
}

/** `{ paused }` while a pause lasts, else nothing. */
export function pauseOf(row: PauseColumns, now: Date): { paused?: Pause } {
  if (!row.paused_at || (row.paused_until && row.paused_until <= now)) return {};
  return {
    paused: {
      since: row.paused_at.toISOString(),
      ...(row.paused_until ? { until: row.paused_until.toISOString() } : {}),
      ...(row.pause_reason ? { reason: row.pause_reason } : {}),
    },
  };
}

/** Why a source rests. */
type RestKind = 'paused' | 'vanished' | 'retired' | 'purged';

/** What the operator wants left alone: a source (by id), or every source on a host (by origin, `https://example.org`). */
export type PauseSubject = { source: string } | { origin: string };

/** Pauses hold across all workers and restarts, and end by themselves when they have an end. */
export function createPauses(db: Database) {
  return {
    /** Pauses; a pause that is there already gets the new end and reason. False when there is no such source. */
    async set(subject: PauseSubject, { until, reason }: { until?: Date; reason?: string }): Promise<boolean> {
      if ('origin' in subject) {
        await db.query('insert into hosts (origin) values ($1) on conflict do nothing', [subject.origin]);
      }
      const [table, key, value] = tableOf(subject);
      const rows = await db.query(
        `update ${table} set paused_until = $2, pause_reason = $3,
                paused_at = case when paused_at is not null and (paused_until is null or paused_until > now())
                                 then paused_at else now() end
          where ${key} = $1 returning ${key}`,
        [value, until ?? null, reason ?? null],
      );
      return rows.length > 0;
    },

    /** Ends a pause; false when there was none. What the host itself asked for (Retry-After) stays: see `reopen`. */
    async clear(subject: PauseSubject): Promise<boolean> {
      const [table, key, value] = tableOf(subject);
      const rows = await db.query(
        `update ${table} set paused_at = null, paused_until = null, pause_reason = null
          where ${key} = $1 and paused_at is not null and (paused_until is null or paused_until > now()) returning ${key}`,
        [value],
      );
      return rows.length > 0;
    },

    /** A host that asked to be left alone, or did not answer, is asked again at once; false when it is not closed. */
    async reopen(origin: string): Promise<boolean> {
      const rows = await db.query(
        `update hosts set closed_until = 'epoch', next_start = 'epoch', parked = false, strikes = 0, slowdown = 1
          where origin = $1 and closed_until > now() returning origin`,
        [origin],
      );
      return rows.length > 0;
    },

    /**
     * The pause that keeps a source from being read now, its own or that of the host; `vanished`: it is its manifest that no
     * longer names it, which only the manifest can end; `retired`: the operator took it out, `purged`: for good. With the time by
     * which all of that is judged, the store's. One statement.
     */
    async of(
      source: string,
      origin: string | undefined,
    ): Promise<{ pause?: Pause & { what: string; kind: RestKind }; now: Date }> {
      const [row] = await db.query<PauseColumns & { what: string | null; kind: RestKind; now: Date }>(
        `select p.*, now() as now from (select 1) as one left join (
           select 'source ' || id as what, paused_at, paused_until, pause_reason, 'paused' as kind from sources
            where id = $1 and paused_at is not null and (paused_until is null or paused_until > now())
           union all
           select 'host ' || origin, paused_at, paused_until, pause_reason, 'paused' from hosts
            where origin = $2 and paused_at is not null and (paused_until is null or paused_until > now())
           union all
           select 'source ' || id, vanished_at, null, vanished_reason, 'vanished' from sources
            where id = $1 and vanished_at is not null
           union all
           select 'source ' || id, retired_at, null, retired_reason, 'retired' from sources
            where id = $1 and retired_at is not null
           union all
           select 'source ' || id, at, null, null, 'purged' from purged where id = $1 and entity = 'source') as p on true
          limit 1`,
        [source, origin ?? null],
      );
      if (!row) throw new Error('the store did not answer');
      const { what, kind, now } = row;
      const { paused } = pauseOf(row, now);
      return what && paused ? { pause: { what, kind, ...paused }, now } : { now };
    },
  };
}

const tableOf = (subject: PauseSubject) =>
  'source' in subject ? (['sources', 'id', subject.source] as const) : (['hosts', 'origin', subject.origin] as const);

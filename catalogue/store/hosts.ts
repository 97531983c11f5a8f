import { randomUUID } from 'node:crypto';
import type { Database } from './sql.ts';

export interface StoredMood {
  strikes: number;
  slowdown: number;
}

/** A lease, or how long to wait before asking again; `closed` when the host wants to be left alone. */
export type Claim =
  | { lease: string }
  | { waitMs: number; closed: boolean; parked: boolean; paused?: { reason?: string; until?: Date } };

/** How long to wait before asking again for a host whose pause has no end. */
const UNTIL_RESUMED_MS = 24 * 60 * 60 * 1000;

interface Standing {
  wait: number;
  closed: number;
  parked: boolean;
  paused: boolean;
  pause: number | null;
  reason: string | null;
  until: Date | null;
}

/** Politeness clocks shared by all workers on one store. One row lock an origin keeps them honest. */
export function createHosts(db: Database) {
  return {
    /** Asks for the right to one request to `origin`. */
    claim: (
      origin: string,
      pace: { requestsPerSecond: number; concurrency: number },
      leaseSeconds: number,
    ): Promise<Claim> =>
      db.transaction(async (sql) => {
        await sql.query('insert into hosts (origin) values ($1) on conflict do nothing', [origin]);
        const [host] = await sql.query<StoredMood & Standing>(
          `select strikes, slowdown, parked, pause_reason as reason, paused_until as until,
                  paused_at is not null and (paused_until is null or paused_until > clock_timestamp()) as paused,
                  extract(epoch from paused_until - clock_timestamp())::float8 * 1000 as pause,
                  extract(epoch from next_start - clock_timestamp())::float8 * 1000 as wait,
                  extract(epoch from closed_until - clock_timestamp())::float8 * 1000 as closed
             from hosts where origin = $1 for update`,
          [origin],
        );
        if (!host) throw new Error(`host ${origin} has no row`);
        if (host.paused) {
          const waitMs = Math.max(host.pause ?? UNTIL_RESUMED_MS, host.closed);
          const paused = { reason: host.reason ?? undefined, until: host.until ?? undefined };
          return { waitMs, closed: true, parked: false, paused };
        }
        if (host.closed > 0) return { waitMs: host.closed, closed: true, parked: host.parked };
        if (host.wait > 0) return { waitMs: host.wait, closed: false, parked: false };
        await sql.query('delete from host_leases where origin = $1 and expires_at < clock_timestamp()', [origin]);
        const lease = randomUUID();
        const granted = await sql.query(
          `insert into host_leases (id, origin, expires_at)
           select $1, $2, clock_timestamp() + make_interval(secs => $3)
            where (select count(*) from host_leases where origin = $2) < $4 returning id`,
          [lease, origin, leaseSeconds, pace.concurrency],
        );
        if (!granted.length) return { waitMs: 100, closed: false, parked: false };
        await sql.query(
          `update hosts set next_start = clock_timestamp() + make_interval(secs => $2), parked = false where origin = $1`,
          [origin, host.slowdown / pace.requestsPerSecond],
        );
        return { lease };
      }),

    /** Signs of life for requests under way: without them a lease runs out, and with it the host's slot comes back. */
    async renew(leases: readonly string[], leaseSeconds: number): Promise<void> {
      await db.query(
        `update host_leases set expires_at = clock_timestamp() + make_interval(secs => $2) where id = any($1::text[])`,
        [leases, leaseSeconds],
      );
    },

    /**
     * Gives a lease back; `judge` says from the host's mood what comes of the outcome. `begun`: how long ago the request
     * really began, which on a busy machine is after it was granted, and how far the next one is to be from it.
     */
    settle: (
      origin: string,
      lease: string,
      judge: (mood: StoredMood) => { mood: StoredMood; closedSeconds: number },
      parkAfterSeconds: number,
      begun: { secondsAgo: number; requestsPerSecond: number },
    ): Promise<void> =>
      db.transaction(async (sql) => {
        const [host] = await sql.query<StoredMood>('select strikes, slowdown from hosts where origin = $1 for update', [
          origin,
        ]);
        if (!host) return;
        const { mood, closedSeconds } = judge(host);
        await sql.query(
          `update hosts set strikes = $2, slowdown = $3,
                  closed_until = greatest(closed_until, clock_timestamp() + make_interval(secs => $4)),
                  parked = parked or $4 > $5,
                  next_start = greatest(next_start, clock_timestamp() + make_interval(secs => $6))
            where origin = $1`,
          [
            origin,
            mood.strikes,
            mood.slowdown,
            closedSeconds,
            parkAfterSeconds,
            mood.slowdown / begun.requestsPerSecond - begun.secondsAgo,
          ],
        );
        await sql.query('delete from host_leases where id = $1', [lease]);
      }),
  };
}

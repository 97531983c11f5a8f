import { randomUUID } from 'node:crypto';
import type { Database, Sql } from './sql.ts';

export interface StoredMood {
  strikes: number;
  slowdown: number;
}

/**
 * A lease, or how long to wait before asking again; `closed` when the host wants to be left alone. `dropped` tells of marks that no
 * rule can have set.
 */
export type Claim = { dropped?: string } & Answered;
type Answered =
  | { lease: string }
  | { waitMs: number; closed: boolean; parked: boolean; paused?: { reason?: string; until?: Date } };

/** How long to wait before asking again for a host whose pause has no end. */
const UNTIL_RESUMED_MS = 24 * 60 * 60 * 1000;
/** Nothing closes a host for longer (`longestParkSeconds` of the crawler), when it is not noted for how long it was. */
const LONGEST_CLOSED_SECONDS = 30 * 24 * 60 * 60;
/** Clocks of one server do not differ; the time between two statements may pass. */
const TOLERANCE_MS = 1_000;

interface Standing {
  wait: number;
  closed: number;
  gap: number | null;
  closedFor: number | null;
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
          `select strikes, slowdown, parked, gap, closed_for as "closedFor", pause_reason as reason, paused_until as until,
                  paused_at is not null and (paused_until is null or paused_until > clock_timestamp()) as paused,
                  extract(epoch from paused_until - clock_timestamp())::float8 * 1000 as pause,
                  extract(epoch from next_start - clock_timestamp())::float8 * 1000 as wait,
                  extract(epoch from closed_until - clock_timestamp())::float8 * 1000 as closed
             from hosts where origin = $1 for update`,
          [origin],
        );
        if (!host) throw new Error(`host ${origin} has no row`);
        const gap = host.slowdown / pace.requestsPerSecond;
        const dropped = await dropStrange(sql, origin, host, gap);
        if (host.paused) {
          const waitMs = Math.max(host.pause ?? UNTIL_RESUMED_MS, host.closed);
          const paused = { reason: host.reason ?? undefined, until: host.until ?? undefined };
          return { waitMs, closed: true, parked: false, paused, dropped };
        }
        if (host.closed > 0) return { waitMs: host.closed, closed: true, parked: host.parked, dropped };
        if (host.wait > 0) return { waitMs: host.wait, closed: false, parked: false, dropped };
        await sql.query('delete from host_leases where origin = $1 and expires_at < clock_timestamp()', [origin]);
        const lease = randomUUID();
        const granted = await sql.query(
          `insert into host_leases (id, origin, expires_at)
           select $1, $2, clock_timestamp() + make_interval(secs => $3)
            where (select count(*) from host_leases where origin = $2) < $4 returning id`,
          [lease, origin, leaseSeconds, pace.concurrency],
        );
        if (!granted.length) {
          // One that was given by a clock ahead of this one would hold its slot until this one has come so far.
          await sql.query(
            `update host_leases set expires_at = clock_timestamp() + make_interval(secs => $2)
              where origin = $1 and expires_at > clock_timestamp() + make_interval(secs => $2) + interval '1 second'`,
            [origin, leaseSeconds],
          );
          return { waitMs: 100, closed: false, parked: false, dropped };
        }
        await sql.query(
          `update hosts set next_start = clock_timestamp() + make_interval(secs => $2), gap = $2, parked = false
            where origin = $1`,
          [origin, gap],
        );
        return { lease, dropped };
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
                  closed_for = case when $4 > 0 and clock_timestamp() + make_interval(secs => $4) > closed_until then $4
                                    else closed_for end,
                  closed_until = greatest(closed_until, clock_timestamp() + make_interval(secs => $4)),
                  gap = $7,
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
            mood.slowdown / begun.requestsPerSecond,
          ],
        );
        await sql.query('delete from host_leases where id = $1', [lease]);
      }),
  };
}

/**
 * Marks further ahead than they were meant to hold when they were set: the clock was ahead then, or it has been set back since. They
 * hold from now on for as long as they were meant to; one of which that is not known is dropped. What was put right, in words.
 */
async function dropStrange(sql: Sql, origin: string, host: StoredMood & Standing, gap: number) {
  const longestGap = Math.max(host.gap ?? 0, gap) * 1000;
  const longestClosed = (host.closedFor ?? LONGEST_CLOSED_SECONDS) * 1000;
  const strange: string[] = [];
  if (host.wait > longestGap + TOLERANCE_MS) {
    strange.push(`its next request was to wait ${seconds(host.wait)}`);
    host.wait = longestGap;
  }
  if (host.closed > longestClosed + TOLERANCE_MS) {
    strange.push(`it was closed for another ${seconds(host.closed)}`);
    host.closed = host.closedFor === null ? 0 : longestClosed;
  }
  if (!strange.length) return undefined;
  await sql.query(
    `update hosts set next_start = clock_timestamp() + make_interval(secs => $2),
            closed_until = clock_timestamp() + make_interval(secs => $3) where origin = $1`,
    [origin, Math.max(0, host.wait) / 1000, Math.max(0, host.closed) / 1000],
  );
  return `${origin}: ${strange.join(', and ')}; no rule says so, a clock was wrong. That is dropped`;
}

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;

/** How gently an origin is to be read. */
export interface Pace {
  /** Starts per second; below 1 for a longer gap (0.1 = one every ten seconds). */
  requestsPerSecond: number;
  /** Requests under way at once, from the start of the request to the last byte of the body. */
  concurrency: number;
}

/**
 * How a request ended, as far as the host is concerned.
 * - `ok`: it answered, be it with 404.
 * - `busy`: 429 or 503. `retryAfter` in seconds as the host said it, absent if it said nothing usable.
 * - `failed`: no connection, time-out, other 5xx, body cut short.
 * - `cancelled`: we broke it off; says nothing about the host.
 */
export type HostOutcome =
  | { kind: 'ok' }
  | { kind: 'busy'; retryAfter?: number }
  | { kind: 'failed' }
  | { kind: 'cancelled' };

/** The right to one request. `release` must be called once; further calls do nothing. */
export interface HostLease {
  release(outcome: HostOutcome): Promise<void>;
}

/**
 * One clock per origin (`https://example.org`), shared by every source on it: it hands out leases so that starts keep
 * their distance, no more than `concurrency` run at once, and nothing is asked of a host that wants to be left alone.
 *
 * An implementation
 * - waits in order of arrival, and stops waiting with the signal's reason when `signal` is aborted;
 * - throws `RetryLater(seconds)` instead of waiting when the origin is closed for longer than a job should sleep;
 *   and `NotNow` while the operator has paused it;
 *   after a Retry-After of more than 24 h the message says `parked until`;
 * - honours Retry-After to the second, and backs off by itself when there is none; good answers let it recover step by step.
 */
export interface HostClock {
  acquire(origin: string, pace: Pace, signal?: AbortSignal): Promise<HostLease>;
}

/** Retry-After beyond this parks the origin. */
export const parkAfterSeconds = 24 * 60 * 60;

/** No statement of a host parks it for longer: a typo in a date must not close a source for years. */
export const longestParkSeconds = 30 * 24 * 60 * 60;

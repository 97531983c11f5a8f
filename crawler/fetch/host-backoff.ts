import { type HostOutcome, longestParkSeconds } from './host-clock.ts';

/** What is remembered of a host's mood. Pure data, so that a clock in the store can keep it in a row. */
export interface HostMood {
  /** Bad answers in a row, less one for each good one. */
  strikes: number;
  /** Factor on the gap between starts, 1 to 32. */
  slowdown: number;
}

export const calm: HostMood = { strikes: 0, slowdown: 1 };

const busyBaseSeconds = 10;
const busyMaxSeconds = 3600;
const failedBaseSeconds = 2;
const failedMaxSeconds = 600;

/** The mood after an outcome, and for how many seconds the host is to be left alone now. */
export function afterOutcome(mood: HostMood, outcome: HostOutcome): { mood: HostMood; closedSeconds: number } {
  if (outcome.kind === 'cancelled') return { mood, closedSeconds: 0 };
  if (outcome.kind === 'ok') {
    return {
      mood: { strikes: Math.max(0, mood.strikes - 1), slowdown: Math.max(1, mood.slowdown * 0.8) },
      closedSeconds: 0,
    };
  }
  const strikes = mood.strikes + 1;
  const grown = 2 ** Math.min(strikes - 1, 20);
  if (outcome.kind === 'failed') {
    return { mood: { ...mood, strikes }, closedSeconds: Math.min(failedBaseSeconds * grown, failedMaxSeconds) };
  }
  const own = Math.min(busyBaseSeconds * grown, busyMaxSeconds);
  const closedSeconds = Math.min(Math.max(1, outcome.retryAfter ?? own), longestParkSeconds);
  return { mood: { strikes, slowdown: Math.min(32, mood.slowdown * 2) }, closedSeconds };
}

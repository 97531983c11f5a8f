import { createHash } from 'node:crypto';

/** Hours that QualityLink's aggregator waits when a manifest does not say. */
export const DEFAULT_REFRESH_HOURS = 24;

/** Divisors of a day: a step that starts anew at midnight keeps its distance only for these. */
const STEPS = [1, 2, 3, 4, 6, 8, 12];

/**
 * A cron expression (UTC) that never comes sooner than the `hours` a provider wants between two visits ("minimum number of hours
 * to wait"): the next regular rhythm that is at least as slow. Minute, hour and day are spread by the id, so that not all sources
 * are read at midnight.
 */
export function refreshSchedule(id: string, hours = DEFAULT_REFRESH_HOURS): string {
  const digest = createHash('sha256').update(id).digest();
  const pick = (byte: number, count: number): number => (digest[byte] ?? 0) % count;
  const minute = pick(0, 60);
  const hour = pick(1, 24);
  const step = STEPS.find((size) => size >= hours);
  if (step === 1) return `${minute} * * * *`;
  if (step) return `${minute} ${pick(1, step)}-23/${step} * * *`;
  const at = `${minute} ${hour}`;
  if (hours <= 24) return `${at} * * *`;
  if (hours <= 2 * 24) return `${at} * * 1,3,5`;
  if (hours <= 3 * 24) return `${at} * * 1,4`;
  if (hours <= 7 * 24) return `${at} * * ${pick(2, 7)}`;
  const day = 1 + pick(2, 28);
  if (hours <= 28 * 24) return `${at} ${day} * *`;
  if (hours <= 89 * 24) return `${at} ${day} 1,4,7,10 *`;
  return `${at} ${day} ${1 + pick(3, 12)} *`;
}

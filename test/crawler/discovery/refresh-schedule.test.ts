import { expect, test } from 'vitest';
import { refreshSchedule } from '../../../crawler/discovery/refresh-schedule.ts';

/** The values of a cron field of the kinds we write: `*`, a number, a list, `a-b/n`. */
function values(field: string, from: number, to: number): Set<number> {
  const range = /^(\d+)-(\d+)\/(\d+)$/.exec(field);
  if (field === '*') return new Set(Array.from({ length: to - from + 1 }, (_, i) => from + i));
  if (!range) return new Set(field.split(',').map(Number));
  const [start, end, step] = range.slice(1).map(Number) as [number, number, number];
  const all = [];
  for (let at = start; at <= end; at += step) all.push(at);
  return new Set(all);
}

/** All visits of three years, in hours. */
function visits(cron: string): number[] {
  const [, hour, day, month, weekday] = cron.split(' ') as [string, string, string, string, string];
  const sets = [values(hour, 0, 23), values(day, 1, 31), values(month, 1, 12), values(weekday, 0, 6)] as const;
  const times: number[] = [];
  const start = Date.UTC(2026, 0, 1);
  for (let at = start; at < Date.UTC(2029, 0, 1); at += 3_600_000) {
    const date = new Date(at);
    const now = [date.getUTCHours(), date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCDay()];
    if (sets.every((set, i) => set.has(now[i] as number))) times.push(at / 3_600_000);
  }
  return times;
}

test.each([
  0.5,
  1,
  2,
  5,
  6,
  7,
  12,
  13,
  23,
  24,
  25,
  48,
  49,
  72,
  100,
  168,
  200,
  24 * 28,
  24 * 30,
  24 * 89,
  24 * 100,
  24 * 360,
])('never sooner than %d hours after the last visit, whatever the source', (hours) => {
  for (const id of ['ql-a', 'ql-b', 'ql-c']) {
    const times = visits(refreshSchedule(id, hours));
    expect(times.length).toBeGreaterThan(1);
    const gaps = times.slice(1).map((time, i) => time - (times[i] as number));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(Math.max(1, hours));
  }
});

test('without a wish once a day, not all at the same time', () => {
  const schedules = Array.from({ length: 50 }, (_, i) => refreshSchedule(`ql-${i}`));
  expect(new Set(schedules).size).toBeGreaterThan(40);
  expect(schedules.every((cron) => /^\d+ \d+ \* \* \*$/.test(cron))).toBe(true);
});

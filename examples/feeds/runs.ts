import { createHash } from 'node:crypto';
import type { ExampleCourse } from './course.ts';

/** A dated run of an example course. Dates are ISO 8601, fixed for ever: a second harvest must find nothing changed. */
export interface ExampleRun {
  id: string;
  start: string;
  end: string;
  deadline: string;
  weeks: number;
  town: string;
  mode: 'online' | 'presential' | 'blended' | 'hybrid';
  language: string;
  price: number;
}

/** Where, how and for how much a provider runs its courses; the lists are walked in different steps. */
export interface RunPlan {
  towns: readonly string[];
  modes: readonly ExampleRun['mode'][];
  prices: readonly number[];
  /** How many runs the first, second, … course has, over and over. */
  counts?: readonly number[];
}

const STARTS = [
  '2026-12-07',
  '2027-01-18',
  '2027-02-08',
  '2027-03-08',
  '2027-04-12',
  '2027-05-10',
  '2027-05-24',
  '2027-06-07',
  '2027-09-06',
  '2027-10-04',
  '2027-11-08',
  '2027-12-06',
];

const shift = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Picks from a list by index, round and round. */
export const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** Numbers that look thrown and never change: bytes of the slug's SHA-256. */
const scatter = (slug: string): Uint8Array => createHash('sha256').update(slug).digest();

/** Calendar weeks that fit the credits, at a part-time pace. */
const weeksFor = (ects: number, chance: number): number =>
  pick(ects <= 2 ? [3, 4, 5] : ects <= 4 ? [5, 6, 8] : ects <= 6 ? [8, 10, 12] : [16, 20, 26], chance);

/**
 * The runs of the `index`-th course: the same for ever; months and towns of one course's runs differ. A line
 * `@runs 2027-05-10 Lyon; 2027-10-04 Grenoble` sets start and town by hand, for examples that need them.
 */
export function runsOf(course: ExampleCourse, index: number, plan: RunPlan): ExampleRun[] {
  const { slug } = course;
  const byHand = course.notes.runs?.split(';').map((run) => run.trim().split(' ')) ?? [];
  const count = byHand.length || pick(plan.counts ?? [2, 1, 3, 1, 2, 0, 1, 2], index);
  const [s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0] = scatter(slug);
  const weeks = weeksFor(course.ects ?? 4, s3);
  return Array.from({ length: count }, (_, k) => {
    const [start = pick(STARTS, s0 + k * 5), ...town] = byHand[k] ?? [];
    return {
      id: `${slug}-${start.slice(0, 7)}-${k + 1}`,
      start,
      end: shift(start, weeks * 7 - 3),
      deadline: shift(start, -21),
      weeks,
      town: town.join(' ') || pick(plan.towns, s1 + k),
      mode: byHand.length ? 'presential' : pick(plan.modes, s2 + k),
      language: course.notes.lang ?? course.language,
      price: pick(plan.prices, s4),
    };
  });
}

import type { Opportunity, WorkloadValue } from '../../schema/index.ts';
import { parseDuration } from '../../schema/parse/duration.ts';

/** A span sorted by what it is: calendar time, effort, or words. The one is never made of the other. */
export function spanOf(said: unknown): Pick<Opportunity, 'duration' | 'durationText' | 'hours'> {
  const span = parseDuration(said);
  if (span?.duration) return { duration: span.duration };
  if (span?.hours !== undefined) return { hours: span.hours };
  return span?.text ? { durationText: span.text } : {};
}

/** Adds a span to a workload; what is there already stays. */
export function addSpan(value: WorkloadValue, said: unknown): ReturnType<typeof spanOf> {
  const span = spanOf(said);
  if (span.duration) value.duration ??= span.duration;
  if (span.hours !== undefined) value.hours ??= span.hours;
  if (span.durationText) value.durationText ??= span.durationText;
  return span;
}

/** Adds credits of another scheme than ECTS, each once. */
export function addCredits(value: WorkloadValue, credit: NonNullable<WorkloadValue['credits']>[number]): void {
  const known = value.credits ?? [];
  if (known.some((one) => JSON.stringify(one) === JSON.stringify(credit))) return;
  value.credits = [...known, credit];
}

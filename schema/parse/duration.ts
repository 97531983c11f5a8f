import { isFiller } from './filler.ts';
import { plainText } from './plain-text.ts';

/** What a feed calls a duration, sorted by what it is. */
export interface ParsedDuration {
  /** Calendar time, ISO 8601 (`P10W`). */
  duration?: string;
  /** Effort in hours of 60 minutes (`PT50H` → 50). */
  hours?: number;
  /** As stated, when it is neither or a mixture. */
  text?: string;
}

const NUMBER = String.raw`(\d+(?:[.,]\d+)?)`;
const CALENDAR = new RegExp(`^P(?:${NUMBER}Y)?(?:${NUMBER}M)?(?:${NUMBER}W)?(?:${NUMBER}D)?$`);
const CLOCK = new RegExp(`^PT(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?$`);
const value = (part: string | undefined): number => (part ? Number(part.replace(',', '.')) : 0);

/**
 * ISO 8601 durations: years to days are calendar time, hours to seconds are effort; a mixture (`P1DT2H`), nothing
 * at all (`P`, `PT0S`) and words ("6 months") are kept as text. Fillers and what is no string give undefined.
 */
export function parseDuration(input: unknown): ParsedDuration | undefined {
  if (typeof input !== 'string') return undefined;
  const text = plainText(input);
  if (isFiller(text)) return undefined;
  const iso = text.length <= 40 ? text.toUpperCase() : '';
  const calendar = CALENDAR.exec(iso);
  if (calendar?.slice(1).some((part) => value(part) > 0)) return { duration: iso };
  const clock = CLOCK.exec(iso);
  if (clock) {
    const hours = value(clock[1]) + value(clock[2]) / 60 + value(clock[3]) / 3600;
    if (hours > 0) return { hours: Math.round(hours * 10_000) / 10_000 };
  }
  return { text };
}

import { badUserInput } from './errors.ts';

/** A date argument as it is written, 0001-01-01 to 9999-12-31; what the calendar does not have is refused. */
export function calendarDate(place: string, text: string | null | undefined): string | undefined {
  if (text == null) return undefined;
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (year && month && day && month <= 12 && day <= daysOf(year, month)) return text;
  throw badUserInput(`${place}: ${JSON.stringify(text.slice(0, 40))} is not a calendar date`, {
    argument: place,
    remedy: 'write it as YYYY-MM-DD',
  });
}

/** `Date` takes the years 0 to 99 for 1900 to 1999; 400 years later the calendar is the same. */
const daysOf = (year: number, month: number): number => new Date(Date.UTC(year + 400, month, 0)).getUTCDate();

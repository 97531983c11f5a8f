import { EU_LANGUAGES } from '../vocabularies/language-codes.ts';

/** Months and days may want their zero, as systems write them that put numbers together. */
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:$|[T ]\d{2}(?::|\d{2}|$)|Z$|[+-]\d{2}:\d{2}$)/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:$|T\d)/;
/**
 * Who writes dots writes the day first, also with two digits of the year: all locales of Europe in CLDR that have such a date
 * (`dd.MM.yy`). Only years near enough that no other century is meant.
 */
const DAY_FIRST = /^(\d{1,2})\s?\.\s?(\d{1,2})\s?\.\s?(?:(\d{4})\.?|([2-4]\d))(?:$|[ ,T])/;
/** `2026.09.17.` and `2026/9/17`: nobody writes the day second after a year. */
const YEAR_FIRST = /^(\d{4})\s?([./])\s?(\d{1,2})\s?\2\s?(\d{1,2})\.?(?:$|[ ,T])/;
/** `30-Sep-2026`, `3 November 2012`, `Sat 3rd Nov 2012`; the month's name tells it from the day, so two digits of a year are clear. */
const NAMED =
  /^(?:\p{L}{2,12}\.?,? )?(\d{1,2})(?:st|nd|rd|th|\.|er|º)?(?:[ -]| of | de )(\p{L}{3,12})\.?(?:,? |-| de )(\d{4}|\d{2})(?:$|[ ,T])/iu;
const MONTH_FIRST = /^(?:\p{L}{3,9},? )?(\p{L}{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:$|[ ,T])/iu;
const SLASHED = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?:$|[ ,T])/;

/**
 * A real calendar date `YYYY-MM-DD` between 1900 and 2199 from ISO dates and datetimes (the date as written: no
 * shift of time zone; `2026-9-7` as well), `YYYYMMDD`, `YYYY.M.D`, `D.M.YYYY`, `D.M.YY`, dates with the month's name in a language of the EU (`30-Sep-2026`,
 * `3. November 2026`, `November 3, 2026`), and `D/M/YYYY` or `M/D/YYYY` where only one reading is a date.
 * Everything else, also a year or a month alone, gives undefined.
 */
export function isoDate(input: unknown): string | undefined {
  if (input instanceof Date) return Number.isNaN(input.getTime()) ? undefined : isoDate(input.toISOString());
  if (typeof input !== 'string') return undefined;
  const text = input.slice(0, 64).trim();
  const iso = ISO.exec(text) ?? COMPACT.exec(text);
  if (iso) return real(iso[1], iso[2], iso[3]);
  const dotted = DAY_FIRST.exec(text);
  if (dotted) return real(yearOf(dotted[3] ?? dotted[4]), dotted[2], dotted[1]);
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) return real(yearFirst[1], yearFirst[3], yearFirst[4]);
  const named = NAMED.exec(text);
  const month = named ? monthOf(named[2]) : undefined;
  if (named && month) return real(yearOf(named[3]), month, named[1]);
  const english = MONTH_FIRST.exec(text);
  const first = english ? monthOf(english[1]) : undefined;
  if (english && first) return real(english[3], first, english[2]);
  const slashed = SLASHED.exec(text);
  if (!slashed) return undefined;
  const dayFirst = real(slashed[4], slashed[3], slashed[1]);
  const monthFirst = real(slashed[4], slashed[1], slashed[3]);
  if (dayFirst && monthFirst && dayFirst !== monthFirst) return undefined;
  return dayFirst ?? monthFirst;
}

const ENGLISH = new Map(
  'january february march april may june july august september october november december'
    .split(' ')
    .flatMap((name, n): [string, string][] => [
      [name, String(n + 1)],
      [name.slice(0, 3), String(n + 1)],
    ]),
).set('sept', '9');
const yearOf = (year = ''): string => (year.length === 2 ? `20${year}` : year);

let months: Map<string, string> | undefined;

/** The number of a month by its name or the usual three or four letters of it, in the languages of the EU. */
function monthOf(name = ''): string | undefined {
  const key = monthKey(name);
  const english = ENGLISH.get(key);
  if (english) return english;
  months ??= monthNames();
  return months.get(key) || undefined;
}

function monthNames(): Map<string, string> {
  const names = new Map<string, string>();
  for (const locale of EU_LANGUAGES)
    for (const parts of [{ month: 'long' }, { month: 'short' }, { month: 'long', day: 'numeric' }] as const) {
      const format = new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC' });
      for (let n = 1; n <= 12; n++) {
        const word = format.formatToParts(Date.UTC(2026, n - 1, 15)).find(({ type }) => type === 'month')?.value;
        const key = monthKey(word ?? '');
        const known = names.get(key);
        // A name that means two months in two languages (Croatian "listopad" is October, Czech November) means none.
        if (/\p{L}{3}/u.test(key)) names.set(key, known !== undefined && known !== String(n) ? '' : String(n));
      }
    }
  return names;
}

const monthKey = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\.$/, '');

function real(y = '', m = '', d = ''): string | undefined {
  const [year, month, day] = [Number(y), Number(m), Number(d)];
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return undefined;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  return `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
}

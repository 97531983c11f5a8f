const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T ]\d{2}(?::|\d{2}|$)|Z$|[+-]\d{2}:\d{2}$)/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:$|T\d)/;
const DAY_FIRST = /^(\d{1,2})\s?\.\s?(\d{1,2})\s?\.\s?(\d{4})(?:$|[ ,T])/;
const SLASHED = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?:$|[ ,T])/;

/**
 * A real calendar date `YYYY-MM-DD` between 1900 and 2199 from ISO dates and datetimes (the date as written: no
 * shift of time zone), `YYYYMMDD`, `D.M.YYYY`, and `D/M/YYYY` or `M/D/YYYY` where only one reading is a date.
 * Everything else, also a year or a month alone, gives undefined.
 */
export function isoDate(input: unknown): string | undefined {
  if (input instanceof Date) return Number.isNaN(input.getTime()) ? undefined : isoDate(input.toISOString());
  if (typeof input !== 'string') return undefined;
  const text = input.slice(0, 64).trim();
  const iso = ISO.exec(text) ?? COMPACT.exec(text);
  if (iso) return real(iso[1], iso[2], iso[3]);
  const dotted = DAY_FIRST.exec(text);
  if (dotted) return real(dotted[3], dotted[2], dotted[1]);
  const slashed = SLASHED.exec(text);
  if (!slashed) return undefined;
  const dayFirst = real(slashed[4], slashed[3], slashed[1]);
  const monthFirst = real(slashed[4], slashed[1], slashed[3]);
  if (dayFirst && monthFirst && dayFirst !== monthFirst) return undefined;
  return dayFirst ?? monthFirst;
}

function real(y = '', m = '', d = ''): string | undefined {
  const [year, month, day] = [Number(y), Number(m), Number(d)];
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return undefined;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  return `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
}

/** What a number of a cell is, by its number format: a count of days, a time of day, a length of time, or just a number. */
export type NumberKind = 'number' | 'date' | 'date-time' | 'time' | 'length';

/** Formats that have a number instead of a code (ISO/IEC 29500-1, 18.8.30 numFmt); 27–36 and 50–58 are dates in East Asia. */
const BUILT_IN: readonly [from: number, to: number, kind: NumberKind][] = [
  [14, 17, 'date'],
  [18, 21, 'time'],
  [22, 22, 'date-time'],
  [27, 31, 'date'],
  [32, 35, 'time'],
  [36, 36, 'date'],
  [45, 45, 'time'],
  [46, 46, 'length'],
  [47, 47, 'time'],
  [50, 58, 'date'],
];

/** What numbers with this format are. `code`: its own code, where the workbook gives one. */
export function kindOfFormat(id: number, code?: string): NumberKind {
  if (code === undefined) return BUILT_IN.find(([from, to]) => id >= from && id <= to)?.[2] ?? 'number';
  // Quoted and escaped text, what is repeated or left blank, colours and conditions say nothing; only the first section is for positives.
  const bare = code
    .slice(0, 500)
    .replace(/"[^"]{0,500}"|[\\_*]./g, '')
    .replace(/\[(?!(?:h{1,9}|m{1,9}|s{1,9})\])[^\]]{0,100}\]/gi, '')
    .split(';')[0]
    ?.replace(/general/i, '')
    .toLowerCase();
  if (!bare) return 'number';
  if (/\[[hms]/.test(bare)) return 'length';
  const time = /[hs]/.test(bare);
  const date = /[yd]/.test(bare) || (!time && /m/.test(bare));
  if (date) return time ? 'date-time' : 'date';
  return time ? 'time' : 'number';
}

const DAY_SECONDS = 86_400;
/** 31 December 9999. */
const LAST_DAY = 2_958_465;

/**
 * A number of a cell as text: dates by ISO 8601, times of day as `HH:MM`, other numbers with a decimal point, without exponent, to the
 * 15 digits that a spreadsheet shows. What is no date of its calendar stays a number.
 */
export function numberText(written: string, kind: NumberKind, from1904: boolean): string {
  const value = Number(written);
  if (written.trim() === '' || !Number.isFinite(value)) return written.trim();
  if (kind === 'number' || value < 0 || value > LAST_DAY) return plainNumber(value);
  const seconds = Math.round(value * DAY_SECONDS);
  if (kind === 'length') return clock(seconds);
  if (kind === 'time' && value < 1) return clock(seconds % DAY_SECONDS);
  const days = kind === 'date' ? Math.floor(value) : Math.floor(seconds / DAY_SECONDS);
  const day = isoDay(days, from1904);
  if (day === undefined) return plainNumber(value);
  const rest = seconds - days * DAY_SECONDS;
  return kind === 'date' || rest === 0 ? day : `${day}T${clock(rest)}`;
}

/** The calendar from 1900 has a 29 February 1900 that never was: day 60. Day 0 is none. */
function isoDay(days: number, from1904: boolean): string | undefined {
  if (!from1904 && (days === 0 || days === 60)) return undefined;
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  return new Date(epoch + days * DAY_SECONDS * 1000).toISOString().slice(0, 10);
}

function clock(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const rest = seconds % 60;
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}${rest ? `:${two(rest)}` : ''}`;
}

function plainNumber(value: number): string {
  const shown = String(Number(value.toPrecision(15)));
  const [, sign = '', whole = '', part = '', power = ''] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(shown) ?? [];
  if (!power) return shown;
  const digits = whole + part;
  const point = whole.length + Number(power);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return (
    sign + (digits.length > point ? `${digits.slice(0, point)}.${digits.slice(point)}` : digits.padEnd(point, '0'))
  );
}

import { asText, type Opportunity } from '../../schema/index.ts';
import { isoDate } from '../../schema/parse/date.ts';
import { isFiller, plainText } from '../../schema/parse/text.ts';
import type { Notes } from '../problems/notes.ts';
import type { RuleId } from '../problems/rules.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** `3 November 2012`, `Sat 3rd Nov 2012`, `November 3, 2012` → ISO date; anything but one full date gives undefined. */
export function englishDate(text: string): string | undefined {
  const bare = text.trim().replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? /i, '');
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})\.?,? (\d{4})$/i.exec(bare);
  const monthFirst = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/i.exec(bare);
  const [day, name, year] = dayFirst ? dayFirst.slice(1) : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]];
  const month = MONTHS.indexOf(name?.slice(0, 3).toLowerCase() ?? '') + 1;
  if (!day || !year || month === 0) return undefined;
  return isoDate(`${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`);
}

/** Systems that must store a date write one of these when there is none. */
const isPlaceholder = (year: number, month: number, day: number): boolean =>
  month === 0 || day === 0 || year < 1900 || year > 2199;

/** What is wrong with a text that is no date of `isoDate`. */
function faultOf(text: string): RuleId {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})(?:$|T)/.exec(text);
  const other = /^(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)/.exec(text);
  const [year, month, day] = iso
    ? iso.slice(1).map(Number)
    : other
      ? [Number(other[4]), Number(other[3]), Number(other[1])]
      : [];
  if (year === undefined || month === undefined || day === undefined) return 'not-a-date';
  if (isPlaceholder(year, month, day)) return 'placeholder-date';
  const real = (m: number, d: number) =>
    isoDate(`${year}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`) !== undefined;
  if (!iso && real(month, day) && real(day, month)) return 'ambiguous-date';
  // A date with something strange behind it (`2026-05-04 in the afternoon`) is none, but not an impossible one.
  return real(month, day) || (!iso && real(day, month)) ? 'not-a-date' : 'impossible-date';
}

/** What stands where a date belongs: a date, else words, else the rule it breaks. */
export interface DateReading {
  date?: string;
  rule?: RuleId;
}

/** Reads one date; fillers and nothing give nothing. */
export function dateIn(value: unknown): DateReading {
  if (value === undefined || value === null) return {};
  const text = asText(value).trim();
  const date = isoDate(text) ?? englishDate(text);
  if (date) return { date };
  if (/^[\d\s.:/T-]*$/.test(text) && /\d/.test(text)) return { rule: faultOf(text) };
  return isFiller(text) ? {} : { rule: faultOf(text) };
}

/** The date at `path`, or a note of what is wrong with it. */
export function readDate(notes: Notes, value: unknown, path: string): string | undefined {
  const { date, rule } = dateIn(value);
  if (rule) notes.add(path, rule, value);
  return date;
}

/** A start may be put in words, or be a month ("any time", "2027-05"); they are kept as such. */
export function readStart(notes: Notes, value: unknown, path: string): Pick<Opportunity, 'startDate' | 'startText'> {
  const { date, rule } = dateIn(value);
  if (date) return { startDate: date };
  if (rule === 'not-a-date' && typeof value === 'string' && /\p{L}{3}|(?<!\d)(?:19|20|21)\d\d(?!\d)/u.test(value)) {
    return { startText: plainText(value).slice(0, 200) };
  }
  if (rule) notes.add(path, rule, value);
  return {};
}

/** Both dates stay as stated; that they exclude each other is noted. */
export function checkOrder(notes: Notes, run: Pick<Opportunity, 'startDate' | 'endDate'>, path: string): void {
  const { startDate, endDate } = run;
  if (startDate && endDate && endDate < startDate) notes.add(path, 'ends-before-start', `${startDate} to ${endDate}`);
}

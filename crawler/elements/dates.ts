import { asText, type Opportunity } from '../../schema/index.ts';
import { isoDate } from '../../schema/parse/date.ts';
import { isFiller, plainText } from '../../schema/parse/text.ts';
import type { RuleId } from '../problems/rules.ts';
import type { Reading, Spot } from '../record/spot.ts';
import { dayIn, zoneOf } from './zones.ts';

/** Systems that must store a date write one of these when there is none. */
const isPlaceholder = (year: number, month: number, day: number): boolean =>
  month === 0 || day === 0 || year < 1900 || year > 2199;

/** Days as spreadsheets count them (from 1900, or from 1904): 1955 to 2099. Which of the two is not said with the number. */
const SERIAL = /^[2-7]\d{4}(?:[.,]\d+)?$/;
/** Two digits of a year after slashes or hyphens: nobody can tell day, month and year apart. */
const SHORT = /^\d{1,2}\s?([./-])\s?\d{1,2}\s?\1\s?\d{2}(?!\d)/;

/** What is wrong with a text that is no date of `isoDate`. */
function faultOf(text: string): RuleId {
  if (SERIAL.test(text)) return 'serial-day';
  if (SHORT.test(text)) return 'ambiguous-date';
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
  const date = isoDate(text);
  if (date) return { date };
  if (/^[\d\s.:/T-]*$/.test(text) && /\d/.test(text)) return { rule: faultOf(text) };
  return isFiller(text) ? {} : { rule: faultOf(text) };
}

/** An instant in UTC that is no midnight there: which day it is depends on where one is. */
const UTC = /^\d{4}-\d{2}-\d{2}[T ](?!00:00(?::00(?:\.0+)?)?Z)\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z$/;

/** The day of a value that stands for one, in the source's own time zone where it is an instant. */
function dayOf(spot: Spot): DateReading {
  const said = spot.said() ?? spot.value;
  const reading = dateIn(said);
  // The first day of a system's calendar; no course of today began then.
  if (reading.date && reading.date < '1970') return { rule: 'placeholder-date' };
  if (!reading.date || typeof said !== 'string' || !UTC.test(said)) return reading;
  const zone = zoneOf(spot.reading.source);
  const instant = new Date(said);
  if (zone && !Number.isNaN(instant.getTime())) return { date: dayIn(zone, instant) };
  spot.note('day-depends-on-zone');
  return reading;
}

/** The date at a spot, or a note of what is wrong with it. */
export function readDate(spot: Spot): string | undefined {
  const { date, rule } = dayOf(spot);
  if (rule) spot.note(rule);
  return date;
}

/** A start may be put in words, or be a month ("any time", "2027-05"); they are kept as such. */
export function readStart(spot: Spot): Pick<Opportunity, 'startDate' | 'startText'> {
  const { date, rule } = dayOf(spot);
  if (date) return { startDate: date };
  const said = spot.said();
  if (rule === 'ambiguous-date' && said !== undefined && SHORT.test(said)) {
    spot.note(rule);
    return { startText: said };
  }
  if (rule === 'not-a-date' && said !== undefined && /\p{L}{3}|(?<!\d)(?:19|20|21)\d\d(?!\d)/u.test(said)) {
    return { startText: plainText(said).slice(0, 200) };
  }
  if (rule) spot.note(rule);
  return {};
}

/** Systems that must store a date of a run write the first one they know; no run of a catalogue was so early. */
const EPOCH = '1970-01-01';

/**
 * A moment of a run that stands twice, for machines (`dtf="2026-09-07"`) and in words: the machine's wins, and what the words say
 * otherwise is told. `onlyDate`: words that are no date do not belong there.
 */
export function readMoment(words: Spot, machine: Spot, onlyDate = false): ReturnType<typeof readStart> {
  const date = machine.silent ? undefined : readDate(machine);
  if (date !== undefined) compareDates(words, machine, date);
  const said = words.said() === undefined || date !== undefined ? {} : readStart(words);
  const startDate = date ?? said.startDate;
  if (startDate !== undefined && startDate <= EPOCH) {
    words.note('placeholder-date', undefined, startDate);
    return {};
  }
  if (startDate !== undefined) return { startDate };
  if (said.startText === undefined || !onlyDate) return said;
  words.note('not-a-date');
  return {};
}

function compareDates(words: Spot, machine: Spot, date: string): void {
  const said = words.said();
  const inWords = dateIn(said);
  if (inWords.rule === 'impossible-date' || inWords.rule === 'placeholder-date') words.note(inWords.rule);
  const year = said && /\b(?:19|20|21)\d\d\b/.exec(said)?.[0];
  if (inWords.date ? inWords.date !== date : year && !date.startsWith(year)) tellOtherwise(words, machine);
}

/** Words say something else than the machine-readable value beside them. */
export function tellOtherwise(words: Spot, machine: Spot): void {
  const name = machine.path.split('/@').at(-1);
  words.note('contradiction', undefined, `${name}="${machine.said()}" but text "${words.said()}"`);
}

/** Both dates stay as stated; that they exclude each other is noted. */
export function checkOrder({ notes }: Reading, run: Pick<Opportunity, 'startDate' | 'endDate'>, path: string): void {
  const { startDate, endDate } = run;
  if (startDate && endDate && endDate < startDate) notes.add(path, 'ends-before-start', `${startDate} to ${endDate}`);
}

/** When a source says that it last changed the record: an instant, else a date; anything else is none. */
export function readModified(spot: Spot): string | undefined {
  const said = spot.said();
  const date = isoDate(said);
  return date && said?.startsWith(date) ? said : date;
}

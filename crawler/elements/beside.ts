import type { Opportunity } from '../../schema/index.ts';
import type { Spot } from '../record/spot.ts';
import { dateIn, readDate, readStart } from './dates.ts';
import { readSpan, spanIn } from './workload.ts';

/**
 * Values that stand twice: for machines (`dtf="2026-09-07"`, `interval="P2W"`) and in words. The machine's wins, the words stay where
 * words may stand, and what the two say otherwise is told.
 */

type Moment = Pick<Opportunity, 'startDate' | 'startText'>;
type Span = ReturnType<typeof spanIn>;

/** Systems that must store a date of a run write the first one they know; no run of a catalogue was so early. */
const EPOCH = '1970-01-01';

/** A moment of a run. `onlyDate`: words that are no date do not belong there. */
export function readMoment(words: Spot, machine: Spot, onlyDate = false): Moment {
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
  if (inWords.date ? inWords.date !== date : year && !date.startsWith(year)) tell(words, machine);
}

/** How long something takes, and in words. */
export function readDuration(words: Spot, machine: Spot): Span {
  const read = machine.silent ? {} : readSpan(machine);
  const text = words.said();
  const known = read.duration !== undefined || read.hours !== undefined;
  const said = text === undefined ? {} : known ? spanIn(text) : readSpan(words);
  if (known && text !== undefined && differ(read, text)) tell(words, machine);
  const { duration, hours } = known ? read : said;
  const inWords = Object.keys(said).length && !/^P[\dT]/i.test(text ?? '') ? text : undefined;
  const durationText = inWords ?? said.durationText ?? read.durationText;
  return {
    ...(duration ? { duration } : {}),
    ...(hours === undefined ? {} : { hours }),
    ...(durationText ? { durationText } : {}),
  };
}

/** Whether words that begin with a span ("3 weeks, part-time") name another one. */
function differ(span: Span, text: string): boolean {
  const begin = /^(?:about |approx\w{0,8}\.? |ca\. )?(\d+ \p{L}+)/iu.exec(text)?.[1];
  const said = [text, begin].map(spanIn).find(({ duration, hours }) => duration ?? hours);
  const alike = said && (said.duration === undefined) === (span.duration === undefined);
  return alike === true && sizeOf(said) !== sizeOf(span);
}

/** Two weeks are fourteen days, two years 24 months. */
function sizeOf({ duration, hours }: Span): string {
  const [, number, unit] = /^P(\d+)([YMWD])$/.exec(duration ?? '') ?? [];
  if (unit === 'W') return `P${Number(number) * 7}D`;
  return unit === 'Y' ? `P${Number(number) * 12}M` : (duration ?? `PT${hours}H`);
}

const tell = (words: Spot, machine: Spot): void =>
  words.note(
    'contradiction',
    undefined,
    `${machine.path.split('/@').at(-1)}="${machine.said()}" but text "${words.said()}"`,
  );

import type { Opportunity } from '../../../schema/index.ts';
import { dateIn, readDate, readStart } from '../../elements/dates.ts';
import { readSpan, spanIn } from '../../elements/workload.ts';
import type { Spot } from '../../record/spot.ts';

type Moment = Pick<Opportunity, 'startDate' | 'startText'>;

/**
 * A moment: `dtf` is what a machine should read; the text beside it must say the same. Words without a date stay words, where words
 * may stand (`onlyDate`: not there). No course of a catalogue was before 1970: systems that must store a date write one then.
 */
export function momentOf(spot: Spot | undefined, onlyDate = false): Moment {
  if (!spot) return {};
  const dtf = spot.at('@dtf');
  const machine = dtf.silent ? undefined : readDate(dtf);
  if (machine !== undefined) compareDates(spot, machine);
  const said = spot.said() === undefined || machine !== undefined ? {} : readStart(spot);
  const startDate = machine ?? said.startDate;
  if (startDate !== undefined && startDate < '1970') {
    spot.note('placeholder-date', undefined, startDate);
    return {};
  }
  if (startDate !== undefined) return { startDate };
  if (said.startText === undefined || !onlyDate) return said;
  spot.note('not-a-date');
  return {};
}

function compareDates(spot: Spot, machine: string): void {
  const words = spot.said();
  const { date, rule } = dateIn(words);
  if (rule && rule !== 'not-a-date') spot.note(rule);
  const year = words && /\b(?:19|20|21)\d\d\b/.exec(words)?.[0];
  if (date ? date !== machine : year && !machine.startsWith(year))
    spot.note('contradiction', undefined, `dtf="${spot.at('@dtf').said()}" but text "${words}"`);
}

/** The effort of a run, where it is put as hours; "10 hours a week" is no whole. */
export function effortOf(at: Spot): Pick<Opportunity, 'hours'> {
  let hours: number | undefined;
  for (const spot of at.each('engagement')) {
    const read = spanIn(spot.said()?.replace(/ in total\.?$/i, '')).hours;
    if (read !== undefined && hours === undefined) hours = read;
    else spot.note('not-mapped', 'give the hours of effort in all: "100 hours" or PT100H');
  }
  return hours === undefined ? {} : { hours };
}

/** How long a run takes: `interval` is what a machine should read; the words stay beside it. */
export function durationOf(at: Spot | undefined): ReturnType<typeof readSpan> {
  if (!at) return {};
  const interval = at.at('@interval');
  const machine = interval.silent ? {} : readSpan(interval);
  const words = at.said();
  const known = machine.duration !== undefined || machine.hours !== undefined;
  const said = words === undefined ? {} : known ? spanIn(words) : readSpan(at);
  if (words !== undefined && known) compareSpans(at, machine, words);
  const { duration, hours } = known ? machine : said;
  const inWords = Object.keys(said).length && !/^P[\dT]/i.test(words ?? '') ? words : undefined;
  const durationText = inWords ?? said.durationText ?? machine.durationText;
  return {
    ...(duration ? { duration } : {}),
    ...(hours === undefined ? {} : { hours }),
    ...(durationText ? { durationText } : {}),
  };
}

function compareSpans(at: Spot, machine: ReturnType<typeof spanIn>, words: string): void {
  const begin = /^(?:about |approx\w{0,8}\.? |ca\. )?(\d+ \p{L}+)/iu.exec(words)?.[1];
  const said = [words, begin].map(spanIn).find(({ duration, hours }) => duration ?? hours);
  if (!said || sizeOf(said) === sizeOf(machine)) return;
  if (said.duration === undefined ? machine.hours === undefined : machine.duration === undefined) return;
  at.note('contradiction', undefined, `interval="${at.at('@interval').said()}" but text "${words}"`);
}

/** Two weeks are fourteen days, two years 24 months. */
function sizeOf({ duration, hours }: ReturnType<typeof spanIn>): string {
  const [, number, unit] = /^P(\d+)([YMWD])$/.exec(duration ?? '') ?? [];
  if (unit === 'W') return `P${Number(number) * 7}D`;
  return unit === 'Y' ? `P${Number(number) * 12}M` : (duration ?? `PT${hours}H`);
}

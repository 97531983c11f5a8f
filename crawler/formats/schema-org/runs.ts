import type { Opportunity } from '../../../schema/index.ts';
import { plainText } from '../../../schema/parse/text.ts';
import { slug } from '../../decode/linked/page-identifiers.ts';
import { checkOrder, readDate, readStart } from '../../elements/dates.ts';
import { type Modes, orOnline, readModes } from '../../elements/modes.ts';
import { compactRun } from '../../elements/runs.ts';
import { readSpan } from '../../elements/workload.ts';
import type { Spot } from '../../record/spot.ts';
import { type Offered, readOffers } from './offers.ts';
import { placesAt } from './places.ts';
import { addressOf, type Course, isThing, languagesAt, RESIDUE, SCHEMA_PREFIX, say, words } from './words.ts';

/** What courses and runs say alike. */
export interface Offering {
  modes: Modes;
  languages: string[];
  offered: Offered;
}

/** A dated run of a course. */
export interface Run extends Offering {
  opportunity: Opportunity;
  spot: Spot;
  /** Where its hours stand. */
  hoursAt?: string | undefined;
}

export const offeringAt = (spot: Spot): Offering => ({
  modes: modesAt(spot),
  languages: languagesAt(spot),
  offered: readOffers(spot),
});

export const MODES = ['courseMode', 'educationalProgramMode', 'eventAttendanceMode'];
const QUOTES = /^["'“”„‘’«»\s]+|["'“”„‘’«»\s]+$/g;

/** `courseMode` and its siblings, sorted; they are free text, so no word is wrong there. */
function modesAt(node: Spot): Modes {
  const said = node.each(...MODES).flatMap((spot) => {
    const text = (isThing(spot) ? spot.first('name', '@id', 'url') : spot).said();
    if (text === undefined) return [];
    const bare = text.replace(QUOTES, '');
    if (bare !== text) spot.note('stray-quotes', undefined, text);
    return RESIDUE.test(bare) ? [] : [spot.with(bare.replace(SCHEMA_PREFIX, ''))];
  });
  return readModes(said, undefined, true);
}

const DATES = ['startDate', 'endDate', 'applicationStartDate', 'applicationDeadline'];
const RUNS = ['hasCourseInstance', 'courseInstance'];

/** The runs of a course; a lone run is its own, a programme with dates has one, a course with a place and no runs has one. */
export function readRuns(r: Course): Run[] {
  const { main, parts } = r;
  const isRun = r.type === 'CourseInstance';
  // A run's own runs are its lectures.
  const runs = [...parts, ...(isRun ? [] : main.each(...RUNS).filter(isThing))];
  const says = (keys: readonly string[]): boolean => main.each(...keys).length > 0;
  const own = says(DATES) || (!runs.length && says(['location', 'courseSchedule', 'eventSchedule']));
  const all = isRun ? [main, ...runs] : own ? [...runs, main] : runs;
  return all.flatMap((spot) => readRun(r, spot) ?? []);
}

function readRun(r: Course, spot: Spot): Run | undefined {
  const id = spot.at('@id').said();
  if (id && spot.members().every((name) => name === '@id')) {
    spot.note('undescribed-reference', 'describe the run where it is referred to', id);
    return undefined;
  }
  const own = spot === r.main;
  const name = own ? [] : words(spot.at('name'));
  const { online, ...where } = placesAt(spot);
  const offering = offeringAt(spot);
  const { modes, languages, offered } = offering;
  const { codes, words: wordsOfModes } = orOnline(modes, online);
  const paces = [...modes.pace, ...words(spot.at('timeOfDay')).map(({ value }) => value)];
  const asked = offered.prices.length ? offered.prices : offered.free;
  const dates = datesAt(spot);
  const { hoursAt, ...effort } = effortAt(r, spot);
  const run = compactRun<Opportunity>({
    id: '',
    path: spot.path,
    name: name.length && name[0]?.value !== r.title[0]?.value ? name : undefined,
    ...where,
    ...dates,
    participation: codes.length ? codes : undefined,
    participationText: wordsOfModes.join(', ') || undefined,
    pace: paces.join(', ') || undefined,
    ...effort,
    ...(dates.durationText ? { durationText: dates.durationText } : {}),
    languages: languages.length ? languages : undefined,
    prices: asked.length ? asked : undefined,
    status: statusAt(spot),
    url:
      addressOf(r, spot, true) ??
      spot
        .nodes('offers')
        .map((offer) => addressOf(r, offer, true))
        .find(Boolean),
  });
  const facts = [run.startDate ?? run.startText, run.place, ...codes, run.pace, run.name?.[0]?.value];
  run.id = !own && id && !id.startsWith('_:') ? id : slug(facts.filter(Boolean).join(' '));
  return { ...offering, opportunity: run, spot, hoursAt };
}

/** Dates, and the rhythm of meetings. */
function datesAt(run: Spot): Partial<Opportunity> {
  const own = run.each('courseSchedule').filter(isThing);
  const schedules = own.length ? own : run.each('eventSchedule').filter(isThing);
  // Of several schedules each has dates of its own: they are words about the rhythm.
  const places = schedules.length === 1 ? [run, ...schedules] : [run];
  const found: Partial<Opportunity> = {};
  for (const spot of filledAt(places, 'startDate')) {
    Object.assign(found, readStart(spot));
    if (found.startDate) break;
  }
  const endDate = dateAt(places, 'endDate');
  if (endDate) found.endDate = endDate;
  checkOrder(run.reading, found, run.at('endDate').path);
  const opens = dateAt([run], 'applicationStartDate');
  if (opens) found.applicationStart = opens;
  const closes = dateAt([run], 'applicationDeadline');
  if (closes) found.applicationDeadline = closes;
  const rhythm = schedules.map((schedule) => rhythmOf(schedule, schedules.length > 1)).filter(Boolean);
  if (rhythm.length) found.durationText = rhythm.join('; ').slice(0, 500);
  return found;
}

const filledAt = (places: readonly Spot[], key: string): Spot[] =>
  places.flatMap((place) => place.each(key)).filter((spot) => !RESIDUE.test(spot.said() ?? ''));

function dateAt(places: readonly Spot[], key: string): string | undefined {
  for (const spot of filledAt(places, key)) {
    const date = readDate(spot);
    if (date) return date;
  }
  return undefined;
}

/** The length of one meeting, times meetings: words about time, never effort worked out from it. */
function rhythmOf(schedule: Spot, dated: boolean): string {
  const keys = [...(dated ? ['startDate', 'endDate'] : []), 'duration', 'repeatFrequency'];
  const count = schedule.at('repeatCount').said();
  const said = [
    ...keys.map((key) => schedule.at(key).said()),
    count && `× ${count}`,
    ...schedule.each('byDay').map((day) => day.said()),
  ];
  return said.flatMap((part) => part?.replace(SCHEMA_PREFIX, '') || []).join(' ');
}

/** Hours of effort and calendar time of a run. Of a course with dates of its own they are the course's. */
function effortAt(
  r: Course,
  run: Spot,
): Pick<Opportunity, 'hours' | 'duration' | 'durationText'> & { hoursAt?: string } {
  const own = run === r.main;
  const out: ReturnType<typeof effortAt> = {};
  const addHours = (hours: number, path: string): void => {
    if (out.hours === undefined) Object.assign(out, { hours, hoursAt: path });
  };
  if (own && r.type !== 'CourseInstance') return out;
  for (const spot of run.each('courseWorkload')) {
    const { hours, duration, durationText } = readSpan(spot);
    if (hours !== undefined) addHours(hours, spot.path);
    else if (duration) {
      out.duration ??= duration;
      spot.note('workload-is-duration', 'courseWorkload is effort: give hours (PT50H)');
    } else if (durationText) {
      say(r, 'courseWorkload', [{ language: spot.language ?? 'und', value: durationText }]);
      spot.note('duration-in-words');
    }
  }
  for (const key of own ? ['duration'] : ['duration', 'timeRequired']) {
    for (const spot of run.each(key)) {
      const { hours, duration, durationText } = readSpan(spot);
      if (duration) out.duration ??= duration;
      else if (hours !== undefined && key === 'timeRequired') addHours(hours, spot.path);
      else if (hours !== undefined || durationText) out.durationText ??= plainText(spot.said() ?? '');
    }
  }
  return out;
}

function statusAt(run: Spot): Opportunity['status'] {
  const event = run
    .each('eventStatus')
    .map((one) => one.said())
    .join(' ');
  if (/cancell?ed/i.test(event)) return 'cancelled';
  const stock = run.nodes('offers').map((offer) => offer.at('availability').said() ?? '');
  if (stock.length && stock.every((text) => /soldout|outofstock/i.test(text))) return 'full';
  if (stock.length && stock.every((text) => /discontinued/i.test(text))) return 'closed';
  return /scheduled/i.test(event) ? 'scheduled' : undefined;
}

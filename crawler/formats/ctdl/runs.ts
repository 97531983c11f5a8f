import type { Opportunity, Price } from '../../../schema/index.ts';
import { webUrl } from '../../../schema/parse/url.ts';
import { checkOrder, readDate, readStart } from '../../elements/dates.ts';
import { compactRun } from '../../elements/runs.ts';
import { createWorkload } from '../../elements/workload.ts';
import type { Spot } from '../../record/spot.ts';
import { pricesOf } from './costs.ts';
import { type CtdlReading, identifierOf } from './entries.ts';
import { participationOf } from './modes.ts';
import { onlineOf, placesAt } from './places.ts';
import { referenceKey } from './terms.ts';
import { readDurations } from './workload.ts';

/**
 * The record's own runs and those of the learning it requires: CTDL defines offerings on courses, not on credentials. `prices`:
 * those of the record, which are the prices of the one run that its own dates make.
 */
export function runsOf(
  { main, required }: Pick<CtdlReading, 'main' | 'required'>,
  prices: readonly Price[],
): Opportunity[] {
  const out: Opportunity[] = [];
  for (const run of [main, ...required].flatMap((at) => at.nodes('hasOffering')).map(offering)) {
    if (!run.id || !out.some((other) => other.id === run.id)) out.push(run);
  }
  const run = datesOf(main);
  if (run) {
    const { id, ...dates } = run;
    const url = webUrl(main.at('url').said());
    out.push(
      compactRun<Opportunity>({
        id,
        path: main.path,
        ...dates,
        prices: prices.length ? [...prices] : undefined,
        url,
      }),
    );
  }
  return out;
}

const DATES = ['startDate', 'registrationDeadline', 'endDate'] as const;

/** The dates of a run and an id made of them. What stands there and is no date is told; the run is there all the same. */
function datesOf(
  at: Spot,
): Pick<Opportunity, 'id' | 'startDate' | 'startText' | 'endDate' | 'applicationDeadline'> | undefined {
  const [startAt, deadlineAt, endAt] = DATES.map((name) => at.at(name)) as [Spot, Spot, Spot];
  const spots = [startAt, deadlineAt, endAt];
  if (spots.every((spot) => spot.silent)) return undefined;
  const start = readStart(startAt);
  const applicationDeadline = readDate(deadlineAt);
  const endDate = readDate(endAt);
  if (start.startDate && applicationDeadline && applicationDeadline > start.startDate)
    deadlineAt.note('deadline-after-start', undefined, `${applicationDeadline} after ${start.startDate}`);
  checkOrder(at.reading, { ...start, ...(endDate ? { endDate } : {}) }, endAt.path);
  const read = [start.startDate ?? start.startText, applicationDeadline, endDate];
  const parts = read.some(Boolean) ? read : spots.map((spot) => spot.said());
  return {
    id: parts
      .map((part) => part ?? '')
      .join('/')
      .replace(/\/{1,2}$/, ''),
    ...start,
    ...(endDate ? { endDate } : {}),
    ...(applicationDeadline ? { applicationDeadline } : {}),
  };
}

function offering(at: Spot): Opportunity {
  const places = placesAt(at);
  const { online: _online, ...where } = places[0]?.facts ?? {};
  const venues = [...new Set(places.flatMap(({ facts }) => facts.place ?? []))].join('; ');
  const { element, pace } = participationOf(at, onlineOf(places));
  const load = createWorkload();
  readDurations(load, at);
  const prices = pricesOf(at);
  const own = identifierOf(at);
  const name = at.at('name').texts();
  const { id: _, ...dates } = datesOf(at) ?? { id: '' };
  return compactRun<Opportunity>({
    id: own === undefined ? '' : referenceKey(own),
    path: at.path,
    name: name.length ? name : undefined,
    ...where,
    place: venues || undefined,
    ...dates,
    duration: load.value.duration,
    durationText: load.value.durationText,
    hours: load.value.hours,
    pace: pace.length ? pace.join(', ') : undefined,
    participation: element.value?.codes.length ? element.value.codes : undefined,
    participationText: element.value?.text?.map(({ value }) => value).join('; '),
    prices: prices.length ? prices : undefined,
    url: webUrl(at.first('subjectWebpage', 'availabilityListing', 'availableOnlineAt').said()),
  });
}

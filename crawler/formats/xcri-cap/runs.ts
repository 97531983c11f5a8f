import type { Opportunity } from '../../../schema/index.ts';
import { checkOrder, readMoment } from '../../elements/dates.ts';
import { readLanguages } from '../../elements/languages.ts';
import { readUrl } from '../../elements/links.ts';
import { placeOf } from '../../elements/places.ts';
import { distinctPrices, readPrices } from '../../elements/prices.ts';
import { compactRun, saidBy } from '../../elements/runs.ts';
import { joinTexts } from '../../elements/texts.ts';
import { isRangeOfHours, readDuration, spanIn } from '../../elements/workload.ts';
import type { Spot } from '../../record/spot.ts';
import { theOne } from '../../record/xml-feed.ts';
import { countryOf, linesOf, locationOf } from './bodies.ts';
import { identifiersOf } from './identifiers.ts';
import { wayOf } from './ways.ts';

/** The runs at these presentations. One that comes twice to the letter is one; an identifier of several is told. */
export function runsOf(presentations: readonly Spot[]): Opportunity[] {
  const known = new Map<string, Set<string>>();
  return presentations.flatMap((at) => {
    const run = runOf(at);
    if (!run.id) return [run];
    const alike = known.get(run.id) ?? new Set();
    if (alike.has(saidBy(run))) return [];
    if (alike.size) at.at('identifier').note('run-identifier-used-twice', undefined, run.id);
    known.set(run.id, alike.add(saidBy(run)));
    return [run];
  });
}

function runOf(at: Spot): Opportunity {
  const moment = (name: string, onlyDate = true) => {
    const spot = theOne(at, name);
    return spot ? readMoment(spot, spot.at('@dtf'), onlyDate) : {};
  };
  const start = moment('start', false);
  const endDate = moment('end').startDate;
  const duration = theOne(at, 'duration');
  checkOrder(at.reading, { startDate: start.startDate, endDate }, at.at('end').path);
  const { online, ...place } = venueOf(at);
  const name = joinTexts(at.at('title').texts());
  const languages = [...new Set(at.each('languageOfInstruction').flatMap(readLanguages))];
  const prices = distinctPrices(at.each('cost').flatMap((amount) => readPrices({ amount })));
  const id =
    identifiersOf(at)[0] ?? [start.startDate ?? start.startText, endDate, place.place].filter(Boolean).join('|');
  return compactRun<Opportunity>({
    id,
    path: at.path,
    name: name.length ? name : undefined,
    ...place,
    ...start,
    endDate,
    applicationStart: moment('applyFrom').startDate,
    applicationDeadline: moment('applyUntil').startDate,
    ...effortOf(at),
    ...(duration ? readDuration(duration, duration.at('@interval')) : {}),
    ...wayOf(at, online),
    languages: languages.length ? languages : undefined,
    prices: prices.length ? prices : undefined,
    url: pageOf(at),
  });
}

/** The effort of a run, where it is put as hours; "10 hours a week" is no whole. */
function effortOf(at: Spot): Pick<Opportunity, 'hours'> {
  let hours: number | undefined;
  for (const spot of at.each('engagement')) {
    if (isRangeOfHours(spot)) continue; // a range is read with the workload: a run has one number
    const read = spanIn(spot.said()).hours;
    if (read !== undefined && hours === undefined) hours = read;
    else spot.note('not-mapped', 'give the hours of effort in all: "100 hours" or PT100H');
  }
  return hours === undefined ? {} : { hours };
}

/** Where to read more, else where to apply; a run has one address. */
function pageOf(at: Spot): string | undefined {
  const links = [...at.each('url', 'link'), ...at.each('applyTo')];
  let page: string | undefined;
  for (const link of links) {
    const url = readUrl(link);
    if (url && page && url !== page) link.note('not-mapped');
    page ??= url;
  }
  return page;
}

/** 1.2 has a provider as the venue; 1.1 has name and address in the venue itself; some put a location on the run. */
function venueOf(at: Spot): ReturnType<typeof placeOf> {
  const venue = theOne(at, 'venue') ?? at;
  const body = theOne(venue, 'provider') ?? venue;
  const location = locationOf(body) ?? body;
  const said = (name: string) => location.at(name).said() ?? (body === at ? undefined : body.at(name).said());
  const named = body === at ? undefined : body.first('title', 'name').texts()[0];
  const lines = linesOf(location);
  const name = named?.value ?? (body === at || lines.length ? undefined : body.said());
  return placeOf(body, {
    name,
    street: said('street') ?? (lines.length ? lines.join(', ') : undefined),
    postcode: said('postcode'),
    locality: said('town'),
    country: countryOf(location) ?? (body === at ? undefined : countryOf(body)),
  });
}

import { type Opportunity, type Price, table } from '../../../schema/index.ts';
import { checkOrder, readDate, readStart } from '../../elements/dates.ts';
import { readLanguages } from '../../elements/languages.ts';
import { readUrl } from '../../elements/links.ts';
import { orOnline, readModes } from '../../elements/modes.ts';
import { countryOfAddress, placeOf, readCountry } from '../../elements/places.ts';
import { readCurrency, readPrices } from '../../elements/prices.ts';
import { compactRun } from '../../elements/runs.ts';
import type { Spot } from '../../record/spot.ts';
import terms from './terms.json' with { type: 'json' };

/** Names of delivery methods in the lists of Keystone's sites; most of them tell for whom an event is held, not how. */
const MODES = table(terms.deliveryMethods);

/** What a course says of all its events: when and where to apply. */
type Shared = Pick<Opportunity, 'applicationStart' | 'applicationDeadline' | 'url'>;

/** The events of a course; one without events that can be applied for is a run without dates. */
export function runsOf(courses: readonly Spot[], deadline: string | undefined): Opportunity[] {
  return courses.flatMap((course) => {
    const application = course.at('application');
    const shared = { ...applicationAt(application), ...(deadline ? { applicationDeadline: deadline } : {}) };
    const events = course.each('events').flatMap((list) => list.each('event'));
    if (!events.length && Object.keys(shared).length)
      return [compactRun<Opportunity>({ id: 'application', path: application.path, ...shared })];
    return events.map((event) => runOf(event, shared));
  });
}

const applicationAt = (spot: Spot): Shared => ({
  ...compactRun<Shared>({
    applicationStart: readDate(spot.at('@startDate')),
    applicationDeadline: readDate(spot.at('@endDate')),
    url: readUrl(spot.at('@url')),
  }),
});

function runOf(event: Spot, shared: Shared): Opportunity {
  const start = startOf(event.at('start'));
  const endDate = readDate(event.at('start').at('@endDate'));
  checkOrder(event.reading, { startDate: start.startDate, endDate }, event.at('start').at('@endDate').path);
  const { online, ...place } = placeAt(event);
  const last = event.at('lastApplicationDate');
  const languages = event.each('@language').flatMap(readLanguages);
  const prices = event.each('price').flatMap(pricesOf);
  return compactRun<Opportunity>({
    ...shared,
    ...applicationAt(event.at('applicationInfo')),
    id: event.at('@uniqueIdentifier').said() ?? [start.startDate ?? start.startText, endDate, place.place].join('|'),
    path: event.path,
    ...place,
    ...start,
    ...(endDate ? { endDate } : {}),
    ...(last.silent ? {} : { applicationDeadline: readDate(last.first('date', 'text')) }),
    ...wayOf(event, online),
    ...(languages.length ? { languages } : {}),
    ...(prices.length ? { prices } : {}),
    ...(event.at('@link').silent ? {} : { url: readUrl(event.at('@link')) }),
  });
}

/** A day, a month, a semester, words, or at any time; an event without a start is no event that is always open. */
function startOf(spot: Spot): ReturnType<typeof readStart> {
  const [month, year, semester] = [spot.at('@month'), spot.at('@year').said(), spot.at('@semester').said()];
  if (!spot.at('@startDate').silent) return readStart(spot.at('@startDate'));
  if (semester) return { startText: [semester, year].filter(Boolean).join(' ') };
  if (!month.silent) {
    const number = Number(month.said());
    if (Number.isInteger(number) && number >= 1 && number <= 12)
      return { startText: year ? `${year}-${String(number).padStart(2, '0')}` : monthName(number) };
    month.note('not-a-date');
    return {};
  }
  if (!spot.at('@description').silent) return readStart(spot.at('@description'));
  return typeOf(spot) === 'AlwaysOpen' ? { startText: 'always open' } : {};
}

const monthName = (month: number): string =>
  new Date(Date.UTC(2000, month - 1)).toLocaleString('en', { month: 'long', timeZone: 'UTC' });

/** The local part of `xsi:type`. */
const typeOf = (spot: Spot): string | undefined => spot.at('@xsi:type').said()?.split(':').at(-1);

/**
 * How an event is held: what its delivery method says, else its type. A `LocationEvent` is held in a venue; a `DistanceEvent` "can be
 * taken without physically attending it, like online", which need not be online.
 */
function wayOf(
  event: Spot,
  online: string | undefined,
): Pick<Opportunity, 'pace' | 'participation' | 'participationText'> {
  const { pace, ...modes } = orOnline(readModes(event.each('@deliveryMethod'), MODES), online);
  const percent = event.first('pace', '@pace').said();
  const paces = [
    ...(percent === undefined ? [] : [/^[\d.]+$/.test(percent) ? `${Number(percent)} %` : percent]),
    ...pace,
  ];
  const type = modes.codes.length ? undefined : typeOf(event);
  const codes = type === 'LocationEvent' ? ['presential'] : modes.codes;
  const words = type === 'DistanceEvent' ? [...modes.words, 'distance'] : modes.words;
  return {
    ...(paces.length ? { pace: paces.join('; ') } : {}),
    ...(codes.length ? { participation: codes } : {}),
    ...(words.length ? { participationText: words.join('; ') } : {}),
  };
}

/** The price without its discounts, which are words beside it: they hold for a while, or for some. The site's currency is not stated. */
export function pricesOf(price: Spot): Price[] {
  const period = (spot: Spot) =>
    [spot.at('@startDate').said(), spot.at('@endDate').said()]
      .map((day) => day ?? '')
      .join('–')
      .replace(/^–$/, '');
  const [vat, included] = [price.at('@vat').said(), price.at('@vatIncluded').flag()];
  const words = [
    vat && `VAT ${vat} %${included === undefined ? '' : included ? ' included' : ' not included'}`,
    !vat && included !== undefined && `VAT ${included ? 'included' : 'not included'}`,
    ...price
      .each('discount')
      .map((one) => ['discount', one.at('@value').said(), period(one)].filter(Boolean).join(' ')),
    ...price
      .each('discountRate')
      .map((one) => ['discount', `${one.at('@percentage').said()} %`, period(one)].filter(Boolean).join(' ')),
  ];
  return readPrices({
    amount: price.at('@price'),
    currency: readCurrency(price.at('@currency')),
    text: words.filter(Boolean).join('; '),
  });
}

/** The location that the event names, else the area in which it can be held. */
function placeAt(event: Spot): ReturnType<typeof placeOf> {
  const [uid, location] = [event.at('@locationUID'), event.at('location')];
  if (location.silent) {
    if (!uid.silent) uid.note('unresolved-reference');
    const area = event.at('@place').said();
    return placeOf(event.at('@place'), { name: area, country: area && countryOfAddress([area]) });
  }
  const [address, place] = [location.at('visitingAddress'), location.first('place', '@place').said()];
  const country = address.at('@country').silent ? undefined : readCountry(address.at('@country'));
  return placeOf(location, {
    name: location.at('@name').said(),
    street: address.at('@street').said(),
    postcode: address.at('@zip').said(),
    locality: address.at('@city').said() ?? place,
    country: country ?? (place && countryOfAddress([place])),
  });
}

import { type Opportunity, type Price, table } from '../../../schema/index.ts';
import { modesOfLearning } from '../../../schema/vocabularies/index.ts';
import { checkOrder, readDate, readStart } from '../../elements/dates.ts';
import { readLanguages } from '../../elements/languages.ts';
import { orOnline, readModes } from '../../elements/modes.ts';
import { placeOf } from '../../elements/places.ts';
import { readCurrency, readPrices } from '../../elements/prices.ts';
import { compactRun } from '../../elements/runs.ts';
import { textsOf } from '../../elements/texts.ts';
import { readSpan } from '../../elements/workload.ts';
import type { Spot } from '../../record/spot.ts';
import { pageOf, placeIn } from './bodies.ts';
import { conceptsAt, tailOf, wordSpots, wordsAt } from './concepts.ts';
import type { ElmReading } from './reading.ts';

/** The EU's learning schedules; how many hours they are nobody says. */
const SCHEDULES = table({
  '72a0ab92fa': 'Full time',
  f230bae523: 'Part time intensive',
  '67395e6b5a': 'Part time light',
});

/** Every opportunity is a run, and one a period where it says several. */
export const runsOf = ({ offers }: ElmReading): Opportunity[] => offers.flatMap(runsAt);

function runsAt(offer: Spot, n: number): Opportunity[] {
  const id = offer.at('@id').said() ?? `offer ${n + 1}`;
  const paces = conceptsAt(offer, 'learningSchedule').flatMap(
    ({ uri, texts }) => (uri && SCHEDULES.get(tailOf(uri))) ?? texts[0]?.value ?? [],
  );
  const [location] = offer.nodes('location');
  const { lines = [], ...where } = location ? placeIn(location) : {};
  const { online, ...place } = location ? placeOf(location, { ...where, street: lines[0] }) : {};
  const { codes, words, pace } = orOnline(modesAt(offer), online);
  const text = [...paces, ...pace].join(', ');
  const funding = textsOf(wordsAt(offer, 'grant'));
  const shared: Omit<Opportunity, 'id'> = compactRun({
    path: offer.path,
    name: orNone(offer.at('title').texts()),
    applicationDeadline: readDate(offer.at('applicationDeadline')),
    ...readSpan(offer.at('duration')),
    ...place,
    pace: text || undefined,
    languages: orNone(languagesAt(offer)),
    participation: orNone(codes),
    participationText: words.join(', ') || undefined,
    prices: orNone(offer.each('priceDetail').flatMap(pricesOf)),
    funding: orNone(funding),
    url: pageOf(offer),
  });
  const periods = offer.nodes('temporal');
  if (!periods.length) return [{ id, ...shared }];
  return periods.map((period, k) => {
    const start = readStart(period.at('startDate'));
    const named = Object.keys(start).length ? start : readStart(period.at('prefLabel'));
    const end = readDate(period.at('endDate'));
    const run = { ...named, ...(end ? { endDate: end } : {}) };
    checkOrder(offer.reading, run, period.path);
    return { id: k ? `${id}#${named.startDate ?? named.startText ?? k + 1}` : id, ...shared, ...run };
  });
}

const orNone = <T>(list: readonly T[]): T[] | undefined => (list.length ? [...list] : undefined);

/** The ways of taking part at a place: terms of the EU's list by address, others in words. */
export const modesAt = (...places: Spot[]) =>
  readModes(
    places.flatMap((at) =>
      conceptsAt(at, 'mode').flatMap((one) => wordSpots(one, (word) => modesOfLearning.parse(word))),
    ),
  );

const languagesAt = (at: Spot): string[] => [
  ...new Set(conceptsAt(at, 'language').flatMap((one) => wordSpots(one, Boolean).flatMap(readLanguages))),
];

/** xsd:decimal has no separators of thousands: "1.250" is one and a quarter. */
function decimal(spot: Spot): Spot {
  const said = spot.said() ?? '';
  return /^\d+\.\d+$/.test(said) ? spot.with(Number(said)) : spot;
}

/** A price is an amount with its currency, or what is said of it. */
function pricesOf(one: Spot): Price[] {
  const detail = one.node();
  if (!detail) return readPrices({ amount: one });
  const text = textsOf([detail.at('title'), detail.at('description'), ...wordsAt(detail, 'additionalNote')])
    .map(({ value }) => value)
    .join(': ');
  const amounts = detail.each('amount');
  if (!amounts.length) return text ? readPrices({ amount: one.with(text) }) : [];
  return amounts.flatMap((amount) => {
    const [unit] = amount.node() ? conceptsAt(amount, 'unit') : [];
    const currency = unit && readCurrency(unit.spot.with(unit.uri ? tailOf(unit.uri) : unit.texts[0]?.value));
    return readPrices({ amount: decimal(amount.node()?.at('value') ?? amount), currency, ...(text ? { text } : {}) });
  });
}

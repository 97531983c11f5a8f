import { type Price, table } from '../../../schema/index.ts';
import { currencyCode } from '../../../schema/parse/price.ts';
import { isPartOfPrice } from '../../elements/price-parts.ts';
import { distinctPrices, readCurrency, readPrices } from '../../elements/prices.ts';
import type { Spot } from '../../record/spot.ts';
import { type Ask, tellingLabels } from './offer-labels.ts';
import { isThing, RESIDUE, SCHEMA_PREFIX, wordsAt } from './words.ts';

/** What offers ask, and what is free only by a category or flag. */
export interface Offered {
  prices: Price[];
  free: Price[];
  /** Where it is said that it is free. */
  path: string;
}

const AMOUNTS = ['price', 'lowPrice', 'highPrice', 'minPrice', 'maxPrice'];
const PAID = /paid|partially|subscription/i;

/** The prices at a course or run. Each is labelled with what tells it from the others. */
export function readOffers(node: Spot): Offered {
  const [flag] = node.each('isAccessibleForFree');
  const said = node.each('offers');
  if (!said.length && !flag) return { prices: [], free: [], path: '' };
  const prices: Price[] = [];
  const free: Price[] = [];
  let freeAt: Spot | undefined;
  // An AggregateOffer holds its offers.
  const offers = said.flatMap((offer) => (isThing(offer) ? [offer, ...offer.each('offers')] : [offer]));
  const asks = offers.filter(isThing).flatMap(asksOf);
  const labels = tellingLabels(asks, node);
  for (const offer of offers) {
    const own = asks.filter((ask) => ask.offer === offer);
    const category = wordsAt(offer.at('category'));
    const found = own.length
      ? own.flatMap((ask) => askedAt(ask, own, labels.get(ask), category))
      : readPrices({ amount: offer });
    prices.push(...found);
    if (found.length || !category) continue;
    const { audience, text } = labels.get(own[0] as Ask) ?? {};
    const price = { ...(audience ? { audience } : {}), text: [category, text].filter(Boolean).join(', ') };
    if (!/^free$/i.test(category)) prices.push(price);
    else {
      free.push({ amount: 0, ...price });
      freeAt = offer.at('category');
    }
  }
  if (prices.length)
    freeAt?.note(
      'free-and-priced',
      'one offer has a price and another is "Free": say for whom each of them is',
      'Free',
    );
  const isFree = flag?.flag();
  if (isFree && prices.some(({ amount = 0 }) => amount > 0))
    flag?.note('free-and-priced', 'say what is free, and what the price is for');
  else if (isFree && !prices.length && !free.length) {
    free.push({ amount: 0 });
    freeAt = flag;
  } else if (isFree === false && [...prices, ...free].some(({ amount }) => amount === 0))
    flag?.note('contradiction', undefined, 'price 0, isAccessibleForFree false');
  return { prices: distinctPrices(prices), free: distinctPrices(free), path: freeAt?.path ?? '' };
}

/** Where an offer and its specifications, with the components of compound ones, say an amount; the offer itself when nowhere. */
function asksOf(offer: Spot): Ask[] {
  const specifications = offer
    .each('priceSpecification')
    .filter(isThing)
    .flatMap((spot) => [spot, ...spot.each('priceComponent').filter(isThing)]);
  const asking = [offer, ...specifications].filter((spot) => spot.each(...AMOUNTS).length);
  return (asking.length ? asking : [offer]).map((spot) => ({ spot, offer }));
}

function askedAt(
  { spot, offer }: Ask,
  siblings: readonly Ask[],
  label: Pick<Price, 'audience' | 'text'> = {},
  category?: string,
): Price[] {
  if (!spot.each(...AMOUNTS).length) {
    const currency = spot.at('priceCurrency');
    if (!currency.silent && !category) currency.note('currency-without-amount');
    return [];
  }
  const currency = readCurrency(spot.at('priceCurrency')) ?? currencyCode(offer.at('priceCurrency').said());
  return AMOUNTS.flatMap((key) =>
    spot.each(key).flatMap((amount) => {
      const said = amount.said();
      if (said === undefined) return [];
      if (RESIDUE.test(said)) {
        amount.note('template-residue');
        return [];
      }
      // An offer repeats the price of its specification, without saying that it is one of many.
      const same = siblings.filter((other) => other.spot.at(key).said() === said);
      const recurs =
        [{ spot, offer }, ...same].map((ask) => recurrence(ask.spot)).find(Boolean) ??
        (category && isPartOfPrice(category) ? category : undefined);
      const type = wordsAt(spot.at('priceType'))?.replace(SCHEMA_PREFIX, '');
      const text = [label.text, recurs ? undefined : type, key === 'price' ? undefined : key]
        .filter(Boolean)
        .join(', ');
      const found = readPrices({ amount, currency, audience: label.audience, ...(text ? { text } : {}), recurs });
      return found.filter((price) => {
        const contradicts = price.amount === 0 && category !== undefined && PAID.test(category);
        if (contradicts)
          amount.note('price-contradicts-category', 'give the price, or category "Free"', `0, category ${category}`);
        return !contradicts;
      });
    }),
  );
}

/** schema.org's PriceComponentTypeEnumeration and the one PriceTypeEnumeration value that is a part: none is the whole price. */
const PARTS = table({
  subscription: 'subscription',
  downpayment: 'down payment',
  installment: 'instalment',
  activationfee: 'activation fee',
  cleaningfee: 'cleaning fee',
  distancefee: 'distance fee',
});
/** UN/CEFACT Common Codes (Recommendation 20) of time, as `unitCode` has them. */
const UNITS = table({
  MIN: 'minute',
  HUR: 'hour',
  DAY: 'day',
  WEE: 'week',
  MON: 'month',
  QAN: 'quarter',
  SAN: 'half year',
  ANN: 'year',
});

/** What says that a price is paid more than once, or is a part of the whole: "instalment, per month (6 times)". */
function recurrence(specification: Spot): string | undefined {
  const part = specification
    .each('priceComponentType', 'priceType')
    .map((one) => PARTS.get((one.said() ?? '').replace(SCHEMA_PREFIX, '').toLowerCase()))
    .find(Boolean);
  const [quantity] = specification.each('referenceQuantity');
  const unit = unitAt(specification) ?? (quantity && unitAt(quantity));
  const step = Number((quantity?.at('value') ?? specification.at('billingIncrement')).said() ?? 1);
  const period = unit && (step > 1 ? `every ${step} ${unit}s` : `per ${unit}`);
  const duration = specification.at('billingDuration');
  const span = (isThing(duration) ? duration.at('value') : duration).said();
  const times = Number(span) / Number(specification.at('billingIncrement').said() ?? 1);
  const often = span && (Number.isInteger(times) ? `(${times} times)` : `(${span})`);
  if (!part && !period && !often) return undefined;
  return [[part, period].filter(Boolean).join(', '), often].filter(Boolean).join(' ');
}

/** The unit of time that a price is for; other units (a piece, a person) are none. */
function unitAt(spot: Spot): string | undefined {
  const unit = spot.at('unitText').said()?.replaceAll('_', ' ').replace(/^per /i, '').toLowerCase();
  return (
    UNITS.get(spot.at('unitCode').said()?.toUpperCase() ?? '') ??
    (unit && isPartOfPrice(`per ${unit}`) ? unit : undefined)
  );
}

import type { CredentialDraft, Price } from '../../../schema/index.ts';
import { parsePrices } from '../../../schema/parse/price.ts';
import { isPartOfPrice } from '../../elements/price-parts.ts';
import { readCurrency, readPrices, wordsOnly } from '../../elements/prices.ts';
import { textElement } from '../../elements/texts.ts';
import type { Spot } from '../../record/spot.ts';
import { entriesAt, listed, wordsOf } from './entries.ts';

/** Who helps to pay. */
export const fundingOf = (main: Spot): NonNullable<CredentialDraft['funding']> =>
  textElement(
    ...main.each('financialAssistance').flatMap((one) => {
      const profile = one.node();
      return profile ? [profile.at('name'), profile.at('description')] : [one];
    }),
  );

/** A price with what it is paid for (tuition, application, …). */
interface Cost {
  price: Price;
  type: string;
}

/** Costs of earning it; what renewal costs is another matter. */
export function pricesOf(at: Spot): Price[] {
  const profiles = [
    ...at.each('estimatedCost'),
    ...at.nodes('commonCosts').flatMap((one) => one.each('estimatedCost')),
  ];
  const costs = profiles.flatMap(readCost);
  const currency = readCurrency(at.at('priceCurrency'));
  return [
    ...costs.map((cost) => (isPartOfCosts(cost, costs) ? wordsOnly(cost.price) : cost.price)),
    ...at.each('price').flatMap((amount) => readPrices({ amount: amountAt(amount), currency })),
  ];
}

/** The first place at which costs stand. */
export const placeOfCosts = (at: Spot): string => at.each('estimatedCost', 'price', 'commonCosts')[0]?.path ?? '';

/** An amount of money may be a node: `schema:MonetaryAmount`. */
const amountAt = (price: Spot): Spot => price.node()?.first('value', 'price') ?? price;

/** What is said only in passing, of a whole sentence or more, is no statement about the unit of the price. */
const LONGEST_REMARK = 40;

function readCost(one: Spot): Cost[] {
  const profile = one.node();
  if (!profile) {
    const [said] = one.texts();
    return said ? readPrices({ amount: one.with(said.value) }).map((price) => ({ price, type: '' })) : [];
  }
  const type = listed(entriesAt(profile, 'directCostType'));
  const name = profile.at('name').texts()[0]?.value;
  const described = profile.at('description').texts()[0]?.value;
  const audience = listed(entriesAt(profile, 'residencyType', 'audienceType'));
  const currency = readCurrency(profile.first('currency', 'priceCurrency'));
  const label = type && !name?.toLowerCase().includes(type.toLowerCase()) ? join(type, name) : name;
  const shared = {
    currency,
    ...(audience ? { audience } : {}),
    ...(recurrenceOf(profile) === undefined ? {} : { recurs: recurrenceOf(profile) }),
  };
  const costOf = (price: Price): Cost => ({ price, type });
  const amounts = profile.each('price');
  if (!amounts.length) return readPrices({ ...shared, ...priceInWords(profile, label) }).map(costOf);
  const short = described !== undefined && described.length <= LONGEST_REMARK;
  return amounts
    .flatMap((amount) =>
      readPrices({ ...shared, amount: amountAt(amount), text: short ? join(label, described) : label }),
    )
    .map((price) => costOf(short || !described ? price : { ...price, text: join(price.text, described) }));
}

const join = (...words: (string | undefined)[]): string => [...new Set(words.filter(Boolean))].join(': ');

/** Where there is no amount, description or name may say one: "free", "€ 450". */
function priceInWords(profile: Spot, label: string | undefined): { amount: Spot; text?: string } {
  const description = profile.at('description');
  const described = description.texts()[0]?.value;
  const name = profile.at('name');
  const named = name.texts()[0]?.value;
  const hasAmount = (text: string | undefined) => text && parsePrices(text).some(({ amount }) => amount !== undefined);
  if (described && (hasAmount(described) || !label))
    return { amount: description.with(described), ...(label ? { text: label } : {}) };
  if (named && hasAmount(named)) return { amount: name.with(named), ...(described ? { text: described } : {}) };
  return { amount: profile.with(undefined), text: join(label, described) };
}

/** A price that is paid once, whatever the words for it. */
const ONCE = /\b(?:one[- ]?(?:time|off)|once|single|in full|lump[- ]sum|up[- ]?front|full payment|aggregate)\b/i;

/** What says that it is paid more than once: `paymentPattern` "per semester", a unit of billing. */
function recurrenceOf(profile: Spot): string | undefined {
  const patterns = entriesAt(
    profile,
    'paymentPattern',
    'paymentPatternType',
    'billingIncrement',
    'billingDuration',
    'unitText',
  ).flatMap((entry) => wordsOf(entry)[0]?.value ?? entry.spot.said() ?? []);
  const recurring = patterns.filter((pattern) => !ONCE.test(pattern) || isPartOfPrice(pattern));
  return recurring.length ? recurring.join(', ') : undefined;
}

/** One of several costs is nothing and another is not: then it is not free, though the application may be. */
const isPartOfCosts = ({ price, type }: Cost, all: readonly Cost[]): boolean =>
  price.amount === 0 &&
  all.some(
    (other) =>
      (other.price.amount ?? 0) > 0 &&
      (other.price.audience === price.audience ||
        (type !== '' && other.type !== type && other.price.audience === undefined)),
  );

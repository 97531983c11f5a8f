import { type Element, type Price, statedIf } from '../../schema/index.ts';
import { currencyCode, parsePrices } from '../../schema/parse/price.ts';
import { isFiller, plainText } from '../../schema/parse/text.ts';
import { alsoDerived, type DerivationId, derivedBy } from '../problems/derivations.ts';
import type { Spot } from '../record/spot.ts';
import { readQuantity } from './numbers.ts';
import { isPartOfPrice } from './price-parts.ts';

/** ISO 4217; what is no currency is noted. */
export function readCurrency(spot: Spot): string | undefined {
  // A sign ("€") says nothing elsewhere.
  const code = currencyCode(spot.said() ?? spot.value);
  if (!code && spot.said() !== undefined) spot.note('unknown-currency');
  return code;
}

/** What a source says of one price, each where it stands. */
export interface PriceFacts {
  /** A number, or words in which amounts stand ("€ 450", "free"). */
  amount: Spot;
  currency?: string | undefined;
  /** For whom it is. */
  audience?: string | undefined;
  /** What it is for, or what else is said of it. */
  text?: string | undefined;
  /** What says that it is paid more than once, or is a part: "per month", "Downpayment". */
  recurs?: string | undefined;
}

/**
 * The prices of one statement: several where one text holds several. The amount of a part or a period ("per month", a deposit) is no
 * price of the whole: it stays in the words, and is told. A range has no single amount. A currency without an amount is no price.
 */
export function readPrices({ amount, currency, audience, text, recurs }: PriceFacts): Price[] {
  const said = amount.said() ?? (typeof amount.value === 'number' ? String(amount.value) : undefined);
  const label = text && !isFiller(text) ? plainText(text).slice(0, 500) : undefined;
  if (said === undefined) {
    return label && !currencyCode(label) ? inWords([{ text: label }], audience) : [];
  }
  if (/^[-−]\s*[\d.,]/.test(said)) {
    amount.note('negative-number');
    return [];
  }
  if (currencyCode(said) && !/\d/.test(said)) {
    amount.note('currency-without-amount');
    return [];
  }
  const found =
    /^[\d.]+$/.test(said) && typeof amount.value === 'number'
      ? [{ amount: readQuantity(amount) ?? 0 }]
      : parsePrices(said);
  const part = recurs ?? (isPartOfPrice(`${said} ${label ?? ''}`) ? '' : undefined);
  return found.map((price): Price => {
    const own: Price = {
      ...(price.amount === undefined ? {} : { amount: price.amount }),
      ...(price.amount === undefined
        ? {}
        : price.currency
          ? { currency: price.currency }
          : currency
            ? { currency }
            : {}),
      ...((price.audience ?? audience) ? { audience: price.audience ?? audience } : {}),
      ...(price.text || label ? { text: joined(label, price.text) } : {}),
    };
    if (part === undefined || own.amount === undefined) return own;
    amount.note('price-of-a-part', undefined, said);
    return wordsOnly(own, part);
  });
}

const inWords = (prices: Price[], audience: string | undefined): Price[] =>
  prices.map((price) => (audience ? { ...price, audience } : price));

const joined = (...words: (string | undefined)[]): string => [...new Set(words.filter(Boolean))].join(': ');

/** A price whose amount is none of the whole: the amount goes into the words. */
export function wordsOnly({ amount, currency, text, ...rest }: Price, more = ''): Price {
  const sum = [amount, currency].filter((part) => part !== undefined).join(' ');
  const said = text?.match(/\d[\d.,]*/g)?.includes(String(amount)) ? '' : sum;
  return { ...rest, text: [text, [said, more].filter(Boolean).join(' ')].filter(Boolean).join(': ') };
}

/** Each price once: two zero prices for two audiences are two. */
export const distinctPrices = (prices: readonly Price[]): Price[] => [
  ...new Map(prices.map((price) => [JSON.stringify(price), price])).values(),
];

/** What a learner pays: the stated prices, else what a rule makes of a flag or a category. */
export function costsElement(
  prices: readonly Price[],
  path: string,
  otherwise?: { prices: readonly Price[]; path: string; id: DerivationId },
): Element<Price[]> {
  const own = statedIf(distinctPrices(prices), path);
  if (!otherwise?.prices.length) return own;
  if (own.value) return otherwise.path ? own : alsoDerived(own, [...otherwise.prices], otherwise.path, otherwise.id);
  return derivedBy([...otherwise.prices], otherwise.path, otherwise.id);
}

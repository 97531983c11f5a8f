import { type CredentialDraft, derived, notStated, type Price, stated } from '../../schema/index.ts';
import { currencyCode, parsePrices } from '../../schema/parse/price.ts';
import { isFiller, plainText } from '../../schema/parse/text.ts';
import { each, problem, RESIDUE, type Reading, rawText, texts } from './course-reading.ts';
import type { Run } from './course-runs.ts';
import type { LinkedNode } from './html-microdata.ts';
import { isNode, list } from './linked-data.ts';

/** The course's own prices, else those of its runs (derived). */
export function costs(r: Reading, runs: Run[]): NonNullable<CredentialDraft['costs']> {
  const own = readPrices(r, r.node, '/node');
  if (own.stated.length) return stated(own.stated, '/node/offers');
  if (own.derived.length) return derived(own.derived, own.path, 'free-category');
  const all = new Map(
    runs.flatMap(({ opportunity }) => opportunity.prices ?? []).map((price) => [JSON.stringify(price), price]),
  );
  const [first] = runs;
  return all.size && first ? derived([...all.values()], `${first.path}/offers`, 'prices-of-runs') : notStated();
}

/** Prices of the offers; `derived` when only the category, or a flag, says that it is free. */
export function readPrices(
  r: Reading,
  node: LinkedNode,
  path: string,
): { stated: Price[]; derived: Price[]; path: string } {
  const out: Price[] = [];
  const free: Price[] = [];
  let from = `${path}/offers`;
  for (const [offer, place] of each(node, 'offers', path)) {
    if (!isNode(offer)) {
      const text = rawText(offer);
      if (text) out.push(...parsePrices(text));
      continue;
    }
    const category = texts(r, offer['category'], `${place}/category`)[0]?.value;
    const audience = list(offer['eligibleCustomerType'] ?? offer['name'])
      .map(rawText)
      .map(plainText)
      .find((text) => text && text.length <= 100 && offer['eligibleCustomerType'] !== undefined);
    const before = out.length;
    for (const [specification, at] of [[offer, place] as const, ...each(offer, 'priceSpecification', place)]) {
      if (!isNode(specification)) continue;
      const currency = currencyCode(rawText(specification['priceCurrency'] ?? offer['priceCurrency']));
      if (rawText(specification['priceCurrency']) && !currency) {
        problem(
          r,
          `${at}/priceCurrency`,
          'currency-unknown',
          specification['priceCurrency'],
          'give an ISO 4217 code',
          'error',
        );
      }
      for (const key of ['price', 'lowPrice', 'highPrice', 'minPrice', 'maxPrice']) {
        for (const [value, where] of each(specification, key, at)) {
          for (const price of amounts(r, value, where)) {
            if (price.amount === 0 && category && /paid|partially|subscription/i.test(category)) {
              problem(
                r,
                where,
                'price-contradicts-category',
                `0, category ${category}`,
                'give the price, or category "Free"',
                'error',
              );
              continue;
            }
            const text = price.text ?? (key === 'price' ? undefined : key);
            out.push({
              ...price,
              ...(price.currency || !currency ? {} : { currency }),
              ...(audience ? { audience } : {}),
              ...(text ? { text } : {}),
            });
          }
        }
      }
    }
    if (out.length > before || !category) continue;
    if (/^free$/i.test(category)) {
      free.push({ amount: 0, text: category });
      from = `${place}/category`;
    } else out.push({ text: category });
  }
  if (
    !out.length &&
    !free.length &&
    list(node['isAccessibleForFree']).some((flag) =>
      /^(true|https?:\/\/schema\.org\/True)$/i.test(String(isNode(flag) ? flag['@id'] : flag)),
    )
  ) {
    free.push({ amount: 0 });
    from = `${path}/isAccessibleForFree`;
  }
  if (out.length && free.length) {
    const remedy = 'one offer has a price and another is "Free": say for whom each of them is';
    problem(r, from, 'free-and-priced', 'Free', remedy, 'warning');
  }
  const unique = [...new Map(out.map((price) => [JSON.stringify(price), price])).values()];
  return { stated: unique, derived: free, path: from };
}

function amounts(r: Reading, value: unknown, path: string): Price[] {
  const text = rawText(value).trim();
  if (!text || (isFiller(text) && !/\d/.test(text))) return [];
  if (/^-\s*[\d.,]/.test(text)) {
    problem(r, path, 'price-negative', text, 'give a price that is not negative', 'error');
    return [];
  }
  if (RESIDUE.test(text)) {
    problem(r, path, 'template-residue', text, 'fill the template in', 'error');
    return [];
  }
  return /^\d+(\.\d+)?$/.test(text) ? [{ amount: Number(text) }] : parsePrices(text);
}

/** Financial aid: words as stated; a bare flag is derived. */
export function funding(r: Reading): NonNullable<CredentialDraft['funding']> {
  for (const [value, path] of each(r.node, 'financialAidEligible')) {
    if (value === true || /^true$/i.test(rawText(value))) {
      return derived([{ language: 'zxx', value: 'financialAidEligible: true' }], path, 'financial-aid-flag');
    }
    const text = /^false$/i.test(rawText(value)) ? [] : texts(r, value, path);
    if (text.length) return stated(text, path);
  }
  return notStated();
}

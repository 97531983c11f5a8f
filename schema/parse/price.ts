import type { Price } from '../opportunity.ts';
import { table } from '../table.ts';
import { isFiller } from './filler.ts';
import { decimal } from './number.ts';
import { plainText } from './plain-text.ts';

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
/** Signs and words that mean one currency only; `$` and `kr` mean several and are left to the reader. */
const SIGNS = table({
  '€': 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  eurot: 'EUR',
  evro: 'EUR',
  '£': 'GBP',
  zł: 'PLN',
  kč: 'CZK',
  ft: 'HUF',
  лв: 'BGN',
  'лв.': 'BGN',
  '₴': 'UAH',
  '₺': 'TRY',
  fr: 'CHF',
  'fr.': 'CHF',
  sfr: 'CHF',
  złotych: 'PLN',
  'pound sterling': 'GBP',
  pounds: 'GBP',
  'swiss francs': 'CHF',
  'schweizer franken': 'CHF',
  'us dollar': 'USD',
  'canadian dollar': 'CAD',
});
const FREE =
  /^(?:free|free of (?:charge|cost)|no (?:costs?|charges?|fees?)|for free|at no (?:cost|charge)|gratis|sin (?:coste|costo)|sans frais|ohne kosten|ohne gebühr|senza costi|sem custos?|kosteloos|avgiftsfri(?:tt)?|kostnadsfri(?:tt)?|gebührenfrei|za darmo|zadarmo|bez poplatku|gratuit|gratuite|gratuito|gratuita|grátis|kostenlos|kostenfrei|tasuta|maksuton|ilmainen|zdarma|brezplačno|besplatno|bezpłatnie|bezpłatny|nemokamai|bezmaksas|ingyenes|δωρεάν|безплатно|b'xejn|saor in aisce)$/iu;

/** ISO 4217 code, upper case, from a code, a sign or word that means one currency only, or the EU authority's URI. */
export function currencyCode(input: unknown): string | undefined {
  if (typeof input !== 'string' || input.length > 200) return undefined;
  const text = input.trim();
  const code = /^https?:\/\//i.test(text) ? (text.split('/').at(-1) ?? '') : text;
  if (CURRENCIES.has(code.toUpperCase())) return code.toUpperCase();
  return SIGNS.get(text.toLowerCase());
}

const AMOUNT = String.raw`(?:(?<![\p{L}\p{N}])[.,]\d{2}(?!\d)|\d{1,9}(?:[ .,'’]\d{3}){0,3}(?:[.,]\d{1,2})?)(?:,-|,–|\.-|:-)?(?![\d.,]*\d)`;
/** A code may stand at its number (`GBP1250.00`, as XCRI-CAP writes it), but not at a letter. */
const CODE = String.raw`€|£|₴|₺|zł|kč|ft(?!\p{L})|лв\.?|sfr(?!\p{L})|fr\.(?!\p{L})|euros?(?!\p{L})|eurot(?!\p{L})|evro(?!\p{L})|[A-Z]{3}(?!\p{L})`;
const MONEY = new RegExp(
  `(?:(?<![\\p{L}])(${CODE}) ?(?<![\\d.,])(${AMOUNT}))|(?<![\\d.,\\-−])(${AMOUNT}) ?(${CODE})`,
  'giu',
);

const BETWEEN = '(?:-|–|—|to|bis|à|a|do|till?|al|ao|tot|kuni|iki|līdz|až|până la)';
/** Amounts between which a price lies: "between 100 and 200 EUR". */
const FROM_TO =
  /(?<![\p{L}])(?:between|zwischen|entre|tra|fra|tussen|mellan|mellem|mellom|między|välillä)(?![\p{L}])/iu;
/** Words that make a bound of an amount: "from €450", "ab 450 €", "up to €500"; in some languages they follow it. */
const BOUND_BEFORE =
  /(?<![\p{L}])(?:from|starting (?:from|at)|up to|at least|at most|not more than|min(?:imum)?\.?|max(?:imum)?\.?|more than|less than|over|under|über|unter|až do|ab|bis|bis zu|mindestens|höchstens|maximal|à partir de|à compter de|dès|jusqu['’]à|au (?:moins|plus)|desde|a partir de|hasta|a partire da|da|fino a|vanaf|tot|maximaal|minimaal|från|fra|upp till|op til|opptil|alkaen|alates|kuni|od|do|nuo|iki|līdz|de la|până la|από|έως|от|до)\s{0,2}$/iu;
const BOUND_AFTER = /^\s?(?:alkaen|asti|and (?:up|above)|oder mehr|ou plus|o más|-tól|-től|\+)(?![\p{L}])/iu;
/** What stands in brackets about the amount itself, and is no audience: "(incl. VAT)", "(per person)". */
const OF_AMOUNT =
  /(?<![\p{L}])(?:vat|gst|tax(?:es)?|mwst|ust|tva|iva|btw|moms|mva|alv|käibemaks|km|dph|ddv|pdv|áfa|pvm|pvn|ддс|φπα|incl|inkl|excl|exkl|zzgl|ttc|ht|per|pro|par|por|plus|inclusief|exclusief|inclus[aeo]?|compris)(?![\p{L}])/iu;
const RANGE_BEFORE = new RegExp(`(?:\\d|€|£|\\b[A-Z]{3}) ?${BETWEEN} ?$`, 'i');
const RANGE_AFTER = new RegExp(`^ ?${BETWEEN} ?(?:€|£|[A-Z]{3})? ?\\d`, 'i');

/**
 * The prices in a text: "€ 450", "1.250,00 EUR", "£250 (members) / £300". Free in any EU language is 0. What stands
 * in brackets after an amount, or before a colon in front of it, is its audience. A text that is more than amount
 * and currency is kept as `text`; a text without a readable amount gives one price with `text` only; an amount
 * without currency keeps none.
 */
export function parsePrices(text: string): Price[] {
  const whole = plainText(text).slice(0, 5000);
  if (isFiller(whole)) return [];
  if (FREE.test(whole.replace(/[.!]+$/, ''))) return [{ amount: 0, text: whole }];
  const bare = amountOf(whole);
  if (bare !== undefined) return [{ amount: bare }];
  if (FROM_TO.test(whole)) return [{ text: whole }];
  const prices: Price[] = [];
  for (const found of whole.matchAll(MONEY)) {
    const currency = currencyCode(found[1] ?? found[4]);
    const amount = amountOf(found[2] ?? found[3] ?? '');
    if (currency === undefined || amount === undefined) continue;
    // A range is no price, wherever its currency stands: "1.250–1.500 €", "€1.250 – €1.500".
    const end = found.index + found[0].length;
    if (
      RANGE_BEFORE.test(whole.slice(Math.max(0, found.index - 16), found.index)) ||
      BOUND_BEFORE.test(whole.slice(Math.max(0, found.index - 24), found.index)) ||
      RANGE_AFTER.test(whole.slice(end, end + 12)) ||
      BOUND_AFTER.test(whole.slice(end, end + 12))
    )
      continue;
    const audience = audienceOf(whole, found.index, found.index + found[0].length);
    prices.push({
      amount,
      currency,
      ...(audience ? { audience } : {}),
      ...(found[0].trim() === whole ? {} : { text: whole }),
    });
  }
  return prices.length > 0 ? prices : [{ text: whole }];
}

/** Money has at most two decimals, so three digits after a point are thousands. */
function amountOf(text: string): number | undefined {
  const digits = text.replace(/[,.:][-–]$/, '').trim();
  const number = decimal(/^\d{1,3}\.\d{3}$/.test(digits) ? digits.replace('.', '') : digits);
  return number !== undefined && number >= 0 ? number : undefined;
}

function audienceOf(whole: string, start: number, end: number): string | undefined {
  const after = /^ ?\(([^()]{2,80})\)/.exec(whole.slice(end, end + 90))?.[1]?.trim();
  if (after) return OF_AMOUNT.test(after) ? undefined : after;
  // A slash parts audiences only with blanks around it: "UK/EU" is one.
  const before = /(?:^|[\n;,|(]| \/ )\s*([^\n;,|():]{2,80}): ?$/.exec(whole.slice(Math.max(0, start - 90), start));
  return before?.[1]?.trim();
}

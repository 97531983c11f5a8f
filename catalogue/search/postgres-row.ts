import type { LangString } from '../../schema/index.ts';
import { conceptTokens } from './concept-tokens.ts';
import { facetValue, facetValues } from './facet-value.ts';
import { foldPlace, wordsOf } from './fold.ts';
import { identifierWords, otherSpellings } from './identifier-words.ts';
import { isCurrency } from './normalise-request.ts';
import { dayNumber } from './opportunity-keys.ts';
import type { SearchDocument } from './search-engine.ts';

/** Words of one text that are indexed; what stands behind them is shown but not found. Both engines keep to it. */
export const MOST_WORDS = 4000;
/** A `tsvector` holds 1 MB; a record that would go beyond is indexed up to here. */
const MOST_BYTES = 600_000;
const TITLE_LENGTH = 100;

/** The title by which a record is put in order: the first one given, folded. */
export const sortTitle = (document: SearchDocument): string | null =>
  wordsOf(document.title[0]?.value ?? '', 30)
    .join(' ')
    .slice(0, TITLE_LENGTH)
    .replace(/[\ud800-\udbff]$/, '')
    .trim() || null;

/** The lowest price by currency. */
export function lowestPrices(document: SearchDocument): Record<string, number> {
  const out: Record<string, number> = Object.create(null);
  for (const { amount, currency } of document.prices) out[currency] = Math.min(out[currency] ?? amount, amount);
  return out;
}

/** The alphabetically first currency with its lowest price: where a record stands that has no price in the one wanted. */
export function firstPrice(document: SearchDocument): { currency: string; amount: number } | undefined {
  const prices = lowestPrices(document);
  const currency = Object.keys(prices).filter(isCurrency).sort()[0];
  return currency === undefined ? undefined : { currency, amount: prices[currency] ?? 0 };
}

/** The earliest start of any run, as a day number. */
export function firstStart(document: SearchDocument): number | null {
  const days = document.opportunities.map((run) => dayNumber(run.start)).filter((day) => day !== undefined);
  return days.length ? Math.min(...days) : null;
}

/** Without NUL, which jsonb refuses, and without lone surrogates. */
const clean = (texts: readonly LangString[]): LangString[] =>
  texts.map(({ language, value }) => ({ language, value: value.replaceAll('\0', '').toWellFormed() }));

/** What highlights and suggestions need. */
export const hitTexts = (document: SearchDocument) => ({
  title: clean(document.title),
  provider: clean(document.providerNames.map((value) => ({ language: 'und', value }))),
  outcomes: clean(document.outcomes),
  description: clean(document.description),
});

/** Words by which the record is found as the one that is called so. */
export const identifiersOf = (document: SearchDocument): string[] =>
  identifierWords(
    document.identifiers,
    document.title.map((text) => text.value),
  );

/** What is searched last: towns, regions and venues of all runs, each once, and codes in other ways to write them. */
export const lastWordsOf = (document: SearchDocument): string[] => [
  ...new Set([
    ...document.opportunities.flatMap((run) => run.place.map((place) => wordsOf(place, 60).join(' '))),
    ...[...document.keywords, ...document.outcomes, ...document.description].flatMap(({ value }) =>
      otherSpellings(value),
    ),
  ]),
];

/** A document as a row of `search_documents` (with its runs), and all its words. */
export function toRow(document: SearchDocument): { row: Record<string, unknown>; words: Iterable<string> } {
  const vector = createVector();
  for (const text of document.title) vector.add(text.value, 'A');
  for (const words of identifiersOf(document)) vector.add(words, 'B');
  for (const name of document.providerNames) vector.add(name, 'B');
  for (const text of document.keywords) vector.add(text.value, 'B');
  for (const text of document.outcomes) vector.add(text.value, 'C');
  for (const text of document.description) vector.add(text.value, 'D');
  for (const words of lastWordsOf(document)) vector.add(words, 'D');
  const { concepts, conceptLabels } = conceptTokens(document.concepts ?? []);
  const row = {
    id: document.id,
    seq: document.seq,
    earlier: document.earlier,
    words: vector.literal('ABCD'),
    head: vector.literal('AB'),
    country: facetValues(document.country),
    provider: facetValues(document.provider),
    source: facetValues([document.source]),
    language: facetValues(document.language),
    eqf: [...new Set(document.eqf.map(String))],
    mode: facetValues(document.mode),
    assessment: facetValues(document.assessment),
    kind: facetValues(document.kind),
    field: facetValues(document.field),
    free: document.free ?? null,
    element_stated: facetValues(document.elementStated),
    conformance: facetValues(document.conformance),
    ects_min: document.ects?.min ?? null,
    ects_max: document.ects?.max ?? null,
    hours_min: document.hours?.min ?? null,
    hours_max: document.hours?.max ?? null,
    prices: lowestPrices(document),
    price_currency: firstPrice(document)?.currency ?? null,
    price_amount: firstPrice(document)?.amount ?? null,
    first_start: firstStart(document),
    sort_title: sortTitle(document),
    texts: hitTexts(document),
    concepts,
    concept_labels: conceptLabels,
    runs: document.opportunities.map((run) => ({
      start_day: dayNumber(run.start) ?? null,
      country: run.country ? facetValue(run.country) : null,
      place: facetValues(run.place.map(foldPlace)),
      mode: facetValues(run.mode),
      language: facetValues(run.language),
      free: run.free ?? null,
    })),
  };
  return { row, words: vector.words() };
}

/** Gathers words with positions and weights, and writes them as a `tsvector` literal. */
function createVector() {
  const places = new Map<string, { at: number; weight: string }[]>();
  let position = 0;
  let bytes = 0;
  return {
    add(text: string, weight: 'A' | 'B' | 'C' | 'D'): void {
      for (const word of wordsOf(text, MOST_WORDS)) {
        position = Math.min(position + 1, 16_383);
        const known = places.get(word);
        if (!known) {
          bytes += Buffer.byteLength(word) + 4;
          if (bytes > MOST_BYTES) return;
          places.set(word, [{ at: position, weight }]);
        } else if (known.length < 64) known.push({ at: position, weight });
      }
      position += 1; // words of two texts are no neighbours
    },
    words: () => places.keys(),
    literal(weights: string): string {
      let out = '';
      for (const [word, all] of places) {
        const taken = all.filter(({ weight }) => weights.includes(weight));
        if (taken.length) out += `'${word}':${taken.map(({ at, weight }) => `${at}${weight}`).join(',')} `;
      }
      return out;
    },
  };
}

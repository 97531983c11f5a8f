import { bareRecord, type LangString } from '../../schema/index.ts';
import { conceptTokens } from './concept-tokens.ts';
import { facetValue, facetValues } from './facet-value.ts';
import { wordsOf } from './fold.ts';
import type { HitTexts } from './highlight.ts';
import { opportunityKeys } from './opportunity-keys.ts';
import {
  firstPrice,
  firstStart,
  hitTexts,
  identifiersOf,
  lastWordsOf,
  lowestPrices,
  MOST_WORDS,
  sortTitle,
} from './postgres-row.ts';
import type { SearchDocument } from './search-engine.ts';

/** A document as Meilisearch holds it. */
export interface MeilisearchDocument extends Record<string, unknown> {
  id: string;
  texts: HitTexts;
  concepts?: string[];
  conceptLabels?: string[];
}

/** Folded words by language tag: the searched text. The tag is the field's name, for `localizedAttributes`. */
function byLanguage(texts: readonly LangString[]): Record<string, string[]> {
  const out = bareRecord<Record<string, string[]>>();
  for (const { language, value } of texts) {
    const tag = /^[A-Za-z0-9-]{2,35}$/.test(language) ? language : 'und';
    out[tag] = [...(out[tag] ?? []), wordsOf(value, MOST_WORDS).join(' ')];
  }
  return out;
}

/**
 * Searched fields hold words that are already folded and split (`fold.ts`), so that what matches does not depend on
 * the features a server was built with; the texts as stated travel beside them, unindexed, for highlights.
 */
export const toMeilisearchDocument = (document: SearchDocument): MeilisearchDocument => ({
  id: document.id,
  seq: document.seq,
  earlier: Object.fromEntries(document.earlier.map((place, i) => [i + 1, place])),
  title: byLanguage(document.title),
  identifiers: identifiersOf(document),
  names: document.providerNames.map((name) => wordsOf(name, MOST_WORDS).join(' ')),
  keywords: byLanguage(document.keywords),
  outcomes: byLanguage(document.outcomes),
  description: byLanguage(document.description),
  last: lastWordsOf(document),
  texts: hitTexts(document),
  country: facetValues(document.country),
  provider: facetValues(document.provider),
  source: facetValue(document.source),
  language: facetValues(document.language),
  eqf: [...new Set(document.eqf)],
  mode: facetValues(document.mode),
  assessment: facetValues(document.assessment),
  kind: facetValues(document.kind),
  field: facetValues(document.field),
  free: document.free,
  elementStated: facetValues(document.elementStated),
  conformance: facetValues(document.conformance),
  ectsMin: document.ects?.min,
  ectsMax: document.ects?.max,
  hoursMin: document.hours?.min,
  hoursMax: document.hours?.max,
  price: lowestPrices(document),
  priceCurrency: firstPrice(document)?.currency,
  priceAmount: firstPrice(document)?.amount,
  firstStart: firstStart(document) ?? undefined,
  sortTitle: sortTitle(document) ?? undefined,
  opportunityKeys: opportunityKeys(document.opportunities),
  ...conceptTokens(document.concepts ?? []),
});

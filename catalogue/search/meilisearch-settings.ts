import type { Settings } from 'meilisearch';
import { MOST_FACET_VALUES } from './search-engine.ts';
import { ONE_TYPO_FROM, TWO_TYPOS_FROM } from './typo.ts';

/**
 * The EU languages that Meilisearch has a name for (ISO 639-3 as its API wants it): all 24 but Irish (`ga`) and
 * Maltese (`mt`), which its API refuses and which are left to the default.
 */
export const LOCALES: Readonly<Record<string, string>> = {
  bg: 'bul',
  cs: 'ces',
  da: 'dan',
  de: 'deu',
  el: 'ell',
  en: 'eng',
  es: 'spa',
  et: 'est',
  fi: 'fin',
  fr: 'fra',
  hr: 'hrv',
  hu: 'hun',
  it: 'ita',
  lt: 'lit',
  lv: 'lav',
  nl: 'nld',
  pl: 'pol',
  pt: 'por',
  ro: 'ron',
  sk: 'slk',
  sl: 'slv',
  sv: 'swe',
};

const rule = (attributePatterns: string[], equality: boolean, comparison: boolean) => ({
  attributePatterns,
  features: { facetSearch: false, filter: { equality, comparison } },
});

/** What the index must be set to. Everything that is not named here stays at the server's default. */
export const SETTINGS = {
  // The order is the weight. `title` stands for `title.de`, `title.pt-BR` and so on: one field a language.
  searchableAttributes: ['title', 'identifiers', 'names', 'keywords', 'outcomes', 'description', 'last'],
  // with the keys of all orders, which cursors are made of
  displayedAttributes: [
    'id',
    'texts',
    'seq',
    'earlier',
    'sortTitle',
    'firstStart',
    'ectsMin',
    'price',
    'priceCurrency',
    'priceAmount',
    'concepts',
    'conceptLabels',
  ],
  filterableAttributes: [
    rule(
      [
        'country',
        'provider',
        'source',
        'language',
        'eqf',
        'mode',
        'assessment',
        'kind',
        'field',
        'free',
        'elementStated',
        'conformance',
        'concepts',
      ],
      true,
      false,
    ),
    rule(['ectsMax', 'hoursMin', 'hoursMax', 'opportunityKeys'], false, true),
    rule(
      [
        'id',
        'seq',
        'earlier',
        'earlier.*',
        'sortTitle',
        'firstStart',
        'ectsMin',
        'price',
        'price.*',
        'priceCurrency',
        'priceAmount',
      ],
      true,
      true,
    ),
  ],
  // by alphabet, as the server gives them back: a list in another order would count as another setting
  sortableAttributes: [
    'earlier',
    'ectsMin',
    'firstStart',
    'id',
    'price',
    'priceAmount',
    'priceCurrency',
    'seq',
    'sortTitle',
  ],
  // `sort` first: an order that was asked for holds for all hits, not only among equally relevant ones. `id` last: equally
  // relevant ones have an order that stays.
  rankingRules: ['sort', 'words', 'typo', 'proximity', 'attribute', 'exactness', 'id:asc'],
  typoTolerance: {
    enabled: true,
    disableOnNumbers: true,
    minWordSizeForTypos: { oneTypo: ONE_TYPO_FROM, twoTypos: TWO_TYPOS_FROM },
  },
  faceting: { maxValuesPerFacet: MOST_FACET_VALUES + 1, sortFacetValuesBy: { '*': 'count' } },
  // Totals are cut at this number, so it is beyond any catalogue; how far one may page is SEARCH_WINDOW's business.
  pagination: { maxTotalHits: 1_000_000_000 },
  localizedAttributes: Object.entries(LOCALES).map(([tag, locale]) => ({
    attributePatterns: [`*.${tag}`, `*.${tag}-*`],
    locales: [locale],
  })),
  facetSearch: false,
  prefixSearch: 'indexingTime',
} satisfies Settings;

/** The settings that the server has otherwise; none, when nothing is to be sent. Settings are dear: they reindex. */
export function differingSettings(wanted: Settings, server: Settings): Settings {
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => !covers(server[name as keyof Settings], value)),
  );
}

/** `server` says all that `wanted` says; objects may have more keys (defaults), lists must be the same. */
function covers(server: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(server) && server.length === wanted.length && wanted.every((value, i) => covers(server[i], value))
    );
  }
  if (wanted !== null && typeof wanted === 'object') {
    const has = server as Record<string, unknown> | null | undefined;
    return !!has && typeof has === 'object' && Object.entries(wanted).every(([key, value]) => covers(has[key], value));
  }
  return server === wanted;
}

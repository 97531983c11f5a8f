import type { LangString } from '../../schema/index.ts';

/** Facets and filters carry vocabulary codes; labels are the reader's business. */
export const FACETS = [
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
] as const;
export type FacetName = (typeof FACETS)[number];

/** What is indexed of one credential. A projection of the store of record that can be rebuilt at any time. */
export interface SearchDocument {
  id: string;
  /** Position in the change log that this document reflects; unique, and what `newest` goes by. */
  seq: number;
  /** Positions of its changes before, newest first, at most {@link MOST_EARLIER}: where it stood in a listing begun then. */
  earlier: number[];
  title: LangString[];
  /** What its source calls it, as written: identifier and alternates. */
  identifiers: string[];
  description: LangString[];
  outcomes: LangString[];
  /** Names of awarding and teaching bodies. */
  providerNames: string[];
  /** Skills, keywords, field labels as stated. */
  keywords: LangString[];
  /** Country of the issuer, ISO 3166-1 alpha-2. */
  country: string[];
  /** Provider ids, awarding and teaching. */
  provider: string[];
  source: string;
  /** Languages of instruction, primary subtags (`nl`). */
  language: string[];
  /** EQF levels, stated or derived by a published mapping. */
  eqf: number[];
  ects?: { min: number; max: number };
  hours?: { min: number; max: number };
  /** Modes of learning of the credential and of its opportunities. */
  mode: string[];
  assessment: string[];
  kind: string[];
  /** ISCED-F codes with all broader ones: `0613`, `061`, `06`. */
  field: string[];
  /** `true` when a price of 0 is stated, `false` when only other prices are; absent when nothing is stated. */
  free?: boolean;
  prices: { amount: number; currency: string }[];
  /** Names of the elements whose state is `stated`. */
  elementStated: string[];
  /** `question:answer`, for example `assessed:unknown`. */
  conformance: string[];
  opportunities: SearchOpportunity[];
  /** What the record is about, in words of no language. */
  concepts?: RecordConcept[];
}

/** A concept of a vocabulary that a record speaks of. */
export interface RecordConcept {
  /** Its address. */
  id: string;
  /** Its share of what the record is about, 0.1 to 0.9 in steps of 0.1. */
  weight: number;
  /** The label of the concept that fitted, in the language of the record. */
  label: string;
}

/** A concept that a query speaks of, with its share of the query (0 to 1). */
export interface QueryConcept {
  id: string;
  weight: number;
}

/** Changes of one record that may come in between two pages of a reader: so many are remembered. */
export const MOST_EARLIER = 15;

/** The facts of one opportunity that a filter may need together. */
export interface SearchOpportunity {
  /** ISO 8601 date. */
  start?: string;
  country?: string;
  /** Town or venue as stated; compared without case and accents. */
  place: string[];
  mode: string[];
  language: string[];
  free?: boolean;
}

export interface Range {
  min?: number;
  max?: number;
}

/** Several values of one filter are alternatives; several filters must all hold. */
export interface SearchFilter {
  ids?: string[];
  country?: string[];
  provider?: string[];
  source?: string[];
  language?: string[];
  eqf?: number[];
  ects?: Range;
  hours?: Range;
  mode?: string[];
  assessment?: string[];
  kind?: string[];
  /** ISCED-F codes of any depth; broader ones match narrower records. */
  field?: string[];
  free?: boolean;
  /** A stated price in `currency` of at most `max`; currencies are never converted. */
  cost?: { max: number; currency: string };
  /** All of these elements are stated. */
  elementStated?: string[];
  /** None of these elements is stated. */
  elementNotStated?: string[];
  /** `question:answer` tokens; tokens of one question are alternatives, questions must all hold. */
  conformance?: string[];
  /** Facts that must hold of one and the same opportunity. */
  opportunity?: OpportunityFilter;
}

export interface OpportunityFilter {
  /** ISO 8601 dates, inclusive. */
  startFrom?: string;
  startTo?: string;
  country?: string[];
  place?: string[];
  mode?: string[];
  language?: string[];
  free?: boolean;
}

export const SORTS = ['relevance', 'title', 'newest', 'startDate', 'ects', 'cost', 'id'] as const;
export type SortKey = (typeof SORTS)[number];

/**
 * An order of hits. What states nothing of it stands last, ties go by id. `newest` knows one direction only.
 * `cost`: prices in `currency` first (else the currency of the cost filter, else EUR), by amount; then those in other
 * currencies only, by currency and amount; nothing is converted.
 */
export interface SearchSort {
  by: SortKey;
  descending?: boolean;
  /** ISO 4217; of `cost` only. */
  currency?: string;
}

/**
 * Where a hit stands in its listing: its sort keys, then its id. Given back as `after`, the listing goes on behind it,
 * whatever came, went or changed meanwhile. Plain JSON; what the keys are is each order's own business.
 */
export type SearchPosition = readonly (string | number | null)[];

export interface SearchRequest {
  /**
   * Free text: words of 5 (9) letters may have 1 (2) typos; `"a phrase"` stands together as it is; `-word` and
   * `-"a phrase"` exclude. Empty: everything.
   */
  text?: string;
  /**
   * What the text speaks of: records that speak of the same are found as well, whatever their words. Who asks finds them;
   * engines know no vocabulary. Phrases and exclusions of the text hold for them too.
   */
  concepts?: QueryConcept[];
  /** Whether the last word may be the beginning of one: for a text that is still being typed. */
  prefix?: boolean;
  filter?: SearchFilter;
  facets?: FacetName[];
  /** At most this many values per facet, most frequent first; {@link MOST_FACET_VALUES} at most. */
  facetLimit?: number;
  sort?: SearchSort;
  /** 0–100. */
  first: number;
  /** The hits behind this place, of a hit of the same text, filter and sort. */
  after?: SearchPosition;
  /** Languages of the reader, in order of preference: choose the text that is highlighted. */
  languages?: string[];
  highlights?: boolean;
  /** Whether to look for the query that may have been meant where this one finds nothing as it is written. */
  didYouMean?: boolean;
}

/** By relevance nobody reads beyond this many hits; the other orders go on to the end. */
export const SEARCH_WINDOW = 10_000;
export const DEFAULT_FACET_LIMIT = 20;
export const MOST_FACET_VALUES = 1000;

export interface SearchHighlight {
  /** `title`, `description`, `outcomes` or `provider`. */
  field: string;
  language: string;
  /** Text with matches between `<mark>` and `</mark>`; everything else is HTML-escaped. */
  text: string;
}

export interface SearchHit {
  id: string;
  position: SearchPosition;
  highlights: SearchHighlight[];
  /** Only of a search for a text. */
  match?: SearchMatch;
}

/** Why a record was found. */
export interface SearchMatch {
  /** Its words, misspelt or not; else only what they mean. */
  how: 'text' | 'concept';
  /** The concept that most of is shared, by its address, and how the record calls it. */
  concept?: string;
  recordLabel?: string;
  /** How near record and query are over all concepts: about 0 to 1. */
  score?: number;
}

export interface SearchFacet {
  name: FacetName;
  /** Counted under all filters but the facet's own. Most frequent first, then by value. */
  values: { value: string; count: number }[];
  /** How many different values there are; {@link MOST_FACET_VALUES} + 1 stands for any number beyond. */
  valueCount: number;
}

export interface SearchResult {
  /** Exact: all that match now, wherever the page stands. */
  total: number;
  hits: SearchHit[];
  /** Whether hits stand behind these. */
  more: boolean;
  facets: SearchFacet[];
  /**
   * The text with each word that the index has not exchanged for the nearest one it has. Only when asked for, of a first
   * page, where nothing was found or all that was found are misspellings, and where it finds something.
   */
  didYouMean?: string;
}

/**
 * The search contract. `postgres.ts` and `meilisearch.ts` pass the same `test/contract/search-engine.cases.ts`;
 * what one cannot do it declares in `cannot`, never silently differs.
 *
 * An engine has one live index and, while it is rebuilt, one being built. Writing methods answer only when the
 * engine has really taken the documents in (for Meilisearch: the task succeeded).
 */
export interface SearchEngine {
  readonly name: string;
  readonly cannot: Readonly<Record<string, string>>;
  /** Makes the live index ready (idempotent, sends settings only when they differ). */
  configure(): Promise<void>;
  /** Adds or replaces whole documents by id. `target` is an index made by `rebuild`; the live one by default. */
  upsert(documents: readonly SearchDocument[], target?: string): Promise<void>;
  remove(ids: readonly string[], target?: string): Promise<void>;
  /** Removes documents with all that is kept of their words, and of the words of documents removed before. */
  purge(ids: readonly string[]): Promise<void>;
  query(request: SearchRequest): Promise<SearchResult>;
  /** Completions of a beginning: titles and provider names, at most `limit`. */
  suggest(prefix: string, limit: number): Promise<string[]>;
  count(target?: string): Promise<number>;
  /**
   * Without argument: starts a new empty index and answers its name. With a name: swaps that index with the live
   * one atomically and drops the old one.
   */
  rebuild(swapIn?: string): Promise<string>;
  close(): Promise<void>;
}

/** The reader asked beyond {@link SEARCH_WINDOW}. */
export class SearchWindowExceeded extends Error {
  constructor() {
    super(
      `search answers the first ${SEARCH_WINDOW} hits by relevance; narrow the filters, or sort by NEWEST, TITLE or ID`,
    );
    this.name = 'SearchWindowExceeded';
  }
}

/** A filter has more combinations of facts than can be looked up. */
export class TooManyAlternatives extends RangeError {}

/** What was given as `after` is no place in this listing. */
export class InvalidPosition extends Error {
  constructor() {
    super('after: no place in this listing');
    this.name = 'InvalidPosition';
  }
}

/** The engine cannot be reached or does not answer in time. */
export class SearchUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SearchUnavailable';
  }
}

import { facetValue } from './facet-value.ts';
import { foldPlace } from './fold.ts';
import { queryWords } from './query-words.ts';
import {
  type FacetName,
  type OpportunityFilter,
  type Range,
  SEARCH_WINDOW,
  type SearchFilter,
  type SearchRequest,
  SearchWindowExceeded,
  type SortKey,
} from './search-engine.ts';

/** A request as engines read it: defaults filled in, values in the form in which they are indexed, no empty lists. */
export interface PlannedRequest {
  words: string[];
  filter: SearchFilter;
  facets: FacetName[];
  facetLimit: number;
  sort: { by: SortKey; descending: boolean };
  first: number;
  offset: number;
  languages: string[];
  highlights: boolean;
}

export const DEFAULT_FACET_LIMIT = 20;
export const MOST_FACET_VALUES = 1000;
/** Currency by which prices are put in order when the request filters by none. Prices are never converted. */
export const SORT_CURRENCY = 'EUR';

const values = (list: readonly string[] | undefined, form: (value: string) => string = facetValue) =>
  list?.length ? [...new Set(list.map(form))] : undefined;
const upper = (value: string) => facetValue(value.toUpperCase());
const primary = (value: string) => facetValue(value.toLowerCase().split('-')[0] ?? '');

/** Reads a request. Throws {@link SearchWindowExceeded} beyond the window and RangeError for impossible numbers. */
export function normaliseRequest(request: SearchRequest): PlannedRequest {
  const { first, offset = 0 } = request;
  if (!Number.isInteger(first) || first < 0 || first > 100) {
    throw new RangeError(`first is ${first}; ask for 1 to 100 hits (0 for counts only)`);
  }
  if (!Number.isInteger(offset) || offset < 0) throw new RangeError(`offset is ${offset}; give a whole number from 0`);
  if (offset + first > SEARCH_WINDOW) throw new SearchWindowExceeded();
  const words = queryWords(request.text);
  const by = request.sort?.by ?? 'relevance';
  return {
    words,
    filter: normaliseFilter(request.filter ?? {}),
    facets: [...new Set(request.facets ?? [])],
    facetLimit: Math.min(Math.max(0, request.facetLimit ?? DEFAULT_FACET_LIMIT), MOST_FACET_VALUES),
    // Without text every hit is as relevant as the next: newest first, which is at least useful and the same everywhere.
    sort:
      by === 'relevance' && words.length === 0
        ? { by: 'newest', descending: false }
        : { by, descending: request.sort?.descending ?? false },
    first,
    offset,
    languages: request.languages ?? [],
    highlights: (request.highlights ?? false) && words.length > 0,
  };
}

function normaliseFilter(filter: SearchFilter): SearchFilter {
  const { ids, eqf, ects, hours, free, cost, opportunity } = filter;
  return dropUndefined<SearchFilter>({
    // an empty list of ids means none, unlike an empty list of alternatives
    ids: ids ? [...new Set(ids.map(facetValue))] : undefined,
    country: values(filter.country, upper),
    provider: values(filter.provider),
    source: values(filter.source),
    language: values(filter.language, primary),
    eqf: eqf?.length ? [...new Set(eqf)] : undefined,
    ects: range(ects),
    hours: range(hours),
    mode: values(filter.mode),
    assessment: values(filter.assessment),
    kind: values(filter.kind),
    field: values(filter.field),
    free,
    cost: cost ? { max: cost.max, currency: cost.currency.toUpperCase() } : undefined,
    elementStated: values(filter.elementStated),
    elementNotStated: values(filter.elementNotStated),
    conformance: values(filter.conformance),
    opportunity: opportunity ? normaliseOpportunity(opportunity) : undefined,
  });
}

function normaliseOpportunity(filter: OpportunityFilter): OpportunityFilter | undefined {
  const clean = dropUndefined<OpportunityFilter>({
    startFrom: filter.startFrom,
    startTo: filter.startTo,
    country: values(filter.country, upper),
    place: values(filter.place, (place) => facetValue(foldPlace(place))),
    mode: values(filter.mode),
    language: values(filter.language, primary),
    free: filter.free,
  });
  return Object.keys(clean).length ? clean : undefined;
}

const range = (range: Range | undefined): Range | undefined =>
  range && (range.min !== undefined || range.max !== undefined) ? range : undefined;

function dropUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined && v !== null)) as T;
}

/** `conformance` tokens by question: tokens of one question are alternatives, questions must all hold. */
export function byQuestion(tokens: readonly string[]): string[][] {
  return Object.values(Object.groupBy(tokens, (token) => token.split(':')[0] ?? '')).map((group) => group ?? []);
}

/** The filter that a facet answers to: it is left out when the facet itself is counted. */
export const ownFilter = (facet: FacetName): keyof SearchFilter => facet;

import { type ConceptQuery, conceptQuery } from './concept-tokens.ts';
import { facetValue } from './facet-value.ts';
import { foldPlace } from './fold.ts';
import { checkPosition } from './position.ts';
import { parseQuery, type QueryText } from './query-syntax.ts';
import {
  DEFAULT_FACET_LIMIT,
  type FacetName,
  MOST_FACET_VALUES,
  type OpportunityFilter,
  type Range,
  type SearchFilter,
  type SearchPosition,
  type SearchRequest,
  type SortKey,
} from './search-engine.ts';

/** A request as engines read it: defaults filled in, values in the form in which they are indexed, no empty lists. */
export interface PlannedRequest {
  text: QueryText;
  /** Only beside words. */
  concepts: ConceptQuery | undefined;
  filter: SearchFilter;
  facets: FacetName[];
  facetLimit: number;
  /** `currency`: by which prices are put in order first. */
  sort: { by: SortKey; descending: boolean; currency: string };
  first: number;
  /** Hits to fetch: one more than asked for tells whether there are more. */
  take: number;
  after: SearchPosition | undefined;
  languages: string[];
  highlights: boolean;
}

/** Currency by which prices are put in order when the request names none. Prices are never converted. */
export const SORT_CURRENCY = 'EUR';

export const isCurrency = (code: string): boolean => /^[A-Z]{3}$/.test(code);

const values = (list: readonly string[] | undefined, form: (value: string) => string = facetValue) =>
  list?.length ? [...new Set(list.map(form))] : undefined;
const upper = (value: string) => facetValue(value.toUpperCase());
const primary = (value: string) => facetValue(value.toLowerCase().split('-')[0] ?? '');

/**
 * Reads a request. Throws RangeError for impossible numbers, InvalidPosition for an `after` of another listing, and
 * SearchWindowExceeded for one beyond the window.
 */
export function normaliseRequest(request: SearchRequest): PlannedRequest {
  const { first, after } = request;
  if (!Number.isInteger(first) || first < 0 || first > 100) {
    throw new RangeError(`first is ${first}; ask for 1 to 100 hits (0 for counts only)`);
  }
  const text = parseQuery(request.text, request.prefix);
  const asked = request.sort?.by ?? 'relevance';
  // Without text every hit is as relevant as the next: newest first, which is at least useful and the same everywhere.
  const by = asked === 'relevance' && text.parts.length === 0 ? 'newest' : asked;
  const filter = normaliseFilter(request.filter ?? {});
  const currency = request.sort?.currency?.toUpperCase() ?? filter.cost?.currency ?? SORT_CURRENCY;
  return {
    text,
    concepts: text.parts.length ? conceptQuery(request.concepts) : undefined,
    filter,
    facets: [...new Set(request.facets ?? [])],
    facetLimit: Math.min(Math.max(0, request.facetLimit ?? DEFAULT_FACET_LIMIT), MOST_FACET_VALUES),
    sort: {
      by,
      descending: by !== 'newest' && by !== 'relevance' && (request.sort?.descending ?? false),
      currency: isCurrency(currency) ? currency : SORT_CURRENCY,
    },
    first,
    take: first || after ? first + 1 : 0,
    after: after && checkPosition(by, after),
    languages: request.languages ?? [],
    highlights: (request.highlights ?? false) && text.parts.length > 0,
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

function range(range: Range | undefined): Range | undefined {
  const ends = [range?.min, range?.max].filter((end) => end !== undefined);
  if (!ends.every(Number.isFinite)) throw new RangeError(`no number is between ${range?.min} and ${range?.max}`);
  return ends.length ? range : undefined;
}

function dropUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined && v !== null)) as T;
}

/** `conformance` tokens by question: tokens of one question are alternatives, questions must all hold. */
export function byQuestion(tokens: readonly string[]): string[][] {
  return Object.values(Object.groupBy(tokens, (token) => token.split(':')[0] ?? '')).map((group) => group ?? []);
}

/** The filter that a facet answers to: it is left out when the facet itself is counted. */
export const ownFilter = (facet: FacetName): keyof SearchFilter => facet;

import type { MultiSearchQuery } from 'meilisearch';
import { changedOften, keyAttributes, pageQueries, quote } from './meilisearch-order.ts';
import { byQuestion, isCurrency, ownFilter, type PlannedRequest } from './normalise-request.ts';
import { opportunityRanges } from './opportunity-keys.ts';
import type { QueryText } from './query-syntax.ts';
import type { FacetName, SearchFilter } from './search-engine.ts';

/** A request as the queries of one `multi-search`, and where in its answers the parts are found. */
export interface MeilisearchPlan {
  queries: MultiSearchQuery[];
  /** The first so many queries give the page. */
  pages: number;
  /** Index of the query whose `totalHits` is the total. */
  total: number;
  /** Index of the query that counts records which changed more than once while the reader paged. */
  often?: number;
  facets: { name: FacetName; query: number }[];
}

/** What tells why a record was found. */
export const CONCEPT_ATTRIBUTES = ['concepts', 'conceptLabels'];

/** A value that no document has: a filter that cannot be met. */
const NOTHING = 'id IN []';

/** A number in a filter; with a plus (1e+300) it must stand between quotes. */
const number = (value: number): string => (String(value).includes('+') ? quote(value) : String(value));

/**
 * A request as one `multi-search`; pure. The first query gives the page. A facet with a filter of its own is counted
 * by a query without that filter; the others are counted along with the page.
 *
 * @param also expressions that must hold beside the filter
 */
export function buildMultiSearch(request: PlannedRequest, indexUid: string, also: string[] = []): MeilisearchPlan {
  const conditions = filterConditions(request.filter);
  if (also.length) conditions.set('also', also);
  const filterBut = (but?: string): string[] =>
    [...conditions].filter(([name]) => name !== but).flatMap(([, expressions]) => expressions);
  const common = { indexUid, q: queryString(request.text), matchingStrategy: 'all' as const };
  const counting = { ...common, hitsPerPage: 0, attributesToRetrieve: ['id'] };

  const along = request.facets.filter((facet) => !conditions.has(ownFilter(facet)));
  const counted = along.length ? { facets: along } : {};
  const attributesToRetrieve = [
    'id',
    ...keyAttributes(request),
    ...(request.highlights ? ['texts'] : []),
    ...(request.concepts ? CONCEPT_ATTRIBUTES : []),
  ];
  const queries = pageQueries(request).map(
    ({ filter, ...page }): MultiSearchQuery => ({
      ...common,
      filter: [...filterBut(), ...filter],
      attributesToRetrieve,
      ...page,
    }),
  );
  const pages = queries.length;
  // numbered pages come with an exact total; one that begins anywhere needs a query of its own for it
  if (!request.after) Object.assign(queries[0] ?? {}, { hitsPerPage: request.take, page: 1, ...counted });
  else queries.push({ ...counting, filter: filterBut(), ...counted });
  const total = queries.length - 1;
  const often = request.after && request.sort.by === 'newest' ? queries.length : undefined;
  if (often !== undefined && request.after) {
    queries.push({ ...counting, filter: [...filterBut(), changedOften(request.after)] });
  }
  const facets = request.facets.map((name) => {
    if (along.includes(name)) return { name, query: total };
    queries.push({ ...counting, filter: filterBut(ownFilter(name)), facets: [name] });
    return { name, query: queries.length - 1 };
  });
  return { queries, pages, total, ...(often === undefined ? {} : { often }), facets };
}

/**
 * A text as the server reads it. Between quotes words stand together as they are, a single one too, and none of them is
 * completed. A blank at the end makes the last word a whole one; a minus excludes, and stands first, because what
 * follows the last word would make it a whole one as well.
 */
export function queryString({ parts, excluded, prefix }: QueryText): string {
  const without = excluded.map((words) => (words.length > 1 ? `-"${words.join(' ')}"` : `-${words[0]}`));
  const wanted = parts.map(({ words, exact }) => (exact ? `"${words.join(' ')}"` : words.join(' ')));
  return [...without, ...wanted].join(' ') + (wanted.length && !prefix ? ' ' : '');
}

export const isOneOf = (attribute: string, values: Iterable<string | number>): string =>
  `${attribute} IN [${[...values].map((value) => (typeof value === 'number' ? value : quote(value))).join(', ')}]`;

/** Expressions by the name of the filter; all must hold. Alternatives of one filter are one `IN`. */
function filterConditions(filter: SearchFilter): Map<string, string[]> {
  const out = new Map<string, string[]>();
  const lists = ['country', 'provider', 'source', 'language', 'eqf', 'mode', 'assessment', 'kind', 'field'] as const;
  if (filter.ids) out.set('ids', [filter.ids.length ? isOneOf('id', filter.ids) : NOTHING]);
  for (const name of lists) {
    const values = filter[name];
    if (values) out.set(name, [isOneOf(name, values)]);
  }
  for (const name of ['ects', 'hours'] as const) {
    const { min, max } = filter[name] ?? {};
    if (min === undefined && max === undefined) continue;
    out.set(name, [
      ...(min === undefined ? [] : [`${name}Max >= ${number(min)}`]),
      ...(max === undefined ? [] : [`${name}Min <= ${number(max)}`]),
    ]);
  }
  if (filter.free !== undefined) out.set('free', [`free = ${filter.free}`]);
  if (filter.cost) {
    const { currency, max } = filter.cost;
    out.set('cost', [isCurrency(currency) ? `price.${currency} <= ${number(max)}` : NOTHING]);
  }
  if (filter.elementStated) {
    out.set(
      'elementStated',
      filter.elementStated.map((name) => `elementStated = ${quote(name)}`),
    );
  }
  if (filter.elementNotStated) {
    out.set('elementNotStated', [`NOT ${isOneOf('elementStated', filter.elementNotStated)}`]);
  }
  if (filter.conformance) {
    out.set(
      'conformance',
      byQuestion(filter.conformance).map((tokens) => isOneOf('conformance', tokens)),
    );
  }
  if (filter.opportunity) {
    const ranges = opportunityRanges(filter.opportunity).map(([low, high]) => `opportunityKeys ${low} TO ${high}`);
    out.set('opportunity', [ranges.join(' OR ') || NOTHING]);
  }
  return out;
}

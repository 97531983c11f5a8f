import type { MultiSearchQuery } from 'meilisearch';
import { byQuestion, ownFilter, type PlannedRequest, SORT_CURRENCY } from './normalise-request.ts';
import { opportunityRanges } from './opportunity-keys.ts';
import type { FacetName, SearchFilter } from './search-engine.ts';

/** A request as the queries of one `multi-search`, and where in its answers the parts are found. */
export interface MeilisearchPlan {
  queries: MultiSearchQuery[];
  /** Index of the query whose `totalHits` is the total. */
  total: number;
  facets: { name: FacetName; query: number }[];
}

/** A value between quotes; backslash and quote are the only signs with a meaning there. */
export const quote = (value: string): string => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** A value that no document has: a filter that cannot be met. */
const NOTHING = 'id IN []';

/**
 * A request as one `multi-search`; pure. The first query gives the page. A facet with a filter of its own is counted
 * by a query without that filter; the others are counted along with the page.
 */
export function buildMultiSearch(request: PlannedRequest, indexUid: string): MeilisearchPlan {
  const conditions = filterConditions(request.filter);
  const filterBut = (but?: string): string[] =>
    [...conditions].filter(([name]) => name !== but).flatMap(([, expressions]) => expressions);
  const common = { indexUid, q: request.words.join(' '), matchingStrategy: 'all' as const };
  const counting = { ...common, hitsPerPage: 0, attributesToRetrieve: ['id'] };

  const paged = request.first > 0 && request.offset % request.first === 0;
  const along = request.facets.filter((facet) => !conditions.has(ownFilter(facet)));
  const page: MultiSearchQuery = {
    ...common,
    filter: filterBut(),
    attributesToRetrieve: request.highlights ? ['id', 'texts'] : ['id'],
    ...(along.length ? { facets: along } : {}),
    ...sortOrder(request),
    // numbered pages come with an exact total; an odd offset needs a second query for it
    ...(paged
      ? { hitsPerPage: request.first, page: request.offset / request.first + 1 }
      : { limit: request.first, offset: request.offset }),
  };
  const queries = [page];
  if (!paged) queries.push({ ...counting, filter: filterBut() });
  const total = queries.length - 1;
  const facets = request.facets.map((name) => {
    if (along.includes(name)) return { name, query: 0 };
    queries.push({ ...counting, filter: filterBut(ownFilter(name)), facets: [name] });
    return { name, query: queries.length - 1 };
  });
  return { queries, total, facets };
}

/** Expressions by the name of the filter; all must hold. Alternatives of one filter are one `IN`. */
function filterConditions(filter: SearchFilter): Map<string, string[]> {
  const out = new Map<string, string[]>();
  const isOneOf = (attribute: string, values: readonly (string | number)[]) =>
    `${attribute} IN [${values.map((value) => (typeof value === 'number' ? value : quote(value))).join(', ')}]`;
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
      ...(min === undefined ? [] : [`${name}Max >= ${min}`]),
      ...(max === undefined ? [] : [`${name}Min <= ${max}`]),
    ]);
  }
  if (filter.free !== undefined) out.set('free', [`free = ${filter.free}`]);
  if (filter.cost) {
    const { currency, max } = filter.cost;
    out.set('cost', [/^[A-Z]{3}$/.test(currency) ? `price.${currency} <= ${max}` : NOTHING]);
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
    out.set('opportunity', [ranges.join(' OR ')]);
  }
  return out;
}

function sortOrder({ sort, filter }: PlannedRequest): { sort?: string[] } {
  const direction = sort.descending ? 'desc' : 'asc';
  switch (sort.by) {
    case 'relevance':
      return {};
    case 'newest':
      return { sort: ['updated:desc', 'id:asc'] };
    case 'title':
      return { sort: [`sortTitle:${direction}`, 'id:asc'] };
    case 'startDate':
      return { sort: [`firstStart:${direction}`, 'id:asc'] };
    case 'ects':
      return { sort: [`ectsMin:${direction}`, 'id:asc'] };
    case 'cost': {
      const currency = filter.cost?.currency ?? SORT_CURRENCY;
      return { sort: [/^[A-Z]{3}$/.test(currency) ? `price.${currency}:${direction}` : '', 'id:asc'].filter(Boolean) };
    }
  }
}

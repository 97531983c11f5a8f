import type { MultiSearchQuery, MultiSearchResponse } from 'meilisearch';
import type { MeilisearchDocument } from './meilisearch-document.ts';
import { oftenQueries, type Placed, pageOf, placeAmong, RELEVANCE_MARGIN } from './meilisearch-order.ts';
import { buildMultiSearch, type MeilisearchPlan } from './meilisearch-query.ts';
import type { PlannedRequest } from './normalise-request.ts';
import { type FacetName, SEARCH_WINDOW, type SearchPosition } from './search-engine.ts';

export type Results = MultiSearchResponse<MeilisearchDocument>['results'];
export type MultiSearch = (queries: MultiSearchQuery[]) => Promise<Results>;

/** What is counted along with a page. */
export interface Counts {
  total: number;
  facets: { name: FacetName; counts: ReadonlyMap<string, number> }[];
}

export interface MeilisearchPage extends Counts {
  /** `said`: whether the record has the words, not only what they mean. */
  hits: { position: SearchPosition; hit: MeilisearchDocument; said: boolean }[];
  more: boolean;
}

export const countsIn = (plan: MeilisearchPlan, results: Results): Counts => ({
  total: results[plan.total]?.totalHits ?? 0,
  facets: plan.facets.map(({ name, query }) => ({
    name,
    counts: new Map(Object.entries(results[query]?.facetDistribution?.[name] ?? {}).filter(([, count]) => count > 0)),
  })),
});

/** Asks for a page and what is counted along with it: one `multi-search`, seldom two. */
export async function searchPage(
  request: PlannedRequest,
  index: string,
  search: MultiSearch,
): Promise<MeilisearchPage> {
  const plan = buildMultiSearch(request, index);
  const results = await search(plan.queries);
  const found = await foundIn(request, plan, results, search);
  return pageFrom(request, found, countsIn(plan, results));
}

/** Hits in their order, one more than asked for where there are more, and how many stand before them. */
export interface Found {
  found: Placed[];
  before: number;
}

/** The hits in the answers to a plan. */
export async function foundIn(
  request: PlannedRequest,
  plan: MeilisearchPlan,
  results: Results,
  search: MultiSearch,
): Promise<Found> {
  const { after, sort } = request;
  const pages = results.slice(0, plan.pages);
  const [model] = plan.queries;
  if (model && plan.often !== undefined && (results[plan.often]?.totalHits ?? 0) > 0) {
    const base = (model.filter as string[]).slice(0, -1); // without the place that the page begins at
    const queries = oftenQueries(request).map((page) => ({ ...model, ...page, filter: [...base, ...page.filter] }));
    pages.push(...(await search(queries)));
  }
  const found = pageOf(request, pages);
  if (sort.by === 'relevance' && after && model) return seek(request, model, found, search);
  return { found, before: 0 };
}

/** @param unsaid ids of hits that do not have the words that were asked for */
export function pageFrom(
  { after, first, sort, take }: PlannedRequest,
  { found, before }: Found,
  counts: Counts,
  unsaid?: ReadonlySet<string>,
): MeilisearchPage {
  const most = sort.by === 'relevance' ? SEARCH_WINDOW - before : Number.POSITIVE_INFINITY;
  const shown = found.slice(0, Math.min(first, most));
  const began = after?.[0] ?? found[0]?.keys[0] ?? 0;
  return {
    ...counts,
    hits: shown.map(({ id, keys, hit }, i) => ({
      hit,
      position: positionOf(id, keys, before + i + 1),
      said: !unsaid?.has(id),
    })),
    more: take ? found.length > shown.length && shown.length < most : counts.total > 0,
  };

  function positionOf(id: string, keys: Placed['keys'], number: number): SearchPosition {
    if (sort.by === 'relevance') return [number, 0, keys[0] ?? 0, id];
    return sort.by === 'newest' ? [began, keys[0] ?? 0, id] : [...keys, id];
  }
}

/**
 * The hits behind a place by relevance. The server cannot filter by its score, so the place is looked for where it was:
 * by the last hit read, and when that is gone or ranked otherwise, by its score. What came in before it or left moves
 * the window until it holds the place.
 */
export async function seek(
  request: PlannedRequest,
  model: MultiSearchQuery,
  first: Placed[],
  search: MultiSearch,
): Promise<Found> {
  const { after = [], take } = request;
  let offset = model.offset ?? 0;
  let limit = model.limit ?? 0;
  let hits = first;
  for (let step = 100; ; step *= 2) {
    const at = placeAmong(hits, after);
    const tooLate = at === 0 && offset > 0;
    const tooEarly = hits.length - at < take && hits.length === limit && offset + limit < SEARCH_WINDOW + take;
    if (!tooLate && !tooEarly) return { found: hits.slice(at, at + take), before: offset + at };
    const from = tooLate ? Math.max(0, offset - step) : offset + Math.max(0, at - 1);
    limit = tooLate ? offset - from + 1 : take + RELEVANCE_MARGIN + step;
    offset = from;
    hits = pageOf(request, await search([{ ...model, offset, limit }]));
  }
}

import type { GraphQLResolveInfo } from 'graphql';
import {
  DEFAULT_FACET_LIMIT,
  FACETS,
  type FacetName,
  MOST_FACET_VALUES,
  type SearchFacet,
  type SearchSort,
  type SortKey,
} from '../../catalogue/search/search-engine.ts';
import { currencyCode } from '../../schema/parse/price.ts';
import type { SubgraphContext } from '../shared/context.ts';
import { badUserInput } from '../shared/errors.ts';
import { wantedLanguages } from '../shared/languages.ts';
import { cursorsFor, decodeCursor } from '../shared/opaque-cursor.ts';
import { pageSize } from '../shared/page-size.ts';
import { selectedArguments } from '../shared/selected-arguments.ts';
import { selects } from '../shared/selects.ts';
import { explained } from './engine-errors.ts';
import { filterValue } from './facet-filter.ts';
import { labelsOf } from './facet-labels.ts';
import type { SearchFilterInput } from './filter-input.ts';
import { meaningOf } from './meaning.ts';
import { searchFilter } from './search-filter.ts';

interface SearchArguments {
  text?: string | null;
  concepts?: boolean | null;
  prefix?: boolean | null;
  filter?: SearchFilterInput | null;
  facets?: FacetName[] | null;
  sort?: { by: SortKey; descending?: boolean | null; currency?: string | null } | null;
  first?: number | null;
  after?: string | null;
  languages?: string[] | null;
}

/** One call to the engine, whatever is selected; highlights and facets are asked for only when they are selected. */
export async function search(_: unknown, args: SearchArguments, context: SubgraphContext, info: GraphQLResolveInfo) {
  const first = pageSize(args.first, 20);
  const languages = wantedLanguages(args.languages, context.languages);
  const filter = searchFilter(args.filter);
  const sort = searchSort(args.sort);
  const text = args.text ?? undefined;
  const engine = context.catalogue.search;
  const prefix = args.prefix ?? false;
  const meant = meaningOf(text, args.concepts !== false, context, languages);
  // a cursor of before there were two ways to read a text is one of whole words
  const further = [...(prefix ? [prefix] : []), ...(meant.concepts.length ? ['concepts'] : [])];
  const scope = JSON.stringify([engine.name, text, filter, sort, ...further]);
  const after = args.after ? decodeCursor(args.after, scope) : undefined;
  const limits = selectedArguments(info, ['facets', 'values']).map(({ limit }) => facetLimit(limit as number | null));
  const result = await explained(() =>
    engine.query({
      text,
      concepts: meant.concepts,
      prefix,
      filter,
      sort,
      first,
      after,
      languages: [...languages],
      facets: selects(info, 'facets') ? [...new Set(args.facets ?? FACETS)] : undefined,
      facetLimit: Math.max(0, ...limits),
      highlights: selects(info, 'highlights'),
      didYouMean: selects(info, 'didYouMean'),
    }),
  );
  const cursor = cursorsFor(scope);
  const edges = result.hits.map((hit) => ({
    cursor: cursor(hit.position),
    node: { id: hit.id },
    highlights: hit.highlights,
    match: meant.match(hit.match),
  }));
  return {
    totalCount: result.total,
    didYouMean: result.didYouMean ?? null,
    nearest: () => (result.total === 0 ? meant.nearest() : []),
    edges,
    pageInfo: {
      hasNextPage: result.more,
      hasPreviousPage: after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    facets: () => Promise.all(result.facets.map((facet) => labelled(facet, context, languages))),
  };
}

const facetLimit = (limit: number | null | undefined): number =>
  pageSize(limit, DEFAULT_FACET_LIMIT, 'facets.values.limit', MOST_FACET_VALUES);

function searchSort(sort: SearchArguments['sort']): SearchSort | undefined {
  if (!sort) return undefined;
  const currency = sort.currency == null ? undefined : currencyCode(sort.currency.toUpperCase());
  if (sort.currency != null && !currency) {
    throw badUserInput(`sort.currency: ${JSON.stringify(sort.currency.slice(0, 40))} is not a currency`, {
      argument: 'sort.currency',
      remedy: 'write an ISO 4217 code such as "EUR"',
    });
  }
  return { by: sort.by, descending: sort.descending ?? undefined, currency };
}

async function labelled(facet: SearchFacet, context: SubgraphContext, languages: readonly string[]) {
  const labels = await labelsOf(facet, context, languages);
  const values = facet.values.map(({ value, count }, index) => ({
    value: filterValue(facet.name, value),
    count,
    label: labels[index]?.value ?? value,
    labelLanguage: labels[index]?.language ?? 'zxx',
  }));
  return {
    name: facet.name,
    valueCount: facet.valueCount,
    values: ({ limit }: { limit?: number | null }) => values.slice(0, facetLimit(limit)),
  };
}

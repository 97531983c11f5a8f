import type { GraphQLResolveInfo } from 'graphql';
import {
  FACETS,
  type FacetName,
  SEARCH_WINDOW,
  type SearchFacet,
  SearchWindowExceeded,
  type SortKey,
} from '../../catalogue/search/search-engine.ts';
import type { SubgraphContext } from '../shared/context.ts';
import { wantedLanguages } from '../shared/languages.ts';
import { cursorsFor, decodeCursor } from '../shared/opaque-cursor.ts';
import { pageSize } from '../shared/page-size.ts';
import { selects } from '../shared/selects.ts';
import { explained } from './engine-errors.ts';
import { labelsOf } from './facet-labels.ts';
import { type SearchFilterInput, searchFilter } from './search-filter.ts';

interface SearchArguments {
  text?: string | null;
  filter?: SearchFilterInput | null;
  facets?: FacetName[] | null;
  sort?: { by: SortKey; descending?: boolean | null } | null;
  first?: number | null;
  after?: string | null;
  languages?: string[] | null;
}

/** One call to the engine, whatever is selected; highlights and facets are asked for only when they are selected. */
export async function search(_: unknown, args: SearchArguments, context: SubgraphContext, info: GraphQLResolveInfo) {
  const first = pageSize(args.first, 20);
  const languages = wantedLanguages(args.languages, context.languages);
  const filter = searchFilter(args.filter);
  const sort = args.sort ? { by: args.sort.by, descending: args.sort.descending ?? undefined } : undefined;
  const scope = JSON.stringify([args.text, filter, sort]);
  const offset = args.after ? Number(decodeCursor(args.after, scope)) : 0;
  const result = await explained(async () => {
    if (offset + first > SEARCH_WINDOW) throw new SearchWindowExceeded();
    return context.catalogue.search.query({
      text: args.text ?? undefined,
      filter,
      sort,
      first,
      offset,
      languages: [...languages],
      facets: selects(info, 'facets') ? [...new Set(args.facets ?? FACETS)] : undefined,
      highlights: selects(info, 'highlights'),
    });
  });
  const cursor = cursorsFor(scope);
  const end = offset + result.hits.length;
  return {
    totalCount: result.total,
    edges: result.hits.map((hit, index) => ({
      cursor: cursor(String(offset + index + 1)),
      node: { id: hit.id },
      highlights: hit.highlights,
    })),
    pageInfo: {
      hasNextPage: end < result.total && end < SEARCH_WINDOW,
      hasPreviousPage: offset > 0,
      startCursor: result.hits.length > 0 ? cursor(String(offset + 1)) : null,
      endCursor: result.hits.length > 0 ? cursor(String(end)) : null,
    },
    facets: () => Promise.all(result.facets.map((facet) => labelled(facet, context, languages))),
  };
}

async function labelled(facet: SearchFacet, context: SubgraphContext, languages: readonly string[]) {
  const labels = await labelsOf(facet, context, languages);
  return {
    name: facet.name,
    values: facet.values.map(({ value, count }, index) => ({
      value,
      count,
      label: labels[index]?.value ?? value,
      labelLanguage: labels[index]?.language ?? 'zxx',
    })),
  };
}

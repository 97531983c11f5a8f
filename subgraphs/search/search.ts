import { FACETS, SORTS } from '../../catalogue/search/search-engine.ts';
import { CONCEPT_KINDS } from '../../schema/vocabularies/concepts/index.ts';
import { enumValues } from '../shared/enum-values.ts';
import { sharedEnums } from '../shared/enums.ts';
import { pageSize } from '../shared/page-size.ts';
import { defineSubgraph, type Resolve, type SubgraphModule } from '../shared/subgraph.ts';
import { explained } from './engine-errors.ts';
import { search } from './search-root.ts';

const suggest: Resolve<unknown, { prefix: string; first?: number }> = (_, { prefix, first }, { catalogue }) =>
  explained(async () => {
    const most = pageSize(first, 10);
    return most === 0 ? [] : catalogue.search.suggest(prefix, most);
  });

/** Search: hits, facets, highlights, completions. Credentials themselves are another subgraph's. */
export const createSearchSubgraph = (): SubgraphModule =>
  defineSubgraph(
    'search',
    {
      Query: { search, suggest },
      FacetName: enumValues(FACETS),
      SortKey: enumValues(SORTS),
      MatchKind: enumValues(['text', 'concept']),
      ConceptKind: enumValues(CONCEPT_KINDS),
      ...sharedEnums,
    },
    ['types'],
  );

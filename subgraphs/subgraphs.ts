import { createCredentialSubgraph } from './credential/credential.ts';
import { createProviderSubgraph } from './provider/provider.ts';
import { createSearchSubgraph } from './search/search.ts';
import type { SubgraphModule } from './shared/subgraph.ts';
import { createSourceSubgraph } from './source/source.ts';

/** The four subgraphs of the catalogue. */
export const createSubgraphs = (): SubgraphModule[] => [
  createSearchSubgraph(),
  createCredentialSubgraph(),
  createProviderSubgraph(),
  createSourceSubgraph(),
];

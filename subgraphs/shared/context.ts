import DataLoader from 'dataloader';
import type {
  Catalogue,
  RecordProblem,
  RunSummary,
  StoredCredential,
  StoredProvider,
  StoredSource,
} from '../../catalogue/catalogue.ts';

/** Batches and remembers the reads of one request: however many resolvers ask, each is one call to the catalogue. */
export interface Loaders {
  credential: DataLoader<string, StoredCredential | undefined>;
  credentialId: DataLoader<string, string | undefined>;
  credentialCount: DataLoader<string, number>;
  provider: DataLoader<string, StoredProvider | undefined>;
  providerId: DataLoader<string, string | undefined>;
  source: DataLoader<string, StoredSource | undefined>;
  completeness: DataLoader<string, { records: number; stated: Record<string, number> }>;
  runs(limit: number): DataLoader<string, RunSummary[]>;
  problems(limit: number): DataLoader<string, RecordProblem[]>;
}

export function createLoaders(catalogue: Catalogue): Loaders {
  const { credentials, providers, sources } = catalogue;
  return {
    credential: new DataLoader((ids) => credentials.byIds(ids)),
    credentialId: new DataLoader((ids) => credentials.resolve(ids)),
    credentialCount: new DataLoader((ids) => credentials.countByProviders(ids)),
    provider: new DataLoader((ids) => providers.byIds(ids)),
    providerId: new DataLoader((ids) => providers.resolve(ids)),
    source: new DataLoader((ids) => sources.byIds(ids)),
    completeness: new DataLoader((ids) => sources.completeness(ids)),
    runs: perLimit((limit) => new DataLoader((ids) => sources.runs(ids, limit))),
    problems: perLimit((limit) => new DataLoader((ids) => sources.problems(ids, limit))),
  };
}

function perLimit<T>(create: (limit: number) => DataLoader<string, T>): (limit: number) => DataLoader<string, T> {
  const made = new Map<number, DataLoader<string, T>>();
  return (limit) => {
    const loader = made.get(limit) ?? create(limit);
    made.set(limit, loader);
    return loader;
  };
}

/** What every resolver is given. In process the four subgraphs share one of these per request. */
export interface SubgraphContext {
  catalogue: Catalogue;
  loaders: Loaders;
  /** Languages of the reader, BCP 47, most wanted first. */
  languages: readonly string[];
}

export const createSubgraphContext = (catalogue: Catalogue, languages: readonly string[]): SubgraphContext => {
  let loaders: Loaders | undefined;
  return {
    catalogue,
    languages,
    get loaders() {
      loaders ??= createLoaders(catalogue);
      return loaders;
    },
  };
};

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

export function createLoaders({ credentials, providers, sources }: Catalogue, signal?: AbortSignal): Loaders {
  /** A batch whose operation has been answered without it is not asked for any more. */
  const batch = <T>(read: (ids: readonly string[]) => Promise<T[]>): DataLoader<string, T> =>
    new DataLoader(async (ids) => {
      signal?.throwIfAborted();
      return read(ids);
    });
  return {
    credential: batch((ids) => credentials.byIds(ids)),
    credentialId: batch((ids) => credentials.resolve(ids)),
    credentialCount: batch((ids) => credentials.countByProviders(ids)),
    provider: batch((ids) => providers.byIds(ids)),
    providerId: batch((ids) => providers.resolve(ids)),
    source: batch((ids) => sources.byIds(ids)),
    completeness: batch((ids) => sources.completeness(ids)),
    runs: perLimit((limit) => batch((ids) => sources.runs(ids, limit))),
    problems: perLimit((limit) => batch((ids) => sources.problems(ids, limit))),
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

/** `signal`: aborted when what is asked is no longer wanted. */
export const createSubgraphContext = (
  catalogue: Catalogue,
  languages: readonly string[],
  signal?: AbortSignal,
): SubgraphContext => {
  let loaders: Loaders | undefined;
  return {
    catalogue,
    languages,
    get loaders() {
      loaders ??= createLoaders(catalogue, signal);
      return loaders;
    },
  };
};

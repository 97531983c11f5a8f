import type { Catalogue } from '../../catalogue/catalogue.ts';
import { toSearchDocument } from '../../catalogue/search/search-document.ts';
import { canonicalAlternate, STANDARD_ELEMENTS } from '../../schema/index.ts';
import { credentials, providers, sourceIds, sources, statedBy } from './fixture-records.ts';
import { createFixtureSearch } from './fixture-search.ts';

/** Calls per method. */
export type Calls = Record<string, number>;

export interface FixtureCatalogue {
  catalogue: Catalogue;
  calls: Calls;
  /** Makes the next calls of a method (`credentials.byIds`) fail. */
  fail(method: string, error: Error | undefined): void;
}

const index = <T extends { record: { id: string; identifier: string; alternates: string[] } }>(
  records: readonly T[],
) => ({
  byId: new Map(records.map((stored) => [stored.record.id, stored])),
  alternates: new Map(
    records.flatMap(({ record }) =>
      [record.id, record.identifier, ...record.alternates].map((a) => [canonicalAlternate(a), record.id] as const),
    ),
  ),
});

/**
 * A real, small `Catalogue` in memory over the fixture records; counts every call. Answers are fresh copies as the
 * contract says, unless a benchmark wants the reading itself to cost next to nothing.
 */
export function createFixtureCatalogue({ copies = true } = {}): FixtureCatalogue {
  const calls: Calls = {};
  const failures = new Map<string, Error>();
  const counted = <A extends unknown[], R>(method: string, work: (...args: A) => R | Promise<R>) => {
    return async (...args: A): Promise<R> => {
      calls[method] = (calls[method] ?? 0) + 1;
      const failure = failures.get(method);
      if (failure) throw failure;
      const answer = await work(...args);
      return copies ? structuredClone(answer) : answer;
    };
  };
  const live = credentials.filter((stored) => stored.status === 'live');
  const creds = index(credentials);
  const provs = index(providers);
  const search = createFixtureSearch(live.map(({ record }, seq) => toSearchDocument(record, seq, 1_760_000_000)));
  const awards = (id: string): number =>
    live.filter(({ record }) =>
      [...(record.awardingBody.value ?? []), ...(record.offeredBy.value ?? [])].some((body) => body.id === id),
    ).length;
  const tally = (values: (string | undefined)[]) => {
    const counts = new Map<string, number>();
    for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
    return [...counts].map(([value, count]) => ({ value, count }));
  };

  const catalogue: Catalogue = {
    credentials: {
      byIds: counted('credentials.byIds', (ids) => ids.map((id: string) => creds.byId.get(id))),
      resolve: counted('credentials.resolve', (ids) =>
        ids.map((id: string) => creds.alternates.get(canonicalAlternate(id))),
      ),
      countByProviders: counted('credentials.countByProviders', (ids) => ids.map(awards)),
    },
    providers: {
      byIds: counted('providers.byIds', (ids) => ids.map((id: string) => provs.byId.get(id))),
      resolve: counted('providers.resolve', (ids) =>
        ids.map((id: string) => provs.alternates.get(canonicalAlternate(id))),
      ),
      list: counted('providers.list', ({ first, after, country, text }) => {
        const wanted = providers
          .filter((p) => !country || p.record.country === country)
          .filter((p) => !text || p.record.name?.some((n) => n.value.toLowerCase().includes(text.toLowerCase())))
          .toSorted((a, b) => (a.record.id < b.record.id ? -1 : 1));
        return { total: wanted.length, providers: wanted.filter((p) => !after || p.record.id > after).slice(0, first) };
      }),
    },
    sources: {
      byIds: counted('sources.byIds', (ids) => ids.map((id: string) => sources.find((s) => s.definition.id === id))),
      list: counted('sources.list', () => sources),
      runs: counted('sources.runs', (ids, limit) =>
        ids.map((id: string) =>
          sources
            .filter((s) => s.definition.id === id)
            .flatMap((s) => s.lastRun ?? [])
            .slice(0, limit),
        ),
      ),
      problems: counted('sources.problems', (runs, limit) =>
        runs.map((run: string) =>
          [
            {
              run,
              identifier: 'course-99',
              path: '/title',
              rule: 'title-missing',
              severity: 'rejected' as const,
              found: '',
              remedy: 'give the record a title',
            },
          ].slice(0, limit),
        ),
      ),
      completeness: counted('sources.completeness', (ids) =>
        ids.map((id: string) => ({
          records: live.filter(({ record }) => record.source === id).length,
          stated: Object.fromEntries(STANDARD_ELEMENTS.map((element) => [element, statedBy(id, element)])),
        })),
      ),
    },
    statistics: counted('statistics', () => ({
      credentials: live.length,
      providers: providers.length,
      sources: sourceIds.length,
      byCountry: tally(live.map(({ record }) => record.issuerCountry.value?.country)),
      byLanguage: tally(live.flatMap(({ record }) => record.languages.value ?? [])),
    })),
    search: {
      ...search,
      query: counted('search.query', search.query),
      suggest: counted('search.suggest', search.suggest),
    },
  };
  return {
    catalogue,
    calls,
    fail: (method, error) => {
      if (error) failures.set(method, error);
      else failures.delete(method);
    },
  };
}

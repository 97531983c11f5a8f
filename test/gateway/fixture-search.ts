import { fold } from '../../catalogue/search/fold.ts';
import type {
  FacetName,
  SearchDocument,
  SearchEngine,
  SearchFilter,
  SearchResult,
} from '../../catalogue/search/search-engine.ts';

const some = (wanted: readonly unknown[] | undefined, has: readonly unknown[]): boolean =>
  !wanted?.length || wanted.some((value) => has.includes(value));

function matches(doc: SearchDocument, filter: SearchFilter = {}): boolean {
  const { ects, opportunity: o } = filter;
  return (
    some(filter.country, doc.country) &&
    some(filter.provider, doc.provider) &&
    some(filter.source, [doc.source]) &&
    some(filter.language, doc.language) &&
    some(filter.eqf, doc.eqf) &&
    some(filter.mode, doc.mode) &&
    some(filter.kind, doc.kind) &&
    some(filter.field, doc.field) &&
    some(filter.conformance, doc.conformance) &&
    (filter.free === undefined || doc.free === filter.free) &&
    (!ects || (doc.ects !== undefined && doc.ects.max >= (ects.min ?? 0) && doc.ects.min <= (ects.max ?? Infinity))) &&
    (filter.elementStated ?? []).every((name) => doc.elementStated.includes(name)) &&
    !(filter.elementNotStated ?? []).some((name) => doc.elementStated.includes(name)) &&
    (!o ||
      doc.opportunities.some(
        (run) =>
          (!o.startFrom || (run.start ?? '') >= o.startFrom) &&
          (!o.startTo || (run.start ?? '9') <= o.startTo) &&
          some(o.place?.map(fold), run.place.map(fold)),
      ))
  );
}

const valuesOf = (doc: SearchDocument, facet: FacetName): string[] =>
  [doc[facet]]
    .flat()
    .filter((value) => value !== undefined)
    .map(String);

/** A small search engine over an array: enough to be asked real questions by the graph. */
export function createFixtureSearch(documents: readonly SearchDocument[]): SearchEngine {
  const textOf = (doc: SearchDocument): string =>
    fold([...doc.title, ...doc.description].map((t) => t.value).join(' ') + doc.providerNames.join(' '));
  const readOnly = (): never => {
    throw new Error('the fixture is read-only');
  };
  return {
    name: 'fixture',
    cannot: {},
    configure: async () => {},
    upsert: readOnly,
    remove: readOnly,
    rebuild: readOnly,
    close: async () => {},
    count: async () => documents.length,
    suggest: async (prefix, limit) =>
      documents
        .map((doc) => doc.title[0]?.value ?? '')
        .filter((title) => fold(title).startsWith(fold(prefix)))
        .slice(0, limit),
    query: async ({ text, filter, facets, first, offset = 0, highlights }): Promise<SearchResult> => {
      const words = fold(text ?? '')
        .split(/\s+/)
        .filter(Boolean);
      const hits = documents.filter((doc) => matches(doc, filter) && words.every((word) => textOf(doc).includes(word)));
      return {
        total: hits.length,
        hits: hits.slice(offset, offset + first).map((doc) => ({
          id: doc.id,
          highlights: highlights ? [{ field: 'title', language: 'en', text: `<mark>${words[0]}</mark>` }] : [],
        })),
        facets: (facets ?? []).map((name) => {
          const counts = new Map<string, number>();
          for (const value of hits.flatMap((doc) => valuesOf(doc, name)))
            counts.set(value, (counts.get(value) ?? 0) + 1);
          return {
            name,
            values: [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count),
          };
        }),
      };
    },
  };
}

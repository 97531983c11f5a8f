import { facetValue } from './facet-value.ts';
import type { QueryConcept, RecordConcept, SearchMatch } from './search-engine.ts';

/** A record is found by a concept when its share of the record times its share of the query is at least this. */
export const CONCEPT_FLOOR = 0.05;
/** Concepts of one record, and of one query, that are looked at. */
export const MOST_RECORD_CONCEPTS = 24;
export const MOST_QUERY_CONCEPTS = 30;

const BANDS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const PREFIX = 'http://data.europa.eu/';
const short = (uri: string): string => facetValue(uri.startsWith(PREFIX) ? uri.slice(PREFIX.length) : uri);

/** Tenths of a weight, 0 to 9. */
const bandOf = (weight: number): number => Math.min(9, Math.max(0, Math.round(weight * 10)));

/** A concept of a record, with its share of it in tenths, as one word. */
const token = (id: string, band: number): string => `${short(id)}:${band}`;

/** The concepts of a record as an index holds them: tokens, and beside each the label that fitted. */
export function conceptTokens(concepts: readonly RecordConcept[]): { concepts: string[]; conceptLabels: string[] } {
  const kept = [...new Map(concepts.map((one) => [short(one.id), one])).values()]
    .filter(({ weight }) => bandOf(weight) > 0)
    .slice(0, MOST_RECORD_CONCEPTS);
  return {
    concepts: kept.map(({ id, weight }) => token(id, bandOf(weight))),
    conceptLabels: kept.map(({ label }) => label.replaceAll('\0', '').toWellFormed()),
  };
}

/** The concepts of a query as engines look them up. Points are thousandths: whole numbers, so that engines add up alike. */
export interface ConceptQuery {
  /** Who has one of these is found. */
  tokens: string[];
  /** What each token counts, those that find nothing by themselves among them. */
  points: ReadonlyMap<string, number>;
  /** The concept of each token. */
  idOf: ReadonlyMap<string, string>;
}

export function conceptQuery(concepts: readonly QueryConcept[] | undefined): ConceptQuery | undefined {
  const points = new Map<string, number>();
  const idOf = new Map<string, string>();
  for (const { id, weight } of (concepts ?? []).slice(0, MOST_QUERY_CONCEPTS)) {
    const hundredths = Math.round(Math.min(1, Math.max(0, weight)) * 100);
    for (const band of hundredths ? BANDS : []) {
      points.set(token(id, band), hundredths * band);
      idOf.set(token(id, band), id);
    }
  }
  const tokens = [...points].filter(([, count]) => count >= Math.round(CONCEPT_FLOOR * 1000)).map(([one]) => one);
  return tokens.length ? { tokens, points, idOf } : undefined;
}

/** How near a record is to the query, in thousandths. */
export const pointsOf = (query: ConceptQuery, tokens: readonly string[]): number =>
  tokens.reduce((sum, one) => sum + (query.points.get(one) ?? 0), 0);

/** Why a record is among the hits: its words, or else the concept that it shares most of with the query. */
export function matchOf(
  query: ConceptQuery | undefined,
  hit: { said: boolean; concepts?: readonly string[]; conceptLabels?: readonly string[] },
): SearchMatch {
  const how = hit.said ? 'text' : 'concept';
  const { concepts = [], conceptLabels = [] } = hit;
  let best = -1;
  const points = (at: number) => query?.points.get(concepts[at] ?? '') ?? 0;
  concepts.forEach((_, at) => {
    if (points(at) > points(best)) best = at;
  });
  const concept = query?.idOf.get(concepts[best] ?? '');
  if (!query || concept === undefined) return { how };
  return { how, concept, recordLabel: conceptLabels[best] ?? '', score: pointsOf(query, concepts) / 1000 };
}

import type { MultiSearchQuery } from 'meilisearch';
import type { MeilisearchDocument } from './meilisearch-document.ts';
import type { PlannedRequest } from './normalise-request.ts';
import { MOST_EARLIER, type SearchPosition } from './search-engine.ts';

type Page = Pick<MultiSearchQuery, 'sort' | 'showRankingScore' | 'offset' | 'limit'> & { filter: string[] };
type Key = string | number | null;

/** A value between quotes; backslash and quote are the only signs with a meaning there. */
export const quote = (value: string | number): string =>
  `"${String(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** Hits before and behind the remembered place that are looked through for it. */
export const RELEVANCE_MARGIN = 20;

/** What must be read of a hit to say where it stands. */
export function keyAttributes({ sort: { by } }: PlannedRequest): string[] {
  if (by === 'newest') return ['seq', 'earlier'];
  return columnsOf(by, '').map(({ name }) => name.replace(/^price\..*/, 'price'));
}

interface Column {
  name: string;
  down?: boolean;
}

const columnsOf = (by: PlannedRequest['sort']['by'], currency: string, down = false): Column[] =>
  ({
    title: [{ name: 'sortTitle', down }],
    startDate: [{ name: 'firstStart', down }],
    ects: [{ name: 'ectsMin', down }],
    cost: [{ name: `price.${currency}`, down }, { name: 'priceCurrency' }, { name: 'priceAmount', down }],
    id: [],
    newest: [],
    relevance: [],
  })[by];

/** The queries that give a page; more than one for `newest`, merged by {@link pageOf}. */
export function pageQueries(request: PlannedRequest): Page[] {
  const { sort, after, take } = request;
  if (sort.by === 'relevance') {
    if (!after) return [{ filter: [], showRankingScore: true }];
    const offset = Math.max(0, Number(after[0]) - RELEVANCE_MARGIN);
    return [{ filter: [], showRankingScore: true, offset, limit: Number(after[0]) - offset + take + RELEVANCE_MARGIN }];
  }
  if (sort.by === 'newest') {
    const newest: Page = { filter: [], sort: ['seq:desc', 'id:asc'] };
    return after ? [{ ...newest, filter: [behind('seq', after)], limit: take }, changedOnce(after, take)] : [newest];
  }
  const down = sort.descending ? 'desc' : 'asc';
  const columns = columnsOf(sort.by, sort.currency, sort.descending);
  const order = [
    ...columns.map(({ name, down }) => `${name}:${down ? 'desc' : 'asc'}`),
    `id:${sort.by === 'id' ? down : 'asc'}`,
  ];
  if (!after) return [{ filter: [], sort: order }];
  return [{ filter: [behindKeys(columns, after, sort.by === 'id' && sort.descending)], sort: order, limit: take }];
}

/** What stands behind a position: ties behind its id, what goes beyond its last key, what lacks that, and so on. */
function behindKeys(columns: readonly Column[], after: SearchPosition, idDown: boolean): string {
  const equal = columns.map(({ name }, i) =>
    after[i] === null ? `${name} NOT EXISTS` : `${name} = ${quote(after[i] ?? '')}`,
  );
  const parts = [[...equal, `id ${idDown ? '<' : '>'} ${quote(after.at(-1) ?? '')}`]];
  columns.forEach(({ name, down }, i) => {
    const value = after[i];
    if (value === null || value === undefined) return;
    parts.push([...equal.slice(0, i), `(${name} ${down ? '<' : '>'} ${quote(value)} OR ${name} NOT EXISTS)`]);
  });
  return parts.map((all) => all.join(' AND ')).join(' OR ');
}

const behind = (place: string, [, last, id]: SearchPosition): string =>
  `${place} < ${quote(last ?? 0)} OR (${place} = ${quote(last ?? 0)} AND id > ${quote(id ?? '')})`;

/** Records that changed `n` times since the listing began, in the place that they had then. */
function changed(n: number, after: SearchPosition, take: number): Page {
  const place = `earlier.${n}`;
  const since = `${n === 1 ? 'seq' : `earlier.${n - 1}`} > ${quote(after[0] ?? 0)}`;
  return {
    filter: [since, `${place} <= ${quote(after[0] ?? 0)}`, behind(place, after)],
    sort: [`${place}:desc`, 'id:asc'],
    limit: take,
  };
}
const changedOnce = (after: SearchPosition, take: number) => changed(1, after, take);

/** Whether records changed more than once since the listing began; only then the next is asked for. */
export const changedOften = (after: SearchPosition): string => `earlier.1 > ${quote(after[0] ?? 0)}`;

export const oftenQueries = ({ after = [], take }: PlannedRequest): Page[] =>
  Array.from({ length: MOST_EARLIER - 1 }, (_, i) => changed(i + 2, after, take));

type Hit = MeilisearchDocument & { _rankingScore?: number };

const byPlace = (a: { keys: Key[]; id: string }, b: { keys: Key[]; id: string }): number =>
  Number(b.keys[0]) - Number(a.keys[0]) || (a.id < b.id ? -1 : 1);

const compareKeys = (a: Key, b: Key): number => {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b);
};

/** Hits of several sorted queries in one order, each once: the server's own, what states nothing last. */
export function merged({ sort }: PlannedRequest, hits: readonly Placed[]): Placed[] {
  const each = [...new Map(hits.map((hit) => [hit.id, hit])).values()];
  if (sort.by === 'newest') return each.sort(byPlace);
  const columns = columnsOf(sort.by, sort.currency, sort.descending);
  return each.sort((a, b) => {
    for (const [i, { down }] of columns.entries()) {
      const [one, other] = [a.keys[i] ?? null, b.keys[i] ?? null];
      if (one === null || other === null) {
        if (one !== other) return one === null ? 1 : -1;
        continue;
      }
      const difference = compareKeys(one, other);
      if (difference) return down ? -difference : difference;
    }
    return (a.id < b.id ? -1 : 1) * (sort.by === 'id' && sort.descending ? -1 : 1);
  });
}

export interface Placed {
  id: string;
  keys: Key[];
  hit: Hit;
}

/** The hits of the page's queries with their keys, in order. */
export function pageOf({ sort, after }: PlannedRequest, results: readonly { hits: Hit[] }[]): Placed[] {
  const hits = results.flatMap((result) => result.hits);
  if (sort.by === 'relevance') return hits.map((hit) => ({ id: hit.id, keys: [hit._rankingScore ?? 0], hit }));
  if (sort.by === 'newest') {
    const began = after ? Number(after[0]) : Number.POSITIVE_INFINITY;
    const placeOf = ({ seq, earlier }: Hit) =>
      [Number(seq), ...Object.values((earlier ?? {}) as Record<string, number>)]
        .filter((place) => place <= began)
        .reduce((newest, place) => Math.max(newest, place), 0);
    return hits.map((hit) => ({ id: hit.id, keys: [placeOf(hit)], hit })).sort(byPlace);
  }
  const columns = columnsOf(sort.by, sort.currency);
  return hits.map((hit) => ({ id: hit.id, keys: columns.map(({ name }) => keyOf(hit, name)), hit }));
}

function keyOf(hit: Hit, name: string): Key {
  const [attribute = '', currency] = name.split('.');
  const value = hit[attribute];
  return ((currency ? (value as Record<string, Key> | undefined)?.[currency] : value) as Key | undefined) ?? null;
}

/** Of hits by relevance, how many stand before a place, or at it. Scores are those of the server, ties go by id. */
export function placeAmong(hits: readonly Placed[], [, , score, id]: SearchPosition): number {
  const same = (hit: Placed) => Math.abs(Number(hit.keys[0]) - Number(score)) <= Number.EPSILON;
  const anchor = hits.findIndex((hit) => hit.id === id && same(hit));
  if (anchor >= 0) return anchor + 1;
  const at = hits.findIndex((hit) => (same(hit) ? hit.id > String(id) : Number(hit.keys[0]) < Number(score)));
  return at < 0 ? hits.length : at;
}

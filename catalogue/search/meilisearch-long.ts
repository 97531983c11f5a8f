import type { MultiSearchQuery } from 'meilisearch';
import type { MeilisearchDocument } from './meilisearch-document.ts';
import type { Placed } from './meilisearch-order.ts';
import { countsIn, type MeilisearchPage, type MultiSearch, pageFrom } from './meilisearch-page.ts';
import { buildMultiSearch, isOneOf, queryString } from './meilisearch-query.ts';
import type { PlannedRequest } from './normalise-request.ts';
import { isLong, type QueryText } from './query-syntax.ts';
import type { SearchPosition } from './search-engine.ts';

/** Records that are looked at whether they have enough words of a long query. */
const MOST_CANDIDATES = 10_000;

/** Records with enough words of a long query, and what they are ranked by. */
export type Matches = ReadonlyMap<string, number>;

interface Word {
  query: MultiSearchQuery;
  found: number;
  weight: number;
}

/**
 * A long query need not find all words, which the server has no word for: it drops them one after the other, in an order
 * that knows nothing of the record. So three short rounds: how many records each word has; which have one of the rarest
 * (whoever has `floor` of n words has one of any n - floor + 1); which of these have the others. What is left over is
 * asked for by id, with everything that the request wants beside its words.
 */
export async function matchesOf(text: QueryText, indexUid: string, search: MultiSearch): Promise<Matches> {
  const words = await wordsOf(text, indexUid, search);
  words.sort((a, b) => a.found - b.found);
  let rare = words.length - text.floor + 1;
  while (rare > 1 && candidates(words, rare) > MOST_CANDIDATES) rare -= 1;
  const all = await search(
    words.slice(0, rare).map(({ query }) => ({ ...query, page: 1, hitsPerPage: MOST_CANDIDATES })),
  );
  const tally = new Map<string, { words: number; rarity: number; score: number }>();
  const count = (hits: readonly Hit[], { weight }: Word, known: boolean) => {
    for (const { id, _rankingScore = 0 } of hits) {
      const so = tally.get(id) ?? { words: 0, rarity: 0, score: 0 };
      if (known && so.words === 0) continue;
      tally.set(id, { words: so.words + 1, rarity: so.rarity + weight, score: so.score + _rankingScore });
    }
  };
  words.slice(0, rare).forEach((word, i) => {
    count(all[i]?.hits ?? [], word, false);
  });
  if (tally.size) {
    const among = `id IN [${[...tally.keys()].map((id) => JSON.stringify(id)).join(', ')}]`;
    const paged = { filter: [among], page: 1, hitsPerPage: tally.size };
    const common = words.slice(rare);
    const rest = common.length ? await search(common.map(({ query }) => ({ ...query, ...paged }))) : [];
    common.forEach((word, i) => {
      count(rest[i]?.hits ?? [], word, true);
    });
  }
  const enough = [...tally].filter(([, { words: has }]) => has >= text.floor);
  return new Map(enough.map(([id, { rarity, score }]) => [id, rounded(rarity + score / words.length)]));
}

type Hit = MeilisearchDocument & { _rankingScore?: number };

const candidates = (words: readonly Word[], rare: number): number =>
  words.slice(0, rare).reduce((sum, { found }) => sum + found, 0);

/** The counted words of a query, each with how many records have it and what it weighs: more, the fewer have it. */
async function wordsOf(text: QueryText, indexUid: string, search: MultiSearch): Promise<Word[]> {
  const last = text.parts.at(-1);
  const queries = text.parts
    .filter((part) => !part.quoted)
    .map(
      (part): MultiSearchQuery => ({
        indexUid,
        q: queryString({ parts: [part], excluded: [], prefix: text.prefix && part === last, floor: 1 }),
        matchingStrategy: 'all',
        attributesToRetrieve: ['id'],
        showRankingScore: true,
      }),
    );
  const counted = await search(queries.map((query) => ({ ...query, showRankingScore: false, hitsPerPage: 0 })));
  const most = Math.max(1, ...counted.map(({ totalHits = 0 }) => totalHits));
  return queries.map((query, i) => {
    const found = counted[i]?.totalHits ?? 0;
    return { query, found, weight: Math.log(1 + most / Math.max(found, 1)) };
  });
}

/** So that a place in the listing is found again. */
const rounded = (score: number): number => Math.round(score * 1e6) / 1e6;

/** The request for the records found, without the words that found them. */
export function amongMatches(request: PlannedRequest, matches: Matches): PlannedRequest {
  const { filter, text } = request;
  const ids = filter.ids ? filter.ids.filter((id) => matches.has(id)) : [...matches.keys()];
  const parts = text.parts.filter((part) => part.quoted);
  return { ...request, filter: { ...filter, ids }, text: { ...text, parts, prefix: false, floor: 0 } };
}

export const needsMatches = ({ text }: PlannedRequest): boolean => isLong(text);

/** A page of the matches by relevance: most and rarest words first, ties by id. */
export async function pageOfMatches(
  request: PlannedRequest,
  matches: Matches,
  index: string,
  search: MultiSearch,
): Promise<MeilisearchPage> {
  const plan = buildMultiSearch(countsOnly(amongMatches(request, matches)), index);
  const results = await search([...plan.queries, listingOf(plan.queries[0] as MultiSearchQuery, matches.size)]);
  const found = rankedMatches(matches, results.at(-1)?.hits ?? [], request.after);
  const before = request.after ? Number(request.after[0]) : 0;
  const page = pageFrom(request, { found, before }, countsIn(plan, results));
  const shown = page.hits.map(({ hit }) => hit.id);
  const whole = request.highlights ? await readHits(shown, ['texts'], index, search) : new Map();
  return { ...page, hits: page.hits.map((one) => ({ ...one, hit: whole.get(one.hit.id) ?? one.hit })) };
}

/** The same request without its page. */
export const countsOnly = (request: PlannedRequest): PlannedRequest => ({
  ...request,
  sort: { ...request.sort, by: 'id', descending: false },
  after: undefined,
  take: 0,
  first: 0,
});

/** The ids of all that a query finds, at most so many. */
export const listingOf = ({ facets: _, ...model }: MultiSearchQuery, most: number): MultiSearchQuery => ({
  ...model,
  attributesToRetrieve: ['id'],
  page: 1,
  hitsPerPage: Math.max(most, 1),
});

/** Of the matches those that were found, in their order, behind a place. */
export function rankedMatches(
  matches: Matches,
  hits: readonly MeilisearchDocument[],
  after: SearchPosition | undefined,
): Placed[] {
  const [, , score = Number.POSITIVE_INFINITY, last = ''] = after ?? [];
  return hits
    .map(({ id }) => ({ id, keys: [matches.get(id) ?? 0], hit: { id, texts: NO_TEXTS } }))
    .sort((a, b) => (b.keys[0] ?? 0) - (a.keys[0] ?? 0) || (a.id < b.id ? -1 : 1))
    .filter(({ id, keys: [own = 0] }) => !after || own < Number(score) || (own === Number(score) && id > String(last)));
}

export const NO_TEXTS = { title: [], provider: [], outcomes: [], description: [] };

/** Hits of a page with what is to be known of them. */
export async function readHits(
  ids: readonly string[],
  attributes: readonly string[],
  indexUid: string,
  search: MultiSearch,
): Promise<ReadonlyMap<string, MeilisearchDocument>> {
  if (!ids.length) return new Map();
  const [page] = await search([
    { indexUid, filter: [isOneOf('id', ids)], attributesToRetrieve: ['id', ...attributes], limit: ids.length },
  ]);
  return new Map(page?.hits.map((hit) => [hit.id, hit]));
}

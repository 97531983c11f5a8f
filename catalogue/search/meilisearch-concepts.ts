import type { MultiSearchQuery } from 'meilisearch';
import { type ConceptQuery, pointsOf } from './concept-tokens.ts';
import {
  amongMatches,
  countsOnly,
  listingOf,
  type Matches,
  matchesOf,
  NO_TEXTS,
  needsMatches,
  rankedMatches,
  readHits,
} from './meilisearch-long.ts';
import { merged, type Placed, pageOf, RELEVANCE_MARGIN } from './meilisearch-order.ts';
import {
  type Counts,
  countsIn,
  foundIn,
  type MeilisearchPage,
  type MultiSearch,
  pageFrom,
  type Results,
  seek,
} from './meilisearch-page.ts';
import { buildMultiSearch, CONCEPT_ATTRIBUTES, isOneOf, queryString } from './meilisearch-query.ts';
import type { PlannedRequest } from './normalise-request.ts';
import { SEARCH_WINDOW } from './search-engine.ts';

/** Records that share a concept, ranked at once; and those with this many points are asked for apart, so that they are among them. */
const MOST_RANKED = 1000;
const STRONG = 300;

/** Tiers as positions carry them: all words as written (or enough of a long text), only what they mean, misspelt words. */
const SAID = 0;
const MEANT = 4;
const MISSPELT = 8;

type Tiered = Placed & { tier: number };

/** What one search with concepts is made of. */
interface Parts {
  request: PlannedRequest;
  index: string;
  search: MultiSearch;
  /** The request for the records with the words, and for those with the concepts (`has`). */
  said: PlannedRequest;
  meant: PlannedRequest;
  has: string;
  query: ConceptQuery;
  /** Of a long text: the records with enough of its words. */
  matches?: Matches;
}

/**
 * The server has no way to ask for words or concepts, so it is asked for both and for those with both: what is in either
 * is counted as the sum less what is in both. All in one `multi-search`, and another for what is shown of it.
 */
export async function pageWithConcepts(
  request: PlannedRequest,
  query: ConceptQuery,
  index: string,
  search: MultiSearch,
): Promise<MeilisearchPage> {
  const matches = needsMatches(request) ? await matchesOf(request.text, index, search) : undefined;
  const quoted = request.text.parts.filter((part) => part.quoted);
  const parts: Parts = {
    request,
    index,
    search,
    query,
    has: isOneOf('concepts', query.tokens),
    said: matches ? amongMatches(request, matches) : request,
    meant: { ...request, text: { ...request.text, parts: quoted, prefix: false, floor: 0 } },
    ...(matches && { matches }),
  };
  return request.sort.by === 'relevance' ? byRelevance(parts) : byKeys(parts);
}

/** Plans as one `multi-search`; the answers apart. */
async function searchAll(lists: readonly MultiSearchQuery[][], search: MultiSearch): Promise<Results[]> {
  const results = await search(lists.flat());
  let from = 0;
  return lists.map((list) => {
    from += list.length;
    return results.slice(from - list.length, from);
  });
}

function eitherOf(one: Counts, other: Counts, both: Counts): Counts {
  return {
    total: one.total + other.total - both.total,
    facets: one.facets.map(({ name, counts }, i) => {
      const sum = new Map(counts);
      for (const [value, count] of other.facets[i]?.counts ?? []) sum.set(value, (sum.get(value) ?? 0) + count);
      for (const [value, count] of both.facets[i]?.counts ?? []) sum.set(value, (sum.get(value) ?? 0) - count);
      return { name, counts: new Map([...sum].filter(([, count]) => count > 0)) };
    }),
  };
}

/** Two sorted pages become one. */
async function byKeys({ request, index, search, said, meant, has }: Parts): Promise<MeilisearchPage> {
  const plans = [
    buildMultiSearch(said, index),
    buildMultiSearch(meant, index, [has]),
    buildMultiSearch(countsOnly(said), index, [has]),
  ] as const;
  const [a = [], b = [], ab = []] = await searchAll(
    plans.map((plan) => plan.queries),
    search,
  );
  const { found: withWords } = await foundIn(said, plans[0], a, search);
  const { found: withConcepts } = await foundIn(meant, plans[1], b, search);
  const known = new Set(withWords.map(({ id }) => id));
  const found = merged(request, [...withConcepts, ...withWords]).slice(0, request.take);
  const counts = eitherOf(countsIn(plans[0], a), countsIn(plans[1], b), countsIn(plans[2], ab));
  const unsaid = new Set(found.flatMap(({ id }) => (known.has(id) ? [] : [id])));
  return pageFrom(request, { found, before: 0 }, counts, unsaid);
}

/**
 * Tier by tier until the page is full. What a tier further down needs is asked for only when the page reaches it: records read
 * to be ranked are what is dear.
 */
async function byRelevance(parts: Parts): Promise<MeilisearchPage> {
  const { request, index, search, said, meant, has, matches } = parts;
  const { after, take } = request;
  const from = after ? Number(after[1]) : SAID;
  const listed = from === SAID && !matches;
  const plans = [
    buildMultiSearch(listed ? said : countsOnly(said), index),
    buildMultiSearch(countsOnly(meant), index, [has]),
    buildMultiSearch(countsOnly(said), index, [has]),
  ] as const;
  const all = modelOf(buildMultiSearch(countsOnly(said), index).queries[0] as MultiSearchQuery);
  const exact = { ...all, ...(!matches && { q: exactString(request) }) };
  const further = [{ ...exact, hitsPerPage: 0 }, ...(matches ? [listingOf(all, matches.size)] : [])];
  const [a = [], b = [], ab = [], [exactly, own] = []] = await searchAll(
    [...plans.map((plan) => plan.queries), further],
    search,
  );
  const [withWords, withConcepts, withBoth] = [countsIn(plans[0], a), countsIn(plans[1], b), countsIn(plans[2], ab)];
  const first = exactly?.totalHits ?? 0;

  const found: Tiered[] = [];
  const add = (tier: number, hits: readonly Placed[]) => found.push(...hits.map((hit) => ({ ...hit, tier })));
  if (from === SAID && matches) add(SAID, rankedMatches(matches, own?.hits ?? [], after));
  else if (from === SAID) {
    const page = await foundIn(said, plans[0], a, search);
    add(SAID, page.found.slice(0, Math.max(0, first - page.before)));
  }
  if (found.length < take) {
    // those that stand in the first tier, though they share a concept as well
    const filter = [...(exact.filter as string[]), has];
    const [above] = await search([listingOf({ ...exact, filter }, SEARCH_WINDOW)]);
    const known = new Set(above?.hits.map(({ id }) => id));
    if (from <= MEANT) {
      const near = listingOf(plans[1].queries[0] as MultiSearchQuery, MOST_RANKED);
      add(MEANT, await meanings(parts, near, withConcepts.total, known, from === MEANT));
    }
    if (found.length < take && !matches && withWords.total > first) {
      const tiers = first + withConcepts.total - known.size;
      add(MISSPELT, await misspellings(parts, all, first - known.size, from === MISSPELT ? tiers : undefined));
    }
  }

  const before = after ? Number(after[0]) : 0;
  const counts = eitherOf(withWords, withConcepts, withBoth);
  const page = pageFrom(request, { found: found.slice(0, take), before }, counts);
  const hits = page.hits.map((hit, i) => ({ ...hit, position: tiered(hit.position, found[i]?.tier) }));
  return completed({ ...page, hits }, parts, all);
}

/** The records that share a concept, nearest first, behind the place of the page when that is one of them. */
async function meanings(
  parts: Parts,
  listing: MultiSearchQuery,
  total: number,
  above: ReadonlySet<string>,
  within: boolean,
): Promise<Placed[]> {
  const { request, query, search } = parts;
  const near = { ...listing, attributesToRetrieve: ['id', 'concepts'] };
  const strong = [...query.points].flatMap(([token, points]) => (points >= STRONG ? [token] : []));
  const nearest = { ...near, filter: [...(near.filter as string[]), isOneOf('concepts', strong)] };
  const results = await search(total > MOST_RANKED && strong.length ? [near, nearest] : [near]);
  const hits = [...new Map(results.flatMap((result) => result.hits).map((hit) => [hit.id, hit])).values()];
  const ranked = hits
    .filter(({ id }) => !above.has(id))
    .map(({ id, concepts }) => ({ id, keys: [pointsOf(query, concepts ?? [])], hit: { id, texts: NO_TEXTS } }))
    .sort((a, b) => Number(b.keys[0]) - Number(a.keys[0]) || (a.id < b.id ? -1 : 1))
    .filter((hit) => !within || isBehind(hit, request.after ?? []));
  if (total <= hits.length || ranked.length >= request.take) return ranked;
  return [...ranked, ...(await others(parts, near, new Set([...above, ...hits.map(({ id }) => id)])))];
}

const tiered = ([number = 0, , key = 0, id = '']: MeilisearchPage['hits'][0]['position'], tier = SAID) => [
  number,
  tier,
  key,
  id,
];

/** A query without what belongs to its page. */
const modelOf = ({ facets: _, page: __, hitsPerPage: ___, sort: ____, ...model }: MultiSearchQuery): MultiSearchQuery =>
  model;

/** The text with each word between quotes: as it is written. One that is still being typed stays as it is. */
function exactString({ text }: PlannedRequest): string {
  const last = text.parts.at(-1);
  const parts = text.parts.map((part) => (text.prefix && part === last ? part : { ...part, exact: true }));
  return queryString({ ...text, parts });
}

const isBehind = ({ id, keys: [own] }: Placed, [, , key, last]: NonNullable<PlannedRequest['after']>): boolean =>
  Number(own) < Number(key) || (Number(own) === Number(key) && id > String(last));

/** Those that were too many to be ranked, by id. Their key is 0, which no ranked one has. */
async function others(
  { request: { after, take }, search }: Parts,
  near: MultiSearchQuery,
  known: ReadonlySet<string>,
): Promise<Placed[]> {
  const behind = after && Number(after[1]) === MEANT && after[2] === 0 ? [`id > ${JSON.stringify(after[3])}`] : [];
  const filter = [...(near.filter as string[]), `NOT ${isOneOf('id', known)}`, ...behind];
  const listing = { ...modelOf(near), filter, attributesToRetrieve: ['id'] };
  const [rest] = await search([{ ...listing, sort: ['id:asc'], limit: take }]);
  return (rest?.hits ?? []).map(({ id }) => ({ id, keys: [0], hit: { id, texts: NO_TEXTS } }));
}

/**
 * Hits by misspelt words that share no concept. The server ranks what is written as asked before them: `before` of these are
 * passed over. `tiers`: how many hits stand in the tiers before, when the page begins behind a hit of this one.
 */
async function misspellings(
  { request, search, has, index, said }: Parts,
  model: MultiSearchQuery,
  before: number,
  tiers: number | undefined,
): Promise<Placed[]> {
  const attributes = buildMultiSearch(said, index).queries[0]?.attributesToRetrieve ?? ['id'];
  const filter = [...(model.filter as string[]), `NOT ${has}`];
  const listing = { ...model, filter, attributesToRetrieve: attributes, showRankingScore: true };
  const number = tiers === undefined ? 0 : Math.max(0, Number(request.after?.[0]) - tiers);
  const margin = tiers === undefined ? 0 : Math.min(number, RELEVANCE_MARGIN);
  const query = { ...listing, offset: before + number - margin, limit: request.take + 2 * margin };
  const hits = pageOf(request, await search([query]));
  return tiers === undefined ? hits : (await seek(request, query, hits, search)).found;
}

/** Hits with what is shown of them, and whether they have the words, where that is not known yet. */
async function completed(
  page: MeilisearchPage,
  { request, index, search, matches }: Parts,
  all: MultiSearchQuery,
): Promise<MeilisearchPage> {
  const lacking = page.hits.filter(({ hit }) => !hit.concepts).map(({ hit }) => hit.id);
  if (!lacking.length) return page;
  const attributes = request.highlights ? ['texts', ...CONCEPT_ATTRIBUTES] : CONCEPT_ATTRIBUTES;
  const meant = new Set(page.hits.flatMap(({ hit, position }) => (position[1] === MEANT ? [hit.id] : [])));
  const [whole, worded] = await Promise.all([
    readHits(lacking, attributes, index, search),
    meant.size && !matches
      ? search([listingOf({ ...all, filter: [...(all.filter as string[]), isOneOf('id', meant)] }, meant.size)])
      : [],
  ]);
  for (const { id } of worded[0]?.hits ?? []) meant.delete(id);
  return {
    ...page,
    hits: page.hits.map((one) => ({ ...one, hit: whole.get(one.hit.id) ?? one.hit, said: !meant.has(one.hit.id) })),
  };
}

import {
  Meilisearch,
  MeilisearchApiError,
  MeilisearchRequestError,
  MeilisearchRequestTimeOutError,
  type MultiSearchResponse,
  type SearchResponse,
} from 'meilisearch';
import { matchOf } from './concept-tokens.ts';
import { facetValue } from './facet-value.ts';
import { createHighlighter } from './highlight.ts';
import { pageWithConcepts } from './meilisearch-concepts.ts';
import { type MeilisearchDocument, toMeilisearchDocument } from './meilisearch-document.ts';
import { createMeilisearchHttp, MeilisearchRefused } from './meilisearch-http.ts';
import { amongMatches, matchesOf, needsMatches, pageOfMatches } from './meilisearch-long.ts';
import { type MeilisearchPage, type MultiSearch, searchPage } from './meilisearch-page.ts';
import { differingSettings, SETTINGS } from './meilisearch-settings.ts';
import { normaliseRequest, type PlannedRequest } from './normalise-request.ts';
import { queryWords } from './query-words.ts';
import { type SearchEngine, type SearchFacet, SearchUnavailable } from './search-engine.ts';
import { rankSuggestions, SUGGESTION_CANDIDATES } from './suggestions.ts';

export interface MeilisearchOptions {
  url: string;
  apiKey?: string;
  /** Name of the live index; indexes being built have it as their beginning. */
  index?: string;
  /** How long a request may take, in milliseconds. */
  timeout?: number;
  /** How long a task (a batch of documents) may take, in milliseconds. */
  taskTimeout?: number;
}

/** Documents a task: one by one they cost 10 to 100 times as much. */
const BATCH = 2000;
/** Characters a task: the server takes 100 MB at once. */
const BATCH_SIZE = 24_000_000;
const LEFTOVER_MS = 24 * 3_600_000;

/** The search engine over a Meilisearch server (1.50 or newer). */
export function createMeilisearchEngine(options: MeilisearchOptions): SearchEngine {
  const { index: live = 'credentials', timeout = 5000, taskTimeout = 600_000 } = options;
  const client = new Meilisearch({
    host: options.url,
    ...(options.apiKey ? { apiKey: options.apiKey } : {}),
    timeout,
    // With compression, which fetch asks for by itself, every answer is 44 ms late (reference: measured on 1.50).
    requestInit: { headers: { 'accept-encoding': 'identity' } },
  });
  const http = createMeilisearchHttp({
    url: options.url,
    timeout,
    ...(options.apiKey ? { apiKey: options.apiKey } : {}),
  });
  // A batch of documents takes longer to send than an answer may take.
  const writer = new Meilisearch({ ...client.config, timeout: Math.max(timeout, 60_000) });
  const made = new Set<string>();

  const multiSearch: MultiSearch = async (queries) =>
    (await http.post<MultiSearchResponse<MeilisearchDocument>>('/multi-search', { queries })).results;

  const run = <T>(work: () => Promise<T>): Promise<T> => work().catch(unavailable);

  /** Waits until the server has really done it; a task that failed is an error. */
  async function done(...taskUids: number[]): Promise<void> {
    for (const uid of taskUids) {
      const task = await writer.tasks.waitForTask(uid, { timeout: taskTimeout, interval: 20 });
      if (task.status !== 'succeeded') {
        const reason = task.error ? `${task.error.code}: ${task.error.message}` : task.status;
        throw new Error(`Meilisearch task ${uid} (${task.type} on ${task.indexUid}): ${reason}`);
      }
    }
  }

  async function prepare(uid: string): Promise<void> {
    const exists = await client.getRawIndex(uid).then(
      () => true,
      (error) => {
        if (codeOf(error) === 'index_not_found') return false;
        throw error;
      },
    );
    if (!exists) await done((await client.createIndex(uid, { primaryKey: 'id' })).taskUid);
    const differing = differingSettings(SETTINGS, await client.index(uid).getSettings());
    if (Object.keys(differing).length) await done((await client.index(uid).updateSettings(differing)).taskUid);
  }

  async function page(request: PlannedRequest): Promise<MeilisearchPage> {
    if (request.concepts) return pageWithConcepts(request, request.concepts, live, multiSearch);
    if (!needsMatches(request)) return searchPage(request, live, multiSearch);
    const matches = await matchesOf(request.text, live, multiSearch);
    if (request.sort.by === 'relevance') return pageOfMatches(request, matches, live, multiSearch);
    return searchPage(amongMatches(request, matches), live, multiSearch);
  }

  /** The server would make an index for a mistyped name; so a target must exist. */
  async function target(name: string | undefined): Promise<string> {
    if (name === undefined || made.has(name)) return name ?? live;
    await client.getRawIndex(name);
    made.add(name);
    return name;
  }

  return {
    name: 'meilisearch',
    cannot: {
      relevanceOrder:
        "among hits of about the same relevance the order is Meilisearch's own, not that of the Postgres engine",
      relevancePages:
        'paging by relevance goes by the score of the last hit: a record whose own text changes meanwhile may be met twice or not at all',
      longText: 'only the first ten words of a text that count are searched (the Postgres engine keeps to the same)',
      longTextCandidates:
        'where more than 10,000 records have one of the rarer words of a long text, more of its words must be there',
      didYouMean: 'no other query is proposed: the server does not tell the words of its index',
      phrasePairs:
        'words of a phrase of three and more are looked for as neighbours, pair by pair: they may stand in several places of a record',
      conceptPrefix:
        'while the last word is still being typed, records by its misspellings stand before those that mean the same, not behind them',
      conceptHits:
        'of more than 1,000 records that share no word but a concept with the text, the nearest thousand or two are put in order of ' +
        'nearness and the others follow by id; values of a facet beyond 1,000 are then counted by words or concepts alone',
      facetTies: 'beyond 1,000 values a facet is counted for its most frequent ones, those of equal count in any order',
      opportunityAlternatives: 'a filter of more than 2,000 combinations of facts of one run is refused',
    },
    configure: () => run(() => prepare(live)),

    upsert: (documents, name) =>
      run(async () => {
        const uid = await target(name);
        const tasks: number[] = [];
        for (const body of batches(documents.map(toMeilisearchDocument))) {
          const task = await writer
            .index(uid)
            .addDocumentsFromString(body, 'application/x-ndjson', { primaryKey: 'id' });
          tasks.push(task.taskUid);
        }
        await done(...tasks);
      }),

    remove: (ids, name) =>
      run(async () => {
        if (!ids.length) return;
        await done((await writer.index(await target(name)).deleteDocuments(ids.map(facetValue))).taskUid);
      }),

    // Its words are those of its documents.
    purge: (ids) =>
      run(async () => {
        if (ids.length)
          await done((await writer.index(await target(undefined)).deleteDocuments(ids.map(facetValue))).taskUid);
      }),

    query: (request) =>
      run(async () => {
        const planned = normaliseRequest(request);
        const { total, facets, hits, more } = await page(planned);
        const highlights = createHighlighter(planned.text, planned.languages);
        return {
          total,
          hits: hits.map(({ hit, position, said }) => ({
            id: hit.id,
            position,
            highlights: planned.highlights ? highlights(hit.texts) : [],
            ...(planned.text.parts.length > 0 && { match: matchOf(planned.concepts, { ...hit, said }) }),
          })),
          more,
          facets: facets.map(({ name, counts }): SearchFacet => {
            const values = [...counts].map(([value, count]) => ({ value, count }));
            values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
            return { name, values: values.slice(0, planned.facetLimit), valueCount: values.length };
          }),
        };
      }),

    suggest: (prefix, limit) =>
      run(async () => {
        const words = queryWords(prefix);
        if (!words.length) return [];
        const searched = http.post<SearchResponse<MeilisearchDocument>>(`/indexes/${live}/search`, {
          q: words.join(' '),
          attributesToSearchOn: ['title.*', 'names'],
          attributesToRetrieve: ['texts'],
          matchingStrategy: 'all',
          limit: SUGGESTION_CANDIDATES,
        });
        const { hits } = await searched.catch((error) => {
          // as long as no document has a title, the server knows of no such attribute
          if (error instanceof MeilisearchRefused && error.code === 'invalid_search_attributes_to_search_on') {
            return { hits: [] };
          }
          throw error;
        });
        const names = hits.flatMap(({ texts }) => [...texts.title, ...texts.provider].map((text) => text.value));
        return rankSuggestions(names, words, limit);
      }),

    count: (name) => run(async () => (await client.index(name ?? live).getStats()).numberOfDocuments),

    rebuild: (swapIn) =>
      run(async () => {
        if (swapIn === undefined) {
          await dropLeftovers();
          const name = `${live}_${Date.now().toString(36)}${Math.floor(Math.random() * 1296).toString(36)}`;
          await prepare(name);
          made.add(name);
          return name;
        }
        if (!swapIn.startsWith(`${live}_`)) throw new Error(`"${swapIn}" is no index made by rebuild()`);
        await done((await client.swapIndexes([{ indexes: [live, swapIn], rename: false }])).taskUid);
        made.delete(swapIn);
        await done((await client.deleteIndex(swapIn)).taskUid);
        return swapIn;
      }),

    close: () => http.close(),
  };

  /** Rebuilds that were begun a day ago or earlier and never swapped in. */
  async function dropLeftovers(): Promise<void> {
    const { results } = await client.getRawIndexes({ limit: 1000 });
    for (const { uid, createdAt } of results) {
      if (uid.startsWith(`${live}_`) && Date.parse(createdAt) < Date.now() - LEFTOVER_MS) {
        await done((await client.deleteIndex(uid)).taskUid);
      }
    }
  }
}

/** Documents as NDJSON, cut by number and by size. */
function* batches(documents: readonly MeilisearchDocument[]): Generator<string> {
  let lines: string[] = [];
  let size = 0;
  for (const document of documents) {
    const line = JSON.stringify(document);
    if (lines.length && (lines.length >= BATCH || size + line.length > BATCH_SIZE)) {
      yield lines.join('\n');
      lines = [];
      size = 0;
    }
    lines.push(line);
    size += line.length;
  }
  if (lines.length) yield lines.join('\n');
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof MeilisearchApiError ? error.cause?.code : undefined;

function unavailable(error: unknown): never {
  const status = error instanceof MeilisearchApiError ? error.response.status : 0;
  if (
    error instanceof MeilisearchRequestError ||
    error instanceof MeilisearchRequestTimeOutError ||
    error instanceof SyntaxError || // something in between answered, and not in JSON
    status === 502 ||
    status === 503 ||
    status === 504
  ) {
    const { message, cause } = error as Error;
    throw new SearchUnavailable(`Meilisearch does not answer: ${(cause as Error)?.message ?? message}`, {
      cause: error,
    });
  }
  throw error;
}

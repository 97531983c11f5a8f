// node test/bench/search.bench.ts [n=50000] [rounds=200]: both search engines over n made-up credentials.
import { Pool } from 'undici';
import { createMeilisearchEngine } from '../../catalogue/search/meilisearch.ts';
import { toMeilisearchDocument } from '../../catalogue/search/meilisearch-document.ts';
import { buildMultiSearch } from '../../catalogue/search/meilisearch-query.ts';
import { SETTINGS } from '../../catalogue/search/meilisearch-settings.ts';
import { normaliseRequest } from '../../catalogue/search/normalise-request.ts';
import { createPostgresEngine } from '../../catalogue/search/postgres.ts';
import { toSearchDocument } from '../../catalogue/search/search-document.ts';
import type { SearchDocument, SearchEngine, SearchRequest } from '../../catalogue/search/search-engine.ts';
import { migrate } from '../../catalogue/store/migrate.ts';
import { openPglite } from '../../catalogue/store/pglite.ts';
import { openPostgres } from '../../catalogue/store/postgres.ts';
import { hasMeilisearch, startMeilisearch } from '../contract/meilisearch-server.ts';
import { generateCredentials, seededRandom } from './generate.ts';

const N = Number(process.argv[2] ?? 50_000);
const ROUNDS = Number(process.argv[3] ?? 200);
const BATCH = 5000;

/** Concepts that a catalogue is about. */
const CONCEPTS = 3_000;
const conceptRandom = seededRandom(9);
/** As many concepts as texts have, some in more records than others; the first says most. */
const someConcepts = (count: number) => {
  const ids = new Set(
    Array.from(
      { length: count },
      () => `http://data.europa.eu/esco/skill/${Math.floor(CONCEPTS * conceptRandom() ** 1.5)}`,
    ),
  );
  return [...ids].map((id, i) => ({ id, weight: 0.9 / (i + 1) ** 0.5, label: `label of ${id}` }));
};
const documents: SearchDocument[] = [];
for (const record of generateCredentials(N))
  documents.push({ ...toSearchDocument(record, documents.length), concepts: someConcepts(12) });
console.log(
  `${N} documents, ${((JSON.stringify(documents.slice(0, 500)).length * (N / 500)) / 1e6).toFixed(0)} MB as JSON`,
);

const random = seededRandom(5);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const titleWords = (n: number) => pick(documents).title[0]?.value.split(' ').slice(0, n).join(' ') ?? '';
const sentence = (n: number) => {
  const { title, description } = pick(documents);
  const own = [...title, ...description].flatMap((text) => text.value.split(' '));
  return Array.from({ length: n }, (_, i) => (i % 4 ? pick(own) : titleWords(1))).join(' ');
};
const KINDS: Record<string, () => SearchRequest> = {
  'one word': () => ({ text: titleWords(1), first: 20 }),
  'two words': () => ({ text: titleWords(2), first: 20 }),
  'two words, highlights': () => ({ text: titleWords(2), first: 20, highlights: true, languages: ['de', 'en'] }),
  prefix: () => ({ text: titleWords(3).slice(0, -2), prefix: true, first: 20 }),
  'two words, concepts': () => ({ text: titleWords(2), concepts: someConcepts(20), first: 20 }),
  'sentence, concepts': () => ({ text: sentence(8), concepts: someConcepts(20), first: 20 }),
  'same, filter, 4 facets': () => ({
    text: titleWords(2),
    concepts: someConcepts(20),
    filter: { country: ['DE', 'FR', 'IE'] },
    facets: ['country', 'mode', 'kind', 'field'],
    first: 20,
  }),
  phrase: () => ({ text: `"${titleWords(2)}"`, first: 20 }),
  'sentence of 8 words': () => ({ text: sentence(8), first: 20 }),
  'sentence, 4 facets': () => ({ text: sentence(8), facets: ['country', 'mode', 'kind', 'field'], first: 20 }),
  typo: () => ({ text: titleWords(2).replace(/(.{4})./, '$1x'), first: 20 }),
  'two filters': () => ({ filter: { country: ['DE'], eqf: [5, 6] }, first: 20 }),
  'text, filter, 4 facets': () => ({
    text: titleWords(2),
    filter: { country: ['DE', 'FR', 'IE'] },
    facets: ['country', 'mode', 'kind', 'field'],
    first: 20,
  }),
  '4 facets over all': () => ({ facets: ['country', 'mode', 'kind', 'provider'], first: 20 }),
  'all by title': () => ({ sort: { by: 'title' }, first: 20 }),
  'one run: May, Lyon': () => ({
    filter: { opportunity: { startFrom: '2026-05-01', startTo: '2026-05-31', place: ['Lyon'] } },
    first: 20,
  }),
  'deep page': () => ({ filter: { mode: ['online'] }, first: 20, after: [N - 1, N >> 1, 'crd_'] }),
};

const percentile = (times: number[], p: number) =>
  times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * p)] ?? 0;
const ms = (value: number) => value.toFixed(2).padStart(9);
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function load(engine: SearchEngine): Promise<number> {
  await engine.configure();
  const seconds =
    (await timed(async () => {
      for (let i = 0; i < N; i += BATCH) await engine.upsert(documents.slice(i, i + BATCH));
    })) / 1000;
  console.log(`${engine.name}: ${N} documents in ${seconds.toFixed(1)} s, ${(N / seconds).toFixed(0)}/s`);
  return N / seconds;
}

async function queries(engine: SearchEngine): Promise<void> {
  console.log(`${'query'.padEnd(24)}${'p50 ms'.padStart(9)}${'p99 ms'.padStart(9)}${'mean hits'.padStart(11)}`);
  for (const [kind, request] of Object.entries(KINDS)) {
    for (let i = 0; i < 5; i++) await engine.query(request());
    const times: number[] = [];
    let hits = 0;
    const started = performance.now();
    for (let i = 0; i < ROUNDS && performance.now() - started < 6000; i++) {
      const one = request();
      times.push(
        await timed(async () => {
          hits += (await engine.query(one)).total;
        }),
      );
    }
    console.log(
      `${kind.padEnd(24)}${ms(percentile(times, 0.5))}${ms(percentile(times, 0.99))}${(hits / times.length).toFixed(0).padStart(11)}`,
    );
  }
}

for (const [title, open] of [
  ['PGlite', () => openPglite()],
  ...(process.env.TEST_DATABASE_URL
    ? [['PostgreSQL', () => openPostgres(process.env.TEST_DATABASE_URL ?? '')] as const]
    : []),
] as const) {
  console.log(`\n== ${title}`);
  const db = await open();
  await migrate(db);
  await db.query('truncate search_documents, search_opportunities, search_words');
  const engine = createPostgresEngine(db);
  await load(engine);
  for (const table of ['search_documents', 'search_opportunities', 'search_words'])
    await db.query(`vacuum analyze ${table}`);
  const size = await db.query<{ mb: number }>(`select (pg_total_relation_size('search_documents') / 1e6)::int as mb`);
  console.log(`search_documents: ${size[0]?.mb} MB`);
  await queries(engine);
  const updates = await timed(() => engine.upsert(documents.slice(0, 1000)));
  const single = await timed(() => engine.upsert(documents.slice(0, 1)));
  console.log(
    `1000 updates ${updates.toFixed(0)} ms, one ${single.toFixed(1)} ms; RSS ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`,
  );
  await db.close();
}

if (!hasMeilisearch())
  console.log('\nskipped: no Meilisearch (set MEILI_URL, or put a `meilisearch` program on the PATH)');
else {
  console.log('\n== Meilisearch');
  const server = await startMeilisearch();
  const http = new Pool(server.url, { connections: 1 });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${server.apiKey ?? ''}` };
  const call = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: string, type = 'application/json') => {
    const answer = await http.request({
      method,
      path,
      headers: { ...headers, 'content-type': type },
      ...(body ? { body } : {}),
    });
    return (await answer.body.json()) as Record<string, never>;
  };
  const settled = async (uid: number) => {
    for (;;) {
      const { status } = await call('GET', `/tasks/${uid}`);
      if (status !== 'enqueued' && status !== 'processing') return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const index = `bench_${Date.now()}`;
  const engine = createMeilisearchEngine({ ...server, index });

  // the floor: the same bodies, already made, sent as they are
  await settled(
    (await call('POST', '/indexes', JSON.stringify({ uid: `${index}_bare`, primaryKey: 'id' })))
      .taskUid as unknown as number,
  );
  await settled(
    (await call('PATCH', `/indexes/${index}_bare/settings`, JSON.stringify(SETTINGS))).taskUid as unknown as number,
  );
  const bodies: string[] = [];
  for (let i = 0; i < N; i += BATCH) {
    bodies.push(
      documents
        .slice(i, i + BATCH)
        .map((d) => JSON.stringify(toMeilisearchDocument(d)))
        .join('\n'),
    );
  }
  const bareSeconds =
    (await timed(async () => {
      for (const body of bodies) {
        await settled(
          (await call('POST', `/indexes/${index}_bare/documents`, body, 'application/x-ndjson'))
            .taskUid as unknown as number,
        );
      }
    })) / 1000;
  console.log(`bare bulk load: ${N} documents in ${bareSeconds.toFixed(1)} s, ${(N / bareSeconds).toFixed(0)}/s`);
  const rate = await load(engine);
  console.log(`adapter/bare: ${(rate / (N / bareSeconds)).toFixed(2)}`);
  await queries(engine);

  console.log('\nadapter against a bare keep-alive request with the same body (floor: ratio at most 1.5)');
  console.log(`${'query'.padEnd(24)}${'adapter'.padStart(9)}${'bare'.padStart(9)}${'ratio'.padStart(9)}`);
  for (const [kind, request] of Object.entries(KINDS)) {
    if (/^sentence|concepts|^same/.test(kind)) continue; // several requests by design
    const adapter: number[] = [];
    const bare: number[] = [];
    for (let i = 0; i < ROUNDS + 10; i++) {
      const one = request();
      const body = JSON.stringify({ queries: buildMultiSearch(normaliseRequest(one), index).queries });
      const viaAdapter = async () => adapter.push(await timed(() => engine.query(one)));
      const viaHttp = async () => bare.push(await timed(() => call('POST', '/multi-search', body)));
      // turn about, so that neither always meets the warm cache
      for (const way of i % 2 ? [viaAdapter, viaHttp] : [viaHttp, viaAdapter]) await way();
    }
    const [a, b] = [percentile(adapter.slice(10), 0.5), percentile(bare.slice(10), 0.5)];
    console.log(`${kind.padEnd(24)}${ms(a)}${ms(b)}${(a / b).toFixed(2).padStart(9)}`);
  }
  const updates = await timed(() => engine.upsert(documents.slice(0, 1000)));
  const single = await timed(() => engine.upsert(documents.slice(0, 1)));
  console.log(`1000 updates ${updates.toFixed(0)} ms, one ${single.toFixed(1)} ms`);
  await http.close();
  await server.stop();
}

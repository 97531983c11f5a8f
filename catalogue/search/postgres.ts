import type { Sql } from '../store/sql.ts';
import { isStoreAway } from '../store-trouble.ts';
import { matchOf } from './concept-tokens.ts';
import { nearestQuery } from './did-you-mean.ts';
import { facetValue } from './facet-value.ts';
import { createHighlighter, type HitTexts } from './highlight.ts';
import { normaliseRequest } from './normalise-request.ts';
import { positionOf } from './postgres-order.ts';
import { buildSearch, type SearchRow, type Statement } from './postgres-query.ts';
import { toRow } from './postgres-row.ts';
import { createPostgresTables, tableNames } from './postgres-tables.ts';
import { parseQuery } from './query-syntax.ts';
import { queryWords } from './query-words.ts';
import {
  SEARCH_WINDOW,
  type SearchDocument,
  type SearchEngine,
  type SearchRequest,
  SearchUnavailable,
} from './search-engine.ts';
import { rankSuggestions, SUGGESTION_CANDIDATES } from './suggestions.ts';
import { textPlan } from './text-plan.ts';
import { createVocabulary } from './vocabulary.ts';

/** Documents a statement, written and counted. */
const BATCH = 500;
const COUNTED = 20_000;

/**
 * The search engine over PostgreSQL (15 or newer) or PGlite: full text, facets and all in one statement a query, no
 * extension needed. Tables: `catalogue/store/migrations/0002_search.sql`.
 */
export function createPostgresEngine(sql: Sql): SearchEngine {
  const tables = createPostgresTables(sql);
  const known = followVocabulary(sql);
  const run = <T>(work: () => Promise<T>): Promise<T> => work().catch(unavailable);

  return {
    name: 'postgres',
    cannot: {
      relevancePages:
        'paging by relevance goes by the rank of the last hit: a record whose own text changes meanwhile may be met twice or not at all',
      longText: 'only the first ten words of a text that count are searched, as many as Meilisearch takes',
      ambiguousSplits:
        'a word that can be parted into two known words in several ways is searched for in all of them; ' +
        'Meilisearch tries the most frequent one only',
      longPhrases:
        'a phrase is looked for among the first 64 places of each word and the first 16,383 words of a record',
      scriptsWithoutBlanks: 'words of scripts written without blanks (Chinese, Thai) are found by their beginning only',
    },
    configure: () => run(() => tables.check()),

    upsert: (documents, target) =>
      run(async () => {
        const latest = [...new Map(documents.map((document) => [document.id, document])).values()];
        for (let i = 0; i < latest.length; i += BATCH) await write(sql, latest.slice(i, i + BATCH), target);
      }),

    remove: (ids, target) =>
      run(async () => {
        if (!ids.length) return;
        const { documents, opportunities } = tableNames(target);
        await sql.transaction((tx) =>
          tx.query(
            `with gone as (delete from ${opportunities} where id = any($1::text[]))
             delete from ${documents} where id = any($1::text[])`,
            [ids.map(facetValue)],
          ),
        );
      }),

    purge: (ids) =>
      run(() =>
        sql.transaction(async (tx) => {
          const { documents, opportunities, words } = tableNames();
          await tx.query(`lock table ${documents} in share row exclusive mode`);
          await tx.query(`delete from ${opportunities} where id = any($1::text[])`, [ids.map(facetValue)]);
          await tx.query(`delete from ${documents} where id = any($1::text[])`, [ids.map(facetValue)]);
          await tx.query(
            `with used as materialized (select word from ts_stat('select words from ${documents}'))
             delete from ${words} w where not exists (select 1 from used where used.word = w.word)`,
          );
        }),
      ),

    query: (request) =>
      run(async () => {
        const planned = normaliseRequest(request);
        const asked = planned.text;
        const says = asked.parts.length + asked.excluded.length > 0;
        let text = says ? textPlan(asked, await known.vocabulary()) : undefined;
        let row = await one(buildSearch(planned, text));
        // Words that came in since we last looked: only when they change what is asked for, it is asked again.
        if (text && (await known.refresh(row))) {
          const again = textPlan(asked, await known.vocabulary());
          if (again.full !== text.full) {
            text = again;
            row = await one(buildSearch(planned, text));
          }
        }
        const asWritten = row.total > 0 && (planned.sort.by !== 'relevance' || row.hits[0]?.keys[0] !== 0);
        const guess = request.didYouMean && !asWritten && !planned.after && asked.parts.length > 0;
        const didYouMean = guess ? await meant(request) : undefined;
        const highlights = createHighlighter(asked, planned.languages);
        const { after, sort } = planned;
        const before = sort.by === 'relevance' && after ? Number(after[0]) : 0;
        const most = sort.by === 'relevance' ? SEARCH_WINDOW - before : Number.POSITIVE_INFINITY;
        const hits = row.hits.slice(0, Math.min(planned.first, most));
        const first = row.hits[0]?.keys ?? [];
        return {
          total: row.total,
          hits: hits.map((hit, i) => ({
            id: hit.id,
            position: positionOf(planned, hit.keys, hit.id, { first, total: row.total, number: before + i + 1 }),
            highlights: hit.texts ? highlights(hit.texts as HitTexts) : [],
            ...(asked.parts.length > 0 && { match: matchOf(planned.concepts, hit) }),
          })),
          more: planned.take ? row.hits.length > hits.length && hits.length < most : row.total > 0,
          facets: planned.facets.map((name) => ({ name, values: [], valueCount: 0, ...row.facets[name] })),
          ...(didYouMean !== undefined && { didYouMean }),
        };
      }),

    suggest: (prefix, limit) =>
      run(async () => {
        const words = queryWords(prefix);
        if (!words.length) return [];
        const query = words.map((word, i) => `'${word}'${i === words.length - 1 ? ':*' : ''}`).join(' & ');
        const rows = await sql.query<{ title: { value: string }[]; provider: { value: string }[] }>(
          `select d.texts -> 'title' as title, d.texts -> 'provider' as provider from search_documents d
            where d.words @@ $1::tsquery and d.head @@ $1::tsquery
            order by ts_rank(d.head, $1::tsquery, 1) desc, d.id limit $2::int`,
          [query, SUGGESTION_CANDIDATES],
        );
        return rankSuggestions(
          rows.flatMap(({ title, provider }) => [...title, ...provider].map((text) => text.value)),
          words,
          limit,
        );
      }),

    count: (target) =>
      run(async () => {
        const { documents } = tableNames(target);
        let count = 0;
        // In steps: who searches the embedded store waits for the one under way.
        for (let after = ''; ; ) {
          const [step] = await sql.query<{ n: number; last: string | null }>(
            `select count(*)::int as n, max(id) as last from (
               select id from ${documents} where id > $1 order by id limit ${COUNTED}) step`,
            [after],
          );
          if (!step?.last) return count;
          count += step.n;
          after = step.last;
        }
      }),

    rebuild: (swapIn) => run(() => (swapIn === undefined ? tables.create() : tables.swap(swapIn))),
    close: async () => {}, // the connection belongs to the store
  };

  async function meant({ text = '', filter }: SearchRequest): Promise<string | undefined> {
    const vocabulary = await known.vocabulary();
    return nearestQuery(text, parseQuery(text), vocabulary, sql, async (other) => {
      const planned = normaliseRequest({ text: other, filter, first: 3, highlights: true });
      const { hits } = await one(buildSearch(planned, textPlan(planned.text, vocabulary)));
      return hits.map(({ texts }) => texts as HitTexts);
    });
  }

  async function one(statement: Statement): Promise<SearchRow> {
    const ask = (on: Sql) => on.query<SearchRow>(statement.text, statement.params);
    // a transaction has its plans from the indexes alone: reading all records for a common word costs ten times as much
    const rows = await (statement.long ? sql.transaction(ask) : ask(sql));
    if (!rows[0]) throw new Error('the search statement answered no row');
    return rows[0];
  }
}

/** One batch in one statement, within a transaction that keeps other writers of the same index waiting. */
async function write(sql: Sql, documents: readonly SearchDocument[], target: string | undefined): Promise<void> {
  const names = tableNames(target);
  const rows = documents.map(toRow);
  const words = new Set(rows.flatMap((row) => [...row.words]));
  await sql.transaction(async (tx) => {
    // so that the numbers of new words become visible in their order, and a follower misses none
    await tx.query(`lock table ${names.documents} in share row exclusive mode`);
    await tx.query(
      `with input as materialized (
         select * from jsonb_to_recordset($1::jsonb) as i (id text, seq bigint, earlier bigint[], words text, head text,
           country text[], provider text[], source text[], language text[], eqf text[], mode text[], assessment text[],
           kind text[], field text[], free boolean, element_stated text[], conformance text[], ects_min float8,
           ects_max float8, hours_min float8, hours_max float8, prices jsonb, price_currency text,
           price_amount float8, first_start int, sort_title text,
           texts jsonb, concepts text[], concept_labels text[], runs jsonb)
       ), gone as (delete from ${names.opportunities} where id = any($3::text[])
       ), runs as (
         insert into ${names.opportunities} (id, start_day, country, place, mode, language, free)
         select i.id, r.* from input i cross join lateral jsonb_to_recordset(i.runs)
           as r (start_day int, country text, place text[], mode text[], language text[], free boolean)
       ), words as (
         insert into ${names.words} (word)
         select w from unnest($2::text[]) w
           left join lateral (select true as known from ${names.words} where word = w offset 0) k on true
          where k.known is null
         on conflict do nothing
       )
       insert into ${names.documents} (${COLUMNS.join(', ')})
       select ${COLUMNS.map((name) => (name === 'words' || name === 'head' ? `${name}::tsvector` : name)).join(', ')}
         from input
       on conflict (id) do update set ${COLUMNS.slice(1)
         .map((name) => `${name} = excluded.${name}`)
         .join(', ')}`,
      [JSON.stringify(rows.map(({ row }) => row)), [...words], documents.map(({ id }) => id)],
    );
  });
}

const COLUMNS = [
  'id',
  'seq',
  'earlier',
  'words',
  'head',
  'country',
  'provider',
  'source',
  'language',
  'eqf',
  'mode',
  'assessment',
  'kind',
  'field',
  'free',
  'element_stated',
  'conformance',
  'ects_min',
  'ects_max',
  'hours_min',
  'hours_max',
  'prices',
  'price_currency',
  'price_amount',
  'first_start',
  'sort_title',
  'texts',
  'concepts',
  'concept_labels',
] as const;

/** Keeps the live index's words in memory, following their numbers; starts anew when the index was swapped. */
function followVocabulary(sql: Sql) {
  let vocabulary = createVocabulary();
  let table: number | undefined;
  let last = 0;
  let reading: Promise<void> | undefined;
  const read = async () => {
    const rows = await sql.query<{ words: string[] | null; last: number | null; tbl: number }>(
      `select (select array_agg(word) from search_words where n > $1::bigint) as words,
         (select max(n) from search_words)::int as last, 'search_words'::regclass::oid::bigint as tbl`,
      [last],
    );
    const { words, last: newest, tbl } = rows[0] ?? { words: null, last: 0, tbl: 0 };
    if (table !== undefined && Number(tbl) !== table) {
      vocabulary = createVocabulary();
      last = 0;
      table = undefined;
      return read();
    }
    table = Number(tbl);
    vocabulary.add(words ?? []);
    last = newest ?? 0;
  };
  const readOnce = () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  return {
    async vocabulary() {
      if (table === undefined) await readOnce();
      return vocabulary;
    },
    /** Reads on when the statement saw other words than we know; answers whether it did. */
    async refresh(row: SearchRow): Promise<boolean> {
      if (Number(row.words_table) === table && Number(row.words_n ?? 0) <= last) return false;
      await readOnce();
      return true;
    },
  };
}

function unavailable(error: unknown): never {
  if (!isStoreAway(error)) throw error;
  const { code = '', message } = error as Error & { code?: string };
  throw new SearchUnavailable(`the database does not answer: ${message || code}`, { cause: error });
}

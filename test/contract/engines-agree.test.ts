import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wordsOf } from '../../catalogue/search/fold.ts';
import { createMeilisearchEngine } from '../../catalogue/search/meilisearch.ts';
import { createPostgresEngine } from '../../catalogue/search/postgres.ts';
import { queryTerms, queryWords } from '../../catalogue/search/query-words.ts';
import { toSearchDocument } from '../../catalogue/search/search-document.ts';
import type { SearchEngine, SearchFilter, SearchRequest } from '../../catalogue/search/search-engine.ts';
import { createVocabulary } from '../../catalogue/search/vocabulary.ts';
import { migrate } from '../../catalogue/store/migrate.ts';
import { openPglite } from '../../catalogue/store/pglite.ts';
import { generateCredentials, seededRandom } from '../bench/generate.ts';
import { hasMeilisearch, startMeilisearch } from './meilisearch-server.ts';

const RECORDS = 1200;
const QUERIES = 300;

/** Random requests over a generated catalogue: both engines must count, find, facet and sort the same. */
describe.skipIf(!hasMeilisearch())('both engines answer random requests alike', { timeout: 120_000 }, () => {
  const conceptRandom = seededRandom(23);
  const CONCEPTS = Array.from({ length: 40 }, (_, n) => `http://data.europa.eu/esco/skill/${n}`);
  const someConcepts = (most: number) =>
    CONCEPTS.filter(() => conceptRandom() < most / CONCEPTS.length).map((id) => ({ id, weight: conceptRandom() }));
  const documents = [...generateCredentials(RECORDS, 7)].map((record, i) => ({
    ...toSearchDocument(record, 1000 + (i % 50)),
    concepts: someConcepts(4).map((concept) => ({ ...concept, label: `label ${i}` })),
  }));
  const closing: (() => Promise<void>)[] = [];
  let postgres: SearchEngine;
  let meilisearch: SearchEngine;

  beforeAll(async () => {
    const db = await openPglite();
    await migrate(db);
    const server = await startMeilisearch();
    closing.push(() => db.close(), server.stop);
    postgres = createPostgresEngine(db);
    meilisearch = createMeilisearchEngine({ ...server, index: `agree_${process.pid}_${Date.now()}` });
    for (const engine of [postgres, meilisearch]) {
      await engine.configure();
      await engine.upsert(documents);
    }
  }, 120_000);
  afterAll(async () => {
    for (const close of closing) await close();
  });

  const random = seededRandom(11);
  const under = (n: number) => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]): T => list[under(list.length)] as T;
  const maybe = <T>(chance: number, value: () => T): T | undefined => (random() < chance ? value() : undefined);

  function misspelt(word: string): string {
    const at = under(word.length);
    return pick([
      word.slice(0, at) + word.slice(at + 1),
      `${word.slice(0, at)}x${word.slice(at)}`,
      `${word.slice(0, at)}x${word.slice(at + 1)}`,
      word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2),
    ]);
  }

  /** Words of mostly one record, in no order. */
  function sentence(): string {
    const [own, strange] = [pick(documents), pick(documents)].map((d) =>
      [...d.title, ...d.description, ...d.outcomes].flatMap((t) => t.value.split(' ')),
    ) as [string[], string[]];
    const words = Array.from({ length: 4 + under(7) }, () => pick(random() < 0.7 && own.length ? own : strange));
    return words.map((word = '') => (random() < 0.1 ? misspelt(word) : word)).join(' ');
  }

  function text(): string {
    if (random() < 0.25) return sentence();
    const document = pick(documents);
    const source = pick([document.title, document.description, document.outcomes]).map((t) => t.value);
    const words = pick(source.length ? source : ['institute']).split(' ');
    const start = under(words.length);
    const some = words.slice(start, start + 1 + under(3));
    const last = some.at(-1) ?? '';
    return pick([
      some,
      some,
      some.map(misspelt),
      [...some.slice(0, -1), last.slice(0, 1 + under(last.length))],
      [some.join('')],
      some.map((word) => (word.length > 6 && random() < 0.5 ? `${word.slice(0, 4)} ${word.slice(4)}` : word)),
    ]).join(' ');
  }

  function filter(): SearchFilter {
    const document = pick(documents);
    const run = pick(document.opportunities.length ? document.opportunities : [undefined]);
    return {
      country: maybe(0.2, () => document.country),
      provider: maybe(0.1, () => [...document.provider, pick(documents).provider[0] ?? '']),
      language: maybe(0.2, () => [pick(['de', 'fr', 'pl']), 'bg']),
      eqf: maybe(0.1, () => [5, 6]),
      ects: maybe(0.1, () => ({ min: under(10), max: maybe(0.5, () => 10 + under(20)) })),
      hours: maybe(0.1, () => ({ max: under(600) })),
      mode: maybe(0.1, () => [pick(['online', 'blended'])]),
      kind: maybe(0.1, () => ['course', 'badge']),
      field: maybe(0.1, () => [pick(['06', '061', '0912', '0'])]),
      free: maybe(0.1, () => random() < 0.5),
      cost: maybe(0.1, () => ({ max: under(2000), currency: 'EUR' })),
      elementStated: maybe(0.1, () => ['learningOutcomes', 'level']),
      elementNotStated: maybe(0.1, () => ['assessment']),
      conformance: maybe(0.1, () => ['assessed:yes', 'smallVolume:yes', 'smallVolume:unknown']),
      opportunity: maybe(0.3, () => ({
        startFrom: maybe(0.5, () => run?.start ?? '2026-06-01'),
        startTo: maybe(0.5, () => '2027-01-31'),
        place: maybe(0.5, () => run?.place.slice(0, 2) ?? ['Porto']),
        country: maybe(0.3, () => [run?.country ?? 'DE', 'FR']),
        mode: maybe(0.3, () => ['online', 'hybrid']),
        language: maybe(0.2, () => document.language),
        free: maybe(0.1, () => false),
      })),
    };
  }

  const unfinished = () => random() < 0.3;
  const requests = Array.from(
    { length: QUERIES },
    (): SearchRequest => ({
      text: maybe(0.7, text),
      prefix: unfinished(),
      concepts:
        conceptRandom() < 0.5 ? someConcepts(3).map(({ id, weight }) => ({ id, weight: weight / 3 })) : undefined,
      filter: maybe(0.7, filter),
      facets: maybe(0.5, () => ['country', 'provider', pick(['mode', 'kind', 'field', 'eqf', 'free'] as const)]),
      facetLimit: pick([5, 50]),
      sort: maybe(0.5, () => ({
        by: pick(['title', 'newest', 'startDate', 'ects', 'cost', 'id'] as const),
        descending: random() < 0.5,
        currency: maybe(0.3, () => pick(['PLN', 'SEK', 'USD', 'EUR'])),
      })),
      first: pick([100, 100, 10]),
      highlights: random() < 0.2,
    }),
  );

  /** What `cannot.ambiguousSplits` declares: several ways to part a word; our syllable language is full of them. */
  const vocabulary = createVocabulary();
  for (const d of documents) {
    for (const t of [...d.title, ...d.description, ...d.outcomes]) vocabulary.add(wordsOf(t.value));
  }
  const ambiguous = (text = '') =>
    queryTerms(queryWords(text), true).some(({ word }) => {
      let ways = 0;
      for (let i = 1; i < word.length; i++) {
        if (vocabulary.has(word.slice(0, i)) && vocabulary.has(word.slice(i))) ways += 1;
      }
      return ways > 1;
    });

  test(`${QUERIES} requests over ${RECORDS} records`, async () => {
    const differences: unknown[] = [];
    let hits = 0;
    let byConcept = 0;
    let paged = 0;
    const fair = requests.filter((request) => !ambiguous(request.text));
    for (const request of fair) {
      const [a, b] = await Promise.all([postgres.query(request), meilisearch.query(request)]);
      if (request.sort && a.hits.length) {
        // the same place on both, and from there the same page
        expect(b.hits.at(-1)?.position).toEqual(a.hits.at(-1)?.position);
        const next = { ...request, after: a.hits[a.hits.length >> 1]?.position };
        const pages = await Promise.all([postgres.query(next), meilisearch.query(next)]);
        expect(pages[1]?.hits.map((hit) => hit.id)).toEqual(pages[0]?.hits.map((hit) => hit.id));
        expect([pages[1]?.more, pages[1]?.total]).toEqual([pages[0]?.more, pages[0]?.total]);
        paged += 1;
      }
      const ids = (result: typeof a) => {
        const all = result.hits.map((hit) => hit.id);
        return request.sort || !request.text ? all : result.total <= request.first ? all.sort() : all.length;
      };
      const meant = (result: typeof a) => result.hits.filter(({ match }) => match?.how === 'concept');
      const why = (result: typeof a) => {
        // a part of a list by relevance need not be the same: misspellings of an unfinished word (`cannot.conceptPrefix`)
        const all = meant(result).map(({ id, match }) => [id, match]);
        return request.sort || result.total <= request.first ? all : [];
      };
      byConcept += meant(a).length ? 1 : 0;
      hits += a.total ? 1 : 0;
      const one = {
        total: a.total,
        facets: a.facets.map((f) => [f.name, f.valueCount, f.values.map((v) => [v.value, v.count])]),
        more: a.more,
        why: why(a),
        ids: ids(a),
      };
      const two = {
        total: b.total,
        facets: b.facets.map((f) => [f.name, f.valueCount, f.values.map((v) => [v.value, v.count])]),
        more: b.more,
        why: why(b),
        ids: ids(b),
      };
      if (JSON.stringify(one) !== JSON.stringify(two)) {
        differences.push({ request, postgres: one, meilisearch: two });
      }
    }
    expect(differences).toEqual([]);
    expect(hits).toBeGreaterThan(QUERIES / 3);
    expect(byConcept).toBeGreaterThan(QUERIES / 15);
    expect(paged).toBeGreaterThan(QUERIES / 5);
    expect(fair.length).toBeGreaterThan(QUERIES / 2);
  });
});

// How well search finds what it should, by sets of judgments (../shared/feeds/esco/yardstick): nDCG@10 and recall@10 by query language, and
// how well names of occupations are linked. Exits with 1 below a floor.
//   npm run relevance

import { existsSync } from 'node:fs';
import { conceptsOf, SHIPPED_CONCEPTS, weigh } from '../../schema/vocabularies/concepts/index.ts';
import { FEEDS } from '../support/real-feeds.ts';
import { openEngines } from './engines.ts';
import { mean, ndcg10, recall10 } from './measures.ts';
import { estonianSet, meloSet, type SearchSet, type TermSet, topicSet } from './yardstick.ts';

const MELO_EACH = 100;
/** Mean over the languages. What is aimed at is 0.50; this is what must not be lost. */
const MELO_FLOOR = 0.45;
const OCCUPATIONS: readonly string[] = ['occupation', 'isco-group'];

const opened = conceptsOf(SHIPPED_CONCEPTS)();
const { concepts, linker } = opened;

/** A text as its concepts, of length 1. */
function vectorOf(text: string): Map<number, number> {
  return new Map(weigh(linker.link(text)).map(({ concept, weight }) => [concept, weight]));
}

interface Row {
  set: string;
  language: string;
  queries: number;
  'nDCG@10': string;
  'recall@10': string;
  floor: string;
}

/** The titles that a query finds, by their numbers, best first. */
type Search = (query: string) => number[] | Promise<number[]>;

/** By concepts alone, without an engine. */
function byLinker(titles: readonly string[]): Search {
  const vectors = titles.map(vectorOf);
  return (query) => {
    const own = vectorOf(query);
    const ranked = vectors.map((vector, title) => ({
      title,
      score: [...own].reduce((sum, [concept, weight]) => sum + weight * (vector.get(concept) ?? 0), 0),
    }));
    return ranked
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || a.title - b.title)
      .map(({ title }) => title);
  };
}

async function measure({ name, searches }: SearchSet, search: Search, floor: number): Promise<Row[]> {
  const measured: { language: string; ndcg: number; recall: number }[] = [];
  for (const { query, language, relevant } of searches) {
    const hits = (await search(query)).map((title) => relevant.has(title));
    measured.push({ language, ndcg: ndcg10(hits, relevant.size), recall: recall10(hits, relevant.size) });
  }
  const row = (language: string, some: typeof measured): Row => ({
    set: name,
    language,
    queries: some.length,
    'nDCG@10': mean(some.map(({ ndcg }) => ndcg)).toFixed(3),
    'recall@10': mean(some.map(({ recall }) => recall)).toFixed(3),
    floor: '',
  });
  const all = row('all', measured);
  const held = Number(all['nDCG@10']) >= floor;
  if (!held) process.exitCode = 1;
  return [
    { ...all, floor: `≥ ${floor}: ${held ? 'held' : 'MISSED'}` },
    ...[...Map.groupBy(measured, ({ language }) => language)].map(([language, some]) => row(language, some)),
  ];
}

/** The mean reciprocal rank of the first right concept, by language. */
function measureTerms({ name, terms }: TermSet, floor: number) {
  const ranks = terms.map(({ term, language, uris }) => {
    const found = linker
      .link(term, { most: 200 })
      .filter(({ concept }) => OCCUPATIONS.includes(concepts.kindOf(concept)));
    const place = found.findIndex(({ uri }) => uris.has(uri));
    return { language, reciprocal: place < 0 ? 0 : 1 / (place + 1) };
  });
  const rows = [...Map.groupBy(ranks, ({ language }) => language)].map(([language, some]) => ({
    language,
    terms: some.length,
    mrr: mean(some.map(({ reciprocal }) => reciprocal)),
  }));
  const all = mean(rows.map(({ mrr }) => mrr));
  if (all < floor) process.exitCode = 1;
  console.log(
    `\n${name}: mean MRR ${all.toFixed(3)} over ${rows.length} languages (≥ ${floor}: ${all >= floor ? 'held' : 'MISSED'})`,
  );
  console.table(rows.map((row) => ({ ...row, mrr: row.mrr.toFixed(3) })));
}

if (!existsSync(FEEDS)) {
  console.log('relevance: ../shared/feeds is not there, nothing was measured');
} else {
  const sets = [
    { set: topicSet('A occupational', 'queries-occupational.json'), floor: 0.92 },
    { set: topicSet('B academic', 'queries-academic.json'), floor: 0.9 },
    { set: estonianSet(), floor: 0.8 },
  ];
  const rows: Row[] = [];
  for (const { set, floor } of sets) rows.push(...(await measure(set, byLinker(set.titles), floor)));
  for await (const engine of openEngines(opened)) {
    for (const { set, floor } of sets) {
      const named = { ...set, name: `${set.name}, ${engine.name}` };
      const [all] = await measure(named, await engine.searching(set.titles), floor);
      if (all) rows.push(all);
    }
  }
  console.table(rows);
  measureTerms(meloSet(MELO_EACH), MELO_FLOOR);
}

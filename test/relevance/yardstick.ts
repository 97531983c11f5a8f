import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { FEEDS } from '../support/real-feeds.ts';

/** Titles, and searches with what ought to be found of them. */
export interface SearchSet {
  name: string;
  titles: string[];
  searches: { query: string; language: string; relevant: ReadonlySet<number> }[];
}

/** Terms of national lists, and the concepts that people found to be the same. */
export interface TermSet {
  name: string;
  terms: { term: string; language: string; uris: ReadonlySet<string> }[];
}

const ESCO = 'http://data.europa.eu/esco/';
const text = (path: string): string => {
  const bytes = readFileSync(FEEDS + path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

/** A or B: titles and queries by topic; what is of one topic is relevant. */
export function topicSet(name: string, file: string): SearchSet {
  const topics = JSON.parse(text(`esco/yardstick/${file}`)) as { docs: [string, string][]; q: [string, string][] }[];
  const titles = topics.flatMap(({ docs }) => docs.map(([, title]) => title));
  let from = 0;
  const searches = topics.flatMap(({ docs, q }) => {
    const relevant = new Set(docs.map((_, n) => from + n));
    from += docs.length;
    return q.map(([language, query]) => ({ query, language, relevant }));
  });
  return { name, titles, searches };
}

/** C: all micro-credentials of Estonia's register, and queries in other languages. */
export function estonianSet(): SearchSet {
  const { queries } = JSON.parse(text('esco/yardstick/queries-estonia-real.json')) as {
    queries: { language: string; query: string; relevant: string[] }[];
  };
  const graph = (JSON.parse(text('ctdl/estonia-mkval/catalog.jsonld')) as { '@graph': Record<string, unknown>[] })[
    '@graph'
  ];
  const named = graph.flatMap((node) => (node['@type'] === 'MicroCredential' ? [String(node.name)] : []));
  const titles = [...new Set([...named, ...queries.flatMap(({ relevant }) => relevant)])];
  return {
    name: 'C real Estonian titles',
    titles,
    searches: queries.map(({ language, query, relevant }) => ({
      language,
      query,
      relevant: new Set(relevant.map((title) => titles.indexOf(title))),
    })),
  };
}

/** MELO: so many national job names a language, evenly taken, and the occupations that they are. */
export function meloSet(each: number): TermSet {
  const rows = text('esco/yardstick/melo-occupations.tsv.gz').trimEnd().split('\n').slice(1);
  const terms = rows.map((row) => {
    const [, language = '', term = '', uris = ''] = row.split('\t');
    return { term, language, uris: new Set(uris.split(',').map((uri) => ESCO + uri)) };
  });
  const byLanguage = Map.groupBy(terms, ({ language }) => language);
  return { name: 'MELO', terms: [...byLanguage.values()].flatMap((all) => evenly(all, each)) };
}

const evenly = <T>(all: readonly T[], count: number): T[] => {
  const step = Math.max(1, all.length / count);
  return Array.from({ length: Math.min(count, all.length) }, (_, n) => all[Math.floor(n * step)] as T);
};

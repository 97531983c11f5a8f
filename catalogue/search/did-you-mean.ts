import type { Sql } from '../store/sql.ts';
import { wordsOf } from './fold.ts';
import type { HitTexts } from './highlight.ts';
import type { QueryText } from './query-syntax.ts';
import { writtenWords } from './signs.ts';
import { lexeme, partings } from './text-plan.ts';
import { isNumber } from './typo.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Words as near that are looked at, the most frequent of which are tried. */
const MOST_NEAR = 60;
const MOST_TRIED = 3;
/** Records counted of a word: whether one is frequent is soon known. */
const ENOUGH = 1000;
/** From so many letters on a word may have been meant that is two typos away. */
const TWO_TYPOS_FROM = 4;

/**
 * The query that a reader may have meant: the text as written, with each word that the index has not exchanged for the
 * nearest one it has (fewest typos, then most records). Undefined when every word is known, none is near, or the result
 * would find nothing.
 *
 * @param find the first records that a text finds under the filters of the request; they tell how its words are written
 */
export async function nearestQuery(
  text: string,
  query: QueryText,
  vocabulary: Vocabulary,
  sql: Sql,
  find: (text: string) => Promise<HitTexts[]>,
): Promise<string | undefined> {
  const near: [unknown: string, words: string[]][] = [];
  for (const word of unknownWords(query, vocabulary)) {
    const { one, two } = vocabulary.misspellings(word, word.length < TWO_TYPOS_FROM ? 1 : 2, false);
    const words = await byFrequency((one.length ? one : two).slice(0, MOST_NEAR), sql);
    if (words.length) near.push([word, words]);
  }
  for (let n = 0; n < MOST_TRIED && near.some(([, words]) => n < words.length); n++) {
    const words = new Map(near.map(([word, all]) => [word, all[n] ?? all[0] ?? word]));
    const hits = await find(exchanged(text, words));
    if (hits.length) return exchanged(text, words, asWritten([...words.values()], hits));
  }
  return undefined;
}

/** Words that the index has neither as they are nor written apart. What is quoted or a code is meant as it is. */
function unknownWords({ parts }: QueryText, vocabulary: Vocabulary): string[] {
  const words = parts.filter((part) => !part.exact).map(({ words: [word = ''] }) => word);
  return words.filter((word) => !isNumber(word) && !vocabulary.has(word) && !partings(word, vocabulary).length);
}

async function byFrequency(words: readonly string[], sql: Sql): Promise<string[]> {
  if (!words.length) return [];
  const rows = await sql.query<{ word: string; n: number }>(
    `select w.word, (select count(*) from (
         select 1 from search_documents d where d.words @@ w.query::tsquery limit ${ENOUGH}) few)::int as n
       from unnest($1::text[], $2::text[]) w (word, query)`,
    [words, words.map((word) => lexeme(word))],
  );
  const there = rows.filter(({ n }) => n > 0);
  return there.sort((a, b) => b.n - a.n || (a.word < b.word ? -1 : 1)).map(({ word }) => word);
}

/** How records write some folded words. */
function asWritten(words: readonly string[], hits: readonly HitTexts[]): Map<string, string> {
  const written = new Map<string, string>();
  const texts = hits.flatMap(({ title, provider, outcomes, description }) => [title, provider, outcomes, description]);
  for (const { value } of texts.flat()) {
    for (const [own] of writtenWords(value)) {
      const word = words.length === written.size ? undefined : wordsOf(own).join('');
      if (word !== undefined && words.includes(word) && !written.has(word)) written.set(word, own);
    }
  }
  return written;
}

/** A text with some of its words exchanged (small where they were small), everything else as it was written. */
function exchanged(
  text: string,
  words: ReadonlyMap<string, string>,
  spelling: ReadonlyMap<string, string> = new Map(),
): string {
  let out = '';
  let at = 0;
  for (const { 0: written, index } of writtenWords(text)) {
    const word = words.get(wordsOf(written).join(''));
    if (word === undefined) continue;
    const own = spelling.get(word) ?? word;
    out += text.slice(at, index) + (written === written.toLowerCase() ? own.toLowerCase() : own);
    at = index + written.length;
  }
  return out + text.slice(at);
}

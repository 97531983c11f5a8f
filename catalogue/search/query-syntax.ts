import { wordsOf } from './fold.ts';
import { isFunctionWord } from './function-words.ts';
import { isCode, isCodePhrase, uriWord } from './identifier-words.ts';
import { isSignedName } from './signs.ts';

/** Meilisearch reads ten words of a query and ignores the rest; so that engines agree, all of them do. */
export const MOST_QUERY_WORDS = 10;
/** From so many words on a query is a long one, and not all of them must be found… */
const LONG_FROM = 4;
/** …but this share of those that are no function words, rounded up. */
const FLOOR_SHARE = 0.6;
/** Words of a query that are looked at for those that count. */
const MOST_WRITTEN = 60;
/** Exclusions of one query that are looked at. */
const MOST_EXCLUDED = 10;
/** Characters of a query that are looked at. */
const MOST_CHARACTERS = 2000;

/** One thing that must be found. */
export interface QueryPart {
  /** Folded words; several stand next to each other in this order. */
  words: string[];
  /** As written: no typos, not written together or apart, never a beginning. Several words always are. */
  exact: boolean;
  /** Between quotes: must be found, however long the query is. */
  quoted?: true;
}

/** A reader's text, read. */
export interface QueryText {
  parts: QueryPart[];
  /** What must not be found: words, or words next to each other. */
  excluded: string[][];
  /** The last part may be the beginning of a word. */
  prefix: boolean;
  /** How many of the parts that are not quoted must be found; all of them but in a long query. */
  floor: number;
}

/** `"…"`, `„…“`, `“…”`, `«…»`, `»…«`, with a minus before it or not; else everything up to the next blank. */
const PIECE = /(?<![^\s(])(-?)(?:"([^"]*)"|„([^“”"]*)[“”"]|“([^”"]*)[”"]|«([^»]*)»|»([^«]*)«)|\(+(?=-?["„“«»])|(\S+)/gu;

/**
 * Reads a text: words, phrases in quotes, and both with a minus before them as exclusions. A name with signs, a code
 * (`RNCP37674`, `ABC-123`, `4.0`) and an address are taken as they are written. Everything else, a quote that is never
 * closed among it, only separates.
 */
export function parseQuery(text: string | undefined, prefix = false): QueryText {
  const query: QueryText = { parts: [], excluded: [], prefix: false, floor: 0 };
  const add = (words: string[], exact: boolean, quoted = false) => {
    if (words.length && query.parts.length < MOST_WRITTEN)
      query.parts.push({ words, exact, ...(quoted && { quoted }) });
  };
  const exclude = (words: string[]) => {
    if (words.length && query.excluded.length < MOST_EXCLUDED) query.excluded.push(words.slice(0, MOST_QUERY_WORDS));
  };
  const given = (text ?? '').slice(0, MOST_CHARACTERS).trimEnd();
  for (const match of given.matchAll(PIECE)) {
    const [whole, minus, ...quoted] = match;
    const piece = quoted.pop();
    if (piece === undefined) {
      const words = wordsOf(quoted.find((phrase) => phrase !== undefined) ?? '');
      if (minus) exclude(words);
      else add(words, true, true);
    } else if (/^-[\p{L}\p{N}"„“«».]/u.test(piece)) {
      exclude(piecesOf(piece.slice(1)).flatMap(({ words }) => words));
    } else {
      // what is still being typed is no code yet
      const unfinished = prefix && match.index + whole.length === given.length;
      for (const { words, exact } of unfinished ? plain(wordsOf(piece)) : piecesOf(piece)) add(words, exact);
    }
  }
  const last = query.parts.at(-1);
  query.parts = whatCounts(query.parts);
  query.floor = query.parts.filter((part) => !part.quoted).length;
  if (query.floor >= LONG_FROM) query.floor = Math.ceil(query.floor * FLOOR_SHARE);
  query.prefix = prefix && last?.exact === false && query.parts.at(-1) === last;
  return query;
}

/** Of a long query the words that say what is looked for, each once; and no more than engines read. */
function whatCounts(parts: QueryPart[]): QueryPart[] {
  let counted = parts;
  if (parts.filter((part) => !part.quoted).length >= LONG_FROM) {
    const told = parts.filter(({ words, quoted }) => quoted || words.length > 1 || !isFunctionWord(words[0] ?? ''));
    const last = new Map((told.length ? told : parts).map((part) => [part.words.join(' '), part]));
    counted = [...last.values()];
  }
  let room = MOST_QUERY_WORDS;
  const taken: QueryPart[] = [];
  for (const part of counted) {
    const words = part.words.slice(0, room);
    room -= words.length;
    if (words.length) taken.push(words.length === part.words.length ? part : { ...part, words });
  }
  return taken;
}

/** Whether a query need not find all of its words. */
export const isLong = ({ parts, floor }: QueryText): boolean => floor < parts.filter((part) => !part.quoted).length;

const plain = (words: readonly string[]): QueryPart[] =>
  words.map((word) => ({ words: [word], exact: isSignedName(word) }));

/** What stands between two blanks: an address, a code of several words, or words. */
function piecesOf(piece: string): QueryPart[] {
  const uri = uriWord(piece);
  if (uri) return [{ words: [uri], exact: true }];
  const words = wordsOf(piece);
  if (isCodePhrase(words)) return [{ words, exact: true }];
  return words.map((word) => ({ words: [word], exact: isSignedName(word) || isCode(word) }));
}

/** The words that are looked for as words, in runs of neighbours. */
export function plainRuns({ parts }: QueryText): { from: number; words: string[] }[] {
  const runs: { from: number; words: string[] }[] = [];
  parts.forEach(({ words: [word = ''], exact }, i) => {
    const last = runs.at(-1);
    if (exact) return;
    if (last && last.from + last.words.length === i) last.words.push(word);
    else runs.push({ from: i, words: [word] });
  });
  return runs;
}

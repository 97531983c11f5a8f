import { wordsOf } from './fold.ts';
import { isCode, isCodePhrase, uriWord } from './identifier-words.ts';
import { isSignedName } from './signs.ts';

/** Meilisearch reads ten words of a query and ignores the rest; so that engines agree, all of them do. */
export const MOST_QUERY_WORDS = 10;
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
}

/** A reader's text, read. */
export interface QueryText {
  parts: QueryPart[];
  /** What must not be found: words, or words next to each other. */
  excluded: string[][];
  /** The last part may be the beginning of a word. */
  prefix: boolean;
}

/** `"…"`, `„…“`, `“…”`, `«…»`, `»…«`, with a minus before it or not; else everything up to the next blank. */
const PIECE = /(?<![^\s(])(-?)(?:"([^"]*)"|„([^“”"]*)[“”"]|“([^”"]*)[”"]|«([^»]*)»|»([^«]*)«)|\(+(?=-?["„“«»])|(\S+)/gu;

/**
 * Reads a text: words, phrases in quotes, and both with a minus before them as exclusions. A name with signs, a code
 * (`RNCP37674`, `ABC-123`, `4.0`) and an address are taken as they are written. Everything else, a quote that is never
 * closed among it, only separates.
 */
export function parseQuery(text: string | undefined, prefix = false): QueryText {
  const query: QueryText = { parts: [], excluded: [], prefix: false };
  let room = MOST_QUERY_WORDS;
  const add = (words: readonly string[], exact: boolean) => {
    const taken = words.slice(0, room);
    room -= taken.length;
    if (taken.length) query.parts.push({ words: taken, exact: exact || taken.length > 1 });
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
      else add(words, true);
    } else if (/^-[\p{L}\p{N}"„“«».]/u.test(piece)) {
      exclude(piecesOf(piece.slice(1)).flatMap(({ words }) => words));
    } else {
      // what is still being typed is no code yet
      const unfinished = prefix && match.index + whole.length === given.length;
      for (const { words, exact } of unfinished ? plain(wordsOf(piece)) : piecesOf(piece)) add(words, exact);
    }
  }
  query.prefix = prefix && query.parts.at(-1)?.exact === false;
  return query;
}

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

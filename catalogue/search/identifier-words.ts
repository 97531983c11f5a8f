import { createHash } from 'node:crypto';
import { fold, LONGEST_WORD, wordsOf } from './fold.ts';
import { isNumber } from './typo.ts';

/** Identifiers of one record that are searched for. */
const MOST_IDENTIFIERS = 40;

const digits = (words: readonly string[]): number => words.join('').replace(/\P{N}/gu, '').length;

/** Letters with at least three digits (`rncp37674`), unless the digits are the year behind a word (`excel2019`). */
export const isCode = (word: string): boolean =>
  digits([word]) >= 3 && !isNumber(word) && !/\p{L}{2}(?:19|20)\d\d$/u.test(word);

/** Words written without a blank that make one code: numbers only (`4.0`), or with at least three digits (`ABC-123`). */
export const isCodePhrase = (words: readonly string[]): boolean =>
  words.length > 1 && (digits(words) >= 3 || words.every(isNumber));

/** An address (URL, URN, DOI) as the one word that stands for it; undefined for what is none. */
export function uriWord(text: string): string | undefined {
  const address = /^[(<]?(?:(?:https?|ftp):\/\/(?:www\.)?|(?=(?:urn|did|doi|ark|info|tag|ctid):))(\S{3,})$/iu.exec(
    text,
  );
  return address?.[1] && compact(address[1]);
}

function compact(text: string): string {
  const word = fold(text).replace(/[^\p{L}\p{N}]+/gu, '');
  if (word.length <= LONGEST_WORD) return word;
  return `u${createHash('sha256').update(word).digest('hex').slice(0, 40)}`;
}

/** `rncp37674` → `rncp 37674`: the same code with a blank. */
const parted = (word: string): string => word.replace(/(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/gu, ' ');

/** A code in the ways in which it is written: its words, as one word, and letters and digits apart. */
function spellings(text: string): string[] {
  const words = wordsOf(text, 20);
  const all = [words.join(' ')];
  const together = words.join('');
  if (words.length > 1 && together.length <= LONGEST_WORD) all.push(together);
  if (words.some(isCode)) all.push(words.map(parted).join(' '));
  return all;
}

/**
 * The words by which a record is found as the one that is called so: identifiers, other identifiers, and codes in its
 * titles. Addresses are one word each, so that nobody finds every record by `https` or `courses`.
 */
export function identifierWords(identifiers: readonly string[], titles: readonly string[]): string[] {
  const all = new Set<string>();
  for (const identifier of identifiers.slice(0, MOST_IDENTIFIERS)) {
    const uri = uriWord(identifier.trim());
    for (const text of uri ? [uri] : spellings(identifier)) all.add(text);
  }
  for (const title of titles) {
    for (const piece of title.split(/\s+/).filter((piece) => /\p{N}/u.test(piece))) {
      const words = wordsOf(piece, 20);
      if (isCodePhrase(words) || words.some(isCode)) for (const text of spellings(piece)) all.add(text);
    }
  }
  all.delete('');
  return [...all];
}

import { foldLetters } from '../../parse/fold-letters.ts';

/** A word of a text without case and accents, and where it stands in the text (UTF-16 units, end excluded). */
export interface TextWord {
  word: string;
  from: number;
  to: number;
}

/** Letters and digits; `C++` and `C#` keep their signs. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*[+#]{0,2}/gu;
const LONGEST = 60;

/** The words of a text, at most `most`. */
export function wordsIn(text: string, most = Number.POSITIVE_INFINITY): TextWord[] {
  const words: TextWord[] = [];
  for (const { 0: found, index } of text.matchAll(WORD)) {
    if (words.length >= most) break;
    const word = foldLetters(found.slice(0, LONGEST));
    if (word) words.push({ word, from: index, to: index + found.length });
  }
  return words;
}

/** Into so many drawers go the pieces of words. */
export const GRAM_SLOTS = 1 << 18;

/** The pieces of a word, four letters each (three of a short one), its ends marked; as numbers below {@link GRAM_SLOTS}. */
export function gramsOf(word: string): number[] {
  const marked = `_${word}_`;
  const length = marked.length <= 5 ? 3 : 4;
  const grams = new Set<number>();
  for (let start = 0; start + length <= marked.length; start++) {
    let hash = 0x811c9dc5;
    for (let at = start; at < start + length; at++) hash = Math.imul(hash ^ marked.charCodeAt(at), 0x01000193);
    grams.add((hash >>> 0) & (GRAM_SLOTS - 1));
  }
  return [...grams];
}

import { withoutSigns } from './signs.ts';

/**
 * The one place where text loses what a searcher does not type: case, accents, ligatures. Both engines are fed
 * with what stands here, so a word is the same word in both, whatever tokenizer a server was built with.
 */

/** Letters that Unicode does not decompose, written as people without that key on their keyboard write them. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ŋ: 'n',
  ı: 'i',
  ς: 'σ',
};
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');
const PLAIN = /^[ -@[-~\n]*$/; // ASCII without capitals: the common case, already folded

/** Without case and accents: `Łódź` → `lodz`, `ΣΟΦΊΑΣ` → `σοφιασ`, `Й` → `и`. Idempotent. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text;
  const bare = text.toWellFormed().toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return bare.replace(SPECIAL, (letter) => LETTERS[letter] ?? letter);
}

/** Longer words are cut: an engine would drop them, and nobody types them. */
export const LONGEST_WORD = 60;

/**
 * Letters of one script with digits among them. A word does not go on in another script: Meilisearch parts them as
 * well, and what looks like one word of two scripts is a slip of the keyboard.
 */
const WORD = new RegExp(
  [...['Latin', 'Greek', 'Cyrillic'].map((s) => `\\p{N}*\\p{sc=${s}}[\\p{sc=${s}}\\p{N}]*`), '[\\p{L}\\p{N}]+'].join(
    '|',
  ),
  'gu',
);

/**
 * The folded words of a text, at most `limit`: runs of letters and digits, everything else separates. Elided particles
 * are no words (`l'énergie` → `energie`), names with signs are words of their own (`C++` → `cplusplus`).
 */
export function wordsOf(text: string, limit = Number.POSITIVE_INFINITY): string[] {
  const words: string[] = [];
  for (const match of withoutSigns(fold(text)).matchAll(WORD)) {
    if (words.length >= limit) break;
    const word = match[0];
    words.push(
      word.length <= LONGEST_WORD ? word : [...word.slice(0, 2 * LONGEST_WORD)].slice(0, LONGEST_WORD).join(''),
    );
  }
  return words;
}

/** A place as it is compared: folded, white space as single blanks. */
export const foldPlace = (place: string): string => fold(place).replace(/\s+/g, ' ').trim();

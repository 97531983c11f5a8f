/** What windows-1252 has at 0x80–0x9F; text decoded with the wrong table carries these as C1 control characters. */
const C1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Everything a reader never sees: controls, NUL, bidi controls, zero-width space, soft hyphen, word joiner, BOM,
 * the non-characters of the BMP, lone surrogates.
 */
const UNSEEN = /(?![\t\n])\p{Cc}|[\xad\u200b\u2060\ufeff\ufdd0-\ufdef\ufffe\uffff]|\p{Bidi_Control}|\p{Surrogate}/gu;

/** What may have to be cleaned; most texts of feeds have none of it, and are looked at once instead of seven times. */
const DOUBTFUL =
  /[^\n\x20-\x7e\xa1-\xac\xae-\u0619\u0620-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd]| [ \n]|\n[ ]|\n\n\n|^[\s]|\s$/;

/** Normalises white space and takes out what no reader sees; `\n` is the only line break. Linear and idempotent. */
export function cleanText(input: string): string {
  if (!DOUBTFUL.test(input)) return input;
  return input
    .replace(/\r\n?|[\v\f\u2028\u2029]/g, '\n')
    .replace(/[\x80-\x9f]/g, (c) => C1[c.charCodeAt(0) - 0x80] ?? '')
    .replace(UNSEEN, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

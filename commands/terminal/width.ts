const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Takes no column of its own: marks over and under letters, joiners, vowels and ends of Hangul syllables. */
const NO_COLUMN = /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]/u;

/** Takes two columns: East Asian Wide and Fullwidth (Unicode Standard Annex 11). */
const TWO_COLUMNS =
  /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;

/** Is shown as one picture, of whatever it is made: two columns. */
const EMOJI = /\p{Emoji_Presentation}|\p{Emoji}\ufe0f|[\u{1f1e6}-\u{1f1ff}]/u;

const ASCII = /^[\x20-\x7e]*$/;

/** Columns that one character as a reader sees it (a grapheme) takes on a terminal; rather one too many than one too few. */
function columnsOf(grapheme: string): number {
  if (EMOJI.test(grapheme)) return 2;
  let columns = 0;
  for (const char of grapheme) columns += NO_COLUMN.test(char) ? 0 : TWO_COLUMNS.test(char) ? 2 : 1;
  return columns;
}

/** Columns that a printable text takes on a terminal. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += columnsOf(segment);
  return width;
}

/** Splits a text after as many whole graphemes as fit into `width`, one at least. */
export function splitAt(text: string, width: number): [string, string] {
  if (ASCII.test(text)) return [text.slice(0, Math.max(1, width)), text.slice(Math.max(1, width))];
  let taken = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    taken += columnsOf(segment);
    if (taken > width && index > 0) break;
    end = index + segment.length;
  }
  return [text.slice(0, end), text.slice(end)];
}

/** The text, or its beginning and `…` where it is too wide. */
export const cut = (text: string, width: number): string =>
  displayWidth(text) <= width ? text : width < 2 ? '…'.slice(0, width) : `${splitAt(text, width - 1)[0]}…`;

/** The text with spaces up to `width`. */
export const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - displayWidth(text)));

/**
 * What a terminal would obey instead of showing: controls (C0, DEL, C1: escape sequences begin with one), line and paragraph
 * separators, direction controls, invisible marks, halves of surrogates. Joiners stay: Persian and emoji need them.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const SHORT = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

const unicodeEscape = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

const shown = (char: string): string => {
  const code = char.charCodeAt(0);
  return SHORT.get(char) ?? (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : unicodeEscape(char));
};

/**
 * The one way of any text to a terminal or a log in text form: one line, in which nothing moves the cursor, changes colours or
 * titles, or turns the direction of what stands beside it. What is not shown as it is stands as an escape, so nothing is hidden.
 */
export const printable = (text: string): string => text.replace(UNSAFE, shown);

/** JSON on one line that means exactly `value` and is as safe to look at: what JSON itself leaves as it is becomes `\uXXXX`. */
export const jsonLine = (value: unknown): string => safeJson(JSON.stringify(value));

/** The same for JSON text that is there already, on one line. */
export const safeJson = (line: string): string => line.replace(UNSAFE, unicodeEscape);

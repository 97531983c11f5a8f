import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './json-signs.ts';

const WHITESPACE = new Set([0x20, 0x0a, 0x0d, 0x09]);
/** What may stand between two documents: also a comma, a record separator (RFC 7464), a byte order mark. */
const BETWEEN = new Set([...WHITESPACE, 0x2c, 0x1e, 0xfeff]);

/**
 * `list`: it stands in the list of records, as far as the text goes. `unsure`: so it does if the document ends with the text.
 * `doubtful`: it may as well stand in a list of the record that is closed wrongly.
 */
export interface NextRecord {
  start: number;
  place: 'list' | 'unsure' | 'doubtful';
}

type Place = NextRecord['place'] | 'deeper';

/**
 * Where in the text of a broken record the next one begins: an object whose first member is that of the broken one, and which stands in
 * the same list. Objects nested in the record often begin alike (`@type`, `language`): their list ends within the record, and
 * what follows it cannot follow the list of records. `closers`: the closing characters of the containers around, the outermost first.
 */
export function nextRecord(text: string, closers: ArrayLike<number>): NextRecord | undefined {
  const first = /^\{\s{0,64}"((?:[^"\\]|\\.){1,200})"\s{0,64}:/.exec(text.slice(0, 400))?.[1];
  const atRoot = closers.length === 0;
  if (first === undefined || (!atRoot && closers[closers.length - 1] !== CLOSE_ARRAY)) return undefined;
  const begins = `(?=\\{\\s{0,64}"${first.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}"\\s{0,64}:)`;
  const candidates = new RegExp(`${atRoot ? '\\n' : ',[ \\t\\r\\n]{0,64}'}${begins}`, 'g');
  const sibling = new RegExp(`[ \\t\\r\\n]*,[ \\t\\r\\n]*${begins}`, 'y');
  for (let found = candidates.exec(text); found; found = candidates.exec(text)) {
    const start = found.index + found[0].length;
    const { place, end } = placeOf(text, start, closers, sibling);
    if (place !== 'deeper') return { start, place };
    candidates.lastIndex = Math.max(end, start); // what stands in the same list is as deep
  }
  return undefined;
}

/**
 * Reads on from an object as if it stood in the list of records. `deeper`: the list that it stands in ends, and then comes what
 * cannot come there (a further member of a document that has ended, or a record behind it).
 */
function placeOf(
  text: string,
  start: number,
  closers: ArrayLike<number>,
  sibling: RegExp,
): { place: Place; end: number } {
  const stack = Array.from(closers);
  const base = stack.length;
  let need: 'value' | 'key' | 'colon' | 'more' = 'value';
  let end = start;
  const broken = (place: Place = 'list') => ({ place: stack.length < base ? 'deeper' : place, end });
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (stack.length === 0 && need === 'more') return { place: mayFollowDocument(text, at, base, sibling), end };
    if (WHITESPACE.has(code)) continue;
    if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      if (need !== 'value') return broken();
      stack.push(code === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY);
      need = code === OPEN_OBJECT ? 'key' : 'value';
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      if (need === 'colon' || stack.at(-1) !== code) return broken(stack.length === base ? 'doubtful' : 'list');
      stack.pop();
      if (stack.length === base - 1) end = at;
      need = 'more';
    } else if (code === COMMA) {
      if (need !== 'more') return broken();
      need = stack.at(-1) === CLOSE_OBJECT ? 'key' : 'value';
    } else if (code === COLON) {
      if (need !== 'colon') return broken();
      need = 'value';
    } else {
      const isKey: boolean = need === 'key';
      if (need === 'more' || need === 'colon' || (isKey && code !== QUOTE)) return broken();
      at = code === QUOTE ? endOfString(text, at) : endOfWord(text, at);
      need = isKey ? 'colon' : 'more';
    }
  }
  return { place: stack.length < base ? 'unsure' : 'list', end };
}

/** After a document: its end, or another one; a record with a comma before it belongs to a list that has not ended. */
function mayFollowDocument(text: string, at: number, base: number, sibling: RegExp): Place {
  sibling.lastIndex = at;
  if (base > 0 && sibling.test(text)) return 'deeper';
  let next = at;
  while (BETWEEN.has(text.charCodeAt(next))) next++;
  const follows = text[next];
  if (follows === undefined) return base > 0 ? 'unsure' : 'list';
  return follows === '{' || follows === '[' ? 'list' : 'deeper';
}

/** The place of the closing quote, or of the last character. */
function endOfString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - slashes - 1) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

/** The place of the last character of a number or a literal. */
function endOfWord(text: string, at: number): number {
  const stop = /[\s"{}[\],:]/g;
  stop.lastIndex = at;
  return (stop.exec(text)?.index ?? text.length) - 1;
}

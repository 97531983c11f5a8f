import { displayWidth, splitAt } from './width.ts';

/** How far the further lines of a wrapped one stand to the right of its first. */
const HANG = 4;

/**
 * One printable line as lines of at most `width` columns, broken at spaces; nothing is left out. Only what is wider than a line
 * by itself, such as a long address, is broken within.
 */
export function wrap(line: string, width: number): string[] {
  if (displayWidth(line) <= width) return [line];
  const lead = Math.min(line.length - line.trimStart().length, Math.floor(width / 2));
  const hang = ' '.repeat(Math.min(lead + HANG, Math.floor(width / 2)));
  const lines: string[] = [];
  let current = ' '.repeat(lead);
  let empty = true;
  for (const token of line.trimStart().match(/ *[^ ]+/g) ?? []) {
    if (!empty && displayWidth(current) + displayWidth(token) <= width) {
      current += token;
      continue;
    }
    if (!empty) {
      lines.push(current);
      current = hang;
    }
    let rest = token.trimStart();
    while (displayWidth(current) + displayWidth(rest) > width) {
      const [part, after] = splitAt(rest, width - displayWidth(current));
      lines.push(current + part);
      current = hang;
      rest = after;
    }
    current += rest;
    empty = false;
  }
  return empty ? lines : [...lines, current];
}

import { createHash } from 'node:crypto';
import { badUserInput } from './errors.ts';

/** Where a record stands in a list: what the list is sorted by, and the record's id. Plain JSON. */
export type CursorKey = readonly (string | number | null)[];

/** The longest key: a title of 100 letters of four bytes, an id, and what JSON and base64 add. */
const LONGEST = 1000;

const mark = (scope: string): string => createHash('sha256').update(scope).digest('base64url').slice(0, 6);

/** A cursor that works only in the list it came from: `scope` is everything that decides which list that is. */
export const encodeCursor = (key: CursorKey, scope: string, scopeMark = mark(scope)): string =>
  Buffer.from(`${scopeMark}.${JSON.stringify(key)}`).toString('base64url');

/** Cursors of a whole page, with the scope hashed once. */
export function cursorsFor(scope: string): (key: CursorKey) => string {
  const scopeMark = mark(scope);
  return (key) => encodeCursor(key, scope, scopeMark);
}

/** The key inside a cursor. Anybody can make a cursor up: what the parts may be is the list's to say. */
export function decodeCursor(cursor: string, scope: string): CursorKey {
  if (cursor.length > LONGEST) throw notACursor();
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!text.startsWith(`${mark(scope)}.`)) throw notACursor();
  const key = parse(text.slice(text.indexOf('.') + 1));
  if (!Array.isArray(key) || !key.every(isPart)) throw notACursor();
  return key;
}

const isPart = (part: unknown): boolean =>
  part === null ||
  (typeof part === 'number'
    ? Number.isFinite(part)
    : typeof part === 'string' && part.isWellFormed() && !part.includes('\0'));

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

export const notACursor = () =>
  badUserInput('after: not a cursor of this list', {
    argument: 'after',
    remedy:
      'pass a cursor answered by the same query with the same arguments, or leave "after" out to start anew; ' +
      'cursors of an earlier version of the catalogue do not work any more',
  });

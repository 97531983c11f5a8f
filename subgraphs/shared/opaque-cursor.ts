import { createHash } from 'node:crypto';
import { badUserInput } from './errors.ts';

const mark = (scope: string): string => createHash('sha256').update(scope).digest('base64url').slice(0, 6);

/** A cursor that works only in the list it came from: `scope` is everything that decides which list that is. */
export const encodeCursor = (key: string, scope: string, scopeMark = mark(scope)): string =>
  Buffer.from(`${scopeMark}.${key}`).toString('base64url');

/** Cursors of a whole page, with the scope hashed once. */
export function cursorsFor(scope: string): (key: string) => string {
  const scopeMark = mark(scope);
  return (key) => encodeCursor(key, scope, scopeMark);
}

/** The key inside a cursor. */
export function decodeCursor(cursor: string, scope: string): string {
  const [scopeMark, ...key] = Buffer.from(cursor.slice(0, 400), 'base64url').toString('utf8').split('.');
  if (scopeMark === mark(scope) && key.length > 0) return key.join('.');
  throw badUserInput('after: not a cursor of this list', {
    argument: 'after',
    remedy: 'pass a cursor answered by the same query with the same arguments, or leave "after" out to start anew',
  });
}

import { createHash } from 'node:crypto';
import { storableText } from './payload.ts';

/**
 * The key under which a row is found: 128 bits of SHA-256 over the parts, each preceded by its length, as a UUID. Identifiers
 * and addresses of feeds have any length; an entry of a B-tree has at most 2,704 bytes. Said once more, in SQL, by the migration
 * that brought it (`0005_keys.sql`).
 */
export function rowKey(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts.map(storableText)) hash.update(`${Buffer.byteLength(part)}:${part}`);
  return hash
    .digest('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Of a raw record; without a part, of the main one. */
export const recordKey = (source: string, identifier: string, part = ''): string => rowKey(source, identifier, part);

/** Of a page of a source, whatever the run. */
export const placeKey = (source: string, url: string): string => rowKey(source, url);

/** Of a page of one run. */
export const pageKey = (run: string, url: string): string => rowKey(run, url);

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

/** A batch asks for the same keys several times. */
const recent = new Map<string, string>();
const MOST_RECENT = 2_000;

/** Of a raw record; without a part, of the main one. */
export function recordKey(source: string, identifier: string, part = ''): string {
  const asked = `${source}\0${identifier}\0${part}`;
  const known = recent.get(asked);
  if (known) return known;
  const key = rowKey(source, identifier, part);
  if (asked.length > 1_000) return key;
  if (recent.size >= MOST_RECENT) recent.clear();
  recent.set(asked, key);
  return key;
}

/** Of a page of a source, whatever the run. */
export const placeKey = (source: string, url: string): string => rowKey(source, url);

/** Of a page of one run. */
export const pageKey = (run: string, url: string): string => rowKey(run, url);

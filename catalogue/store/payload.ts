import { createHash } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/**
 * JSON that `jsonb` accepts: NUL and lone surrogates, which PostgreSQL cannot hold, are left out. Formats report
 * them where they matter; this is the last line, so that one bad character never fails a batch.
 */
export function storableJson(value: unknown, replacer?: (key: string, value: unknown) => unknown): string {
  const json = JSON.stringify(value, replacer);
  if (!json.includes('\\u')) return json;
  return json.replace(/(\\\\)|\\u(?:0000|d[89a-f][0-9a-f]{2})/gi, (_, pair: string | undefined) => pair ?? '');
}

/** The same for a plain text column. */
export const storableText = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/** JSON with sorted keys: the same for a document and for what `jsonb` gives back of it. */
export const canonicalJson = (value: unknown): string =>
  storableJson(value, (_, v: unknown) =>
    v && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  );

export const hashOf = (json: string): string => createHash('sha256').update(json).digest('base64url');

/** Raw records are kept as zstd-compressed JSON. */
export const pack = (json: string): Buffer => zstdCompressSync(json);
export const unpack = (raw: Uint8Array): unknown => JSON.parse(zstdDecompressSync(raw).toString('utf8'));

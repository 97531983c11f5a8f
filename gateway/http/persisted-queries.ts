import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { GraphParameters } from './graphql-request.ts';
import { Refusal } from './refusal.ts';

/** Texts that nobody has asked for lately give way beyond this. */
const MOST_BYTES = 8_000_000;

/** The text of a request, and what to do once it has proved valid. */
interface Resolved {
  query: unknown;
  keep?: () => void;
}

/**
 * Apollo's automatic persisted queries: a client sends the SHA-256 of a text, and the text itself only when we do not know it.
 * Nothing is shared with other processes and nothing outlives this one; a client whose text is gone sends it again.
 */
export function createPersistedQueries({ bytes = MOST_BYTES }: { bytes?: number } = {}) {
  const texts = new LRUCache<string, string>({
    maxSize: bytes,
    // A character may take two bytes; the hash and the entry itself some two hundred.
    sizeCalculation: (text) => text.length * 2 + 200,
  });
  return ({ query, extensions }: GraphParameters): Resolved => {
    const persisted = extensions?.persistedQuery;
    if (persisted == null) return { query };
    const { version, sha256Hash: hash } = Object(persisted) as { version?: unknown; sha256Hash?: unknown };
    if (version !== 1) {
      throw new Refusal(400, 'PersistedQueryNotSupported', 'send persistedQuery.version 1, or the query itself', {
        code: 'PERSISTED_QUERY_NOT_SUPPORTED',
      });
    }
    if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/i.test(hash)) {
      throw new Refusal(400, 'persistedQuery.sha256Hash is no SHA-256 in hex', 'send the SHA-256 of the query in hex');
    }
    if (typeof query === 'string' && query !== '') {
      if (createHash('sha256').update(query).digest('hex') !== hash) {
        throw new Refusal(
          400,
          'provided sha does not match query',
          'send the SHA-256 of exactly this text, in lower case',
        );
      }
      return { query, keep: () => void texts.set(hash, query) };
    }
    const known = texts.get(hash);
    if (known !== undefined) return { query: known };
    throw new Refusal(400, 'PersistedQueryNotFound', 'send the query with its hash once', {
      code: 'PERSISTED_QUERY_NOT_FOUND',
    });
  };
}

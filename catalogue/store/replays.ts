import { createHash } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import { type Batch, type Counts, createIngest } from './ingest.ts';
import { pack } from './payload.ts';
import type { Database } from './sql.ts';

/** A raw record as stored, its main record or a part of it. */
export interface StoredRaw {
  identifier: string;
  /** '' for the main record. */
  part: string;
  /** JSON text, to the letter. */
  json: string;
  path: string;
}

/** What a normaliser makes of a raw text is known by this. */
export const rawHash = (normaliser: string, json: string): string =>
  createHash('sha256').update(normaliser).update(json).digest('base64url');

/** Reading stored raw records anew. Nothing here says that a record was seen: `last_run` and `retrieved_at` stay. */
export function createReplays(db: Database) {
  return {
    /** How many main records a source has. */
    async count(source: string): Promise<number> {
      const [row] = await db.query<{ n: number }>(
        `select count(*)::int as n from observations where source = $1 and part = ''`,
        [source],
      );
      return row?.n ?? 0;
    },

    /** The identifier after which a replay goes on that has done `done` records. */
    async resumeAfter(source: string, done: number): Promise<string> {
      if (done <= 0) return '';
      const [row] = await db.query<{ identifier: string }>(
        `select identifier from observations where source = $1 and part = ''
          order by identifier collate "C" offset $2 limit 1`,
        [source, done - 1],
      );
      return row?.identifier ?? '';
    },

    /** The next raw records after `after`, with all their parts, by identifier. */
    async next(source: string, after: string, limit: number): Promise<StoredRaw[]> {
      const rows = await db.query<Omit<StoredRaw, 'json'> & { raw: Uint8Array }>(
        `select identifier, part, raw, path from observations
          where source = $1 and identifier in (
            select identifier from observations
             where source = $1 and part = '' and identifier collate "C" > $2 order by identifier collate "C" limit $3)
          order by identifier collate "C", part collate "C"`,
        [source, after, limit],
      );
      return rows.map(({ raw, ...row }) => ({ ...row, json: zstdDecompressSync(raw).toString('utf8') }));
    },

    /** Takes a replayed batch in and notes by which normaliser its raw records were read, at once. */
    apply: (
      batch: Batch,
      read: readonly {
        identifier: string;
        part: string;
        hash: string;
        /** The raw text where it is to be kept otherwise than it was. */
        json?: string;
        state: 'accepted' | 'rejected';
      }[],
    ): Promise<Counts> =>
      db.transaction(async (sql) => {
        const counts = await createIngest(sql).apply(batch);
        await sql.query(
          `update observations o set normaliser = $2, hash = r.hash, state = r.state,
             raw = coalesce(decode(r.raw, 'base64'), o.raw)
             from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) as r (identifier, part, hash, state, raw)
            where o.source = $1 and o.identifier = r.identifier and o.part = r.part`,
          [
            batch.source,
            batch.normaliser,
            read.map((r) => r.identifier),
            read.map((r) => r.part),
            read.map((r) => r.hash),
            read.map((r) => r.state),
            read.map((r) => (r.json === undefined ? null : pack(r.json).toString('base64'))),
          ],
        );
        return counts;
      }),
  };
}

import { createHash } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import type { Batch, Counts } from './batch.ts';
import { createIngest } from './ingest.ts';
import { pack } from './payload.ts';
import { recordKey } from './row-key.ts';
import type { Database } from './sql.ts';

/** A raw record as stored, its main record or a part of it. */
export interface StoredRaw {
  identifier: string;
  /** '' for the main record. */
  part: string;
  /** Of its main record, among those of the source. */
  place: number;
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

    /** The place after which a replay goes on that has done `done` records. */
    async resumeAfter(source: string, done: number): Promise<number> {
      if (done <= 0) return 0;
      const [row] = await db.query<{ n: number }>(
        `select n::float8 as n from observations where source = $1 and part = '' order by n offset $2 limit 1`,
        [source, done - 1],
      );
      return row?.n ?? 0;
    },

    /** The next raw records after the place `after`, with all their parts, in the order in which their main records came. */
    async next(source: string, after: number, limit: number): Promise<StoredRaw[]> {
      const rows = await db.query<Omit<StoredRaw, 'json'> & { raw: Uint8Array }>(
        `with mains as materialized (
           select key, n, identifier, part, raw, path from observations
            where source = $1 and n > $2 and part = '' order by n limit $3)
         select place, identifier, part, raw, path from (
           select n::float8 as place, identifier, part, raw, path from mains
           union all
           select m.n, p.* from mains m cross join lateral (
             select identifier, part, raw, path from observations where record = m.key and part <> '' offset 0) p) rows
          order by place, part collate "C"`,
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
        quarantined: boolean;
      }[],
    ): Promise<Counts> =>
      db.transaction(async (sql) => {
        const counts = await createIngest(sql).apply(batch);
        await sql.query(
          `update observations o set normaliser = $1, hash = r.hash, state = r.state,
                  raw = coalesce(decode(r.raw, 'base64'), o.raw), quarantined_at = case when r.quarantined then now() end
             from unnest($2::uuid[], $3::text[], $4::text[], $5::bool[], $6::text[]) as r (key, hash, state, quarantined, raw)
            where o.key = r.key`,
          [
            batch.normaliser,
            read.map((r) => recordKey(batch.source, r.identifier, r.part)),
            read.map((r) => r.hash),
            read.map((r) => r.state),
            read.map((r) => r.quarantined),
            read.map((r) => (r.json === undefined ? null : pack(r.json).toString('base64'))),
          ],
        );
        return counts;
      }),
  };
}

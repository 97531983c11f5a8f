import type { Database } from './sql.ts';

/** What one look at the first page of a source found: figures, nothing of a record. */
export interface SourceCheck {
  ok: boolean;
  /** What is wrong. */
  reason?: string;
  /** Status of HTTP; absent when nobody answered. */
  status?: number;
  mediaType?: string;
  /** Bytes that were read, unpacked. */
  bytes?: number;
  /** The format that claims the body; absent when none does. */
  format?: string;
  /** Pages that its sitemap leads to, the first of which was read. */
  pages?: number;
  /** Records on the page that was read. */
  records?: number;
  /** The page goes on after those that were counted. */
  cut?: true;
  /** How many records the feed says it has. */
  total?: number;
  /** Share (0–1) of the sixteen standard elements that the first records state. */
  stated?: number;
}

/** Figures of the last look at each source, for what has changed since. */
export function createSourceChecks(db: Database) {
  return {
    /** The last look at these sources, by id. */
    async last(sources: readonly string[]): Promise<Map<string, SourceCheck & { at: string }>> {
      const rows = await db.query<{ source: string; at: Date; found: SourceCheck }>(
        'select source, at, found from source_checks where source = any($1::text[])',
        [sources],
      );
      return new Map(rows.map(({ source, at, found }) => [source, { ...found, at: at.toISOString() }]));
    },

    /** Keeps what was found, in the place of what was found before. */
    async put(source: string, found: SourceCheck): Promise<void> {
      await db.query(
        `insert into source_checks (source, found) values ($1, $2::jsonb)
         on conflict (source) do update set found = excluded.found, at = now()`,
        [source, JSON.stringify(found)],
      );
    },
  };
}

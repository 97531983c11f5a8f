import type { PageLink } from './page-done.ts';
import type { Sql } from './sql.ts';

/** What a URL answered in its last clean read within a run that ended complete. */
export interface KnownResource {
  url: string;
  normaliser: string;
  finalUrl: string | null;
  etag: string | null;
  lastModified: string | null;
  hash: string;
  records: number;
  total: number | null;
  next: PageLink[];
  readAt: Date;
  /** How long ago that was, in seconds, by the store's clock; below 0: one of the two clocks was wrong. */
  age: number;
}

export async function knownResource(sql: Sql, source: string, url: string): Promise<KnownResource | undefined> {
  const [row] = await sql.query<KnownResource>(
    `select url, normaliser, final_url as "finalUrl", etag, last_modified as "lastModified", hash, records, total,
            next, read_at as "readAt",
            extract(epoch from now() - read_at)::float8 as age from resources where source = $1 and url = $2 and run is null`,
    [source, url],
  );
  return row;
}

/** Notes what the source of a run answered at a URL; it holds when the run has ended complete. */
export async function rememberResource(
  sql: Sql,
  run: string,
  url: string,
  resource: Omit<KnownResource, 'readAt' | 'age' | 'url'>,
): Promise<void> {
  await sql.query(
    `insert into resources (source, url, normaliser, etag, last_modified, hash, records, total, next, final_url, run)
     select source, $2, $3, $4, $5, $6, $7::int, $8::int, $9::jsonb, $10, $1 from runs where id = $1
     on conflict (source, url) do update set normaliser = excluded.normaliser, etag = excluded.etag,
       last_modified = excluded.last_modified, hash = excluded.hash, records = excluded.records,
       total = excluded.total, next = excluded.next, final_url = excluded.final_url, run = excluded.run,
       read_at = now()`,
    [
      run,
      url,
      resource.normaliser,
      resource.etag,
      resource.lastModified,
      resource.hash,
      resource.records,
      resource.total,
      JSON.stringify(resource.next),
      resource.finalUrl,
    ],
  );
}

/** What a URL answered before says nothing any more: it is read in full next time. */
export async function forgetResource(sql: Sql, run: string, url: string): Promise<void> {
  await sql.query('delete from resources r using runs where runs.id = $1 and r.source = runs.source and r.url = $2', [
    run,
    url,
  ]);
}

/** The run has ended complete: what it noted holds. */
export async function keepResources(sql: Sql, source: string, run: string): Promise<void> {
  await sql.query('update resources set run = null where source = $1 and run = $2', [source, run]);
}

import type { PageLink } from './page-link.ts';
import { placeKey } from './row-key.ts';
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
  /** Each of its records came for the first time in its run, and none was turned away: the same body again says the same. */
  plain: boolean;
  /** How many records a page has, as its server says. */
  size: number | null;
  readAt: Date;
  /** How long ago that was, in seconds, by the store's clock; below 0: one of the two clocks was wrong. */
  age: number;
}

export async function knownResource(sql: Sql, place: string): Promise<KnownResource | undefined> {
  const [row] = await sql.query<KnownResource>(
    `select p.url, p.normaliser, p.final_url as "finalUrl", p.etag, p.last_modified as "lastModified", p.hash, p.records,
            p.total, p.next, p.plain, p.size, p.read_at as "readAt", extract(epoch from now() - p.read_at)::float8 as age
       from resources p left join runs r on r.id = p.run where p.key = $1 and (p.run is null or r.state = 'complete')`,
    [place],
  );
  return row;
}

/** Notes what the source of a run answered at a URL; it holds when the run has ended complete. */
export async function rememberResource(
  sql: Sql,
  { run, source }: { run: string; source: string },
  url: string,
  resource: Omit<KnownResource, 'readAt' | 'age' | 'url'>,
): Promise<void> {
  await sql.query(
    `insert into resources (key, source, url, normaliser, etag, last_modified, hash, records, total, next, final_url, run,
       plain, size)
     values ($11, $12, $2, $3, $4, $5, $6, $7::int, $8::int, $9::jsonb, $10, $1, $13, $14::int)
     on conflict (key) do update set normaliser = excluded.normaliser, etag = excluded.etag,
       last_modified = excluded.last_modified, hash = excluded.hash, records = excluded.records,
       total = excluded.total, next = excluded.next, final_url = excluded.final_url, run = excluded.run,
       plain = excluded.plain, size = excluded.size, read_at = now()`,
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
      placeKey(source, url),
      source,
      resource.plain,
      resource.size,
    ],
  );
}

/** What these addresses answered before says nothing any more: they are read in full next time. */
export async function forgetResources(sql: Sql, places: readonly string[]): Promise<void> {
  if (places.length) await sql.query('delete from resources where key = any($1::uuid[])', [places]);
}

import { placeKey } from './row-key.ts';
import type { Database } from './sql.ts';

/** A page that says nothing is taken at its word after so many runs in a row that were read to their end, */
const RUNS = 3;
/** and not before so many days have gone by since the first of them (the source's `graceDays` if they are more). */
const DAYS = 7;
/** Addresses in one statement. */
const CHUNK = 1_000;

/** Whether the place `$8` gave records of which none came in run `$9`. Part of the statement that ends a page. */
export const STOOD_THERE = `exists (
  select 1 from (select key from observations where page_key = $8 and part = '' and last_run <> $9 offset 0) o
   cross join lateral (select 1 from credentials where observation = o.key and status <> 'withdrawn'
                          and merged_into is null offset 0) as shown)`;

/** Pages that fell silent, and what becomes of their records. */
export function createSilentPages(db: Database) {
  return {
    /** The silent pages of a run, and how many of its pages of the site gave records. */
    async of(run: string): Promise<{ silent: string[]; speaking: number }> {
      const [row] = await db.query<{ silent: string[]; speaking: number }>(
        `select coalesce(array_agg(url order by position) filter (where silent), '{}') as silent,
                count(*) filter (where not silent)::int as speaking
           from pages where run = $1 and role = 'page' and (silent or records > 0)`,
        [run],
      );
      return row ?? { silent: [], speaking: 0 };
    },

    /**
     * Records of silent pages stay as they are, neither seen nor gone, until the page has been silent long enough. To be called for
     * a run that is read to its end, before it is swept; safe to call again.
     */
    keep: (run: string, source: string, urls: readonly string[], graceDays: number): Promise<void> =>
      db.transaction(async (sql) => {
        for (let from = 0; from < urls.length; from += CHUNK) {
          const chunk = urls.slice(from, from + CHUNK);
          const kept = await sql.query<{ place: string }>(
            `with heard as (
               insert into silences as s (source, place, run) select $2, place, $1 from unnest($3::uuid[]) as u (place)
               on conflict (place) do update set run = excluded.run,
                 runs = s.runs + case when s.run = excluded.run then 0 else 1 end
               returning place, since, runs)
             select place from heard where runs < $4 or since > now() - make_interval(days => $5)`,
            [run, source, chunk.map((url) => placeKey(source, url)), RUNS, Math.max(DAYS, graceDays)],
          );
          await sql.query('update observations set last_run = $1 where page_key = any($2::uuid[]) and last_run <> $1', [
            run,
            kept.map(({ place }) => place),
          ]);
        }
        // What speaks again, is gone or is no longer named begins anew.
        await sql.query('delete from silences where source = $1 and run <> $2', [source, run]);
      }),
  };
}

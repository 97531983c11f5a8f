import type { Problem } from '../../schema/index.ts';
import { savePageProblems } from './save-problems.ts';
import type { Database, Sql } from './sql.ts';

/** A page that says nothing is taken at its word after so many runs in a row that were read to their end, */
const RUNS = 3;
/** and not before so many days have gone by since the first of them (the source's `graceDays` if they are more). */
const DAYS = 7;
/** Addresses in one statement. */
const CHUNK = 1_000;

/**
 * Notes, inside the transaction that ends a page which gave no record of its own, that it gave some when it was last read to its end:
 * then `problem` is told. Answers whether it is so.
 */
export async function noteSilence(sql: Sql, run: string, url: string, problem: Problem): Promise<boolean> {
  const [stood] = await sql.query(
    `select 1 from runs r, observations o,
            lateral (select 1 from credentials c
                      where c.source = o.source and c.identifier = o.identifier and c.status <> 'withdrawn'
                        and c.merged_into is null offset 0) as shown
      where r.id = $1 and o.source = r.source and o.page = $2 and o.part = '' and o.last_run <> $1 limit 1`,
    [run, url],
  );
  if (!stood) return false;
  await sql.query('update pages set silent = true where run = $1 and url = $2', [run, url]);
  await savePageProblems(sql, run, [problem]);
  return true;
}

/** Pages that fell silent, and what becomes of their records. */
export function createSilentPages(db: Database) {
  return {
    /** The silent pages of a run, and how many of its pages of the site gave records. */
    async of(run: string): Promise<{ silent: string[]; speaking: number }> {
      const rows = await db.query<{ url: string; silent: boolean }>(
        `select url, silent from pages where run = $1 and role = 'page' and (silent or records > 0) order by position`,
        [run],
      );
      const silent = rows.filter((row) => row.silent).map((row) => row.url);
      return { silent, speaking: rows.length - silent.length };
    },

    /**
     * Records of silent pages stay as they are, neither seen nor gone, until the page has been silent long enough. To be called for
     * a run that is read to its end, before it is swept; safe to call again.
     */
    keep: (run: string, source: string, urls: readonly string[], graceDays: number): Promise<void> =>
      db.transaction(async (sql) => {
        for (let from = 0; from < urls.length; from += CHUNK) {
          const chunk = urls.slice(from, from + CHUNK);
          const kept = await sql.query<{ url: string }>(
            `with heard as (
               insert into silences as s (source, url_hash, run)
               select $2, sha256(convert_to(url, 'UTF8')), $1 from unnest($3::text[]) as u (url)
               on conflict (source, url_hash) do update set run = excluded.run,
                 runs = s.runs + case when s.run = excluded.run then 0 else 1 end
               returning url_hash, since, runs)
             select u.url from unnest($3::text[]) as u (url) join heard on heard.url_hash = sha256(convert_to(u.url, 'UTF8'))
              where heard.runs < $4 or heard.since > now() - make_interval(days => $5)`,
            [run, source, chunk, RUNS, Math.max(DAYS, graceDays)],
          );
          await sql.query(
            `update observations o set last_run = $1 from unnest($3::text[]) as u (url)
              where o.source = $2 and o.page = u.url and o.last_run <> $1`,
            [run, source, kept.map(({ url }) => url)],
          );
        }
        // What speaks again, is gone or is no longer named begins anew.
        await sql.query('delete from silences where source = $1 and run <> $2', [source, run]);
      }),
  };
}

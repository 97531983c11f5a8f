import type { Problem } from '../../schema/index.ts';
import { forgetResource, type KnownResource, rememberResource } from './resources.ts';
import { holdRun } from './run-fence.ts';
import { leaveBehind } from './save-observations.ts';
import { savePageProblems } from './save-problems.ts';
import { STOOD_THERE } from './silent-pages.ts';
import type { Sql } from './sql.ts';

/** Where a page leads. */
export interface PageLink {
  url: string;
  role?: string;
  modified?: string;
}

/** How reading a page ended. */
export interface PageEnd {
  next: readonly PageLink[];
  cost: { requests: number; bytes: number };
  /** How many records the feed says it has in all. */
  total?: number;
  hash?: string;
  /** Records that its last full read gave, when the page has not changed since. */
  unmodified?: number;
  /** Why the page counts as failed, though what it gave is taken in. */
  broken?: string;
  /** What is remembered of its address for the next run; `null`: nothing, and what was is forgotten. */
  resource?: Omit<KnownResource, 'readAt' | 'age' | 'url'> | null;
  /** What is told of the page itself. */
  problems?: readonly Problem[];
  /**
   * Told when the page, which gave no record of its own, is known to have given some; it is then read in full next time.
   * `ledTo`: it gave records, but those of this other address, if that is a page of the run itself.
   */
  silence?: Problem;
  ledTo?: string;
  /** Who must still hold the run. */
  owner?: string;
}

/**
 * Marks a page read, or broken, and queues where it leads, in the caller's transaction: a crash leaves all of it or
 * nothing. Answers how many pages are new.
 */
export async function endPage(sql: Sql, run: string, url: string, end: PageEnd): Promise<number> {
  await holdRun(sql, run, end.owner);
  const [page] = await sql.query<{ silent: boolean }>(
    `update pages set total = $3, hash = $4, records = coalesce($5, records), suspect = null, strikes = 0,
            state = case when state <> 'queued' then state when $6::text is not null then 'failed'
                         when $5 is null then 'done' else 'unmodified' end,
            reason = coalesce($6, reason), silent = $7::boolean and ${STOOD_THERE}
              and ($8::text is null or exists (select 1 from pages as own where own.run = $1 and own.url = $8))
      where run = $1 and url = $2 returning silent`,
    [
      run,
      url,
      end.total ?? null,
      end.hash ?? null,
      end.unmodified ?? null,
      end.broken ?? null,
      end.silence !== undefined,
      end.ledTo ?? null,
    ],
  );
  const silent = page?.silent ?? false;
  const problems = [...(end.problems ?? []), ...(silent && end.silence ? [end.silence] : [])];
  if (problems.length) await savePageProblems(sql, run, problems);
  if (end.resource && !silent) {
    await rememberResource(sql, run, url, end.resource);
    await leaveBehind(sql, run, url);
  }
  if (end.resource === null || silent) await forgetResource(sql, run, url);
  await addCost(sql, run, end.cost);
  return queuePages(sql, run, end.next);
}

export async function addCost(sql: Sql, run: string, { requests, bytes }: PageEnd['cost']): Promise<void> {
  await sql.query('update runs set requests = requests + $2, bytes = bytes + $3 where id = $1', [run, requests, bytes]);
}

/** Adds pages to a run's frontier, dropping those it has already. Answers how many are new. */
export async function queuePages(sql: Sql, run: string, links: readonly PageLink[]): Promise<number> {
  if (!links.length) return 0;
  const rows = await sql.query(
    `insert into pages (run, url, role, modified)
     select $1, r.url, nullif(r.role, ''), nullif(r.modified, '')
       from unnest($2::text[], $3::text[], $4::text[]) with ordinality as r (url, role, modified, n) order by n
     on conflict (run, url) do nothing returning url`,
    [run, links.map((l) => l.url), links.map((l) => l.role ?? ''), links.map((l) => l.modified ?? '')],
  );
  return rows.length;
}

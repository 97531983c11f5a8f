import type { Problem } from '../../schema/index.ts';
import type { PageLink } from './page-link.ts';
import { forgetResources, type KnownResource, rememberResource } from './resources.ts';
import { pageKey, placeKey, rowKey } from './row-key.ts';
import { holdRun } from './run-fence.ts';
import { leaveBehind } from './save-observations.ts';
import { savePageProblems } from './save-problems.ts';
import { STOOD_THERE } from './silent-pages.ts';
import type { Sql } from './sql.ts';

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
  const source = await holdRun(sql, run, end.owner);
  const place = placeKey(source, url);
  const [page] = await sql.query<{ silent: boolean }>(
    `update pages set total = $2, hash = $3, body = $4, records = coalesce($5, records), suspect = null, strikes = 0,
            state = case when state <> 'queued' then state when $6::text is not null then 'failed'
                         when $5 is null then 'done' else 'unmodified' end,
            reason = coalesce($6, reason), silent = $7::boolean and ${STOOD_THERE}
              and ($10::uuid is null or exists (select 1 from pages as own where own.key = $10))
      where key = $1 returning silent`,
    [
      pageKey(run, url),
      end.total ?? null,
      end.hash ?? null,
      end.hash === undefined ? null : rowKey(run, end.hash),
      end.unmodified ?? null,
      end.broken ?? null,
      end.silence !== undefined,
      place,
      run,
      end.ledTo === undefined ? null : pageKey(run, end.ledTo),
    ],
  );
  const silent = page?.silent ?? false;
  const problems = [...(end.problems ?? []), ...(silent && end.silence ? [end.silence] : [])];
  if (problems.length) await savePageProblems(sql, run, problems);
  if (end.resource && !silent) {
    await rememberResource(sql, { run, source }, url, end.resource);
    await leaveBehind(sql, run, place);
  }
  if (end.resource === null || silent) await forgetResources(sql, [place]);
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
    `insert into pages (run, key, url, role, modified)
     select $1, r.key, r.url, nullif(r.role, ''), nullif(r.modified, '')
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) with ordinality as r (key, url, role, modified, n) order by n
     on conflict (key) do nothing returning key`,
    [
      run,
      links.map((l) => pageKey(run, l.url)),
      links.map((l) => l.url),
      links.map((l) => l.role ?? ''),
      links.map((l) => l.modified ?? ''),
    ],
  );
  return rows.length;
}

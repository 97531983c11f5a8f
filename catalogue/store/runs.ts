import type { RunSummary } from '../catalogue.ts';
import { clearHolds } from './holds.ts';
import { addCost, endPage, type PageEnd, type PageLink } from './page-done.ts';
import { forgetResource, keepResources, knownResource } from './resources.ts';
import { holdRun } from './run-fence.ts';
import { setSourceState, stateAfter } from './source-state.ts';
import type { Database } from './sql.ts';

export type { PageLink };

/** A page of a run's frontier. */
export interface QueuedPage {
  url: string;
  role: string | null;
  modified: string | null;
  /** Records of this page already taken in by an earlier, interrupted attempt. */
  records: number;
  attempts: number;
}

/** How far a run's pages have come. `total` is what the feed says it has, `records` what its pages gave; follow-up pages (offerings, …) are left out. */
export interface PageCounts {
  read: number;
  failed: number;
  queued: number;
  firstFailure: string | null;
  records: number;
  total: number | null;
}

export const RUN_COLUMNS = `id, source, format, trigger, state, reason, started_at as "startedAt", finished_at as "finishedAt", seen, created,
  updated, unchanged, missing, withdrawn, rejected, problems, requests, bytes`;

export type RunRow = Omit<RunSummary, 'startedAt' | 'finishedAt' | 'reason'> & {
  startedAt: Date;
  finishedAt: Date | null;
  reason: string | null;
};

export const toRunSummary = (row: RunRow): RunSummary => ({
  ...row,
  bytes: Number(row.bytes),
  startedAt: row.startedAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString(),
  reason: row.reason ?? undefined,
});

/** How often each rule was reported in run `$1`, and the records it rejected (the first thousand). */
export const FINDINGS = `
  select jsonb_build_object(
    'rules', (select coalesce(jsonb_object_agg(rule, n), '{}') from (
       select severity || ' ' || rule as rule, count(*) as n from problems where run = $1 group by 1) r),
    'rejected', (select coalesce(jsonb_agg(jsonb_build_object('identifier', identifier, 'rule', rule) order by id), '[]') from (
       select id, identifier, rule from problems where run = $1 and severity = 'rejected' order by id limit 1000) r))`;

/** Runs live here; the queue only says "continue run X". */
export function createRuns(db: Database) {
  return {
    async get(id: string): Promise<RunSummary | undefined> {
      const [row] = await db.query<RunRow>(`select ${RUN_COLUMNS} from runs where id = $1`, [id]);
      return row && toRunSummary(row);
    },

    /** Takes the run for `owner` for `seconds`; false when somebody else is alive on it. Renewing is taking it again. */
    async lease(id: string, owner: string, seconds: number): Promise<boolean> {
      const rows = await db.query(
        `update runs set lease_owner = $2, lease_until = now() + make_interval(secs => $3)
          where id = $1 and state = 'running' and (lease_owner is null or lease_owner = $2 or lease_until < now())
          returning id`,
        [id, owner, seconds],
      );
      return rows.length > 0;
    },

    async release(id: string, owner: string): Promise<void> {
      await db.query('update runs set lease_owner = null, lease_until = null where id = $1 and lease_owner = $2', [
        id,
        owner,
      ]);
    },

    /** Runs nobody is alive on: started, not ended, lease run out. */
    async orphaned(): Promise<{ id: string; source: string }[]> {
      return db.query(
        `select id, source from runs where state = 'running' and (lease_until is null or lease_until < now())`,
      );
    },

    /** The next page to read, in the order in which pages were found. */
    async nextPage(id: string): Promise<QueuedPage | undefined> {
      const [page] = await db.query<QueuedPage>(
        `update pages set attempts = attempts + 1 where run = $1 and position =
           (select position from pages where run = $1 and state = 'queued' order by position limit 1)
         returning url, role, modified, records, attempts`,
        [id],
      );
      return page;
    },

    /** The page that `nextPage` would give if `url` were read already; nothing is noted. */
    async pageAfter(id: string, url: string): Promise<QueuedPage | undefined> {
      const [page] = await db.query<QueuedPage>(
        `select url, role, modified, records, attempts from pages
          where run = $1 and state = 'queued' and url <> $2 order by position limit 1`,
        [id, url],
      );
      return page;
    },

    /**
     * The page was begun, and that its reading ended had another reason than the death of the process: it does not count, nor
     * does the record that was in hand.
     */
    async giveBack(id: string, url: string, inHand?: number): Promise<void> {
      await db.query(
        `update pages set attempts = greatest(attempts - 1, 0),
                strikes = case when suspect / 2 = $3::int then greatest(strikes - 1, 0) else strikes end
          where run = $1 and url = $2`,
        [id, url, inHand ?? null],
      );
    },

    /** Marks a page read and queues where it leads, dropping what this run has already. Answers how many are new. */
    pageDone: (run: string, url: string, end: PageEnd): Promise<number> =>
      db.transaction((sql) => endPage(sql, run, url, end)),

    /** Requests of a run that belong to no page it read. */
    addCost: (run: string, cost: PageEnd['cost']): Promise<void> => addCost(db, run, cost),

    /** Which of these pages the run has read, or failed to read, already. */
    async alreadyRead(run: string, urls: readonly string[]): Promise<string[]> {
      const rows = await db.query<{ url: string }>(
        `select url from pages where run = $1 and url = any($2::text[]) and state <> 'queued'`,
        [run, urls],
      );
      return rows.map((row) => row.url);
    },

    /**
     * Notes which record of a page that killed its worker before is in hand: being read out of the page (`reread`: once more
     * by the same worker), then being taken in. Answers how often reading it was begun, this time included, and whether
     * taking it in ever was.
     */
    async recordInHand(
      run: string,
      url: string,
      record: number,
      step: 'read' | 'reread' | 'take',
    ): Promise<{ starts: number; taken: boolean }> {
      const [page] = await db.query<{ strikes: number; suspect: number }>(
        `update pages set strikes = case when suspect / 2 <> $3 or suspect is null then 1 else strikes + $5 end,
                suspect = case when suspect / 2 = $3 then greatest(suspect, 2 * $3 + $4) else 2 * $3 + $4 end
          where run = $1 and url = $2 returning strikes, suspect`,
        [run, url, record, step === 'take' ? 1 : 0, step === 'read' ? 1 : 0],
      );
      return { starts: page?.strikes ?? 1, taken: (page?.suspect ?? 0) % 2 === 1 };
    },

    /** The page read earlier in this run whose body was the same. */
    async sameBody(run: string, url: string, hash: string): Promise<string | undefined> {
      const [page] = await db.query<{ url: string }>(
        'select url from pages where run = $1 and url <> $2 and hash = $3 order by position limit 1',
        [run, url, hash],
      );
      return page?.url;
    },

    /** How many records of a page are taken in: the cursor to go on from. */
    async recordsOf(run: string, url: string): Promise<number> {
      const [page] = await db.query<{ records: number }>('select records from pages where run = $1 and url = $2', [
        run,
        url,
      ]);
      return page?.records ?? 0;
    },

    async pageCounts(run: string): Promise<PageCounts> {
      const [row] = await db.query<PageCounts>(
        `select count(*) filter (where state in ('done', 'unmodified'))::int as read,
                count(*) filter (where state = 'failed')::int as failed,
                count(*) filter (where state = 'queued')::int as queued,
                (array_agg(reason order by position) filter (where state = 'failed'))[1] as "firstFailure",
                coalesce(sum(records) filter (where main), 0)::int as records, max(total) filter (where main) as total
           from (select *, role is null or role = 'page' or role like 'part of %' as main from pages where run = $1) p`,
        [run],
      );
      return row ?? { read: 0, failed: 0, queued: 0, firstFailure: null, records: 0, total: null };
    },

    /** Ends a run; how the source stands, and what that does to its hold, goes with it. A replay says nothing of the source. */
    finish: (
      id: string,
      state: RunSummary['state'],
      reason: string | undefined,
      swept: { missing: number; withdrawn: number },
      owner?: string,
    ): Promise<RunSummary> =>
      db.transaction(async (sql) => {
        await holdRun(sql, id, owner);
        const [row] = await sql.query<RunRow>(
          `update runs set state = $2, reason = $3, missing = $4, withdrawn = $5, finished_at = now(),
                  lease_owner = null, lease_until = null, findings = (${FINDINGS})
            where id = $1 returning ${RUN_COLUMNS}`,
          [id, state, reason ?? null, swept.missing, swept.withdrawn],
        );
        if (!row) throw new Error(`run ${id} is not in the store`);
        if (row.trigger !== 'replay') {
          await setSourceState(sql, row.source, stateAfter(state), id);
          if (state === 'complete') {
            await clearHolds(sql, row.source, id, 'recovered');
            await keepResources(sql, row.source, id);
          }
        }
        return toRunSummary(row);
      }),

    /** What a URL of the source answered when it was last read cleanly in a run that ended complete. */
    knownResource: (source: string, url: string) => knownResource(db, source, url),

    /** From here on the store holds something between the last clean read of the page and this one. */
    forgetResource: (run: string, url: string) => forgetResource(db, run, url),
  };
}

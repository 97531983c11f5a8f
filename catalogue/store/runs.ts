import type { RunSummary } from '../catalogue.ts';
import { clearHolds } from './holds.ts';
import { addCost, endPage, type PageEnd } from './page-done.ts';
import type { PageLink } from './page-link.ts';
import { forgetResources, knownResource } from './resources.ts';
import { pageKey, placeKey, rowKey } from './row-key.ts';
import { holdRun } from './run-fence.ts';
import { findingsOf } from './run-findings.ts';
import { createRunLeases } from './run-leases.ts';
import { setSourceState, settle, stateAfter } from './source-state.ts';
import type { Database } from './sql.ts';
import { buryTombstones } from './tombstones.ts';

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
  updated, unchanged, missing, withdrawn, rejected, problems, requests, bytes, since as "changesSince"`;

export type RunRow = Omit<RunSummary, 'startedAt' | 'finishedAt' | 'reason' | 'changesSince'> & {
  changesSince: Date | null;
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
  changesSince: row.changesSince?.toISOString(),
});

/** Runs live here; the queue only says "continue run X". */
export function createRuns(db: Database) {
  return {
    async get(id: string): Promise<RunSummary | undefined> {
      const [row] = await db.query<RunRow>(`select ${RUN_COLUMNS} from runs where id = $1`, [id]);
      return row && toRunSummary(row);
    },

    ...createRunLeases(db),

    /**
     * When the source was last read with proof, and when it was last read whole with proof, if that is not longer ago than
     * `days`: only then can a run do with what has changed since.
     */
    async readWith(
      source: string,
      reads: string,
      normaliser: string,
      days: number,
    ): Promise<{ last: Date; whole: Date } | undefined> {
      const [row] = await db.query<{ last: Date | null; whole: Date | null }>(
        `select max(started_at) as last, max(started_at) filter (where since is null) as whole from (
           select started_at, since, state, trigger, reads, normaliser from runs where source = $1
            order by started_at desc limit 1000) r
          where state = 'complete' and trigger <> 'replay' and reads = $2 and normaliser = $3
         having max(started_at) filter (where since is null) > now() - make_interval(secs => $4)`,
        [source, reads, normaliser, days * 86_400],
      );
      return row?.last && row.whole ? { last: row.last, whole: row.whole } : undefined;
    },

    /** A page delivered changes: the run proves nothing of what they do not name. They are those since the last run with proof, or since ever. */
    async onlyChanges(id: string): Promise<void> {
      await db.query(
        `update runs r set since = coalesce(since, (
           select max(started_at) from (select started_at, state, trigger from runs where source = r.source
             order by started_at desc limit 1000) e where state = 'complete' and trigger <> 'replay'), 'epoch')
          where id = $1`,
        [id],
      );
    },

    /** The next page to read, in the order in which pages were found. */
    async nextPage(id: string): Promise<QueuedPage | undefined> {
      const [page] = await db.query<QueuedPage>(
        `update pages set attempts = attempts + 1 where key =
           (select key from pages where run = $1 and state = 'queued' order by position limit 1)
         returning url, role, modified, records, attempts`,
        [id],
      );
      return page;
    },

    /** The page that `nextPage` would give if `url` were read already; nothing is noted. */
    async pageAfter(id: string, url: string): Promise<QueuedPage | undefined> {
      const [page] = await db.query<QueuedPage>(
        `select url, role, modified, records, attempts from pages
          where run = $1 and state = 'queued' and key <> $2 order by position limit 1`,
        [id, pageKey(id, url)],
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
                strikes = case when suspect / 2 = $2::int then greatest(strikes - 1, 0) else strikes end
          where key = $1`,
        [pageKey(id, url), inHand ?? null],
      );
    },

    /** The page is left in the midst, on purpose: that is no attempt. What it has cost so far is the run's. */
    async leavePage(id: string, url: string, cost: PageEnd['cost'], inHand?: number): Promise<void> {
      await this.giveBack(id, url, inHand);
      if (cost.requests) await addCost(db, id, cost);
    },

    /** Marks a page read and queues where it leads, dropping what this run has already. Answers how many are new. */
    pageDone: (run: string, url: string, end: PageEnd): Promise<number> =>
      db.transaction((sql) => endPage(sql, run, url, end)),

    /** Requests of a run that belong to no page it read. */
    addCost: (run: string, cost: PageEnd['cost']): Promise<void> => addCost(db, run, cost),

    /** Which of these pages the run has read, or failed to read, already. */
    async alreadyRead(run: string, urls: readonly string[]): Promise<string[]> {
      const rows = await db.query<{ url: string }>(
        `select url from pages where key = any($1::uuid[]) and state <> 'queued'`,
        [urls.map((url) => pageKey(run, url))],
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
        `update pages set strikes = case when suspect / 2 <> $2 or suspect is null then 1 else strikes + $4 end,
                suspect = case when suspect / 2 = $2 then greatest(suspect, 2 * $2 + $3) else 2 * $2 + $3 end
          where key = $1 returning strikes, suspect`,
        [pageKey(run, url), record, step === 'take' ? 1 : 0, step === 'read' ? 1 : 0],
      );
      return { starts: page?.strikes ?? 1, taken: (page?.suspect ?? 0) % 2 === 1 };
    },

    /** The page read earlier in this run whose body was the same. */
    async sameBody(run: string, url: string, hash: string): Promise<string | undefined> {
      const [page] = await db.query<{ url: string }>(
        'select url from pages where body = $1 and key <> $2 order by position limit 1',
        [rowKey(run, hash), pageKey(run, url)],
      );
      return page?.url;
    },

    /** How many records of a page are taken in: the cursor to go on from. */
    async recordsOf(run: string, url: string): Promise<number> {
      const [page] = await db.query<{ records: number }>('select records from pages where key = $1', [
        pageKey(run, url),
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
    async finish(
      id: string,
      state: RunSummary['state'],
      reason: string | undefined,
      owner?: string,
    ): Promise<RunSummary> {
      const findings = await findingsOf(db, id);
      return db.transaction(async (sql) => {
        await holdRun(sql, id, owner);
        const [row] = await sql.query<RunRow>(
          `update runs set state = $2, reason = $3, finished_at = now(), findings = $4::jsonb
            where id = $1 returning ${RUN_COLUMNS}`,
          [id, state, reason ?? null, JSON.stringify(findings)],
        );
        if (!row) throw new Error(`run ${id} is not in the store`);
        await sql.query('delete from run_leases where run = $1', [id]);
        await buryTombstones(sql, id);
        if (row.trigger !== 'replay') {
          if (state === 'complete') await clearHolds(sql, row.source, id, 'recovered');
          await setSourceState(sql, row.source, stateAfter(state), id);
          if (state === 'complete') await settle(sql, row.source);
        }
        return toRunSummary(row);
      });
    },

    /** What a URL of the source answered when it was last read cleanly in a run that ended complete. */
    knownResource: (source: string, url: string) => knownResource(db, placeKey(source, url)),

    /** From here on the store holds something between the last clean read of the page and this one. */
    forgetResource: (source: string, url: string) => forgetResources(db, [placeKey(source, url)]),
  };
}

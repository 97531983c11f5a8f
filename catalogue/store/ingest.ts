import type { Credential, Problem, Provider, Rejection } from '../../schema/index.ts';
import { takeTurn } from './changes.ts';
import { noteCompositions, settleCompositions } from './compositions.ts';
import { endPage, type PageEnd } from './page-done.ts';
import { hashOf, storableJson, unpack } from './payload.ts';
import { pageKey, placeKey, recordKey } from './row-key.ts';
import { holdRun } from './run-fence.ts';
import { restore, saveCredentials } from './save-credentials.ts';
import { saveObservations } from './save-observations.ts';
import { carryProblems, saveProblems } from './save-problems.ts';
import { saveProviders } from './save-providers.ts';
import type { Sql } from './sql.ts';
import { letGoOfText, noteTwice } from './twice.ts';

/** What the store last saw of one raw record. */
export interface KnownObservation {
  identifier: string;
  part: string;
  hash: string;
  normaliser: string;
  state: 'accepted' | 'rejected';
  lastRun: string;
  /** Where it was last read; '' when that page has it no longer. */
  page: string;
  /** Another text under its identifier was turned away before. */
  twice: boolean;
  /** It was quarantined a while ago: it may be tried once more. */
  tryAgain: boolean;
}

export interface ObservedRecord {
  identifier: string;
  /** '' for the main record. */
  part: string;
  hash: string;
  /** JSON of the raw record; absent when it is the one the store has. */
  json?: string;
  path: string;
  state: 'accepted' | 'rejected';
  quarantined?: boolean;
}

export interface RecordReport {
  identifier: string | null;
  problems: Problem[];
  rejection?: Rejection;
  /** Adds to what is known of the record instead of replacing it. */
  keep?: boolean;
}

/** A batch of one page, to be taken in whole or not at all. */
export interface Batch {
  run: string;
  source: string;
  page: string;
  normaliser: string;
  /** Records of the page read so far, this batch included: the cursor to resume from. */
  cursor: number;
  observations: ObservedRecord[];
  /** Addresses at which these records stood before, and now do not. */
  leftPages: string[];
  /** Records to be put together anew when the run has read everything; `counted`: as what their main record is counted so far. */
  compositions: { identifier: string; counted?: 'updated' }[];
  /** Records of the run's compositions that this batch puts together; no state where the main record is not there yet. */
  composed?: { identifier: string; state: 'accepted' | 'rejected' | undefined }[];
  /** Main records the feed states again to the letter (identifier); a record may have been missing meanwhile. */
  unchanged: string[];
  /** Newly normalised credentials; `counted` says that the main record itself was read in this batch. */
  credentials: { record: Credential; counted: boolean }[];
  providers: Provider[];
  /** Raw records that are no credential by themselves: parts, and bodies that only give providers. */
  others: { created: number; updated: number; unchanged: number };
  reports: RecordReport[];
  /** Records read again to the letter: what was wrong with them still is, and is this run's finding too. */
  stillReported: string[];
  /** Raw records of the store under whose identifier another text was turned away. */
  twice?: { identifier: string; part: string }[];
  /** Raw records rejected in this batch, faults included. */
  rejected: number;
  /** Raw records (parts are records too) and faults read in this batch. */
  seen: number;
  /** Who must still hold the run for the batch to be taken in. */
  owner?: string;
  /** The feed was not read: nothing in this batch says that a record which is missing or withdrawn is there again. */
  fromStore?: true;
}

export interface Counts {
  seen: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  problems: number;
}

/** A record that ended its worker is left alone for so long. */
const QUARANTINE = '1 day';

/** The write side of the store for harvesting: batches in, changes out, each batch one transaction. */
export function createIngest(db: Sql) {
  return {
    /** What is known of these raw records. One statement. */
    async known(source: string, items: readonly { identifier: string; part: string }[]): Promise<KnownObservation[]> {
      return db.query<KnownObservation>(
        `select identifier, part, hash, normaliser, state, last_run as "lastRun", page, twice_run is not null as twice,
                coalesce(quarantined_at < now() - interval '${QUARANTINE}', false) as "tryAgain"
           from observations where key = any($1::uuid[])`,
        [items.map(({ identifier, part }) => recordKey(source, identifier, part))],
      );
    },

    /** Which of these records have parts. One statement, whatever the number of parts. */
    async withParts(source: string, identifiers: readonly string[]): Promise<string[]> {
      const rows = await db.query<{ identifier: string }>(
        `select p.identifier from unnest($1::uuid[]) as r (record) cross join lateral (
           select identifier from observations where record = r.record and part <> '' limit 1) p`,
        [identifiers.map((identifier) => recordKey(source, identifier))],
      );
      return rows.map((row) => row.identifier);
    },

    /** The raw records of these identifiers in key order, with their parts (those seen in a run, if it is given). One statement. */
    async raw(source: string, identifiers: readonly string[], seenIn?: string) {
      const rows = await db.query<{ identifier: string; part: string; raw: Uint8Array }>(
        `select identifier, part, raw from (
           select identifier, part, raw from observations where key = any($1::uuid[])
           union all
           select o.identifier, o.part, o.raw from unnest($1::uuid[]) as r (record) cross join lateral (
             select identifier, part, raw, state, last_run from observations where record = r.record and part <> '' offset 0) o
            where o.state = 'accepted' and ($2::text is null or o.last_run = $2)) raws
          order by identifier collate "C", part collate "C"`,
        [identifiers.map((identifier) => recordKey(source, identifier)), seenIn ?? null],
      );
      return rows.map((row) => ({ identifier: row.identifier, part: row.part, raw: unpack(row.raw) }));
    },

    /** A quarantined record is about to be tried once more: if that ends the worker, it was its turn for a while. */
    async tries(source: string, identifier: string): Promise<void> {
      await db.query('update observations set quarantined_at = now() where key = $1 and quarantined_at is not null', [
        recordKey(source, identifier),
      ]);
    },

    /** What taking the batch in would count; nothing is written. */
    async compare(batch: Batch): Promise<Omit<Counts, 'problems'>> {
      const stored = await db.query<{ id: string; hash: string; status: string }>(
        'select id, hash, status from credentials where id = any($1::text[])',
        [batch.credentials.map(({ record }) => record.id)],
      );
      const before = new Map(stored.map((row) => [row.id, row]));
      const counts = { ...batch.others, seen: batch.seen, rejected: batch.rejected };
      counts.unchanged += batch.unchanged.length;
      for (const { record, counted } of batch.credentials) {
        if (!counted) continue;
        const old = before.get(record.id);
        if (!old) counts.created++;
        else if (old.hash !== hashOf(storableJson(record)) || old.status !== 'live') counts.updated++;
        else counts.unchanged++;
      }
      return counts;
    },

    async liveIdentifiers(source: string): Promise<string[]> {
      const rows = await db.query<{ identifier: string }>(
        `select identifier from credentials where source = $1 and status = 'live'`,
        [source],
      );
      return rows.map((row) => row.identifier);
    },

    /** Takes a batch in: raw records, documents, alternates, changes, problems, cursor and counters at once. */
    apply: (batch: Batch): Promise<Counts> => db.transaction((sql) => applyBatch(sql, batch)),

    /** At the end of a run: records of which only another text came than the one that stays (see `twice.ts`). */
    letGoOfText: (run: string): Promise<void> => letGoOfText(db, run),

    /** A page that has not changed since its last clean read: everything read there counts as seen. */
    unmodified: (run: string, source: string, url: string, end: PageEnd): Promise<Counts> =>
      db.transaction(async (sql) => {
        await holdRun(sql, run, end.owner);
        const counts = await applyUnmodified(sql, run, source, url);
        await endPage(sql, run, url, end);
        return counts;
      }),
  };
}

async function applyBatch(sql: Sql, batch: Batch): Promise<Counts> {
  await holdRun(sql, batch.run, batch.owner);
  await saveObservations(sql, batch);
  await noteTwice(sql, batch);
  if (batch.credentials.length || batch.providers.length) await takeTurn(sql);
  await saveProviders(sql, batch);
  const counts = await saveCredentials(sql, batch);
  counts.created += batch.others.created;
  counts.updated += batch.others.updated;
  counts.unchanged += batch.others.unchanged;
  const restored = await restore(sql, batch.run, batch.source, batch.unchanged);
  counts.updated += restored;
  counts.unchanged += batch.unchanged.length - restored;
  counts.seen = batch.seen;
  counts.rejected = batch.rejected;
  counts.problems = await saveProblems(sql, batch);
  await noteCompositions(sql, batch);
  await settleCompositions(sql, batch);
  await sql.query('update pages set records = $2 where key = $1', [pageKey(batch.run, batch.page), batch.cursor]);
  await addToRun(sql, batch.run, counts);
  return counts;
}

async function applyUnmodified(sql: Sql, run: string, source: string, url: string): Promise<Counts> {
  const rows = await sql.query<{ identifier: string; state: string; part: string }>(
    `update observations set last_run = $1, retrieved_at = now()
      where page_key = $2 and last_run <> $1 returning identifier, part, state`,
    [run, placeKey(source, url)],
  );
  const accepted = rows.filter((row) => row.state === 'accepted');
  const main = accepted.filter((row) => row.part === '').map((row) => row.identifier);
  const restored = await restore(sql, run, source, main);
  const counts: Counts = {
    seen: rows.length,
    created: 0,
    updated: restored,
    unchanged: accepted.length - restored,
    rejected: rows.length - accepted.length,
    problems: await carryProblems(sql, run, source, [...new Set(rows.map((row) => row.identifier))]),
  };
  await addToRun(sql, run, counts);
  return counts;
}

async function addToRun(sql: Sql, run: string, counts: Counts): Promise<void> {
  await sql.query(
    `update runs set seen = seen + $2, created = created + $3, updated = updated + $4, unchanged = unchanged + $5,
       rejected = rejected + $6, problems = problems + $7 where id = $1`,
    [run, counts.seen, counts.created, counts.updated, counts.unchanged, counts.rejected, counts.problems],
  );
}

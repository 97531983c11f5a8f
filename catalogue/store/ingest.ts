import type { Credential, Problem, Provider, Rejection } from '../../schema/index.ts';
import { endPage, type PageEnd } from './page-done.ts';
import { hashOf, storableJson, unpack } from './payload.ts';
import { holdRun } from './run-fence.ts';
import { restore, saveCredentials } from './save-credentials.ts';
import { saveObservations } from './save-observations.ts';
import { carryProblems, saveProblems } from './save-problems.ts';
import { saveProviders } from './save-providers.ts';
import type { Sql } from './sql.ts';

/** What the store last saw of one raw record. */
export interface KnownObservation {
  identifier: string;
  part: string;
  hash: string;
  normaliser: string;
  state: 'accepted' | 'rejected';
  lastRun: string;
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
    /** What is known of these identifiers, parts included. One statement. */
    async known(source: string, identifiers: readonly string[]): Promise<KnownObservation[]> {
      return db.query<KnownObservation>(
        `select identifier, part, hash, normaliser, state, last_run as "lastRun",
                coalesce(quarantined_at < now() - interval '${QUARANTINE}', false) as "tryAgain"
           from observations where source = $1 and identifier = any($2::text[])`,
        [source, identifiers],
      );
    },

    /** The raw records of these identifiers in key order, with their parts (those seen in a run, if it is given). One statement. */
    async raw(source: string, identifiers: readonly string[], seenIn?: string) {
      const rows = await db.query<{ identifier: string; part: string; raw: Uint8Array }>(
        `select identifier, part, raw from observations
          where source = $1 and identifier = any($2::text[]) and (part = '' or state = 'accepted' and ($3::text is null or last_run = $3))
          order by identifier, part`,
        [source, identifiers, seenIn ?? null],
      );
      return rows.map((row) => ({ identifier: row.identifier, part: row.part, raw: unpack(row.raw) }));
    },

    /** A quarantined record is about to be tried once more: if that ends the worker, it was its turn for a while. */
    async tries(source: string, identifier: string): Promise<void> {
      await db.query(
        'update observations set quarantined_at = now() where source = $1 and identifier = $2 and quarantined_at is not null',
        [source, identifier],
      );
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
  await sql.query('update pages set records = $3 where run = $1 and url = $2', [batch.run, batch.page, batch.cursor]);
  await addToRun(sql, batch.run, counts);
  return counts;
}

async function applyUnmodified(sql: Sql, run: string, source: string, url: string): Promise<Counts> {
  const rows = await sql.query<{ identifier: string; state: string; part: string }>(
    `update observations set last_run = $1, retrieved_at = now()
      where source = $2 and page = $3 and last_run <> $1 returning identifier, part, state`,
    [run, source, url],
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

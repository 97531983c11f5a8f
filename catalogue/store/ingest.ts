import type { Batch, Counts, KnownObservation } from './batch.ts';
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
import { noteTombstones } from './tombstones.ts';
import { letGoOfText, noteTwice } from './twice.ts';

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
  await noteTombstones(sql, batch.run, batch.gone ?? []);
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

import {
  type Credential,
  canonicalAlternate,
  type Problem,
  type Provider,
  type Rejection,
} from '../../schema/index.ts';
import { recordChanges } from './changes.ts';
import { mergeProvider } from './merge-provider.ts';
import { endPage, type PageEnd } from './page-done.ts';
import { canonicalJson, hashOf, pack, storableJson, storableText, unpack } from './payload.ts';
import { holdRun } from './run-fence.ts';
import type { Sql } from './sql.ts';

/** What the store last saw of one raw record. */
export interface KnownObservation {
  identifier: string;
  part: string;
  hash: string;
  normaliser: string;
  state: 'accepted' | 'rejected';
  lastRun: string;
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

/** The rule of records whose identifier another record of the same run has. */
export const DUPLICATE_RULE = 'duplicate-identifier';

const providersOf = (c: Credential): string[] => [
  ...new Set([...(c.awardingBody.value ?? []), ...(c.offeredBy.value ?? [])].map((reference) => reference.id)),
];

/** The write side of the store for harvesting: batches in, changes out, each batch one transaction. */
export function createIngest(db: Sql) {
  return {
    /** What is known of these identifiers, parts included. One statement. */
    async known(source: string, identifiers: readonly string[]): Promise<KnownObservation[]> {
      return db.query<KnownObservation>(
        `select identifier, part, hash, normaliser, state, last_run as "lastRun"
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

async function saveObservations(sql: Sql, batch: Batch): Promise<void> {
  const read = batch.observations.filter((o) => o.json !== undefined);
  const known = batch.observations.filter((o) => o.json === undefined);
  if (read.length) {
    await sql.query(
      `insert into observations as o
         (source, identifier, part, hash, raw, normaliser, page, path, state, first_run, last_run)
       select $1, r.identifier, r.part, r.hash, decode(r.raw, 'base64'), $2, $3, r.path, r.state, $4, $4
         from jsonb_to_recordset($5::jsonb) as r (identifier text, part text, hash text, raw text, path text, state text)
       on conflict (source, identifier, part) do update set hash = excluded.hash, raw = excluded.raw,
         normaliser = excluded.normaliser, page = excluded.page, path = excluded.path, state = excluded.state,
         last_run = excluded.last_run, retrieved_at = now()`,
      [
        batch.source,
        batch.normaliser,
        batch.page,
        batch.run,
        storableJson(
          read.map((o) => ({
            identifier: o.identifier,
            part: o.part,
            hash: o.hash,
            raw: pack(o.json as string).toString('base64'),
            path: o.path,
            state: o.state,
          })),
        ),
      ],
    );
  }
  if (known.length) {
    await sql.query(
      `update observations o set last_run = $2, page = $3, retrieved_at = now()
         from unnest($4::text[], $5::text[]) as r (identifier, part)
        where o.source = $1 and o.identifier = r.identifier and o.part = r.part`,
      [batch.source, batch.run, batch.page, known.map((o) => o.identifier), known.map((o) => o.part)],
    );
  }
}

async function saveCredentials(sql: Sql, batch: Batch): Promise<Counts> {
  const counts: Counts = { seen: 0, created: 0, updated: 0, unchanged: 0, rejected: 0, problems: 0 };
  if (!batch.credentials.length) return counts;
  const ids = batch.credentials.map(({ record }) => record.id);
  const before = new Map(
    (
      await sql.query<{ id: string; hash: string; status: string }>(
        'select id, hash, status from credentials where id = any($1::text[]) for update',
        [ids],
      )
    ).map((row) => [row.id, row]),
  );
  const changed: { record: Credential; json: string; hash: string; kind: 'created' | 'updated' | 'restored' }[] = [];
  for (const { record, counted } of batch.credentials) {
    const json = storableJson(record);
    const hash = hashOf(json);
    const old = before.get(record.id);
    const back = old && old.status !== 'live' && !batch.fromStore;
    const kind = !old ? 'created' : back ? 'restored' : old.hash === hash ? undefined : 'updated';
    if (kind) changed.push({ record, json, hash, kind });
    if (!counted) continue;
    if (!kind) counts.unchanged++;
    else if (kind === 'created') counts.created++;
    else counts.updated++;
  }
  if (!changed.length) return counts;
  await sql.query(
    `insert into credentials as c (id, source, identifier, document, hash, providers, changed_run)
     select r.id, $1, r.identifier, r.document::jsonb, r.hash, string_to_array(r.providers, ','), $2
       from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
         as r (id, identifier, document, hash, providers)
     on conflict (id) do update set document = excluded.document, hash = excluded.hash, providers = excluded.providers,
       version = c.version + 1, changed_at = now(), changed_run = excluded.changed_run,
       status = case when $8 then c.status else 'live' end,
       withdrawn_reason = case when $8 then c.withdrawn_reason end,
       retrieved_at = case when $8 then c.retrieved_at else now() end`,
    [
      batch.source,
      batch.run,
      changed.map((c) => c.record.id),
      changed.map((c) => storableText(c.record.identifier)),
      changed.map((c) => c.json),
      changed.map((c) => c.hash),
      changed.map((c) => providersOf(c.record).join(',')),
      batch.fromStore ?? false,
    ],
  );
  await saveAlternates(
    sql,
    'credential',
    changed.map((c) => ({
      id: c.record.id,
      alternates: [c.record.identifier, ...c.record.alternates, ...(c.record.url ? [c.record.url] : [])],
    })),
  );
  await recordChanges(
    sql,
    'credential',
    batch.run,
    changed.map((c) => ({ id: c.record.id, kind: c.kind })),
  );
  return counts;
}

async function saveProviders(sql: Sql, batch: Batch): Promise<void> {
  if (!batch.providers.length) return;
  const byId = new Map<string, Provider>();
  for (const provider of batch.providers) {
    const earlier = byId.get(provider.id);
    byId.set(provider.id, earlier ? mergeProvider(earlier, provider) : provider);
  }
  const before = new Map(
    (
      await sql.query<{ id: string; document: Provider; hash: string }>(
        'select id, document, hash from providers where id = any($1::text[]) for update',
        [[...byId.keys()]],
      )
    ).map((row) => [row.id, row]),
  );
  const changed: {
    id: string;
    identifier: string;
    json: string;
    hash: string;
    kind: 'created' | 'updated';
    record: Provider;
  }[] = [];
  for (const provider of byId.values()) {
    const old = before.get(provider.id);
    const record = old ? mergeProvider(old.document, provider) : provider;
    const json = canonicalJson(record);
    const hash = hashOf(json);
    if (old?.hash === hash) continue;
    changed.push({
      id: record.id,
      identifier: record.identifier,
      json,
      hash,
      kind: old ? 'updated' : 'created',
      record,
    });
  }
  if (!changed.length) return;
  await sql.query(
    `insert into providers (id, source, identifier, document, hash)
     select r.id, $1, r.identifier, r.document::jsonb, r.hash
       from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as r (id, identifier, document, hash)
     on conflict (id) do update set document = excluded.document, hash = excluded.hash, status = 'live',
       retrieved_at = now(), changed_at = now()`,
    [
      batch.source,
      changed.map((c) => c.id),
      changed.map((c) => storableText(c.identifier)),
      changed.map((c) => c.json),
      changed.map((c) => c.hash),
    ],
  );
  await saveAlternates(
    sql,
    'provider',
    changed.map(({ record }) => ({
      id: record.id,
      alternates: [record.identifier, ...record.alternates, ...(record.url ? [record.url] : [])],
    })),
  );
  await recordChanges(sql, 'provider', batch.run, changed);
}

async function saveAlternates(
  sql: Sql,
  entity: 'credential' | 'provider',
  records: { id: string; alternates: string[] }[],
): Promise<void> {
  const ids: string[] = [];
  const alternates: string[] = [];
  for (const record of records) {
    for (const alternate of new Set(record.alternates.map((a) => storableText(canonicalAlternate(a)).slice(0, 1000)))) {
      if (!alternate) continue;
      ids.push(record.id);
      alternates.push(alternate);
    }
  }
  await sql.query('delete from alternates where entity = $1 and id = any($2::text[])', [
    entity,
    records.map((r) => r.id),
  ]);
  await sql.query(
    `insert into alternates (alternate, entity, id) select r.alternate, $1, r.id
       from unnest($2::text[], $3::text[]) as r (alternate, id) on conflict do nothing`,
    [entity, alternates, ids],
  );
}

/** Records that were missing or withdrawn and are stated again, word for word. */
async function restore(sql: Sql, run: string, source: string, identifiers: readonly string[]): Promise<number> {
  if (!identifiers.length) return 0;
  const rows = await sql.query<{ id: string }>(
    `update credentials set status = 'live', withdrawn_reason = null, version = version + 1, changed_at = now(),
            changed_run = $3
      where source = $1 and identifier = any($2::text[]) and status <> 'live' and merged_into is null returning id`,
    [source, identifiers, run],
  );
  await recordChanges(
    sql,
    'credential',
    run,
    rows.map((row) => ({ id: row.id, kind: 'restored' as const })),
  );
  return rows.length;
}

async function saveProblems(sql: Sql, batch: Batch): Promise<number> {
  const anew = batch.reports.flatMap((report) =>
    report.identifier !== null && !report.keep ? [report.identifier] : [],
  );
  if (anew.length) {
    await sql.query('delete from problems where source = $1 and identifier = any($2::text[])', [batch.source, anew]);
  }
  const twice = batch.reports.flatMap((report) =>
    report.identifier !== null && report.keep ? [report.identifier] : [],
  );
  if (twice.length) {
    await sql.query(
      'delete from problems where source = $1 and identifier = any($2::text[]) and rule = $3 and run <> $4',
      [batch.source, twice, DUPLICATE_RULE, batch.run],
    );
  }
  const carried = await carryProblems(sql, batch.run, batch.source, batch.stillReported);
  const rows = batch.reports.flatMap((report) => [
    ...(report.rejection ? [{ ...report.rejection, severity: 'rejected', identifier: report.identifier }] : []),
    ...report.problems.map((problem) => ({ ...problem, identifier: report.identifier })),
  ]);
  if (!rows.length) return carried;
  await sql.query(
    `insert into problems (source, run, identifier, path, rule, severity, found, remedy)
     select $1, $2, r.identifier, r.path, r.rule, r.severity, r.found, r.remedy
       from jsonb_to_recordset($3::jsonb)
         as r (identifier text, path text, rule text, severity text, found text, remedy text)`,
    [batch.source, batch.run, storableJson(rows)],
  );
  return carried + rows.length;
}

/** What is wrong with records that were seen again unchanged belongs to this run's report too. */
async function carryProblems(sql: Sql, run: string, source: string, identifiers: readonly string[]): Promise<number> {
  if (!identifiers.length) return 0;
  const rows = await sql.query(
    `update problems set run = $3 where source = $1 and identifier = any($2::text[]) and rule <> $4 returning id`,
    [source, identifiers, run, DUPLICATE_RULE],
  );
  return rows.length;
}

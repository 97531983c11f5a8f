import type { Credential } from '../../schema/index.ts';
import type { Batch, Counts } from './batch.ts';
import { EARLIER_PLACES, logChanges, recordChanges, takeTurn } from './changes.ts';
import { factsOf } from './facts.ts';
import { hashOf, storableJson, storableText } from './payload.ts';
import { recordKey } from './row-key.ts';
import { saveAlternates } from './save-alternates.ts';
import type { Sql } from './sql.ts';

const providersOf = (c: Credential): string[] => [
  ...new Set([...(c.awardingBody.value ?? []), ...(c.offeredBy.value ?? [])].map((reference) => reference.id)),
];

/** Credentials that are new, changed, or back; the others are counted only. */
export async function saveCredentials(sql: Sql, batch: Batch): Promise<Counts> {
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
  const seqs = await logChanges(
    sql,
    'credential',
    batch.run,
    changed.map((c) => ({ id: c.record.id, kind: c.kind })),
  );
  await sql.query(
    `insert into credentials as c (id, source, identifier, document, hash, providers, changed_run, observation, seq, since, facts)
     select r.id, $1, r.identifier, r.document::jsonb, r.hash, string_to_array(r.providers, ','), $2, r.observation, r.seq, r.seq,
            string_to_array(r.facts, ',')
       from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $9::uuid[], $10::bigint[], $11::text[])
         as r (id, identifier, document, hash, providers, observation, seq, facts)
     on conflict (id) do update set document = excluded.document, hash = excluded.hash, facts = excluded.facts, providers = excluded.providers,
       version = c.version + 1, changed_at = now(), changed_run = excluded.changed_run, seq = excluded.seq,
       earlier = ${EARLIER_PLACES},
       since = case when c.status = 'withdrawn' and not $8 then excluded.since else c.since end,
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
      changed.map((c) => recordKey(batch.source, c.record.identifier)),
      seqs,
      changed.map((c) => factsOf(c.record).join(',')),
    ],
  );
  await saveAlternates(
    sql,
    'credential',
    changed.map((c) => ({
      id: c.record.id,
      isNew: c.kind === 'created',
      alternates: [c.record.identifier, ...c.record.alternates, ...(c.record.url ? [c.record.url] : [])],
    })),
  );
  return counts;
}

/** Records that were missing or withdrawn and are stated again, word for word. */
export async function restore(sql: Sql, run: string, source: string, identifiers: readonly string[]): Promise<number> {
  if (!identifiers.length) return 0;
  const absent = () =>
    sql.query<{ id: string; status: string }>(
      `select id, status from credentials where observation = any($1::uuid[]) and status <> 'live' and merged_into is null`,
      [identifiers.map((identifier) => recordKey(source, identifier))],
    );
  if (!(await absent()).length) return 0;
  await takeTurn(sql);
  // Whoever had the turn before may have changed them.
  const rows = await absent();
  if (!rows.length) return 0;
  const ids = rows.map(({ id }) => id);
  await sql.query(
    `update credentials set status = 'live', withdrawn_reason = null, version = version + 1, changed_at = now(), changed_run = $2
      where id = any($1::text[])`,
    [ids, run],
  );
  await recordChanges(
    sql,
    'credential',
    run,
    ids.map((id) => ({ id, kind: 'restored' as const })),
  );
  const back = rows.filter(({ status }) => status === 'withdrawn').map(({ id }) => id);
  if (back.length) await sql.query('update credentials set since = seq where id = any($1::text[])', [back]);
  return rows.length;
}

import type { Provider } from '../../schema/index.ts';
import type { Batch } from './batch.ts';
import { recordChanges } from './changes.ts';
import { mergeProvider } from './merge-provider.ts';
import { canonicalJson, hashOf, storableText } from './payload.ts';
import { saveAlternates } from './save-alternates.ts';
import type { Sql } from './sql.ts';

/** Providers are added to, never taken from: several records may each say a part of what is known of one. */
export async function saveProviders(sql: Sql, batch: Batch): Promise<void> {
  if (!batch.providers.length) return;
  const byId = new Map<string, Provider>();
  for (const provider of batch.providers) {
    const earlier = byId.get(provider.id);
    byId.set(provider.id, earlier ? mergeProvider(earlier, provider) : provider);
  }
  const before = new Map(
    (
      await sql.query<{ id: string; document: Provider; hash: string; status: string }>(
        'select id, document, hash, status from providers where id = any($1::text[]) for update',
        [[...byId.keys()]],
      )
    ).map((row) => [row.id, row]),
  );
  const changed: {
    id: string;
    identifier: string;
    json: string;
    hash: string;
    kind: 'created' | 'updated' | 'restored';
    record: Provider;
  }[] = [];
  for (const provider of byId.values()) {
    const old = before.get(provider.id);
    const record = old ? mergeProvider(old.document, provider) : provider;
    const json = canonicalJson(record);
    const hash = hashOf(json);
    if (old?.hash === hash && old.status === 'live') continue;
    changed.push({
      id: record.id,
      identifier: record.identifier,
      json,
      hash,
      kind: !old ? 'created' : old.status === 'live' ? 'updated' : 'restored',
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
    changed.map(({ record, kind }) => ({
      id: record.id,
      isNew: kind === 'created',
      alternates: [record.identifier, ...record.alternates, ...(record.url ? [record.url] : [])],
    })),
  );
  await recordChanges(sql, 'provider', batch.run, changed);
}

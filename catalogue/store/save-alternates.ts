import { canonicalAlternate } from '../../schema/index.ts';
import { storableText } from './payload.ts';
import type { Sql } from './sql.ts';

/** The other identifiers and addresses under which records are found. */
export async function saveAlternates(
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

import { filedAlternates } from '../../schema/index.ts';
import { storableText } from './payload.ts';
import { rowKey } from './row-key.ts';
import type { Sql } from './sql.ts';

/** The other identifiers and addresses under which records are found. */
export async function saveAlternates(
  sql: Sql,
  entity: 'credential' | 'provider',
  records: { id: string; alternates: string[]; isNew?: boolean }[],
): Promise<void> {
  const ids: string[] = [];
  const alternates: string[] = [];
  for (const record of records) {
    for (const alternate of new Set(record.alternates.flatMap((a) => filedAlternates(a).map(storableText)))) {
      if (!alternate) continue;
      ids.push(record.id);
      alternates.push(alternate);
    }
  }
  // Ids of credentials and providers differ by their prefix.
  const known = records.filter(({ isNew }) => !isNew).map(({ id }) => id);
  if (known.length) await sql.query('delete from alternates where id = any($1::text[])', [known]);
  await sql.query(
    `insert into alternates (key, alternate, entity, id) select r.key, r.alternate, $1, r.id
       from unnest($2::uuid[], $3::text[], $4::text[]) as r (key, alternate, id) on conflict do nothing`,
    [entity, alternates.map((alternate) => rowKey(entity, alternate)), alternates, ids],
  );
}

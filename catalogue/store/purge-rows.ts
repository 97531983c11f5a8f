import { placeKey, recordKey } from './row-key.ts';
import type { Sql } from './sql.ts';

/** Ids of what is gone, and how many raw records went. */
export interface Erased {
  credentials: string[];
  providers: string[];
  raw: number;
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** What is left of the changes of these ids: what happened and when, in no words. */
async function silence(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql.query('update changes set reason = null, run = null where id = any($1::text[])', [ids]);
  await sql.query('delete from alternates where id = any($1::text[])', [ids]);
}

/** The main record with the key `$1`, and its parts. */
const OF_RECORD = `(o.key = $1 or (o.record = $1 and o.part <> ''))`;

/** Everything of a source, the source itself included. */
export async function purgeSource(sql: Sql, source: string): Promise<Erased> {
  const raw = await sql.query('delete from observations where source = $1 returning 1', [source]);
  const credentials = idsOf(
    await sql.query<{ id: string }>('delete from credentials where source = $1 returning id', [source]),
  );
  const providers = idsOf(
    await sql.query<{ id: string }>('delete from providers where source = $1 returning id', [source]),
  );
  await silence(sql, [...credentials, ...providers]);
  await sql.query('delete from problems where source = $1', [source]);
  await sql.query('update changes c set run = null, reason = null from runs r where r.source = $1 and c.run = r.id', [
    source,
  ]);
  await sql.query('delete from holds where source = $1', [source]);
  // Pages go with their runs; resources and notices with their source.
  await sql.query('delete from runs where source = $1', [source]);
  await sql.query('delete from source_checks where source = $1', [source]);
  await sql.query('delete from sources where id = $1', [source]);
  return { credentials, providers, raw: raw.length };
}

/**
 * Everything of one record: its raw text with all parts, the credential, the providers that no record of the source
 * refers to any more and that have none of their own (those of its earlier versions too), problems, its place in lists of identifiers, and the addresses that are its own.
 */
export async function purgeRows(sql: Sql, source: string, identifier: string): Promise<Erased> {
  const mine = [source, identifier];
  const record = [recordKey(source, identifier)];
  const pages = await sql.query<{ page: string; shared: boolean }>(
    `select distinct o.page, exists (select 1 from observations x where x.page_key = o.page_key and x.record <> $1) as shared
       from observations o where ${OF_RECORD} and o.page <> ''`,
    record,
  );
  const gone = await sql.query<{ id: string; addresses: string[] }>(
    `delete from credentials where observation = $1
     returning id, array(select jsonb_array_elements_text(coalesce(document -> 'alternates', '[]')))
                              || coalesce(document ->> 'url', '') as addresses`,
    record,
  );
  const raw = await sql.query(`delete from observations o where ${OF_RECORD} returning 1`, record);
  await sql.query('delete from compositions where record = $1', record);
  const providers = await sql.query<{ id: string }>(
    `delete from providers p where source = $1
        and not exists (select 1 from credentials c where c.source = $1 and c.providers @> array[p.id])
        and not exists (select 1 from observations o where o.source = $1
                           and (o.identifier = p.identifier or p.document -> 'alternates' ? o.identifier))
      returning id`,
    [source],
  );
  await silence(sql, [...idsOf(gone), ...idsOf(providers)]);
  await sql.query('delete from problems where record = $1', record);
  await sql.query(
    `update holds set identifiers = identifiers - $2::text, applied = applied - $2::text
      where source = $1 and (identifiers ? $2 or applied ? $2)`,
    mine,
  );
  await sql.query(
    `update runs set findings = jsonb_set(findings, '{rejected}', (
            select coalesce(jsonb_agg(f), '[]') from jsonb_array_elements(findings -> 'rejected') f
             where f ->> 'identifier' is distinct from $2))
      where source = $1 and findings -> 'rejected' @> jsonb_build_array(jsonb_build_object('identifier', $2::text))`,
    mine,
  );
  // A page that gave others too is read in full next time; one of its own, and what is known of it, is forgotten.
  const own = [
    identifier,
    ...gone.flatMap((row) => row.addresses).filter(Boolean),
    ...pages.filter(({ shared }) => !shared).map(({ page }) => page),
  ];
  await sql.query(
    `delete from pages p using runs r where r.id = p.run and r.source = $1 and p.url = any($2::text[])
        and p.url is distinct from r.reads`,
    [source, own],
  );
  await sql.query(
    'delete from resources where source = $1 and (url = any($2::text[]) or final_url = any($2::text[]))',
    [source, [...own, ...pages.map(({ page }) => page)]],
  );
  await sql.query('delete from silences where place = any($1::uuid[])', [own.map((url) => placeKey(source, url))]);
  return { credentials: idsOf(gone), providers: idsOf(providers), raw: raw.length };
}

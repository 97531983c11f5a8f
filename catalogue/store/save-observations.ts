import type { Batch } from './batch.ts';
import { pack, storableJson } from './payload.ts';
import { forgetResources } from './resources.ts';
import { placeKey, recordKey } from './row-key.ts';
import type { Sql } from './sql.ts';

/** Raw records as they were read; those the store has already are only noted as seen. */
export async function saveObservations(sql: Sql, batch: Batch): Promise<void> {
  // What their old addresses answered says nothing of records that stand here now: "not modified" would pass them over.
  await forgetResources(
    sql,
    batch.leftPages.map((url) => placeKey(batch.source, url)),
  );
  const read = batch.observations.filter((o) => o.json !== undefined);
  const known = batch.observations.filter((o) => o.json === undefined);
  const place = batch.page ? placeKey(batch.source, batch.page) : null;
  if (read.length) {
    await sql.query(
      `insert into observations as o
         (key, record, page_key, source, identifier, part, hash, raw, normaliser, page, path, state, first_run, last_run,
          quarantined_at)
       select r.key, r.record, $6, $1, r.identifier, r.part, r.hash, decode(r.raw, 'base64'), $2, $3, r.path, r.state, $4, $4,
              case when r.quarantined then now() end
         from jsonb_to_recordset($5::jsonb) as r (key uuid, record uuid, identifier text, part text, hash text, raw text,
           path text, state text, quarantined boolean)
       on conflict (key) do update set hash = excluded.hash, raw = excluded.raw,
         normaliser = excluded.normaliser, page = excluded.page, page_key = excluded.page_key, path = excluded.path,
         state = excluded.state, last_run = excluded.last_run, retrieved_at = now(),
         quarantined_at = excluded.quarantined_at`,
      [
        batch.source,
        batch.normaliser,
        batch.page,
        batch.run,
        storableJson(
          read.map((o) => ({
            key: recordKey(batch.source, o.identifier, o.part),
            record: recordKey(batch.source, o.identifier),
            identifier: o.identifier,
            part: o.part,
            hash: o.hash,
            raw: pack(o.json as string).toString('base64'),
            path: o.path,
            state: o.state,
            quarantined: o.quarantined,
          })),
        ),
        place,
      ],
    );
  }
  if (known.length) {
    await sql.query(
      `update observations set last_run = $2, page = $3, page_key = $4, retrieved_at = now() where key = any($1::uuid[])`,
      [known.map((o) => recordKey(batch.source, o.identifier, o.part)), batch.run, batch.page, place],
    );
  }
}

/** A page was read to its end: what stood on it before and no longer does is not there, also when it answers "not modified" next. */
export async function leaveBehind(sql: Sql, run: string, place: string): Promise<void> {
  await sql.query(`update observations set page = '', page_key = null where page_key = $1 and last_run <> $2`, [
    place,
    run,
  ]);
}

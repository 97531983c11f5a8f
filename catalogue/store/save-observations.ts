import type { Batch } from './ingest.ts';
import { pack, storableJson, storableText } from './payload.ts';
import type { Sql } from './sql.ts';

/** Raw records as they were read; those the store has already are only noted as seen. */
export async function saveObservations(sql: Sql, batch: Batch): Promise<void> {
  await forgetOldPlaces(sql, batch);
  const read = batch.observations.filter((o) => o.json !== undefined);
  const known = batch.observations.filter((o) => o.json === undefined);
  if (read.length) {
    await sql.query(
      `insert into observations as o
         (source, identifier, part, hash, raw, normaliser, page, path, state, first_run, last_run,
          quarantined_at)
       select $1, r.identifier, r.part, r.hash, decode(r.raw, 'base64'), $2, $3, r.path, r.state, $4, $4,
              case when r.quarantined then now() end
         from jsonb_to_recordset($5::jsonb) as r (identifier text, part text, hash text, raw text, path text, state text,
           quarantined boolean)
       on conflict (source, identifier, part) do update set hash = excluded.hash, raw = excluded.raw,
         normaliser = excluded.normaliser, page = excluded.page, path = excluded.path, state = excluded.state,
         last_run = excluded.last_run, retrieved_at = now(), quarantined_at = excluded.quarantined_at`,
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
            quarantined: o.quarantined,
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

/**
 * Records that stood at another address before: what that address answered says nothing of them any more, so "not
 * modified" there would pass them over.
 */
async function forgetOldPlaces(sql: Sql, { source, page, observations }: Batch): Promise<void> {
  await sql.query(
    `delete from resources r using observations o, unnest($2::text[], $3::text[]) as b (identifier, part)
      where o.source = $1 and o.identifier = b.identifier and o.part = b.part and o.page <> $4
        and r.source = o.source and r.url = o.page`,
    [source, observations.map((o) => storableText(o.identifier)), observations.map((o) => storableText(o.part)), page],
  );
}

/** A page was read to its end: what stood on it before and no longer does is not there, also when it answers "not modified" next. */
export async function leaveBehind(sql: Sql, run: string, page: string): Promise<void> {
  await sql.query(
    `update observations o set page = '' from runs
      where runs.id = $1 and o.source = runs.source and o.page = $2 and o.last_run <> $1`,
    [run, page],
  );
}

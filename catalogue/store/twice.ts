import { storableText } from './payload.ts';
import type { Sql } from './sql.ts';

/** Notes raw records under whose identifier another text came in this run, in the transaction of the batch. */
export async function noteTwice(
  sql: Sql,
  { run, source, twice = [] }: { run: string; source: string; twice?: readonly { identifier: string; part: string }[] },
): Promise<void> {
  if (!twice.length) return;
  await sql.query(
    `update observations o set twice_run = $2 from unnest($3::text[], $4::text[]) as t (identifier, part)
      where o.source = $1 and o.identifier = t.identifier and o.part = t.part`,
    [source, run, twice.map((t) => storableText(t.identifier)), twice.map((t) => storableText(t.part))],
  );
}

/**
 * For a run that is read to its end, before it is swept: records of which only another text came than the one the store has. They
 * are not gone, and the next run takes what it then finds. Safe to call again.
 */
export async function letGoOfText(sql: Sql, run: string, source: string): Promise<void> {
  await sql.query(
    `update observations set last_run = $2, twice_run = null
      where source = $1 and twice_run = $2 and last_run <> $2`,
    [source, run],
  );
}

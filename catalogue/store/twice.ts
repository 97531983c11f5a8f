import { recordKey } from './row-key.ts';
import type { Sql } from './sql.ts';

/** Notes raw records under whose identifier another text came in this run, in the transaction of the batch. */
export async function noteTwice(
  sql: Sql,
  { run, source, twice = [] }: { run: string; source: string; twice?: readonly { identifier: string; part: string }[] },
): Promise<void> {
  if (!twice.length) return;
  await sql.query('update observations set twice_run = $1 where key = any($2::uuid[])', [
    run,
    twice.map(({ identifier, part }) => recordKey(source, identifier, part)),
  ]);
}

/**
 * For a run that is read to its end, before it is swept: records of which only another text came than the one the store has. They
 * are not gone, and the next run takes what it then finds. Safe to call again.
 */
export async function letGoOfText(sql: Sql, run: string): Promise<void> {
  await sql.query('update observations set last_run = $1, twice_run = null where twice_run = $1 and last_run <> $1', [
    run,
  ]);
}

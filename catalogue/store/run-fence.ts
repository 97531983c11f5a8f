import type { Sql } from './sql.ts';

/** Another worker has taken the run over while this one was out of touch: it must write nothing more for it. */
export class RunTakenOver extends Error {
  constructor(run: string) {
    super(`run ${run} is in the hands of another worker`);
    this.name = 'RunTakenOver';
  }
}

/**
 * Makes sure, inside the transaction that writes, that the run is still this worker's. A worker that hung longer than
 * its lease wakes up believing the run is its own; the row lock puts it and its successor in order. Signs of life do not
 * wait for this lock, only who takes the run over does.
 */
export async function holdRun(sql: Sql, run: string, owner: string | undefined): Promise<void> {
  if (owner === undefined) return;
  const rows = await sql.query('select 1 from run_leases where run = $1 and owner = $2 for key share', [run, owner]);
  if (!rows.length) throw new RunTakenOver(run);
}

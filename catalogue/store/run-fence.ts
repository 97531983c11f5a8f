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
 * wait for this lock, only who takes the run over does. Answers the run's source.
 */
export async function holdRun(sql: Sql, run: string, owner: string | undefined): Promise<string> {
  const [row] = await (owner === undefined
    ? sql.query<{ source: string }>('select source from runs where id = $1', [run])
    : sql.query<{ source: string }>(
        `select r.source from run_leases l join runs r on r.id = l.run where l.run = $1 and l.owner = $2 for key share of l`,
        [run, owner],
      ));
  if (row) return row.source;
  if (owner === undefined) return '';
  throw new RunTakenOver(run);
}

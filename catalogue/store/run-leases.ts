import type { Database, Sql } from './sql.ts';

/**
 * Who is alive on a run. The row is apart from the run's own, so that signs of life wait for no work on the run: a worker
 * that writes holds it `for key share` (see {@link holdRun}), which only a successor waits for.
 */
export function createRunLeases(db: Database) {
  return {
    /** A sign of life. It takes nothing: one that comes late must not take back what was released. */
    renew: (run: string, owner: string, seconds: number): Promise<boolean> => renew(db, run, owner, seconds),

    /** Takes the run for `owner` for `seconds`; false when somebody else is alive on it. */
    async lease(run: string, owner: string, seconds: number): Promise<boolean> {
      if (await renew(db, run, owner, seconds)) return true;
      // A lease further ahead than one can be was given by another clock: it is made as long as one is, so that it ends.
      const [other] = await db.query<{ alive: boolean }>(
        `update run_leases set until = least(until, clock_timestamp() + make_interval(secs => $2))
          where run = $1 returning until >= clock_timestamp() as alive`,
        [run, seconds],
      );
      if (other?.alive) return false;
      return db.transaction(async (sql) => {
        await sql.query(
          `insert into run_leases (run, owner, until)
           select id, $2, 'epoch' from runs where id = $1 and state = 'running' on conflict do nothing`,
          [run, owner],
        );
        // Whoever writes for the run now comes to its end first.
        const [free] = await sql.query(
          'select 1 from run_leases where run = $1 and (owner = $2 or until < clock_timestamp()) for update',
          [run, owner],
        );
        if (!free) return false;
        await sql.query('update run_leases set owner = $2 where run = $1', [run, owner]);
        return renew(sql, run, owner, seconds);
      });
    },

    async release(run: string, owner: string): Promise<void> {
      await db.query('delete from run_leases where run = $1 and owner = $2', [run, owner]);
    },

    /** Runs nobody is alive on: started, not ended, lease run out; or with one that no clock of today gave. */
    async orphaned(): Promise<{ id: string; source: string }[]> {
      return db.query(
        `select r.id, r.source from runs r left join run_leases l on l.run = r.id
          where r.state = 'running' and (l.until is null or l.until < clock_timestamp() or l.until > clock_timestamp() + interval '1 minute')`,
      );
    },
  };
}

async function renew(sql: Sql, run: string, owner: string, seconds: number): Promise<boolean> {
  const rows = await sql.query(
    `update run_leases set until = clock_timestamp() + make_interval(secs => $3) where run = $1 and owner = $2 returning run`,
    [run, owner, seconds],
  );
  return rows.length > 0;
}

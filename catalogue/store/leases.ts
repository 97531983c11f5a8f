import type { Database } from './sql.ts';

/** Tasks that only one of many processes does at a time (following the change log, …). */
export function createLeases(db: Database) {
  return {
    /** Takes or renews the task for `owner`; false while another owner is alive on it. */
    async take(name: string, owner: string, seconds: number): Promise<boolean> {
      const rows = await db.query(
        `insert into leases as l (name, owner, until) values ($1, $2, now() + make_interval(secs => $3))
         on conflict (name) do update set owner = excluded.owner, until = excluded.until
          where l.owner = excluded.owner or l.until < now() returning name`,
        [name, owner, seconds],
      );
      return rows.length > 0;
    },
    async release(name: string, owner: string): Promise<void> {
      await db.query('delete from leases where name = $1 and owner = $2', [name, owner]);
    },
  };
}

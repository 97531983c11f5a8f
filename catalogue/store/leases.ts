import type { Database } from './sql.ts';

/** Tasks that only one of many processes does at a time (following the change log, …). */
export function createLeases(db: Database) {
  return {
    /** Takes or renews the task for `owner`; false while another owner is alive on it. */
    async take(name: string, owner: string, seconds: number): Promise<boolean> {
      // A lease further ahead than one can be was given by another clock: it is made as long as one is, so that it ends.
      const [lease] = await db.query<{ owner: string }>(
        `insert into leases as l (name, owner, until) values ($1, $2, now() + make_interval(secs => $3))
         on conflict (name) do update set until = excluded.until,
                owner = case when l.until < now() then excluded.owner else l.owner end
          where l.owner = excluded.owner or l.until < now() or l.until > excluded.until + interval '1 second'
         returning owner`,
        [name, owner, seconds],
      );
      return lease?.owner === owner;
    },
    async release(name: string, owner: string): Promise<void> {
      await db.query('delete from leases where name = $1 and owner = $2', [name, owner]);
    },
  };
}

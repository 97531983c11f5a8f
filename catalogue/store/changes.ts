import type { Database, Sql } from './sql.ts';

export type ChangeKind = 'created' | 'updated' | 'missing' | 'withdrawn' | 'restored' | 'merged' | 'purged';

export interface Change {
  seq: number;
  entity: 'credential' | 'provider';
  id: string;
  kind: ChangeKind;
  reason: string | null;
  at: Date;
}

/** Places of a record before its last change that are kept, for readers who page through the newest. */
const EARLIER_KEPT = 15;
/** What `earlier` of the credential `c` becomes when it changes. */
export const EARLIER_PLACES = `case when c.seq = 0 then c.earlier else (c.seq || c.earlier)[1:${EARLIER_KEPT}] end`;
const WRITERS = 7_265_002; // lock number of those who append to the change log

/** A change to be told of a record. */
interface ToTell {
  id: string;
  kind: ChangeKind;
  reason?: string;
}

/**
 * Writers of the change log take turns, from here to their commit. Whoever also changes credentials or providers takes the turn
 * before their rows: the counters of a source are locked with them, and two in another order would wait for each other.
 */
export async function takeTurn(sql: Sql): Promise<void> {
  await sql.query('select pg_advisory_xact_lock($1)', [WRITERS]);
}

/**
 * Appends to the change log, inside the transaction that makes the change; answers the places in the log. Writers take turns
 * from here to their commit, so sequence numbers become visible in order and a follower never passes over one.
 */
export async function logChanges(
  sql: Sql,
  entity: Change['entity'],
  run: string | null,
  changes: readonly ToTell[],
): Promise<number[]> {
  if (!changes.length) return [];
  await takeTurn(sql);
  const rows = await sql.query<{ seq: number }>(
    `insert into changes (entity, id, kind, run, reason)
     select $1, r.id, r.kind, $2, nullif(r.reason, '')
       from unnest($3::text[], $4::text[], $5::text[]) with ordinality as r (id, kind, reason, n) order by r.n
     returning seq`,
    [entity, run, changes.map((c) => c.id), changes.map((c) => c.kind), changes.map((c) => c.reason ?? '')],
  );
  return rows.map(({ seq }) => Number(seq));
}

/** The same, for records that are in the store already: each knows its last change. */
export async function recordChanges(
  sql: Sql,
  entity: Change['entity'],
  run: string | null,
  changes: readonly ToTell[],
): Promise<void> {
  const seqs = await logChanges(sql, entity, run, changes);
  if (!seqs.length || entity !== 'credential') return;
  await sql.query(
    `update credentials c set seq = new.seq, earlier = ${EARLIER_PLACES}
       from unnest($1::text[], $2::bigint[]) as new (id, seq) where c.id = new.id`,
    [changes.map(({ id }) => id), seqs],
  );
}

/** Reading the change log and keeping one's place in it. */
export function createChanges(db: Database) {
  return {
    /** The next changes after `seq`, in order. */
    after: (seq: number, limit: number): Promise<Change[]> =>
      db.query<Change>('select seq, entity, id, kind, reason, at from changes where seq > $1 order by seq limit $2', [
        seq,
        limit,
      ]),
    async last(): Promise<number> {
      const rows = await db.query<{ seq: number }>('select coalesce(max(seq), 0)::bigint as seq from changes');
      return Number(rows[0]?.seq ?? 0);
    },
    position: {
      async get(name: string): Promise<number> {
        const rows = await db.query<{ seq: number }>('select seq from positions where name = $1', [name]);
        return Number(rows[0]?.seq ?? 0);
      },
      async set(name: string, seq: number): Promise<void> {
        await db.query(
          `insert into positions (name, seq) values ($1, $2)
           on conflict (name) do update set seq = excluded.seq, updated_at = now()`,
          [name, seq],
        );
      },
    },
  };
}

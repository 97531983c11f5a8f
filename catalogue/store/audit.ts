import type { Database, Sql } from './sql.ts';

/** What an operator did that takes something from readers, cannot be undone, or asks something of a provider. */
export type AuditedAction = 'abandon' | 'approve' | 'purge' | 'allow' | 'retire' | 'reinstate' | 'enable' | 'disable';

export interface AuditEntry {
  at: string;
  who: string;
  action: AuditedAction;
  /** Id of a run or source; a record by its hash. */
  subject: string;
}

/** Notes who did it, inside the transaction that does. */
export async function audit(sql: Sql, who: string, action: AuditedAction, subject: string): Promise<void> {
  await sql.query('insert into audit (who, action, subject) values ($1, $2, $3)', [who, action, subject]);
}

/** Reading what was noted. */
export function createAudit(db: Database) {
  return {
    /** The newest entries, newest first. */
    async newest(limit: number): Promise<AuditEntry[]> {
      const rows = await db.query<Omit<AuditEntry, 'at'> & { at: Date }>(
        'select at, who, action, subject from audit order by id desc limit $1',
        [limit],
      );
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    },
  };
}

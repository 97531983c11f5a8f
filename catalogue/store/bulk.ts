import type { StoredCredential } from '../catalogue.ts';
import { CREDENTIAL_COLUMNS, type CredentialRow, toCredential } from './read.ts';
import type { Database } from './sql.ts';

/** Reading everything, page by page. */
export function createBulk(db: Database) {
  return {
    /** The next records after the id `after`, by id, withdrawn ones included. */
    async page(after: string | undefined, limit: number): Promise<StoredCredential[]> {
      const rows = await db.query<CredentialRow>(
        `select ${CREDENTIAL_COLUMNS} from credentials c
           left join observations o on o.source = c.source and o.identifier = c.identifier and o.part = ''
          where $1::text is null or c.id > $1 order by c.id limit $2`,
        [after ?? null, limit],
      );
      return rows.map(toCredential);
    },
    /** How many records readers can find: neither withdrawn nor merged into another. */
    async countFindable(): Promise<number> {
      const [row] = await db.query<{ n: number }>(
        `select count(*)::int as n from credentials where status <> 'withdrawn' and merged_into is null`,
      );
      return row?.n ?? 0;
    },
  };
}

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
           left join lateral (select retrieved_at from observations where key = c.observation offset 0) o on true
          where c.id > $1 order by c.id limit $2`,
        [after ?? '', limit],
      );
      return rows.map(toCredential);
    },
    /** How many records readers can find: neither withdrawn nor merged into another. */
    async countFindable(): Promise<number> {
      const [row] = await db.query<{ n: number }>(`select coalesce(sum(records), 0)::int as n from sources`);
      return row?.n ?? 0;
    },
  };
}

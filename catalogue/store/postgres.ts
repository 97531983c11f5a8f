import pg from 'pg';
import { type Database, PLANS, type Sql } from './sql.ts';

/** Waiting for a free connection of a busy pool counts too. */
const CONNECT_MS = 30_000;
const INT8 = 20;
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8
      ? (text: string) => Number(text)
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

const bound = (client: pg.ClientBase): Sql => {
  const sql: Sql = {
    query: async <T>(text: string, params: readonly unknown[] = []) =>
      (await client.query(text, params as unknown[])).rows as T[],
    transaction: (work) => work(sql),
  };
  return sql;
};

/**
 * A process that hangs in the middle of a transaction (stopped, swapped out, its machine suspended) must not keep its locks
 * from those who take its work over: after so long without a statement the server ends it.
 */
const BEGIN = `begin; set local idle_in_transaction_session_timeout = '8s'; ${PLANS}`;

/** Opens a PostgreSQL (15 or newer) by its connection URL. */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    types,
    application_name: 'credatlas',
    // A server that takes connections and never answers must not be waited for without end.
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
  });
  // An idle connection that breaks (server restart) must not end the process; the next query opens a new one.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  await pool.query('select 1');
  return {
    kind: 'postgres',
    queueConnection: { connectionString: url, schema: 'bullmq', migrate: true, max: 4 },
    query: async <T>(text: string, params: readonly unknown[] = []) =>
      (await pool.query(text, params as unknown[])).rows as T[],
    async transaction(work) {
      const client = await pool.connect();
      try {
        await client.query(BEGIN);
        const result = await work(bound(client));
        await client.query('commit');
        client.release();
        return result;
      } catch (error) {
        await client.query('rollback').then(
          () => client.release(),
          (broken) => client.release(broken),
        );
        throw error;
      }
    },
    async script(text) {
      await pool.query(text);
    },
    close: () => pool.end(),
  };
}

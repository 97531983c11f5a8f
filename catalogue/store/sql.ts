/** Runs parameterised SQL. Values never become part of the text. */
export interface Sql {
  /** One statement; answers its rows. `$1`… stand for `params`; JSON is passed as text and cast (`$1::jsonb`). */
  query<T = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<T[]>;
  /** All of `work` or nothing of it. Inside a transaction, `transaction` joins the one that is open. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

/**
 * Begins each transaction. What writes, looks rows up by keys: without statistics, or with old ones, the planner takes a column
 * that it knows nothing of for one of 200 values and reads whole tables instead. Compiling plans costs more than it saves here.
 */
export const PLANS = 'set local enable_seqscan = off; set local jit = off';

/** A database that is open: PGlite in this process or a PostgreSQL server, with the same SQL on both. */
export interface Database extends Sql {
  readonly kind: 'pglite' | 'postgres';
  /** Several statements without parameters (migrations). */
  script(text: string): Promise<void>;
  /** What BullMQ takes as its Postgres connection. */
  readonly queueConnection: unknown;
  close(): Promise<void>;
}

/** Runs parameterised SQL. Values never become part of the text. */
export interface Sql {
  /** One statement; answers its rows. `$1`… stand for `params`; JSON is passed as text and cast (`$1::jsonb`). */
  query<T = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<T[]>;
  /** All of `work` or nothing of it. Inside a transaction, `transaction` joins the one that is open. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

/** A database that is open: PGlite in this process or a PostgreSQL server, with the same SQL on both. */
export interface Database extends Sql {
  readonly kind: 'pglite' | 'postgres';
  /** Several statements without parameters (migrations). */
  script(text: string): Promise<void>;
  /** Bytes that may still be written on the disk of an embedded store; undefined where that is not ours to know. */
  room?(): number | undefined;
  /** What BullMQ takes as its Postgres connection. */
  readonly queueConnection: unknown;
  close(): Promise<void>;
}

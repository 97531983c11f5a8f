import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { lockDirectory } from './directory-lock.ts';
import { createPglitePool } from './pglite-pool.ts';
import type { Database, Sql } from './sql.ts';

const VACUUM_EVERY_MS = 10 * 60_000;

/**
 * Opens the embedded store in `directory` (made when missing), or in memory without one. One process at a time:
 * PGlite itself does not lock its directory, so we do.
 */
export async function openPglite(directory?: string): Promise<Database> {
  if (directory) await mkdir(directory, { recursive: true });
  const unlock = directory ? await lockDirectory(directory) : undefined;
  let db: PGlite;
  try {
    db = await PGlite.create({
      ...(directory ? { dataDir: join(directory, 'pglite') } : {}),
      extensions: { pg_trgm, unaccent },
      // One session needs a tenth of the defaults: the process stays some 100 MB smaller.
      postgresqlconf: ['shared_buffers=12MB', 'max_connections=10', 'wal_buffers=512kB'],
    });
  } catch (error) {
    await unlock?.();
    throw new Error(
      `the embedded store in ${directory} cannot be opened: ${(error as Error).message}. ` +
        'Move the directory away to start with an empty catalogue, or set DATA_DIR.',
      { cause: error },
    );
  }
  // BullMQ's tables live in their own schema; its statements name them without it.
  await db.exec('create schema if not exists bullmq; set search_path to public, bullmq;');
  const pool = createPglitePool(db);
  const query = async <T>(text: string, params: readonly unknown[] = []) => {
    await nextTurn();
    return (await db.query<T>(text, params as unknown[])).rows;
  };
  const inTransaction: Sql = { query, transaction: (work) => work(inTransaction) };

  // Single-user WASM has no autovacuum. Each VACUUM is a statement of its own, outside any transaction.
  const vacuum = setInterval(() => {
    void (async () => {
      const tables = await pool.query(
        `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables where n_dead_tup > 1000`,
      );
      for (const row of tables.rows as { name: string }[]) await pool.query(`vacuum ${row.name}`);
    })().catch(() => {});
  }, VACUUM_EVERY_MS);
  vacuum.unref();

  return {
    kind: 'pglite',
    queueConnection: pool,
    query: (text, params) => pool.exclusive(() => query(text, params)),
    transaction: (work) =>
      pool.exclusive(async () => {
        await db.exec('begin');
        try {
          const result = await work(inTransaction);
          await db.exec('commit');
          return result;
        } catch (error) {
          await db.exec('rollback');
          throw error;
        }
      }),
    script: (text) => pool.exclusive(async () => void (await db.exec(text))),
    async close() {
      clearInterval(vacuum);
      await pool.exclusive(() => db.close());
      await unlock?.();
    },
  };
}

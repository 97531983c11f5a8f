import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { asStoreTrouble, tellingTrouble } from '../store-trouble.ts';
import { DATABASE, DirectoryUnusable, directoryError, inspectDirectory, startDatabase } from './data-directory.ts';
import { lockDirectory } from './directory-lock.ts';
import { createDiskGuard, freeBytes } from './disk-space.ts';
import { createPglitePool } from './pglite-pool.ts';
import type { Database, Sql } from './sql.ts';
import { watchEventLoop } from './watchdog.ts';

const VACUUM_EVERY_MS = 10 * 60_000;

/**
 * Opens the embedded store in `directory` (made when missing), or in memory without one. One process at a time:
 * PGlite itself does not lock its directory, so we do. `tell` hears when the disk is full and when it is no longer.
 */
export async function openPglite(directory?: string, tell?: (line: string) => void): Promise<Database> {
  if (directory) await inspectDirectory(directory);
  const release = directory ? await lockDirectory(directory) : undefined;
  const unwatch = directory ? watchEventLoop(directory) : undefined;
  const unlock = async () => {
    unwatch?.();
    await release?.();
  };
  let db: PGlite;
  try {
    const finished = directory ? await startDatabase(directory) : undefined;
    db = await PGlite.create({
      ...(directory ? { dataDir: join(directory, DATABASE) } : {}),
      extensions: { pg_trgm, unaccent },
      // One session needs a tenth of the defaults: the process stays some 100 MB smaller.
      postgresqlconf: ['shared_buffers=12MB', 'max_connections=10', 'wal_buffers=512kB'],
    });
    await finished?.();
  } catch (error) {
    await unlock();
    throw error instanceof DirectoryUnusable ? error : cannotOpen(directory ?? 'memory', error);
  }
  const guard = directory ? createDiskGuard(directory, tell) : undefined;
  // BullMQ's tables live in their own schema; its statements name them without it.
  await db.exec('create schema if not exists bullmq; set search_path to public, bullmq;');
  const pool = createPglitePool(db, guard?.admit);
  const query = async <T>(text: string, params: readonly unknown[] = []) => {
    await nextTurn();
    guard?.admit(text);
    return (await tellingTrouble(db.query<T>(text, params as unknown[]))).rows;
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
        guard?.admit('begin');
        await db.exec('begin');
        try {
          const result = await work(inTransaction);
          await db.exec('commit');
          return result;
        } catch (error) {
          // The session of a database that is gone cannot be tidied; what it was doing is the news.
          await db.exec('rollback').catch(() => {});
          throw asStoreTrouble(error);
        }
      }),
    script: (text) =>
      pool.exclusive(async () => {
        guard?.admit(text);
        await tellingTrouble(db.exec(text));
      }),
    room: () => (directory ? freeBytes(directory) : undefined),
    async close() {
      clearInterval(vacuum);
      // Its last checkpoint would hang on a full disk; without it the next start recovers from the log.
      if (!guard?.isFull()) await pool.exclusive(() => db.close());
      await unlock();
    },
  };
}

/** Only what is damaged may be moved away, never what lacks room or rights. */
function cannotOpen(directory: string, error: unknown): Error {
  const known = directoryError(directory, error) ?? directoryError(directory, (error as Error)?.cause);
  if (known) return known;
  const detail = String((error as Error)?.message || error)
    .replace(/\s+/g, ' ')
    .slice(0, 200);
  return new DirectoryUnusable(
    directory,
    `holds a database that cannot be opened (${detail}), it may be damaged`,
    'Put back a copy of the folder; without one keep it aside, set DATA_DIR to another folder and harvest again.',
    { cause: error },
  );
}

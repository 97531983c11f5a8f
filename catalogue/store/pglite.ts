import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { closeToOthers } from './close-to-others.ts';
import { DATABASE, DirectoryUnusable, directoryError, inspectDirectory, startDatabase } from './data-directory.ts';
import { DirectoryInUse, type DirectoryLock, DirectoryLost, lockDirectory } from './directory-lock.ts';
import { createDiskGuard } from './disk-space.ts';
import { createPglitePool } from './pglite-pool.ts';
import { keepPgliteTidy } from './pglite-upkeep.ts';
import { type Database, PLANS, type Sql } from './sql.ts';
import { watchEventLoop } from './watchdog.ts';

/** Rights that nobody but this user has. */
const PRIVATE = 0o077;

/**
 * Opens the embedded store in `directory` (made when missing), or in memory without one. One process at a time:
 * PGlite itself does not lock its directory, so we do. `tell` hears when the disk is full and when it is no longer.
 */
export async function openPglite(directory?: string, tell?: (line: string) => void): Promise<Database> {
  if (directory) await inspectDirectory(directory);
  // What is made while the store is open is for this user only: its log, the socket for other commands.
  const umask = directory ? process.umask(PRIVATE) : undefined;
  let lock: DirectoryLock | undefined;
  let unwatch = () => {};
  const unlock = () => {
    unwatch();
    lock?.release();
    if (umask !== undefined) process.umask(umask);
  };
  let db: PGlite;
  try {
    if (directory) {
      lock = await lockDirectory(directory);
      unwatch = watchEventLoop(directory, undefined, lock);
      closeFolder(directory, tell);
    }
    const finished = directory ? await startDatabase(directory) : undefined;
    db = await PGlite.create({
      ...(directory ? { dataDir: join(directory, DATABASE) } : {}),
      extensions: { pg_trgm, unaccent },
      // One session needs a tenth of the defaults: the process stays some 100 MB smaller.
      postgresqlconf: [
        'shared_buffers=12MB',
        'max_connections=10',
        'wal_buffers=512kB',
        'max_wal_size=64MB',
        'min_wal_size=32MB',
      ],
    });
    await finished?.();
  } catch (error) {
    unlock();
    const plain = error instanceof DirectoryUnusable || error instanceof DirectoryInUse;
    throw plain ? error : cannotOpen(directory ?? 'memory', error);
  }
  const guard = directory ? createDiskGuard(directory, tell) : undefined;
  const admit = (statement: string) => {
    // Reading writes too: pages that were changed before make room for those that are read.
    if (directory && lock?.isLost()) throw new DirectoryLost(directory);
    guard?.admit(statement);
  };
  // BullMQ's tables live in their own schema; its statements name them without it.
  await db.exec('create schema if not exists bullmq; set search_path to public, bullmq;');
  // Some of its files it makes with rights of its own, whatever those of the process are.
  if (directory) closeFolder(directory, tell);
  const pool = createPglitePool(db, admit);
  const query = async <T>(text: string, params: readonly unknown[] = []) => {
    await nextTurn();
    admit(text);
    return (await db.query<T>(text, params as unknown[])).rows;
  };
  const inTransaction: Sql = { query, transaction: (work) => work(inTransaction) };

  const stopTidying = keepPgliteTidy(pool);

  return {
    kind: 'pglite',
    queueConnection: pool,
    query: (text, params) => pool.exclusive(() => query(text, params)),
    transaction: (work) =>
      pool.exclusive(async () => {
        admit('begin');
        await db.exec(`begin; ${PLANS}`);
        try {
          const result = await work(inTransaction);
          admit('commit');
          await db.exec('commit');
          return result;
        } catch (error) {
          if (!lock?.isLost()) await db.exec('rollback');
          throw error;
        }
      }, 'transaction'),
    script: (text) => pool.exclusive(async () => void (await db.exec(text)), 'transaction'),
    async close() {
      stopTidying();
      // Its last checkpoint would hang on a full disk; without it the next start recovers from the log.
      if (!guard?.isFull() && !lock?.isLost()) await pool.exclusive(() => db.close());
      if (directory) closeFolder(directory);
      unlock();
    },
  };
}

function closeFolder(directory: string, tell?: (line: string) => void): void {
  const [first, ...more] = closeToOthers(directory);
  if (!first) return;
  const which = more.length ? `${first} and ${more.length} more` : first;
  tell?.(
    `other users may read or change ${which} (DATA_DIR), and it could not be closed to them; chmod -R go= it as its owner.`,
  );
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

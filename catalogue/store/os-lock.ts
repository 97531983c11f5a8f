import { DatabaseSync } from 'node:sqlite';

const BUSY = 5;
/** Others who only look hold it for an instant. */
const PATIENCE_MS = 100;

const isBusy = (error: unknown): boolean => (Number((error as { errcode?: number }).errcode) & 0xff) === BUSY;

/**
 * A lock that the operating system keeps on a file (fcntl, on Windows LockFileEx): one process has it, whatever namespace,
 * container or user it is of, also while it is stopped; when the process ends, however that comes, the system gives it back.
 * Node has no call for it, but the SQLite within Node takes it when a transaction is exclusive; nothing is ever written.
 * Answers how to give it back, or undefined when another process has it. The file must never be opened otherwise in this
 * process: closing any handle of it gives the lock back (POSIX, fcntl); and never be removed.
 * @throws what SQLite says where the file system has no locks, or where the file cannot be made
 */
export function takeOsLock(path: string): (() => void) | undefined {
  const file = new DatabaseSync(path, { timeout: PATIENCE_MS });
  try {
    file.exec('pragma journal_mode = memory; begin exclusive');
    return () => file.close();
  } catch (error) {
    file.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

/** Whether a process certainly has the lock on a file that exists; why it cannot be looked at is told when it is to be taken. */
export function isOsLocked(path: string): boolean {
  let file: DatabaseSync | undefined;
  try {
    file = new DatabaseSync(path, { readOnly: true, timeout: PATIENCE_MS });
    file.exec('select count(*) from sqlite_schema');
    return false;
  } catch (error) {
    return isBusy(error);
  } finally {
    file?.close();
  }
}

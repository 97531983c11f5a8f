import { chmodSync, type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What a folder of the embedded store holds; `control` is how other commands reach the process that serves. */
const OURS = /^(?:pglite|pglite-unfinished|lock|lock\.sqlite|lock-\d+|control\.sock|control\.path|\.write-\d+)$/;
const OTHERS = 0o077;

/**
 * Nobody but this user may enter the store or read it: folders 0700, files 0600; the database's first files come with 0666. A folder
 * that holds other things too stays open, and what is ours in it is closed. Answers what could not be closed.
 */
export function closeToOthers(directory: string): string[] {
  const refused: string[] = [];
  const close = (path: string) => {
    try {
      const { mode } = lstatSync(path);
      if (mode & OTHERS) chmodSync(path, mode & ~OTHERS & 0o7777);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') refused.push(path);
    }
  };
  const closeAll = (folder: string, entries: readonly Dirent[]) => {
    for (const entry of entries) {
      const path = join(folder, entry.name);
      // What a link leads to is not ours.
      if (!entry.isSymbolicLink()) close(path);
      if (entry.isDirectory()) closeAll(path, readdirSync(path, { withFileTypes: true }));
    }
  };
  const entries = readdirSync(directory, { withFileTypes: true });
  const ours = entries.filter(({ name }) => OURS.test(name));
  if (ours.length === entries.length) close(directory);
  closeAll(directory, ours);
  return refused;
}

import { randomUUID } from 'node:crypto';
import { lstatSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const windows = process.platform === 'win32';
/** Addresses of Unix sockets are limited to about 100 bytes. */
const MOST_BYTES = 100;

const inside = (dataDir: string) => resolve(join(dataDir, 'control.sock'));
/** Where the address is noted that cannot be in the folder. */
const noteOf = (dataDir: string) => join(dataDir, 'control.path');
const fits = (dataDir: string) => !windows && Buffer.byteLength(inside(dataDir)) < MOST_BYTES;

/**
 * Where the process that holds the folder is to listen for other commands: a socket in the folder, which only its user may enter.
 * Where that path is too long, a socket in a new folder that only this user may enter, under a name that nobody can guess, noted
 * in the data folder; on Windows, whose sockets are no files, a pipe of such a name. Answers how to take it away, too.
 */
export function newControlAddress(dataDir: string): { address: string; remove: () => void } {
  const old = controlAddress(dataDir);
  if (old && !windows) removeSocket(old, dataDir);
  if (fits(dataDir)) return { address: inside(dataDir), remove: () => {} };
  const address = windows
    ? `\\\\.\\pipe\\credatlas-${randomUUID()}`
    : join(mkdtempSync(join(tmpdir(), 'credatlas-')), 'control.sock');
  writeFileSync(noteOf(dataDir), address, { mode: 0o600 });
  return {
    address,
    remove() {
      if (!windows) removeSocket(address, dataDir);
      rmSync(noteOf(dataDir), { force: true });
    },
  };
}

/** Where the process that holds the folder listens; undefined when nothing is noted, or when it is not this user's alone. */
export function controlAddress(dataDir: string): string | undefined {
  if (fits(dataDir)) return inside(dataDir);
  try {
    const address = readFileSync(noteOf(dataDir), 'utf8');
    return windows || isPrivate(dirname(address)) ? address : undefined;
  } catch {
    return undefined;
  }
}

/** Whatever clears a temporary folder may have removed ours, and another may have made one of its name. */
function isPrivate(folder: string): boolean {
  const { mode, uid } = lstatSync(folder);
  return (mode & 0o077) === 0 && uid === process.getuid?.();
}

function removeSocket(address: string, dataDir: string): void {
  rmSync(address, { force: true });
  const folder = dirname(address);
  if (folder === resolve(dataDir)) return;
  try {
    rmdirSync(folder);
  } catch {
    // It holds something that is not ours, or is gone.
  }
}

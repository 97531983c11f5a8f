import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { freeBytes, NEEDED_BYTES, NEEDED_FOR_NEW_BYTES, shownBytes } from './disk-space.ts';

/** Name of the database within the folder. */
export const DATABASE = 'pglite';
/** Stands beside a database that is still being made. */
const UNFINISHED = 'pglite-unfinished';
/** What the embedded PostgreSQL calls its major version. */
const MAJOR = '18';

/** The folder of the embedded store cannot be used. Nothing in it was changed. */
export class DirectoryUnusable extends Error {
  constructor(directory: string, what: string, remedy: string, options?: ErrorOptions) {
    super(`DATA_DIR: ${directory} ${what}. ${remedy}`, options);
    this.name = 'DirectoryUnusable';
  }
}

const OTHER = 'Set DATA_DIR to a folder that this user may write to.';
const UNTOUCHED = 'What is stored is untouched.';

/** What an error of the file system means for the folder, and what to do; by its code. */
const WORDS: ReadonlyMap<string, readonly [what: string, remedy: string]> = new Map(
  Object.entries({
    ENOSPC: ['is on a disk that is full', `Free some space and start again; move nothing away. ${UNTOUCHED}`],
    EDQUOT: ['is over the quota of this user', `Free some space and start again; move nothing away. ${UNTOUCHED}`],
    EROFS: ['is on a disk that takes no writes', `Mount it writable, or set DATA_DIR to another folder. ${UNTOUCHED}`],
    EIO: ['is on a disk that reports errors', 'Look at the disk; make a copy of the folder before anything else.'],
    EACCES: ['may not be written to by this user', OTHER],
    EPERM: ['may not be written to by this user', OTHER],
    ENOENT: ['cannot be made there', OTHER],
    ENOTDIR: ['is, or leads through, a file that is no folder', OTHER],
    EEXIST: ['is a file, no folder', OTHER],
    ELOOP: ['leads through links that go round in a circle', OTHER],
    ENAMETOOLONG: ['is too long a path', 'Set DATA_DIR to a shorter one.'],
    EMFILE: ['cannot be opened: this process has too many files open', 'Raise the limit (ulimit -n).'],
    ENFILE: ['cannot be opened: this machine has too many files open', 'Raise the limit of the system.'],
    ERR_INVALID_ARG_VALUE: ['is no path', OTHER],
  } as const),
);

/** Numbers that WebAssembly gives the same errors (WASI's errno). */
const WASI: ReadonlyMap<number, string> = new Map([
  [2, 'EACCES'],
  [19, 'EDQUOT'],
  [29, 'EIO'],
  [33, 'EMFILE'],
  [41, 'ENFILE'],
  [44, 'ENOENT'],
  [51, 'ENOSPC'],
  [63, 'EPERM'],
  [69, 'EROFS'],
]);

/** The error as one about the folder, when it is one of the file system; undefined otherwise. */
export function directoryError(directory: string, error: unknown): DirectoryUnusable | undefined {
  const { code, errno } = (error ?? {}) as { code?: string; errno?: number };
  const name = code ?? WASI.get(errno ?? 0) ?? '';
  const words = WORDS.get(name);
  return words && new DirectoryUnusable(directory, `${words[0]} (${name})`, words[1], { cause: error });
}

/**
 * Whether the folder can hold the embedded store: made where it is missing, takes writes, has room, and holds nothing of another
 * version. What is stored is only looked at.
 */
export async function inspectDirectory(directory: string): Promise<void> {
  try {
    await make(resolve(directory));
    if (!(await stat(directory)).isDirectory()) throw Object.assign(new Error('no folder'), { code: 'EEXIST' });
    await probe(join(directory, `.write-${process.pid}`));
  } catch (error) {
    throw directoryError(directory, error) ?? error;
  }
  const folder = join(directory, DATABASE);
  const isNew = !existsSync(folder);
  const major = (await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (major && major !== MAJOR) {
    const whose = Number(major) > Number(MAJOR) ? 'a newer' : 'an older';
    throw new DirectoryUnusable(
      directory,
      `was written by ${whose} Credatlas (PostgreSQL ${major}, this one has ${MAJOR})`,
      'Start it with that version, or set DATA_DIR to another folder. Nothing was changed.',
    );
  }
  const needed = isNew ? NEEDED_FOR_NEW_BYTES : NEEDED_BYTES;
  const free = freeBytes(directory);
  // A database that runs out of room in the middle of a write can hang.
  if (free !== undefined && free < needed) {
    throw new DirectoryUnusable(
      directory,
      `is on a disk that is full: ${shownBytes(free)} free, ${shownBytes(needed)} needed (ENOSPC)`,
      `Free some space and start again; move nothing away. ${UNTOUCHED}`,
    );
  }
}

/**
 * To be called with the lock held, before the database is opened or made. One whose making was cut off holds nothing and is made
 * anew: a mark stands beside it until it is whole. Answers how to take the mark away.
 */
export async function startDatabase(directory: string): Promise<(() => Promise<void>) | undefined> {
  const folder = join(directory, DATABASE);
  const mark = join(directory, UNFINISHED);
  if (existsSync(mark)) await rm(folder, { recursive: true, force: true });
  if (existsSync(folder)) return undefined;
  await writeFile(mark, 'The database beside this file is being made; it holds nothing yet.\n');
  return () => rm(mark, { force: true });
}

async function probe(path: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(Buffer.alloc(8_192, 1));
    await file.sync();
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}

/** Step by step, as Node's own `recursive` never comes back where a parent answers ENOENT for ever (`/proc`). */
async function make(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found) return;
  const parent = dirname(path);
  if (parent !== path) await make(parent);
  await mkdir(path, 0o700).catch((error: NodeJS.ErrnoException) => {
    // Somebody else was faster; whether it is a folder is looked at above.
    if (error.code !== 'EEXIST') throw error;
    return stat(path);
  });
}

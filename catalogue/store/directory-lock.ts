import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DATABASE, DirectoryUnusable } from './data-directory.ts';
import {
  beatOf,
  type Holder,
  isOfThisMachine,
  isOlderAndLives,
  isTaken,
  newNote,
  readNote,
  writeNote,
} from './lock-note.ts';
import { isOsLocked, takeOsLock } from './os-lock.ts';

/** The directory is in use by another live process. */
export class DirectoryInUse extends Error {
  constructor(directory: string, holder: Holder | undefined) {
    const elsewhere = holder?.host && !isOfThisMachine(holder) ? ` on ${holder.host}` : '';
    const by = holder ? `process ${holder.pid}${elsewhere}` : 'another process';
    super(
      `DATA_DIR: the catalogue in ${directory} is in use by ${by}. Stop that process, or set DATA_DIR to another directory.`,
    );
    this.name = 'DirectoryInUse';
  }
}

/** Another process has taken the directory although this one held it: nothing may be written any more, not even at the end. */
export class DirectoryLost extends Error {
  constructor(directory: string) {
    super(
      `DATA_DIR: the catalogue in ${directory} was taken over by another process. End this one; nothing was written since.`,
    );
    this.name = 'DirectoryLost';
  }
}

/** A holder gives a sign of life every so many milliseconds, from a thread of its own. */
export const BEAT_MS = 1_000;
/** So long a sign of life is waited for where the lock of the system may not tell. */
const WATCH_MS = 5 * BEAT_MS;
const LOOK_EVERY_MS = 250;

/** The lock itself; it is kept when nobody holds it, since a lock on a file that is being removed is none. */
const lockOf = (directory: string) => join(directory, 'lock.sqlite');
/** Who has it. */
const noteOf = (directory: string) => join(directory, 'lock');

export interface DirectoryLock {
  /** Where and how the holder is noted. */
  path: string;
  note: string;
  /** Another process has taken the directory; looked at every quarter of a second at most. */
  isLost(): boolean;
  release(): void;
}

/** The live process that holds the directory; undefined when nobody does. */
export function holderOf(directory: string): Holder | undefined {
  const holder = readNote(noteOf(directory));
  if (existsSync(lockOf(directory)) && isOsLocked(lockOf(directory))) return holder ?? { pid: 0 };
  return holder && isOlderAndLives(holder) ? holder : undefined;
}

/**
 * Takes the directory for this process. The lock is one of the operating system: nothing is left of it by a process that was
 * killed, and one that is stopped keeps it. Where that cannot be relied on (the note is of another machine, whose locks a network
 * file system may not carry; the lock's file was removed) it is waited whether a holder gives a sign of life.
 * @throws DirectoryInUse when another process has it
 */
export async function lockDirectory(directory: string, watchMs = WATCH_MS): Promise<DirectoryLock> {
  const path = noteOf(directory);
  const removed = !existsSync(lockOf(directory)) && existsSync(join(directory, DATABASE));
  const unlock = take(directory);
  if (!unlock) throw new DirectoryInUse(directory, readNote(path));
  try {
    const before = readNote(path);
    const unsure = removed || (before && !isOfThisMachine(before));
    if ((before && isOlderAndLives(before)) || (unsure && (await beats(path, watchMs)))) {
      throw new DirectoryInUse(directory, readNote(path));
    }
    const note = newNote();
    writeNote(path, note);
    return heldBy(path, note, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function heldBy(path: string, note: string, unlock: () => void): DirectoryLock {
  let lost = false;
  let lookedAt = performance.now();
  const isLost = () => {
    // The time that a process was stopped counts too.
    if (lost || performance.now() - lookedAt < LOOK_EVERY_MS) return lost;
    lookedAt = performance.now();
    lost = isTaken(path, note);
    return lost;
  };
  const forget = () => {
    if (!isTaken(path, note)) rmSync(path, { force: true });
  };
  process.once('exit', forget);
  return {
    path,
    note,
    isLost,
    release() {
      process.off('exit', forget);
      forget();
      unlock();
    },
  };
}

function take(directory: string): (() => void) | undefined {
  try {
    return takeOsLock(lockOf(directory));
  } catch (error) {
    throw new DirectoryUnusable(
      directory,
      `cannot be locked (${(error as Error).message})`,
      'Set DATA_DIR to a folder on a disk of this machine, or use PostgreSQL (DATABASE_URL).',
      { cause: error },
    );
  }
}

/** Whether a holder gives a sign of life within so many milliseconds. No clock is asked: the note changes or it does not. */
async function beats(path: string, watchMs: number): Promise<boolean> {
  const first = await beatOf(path);
  for (const end = performance.now() + watchMs; performance.now() < end; ) {
    await sleep(Math.min(BEAT_MS, watchMs) / 4);
    if ((await beatOf(path)) !== first) return true;
  }
  return false;
}

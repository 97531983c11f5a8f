import { statfsSync } from 'node:fs';
import { StoreTrouble } from '../store-trouble.ts';

const MIB = 1024 * 1024;
/**
 * The embedded PostgreSQL writes its log in segments of 16 MB. When it cannot begin one it never comes back (it spins inside
 * WebAssembly and takes the process with it), so writing stops while two still fit.
 */
export const NEEDED_BYTES = 40 * MIB;
/** An empty database, its log, and the same margin. */
export const NEEDED_FOR_NEW_BYTES = 96 * MIB;
/** Room must grow by so much before writing goes on, or it would stop and go with every temporary file. */
const AGAIN_BYTES = 8 * MIB;
const LOOK_EVERY_MS = 250;

/** What this user may still write there; undefined where the file system does not say. */
export function freeBytes(directory: string): number | undefined {
  try {
    const { bavail, bsize, blocks } = statfsSync(directory);
    return blocks > 0 ? bavail * bsize : undefined;
  } catch {
    return undefined;
  }
}

export const shownBytes = (bytes: number): string => `${Math.floor(bytes / MIB)} MB`;

/** Nothing can be stored for want of room; reading goes on, and writing by itself when there is room. */
export class DiskFull extends StoreTrouble {
  constructor(directory: string) {
    super(
      `the disk of ${directory} (DATA_DIR) is full: what is stored can be read, nothing can be written. ` +
        `Free some space; it goes on by itself with ${shownBytes(NEEDED_BYTES + AGAIN_BYTES)} free.`,
      '53100',
    );
    this.name = 'DiskFull';
  }
}

/** Keeps writes back while the disk is full. `tell` hears of it once each way. */
export function createDiskGuard(
  directory: string,
  tell: (line: string) => void = () => {},
  freeIn: (directory: string) => number | undefined = freeBytes,
  lookEveryMs = LOOK_EVERY_MS,
) {
  let full = false;
  let lookedAt = Number.NEGATIVE_INFINITY;

  const isFull = (): boolean => {
    if (performance.now() - lookedAt < lookEveryMs) return full;
    lookedAt = performance.now();
    const free = freeIn(directory) ?? Number.POSITIVE_INFINITY;
    const now = free < NEEDED_BYTES + (full ? AGAIN_BYTES : 0);
    if (now && !full) tell(new DiskFull(directory).message);
    if (!now && full) tell(`the disk of ${directory} (DATA_DIR) has room again: writing goes on.`);
    full = now;
    return full;
  };
  return {
    isFull,
    /** Throws when the statement would write and there is no room. */
    admit(statement: string): void {
      if (WRITES.test(statement) && isFull()) throw new DiskFull(directory);
    },
  };
}

/** Statements that write, the ones within `with` included; `begin` stands for what follows it. */
const WRITES =
  /\b(?:insert|update|delete|merge|truncate|create|alter|drop|vacuum|reindex|copy|begin|cluster|refresh|checkpoint)\b/i;

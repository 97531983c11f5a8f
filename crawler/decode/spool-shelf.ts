import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Values that are asked for by number, in any order; beyond `limit` characters they stand on disk. */
export interface Shelf<T> {
  /** Puts a value down, and answers its number: 0, 1, 2, … */
  add(value: T): Promise<number>;
  get(number: number): Promise<T>;
  /** Removes what is there, also on disk. Always call it. */
  dispose(): Promise<void>;
}

/** What is written at once. */
const BLOCK = 1024 * 1024;

/**
 * Some catalogues refer from their first record to their last element. The shelf lets a format look things up without memory growing
 * with the document, but for a few bytes a value. Values must survive a round trip through JSON.
 */
export function createShelf<T>(limit = 16 * 1024 * 1024): Shelf<T> {
  /** Those that are not on disk yet, the first of them being number `first`. */
  let waiting: Buffer[] = [];
  let first = 0;
  let size = 0;
  let offset = 0;
  let directory: string | undefined;
  let file: FileHandle | undefined;
  const ends: number[] = [];

  async function write(): Promise<void> {
    directory ??= await mkdtemp(join(tmpdir(), 'credatlas-shelf-'));
    file ??= await open(join(directory, 'values'), 'w+', 0o600);
    const block = Buffer.concat(waiting);
    await file.write(block, 0, block.length, offset);
    for (const { length } of waiting) {
      offset += length;
      ends.push(offset);
    }
    first += waiting.length;
    waiting = [];
    size = 0;
  }

  return {
    async add(value) {
      const line = Buffer.from(JSON.stringify(value));
      waiting.push(line);
      size += line.length;
      const number = first + waiting.length - 1;
      if (size > (file ? BLOCK : limit)) await write();
      return number;
    },
    async get(number) {
      const here = waiting[number - first];
      if (here) return JSON.parse(here.toString()) as T;
      const start = number ? (ends[number - 1] ?? 0) : 0;
      const block = Buffer.alloc((ends[number] ?? start) - start);
      await file?.read(block, 0, block.length, start);
      return JSON.parse(block.toString()) as T;
    },
    async dispose() {
      waiting = [];
      await file?.close();
      file = undefined;
      if (directory) await rm(directory, { recursive: true, force: true });
      directory = undefined;
    },
  };
}

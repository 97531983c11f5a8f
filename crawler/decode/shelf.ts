import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Values that are asked for by number, in any order; beyond `limit` characters they stand on disk. */
export interface Shelf<T> {
  /** Puts a value down, and answers its number: 0, 1, 2, … */
  add(value: T): number;
  get(number: number): T;
  /** All values in order; the shelf is empty afterwards. */
  take(): Generator<T>;
  /** Removes what is there, also on disk. Always call it. */
  dispose(): void;
}

/** Folders on disk; what was interrupted could not remove its own (`harvest/in-pieces.ts`). */
const folders = new Set<string>();
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** What is written at once. */
const BLOCK = 1024 * 1024;

/**
 * Some catalogues refer from their first record to their last element, or say what is true of all records behind them. The shelf lets a format look things up without memory growing
 * with the document, but for a few bytes a value. Values must survive a round trip through JSON. Nothing waits for the disk: what a
 * format does can then be interrupted as a whole (`harvest/in-pieces.ts`), and a value of the system's cache is there at once.
 */
export function createShelf<T>(limit = 16 * 1024 * 1024): Shelf<T> {
  /** Those that are not on disk yet, the first of them being number `first`. */
  let waiting: string[] = [];
  let first = 0;
  let size = 0;
  let offset = 0;
  let directory: string | undefined;
  let file: number | undefined;
  let ends: number[] = [];

  function write(): void {
    directory ??= mkdtempSync(join(tmpdir(), 'credatlas-shelf-'));
    folders.add(directory);
    file ??= openSync(join(directory, 'values'), 'w+', 0o600);
    const block = Buffer.from(waiting.join(''));
    for (let at = 0; at < block.length; ) at += writeSync(file, block, at, block.length - at, offset + at);
    for (const line of waiting) {
      offset += Buffer.byteLength(line);
      ends.push(offset);
    }
    first += waiting.length;
    waiting = [];
    size = 0;
  }

  function read(start: number, end: number): Buffer {
    const block = Buffer.alloc(end - start);
    if (file !== undefined)
      for (let at = 0, got = 1; at < block.length && got; at += got)
        got = readSync(file, block, at, block.length - at, start + at);
    return block;
  }

  function dispose(): void {
    waiting = [];
    ends = [];
    first = 0;
    size = 0;
    offset = 0;
    if (file !== undefined) closeSync(file);
    file = undefined;
    if (directory) {
      rmSync(directory, { recursive: true, force: true });
      folders.delete(directory);
    }
    directory = undefined;
  }

  const shelf: Shelf<T> = {
    add(value) {
      const line = JSON.stringify(value);
      waiting.push(line);
      size += line.length;
      const number = first + waiting.length - 1;
      if (size > (file === undefined ? limit : BLOCK)) write();
      return number;
    },
    get(number) {
      const here = waiting[number - first];
      if (here) return JSON.parse(here) as T;
      const start = number ? (ends[number - 1] ?? 0) : 0;
      return JSON.parse(read(start, ends[number] ?? start).toString()) as T;
    },
    *take() {
      // From disk in blocks, at least one value each.
      for (let number = 0; number < first; ) {
        const start = number ? (ends[number - 1] as number) : 0;
        let last = number;
        while (last + 1 < first && (ends[last + 1] as number) - start <= BLOCK) last++;
        const block = read(start, ends[last] as number);
        for (let from = start; number <= last; number++) {
          const end = ends[number] as number;
          yield JSON.parse(block.toString('utf8', from - start, end - start)) as T;
          from = end;
        }
      }
      for (const value of waiting) yield JSON.parse(value) as T;
      dispose();
    },
    dispose,
  };
  return shelf;
}

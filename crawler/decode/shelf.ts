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

/** Of every so many values the place is kept; between them lengths are summed. */
const STRIDE = 64;

/** Where values stand that are written one after another: four bytes a value. */
function createPlaces() {
  let lengths = new Uint32Array(1024);
  let count = 0;
  let end = 0;
  let starts: number[] = [];
  return {
    add(length: number): void {
      if (count === lengths.length) {
        const wider = new Uint32Array(count * 2);
        wider.set(lengths);
        lengths = wider;
      }
      if (count % STRIDE === 0) starts.push(end);
      lengths[count++] = length;
      end += length;
    },
    length: (number: number): number => lengths[number] ?? 0,
    start(number: number): number {
      const near = number - (number % STRIDE);
      let start = starts[near / STRIDE] ?? 0;
      for (let at = near; at < number; at++) start += lengths[at] as number;
      return start;
    },
    clear(): void {
      [lengths, count, end, starts] = [new Uint32Array(1024), 0, 0, []];
    },
  };
}

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
  const places = createPlaces();

  function write(): void {
    directory ??= mkdtempSync(join(tmpdir(), 'credatlas-shelf-'));
    folders.add(directory);
    file ??= openSync(join(directory, 'values'), 'w+', 0o600);
    const block = Buffer.from(waiting.join(''));
    for (let at = 0; at < block.length; ) at += writeSync(file, block, at, block.length - at, offset + at);
    for (const line of waiting) {
      const length = Buffer.byteLength(line);
      places.add(length);
      offset += length;
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
    places.clear();
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
      const start = places.start(number);
      return JSON.parse(read(start, start + places.length(number)).toString()) as T;
    },
    *take() {
      // From disk in blocks, at least one value each.
      for (let number = 0, start = 0; number < first; ) {
        let size = places.length(number);
        let beyond = number + 1;
        while (beyond < first && size + places.length(beyond) <= BLOCK) size += places.length(beyond++);
        const block = read(start, start + size);
        for (let from = 0; number < beyond; number++) {
          const end = from + places.length(number);
          yield JSON.parse(block.toString('utf8', from, end)) as T;
          from = end;
        }
        start += size;
      }
      for (const value of waiting) yield JSON.parse(value) as T;
      dispose();
    },
    dispose,
  };
  return shelf;
}

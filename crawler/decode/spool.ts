import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Holds values until it is known what belongs to all of them; beyond `limit` characters they wait on disk. */
export interface Spool<T> {
  push(value: T): Promise<void>;
  /** The values in order; the spool is empty afterwards. */
  drain(): AsyncGenerator<T>;
  /** Removes what is left, also on disk. Always call it. */
  dispose(): Promise<void>;
}

/**
 * XML catalogues say what is true of all records (the provider's address) after the records. The spool lets a format
 * wait for that without memory growing with the document. Values must survive a round trip through JSON.
 */
export function createSpool<T>(limit = 16 * 1024 * 1024): Spool<T> {
  let lines: string[] = [];
  let size = 0;
  let directory: string | undefined;
  let written = false;

  const file = async (): Promise<string> => {
    directory ??= await mkdtemp(join(tmpdir(), 'credatlas-spool-'));
    return join(directory, 'values.ndjson');
  };

  async function spill(): Promise<void> {
    const handle = await open(await file(), written ? 'a' : 'w', 0o600);
    try {
      await handle.writeFile(`${lines.join('\n')}\n`);
    } finally {
      await handle.close();
    }
    written = true;
    lines = [];
    size = 0;
  }

  return {
    async push(value) {
      // readline also breaks at U+2028 and U+2029, which JSON leaves as they are.
      const line = JSON.stringify(value).replace(/[\u2028\u2029]/g, (c) => (c === '\u2028' ? '\\u2028' : '\\u2029'));
      lines.push(line);
      size += line.length;
      if (size > limit) await spill();
    },
    async *drain() {
      if (written) {
        const reader = createInterface({ input: createReadStream(await file()), crlfDelay: Number.POSITIVE_INFINITY });
        for await (const line of reader) if (line) yield JSON.parse(line) as T;
        written = false;
      }
      const rest = lines;
      lines = [];
      size = 0;
      for (const line of rest) yield JSON.parse(line) as T;
    },
    async dispose() {
      lines = [];
      if (directory) await rm(directory, { recursive: true, force: true });
      directory = undefined;
    },
  };
}

import { type Entry, openPromise } from 'yauzl';

/** The archive cannot be read, or is more than anybody reads. The message says why. */
export class ArchiveBroken extends Error {}

export interface Archive {
  /** Names of the entries in small letters, as they are written in the archive's directory. */
  readonly names: ReadonlySet<string>;
  /** What is in an entry, unpacked as it is read; undefined when there is none of that name. */
  read(name: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  close(): void;
}

/** A workbook with a thousand sheets has not as many. */
const MOST_ENTRIES = 10_000;

/**
 * A ZIP file on disk. All that is read of it together unpacks to `largest` bytes at most, whatever it says of its sizes. Names are only
 * looked up, never used as paths.
 * @throws ArchiveBroken
 */
export async function openArchive(path: string, largest: number): Promise<Archive> {
  const options = { lazyEntries: true, autoClose: false, strictFileNames: false } as const;
  const zip = await openPromise(path, options).catch(broken);
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= MOST_ENTRIES) throw new ArchiveBroken(`it has more than ${MOST_ENTRIES} entries`);
      const name = entry.fileName.toLowerCase();
      if (!entries.has(name)) entries.set(name, entry);
    }
  } catch (error) {
    zip.close();
    throw error instanceof ArchiveBroken ? error : broken(error);
  }
  let unpacked = 0;
  async function* counted(stream: AsyncIterable<Uint8Array>) {
    try {
      for await (const chunk of stream) {
        unpacked += chunk.byteLength;
        if (unpacked > largest) throw new ArchiveBroken(`it unpacks to more than ${largest} bytes`);
        yield chunk;
      }
    } catch (error) {
      throw error instanceof ArchiveBroken ? error : broken(error);
    }
  }
  return {
    names: new Set(entries.keys()),
    async read(name) {
      const entry = entries.get(name.toLowerCase());
      if (!entry) return undefined;
      if (entry.isEncrypted()) throw new ArchiveBroken('it is protected by a password');
      return counted((await zip.openReadStreamPromise(entry).catch(broken)) as AsyncIterable<Uint8Array>);
    },
    close: () => zip.close(),
  };
}

const broken = (error: unknown): never => {
  throw new ArchiveBroken(`it is damaged: ${(error as Error).message}`, { cause: error });
};

import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { ConceptVocabulary } from './concept-source.ts';

/** Raised whenever what stands in the file, or how, changes. */
export const FILE_VERSION = 1;
const MAGIC = 'credatlas-concepts';

/** What a file says of itself. */
export interface ConceptFileFacts {
  version: number;
  vocabularies: ConceptVocabulary[];
  /** Digest of all that it was built from. */
  digest: string;
}

/** The parts of a file, as bytes. */
export type Sections = ReadonlyMap<string, Uint8Array>;

/** A concept file that cannot be used. */
export class ConceptFileBroken extends Error {
  readonly remedy: string;
  constructor(what: string, remedy: string) {
    super(`the concept file ${what}`);
    this.name = 'ConceptFileBroken';
    this.remedy = remedy;
  }
}

const REMEDY =
  'Make it anew with `credatlas vocabulary import`, or remove it to use the one that ships with Credatlas.';

/** Facts as one line of JSON, then the parts one after another, each beginning at a multiple of eight; all of it compressed. */
export function writeConceptFile(facts: Omit<ConceptFileFacts, 'version'>, sections: Sections, level = 9): Buffer {
  const lengths = [...sections].map(([name, bytes]) => [name, bytes.byteLength]);
  const head = Buffer.from(`${MAGIC} ${JSON.stringify({ version: FILE_VERSION, ...facts, sections: lengths })}\n`);
  const parts: Uint8Array[] = [padded(head)];
  for (const bytes of sections.values()) parts.push(padded(bytes));
  return zstdCompressSync(Buffer.concat(parts), { params: { [constants.ZSTD_c_compressionLevel]: level } });
}

/** @throws ConceptFileBroken */
export function readConceptFile(packed: Uint8Array): { facts: ConceptFileFacts; sections: Sections } {
  const bytes = unpacked(packed);
  const end = bytes.indexOf(10);
  const head = bytes.subarray(0, Math.max(end, 0)).toString('utf8');
  if (!head.startsWith(`${MAGIC} `)) throw new ConceptFileBroken('is none', REMEDY);
  const { sections: lengths, ...facts } = factsIn(head.slice(MAGIC.length + 1));
  if (facts.version !== FILE_VERSION)
    throw new ConceptFileBroken(`has version ${facts.version}, this Credatlas reads ${FILE_VERSION}`, REMEDY);
  const sections = new Map<string, Uint8Array>();
  let at = roundUp(end + 1);
  for (const [name, length] of lengths) {
    if (at + length > bytes.length) throw new ConceptFileBroken('was cut off', REMEDY);
    sections.set(name, bytes.subarray(at, at + length));
    at = roundUp(at + length);
  }
  return { facts, sections };
}

function unpacked(packed: Uint8Array): Buffer {
  try {
    return zstdDecompressSync(packed);
  } catch {
    throw new ConceptFileBroken('cannot be unpacked', REMEDY);
  }
}

function factsIn(text: string): ConceptFileFacts & { sections: [string, number][] } {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConceptFileBroken('does not say what is in it', REMEDY);
  }
}

const roundUp = (length: number): number => Math.ceil(length / 8) * 8;

function padded(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(roundUp(bytes.byteLength));
  out.set(bytes);
  return out;
}

/** Lists of growing numbers, one after another, as differences of seven bits a byte (LEB128). */
export function packLists(lists: Iterable<readonly number[]>): Uint8Array {
  const out: number[] = [];
  for (const list of lists) {
    let last = 0;
    for (const number of list) {
      let left = number - last;
      last = number;
      for (; left > 127; left >>>= 7) out.push((left & 127) | 128);
      out.push(left);
    }
  }
  return Uint8Array.from(out);
}

/** One list, to its end. */
export function unpackList(packed: Uint8Array): Uint32Array {
  let count = 0;
  for (const byte of packed) if (byte < 128) count++;
  return unpackLists(packed, Uint32Array.of(0, count));
}

/** `ends`: where each list begins, and where the last one ends. */
export function unpackLists(packed: Uint8Array, ends: Uint32Array): Uint32Array {
  const out = new Uint32Array(ends.at(-1) ?? 0);
  let at = 0;
  for (let list = 0; list + 1 < ends.length; list++) {
    let last = 0;
    const end = ends[list + 1] as number;
    for (let n = ends[list] as number; n < end; n++) {
      let value = 0;
      let shift = 0;
      let byte = packed[at++] as number;
      for (; byte > 127; byte = packed[at++] as number) {
        value |= (byte & 127) << shift;
        shift += 7;
      }
      last += value | (byte << shift);
      out[n] = last;
    }
  }
  return out;
}

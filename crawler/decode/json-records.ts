import { JsonScanner } from './json-scanner.ts';
import { decodeText } from './text.ts';

export interface JsonRecordsOptions {
  /**
   * JSON Pointers (RFC 6901) of the arrays whose elements are the records, through objects only: `/items`, `/@graph`; a step `*` is
   * any member (`/_embedded/*`).
   * `''` is the top-level array or, in an object in which none of the other pointers leads to anything, that object.
   * A pointer that leads to an object instead of an array gives that object as one record.
   */
  paths: readonly string[];
  /** Deepest nesting that is read, counted from the document's root; 200 unless told. */
  maxDepth?: number;
  /** Longest record (and longest envelope) that is read, in UTF-16 units; 5,000,000 unless told. */
  maxRecordBytes?: number;
  /** Charset from the Content-Type, when the chunks are bytes. */
  charset?: string;
  /** Told once when the bytes are not in the encoding they claim. */
  onRepair?: (what: string) => void;
  /**
   * Called with what stands outside the records (they appear as `[]` or `null`): once at each record array with what came before it
   * (`complete` false, so that an `@context` is known in time), and once at the end of each document.
   */
  onEnvelope?: (envelope: unknown, complete: boolean) => void;
}

export interface JsonFault {
  path: string;
  rule: 'json-syntax' | 'json-truncated' | 'json-too-deep' | 'json-too-large' | 'json-no-records' | 'not-json';
  found: string;
  remedy: string;
}

/** A record with its place (JSON Pointer; `#n` before it in the n-th further document), or a piece that gives none. */
export type JsonItem =
  | { value: unknown; path: string; repaired: string[] }
  | {
      fault: JsonFault;
      /** The rest could not be read, or it cannot be known what is missing. */
      incomplete?: boolean;
      /** The start of the broken record, in which its identifier may be found. */
      text?: string;
    };

const PIECE = 65_536;

/**
 * Finds the records of a JSON body of any size: a document, newline-delimited JSON or several documents in a row.
 * Holds one record at a time, parses each on its own and goes on after a broken one where the next can be told.
 */
export async function* jsonRecords(
  chunks: AsyncIterable<string | Uint8Array>,
  options: JsonRecordsOptions,
): AsyncIterable<JsonItem> {
  const scanner = new JsonScanner(options);
  for await (const text of texts(chunks, options)) {
    for (let at = 0; at < text.length; at += PIECE) {
      yield* scanner.push(text.length <= PIECE ? text : text.slice(at, at + PIECE));
      if (scanner.ended()) return;
    }
  }
  yield* scanner.end();
}

async function* texts(chunks: AsyncIterable<string | Uint8Array>, options: JsonRecordsOptions): AsyncIterable<string> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    let first = await iterator.next();
    while (!first.done && first.value.length === 0) first = await iterator.next();
    if (first.done) return;
    const head = first.value;
    const all: AsyncIterable<string | Uint8Array> = {
      [Symbol.asyncIterator]: () => {
        let given = false;
        return {
          next: async () => {
            if (given) return iterator.next();
            given = true;
            return { done: false, value: head };
          },
        };
      },
    };
    if (typeof head === 'string') yield* all as AsyncIterable<string>;
    else yield* decodeText(all as AsyncIterable<Uint8Array>, options);
  } finally {
    await iterator.return?.();
  }
}

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

/** What the publisher can do about a fault. */
export const REMEDY: Record<JsonFault['rule'], string> = {
  'json-syntax': 'write the feed with a JSON library instead of by hand or by string templates',
  'json-truncated': 'the body ends too early: send it whole, with the right Content-Length',
  'json-too-deep': 'nest less deeply: no record needs that many levels',
  'json-too-large': 'shorten the record: long texts and embedded files do not belong in a catalogue feed',
  'json-no-records': 'check the URL: the document holds none of the lists that this format has',
  'not-json': 'check the URL and the Accept header: JSON was expected here',
};

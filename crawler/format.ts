import type { Credential, Problem, Provider, Rejection, SourceDefinition } from '../schema/index.ts';
import type { Documentation } from './documentation.ts';

/** What a format sees of a body to say whether it is its own: the first 64 KiB and what is said about them. */
export interface Sample {
  /** The start of the body as text (decoded leniently, BOM removed). */
  text: string;
  mediaType?: string;
  /** File name or last URL segment. */
  name?: string;
}

/** A request for one page of a feed. */
export interface PageRequest {
  url: string;
  /** What the format expects there (`sitemap`, `page`, `offerings`, …); absent for the first page. */
  role?: string;
  /** When the feed says the page last changed (sitemap `lastmod`), ISO 8601. */
  modified?: string;
}

/** The page being read. `records` may fill `envelope`, `total` and `size` while it streams; `next` reads them. */
export interface Page {
  /** Address after redirects: `https://…`, or `file:///…` for an upload. */
  url: string;
  role?: string;
  mediaType?: string;
  /** Character encoding from the Content-Type, lower case. */
  charset?: string;
  /** The field `Link` of the answer (RFC 8288). */
  link?: string;
  source: SourceDefinition;
  /** What stands beside the records (paging fields, …), for the format's own `next`. */
  envelope: Record<string, unknown>;
  /** How many records the whole feed says it has. */
  total?: number;
  /** How many records the feed says it gives a page. */
  size?: number;
  /** It delivers changes, and not the whole: what it does not name stays (openQ-cat's UPDATE_CATALOG). */
  changes?: true;
  /** A worker died on it: nothing is read ahead of the record that is asked for. */
  oneByOne?: true;
}

/** One record as the feed has it. `raw` is kept and must survive a round trip through JSON. */
export interface RawRecord {
  /** The source's own identifier, to the letter. */
  identifier: string;
  /**
   * Several raw records may describe one credential (the course and its offerings, the rows of its runs). The main
   * one has no `part`; each other one has a `part` key that is stable between runs and unique in the credential.
   */
  part?: string;
  /** Place in the page, for reports: JSON Pointer, XPath, line. */
  path: string;
  raw: unknown;
  /**
   * The feed says that it is gone (a tombstone): then `raw` says nothing, and `identifier` is '' where the feed names a part only. It
   * goes when the run has ended complete; what else a run that asked for changes does not see stays.
   */
  gone?: true;
}

/** A piece of a page that gives no record. `incomplete`: the rest of the page could not be read, so nothing may be swept. */
export interface RecordFault {
  rejection: Rejection;
  incomplete?: boolean;
}

/** What one credential's raw record (and its parts) come to. */
export type Normalised =
  | { credential?: Credential; providers: Provider[]; problems: Problem[] }
  | { rejection: Rejection; problems: Problem[] };

/**
 * One feed format: one file `crawler/formats/<name>.ts`, or one folder with an `index.ts`, that exports one object of this type,
 * named in camelCase (mostly made by `defineFormat` of `crawler/record/`), and one folder `test/fixtures/<name>/`. The directory is
 * the registry.
 */
export interface Format {
  /** kebab-case, equal to the file name. */
  name: string;
  title: string;
  /** URL of the specification. */
  specification: string;
  mediaTypes: readonly string[];
  documentation: Documentation;
  /** Raise it whenever `normalise` changes its answers: stored raw records are then normalised anew. */
  version: number;
  /**
   * A body of this format does not show its own end (as a closing bracket or tag does): one that ends with its
   * connection, without Content-Length or chunks, may be cut short and proves nothing gone.
   */
  openEnded?: true;
  /** It has no records of its own: its pages lead to feeds of the others. */
  leads?: true;
  /** The same format, which knows the others (a catalogue leads to feeds of any of them). */
  among?(others: ReadonlyMap<string, Format>): Format;
  /**
   * Whether a record's member of that name (column, element, attribute, property), at any depth, is read at all. A text that looks
   * like the name of a person stays outside when it stands in another one.
   */
  reads?: (member: string) => boolean;
  /** 0 (not mine) to 1 (surely mine). Never throws. */
  detect(sample: Sample): number;
  /**
   * Streams the records of one page; memory must not grow with the page. A bad record becomes a `RecordFault` and
   * the rest still comes; throws `SourceBroken` only when nothing of the page can be used.
   */
  records(body: AsyncIterable<Uint8Array>, page: Page): AsyncIterable<RawRecord | RecordFault>;
  /** Pure and total: never throws, never fetches. `parts` are the raw parts of the same identifier, in key order. */
  normalise(raw: unknown, source: SourceDefinition, identifier: string, parts: readonly unknown[]): Normalised;
  /** A stored raw record as it would come in now. The registry gives it to every format (`crawler/persons/`). */
  clean?(raw: unknown): unknown;
  /**
   * The first page of what has changed since an instant (ISO 8601) in the feed at `url`, for systems that can say so; undefined where
   * this feed cannot. A run that reads it sweeps nothing: only what the feed says is gone goes.
   */
  changedSince?(url: string, since: string): string | undefined;
  /** Pages to read after this one; the harvester drops those already read in this run. */
  next?(page: Page, count: number): PageRequest[];
  /**
   * What to read instead of a page that its server fails to make, so that one bad record does not hide the others on its
   * page: smaller `parts` with the same records, or, when there is nothing smaller, the pages after it (`next`).
   * `size`: what an earlier page of the run said of its own.
   */
  instead?(page: { url: string; role?: string }, size?: number): { parts: PageRequest[]; next: PageRequest[] };
}

/** Whether what `records` yields is a fault. */
export const isFault = (item: RawRecord | RecordFault): item is RecordFault => 'rejection' in item;

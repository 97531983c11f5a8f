import { SourceDefinition } from '../../schema/index.ts';

/** The places of a record at which something can be said, in the words of the elements; several may belong to one element. */
export type Place =
  | 'title'
  | 'description'
  | 'level'
  | 'credits'
  | 'hours'
  | 'duration'
  | 'price'
  | 'outcomes'
  | 'mode'
  | 'pace'
  | 'assessment'
  | 'language'
  | 'start'
  | 'end'
  | 'deadline'
  | 'venue'
  | 'address'
  | 'country'
  | 'awardingBody'
  | 'provider'
  | 'kind'
  | 'targetGroup'
  | 'prerequisites'
  | 'field'
  | 'partOf'
  | 'stackability'
  | 'qualityAssurance'
  | 'funding'
  | 'supervision'
  | 'grade'
  | 'validity'
  | 'url';

/** What is more than words: for formats that have members of their own for the parts. The words say the same in one text. */
export interface Shape {
  /** Credits, hours: the number and its unit. */
  value?: string | number;
  unit?: string;
  /** A price. */
  amount?: string | number;
  currency?: string;
  /** A level, a field: the framework or scheme that it is a level of. */
  framework?: string;
  /** A code list's code (XCRI's `DS`), where the format's specification has one. */
  code?: string;
  /** An address. */
  street?: string;
  postcode?: string;
  town?: string;
  country?: string;
}

export interface Said {
  place: Place;
  words: string;
  /** BCP 47: the language that the words are in. */
  language: string;
  shape?: Shape;
}

/** A body as it would be read: what `records` gets. */
export interface Feed {
  body: string | Uint8Array;
  /** Address of the page; its last segment is the name that `detect` sees. */
  url: string;
  mediaType: string;
}

/** A way in which one record of a feed goes wrong without touching the others. */
export interface Breakage {
  how: string;
  feed: Feed;
  /** The records that are then not given, or given mended and with a problem that says so. */
  costs: readonly string[];
}

/**
 * What a format gives to the suite that every format must pass: `test/fixtures/<name>/suite.ts` exports it as `suite`.
 * It is written from the format's specification and knows nothing of our code.
 */
export interface FormatSuite {
  /** A feed of one record, minimal and valid, that says the words where the specification has a place for them; undefined: it has none. */
  say(said: Said): Feed | undefined;
  /** How such a feed names its own record. */
  self: string;
  /** The fixtures as they are read; a name may come several times (as page and as file). The key is the name of the expectation. */
  fixtures: Readonly<Record<string, { url: string; mediaType: string; file?: string; role?: string }>>;
  /** A feed of at least three records, without faults, that all proofs by cutting and breaking use. */
  several: Feed;
  /** The same feed with one record broken, in every way in which one record can break alone. */
  broken: readonly Breakage[];
  /** Syntax of the paths in records of this format. */
  paths: 'json-pointer' | 'xml' | 'column';
  /** Where in a raw record the feed's own members stand (paths in it); beside them stands what the reader notes itself. */
  inside: readonly RegExp[];
}

/** The source that the suite reads with. */
export const suiteSource = (format: string, url: string, language?: string): SourceDefinition =>
  SourceDefinition.parse({
    id: `suite-${format}`,
    title: 'Suite',
    format,
    url,
    publisher: 'Nobody',
    licence: 'CC0-1.0',
    ...(language ? { defaults: { language } } : {}),
  });

import { FIXTURES } from '../support/fixture-files.ts';

/** The suite of a format: its folder of fixtures has it. */
export async function suiteOf(format: string): Promise<FormatSuite> {
  const module: { suite?: FormatSuite } = await import(new URL(`${format}/suite.ts`, FIXTURES).href);
  if (!module.suite) throw new Error(`test/fixtures/${format}/suite.ts must export "suite"`);
  return module.suite;
}

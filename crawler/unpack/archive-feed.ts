import type { Unread } from './body-kind.ts';
import type { Archive } from './zip.ts';

/** What a feed in an archive may be, by the end of its name. */
const MEDIA_TYPES = new Map([
  ['xml', 'application/xml'],
  ['rdf', 'application/rdf+xml'],
  ['csv', 'text/csv'],
  ['json', 'application/json'],
  ['jsonld', 'application/ld+json'],
  ['jsonl', 'application/x-ndjson'],
  ['ndjson', 'application/x-ndjson'],
  ['ttl', 'text/turtle'],
  ['nt', 'application/n-triples'],
]);
/** Several of these, one after the other, are one feed. */
const JOINED = new Set(['json', 'jsonl', 'ndjson', 'ttl', 'nt']);

const endOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** Which entries are the feed, in which order, and as what they are read. */
export interface ArchiveFeed {
  entries: readonly string[];
  mediaType: string;
}

/**
 * The feed in a ZIP archive: the one file that can be a feed, or all of a kind that can be joined. `asked`: the name of an entry, or
 * `*.csv`, as the source's option `entry` has it. What operating systems add (`__MACOSX`, names with a dot first) is passed over.
 */
export function feedInArchive(names: ReadonlySet<string>, asked?: string): ArchiveFeed | Unread {
  const files = [...names]
    .filter((name) => MEDIA_TYPES.has(endOf(name)) && !/(?:^|\/)(?:__macosx\/|\.)/.test(name))
    .sort();
  const wanted = asked?.toLowerCase();
  const entries =
    wanted === undefined
      ? files
      : files.filter((name) => (wanted.startsWith('*') ? name.endsWith(wanted.slice(1)) : name === wanted));
  const kinds = new Set(entries.map(endOf));
  const [kind] = kinds;
  const one = kinds.size === 1 && (entries.length === 1 || wanted !== undefined || JOINED.has(kind ?? ''));
  if (kind !== undefined && one) return { entries, mediaType: MEDIA_TYPES.get(kind) ?? '' };
  const there = files.slice(0, 5).map((name) => `"${name}"`);
  if (files.length > there.length) there.push(`${files.length - there.length} more`);
  if (!files.length)
    return {
      what: 'a ZIP archive without a file that can be a feed',
      remedy: 'Unpack it and give the one file in it that is the feed.',
    };
  return {
    what: `a ZIP archive ${wanted === undefined ? 'with several files' : `without "${asked}"`}: ${there.join(', ')}`,
    remedy:
      'Name the one that is the feed in the source\'s options: "entry": "<name>" (or "*.csv" for all of a kind, joined).',
  };
}

/** The entries one after the other, each from a line of its own. */
export async function* joined(archive: Archive, entries: readonly string[]): AsyncGenerator<Uint8Array> {
  const newline = new TextEncoder().encode('\n');
  for (const [n, name] of entries.entries()) {
    if (n) yield newline;
    const body = await archive.read(name);
    if (body) yield* body;
  }
}

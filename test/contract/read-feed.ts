import {
  type Format,
  isFault,
  type Normalised,
  type Page,
  type PageRequest,
  type RawRecord,
  type RecordFault,
} from '../../crawler/format.ts';
import { normaliseRecord } from '../../crawler/harvest/normalise-record.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { type Feed, suiteSource } from './format-suite.ts';

/** What one page of a feed comes to. */
export interface Reading {
  records: RawRecord[];
  faults: RecordFault[];
  /** What the feed says is gone: identifier, or that of a part behind a hash. */
  gone: string[];
  /** The pages that are then asked for. */
  next: PageRequest[];
  /** The reader gave up, with what it said. */
  broken?: Error & { remedy?: string };
}

export const bytesOf = (body: string | Uint8Array): Uint8Array =>
  typeof body === 'string' ? new TextEncoder().encode(body) : body;

/** A body in pieces of so many bytes. */
export async function* chunks(body: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.length; at += size) yield body.slice(at, at + size);
}

/** Reads one page as the harvester does. */
export async function readFeed(
  format: Format,
  feed: Feed,
  { size, source, role }: { size?: number; source?: SourceDefinition; role?: string } = {},
): Promise<Reading> {
  const own = source ?? suiteSource(format.name, feed.url);
  const page: Page = {
    url: feed.url,
    source: own,
    envelope: {},
    mediaType: feed.mediaType.split(';')[0] as string,
    ...(/charset=([\w-]+)/.test(feed.mediaType) ? { charset: /charset=([\w-]+)/.exec(feed.mediaType)?.[1] } : {}),
    ...(role ? { role } : {}),
  };
  const reading: Reading = { records: [], faults: [], gone: [], next: [] };
  try {
    for await (const entry of format.records(chunks(bytesOf(feed.body), size), page)) {
      if (isFault(entry)) reading.faults.push(entry);
      else if (entry.gone)
        reading.gone.push([entry.identifier, entry.part].filter((one) => one !== undefined).join('#'));
      else reading.records.push(entry);
    }
  } catch (error) {
    reading.broken = error as Error;
    return reading;
  }
  reading.next = format.next?.(page, reading.records.length) ?? [];
  return reading;
}

/** The records of a page by identifier, each with its parts in key order, as they are kept: through JSON and the door. */
export function gathered(records: readonly RawRecord[]): Map<string, { raw: unknown; parts: unknown[]; path: string }> {
  const out = new Map<string, { raw: unknown; parts: unknown[]; path: string }>();
  const parts = [...records].sort((a, b) =>
    (a.part ?? '') < (b.part ?? '') ? -1 : (a.part ?? '') > (b.part ?? '') ? 1 : 0,
  );
  for (const { identifier, part, raw, path } of parts) {
    const kept: unknown = JSON.parse(JSON.stringify(raw));
    const entry = out.get(identifier) ?? { raw: undefined, parts: [], path };
    if (part === undefined) out.set(identifier, { ...entry, raw: kept, path });
    else out.set(identifier, { ...entry, parts: [...entry.parts, kept] });
  }
  return out;
}

/** The records of a page, normalised as a harvest does. */
export function normalisedOf(
  format: Format,
  source: SourceDefinition,
  records: readonly RawRecord[],
): Map<string, Normalised> {
  return new Map(
    [...gathered(records)].map(([identifier, { raw, parts }]) => [
      identifier,
      normaliseRecord(format, source, identifier, raw, parts),
    ]),
  );
}

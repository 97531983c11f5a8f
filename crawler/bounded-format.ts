import { AddressRefused, ConfigError, RetryLater, SourceBroken } from './errors.ts';
import { redactUrl } from './fetch/redact-url.ts';
import type { Format, Page, RawRecord, RecordFault } from './format.ts';
import { inPieces } from './harvest/in-pieces.ts';
import { inTime, STEP_MS } from './harvest/in-time.ts';
import { watchWork } from './harvest/watchdog.ts';
import { fault } from './problems/rules.ts';

/** How long a format may work on one piece of a page, wait for something else than its body, and work though it cannot be interrupted. */
const PATIENCE = { stepMs: STEP_MS, waitMs: 30_000, watchMs: 30_000 };
/** A page gives at most so many records more than it has bytes. */
const FREE_RECORDS = 1_000;

/**
 * A format whose faults cost a page and nothing more: one that throws, waits for what never comes or gives records without end has
 * read the page up to there, which is told with the record and the page; so has one in a loop without end (`harvest/in-pieces.ts`). What
 * cannot be interrupted is ended with its process (`harvest/watchdog.ts`). Its `normalise` is bounded where it is called (`harvest/normalise-record.ts`).
 */
export function boundedFormat(format: Format, patience = PATIENCE): Format {
  const { name, next, instead } = format;
  const reportIt = (url: string) =>
    `The records before it are read; report this fault of the format "${name}" in Credatlas with ${redactUrl(url)}.`;
  const asked = <R>(what: string, url: string, ask: () => R): R => {
    try {
      return inTime(ask);
    } catch (error) {
      if (isOurs(error)) throw error;
      throw new SourceBroken(
        `${redactUrl(url)}: the format ${name} fell over ${what}: ${messageOf(error)}`,
        reportIt(url),
        {
          cause: error,
        },
      );
    }
  };

  async function* records(body: AsyncIterable<Uint8Array>, page: Page): AsyncGenerator<RawRecord | RecordFault> {
    const watch = watchWork({ format: name, url: redactUrl(page.url), ms: patience.watchMs });
    const { chunks, seen } = countedBody(body);
    const { oneByOne = false } = page;
    let given = 0;
    try {
      const read = (from: AsyncIterable<Uint8Array>) => format.records(from, page);
      for await (const records of inPieces(read, chunks, { ...patience, oneByOne, watch }))
        for (const record of records) {
          if (++given > seen.bytes + FREE_RECORDS)
            throw new Error(`more records than the page has bytes (${seen.bytes})`);
          watch.record(given);
          yield record;
        }
    } catch (error) {
      if (error === seen.failure?.error || isOurs(error)) throw error;
      yield fault(
        null,
        `after record ${given} of ${redactUrl(page.url)}`,
        'reader-failed',
        `${name}: ${messageOf(error)}`,
        reportIt(page.url),
        true,
      );
    }
  }

  return {
    ...format,
    detect(sample) {
      try {
        return inTime(() => format.detect(sample));
      } catch {
        return 0;
      }
    },
    records,
    ...(next ? { next: (page, count) => asked('where the page leads', page.url, () => next(page, count)) } : {}),
    ...(instead
      ? { instead: (page, size) => asked('what to ask for instead', page.url, () => instead(page, size)) }
      : {}),
  };
}

const isOurs = (error: unknown): boolean =>
  [SourceBroken, RetryLater, AddressRefused, ConfigError].some((kind) => error instanceof kind);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function countedBody(body: AsyncIterable<Uint8Array>) {
  const seen: { bytes: number; failure?: { error: unknown } } = { bytes: 0 };
  async function* chunks() {
    try {
      for await (const chunk of body) {
        seen.bytes += chunk.byteLength;
        yield chunk;
      }
    } catch (error) {
      seen.failure = { error };
      throw error;
    }
  }
  return { chunks: chunks(), seen };
}

import { AddressRefused, ConfigError, RetryLater, SourceBroken } from './errors.ts';
import { redactUrl } from './fetch/redact-url.ts';
import type { Format, Page, RawRecord, RecordFault } from './format.ts';
import { inTime } from './harvest/in-time.ts';
import { type AtWork, watchWork } from './harvest/watchdog.ts';
import { fault } from './problems/rules.ts';

/** How long a format may work on one piece of a page, waiting for its body not counted. */
const PIECE_MS = 30_000;
const LOOK_MS = 1_000;
/** A page gives at most so many records more than it has bytes. */
const FREE_RECORDS = 1_000;

/**
 * A format whose faults cost a page and nothing more: one that throws, waits for what never comes or gives records without end has
 * read the page up to there, which is told with the record and the page. What never lets go of the process is ended with it
 * (`harvest/watchdog.ts`). Its `normalise` is bounded where it is called (`harvest/normalise-record.ts`).
 */
export function boundedFormat(format: Format, pieceMs = PIECE_MS): Format {
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
    const piece = createPiece(watchWork({ format: name, url: redactUrl(page.url), ms: pieceMs }), pieceMs);
    const { chunks, seen } = countedBody(body, piece);
    const iterator = format.records(chunks, page)[Symbol.asyncIterator]();
    let given = 0;
    let over = false;
    try {
      for (;;) {
        const { value, done } = await piece.wait(given, () => iterator.next());
        if (done) {
          over = true;
          return;
        }
        if (++given > seen.bytes + FREE_RECORDS)
          throw new Error(`more records than the page has bytes (${seen.bytes})`);
        yield value;
      }
    } catch (error) {
      over = error instanceof Stuck;
      if (error === seen.failure?.error || isOurs(error)) throw error;
      yield fault(
        null,
        `after record ${given} of ${redactUrl(page.url)}`,
        'reader-failed',
        `${name}: ${messageOf(error)}`,
        reportIt(page.url),
        true,
      );
    } finally {
      // One that is stuck would never answer.
      if (!over) await piece.wait(given, async () => iterator.return?.()).catch(passStuck);
      piece.end();
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

/** The format works and works, though the process does other things meanwhile: it waits for what never comes. */
class Stuck extends Error {}
const passStuck = (error: unknown): void => {
  if (!(error instanceof Stuck)) throw error;
};

/** A piece of work of a format, from one of its waits for the body to the next. */
function createPiece(watch: AtWork, ms: number) {
  let since: number | undefined;
  let stuck: ((error: Stuck) => void) | undefined;
  let ended = false;
  const timer = setInterval(
    () => {
      if (since !== undefined && performance.now() - since > ms)
        stuck?.(new Stuck(`nothing came of it within ${ms / 1000} s`));
    },
    Math.min(LOOK_MS, ms / 2),
  ).unref();
  return {
    begin() {
      if (ended) return;
      since = performance.now();
      watch.begin();
    },
    rest() {
      since = undefined;
      watch.rest();
    },
    end() {
      clearInterval(timer);
      this.rest();
      ended = true;
    },
    async wait<T>(record: number, work: () => Promise<T>): Promise<T> {
      watch.record(record);
      this.begin();
      try {
        return await new Promise<T>((done, failed) => {
          stuck = failed;
          work().then(done, failed);
        });
      } finally {
        stuck = undefined;
        this.rest();
      }
    },
  };
}

/** The body for the format: while it waits for more it does not work. */
function countedBody(body: AsyncIterable<Uint8Array>, piece: { begin(): void; rest(): void }) {
  const seen: { bytes: number; failure?: { error: unknown } } = { bytes: 0 };
  async function* chunks() {
    piece.rest();
    try {
      for await (const chunk of body) {
        seen.bytes += chunk.byteLength;
        piece.begin();
        yield chunk;
        piece.rest();
      }
    } catch (error) {
      seen.failure = { error };
      throw error;
    } finally {
      piece.begin();
    }
  }
  return { chunks: chunks(), seen };
}

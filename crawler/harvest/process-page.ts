import { createHash } from 'node:crypto';
import type { Counts, Tombstone } from '../../catalogue/store/batch.ts';
import { storableText } from '../../catalogue/store/payload.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { SourceBroken } from '../errors.ts';
import { type Format, isFault, type Page, type RecordFault } from '../format.ts';
import type { Suspicion } from './suspicion.ts';
import { type Intake, type Item, MAX_STARTS, takeIn } from './take-in.ts';

export interface PageResult {
  /** Records and faults that the page gave. */
  records: number;
  /** Why the page was not read to its end, if it was not. */
  incomplete?: string;
  /** Records that this run had not seen before. */
  fresh: number;
  /** Records that an earlier page of this run gave already. */
  known: number;
  /** Records that were turned away. */
  rejected: number;
  /** Faults that belong to no record: the page must be read again next time, whatever its validators say. */
  clean: boolean;
  /** SHA-256 of the decoded body. */
  hash: string;
  /** How a web page begins. */
  head: Uint8Array;
  /** Records that were quarantined a while ago, passed over here. */
  tryAgain: Item[];
}

const BATCH_RECORDS = 250;
const BATCH_BYTES = 1_000_000;
const HEAD_BYTES = 64 * 1024;
/**
 * Reads a page and takes its records in, batch by batch. `skip` records were taken in by an earlier attempt.
 * `normaliser` stands for the format's version and what the source's definition adds to it.
 */
export async function processPage(
  deps: {
    intake: Intake;
    format: Format;
    onCounts?: (counts: Counts) => void;
    /** The body is read to its end, or as far as it can be; its last records are still to be stored. */
    onRead?: (read: Pick<PageResult, 'records' | 'incomplete'>) => Promise<void>;
    /** Breaks off between two records; throws its reason. */
    signal?: AbortSignal;
    /** Given for a page whose worker died. */
    suspicion?: Suspicion;
  },
  at: {
    run: string;
    source: SourceDefinition;
    page: Page;
    key: string;
    normaliser: string;
    skip: number;
    /** Who must still hold the run. */
    owner?: string;
  },
  body: AsyncIterable<Uint8Array>,
): Promise<PageResult> {
  const digest = createHash('sha256');
  const head: Uint8Array[] = [];
  let headBytes = at.page.role === 'page' ? 0 : HEAD_BYTES;
  async function* hashed() {
    for await (const chunk of body) {
      digest.update(chunk);
      if (headBytes < HEAD_BYTES) {
        head.push(chunk.subarray(0, HEAD_BYTES - headBytes));
        headBytes += chunk.byteLength;
      }
      yield chunk;
    }
  }
  let cursor = 0;
  let bytes = 0;
  let clean = true;
  let incomplete: string | undefined;
  let items: Item[] = [];
  let faults: RecordFault[] = [];
  let gone: Tombstone[] = [];
  let fresh = 0;
  let again = 0;
  let rejected = 0;
  const keys = new Set<string>();
  const tryAgain: Item[] = [];

  const flush = async () => {
    if (!items.length && !faults.length && !gone.length) return;
    const taken = await takeIn(deps, { ...at, cursor }, items, faults, gone);
    deps.onCounts?.(taken.counts);
    fresh += taken.fresh;
    again += taken.again;
    rejected += taken.counts.rejected;
    tryAgain.push(...taken.tryAgain);
    items = [];
    faults = [];
    gone = [];
    keys.clear();
    bytes = 0;
  };

  // What killed the worker lies within one batch of the cursor; that stretch is read record by record.
  const careful = () => deps.suspicion !== undefined && cursor >= at.skip && cursor <= at.skip + BATCH_RECORDS;
  const entries = deps.format.records(hashed(), at.page)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const history = careful() ? await deps.suspicion?.begin(cursor) : undefined;
      const deadly = history !== undefined && history.starts >= MAX_STARTS;
      if (deadly && !history.taken) {
        throw new SourceBroken(
          `${at.page.url}: reading on after record ${cursor} has ended the crawler ${MAX_STARTS} times`,
          'Report it with the page; the records before it are taken in.',
        );
      }
      deps.signal?.throwIfAborted();
      const { value, done } = await entries.next();
      if (done) break;
      // Only now, when the page goes on: its last records are stored while the next page is asked for.
      if (items.length + faults.length + gone.length >= BATCH_RECORDS || bytes >= BATCH_BYTES) await flush();
      const entry = isFault(value) ? value : { ...value, identifier: identityOf(value.identifier) };
      if (isFault(entry)) {
        if (entry.incomplete) incomplete = `${entry.rejection.rule}: ${entry.rejection.remedy}`;
        if (entry.rejection.identifier === null) clean = false;
      }
      if (cursor < at.skip) {
        cursor++;
        continue;
      }
      if (isFault(entry)) faults.push(entry);
      else if (entry.gone) gone.push({ identifier: entry.identifier, part: entry.part ?? '' });
      else {
        const key = `${entry.part ?? ''}\0${entry.identifier}`;
        if (keys.has(key)) await flush();
        keys.add(key);
        const json = JSON.stringify(entry.raw);
        const hash = createHash('sha256').update(at.normaliser).update(json).digest('base64url');
        if (careful() && !deadly) await deps.suspicion?.take(cursor);
        items.push({ ...entry, part: entry.part ?? '', json, hash, quarantined: deadly });
        bytes += json.length;
      }
      const alone = careful();
      cursor++;
      if (alone) await flush();
      deps.suspicion?.end();
    }
  } finally {
    deps.suspicion?.rest();
    // A body that is not read to its end is let go.
    await entries.return?.();
  }
  deps.suspicion?.end();
  await deps.onRead?.({ records: cursor, incomplete });
  await flush();
  return {
    records: cursor,
    fresh,
    known: again,
    rejected,
    incomplete,
    clean: clean && !incomplete,
    hash: digest.digest('base64url'),
    head: Buffer.concat(head),
    tryAgain,
  };
}

/** White space around an identifier is no part of it (as in schema/ids.ts), and what the store cannot hold neither. */
const identityOf = (identifier: string): string => storableText(identifier).trim() || identifier;

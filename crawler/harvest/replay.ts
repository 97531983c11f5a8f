import type { RunSummary } from '../../catalogue/catalogue.ts';
import type { Batch, Counts } from '../../catalogue/store/batch.ts';
import { rawHash } from '../../catalogue/store/replays.ts';
import type { QueuedPage } from '../../catalogue/store/runs.ts';
import type { Store } from '../../catalogue/store/store.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import type { Format, Normalised } from '../format.ts';
import { rejection } from '../problems/rules.ts';
import { emptyBatch } from './empty-batch.ts';
import { type Ending, RunLeft } from './ending.ts';
import { normaliseRecords } from './normalise-record.ts';
import type { Progress } from './read-page.ts';
import { createSuspicion, type Suspicion } from './suspicion.ts';
import { MAX_STARTS } from './take-in.ts';
import type { Turns } from './turns.ts';

const BATCH = 250;

/** The one page of a replay: its `records` are the cursor to go on from after a crash. */
export const replayPage = (source: string): string => `replay:${source}`;

/**
 * Carries a replay to its end: all stored raw records of the source are normalised anew, without fetching. Records that
 * come out otherwise are updated, those that do not normalise any more keep their last good version. Nothing is swept,
 * and what is missing or withdrawn stays so: only a harvest can tell what the source states now.
 */
export async function replayRun(
  deps: { store: Store; format: Format; turns: Turns; ending?: Ending },
  at: { run: RunSummary; source: SourceDefinition; normaliser: string; owner: string },
  onProgress?: (progress: Progress) => void,
): Promise<RunSummary> {
  const { store } = deps;
  const { run, source, owner } = at;
  const page = replayPage(source.id);
  const queued = await store.runs.nextPage(run.id);
  if (queued) {
    const suspicion = createSuspicion(store.runs, deps.turns, run.id, page);
    try {
      await replayPages(deps, { ...at, page, queued, suspicion }, onProgress);
    } catch (error) {
      // A failure that the process survives is no record's fault; one that cannot be told now costs a careful start.
      await store.runs.giveBack(run.id, page, suspicion.inHand).catch(() => {});
      throw error;
    } finally {
      suspicion.rest();
    }
  }
  await store.runs.pageDone(run.id, page, { next: [], cost: { requests: 0, bytes: 0 }, owner });
  return store.runs.finish(run.id, 'complete', undefined, owner);
}

async function replayPages(
  { store, format, turns, ending }: { store: Store; format: Format; turns: Turns; ending?: Ending },
  at: {
    run: RunSummary;
    source: SourceDefinition;
    normaliser: string;
    owner: string;
    page: string;
    queued: QueuedPage;
    suspicion: Suspicion;
  },
  onProgress?: (progress: Progress) => void,
): Promise<void> {
  const { run, source, normaliser, owner, page, queued, suspicion } = at;
  let done = queued.records;
  let after = await store.replays.resumeAfter(source.id, done);
  // What killed a worker lies within one batch of the cursor; that stretch goes record by record, each noted before.
  const carefulUntil = queued.attempts > 1 ? done + BATCH : 0;
  for (;;) {
    if (ending?.asked()) throw new RunLeft();
    const careful = done < carefulUntil;
    const rows = await store.replays.next(source.id, after, careful ? 1 : BATCH);
    if (!rows.length) return;
    const records = Map.groupBy(rows, (row) => row.identifier);
    after = rows.at(-1)?.place ?? after;
    const batch: Batch = {
      ...emptyBatch({ run: run.id, source, normaliser }),
      page,
      cursor: done + records.size,
      owner,
      seen: records.size,
      fromStore: true,
    };
    const read: Parameters<typeof store.replays.apply>[1][number][] = [];
    const { starts } = careful ? await suspicion.begin(done) : { starts: 1 };
    const leave = careful ? undefined : await turns.beside();
    try {
      const quarantined = starts >= MAX_STARTS;
      const whole = [...records].map(([identifier, stored]) => {
        const rows = stored.map((row) => ({ ...row, ...readStored(format, row.json) }));
        const parts = rows.filter((row) => row.part !== '').map((row) => row.raw);
        return { identifier, rows, raw: rows.find((row) => row.part === '')?.raw, parts };
      });
      const results = quarantined ? [] : normaliseRecords(format, source, whole);
      for (const [n, { identifier, rows: parts }] of whole.entries()) {
        const result = results[n];
        const state = result ? replayRecord(batch, identifier, result) : setAside(batch, identifier);
        done++;
        for (const { part, json, changed } of parts)
          read.push({
            identifier,
            part,
            hash: rawHash(normaliser, json),
            state: part ? 'accepted' : state,
            quarantined,
            ...(changed ? { json } : {}),
          });
      }
      const counts: Counts = await store.replays.apply(batch, read);
      onProgress?.({ run: run.id, source: source.id, page, counts });
    } finally {
      leave?.();
    }
    suspicion.end();
  }
}

/** A stored raw text without the persons that came in before the door was there. */
function readStored(format: Format, stored: string): { raw: unknown; json: string; changed: boolean } {
  const before: unknown = JSON.parse(stored);
  const raw = format.clean?.(before) ?? before;
  const changed = raw !== before;
  return { raw, json: changed ? JSON.stringify(raw) : stored, changed };
}

/** The record has killed its workers: it stays as it is, its raw text is kept. */
function setAside(batch: Batch, identifier: string): 'rejected' {
  batch.rejected++;
  batch.reports.push({ identifier, problems: [], rejection: rejection(identifier, '', 'quarantined', identifier) });
  return 'rejected';
}

function replayRecord(batch: Batch, identifier: string, result: Normalised): 'accepted' | 'rejected' {
  if ('rejection' in result) {
    batch.rejected++;
    batch.reports.push({ identifier, problems: result.problems, rejection: result.rejection });
    return 'rejected';
  }
  batch.reports.push({ identifier, problems: result.problems });
  batch.providers.push(...result.providers);
  if (result.credential) batch.credentials.push({ record: result.credential, counted: true });
  else batch.others.unchanged++;
  return 'accepted';
}

import type { RunSummary } from '../../catalogue/catalogue.ts';
import type { Batch, Counts } from '../../catalogue/store/ingest.ts';
import { rawHash } from '../../catalogue/store/replays.ts';
import type { Store } from '../../catalogue/store/store.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import type { Format } from '../format.ts';
import { rejection } from '../normalise/rules.ts';
import type { Progress } from './harvester.ts';
import { normaliseRecord } from './normalise-record.ts';
import { emptyBatch } from './renormalise.ts';

const BATCH = 250;

/** A record in hand when its worker died so often is not touched again by this run. */
const MAX_STARTS = 3;

/** The one page of a replay: its `records` are the cursor to go on from after a crash. */
export const replayPage = (source: string): string => `replay:${source}`;

/**
 * Carries a replay to its end: all stored raw records of the source are normalised anew, without fetching. Records that
 * come out otherwise are updated, those that do not normalise any more keep their last good version. Nothing is swept,
 * and what is missing or withdrawn stays so: only a harvest can tell what the source states now.
 */
export async function replayRun(
  { store, format }: { store: Store; format: Format },
  { run, source, normaliser, owner }: { run: RunSummary; source: SourceDefinition; normaliser: string; owner: string },
  onProgress?: (progress: Progress) => void,
): Promise<RunSummary> {
  const page = replayPage(source.id);
  const queued = await store.runs.nextPage(run.id);
  let done = queued?.records ?? 0;
  let after = await store.replays.resumeAfter(source.id, done);
  // What killed a worker lies within one batch of the cursor; that stretch goes record by record, each noted before.
  const carefulUntil = (queued?.attempts ?? 0) > 1 ? done + BATCH : 0;
  while (queued) {
    const careful = done < carefulUntil;
    const rows = await store.replays.next(source.id, after, careful ? 1 : BATCH);
    if (!rows.length) break;
    const records = Map.groupBy(rows, (row) => row.identifier);
    after = rows.at(-1)?.identifier ?? after;
    const batch: Batch = {
      ...emptyBatch({ run: run.id, source, normaliser }),
      page,
      cursor: done + records.size,
      owner,
      seen: records.size,
      fromStore: true,
    };
    const read: Parameters<typeof store.replays.apply>[1][number][] = [];
    for (const [identifier, [...stored]] of records) {
      const parts = stored.map((row) => ({ ...row, ...readStored(format, row.json) }));
      const starts = careful ? await store.runs.inHand(run.id, page, done) : 1;
      const state =
        starts > MAX_STARTS ? setAside(batch, identifier) : replayRecord(batch, format, source, identifier, parts);
      done++;
      for (const { part, json, changed } of parts)
        read.push({
          identifier,
          part,
          hash: rawHash(normaliser, json),
          state: part ? 'accepted' : state,
          ...(changed ? { json } : {}),
        });
    }
    const counts: Counts = await store.replays.apply(batch, read);
    onProgress?.({ run: run.id, source: source.id, page, counts });
  }
  await store.runs.pageDone(run.id, page, { next: [], cost: { requests: 0, bytes: 0 }, owner });
  return store.runs.finish(run.id, 'complete', undefined, { missing: 0, withdrawn: 0 }, owner);
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

function replayRecord(
  batch: Batch,
  format: Format,
  source: SourceDefinition,
  identifier: string,
  rows: readonly { part: string; raw: unknown }[],
): 'accepted' | 'rejected' {
  const main = rows.find((row) => row.part === '');
  const parts = rows.filter((row) => row.part !== '').map((row) => row.raw);
  const result = normaliseRecord(format, source, identifier, main?.raw, parts);
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

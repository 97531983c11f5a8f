import { createHash } from 'node:crypto';
import type { RunSummary } from '../../catalogue/catalogue.ts';
import { RunUnderWay } from '../../catalogue/store/start-run.ts';
import type { Store } from '../../catalogue/store/store.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { SourceBusy } from '../errors.ts';
import type { Format } from '../format.ts';
import { formatNamed } from '../registry.ts';
import { mayRead } from './may-read.ts';

/**
 * Raised when records of all formats come out otherwise: they are then worked out anew. 2: no markup in any text. 3: what is held at
 * an online place is online; lists of types of assessment; the EQF by more of its names. 4: headings of Markdown may be closed.
 */
const RECORD_RULES = 4;

/** What a record's reading depends on besides its raw text: the format's version and the source's own settings. */
export function normaliserOf(format: Format, source: SourceDefinition): string {
  const settings = JSON.stringify([RECORD_RULES, source.defaults, source.lookups, source.options]);
  return `${format.name}.${format.version}.${createHash('sha256').update(settings).digest('base64url').slice(0, 8)}`;
}

/**
 * Starts a run of a source, or answers the one under way that reads the same, or the one that the same job of the queue
 * started before. The source is stored with its run, or not at all.
 * @throws SourceBusy when another run is in the way
 */
export async function startHarvest(
  { store, formats, log }: { store: Store; formats: ReadonlyMap<string, Format>; log?: (line: string) => void },
  source: SourceDefinition,
  trigger: RunSummary['trigger'] = 'command',
  job?: string,
): Promise<string> {
  const format = formatNamed(formats, source.format);
  const normaliser = normaliserOf(format, source);
  const strange = await store.dropFutureMarks(source.id);
  if (strange) log?.(strange);
  await mayRead(store.pauses, source);
  const changes = await changesOf(store, format, source, normaliser);
  const { id } = await unlessBusy(store.runs.start(source, normaliser, [{ url: source.url }], trigger, job, changes));
  return id;
}

/** A feed is asked for what changed a little before the last run began: its clock is not ours. */
const OVERLAP_MS = 3_600_000;
const FULL_READ_DAYS = 7;

/** What the source is asked for that was read whole a while ago, where the feed can say what has changed. */
async function changesOf(store: Store, format: Format, source: SourceDefinition, normaliser: string) {
  if (!format.changedSince) return undefined;
  const read = await store.runs.readWith(source.id, source.url, normaliser, source.fullReadDays ?? FULL_READ_DAYS);
  const since = read && new Date(read.last.getTime() - OVERLAP_MS);
  const url = since && format.changedSince(source.url, since.toISOString());
  return since && url ? { since, url } : undefined;
}

/** What the store says of a run in the way, in the words of a harvest. */
export const unlessBusy = async <T>(asked: Promise<T>): Promise<T> =>
  asked.catch((error: unknown) => {
    throw error instanceof RunUnderWay ? new SourceBusy(error.message, error.remedy) : error;
  });

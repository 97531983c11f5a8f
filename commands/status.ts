import type { HostWait, Operations, RecordProblem, RunSummary, StoredSource } from '../catalogue/catalogue.ts';
import type { Config } from '../config.ts';
import { ConfigError } from '../crawler/errors.ts';
import { blackoutEnd } from '../crawler/harvest/blackout.ts';
import { EXIT } from './exit-codes.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { createOutput } from './output.ts';
import { fileGoneLine } from './source-files-seen.ts';
import { type Column, table } from './terminal/table.ts';
import { withCatalogue } from './with-catalogue.ts';

export interface StatusAnswer {
  /** With state, freshness, hold and pause of each. */
  sources: StoredSource[];
  /** Only for one source: its latest runs and what the last one found. */
  runs?: RunSummary[];
  problems?: RecordProblem[];
  indexLag: number;
  operations: Operations;
}

const RUNS = 10;
const PROBLEMS = 200;

export async function statusOf({ catalogue, store }: OpenCatalogue, source?: string): Promise<StatusAnswer> {
  const [last, indexed, operations] = await Promise.all([
    store.changes.last(),
    store.changes.position.get('search-indexer'),
    catalogue.operations(),
  ]);
  const indexLag = Math.max(0, last - indexed);
  if (!source) return { sources: await catalogue.sources.list(), indexLag, operations };
  const [found] = await catalogue.sources.byIds([source]);
  if (!found)
    throw new ConfigError(`there is no source "${source}" in the store`, 'List them with "credatlas sources".');
  const [runs] = await catalogue.sources.runs([source], RUNS);
  const newest = runs?.[0];
  const [problems] = newest ? await catalogue.sources.problems([newest.id], PROBLEMS) : [[]];
  return { sources: [found], runs, problems, indexLag, operations };
}

/** `credatlas status [source]`: how sources stand, runs, counters and problems, and what waits. */
export async function statusCommand(config: Config, request: { source?: string; json: boolean }): Promise<number> {
  const output = createOutput(request);
  const status = await withCatalogue(config, 'status', { source: request.source }, (open) =>
    statusOf(open, request.source),
  );
  output.emit(status);
  const now = new Date();
  const lines = [
    ...table(sourceColumns(now), status.sources, output.width),
    ...(status.runs ? ['', ...table(RUN_COLUMNS, status.runs, output.width)] : []),
    ...(status.problems ?? []).map(problemLine),
    '',
    ...(status.sources.length
      ? []
      : ['no source yet: credatlas harvest <file or address>, or credatlas discover <domain>']),
    ...status.sources.flatMap((source) => waitLines(source, now)),
    ...operationLines(status.operations, now),
    status.indexLag ? `search index: ${status.indexLag} changes behind` : 'search index: in step',
  ];
  for (const line of lines) output.say(line);
  return EXIT.allIn;
}

const sourceColumns = (now: Date): Column<StoredSource>[] => [
  { title: 'source', of: ({ definition }) => definition.id },
  {
    title: 'state',
    of: ({ state, paused, vanished, retired }) =>
      retired ? 'retired' : [state, paused && 'paused', vanished && 'vanished'].filter(Boolean).join(', '),
  },
  { title: 'records', of: ({ records }) => String(records) },
  { title: 'fresh', of: ({ freshAt }) => (freshAt ? `${ago(freshAt, now)} ago` : 'never') },
  { title: 'last run', of: ({ lastRun }) => lastRun?.state ?? '-', spare: true },
  { title: 'seen', of: ({ lastRun }) => String(lastRun?.seen ?? '-'), spare: true },
  { title: 'rejected', of: ({ lastRun }) => String(lastRun?.rejected ?? '-') },
  { title: 'problems', of: ({ lastRun }) => String(lastRun?.problems ?? '-') },
];

const COUNTERS = [
  'requests',
  'bytes',
  'seen',
  'created',
  'updated',
  'unchanged',
  'rejected',
  'missing',
  'withdrawn',
  'problems',
] as const;

const RUN_COLUMNS: Column<RunSummary>[] = [
  { title: 'run', of: ({ id }) => id },
  { title: 'started (UTC)', of: ({ startedAt }) => startedAt.slice(0, 16).replace('T', ' ') },
  { title: 'trigger', of: ({ trigger }) => trigger },
  { title: 'state', of: ({ state }) => state },
  {
    title: 'seconds',
    of: ({ startedAt, finishedAt }) =>
      finishedAt ? ((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000).toFixed(1) : '-',
  },
  ...COUNTERS.map((title) => ({ title, of: (run: RunSummary) => String(run[title]) })),
];

const problemLine = (p: RecordProblem): string =>
  `${p.severity} ${p.identifier ?? '(no record)'} at ${p.path || '/'}: ${p.rule}, found "${p.found}". ${p.remedy.replace(/\.?$/, '.')}${p.link ? ` See ${p.link}` : ''}`;

/** What a person is to look at: why a source is held, broken or paused. */
function waitLines(
  { definition: { id, politeness }, state, hold, paused, vanished, retired, fileGoneSince, lastRun }: StoredSource,
  now: Date,
): string[] {
  if (retired)
    return [
      `${id} is retired since ${retired.since}${retired.reason ? ` (${retired.reason})` : ''} (credatlas retire ${id} --undo)`,
    ];
  const blackout = blackoutEnd(politeness.blackout, now);
  return [
    ...(hold ? [`${id} is held: ${hold.reason} (credatlas holds; credatlas approve ${id})`] : []),
    ...(state === 'broken' && lastRun?.reason ? [`${id} is broken: ${lastRun.reason}`] : []),
    ...(paused ? [`${id} is paused ${endOf(paused)} (credatlas resume ${id})`] : []),
    ...(blackout ? [`${id}: its provider wants no harvest before ${blackout.toISOString()}`] : []),
    ...(fileGoneSince ? [fileGoneLine(id)] : []),
    ...(vanished ? [`${id} is not harvested: ${vanished.reason}`] : []),
  ];
}

function operationLines({ queuedPages, oldestQueuedPage, queueDepth, hosts, heldRuns }: Operations, now: Date) {
  return [
    `queue: ${queueDepth ? `${queueDepth.jobs} jobs (${ago(queueDepth.at, now)} ago)` : 'no crawler has told'}, ${queuedPages} pages to read${oldestQueuedPage ? `, the oldest for ${ago(oldestQueuedPage, now)}` : ''}`,
    `held runs: ${heldRuns}`,
    ...hosts.map((host) => `host ${host.origin} is ${WAITS[host.state]} ${endOf(host)}`),
  ];
}

const WAITS: Record<HostWait['state'], string> = {
  closed: 'left alone',
  parked: 'parked',
  paused: 'paused',
};

const endOf = ({ until, reason }: { until?: string; reason?: string }): string =>
  `${until ? `until ${until}` : 'until it is resumed'}${reason ? ` (${reason})` : ''}`;

/** `42 s`, `17 min`, `5 h`, `3 d`. */
function ago(at: string, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(at)) / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} d`;
}

import type { RecordProblem, RunSummary, StoredSource } from '../catalogue/catalogue.ts';
import type { Config } from '../config.ts';
import { ConfigError } from '../crawler/errors.ts';
import { EXIT } from './exit-codes.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { createOutput, table } from './output.ts';
import { withCatalogue } from './with-catalogue.ts';

export interface StatusAnswer {
  sources: StoredSource[];
  /** Only for one source: its latest runs and what the last one found. */
  runs?: RunSummary[];
  problems?: RecordProblem[];
  indexLag: number;
}

const RUNS = 10;
const PROBLEMS = 200;

export async function statusOf({ catalogue, store }: OpenCatalogue, source?: string): Promise<StatusAnswer> {
  const [last, indexed] = await Promise.all([store.changes.last(), store.changes.position.get('search-indexer')]);
  const indexLag = Math.max(0, last - indexed);
  if (!source) return { sources: await catalogue.sources.list(), indexLag };
  const [found] = await catalogue.sources.byIds([source]);
  if (!found)
    throw new ConfigError(`there is no source "${source}" in the store`, 'List them with "credatlas sources".');
  const [runs] = await catalogue.sources.runs([source], RUNS);
  const newest = runs?.[0];
  const [problems] = newest ? await catalogue.sources.problems([newest.id], PROBLEMS) : [[]];
  return { sources: [found], runs, problems, indexLag };
}

/** `credatlas status [source]`: runs, counters and problems. */
export async function statusCommand(config: Config, request: { source?: string; json: boolean }): Promise<number> {
  const output = createOutput(request);
  const status = await withCatalogue(config, 'status', { source: request.source }, (open) =>
    statusOf(open, request.source),
  );
  output.emit(status);
  const rows = (
    request.source ? (status.runs ?? []) : status.sources.flatMap((s) => (s.lastRun ? [s.lastRun] : []))
  ).map(runRow);
  const header = [
    'source',
    'run ended (UTC)',
    'state',
    'seen',
    'created',
    'updated',
    'unchanged',
    'missing',
    'withdrawn',
    'rejected',
    'problems',
  ];
  for (const line of table([header, ...rows])) output.say(line);
  for (const p of status.problems ?? []) {
    output.say(
      `${p.severity} ${p.identifier ?? '(no record)'} at ${p.path || '/'}: ${p.rule}, found "${p.found}". ${p.remedy}`,
    );
  }
  output.say(status.indexLag ? `search index: ${status.indexLag} changes behind` : 'search index: in step');
  return EXIT.allIn;
}

const runRow = (run: RunSummary): string[] => [
  run.source,
  (run.finishedAt ?? run.startedAt).slice(0, 16).replace('T', ' '),
  run.state,
  ...[run.seen, run.created, run.updated, run.unchanged, run.missing, run.withdrawn, run.rejected, run.problems].map(
    String,
  ),
];

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RecordProblem, RunSummary } from '../catalogue/catalogue.ts';
import type { Store } from '../catalogue/store/store.ts';
import type { Config } from '../config.ts';
import { SourceBusy } from '../crawler/errors.ts';
import { readKeyRing } from '../crawler/fetch/authorisation/key-ring.ts';
import { isUrl } from '../crawler/harvest/ad-hoc-source.ts';
import { RunLeft } from '../crawler/harvest/ending.ts';
import { createHarvester } from '../crawler/harvest/harvester.ts';
import { preview } from '../crawler/harvest/preview.ts';
import { loadFormats } from '../crawler/registry.ts';
import { type Crawler, createCrawler } from './crawler.ts';
import { EXIT } from './exit-codes.ts';
import type { HarvestAnswer, HarvestProgress, HarvestRequest, HarvestResult } from './harvest-request.ts';
import { log } from './log.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { createOutput } from './output.ts';
import { notifierOf } from './report-state.ts';
import { sourceMeant } from './source-meant.ts';
import { withCatalogue } from './with-catalogue.ts';

const SHOWN_FINDINGS = 1_000;

/** `credatlas harvest`: into the store, or through the process that is serving it. */
export async function harvestCommand(config: Config, request: HarvestRequest & { json: boolean }): Promise<number> {
  const output = createOutput(request);
  const onProgress = (line: unknown) => {
    const { page, seen } = line as HarvestProgress;
    output.progress(`${seen} records, reading ${page}`);
  };
  const { json: _, ...asked } = request;
  const answer = await harvestSomewhere(config, { ...asked, input: absolute(asked.input) }, onProgress);
  output.done();
  tell(answer, output.say);
  output.emit(answer.result);
  return exitCodeOf(answer.result);
}

/** The process that does the work may stand in another directory. */
const absolute = (input: string) => (!isUrl(input) && existsSync(input) ? resolve(input) : input);

async function harvestSomewhere(config: Config, request: HarvestRequest, onProgress: (line: HarvestProgress) => void) {
  const work = async (open: OpenCatalogue) => {
    const crawler = createCrawler({
      contact: config.contact,
      store: open.store,
      keys: await readKeyRing(config.keyFiles),
    });
    try {
      // Before the work: a secret that cannot be one is told before anything is stored.
      const notifier = notifierOf(config, { store: open.store, gate: crawler.gate, log });
      const answer = await harvestInto({ open, crawler }, request, onProgress);
      await notifier.once();
      return answer;
    } finally {
      await crawler.close();
    }
  };
  return withCatalogue(config, 'harvest', request, work, (line) => onProgress(line as HarvestProgress));
}

/** Harvests into an open catalogue and waits until the records can be found. */
export async function harvestInto(
  { open, crawler, ending }: { open: OpenCatalogue; crawler: Crawler; ending?: AbortSignal },
  request: HarvestRequest,
  onProgress: (line: HarvestProgress) => void,
): Promise<HarvestAnswer> {
  const started = performance.now();
  const formats = await loadFormats();
  const source = await sourceMeant({ open, crawler, formats }, request);
  let seen = 0;
  const deps = {
    store: open.store,
    reader: crawler.uploads,
    formats,
    ending,
    turns: open.turns,
    log: log.warn,
    onProgress: (progress: { page: string; counts: { seen: number } }) => {
      seen += progress.counts.seen;
      onProgress({ page: progress.page, seen, of: source.expected });
    },
  };
  if (request.dryRun) {
    const { run, findings } = await preview(deps, source);
    return { result: { ...resultOf(run, started), dryRun: true }, findings: findings.slice(0, SHOWN_FINDINGS) };
  }
  const harvester = createHarvester(deps);
  const id = await harvester.start(source);
  const run = await harvester.continue(id);
  if (!run && ending?.aborted) throw new RunLeft();
  const ended = run ?? (await lostRun(open.store, id));
  await open.indexer.catchUp();
  const [findings] = await open.catalogue.sources.problems([ended.id], SHOWN_FINDINGS);
  return { result: resultOf(ended, started), findings: findings ?? [] };
}

/** A run that is another worker's, or that somebody has ended meanwhile: then that is what came of it. */
export async function lostRun(store: Store, id: string): Promise<RunSummary> {
  const run = await store.runs.get(id);
  if (run && run.state !== 'running') return run;
  throw new SourceBusy(
    `source ${run?.source} is being harvested by another worker (run ${id})`,
    `Wait until that run has ended, or end it with "credatlas abandon ${id} --force".`,
  );
}

export const resultOf = (run: RunSummary, started: number): HarvestResult => ({
  run: run.id,
  source: run.source,
  format: run.format,
  state: run.state,
  seen: run.seen,
  created: run.created,
  updated: run.updated,
  unchanged: run.unchanged,
  missing: run.missing,
  withdrawn: run.withdrawn,
  rejected: run.rejected,
  problems: run.problems,
  requests: run.requests,
  bytes: run.bytes,
  seconds: Math.round(performance.now() - started) / 1000,
  ...(run.reason ? { reason: run.reason } : {}),
});

export function exitCodeOf(result: HarvestResult): number {
  if (result.state === 'failed') return EXIT.unusable;
  return result.state === 'complete' && result.rejected === 0 ? EXIT.allIn : EXIT.somethingLeftOut;
}

export function tell({ result: r, findings }: HarvestAnswer, say: (line: string) => void): void {
  say(`${r.source} (${r.format}): ${r.state}${r.dryRun ? ', dry run: nothing was stored' : ''}`);
  if (r.reason) say(`  ${r.reason}`);
  say(
    `  ${r.seen} seen = ${r.created} created + ${r.updated} updated + ${r.unchanged} unchanged + ${r.rejected} rejected; ` +
      `${r.missing} missing, ${r.withdrawn} withdrawn`,
  );
  say(`  ${r.problems} problems, ${r.requests} requests, ${r.bytes} bytes, ${r.seconds} s`);
  for (const line of foundLines(findings)) say(line);
  const rest = r.problems - findings.length;
  if (rest > 0) say(`  and ${rest} more findings`);
  if (r.problems > 0 && !r.dryRun) say(`  all of them: credatlas status ${r.source}`);
}

/** What was found, by rule: how often, and the first place with its remedy. */
function foundLines(findings: readonly RecordProblem[]): string[] {
  return [...Map.groupBy(findings, (f) => `${f.severity} ${f.rule}`)].flatMap(([rule, of]) => {
    const first = of[0] as RecordProblem;
    return [
      `  ${of.length} × ${rule}`,
      `      first: ${first.identifier ?? '(no record)'} at ${first.path || '/'}, found "${first.found}". ${first.remedy}`,
    ];
  });
}

import type { Config } from '../config.ts';
import { ConfigError } from '../crawler/errors.ts';
import { RunLeft } from '../crawler/harvest/ending.ts';
import { createHarvester } from '../crawler/harvest/harvester.ts';
import type { Reader } from '../crawler/harvest/reader.ts';
import { replayPage } from '../crawler/harvest/replay.ts';
import { normaliserOf, unlessBusy } from '../crawler/harvest/start.ts';
import { formatNamed, loadFormats } from '../crawler/registry.ts';
import { readSourceFiles } from '../crawler/source-files.ts';
import { exitCodeOf, lostRun, resultOf, tell } from './harvest.ts';
import type { HarvestAnswer, HarvestProgress } from './harvest-request.ts';
import { log } from './log.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { createOutput } from './output.ts';
import { withCatalogue } from './with-catalogue.ts';

const SHOWN_FINDINGS = 1_000;

const noReader: Reader = {
  read: () => {
    throw new Error('a replay fetches nothing');
  },
};

/** Normalises all stored raw records of a source anew, without fetching, as a run of its own. */
export async function replayInto(
  { store, catalogue, indexer, turns, ending }: OpenCatalogue & { ending?: AbortSignal },
  { source: id }: { source: string },
  onProgress: (line: HarvestProgress) => void,
): Promise<HarvestAnswer> {
  const started = performance.now();
  const [stored] = await catalogue.sources.byIds([id]);
  if (!stored)
    throw new ConfigError(`nothing was harvested from a source "${id}"`, 'List sources with "credatlas sources".');
  const source = (await readSourceFiles(log.warn)).find((file) => file.id === id) ?? stored.definition;
  const formats = await loadFormats();
  const format = formatNamed(formats, source.format);
  const page = { url: replayPage(id) };
  const { id: run } = await unlessBusy(store.runs.start(source, normaliserOf(format, source), [page], 'replay'));
  const of = await store.replays.count(id);
  let seen = 0;
  const harvester = createHarvester({
    store,
    reader: noReader,
    formats,
    ending,
    turns,
    log: log.warn,
    onProgress: ({ counts }) => {
      seen += counts.seen;
      onProgress({ page: page.url, seen, of });
    },
  });
  const carried = await harvester.continue(run);
  if (!carried && ending?.aborted) throw new RunLeft();
  const ended = carried ?? (await lostRun(store, run));
  await indexer.catchUp();
  const [findings] = await catalogue.sources.problems([run], SHOWN_FINDINGS);
  return { result: { ...resultOf(ended, started), trigger: 'replay' }, findings: findings ?? [] };
}

/** `credatlas replay <source>`. */
export async function replayCommand(config: Config, { json, source }: { source: string; json: boolean }) {
  const output = createOutput({ json });
  const onProgress = (line: unknown) => {
    const { seen, of } = line as HarvestProgress;
    output.progress(`${seen} of ${of} stored records`);
  };
  const work = (open: OpenCatalogue) => replayInto(open, { source }, onProgress);
  const answer = await withCatalogue(config, 'replay', { source }, work, onProgress);
  output.done();
  tell(answer, output.say);
  output.emit(answer.result);
  return exitCodeOf(answer.result);
}

import type { RunSummary } from '../catalogue/catalogue.ts';
import type { Config } from '../config.ts';
import { readKeyRing } from '../crawler/fetch/authorisation/key-ring.ts';
import type { Format } from '../crawler/format.ts';
import { createHarvester } from '../crawler/harvest/harvester.ts';
import { createHarvestQueue } from '../crawler/harvest/queue.ts';
import { levelled } from '../crawler/log.ts';
import { loadFormats } from '../crawler/registry.ts';
import type { SourceDefinition } from '../schema/index.ts';
import { createCrawler } from './crawler.ts';
import { followManifests } from './follow-manifests.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { reportState } from './report-state.ts';
import { sourceFilesSeen } from './source-files-seen.ts';

/** A crawler that works as long as the process lives: queue, workers and schedules over an open catalogue. */
export async function startCrawl(
  config: Config,
  open: OpenCatalogue,
  deps: {
    log: (line: string) => void;
    onRun?: (run: RunSummary | undefined) => Promise<void> | void;
    /** After a source that is not to be read now was passed over. */
    onSkip?: (source: string) => void;
    extra?: SourceDefinition[];
    /** Few where readers are served too. */
    harvestsAtOnce?: number;
    /** Other formats than those that come with Credatlas. */
    formats?: ReadonlyMap<string, Format>;
  },
) {
  let reporter: ReturnType<typeof reportState> | undefined;
  const ending = new AbortController();
  const keys = await readKeyRing(config.keyFiles);
  const files = await sourceFilesSeen(open.store, deps.log);
  const extra = deps.extra ?? [];
  for (const source of extra) await open.store.putSource(source);
  const crawler = createCrawler({ contact: config.contact, store: open.store, keys });
  const harvester = createHarvester({
    store: open.store,
    reader: crawler.feeds,
    formats: deps.formats ?? (await loadFormats()),
    ending: ending.signal,
    turns: open.turns,
    log: levelled(deps.log).warn,
  });
  const queue = await createHarvestQueue({
    store: open.store,
    harvester,
    redisUrl: config.redisUrl,
    concurrency: deps.harvestsAtOnce ?? 2,
    log: deps.log,
    ending: ending.signal,
    onRun: async (source) => {
      const [runs] = await open.catalogue.sources.runs([source], 1);
      await deps.onRun?.(runs?.[0]);
      await reporter?.now();
    },
    onSkip: deps.onSkip,
  });
  reporter = reportState(config, { store: open.store, gate: crawler.gate, depth: queue.depth, log: deps.log });
  const manifests = followManifests(open.store, {
    contact: config.contact,
    keys,
    queue,
    files,
    scheduled: extra.filter(({ schedule }) => schedule),
    demonstration: config.examples,
    log: deps.log,
  });
  const stop = async () => {
    ending.abort();
    await Promise.all([queue.close(), reporter?.stop(), manifests.stop()]);
    await crawler.close();
  };
  // Half a crawler would take jobs and never end.
  await manifests.now().catch(async (error) => {
    await stop();
    throw error;
  });
  return { crawler, queue, reschedule: manifests.now, ending: ending.signal, leave: () => ending.abort(), stop };
}

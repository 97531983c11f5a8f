import type { RunSummary } from '../catalogue/catalogue.ts';
import type { Config } from '../config.ts';
import { createHarvester } from '../crawler/harvest/harvester.ts';
import { createHarvestQueue } from '../crawler/harvest/queue.ts';
import { loadFormats } from '../crawler/registry.ts';
import { readSourceFiles } from '../crawler/source-files.ts';
import type { SourceDefinition } from '../schema/index.ts';
import { createCrawler } from './crawler.ts';
import type { OpenCatalogue } from './open-catalogue.ts';

/** A crawler that works as long as the process lives: queue, workers and schedules over an open catalogue. */
export async function startCrawl(
  config: Config,
  open: OpenCatalogue,
  deps: {
    log: (line: string) => void;
    onRun?: (run: RunSummary | undefined) => Promise<void> | void;
    extra?: SourceDefinition[];
  },
) {
  const crawler = createCrawler({ contact: config.contact, store: open.store });
  const harvester = createHarvester({ store: open.store, reader: crawler.feeds, formats: await loadFormats() });
  const queue = await createHarvestQueue({
    store: open.store,
    harvester,
    redisUrl: config.redisUrl,
    concurrency: 2,
    log: deps.log,
    onRun: async (source) => {
      const [runs] = await open.catalogue.sources.runs([source], 1);
      await deps.onRun?.(runs?.[0]);
    },
  });
  // Only sources with a schedule are harvested by themselves; the others wait to be asked for by name.
  const scheduled = [...(await readSourceFiles()), ...(deps.extra ?? [])].filter((source) => source.schedule);
  for (const source of [...scheduled, ...(deps.extra ?? [])]) await open.store.putSource(source);
  await queue.schedule(scheduled);
  return {
    crawler,
    queue,
    async stop() {
      await queue.close();
      await crawler.close();
    },
  };
}

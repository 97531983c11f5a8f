import type { Store } from '../../catalogue/store/store.ts';
import { createFetchGate } from '../../crawler/fetch/fetch-gate.ts';
import type { HostClock } from '../../crawler/fetch/host-clock.ts';
import { createInProcessClock } from '../../crawler/fetch/in-process-clock.ts';
import { createRobots } from '../../crawler/fetch/robots.ts';
import { createHarvester, type HarvesterDeps } from '../../crawler/harvest/harvester.ts';
import { createReader } from '../../crawler/harvest/reader.ts';
import { loadFormats } from '../../crawler/registry.ts';
import { SourceDefinition } from '../../schema/index.ts';

/** A harvester over the real gate, for a store of the test's own. */
export async function createTestCrawl(
  store: Store,
  more: Partial<HarvesterDeps> = {},
  { uploads = true, clock = createInProcessClock() }: { uploads?: boolean; clock?: HostClock } = {},
) {
  const gate = createFetchGate({ clock, contact: 'https://test.example/contact' });
  const reader = createReader({ gate, robots: createRobots({ fetch: gate.fetch }), uploads });
  const harvester = createHarvester({ store, reader, formats: await loadFormats(), patienceSeconds: 1, ...more });
  return {
    harvester,
    reader,
    async harvest(source: SourceDefinition) {
      const run = await harvester.continue(await harvester.start(source));
      if (!run) throw new Error('somebody else holds the run');
      return run;
    },
    close: () => gate.close(),
  };
}

export const testSource = (given: Partial<SourceDefinition> & Pick<SourceDefinition, 'id' | 'format' | 'url'>) =>
  SourceDefinition.parse({
    title: given.id,
    publisher: 'Test',
    licence: 'CC0-1.0',
    allowLoopback: true,
    politeness: { requestsPerSecond: 50, concurrency: 2 },
    ...given,
  });

import type { Store } from '../catalogue/store/store.ts';
import { createAuthoriser } from '../crawler/fetch/authorisation/authoriser.ts';
import { emptyKeyRing, type KeyRing } from '../crawler/fetch/authorisation/key-ring.ts';
import { createFetchGate } from '../crawler/fetch/fetch-gate.ts';
import type { HostClock } from '../crawler/fetch/host-clock.ts';
import { createInProcessClock } from '../crawler/fetch/in-process-clock.ts';
import { createRobots } from '../crawler/fetch/robots.ts';
import { createStoreClock } from '../crawler/fetch/store-clock.ts';
import { createReader } from '../crawler/harvest/reader.ts';
import { log } from './log.ts';

/** The gate, robots.txt and what reads pages through them. Workers on one store share its host clocks. */
export function createCrawler(options: { contact: string; store?: Store; keys?: KeyRing }) {
  const clock: HostClock = options.store
    ? createStoreClock(options.store.hosts, { tell: log.warn })
    : createInProcessClock();
  const gate = createFetchGate({ clock, contact: options.contact });
  const robots = createRobots({ fetch: gate.fetch });
  const authoriser = createAuthoriser({
    fetch: gate.fetch,
    keys: options.keys ?? emptyKeyRing,
    secrets: options.store?.secrets,
  });
  return {
    gate,
    feeds: createReader({ gate, robots, authoriser }),
    /** Reads files too: only for what an operator names on the command line. */
    uploads: createReader({ gate, robots, authoriser, uploads: true }),
    close: () => gate.close(),
  };
}

export type Crawler = ReturnType<typeof createCrawler>;

import { randomUUID } from 'node:crypto';
import { formatError } from '../crawler/errors.ts';
import type { OpenCatalogue } from './open-catalogue.ts';

const EVERY_MS = 1_000;
const LEASE_SECONDS = 15;

/**
 * Keeps the search engine in step with the store while this process lives. Of all processes on one store only one
 * follows at a time; another takes over when it is gone. An engine that is away is told of once and tried again.
 */
export function followChanges(
  { store, indexer }: Pick<OpenCatalogue, 'store' | 'indexer'>,
  log: (line: string) => void,
) {
  const owner = randomUUID();
  let stopped = false;
  let trouble: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();

  async function step(): Promise<void> {
    try {
      if (await store.leases.take('search-indexer', owner, LEASE_SECONDS)) await indexer.catchUp();
      if (trouble) log('search index: back in step');
      trouble = undefined;
    } catch (error) {
      const message = formatError(error);
      if (message !== trouble && !stopped) log(`search index: ${message}. Trying again.`);
      trouble = message;
    }
  }

  const schedule = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      current = step();
      void current.then(schedule);
    }, EVERY_MS);
  };
  schedule();
  return {
    /** Brings the index up to the last change now. */
    now: () => step(),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
      await store.leases.release('search-indexer', owner).catch(() => {});
    },
  };
}

import { randomUUID } from 'node:crypto';
import { formatError } from '../crawler/errors.ts';
import { type Log, levelled } from '../crawler/log.ts';
import type { OpenCatalogue } from './open-catalogue.ts';

const EVERY_MS = 1_000;
const LEASE_SECONDS = 15;
/** Two counts are compared so often, and never for more than a small part of the time. */
const RECONCILE_EVERY_MS = 30_000;
const RECONCILE_SHARE = 0.01;

/**
 * Keeps the search engine in step with the store while this process lives. Of all processes on one store only one
 * follows at a time; another takes over when it is gone. An engine that is away is told of once and tried again.
 */
export function followChanges(
  { store, indexer }: Pick<OpenCatalogue, 'store' | 'indexer'>,
  log: Log | ((line: string) => void),
) {
  const { info, warn } = levelled(log);
  const owner = randomUUID();
  let stopped = false;
  let trouble: string | undefined;
  let reconcileAt = performance.now() + RECONCILE_EVERY_MS;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();

  async function step(): Promise<void> {
    try {
      if (await store.leases.take('search-indexer', owner, LEASE_SECONDS)) {
        await indexer.catchUp();
        if (performance.now() > reconcileAt) await reconcile();
      }
      if (trouble) info('search index: back in step');
      trouble = undefined;
    } catch (error) {
      const message = formatError(error).replace(/\.$/, '');
      if (message !== trouble && !stopped) warn(`search index: ${message}. Trying again.`);
      trouble = message;
    }
  }

  /** What follows the log only never notices an index that was wiped or that lost records. */
  async function reconcile(): Promise<void> {
    const from = performance.now();
    const report = await indexer.reconcile().catch(async () => {
      // An index that is not there cannot be counted; an engine that is away fails here again, and is told.
      const engine = await indexer.reindex();
      warn(`search index: it was gone and is built anew with ${engine} records`);
      return undefined;
    });
    const now = performance.now();
    reconcileAt = now + Math.max(RECONCILE_EVERY_MS, (now - from) / RECONCILE_SHARE);
    if (!report || report.moving) return;
    const { store: stored, engine, added, removed, rebuilt } = report;
    if (stored === engine) return;
    const how = rebuilt ? 'built anew' : `${added} added, ${removed} removed`;
    warn(`search index: it held ${engine} records, the store ${stored}; mended (${how})`);
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

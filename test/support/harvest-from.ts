import { afterAll, beforeAll } from 'vitest';
import type { Store } from '../../catalogue/store/store.ts';
import { createTestCrawl } from './crawl.ts';
import { createFeedServer, type FeedServer } from './feed-server.ts';

/** A store, a provider and a harvester between them, for all tests of a `describe`; they are there once its first test begins. */
export function harvestFrom(open: () => Promise<Store>) {
  const at = {} as { store: Store; server: FeedServer; crawl: Awaited<ReturnType<typeof createTestCrawl>> };
  beforeAll(async () => {
    at.store = await open();
    at.server = await createFeedServer();
    at.crawl = await createTestCrawl(at.store);
  });
  afterAll(async () => {
    await at.crawl?.close();
    await at.server?.close();
    await at.store?.close();
  });
  return at;
}

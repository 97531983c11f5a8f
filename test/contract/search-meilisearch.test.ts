import { describe, test } from 'vitest';
import { createMeilisearchEngine } from '../../catalogue/search/meilisearch.ts';
import { hasMeilisearch, startMeilisearch } from './meilisearch-server.ts';
import { searchEngineCases } from './search-engine.cases.ts';

if (hasMeilisearch()) {
  searchEngineCases('Meilisearch', async () => {
    const server = await startMeilisearch();
    const engine = createMeilisearchEngine({
      url: server.url,
      apiKey: server.apiKey,
      index: `contract_${process.pid}_${Date.now()}`,
    });
    await engine.configure();
    return { engine, close: () => server.stop() };
  });
} else {
  console.warn('skipped: no Meilisearch (set MEILI_URL, or put a `meilisearch` program on the PATH)');
  describe('search engine contract: Meilisearch', () => test.skip('skipped: no Meilisearch', () => {}));
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMeilisearchEngine } from '../../catalogue/search/meilisearch.ts';
import { type SearchEngine, SearchUnavailable } from '../../catalogue/search/search-engine.ts';
import { hasMeilisearch, type MeilisearchServer, startMeilisearch } from './meilisearch-server.ts';
import { pagingCases } from './paging.cases.ts';
import { searchConceptCases } from './search-concepts.cases.ts';
import { searchDocument } from './search-documents.ts';
import { type OpenEngine, searchEngineCases } from './search-engine.cases.ts';
import { searchTextCases } from './search-text.cases.ts';

if (hasMeilisearch()) {
  const open: OpenEngine = async () => {
    const server = await startMeilisearch();
    const engine = createMeilisearchEngine({
      url: server.url,
      apiKey: server.apiKey,
      index: `contract_${process.pid}_${Date.now()}`,
    });
    await engine.configure();
    return {
      engine,
      close: async () => {
        await engine.close();
        await server.stop();
      },
    };
  };
  searchEngineCases('Meilisearch', open);
  searchTextCases('Meilisearch', open);
  pagingCases('Meilisearch', open);
  searchConceptCases('Meilisearch', open);

  describe('Meilisearch, the real server', { timeout: 60_000 }, () => {
    let server: MeilisearchServer;
    let engine: SearchEngine;
    const index = `real_${process.pid}_${Date.now()}`;
    beforeAll(async () => {
      server = await startMeilisearch();
      engine = createMeilisearchEngine({ ...server, index });
      await engine.configure();
    }, 60_000);
    afterAll(async () => {
      await engine.close();
      await server.stop();
    });
    const get = async (path: string) => {
      const answer = await fetch(server.url + path, { headers: { authorization: `Bearer ${server.apiKey ?? ''}` } });
      return (await answer.json()) as { total: number };
    };

    test('a failed task is an error with the reason that the server gives', async () => {
      await expect(engine.upsert([searchDocument('an id with blanks', {})])).rejects.toThrow(/invalid_document_id/);
      expect(await engine.count()).toBe(0);
    });
    test('a thousand documents and more are one task', async () => {
      const before = (await get('/tasks?limit=1')).total;
      await engine.upsert(Array.from({ length: 1500 }, (_, i) => searchDocument(`d${i}`, {})));
      expect((await get('/tasks?limit=1')).total - before).toBe(1);
      await engine.remove(Array.from({ length: 1500 }, (_, i) => `d${i}`));
    });
    test('settings are not sent when the server has them', async () => {
      const before = (await get('/tasks?limit=1')).total;
      await engine.configure();
      await createMeilisearchEngine({ ...server, index }).configure();
      expect((await get('/tasks?limit=1')).total).toBe(before);
    });
    test('a wrong key is no outage', async () => {
      const stranger = createMeilisearchEngine({ ...server, index, apiKey: 'wrong' });
      await expect(stranger.query({ first: 1 })).rejects.toThrow(/invalid_api_key/);
      await expect(stranger.query({ first: 1 })).rejects.not.toThrow(SearchUnavailable);
      await stranger.close();
    });
  });
} else {
  console.warn('skipped: no Meilisearch (set MEILI_URL, or put a `meilisearch` program on the PATH)');
  describe('search engine contract: Meilisearch', () => test.skip('skipped: no Meilisearch', () => {}));
}

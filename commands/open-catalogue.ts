import type { Catalogue } from '../catalogue/catalogue.ts';
import { createIndexer, type IndexerStore } from '../catalogue/search/indexer.ts';
import { createMeilisearchEngine } from '../catalogue/search/meilisearch.ts';
import { createPostgresEngine } from '../catalogue/search/postgres.ts';
import { openStore, type Store } from '../catalogue/store/store.ts';
import type { Config } from '../config.ts';
import { createTurns } from '../crawler/harvest/turns.ts';
import { createRuleBook } from '../crawler/problems/rule-book.ts';
import { ruleLink } from '../crawler/problems/rule-links.ts';
import { log } from './log.ts';
import { openedConcepts } from './open-concepts.ts';

/** The catalogue of this configuration, open: store of record, search engine and the follower between them. */
export async function openCatalogue(config: Pick<Config, 'databaseUrl' | 'dataDir' | 'meiliUrl' | 'meiliApiKey'>) {
  const store = await openStore({ databaseUrl: config.databaseUrl, directory: config.dataDir, tell: log });
  try {
    const engine = config.meiliUrl
      ? createMeilisearchEngine({ url: config.meiliUrl, apiKey: config.meiliApiKey })
      : createPostgresEngine(store.db);
    await engine.configure();
    const concepts = openedConcepts(config.dataDir);
    const catalogue: Catalogue = {
      ...store.read,
      sources: withLinks(store.read.sources),
      rules: createRuleBook(),
      search: engine,
      ...(concepts && { concepts }),
    };
    return {
      store,
      catalogue,
      indexer: createIndexer({ store: indexerStore(store), engine, concepts }),
      /** Of all that harvests in this process. */
      turns: createTurns(),
      async close() {
        await engine.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Problems say where their standard does; which rule rests on which is the crawler's to know. */
const withLinks = (sources: Catalogue['sources']): Catalogue['sources'] => ({
  ...sources,
  async problems(runs, limit) {
    const found = await sources.problems(runs, limit);
    return found.map((problems) => problems.map((problem) => ({ ...problem, link: ruleLink(problem.rule) })));
  },
});

export const indexerStore = (store: Store): IndexerStore => ({
  changes: store.changes,
  credentials: { byIds: store.read.credentials.byIds, ...store.bulk },
  positions: store.changes.position,
});

export type OpenCatalogue = Awaited<ReturnType<typeof openCatalogue>>;

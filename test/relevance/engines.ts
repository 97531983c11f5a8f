import { createMeilisearchEngine } from '../../catalogue/search/meilisearch.ts';
import { createPostgresEngine } from '../../catalogue/search/postgres.ts';
import { queryConcepts } from '../../catalogue/search/query-concepts.ts';
import { conceptsOfTexts } from '../../catalogue/search/record-concepts.ts';
import type { SearchEngine } from '../../catalogue/search/search-engine.ts';
import { migrate } from '../../catalogue/store/migrate.ts';
import { openPglite } from '../../catalogue/store/pglite.ts';
import type { OpenedConcepts } from '../../schema/vocabularies/concepts/index.ts';
import { hasMeilisearch, startMeilisearch } from '../contract/meilisearch-server.ts';
import { searchDocument } from '../contract/search-documents.ts';

/** An engine that can be filled with titles: what it finds, with concepts, as a reader would. */
interface Measured {
  name: string;
  searching(titles: readonly string[]): Promise<(query: string) => Promise<number[]>>;
}

/** The real engines: PGlite, and Meilisearch where there is one. Each is closed before the next. */
export async function* openEngines(opened: OpenedConcepts): AsyncGenerator<Measured> {
  const db = await openPglite();
  await migrate(db);
  yield over('PGlite', createPostgresEngine(db), opened);
  await db.close();
  if (!hasMeilisearch()) return;
  const server = await startMeilisearch();
  const engine = createMeilisearchEngine({ ...server, index: `relevance_${process.pid}` });
  yield over('Meilisearch', engine, opened);
  await engine.close();
  await server.stop();
}

const over = (name: string, engine: SearchEngine, opened: OpenedConcepts): Measured => ({
  name,
  async searching(titles) {
    await engine.configure();
    const index = await engine.rebuild();
    const documents = titles.map((title, n) =>
      searchDocument(`t${n}`, { title: { und: title }, concepts: conceptsOfTexts([title], opened) }),
    );
    await engine.upsert(documents, index);
    await engine.rebuild(index);
    return async (text) => {
      const { hits } = await engine.query({ text, concepts: queryConcepts(text, opened), first: 10 });
      return hits.map(({ id }) => Number(id.slice(1)));
    };
  },
});

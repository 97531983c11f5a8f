import { describe, test } from 'vitest';
import { createPostgresEngine } from '../../catalogue/search/postgres.ts';
import { migrate } from '../../catalogue/store/migrate.ts';
import { openPglite } from '../../catalogue/store/pglite.ts';
import { openPostgres } from '../../catalogue/store/postgres.ts';
import { pagingCases } from './paging.cases.ts';
import { searchConceptCases } from './search-concepts.cases.ts';
import { type OpenEngine, searchEngineCases } from './search-engine.cases.ts';
import { searchTextCases } from './search-text.cases.ts';

const pglite: OpenEngine = async () => {
  const db = await openPglite();
  await migrate(db);
  const engine = createPostgresEngine(db);
  await engine.configure();
  return { engine, close: () => db.close() };
};
searchEngineCases('PGlite', pglite);
searchTextCases('PGlite', pglite);
pagingCases('PGlite', pglite);
searchConceptCases('PGlite', pglite);

const url = process.env.TEST_DATABASE_URL;
if (url) {
  const postgres: OpenEngine = async () => {
    const db = await openPostgres(url);
    await migrate(db);
    await db.query('truncate search_documents, search_opportunities, search_words');
    const engine = createPostgresEngine(db);
    await engine.configure();
    return { engine, close: () => db.close() };
  };
  searchEngineCases('PostgreSQL', postgres);
  searchTextCases('PostgreSQL', postgres);
  pagingCases('PostgreSQL', postgres);
  searchConceptCases('PostgreSQL', postgres);
} else {
  describe('search engine contract: PostgreSQL', () => test.skip('skipped: no TEST_DATABASE_URL', () => {}));
}

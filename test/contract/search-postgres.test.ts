import { describe, test } from 'vitest';
import { createPostgresEngine } from '../../catalogue/search/postgres.ts';
import { migrate } from '../../catalogue/store/migrate.ts';
import { openPglite } from '../../catalogue/store/pglite.ts';
import { openPostgres } from '../../catalogue/store/postgres.ts';
import { searchEngineCases } from './search-engine.cases.ts';

searchEngineCases('PGlite', async () => {
  const db = await openPglite();
  await migrate(db);
  const engine = createPostgresEngine(db);
  await engine.configure();
  return { engine, close: () => db.close() };
});

const url = process.env.TEST_DATABASE_URL;
if (url) {
  searchEngineCases('PostgreSQL', async () => {
    const db = await openPostgres(url);
    await migrate(db);
    await db.query('truncate search_documents, search_opportunities, search_words');
    const engine = createPostgresEngine(db);
    await engine.configure();
    return { engine, close: () => db.close() };
  });
} else {
  describe('search engine contract: PostgreSQL', () => test.skip('skipped: no TEST_DATABASE_URL', () => {}));
}

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { normaliseRequest } from '../../../catalogue/search/normalise-request.ts';
import { createPostgresEngine } from '../../../catalogue/search/postgres.ts';
import { buildSearch } from '../../../catalogue/search/postgres-query.ts';
import type { SearchPosition, SearchRequest } from '../../../catalogue/search/search-engine.ts';
import { migrate } from '../../../catalogue/store/migrate.ts';
import { openPglite } from '../../../catalogue/store/pglite.ts';
import type { Database } from '../../../catalogue/store/sql.ts';
import { searchDocument } from '../../contract/search-documents.ts';

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

describe('a page deep in a listing reads as little as the first', () => {
  let db: Database;
  const RECORDS = 4000;
  beforeAll(async () => {
    db = await openPglite();
    await migrate(db);
    const engine = createPostgresEngine(db);
    await engine.upsert(
      Array.from({ length: RECORDS }, (_, n) =>
        searchDocument(`d-${String(n).padStart(5, '0')}`, {
          seq: n + 1,
          title: n % 10 ? { en: `Title ${String((n * 7919) % RECORDS).padStart(5, '0')}` } : {},
          ...(n % 3 ? { ects: { min: n % 300, max: 300 } } : {}),
          opportunities:
            n % 2 ? [{ start: `20${10 + (n % 80)}-01-${10 + (n % 17)}`, place: [], mode: [], language: [] }] : [],
        }),
      ),
    );
    await db.query('analyze search_documents');
  }, 60_000);
  afterAll(() => db.close());

  /** Rows of the table that the page, not the total, looked at. */
  async function rowsRead(request: SearchRequest): Promise<number> {
    const { text, params } = buildSearch(normaliseRequest(request), undefined);
    const [row] = await db.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(`explain (analyze, format json) ${text}`, params);
    const sum = (plan: Plan): number =>
      (plan['Relation Name']
        ? (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops']
        : 0) + (plan.Plans ?? []).reduce((total, below) => total + sum(below), 0);
    const page = (plan: Plan): Plan | undefined =>
      plan['Node Type'] === 'WindowAgg' ? plan : plan.Plans?.map(page).find((found) => found);
    const found = page((row as { 'QUERY PLAN': { Plan: Plan }[] })['QUERY PLAN'][0]?.Plan as Plan);
    if (!found) throw new Error('the plan has no page');
    return sum(found);
  }

  test.each<[SearchRequest['sort'], SearchPosition]>([
    [{ by: 'newest' }, [RECORDS, 300, 'd-00299']],
    [{ by: 'id' }, ['d-03900']],
    [{ by: 'id', descending: true }, ['d-00100']],
    [{ by: 'title' }, ['title 03800', 'd-00001']],
    [{ by: 'title' }, [null, 'd-01000']],
    [{ by: 'title', descending: true }, ['title 00100', 'd-00001']],
    [{ by: 'startDate' }, [60_000, 'd-00001']],
    [{ by: 'startDate', descending: true }, [45_000, 'd-00001']],
    [{ by: 'ects' }, [280, 'd-00001']],
    [{ by: 'ects', descending: true }, [20, 'd-00001']],
  ])('%j behind %j', async (sort, after) => {
    expect(await rowsRead({ first: 20, sort })).toBeLessThan(150);
    expect(await rowsRead({ first: 20, sort, after })).toBeLessThan(150);
  });
});

test('an index that was there before, and rebuilt, is brought along', async () => {
  const db = await openPglite();
  const file = (name: string) =>
    readFile(new URL(`../../../catalogue/store/migrations/${name}`, import.meta.url), 'utf8');
  for (const name of ['0001_store.sql', '0002_search.sql']) await db.script(await file(name));
  await db.script(`
    create table migrations (name text primary key, applied_at timestamptz not null default now());
    insert into migrations (name) values ('0001_store.sql'), ('0002_search.sql');
    alter index search_documents_newest rename to search_documents_r0_updated_id_idx;
    insert into sources (id, definition) values ('s', '{}');
    insert into credentials (id, source, identifier, document, hash, seq) values ('crd_1', 's', '1', '{}', '', 41), ('crd_2', 's', '2', '{}', '', 7);
    insert into search_documents (id, seq, updated, words, head, country, provider, source, language, eqf, mode, assessment,
      kind, field, element_stated, conformance, prices, texts)
    select id, 99, 1000, '', '', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}',
      case id when 'crd_1' then '{"SEK": 5, "CZK": 70}'::jsonb else '{}' end, '{"title":[],"provider":[],"outcomes":[],"description":[]}'
      from credentials;`);
  expect(await migrate(db)).toContain('0003_places.sql');
  const engine = createPostgresEngine(db);
  const { hits } = await engine.query({ first: 5 });
  expect(hits.map(({ id, position }) => [id, position])).toEqual([
    ['crd_1', [41, 41, 'crd_1']],
    ['crd_2', [41, 7, 'crd_2']],
  ]);
  expect((await engine.query({ first: 1, sort: { by: 'cost' } })).hits[0]?.position).toEqual([
    null,
    'CZK',
    70,
    'crd_1',
  ]);
  const rebuilt = await engine.rebuild();
  await engine.upsert([searchDocument('new', { seq: 100, earlier: [50] })], rebuilt);
  await engine.rebuild(rebuilt);
  expect((await engine.query({ first: 5 })).hits.map((hit) => hit.id)).toEqual(['new']);
  await db.close();
});

import { type GraphQLSchema, graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIndexer, type Indexer } from '../../catalogue/search/indexer.ts';
import { createPostgresEngine } from '../../catalogue/search/postgres.ts';
import { FACETS } from '../../catalogue/search/search-engine.ts';
import { openStore, type Store } from '../../catalogue/store/store.ts';
import { indexerStore } from '../../commands/open-catalogue.ts';
import { emptyBatch } from '../../crawler/harvest/empty-batch.ts';
import { type Credential, SourceDefinition, stated } from '../../schema/index.ts';
import { assessmentTypes } from '../../schema/vocabularies/index.ts';
import { createSubgraphContext } from '../../subgraphs/shared/context.ts';
import { constantCase } from '../../subgraphs/shared/enum-values.ts';
import { subgraphSchema } from '../../subgraphs/shared/subgraph.ts';
import { createSubgraphs } from '../../subgraphs/subgraphs.ts';
import { generateCredentials } from '../bench/generate.ts';

let store: Store;
let indexer: Indexer;
// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
type Answer = { data: any; errors: any };
let ask: (query: string, variables?: Record<string, unknown>) => Promise<Answer>;
/** With codes of the vocabulary only, as every format gives them. */
const records = [...generateCredentials(200, 3)].map((record) => {
  const { value } = record.assessment;
  if (value) value.codes = value.codes.map((code) => (assessmentTypes.get(code) ? code : 'written-examination'));
  return record;
});

async function put(changed: readonly Credential[]): Promise<void> {
  for (const [id, of] of Map.groupBy(changed, (record) => record.source)) {
    const source = SourceDefinition.parse({
      id,
      title: id,
      format: 'csv',
      url: 'https://x.example/',
      publisher: 'x',
      licence: 'CC0-1.0',
    });
    await store.putSource(source);
    await store.ingest.apply({
      ...emptyBatch({ run: `run-${id}`, source, normaliser: '1' }),
      credentials: of.map((record) => ({ record, counted: true })),
      providers: of.flatMap((record) =>
        (record.awardingBody.value ?? []).map(({ id: provider, name }) => ({
          id: provider,
          source: id,
          identifier: provider,
          alternates: [],
          name,
          identifiers: [],
          evidence: [],
        })),
      ),
    });
  }
}
const touched = (record: Credential, note: string): Credential => ({
  ...record,
  furtherInformation: stated({ links: [], text: [{ language: 'en', value: note }] }, '/note'),
});

beforeAll(async () => {
  store = await openStore({});
  const engine = createPostgresEngine(store.db);
  indexer = createIndexer({ store: indexerStore(store), engine });
  await put(records);
  await indexer.reindex();
  const catalogue = { ...store.read, search: engine };
  const schemas = new Map<string, GraphQLSchema>(createSubgraphs().map((one) => [one.name, subgraphSchema(one)]));
  ask = async (source, variableValues) => {
    const name = /\bproviders/.test(source) ? 'provider' : 'search';
    const schema = schemas.get(name) as GraphQLSchema;
    const answer = await graphql({
      schema,
      source,
      variableValues,
      contextValue: createSubgraphContext(catalogue, []),
    });
    return { data: JSON.parse(JSON.stringify(answer.data ?? null)), errors: answer.errors };
  };
}, 120_000);
afterAll(() => store.close());

const PAGE = `query($first: Int, $after: String, $sort: SearchSort, $text: String) {
  search(first: $first, after: $after, sort: $sort, text: $text) {
    totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

async function pages(variables: Record<string, unknown>, between?: (page: number) => Promise<void>): Promise<string[]> {
  const seen: string[] = [];
  let after: string | null = null;
  for (let page = 1; ; page++) {
    const { data, errors } = await ask(PAGE, { first: 20, ...variables, after });
    expect(errors).toBeUndefined();
    const { edges, pageInfo } = data.search;
    expect(pageInfo.hasPreviousPage).toBe(after !== null);
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([
      edges[0]?.cursor ?? null,
      edges.at(-1)?.cursor ?? null,
    ]);
    seen.push(...edges.map((edge: { node: { id: string } }) => edge.node.id));
    if (!pageInfo.hasNextPage) return seen;
    after = pageInfo.endCursor;
    await between?.(page);
  }
}

describe('paging through the real store while 40 of 200 change', { timeout: 120_000 }, () => {
  const all = records.map((record) => record.id).sort();
  test.each([
    [{}, 'catchUp'],
    [{ sort: { by: 'NEWEST' } }, 'reindex'],
    [{ sort: { by: 'TITLE' } }, 'catchUp'],
    [{ sort: { by: 'COST', descending: true } }, 'catchUp'],
    [{ sort: { by: 'ID' } }, 'reindex'],
  ] as const)('%j, the index by %s: each is seen once', async (variables, how) => {
    let n = 0;
    const seen = await pages(variables, async (page) => {
      if (page < 3) return;
      const share = records.filter((_, i) => i % 5 === page % 5);
      await put(share.map((record) => touched(record, `${how} ${page} ${n++}`)));
      await indexer[how]();
    });
    expect(n).toBeGreaterThan(200);
    expect(seen.toSorted()).toEqual(all);
  });
  test('the newest are first in a new listing', async () => {
    const last = records[77] as Credential;
    await put([touched(last, 'just now')]);
    await indexer.catchUp();
    expect((await pages({}))[0]).toBe(last.id);
  });
});

describe('cursors', () => {
  const codeOf = async (variables: Record<string, unknown>) => {
    const { errors, data } = await ask(PAGE, { first: 5, ...variables });
    return errors?.[0] ? [errors[0].extensions.code, typeof errors[0].extensions.remedy] : data.search.edges.length;
  };
  /** The mark of a search, as everybody can work it out from a cursor of it. */
  const markOf = async (variables: Record<string, unknown>) => {
    const { data } = await ask(PAGE, { first: 1, ...variables });
    return Buffer.from(data.search.pageInfo.endCursor, 'base64url').toString().split('.')[0];
  };
  const forged = (mark: string | undefined, key: string) => Buffer.from(`${mark}.${key}`).toString('base64url');

  test.each([
    '-5',
    '1e9',
    'NaN',
    '20',
    '',
    'null',
    '[]',
    '{}',
    '"a"',
    '[null]',
    '["a"]',
    '[1,2]',
    '[1,2,3]',
    '[-1,2,"a"]',
    '[1,"2","a"]',
    '[1e400,1,"a"]',
    '[1,1,"a\\u0000"]',
    '[1,1,"\\ud800"]',
    '[1,1,"a",1]',
    '[[1],1,"a"]',
    '{"__proto__":1}',
    '[1,1,"a',
    `[1,1,"${'a'.repeat(900)}"]`,
    `["${'x'.repeat(5000)}"]`,
    '[9007199254740993,1,"a"]',
    '[1,1,"\' or 1=1"]',
  ])('made up: %s', async (key) => {
    for (const variables of [
      {},
      { sort: { by: 'TITLE' } },
      { sort: { by: 'ECTS' } },
      { sort: { by: 'COST' } },
      { text: 'institute' },
    ]) {
      const mark = await markOf(variables);
      const answer = await codeOf({ ...variables, after: forged(mark, key) });
      expect([variables, answer]).toEqual([variables, ['BAD_USER_INPUT', 'string']]);
    }
  });
  test.each([['rubbish'], ['💥'], ['AAAA'], ['x'.repeat(100_000)], ['=']])('no cursor at all: %.20s', async (after) => {
    expect(await codeOf({ after })).toEqual(['BAD_USER_INPUT', 'string']);
  });
  test('of another order, text or filter', async () => {
    const { data } = await ask(PAGE, { first: 1, sort: { by: 'TITLE' } });
    const after = data.search.pageInfo.endCursor;
    expect(await codeOf({ after, sort: { by: 'TITLE' } })).toBe(5);
    expect(await codeOf({ after })).toEqual(['BAD_USER_INPUT', 'string']);
    expect(await codeOf({ after, sort: { by: 'TITLE', descending: true } })).toEqual(['BAD_USER_INPUT', 'string']);
    expect(await codeOf({ after, sort: { by: 'TITLE' }, text: 'a' })).toEqual(['BAD_USER_INPUT', 'string']);
  });
  test('of providers, too', async () => {
    const query = `query($after: String, $first: Int) { providers(first: $first, after: $after) {
      totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
    const first = (await ask(query, { first: 3 })).data.providers;
    const next = (await ask(query, { first: 3, after: first.pageInfo.endCursor })).data.providers;
    expect(new Set([...first.edges, ...next.edges].map((edge) => edge.node.id)).size).toBe(6);
    const mark = Buffer.from(first.pageInfo.endCursor, 'base64url').toString().split('.')[0];
    for (const key of ['prv_x', '[]', '[1]', '[null]', '["a\\u0000"]', '["a","b"]', '5']) {
      expect((await ask(query, { after: forged(mark, key) })).errors?.[0].extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        argument: 'after',
      });
    }
    const end = (await ask(query, { first: 3, after: forged(mark, '["zzz"]') })).data.providers;
    expect(end).toMatchObject({ totalCount: first.totalCount, edges: [], pageInfo: { hasNextPage: false } });
  });
});

describe('first: 0', () => {
  test('answers counts and facets, and whether there is more', async () => {
    const { data, errors } = await ask(
      `{ search(first: 0, facets: [COUNTRY]) { totalCount edges { cursor } facets { values { count } }
         pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } suggest(prefix: "a", first: 0) }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      search: {
        totalCount: 200,
        edges: [],
        facets: [{ values: expect.arrayContaining([{ count: expect.any(Number) }]) }],
        pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
      },
      suggest: [],
    });
    const { data: none } = await ask(
      '{ search(first: 0, filter: { source: ["no"] }) { totalCount pageInfo { hasNextPage } } }',
    );
    expect(none.search).toEqual({ totalCount: 0, pageInfo: { hasNextPage: false } });
    const { data: p } = await ask(
      '{ providers(first: 0) { totalCount edges { cursor } pageInfo { hasNextPage endCursor } } }',
    );
    expect(p.providers).toEqual({
      totalCount: expect.any(Number),
      edges: [],
      pageInfo: { hasNextPage: true, endCursor: null },
    });
    expect(p.providers.totalCount).toBeGreaterThan(50);
  });
});

describe('facets', () => {
  type Facet = { name: string; valueCount: number; values: { value: string; count: number }[] };
  const facets = async (args = '', limit = 1000): Promise<Facet[]> =>
    (await ask(`{ search(first: 0 ${args}) { facets { name valueCount values(limit: ${limit}) { value count } } } }`))
      .data.search.facets;

  test('say that there are more values, and give more when asked', async () => {
    const query = `{ search(first: 0, facets: [PROVIDER]) { facets { valueCount values { value } few: values(limit: 2) { value } none: values(limit: 0) { value }
      ...More } } } fragment More on SearchFacet { many: values(limit: 150) { value } }`;
    const [facet] = (await ask(query)).data.search.facets;
    expect(facet.valueCount).toBeGreaterThan(60);
    expect([facet.values.length, facet.few.length, facet.none.length, facet.many.length]).toEqual([
      20,
      2,
      0,
      Math.min(facet.valueCount, 150),
    ]);
    expect((await ask('{ search { facets { values(limit: 1001) { value } } } }')).errors?.[0].extensions).toMatchObject(
      {
        code: 'BAD_USER_INPUT',
        argument: 'facets.values.limit',
      },
    );
  });

  test('every value of every facet finds as many as it counts, put into a filter as it is', async () => {
    const all = await facets();
    expect(all.map(({ name }) => name)).toEqual(FACETS.map(constantCase));
    let tried = 0;
    for (const { name, values, valueCount } of all) {
      expect([name, values.length]).toEqual([name, valueCount]);
      expect(values.length).toBeGreaterThan(0);
      for (const { value, count } of values.slice(0, 40)) {
        const { data, errors } = await ask('query($f: SearchFilter) { search(first: 0, filter: $f) { totalCount } }', {
          f: { facets: [{ name, values: [value] }] },
        });
        expect([name, value, errors?.[0]?.message, data?.search.totalCount]).toEqual([name, value, undefined, count]);
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(100);
  });

  test('and written into the filter of its own', async () => {
    for (const { name, values } of await facets()) {
      const field = name.toLowerCase().replace(/_(.)/g, (_, letter) => letter.toUpperCase());
      for (const { value, count } of values.slice(0, 10)) {
        const [question, answer] = value.split(':');
        const literal =
          name === 'CONFORMANCE'
            ? `{ ${question}: [${answer}] }`
            : name === 'ELEMENT_STATED' || name === 'EQF'
              ? `[${value}]`
              : name === 'FREE'
                ? value
                : JSON.stringify([value]);
        const { data, errors } = await ask(`{ search(first: 0, filter: { ${field}: ${literal} }) { totalCount } }`);
        expect([name, value, errors?.[0]?.message, data?.search.totalCount]).toEqual([name, value, undefined, count]);
      }
    }
  });

  test.each([
    ['{ facets: [{ name: EQF, values: ["9"] }] }'],
    ['{ facets: [{ name: FREE, values: ["true", "false"] }] }'],
    ['{ facets: [{ name: CONFORMANCE, values: ["assessed"] }] }'],
    ['{ facets: [{ name: ELEMENT_STATED, values: ["__proto__"] }] }'],
    ['{ facets: [{ name: COUNTRY, values: ["DE"] }], country: ["FR"] }'],
    ['{ facets: [{ name: COUNTRY, values: ["DE"] }, { name: COUNTRY, values: ["FR"] }] }'],
    ['{ facets: [{ name: KIND, values: ["no-such"] }] }'],
  ])('what is no value is refused: %s', async (filter) => {
    const { errors } = await ask(`{ search(filter: ${filter}) { totalCount } }`);
    expect(errors?.[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', remedy: expect.any(String) });
  });
});

describe('dates', () => {
  const total = async (filter: string) => {
    const { data, errors } = await ask(`{ search(first: 0, filter: ${filter}) { totalCount } }`);
    return errors?.[0]?.extensions.code ?? data.search.totalCount;
  };
  test('as far as the calendar goes: before and after everything', async () => {
    const dated = await total('{ startDate: { from: "0001-01-01" } }');
    expect(dated).toBeGreaterThan(20);
    expect(await total('{ startDate: { to: "9999-12-31" } }')).toBe(dated);
    expect(await total('{ startDate: { from: "0001-01-01", to: "9999-12-31" } }')).toBe(dated);
    expect(await total('{ startDate: { from: "1899-12-31", to: "2400-02-29" } }')).toBe(dated);
    for (const none of [
      '{ from: "9999-12-31" }',
      '{ from: "2258-01-01" }',
      '{ to: "0001-01-01" }',
      '{ to: "1899-12-31" }',
      '{ from: "2030-01-01", to: "2020-01-01" }',
    ]) {
      expect([none, await total(`{ startDate: ${none} }`)]).toEqual([none, 0]);
    }
  });
  test.each(['2024-02-29', '2000-02-29', '0004-02-29', '9996-02-29', '0001-12-31'])('%s is one', async (date) => {
    expect(await total(`{ opportunity: { startFrom: "${date}" } }`)).toBeTypeOf('number');
  });
  test.each([
    '2023-02-29',
    '1900-02-29',
    '0000-01-01',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '10000-01-01',
    '2024-1-1',
    '',
    ' 2024-01-01',
    '２０２４-01-01',
    '2024-01-01T00:00',
  ])('%j is none', async (date) =>
    expect(await total(`{ startDate: { from: ${JSON.stringify(date)} } }`)).toBe('BAD_USER_INPUT'),
  );
});

describe('prices', () => {
  test('go by the currency that the sort names, once it is one', async () => {
    const query = (currency: string) =>
      `{ search(sort: { by: COST, currency: "${currency}" }) { totalCount edges { node { id } } } }`;
    expect((await ask(query('sek'))).data.search.totalCount).toBe(200);
    expect((await ask(query('XYZ'))).errors?.[0].extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'sort.currency',
    });
  });
});

describe('what a reader writes', () => {
  const QUERY = `query($text: String, $prefix: Boolean, $after: String) {
    search(text: $text, prefix: $prefix, first: 2, after: $after) {
      totalCount didYouMean edges { node { id } } pageInfo { endCursor } } }`;
  const word = () => (titleWord ??= wordOf());
  let titleWord: string | undefined;
  const wordOf = () => {
    const title = (records[0] as Credential).title.value?.[0]?.value ?? '';
    return title.split(' ').reduce((a, b) => (b.length > a.length ? b : a));
  };

  test('is whole words, unless the last one is said to be unfinished', async () => {
    const text = word().slice(0, 4);
    const whole = (await ask(QUERY, { text })).data.search;
    const begun = (await ask(QUERY, { text, prefix: true })).data.search;
    expect(begun.totalCount).toBeGreaterThan(whole.totalCount);
    const next = await ask(QUERY, { text, prefix: true, after: begun.pageInfo.endCursor });
    expect(next.errors).toBeUndefined();
    const other = await ask(QUERY, { text, after: begun.pageInfo.endCursor });
    expect(other.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
  test('is answered with what may have been meant', async () => {
    const text = `${word().slice(0, -3)}x${word().slice(-3)}`;
    const { data, errors } = await ask(QUERY, { text });
    expect(errors).toBeUndefined();
    expect(data.search.didYouMean).toBe(word().toLowerCase());
    expect((await ask(QUERY, { text: word() })).data.search.didYouMean).toBeNull();
  });
});

import { describe, expect, test } from 'vitest';
import { quote } from '../../../catalogue/search/meilisearch-order.ts';
import { buildMultiSearch } from '../../../catalogue/search/meilisearch-query.ts';
import { differingSettings, LOCALES, SETTINGS } from '../../../catalogue/search/meilisearch-settings.ts';
import { normaliseRequest } from '../../../catalogue/search/normalise-request.ts';
import { buildSearch } from '../../../catalogue/search/postgres-query.ts';
import { parseQuery } from '../../../catalogue/search/query-syntax.ts';
import type { SearchFilter, SearchPosition, SearchRequest } from '../../../catalogue/search/search-engine.ts';
import { textPlan } from '../../../catalogue/search/text-plan.ts';
import { createVocabulary } from '../../../catalogue/search/vocabulary.ts';

const vocabulary = createVocabulary();
vocabulary.add(['beekeeping', 'beekeepinq', 'micro', 'credential', 'credentials', 'microcredential', 'hive', 'hives']);

describe('Postgres: a text', () => {
  const plan = (text: string, prefix = false) => textPlan(parseQuery(text, prefix), vocabulary);
  test.each<[text: string, prefix: boolean, wanted: { full: string; exact: string; rank: string; required?: string }]>([
    ['hive', false, { full: `'hive'`, exact: `'hive'`, rank: `'hive'` }],
    ['hive', true, { full: `'hive':*`, exact: `'hive':*`, rank: `'hive' | 'hive':*` }],
    [
      'beekeepimg',
      true,
      {
        full: `('beekeepimg':* | 'beekeeping' | 'beekeepinq')`,
        exact: `'beekeepimg':*`,
        rank: `'beekeepimg' | 'beekeepimg':*`,
      },
    ],
    [
      'micro hive',
      true,
      {
        full: `('micro' | 'microhive':*) & ('hive':* | 'microhive':*)`,
        exact: `'micro' & 'hive':*`,
        rank: `'micro' | 'hive' | 'hive':*`,
      },
    ],
    [
      '"micro hive" word -credential -"a bee"',
      false,
      {
        full: `('micro' <-> 'hive') & 'word' & !'credential' & !('a' <-> 'bee')`,
        exact: `('micro' <-> 'hive') & 'word' & !'credential' & !('a' <-> 'bee')`,
        rank: `('micro' <-> 'hive') | 'word'`,
        required: `('micro' <-> 'hive') & !'credential' & !('a' <-> 'bee')`,
      },
    ],
    ['-hive', false, { full: `!'hive'`, exact: `!'hive'`, rank: '', required: `!'hive'` }],
  ])('%j %j', (text, prefix, wanted) => expect(plan(text, prefix)).toEqual({ required: '', ...wanted }));
  test('parts a word that is two known words', () => {
    expect(plan('microcredential').full).toContain(`('micro' <-> 'credential')`);
  });
  test('names with signs and codes are taken as they are', () => {
    expect(plan('C++ beekeepimg1').full).toBe(`'cplusplus' & ('beekeepimg1' | 'beekeeping')`);
    expect(plan('RNCP37674 beekeepimg').full).toContain(`'rncp37674' & (`);
  });
});

describe('Postgres: a filter is a condition with parameters', () => {
  test.each<[SearchFilter, string, unknown[]]>([
    [{ country: ['de', 'FR'] }, 'd.country && $1::text[]', [['DE', 'FR']]],
    [{ ids: ['a'] }, 'd.id = any($1::text[])', [['a']]],
    [{ eqf: [6] }, 'd.eqf && $1::text[]', [['6']]],
    [{ ects: { min: 1, max: 2 } }, 'd.ects_max >= $1::float8 and d.ects_min <= $2::float8', [1, 2]],
    [{ free: false }, 'coalesce(d.free = $1::boolean, false)', [false]],
    [{ cost: { max: 9, currency: 'eur' } }, '(d.prices ->> $1::text)::float8 <= $2::float8', ['EUR', 9]],
    [{ elementStated: ['a', 'b'] }, 'd.element_stated @> $1::text[]', [['a', 'b']]],
    [{ elementNotStated: ['a'] }, 'not d.element_stated && $1::text[]', [['a']]],
    [
      { conformance: ['assessed:yes', 'smallVolume:no', 'assessed:no'] },
      'd.conformance && $1::text[] and d.conformance && $2::text[]',
      [['assessed:yes', 'assessed:no'], ['smallVolume:no']],
    ],
    [
      { opportunity: { place: ['LYON'], startFrom: '1900-01-02' } },
      'd.id in (select o.id from search_opportunities o where o.start_day >= $1::int and o.place && $2::text[])',
      [2, ['lyon']],
    ],
    [{ provider: [`'; drop table x; --`] }, 'd.provider && $1::text[]', [[`'; drop table x; --`]]],
  ])('%j', (filter, condition, params) => {
    const statement = buildSearch(normaliseRequest({ first: 10, filter }), undefined);
    expect(statement.text).toContain(condition);
    expect(statement.params.slice(0, params.length)).toEqual(params);
    expect(statement.text).not.toContain('drop table');
  });

  test('a facet with a filter of its own makes it a column', () => {
    const { text } = buildSearch(
      normaliseRequest({ first: 1, filter: { country: ['DE'], free: true }, facets: ['country', 'kind'] }),
      undefined,
    );
    expect(text).toContain('(d.country && $1::text[]) as is_country');
    expect(text).toContain('where coalesce(d.free');
    expect(text.match(/where m\.is_country/g)).toHaveLength(3); // total, page, kind; not country
  });
  test('without facets and text an index may give the page', () => {
    expect(buildSearch(normaliseRequest({ first: 1, sort: { by: 'title' } }), undefined).text).not.toContain(
      'materialized',
    );
  });
});

describe('Meilisearch: a filter is an expression', () => {
  const filterOf = (filter: SearchFilter) =>
    buildMultiSearch(normaliseRequest({ first: 10, filter }), 'i').queries[0]?.filter;
  test.each<[SearchFilter, string[]]>([
    [{}, []],
    [{ country: ['de', 'FR'] }, ['country IN ["DE", "FR"]']],
    [{ eqf: [5, 6] }, ['eqf IN [5, 6]']],
    [{ ids: [] }, ['id IN []']],
    [{ ects: { min: 1, max: 2 } }, ['ectsMax >= 1', 'ectsMin <= 2']],
    [{ hours: { max: 2.5 } }, ['hoursMin <= 2.5']],
    [{ free: true }, ['free = true']],
    [{ cost: { max: 9, currency: 'eur' } }, ['price.EUR <= 9']],
    [{ cost: { max: 9, currency: 'E"R' } }, ['id IN []']],
    [{ elementStated: ['a', 'b'] }, ['elementStated = "a"', 'elementStated = "b"']],
    [{ elementNotStated: ['a', 'b'] }, ['NOT elementStated IN ["a", "b"]']],
    [
      { conformance: ['assessed:yes', 'smallVolume:no', 'assessed:no'] },
      ['conformance IN ["assessed:yes", "assessed:no"]', 'conformance IN ["smallVolume:no"]'],
    ],
    [{ provider: ['a"b\\c'] }, ['provider IN ["a\\"b\\\\c"]']],
  ])('%j', (filter, wanted) => expect(filterOf(filter)).toEqual(wanted));

  test('facts of one run are ranges of one number', () => {
    const [expression] = filterOf({ opportunity: { place: ['a', 'b'] } }) as string[];
    expect(expression).toMatch(/^opportunityKeys \d+ TO \d+ OR opportunityKeys \d+ TO \d+$/);
  });
  test('no value is longer than the server filters by', () => {
    const [expression] = filterOf({ provider: ['ü'.repeat(2000)] }) as string[];
    expect(Buffer.byteLength(expression ?? '')).toBeLessThan(468);
  });
  test('quotes', () => expect(quote('\\"')).toBe('"\\\\\\""'));
});

describe('Meilisearch: a request is one multi-search', () => {
  const plan = (request: Partial<SearchRequest>) => buildMultiSearch(normaliseRequest({ first: 10, ...request }), 'i');
  test('of one query when nothing else is needed', () => {
    expect(plan({ text: 'a b', facets: ['kind'] })).toEqual({
      queries: [
        {
          indexUid: 'i',
          q: 'a b ',
          matchingStrategy: 'all',
          filter: [],
          attributesToRetrieve: ['id'],
          facets: ['kind'],
          showRankingScore: true,
          hitsPerPage: 11,
          page: 1,
        },
      ],
      pages: 1,
      total: 0,
      facets: [{ name: 'kind', query: 0 }],
    });
  });
  test.each<[text: string, prefix: boolean, q: string]>([
    ['a b', true, 'a b'],
    ['"a b" c -d', true, '-d "a b" c'],
    ['"a b" c -"d e"', false, '-"d e" "a b" c '],
    ['-a', false, '-a'],
    ['C# rncp37674', false, '"csharp" "rncp37674" '],
  ])('reads %j (%j) as %j', (text, prefix, q) => expect(plan({ text, prefix }).queries[0]?.q).toBe(q));
  test('counts a facet without its own filter by a query of its own', () => {
    const { queries, facets } = plan({ facets: ['kind', 'country'], filter: { country: ['DE'], free: true } });
    expect(queries.map((query) => [query.filter, query.facets])).toEqual([
      [['country IN ["DE"]', 'free = true'], ['kind']],
      [['free = true'], ['country']],
    ]);
    expect(facets).toEqual([
      { name: 'kind', query: 0 },
      { name: 'country', query: 1 },
    ]);
  });
  test('asks for the total apart when the page begins anywhere', () => {
    const { queries, total } = plan({ sort: { by: 'id' }, after: ['a'] });
    expect([queries[0]?.filter, queries[0]?.limit, queries[1]?.hitsPerPage, total]).toEqual([['id > "a"'], 11, 0, 1]);
  });
  test.each<[SearchRequest['sort'], SearchPosition, string]>([
    [
      { by: 'title' },
      ['x"y', 'a'],
      'sortTitle = "x\\"y" AND id > "a" OR (sortTitle > "x\\"y" OR sortTitle NOT EXISTS)',
    ],
    [{ by: 'title' }, [null, 'a'], 'sortTitle NOT EXISTS AND id > "a"'],
    [{ by: 'ects', descending: true }, [5, 'a'], 'ectsMin = "5" AND id > "a" OR (ectsMin < "5" OR ectsMin NOT EXISTS)'],
    [{ by: 'id', descending: true }, ['a'], 'id < "a"'],
  ])('goes on behind a place: %j %j', (sort, after, wanted) => {
    expect(plan({ sort, after }).queries[0]?.filter).toEqual([wanted]);
  });
  test('of the newest also looks for what changed since, in its place of then', () => {
    const { queries, pages, often } = plan({ after: [9, 5, 'a'] });
    expect([pages, often, queries.slice(0, 2).map((query) => query.sort?.[0])]).toEqual([
      2,
      3,
      ['seq:desc', 'earlier.1:desc'],
    ]);
    expect(queries[1]?.filter).toEqual([
      'seq > "9"',
      'earlier.1 <= "9"',
      'earlier.1 < "5" OR (earlier.1 = "5" AND id > "a")',
    ]);
  });
  test.each<[SearchRequest['sort'], SearchFilter, string[] | undefined]>([
    [undefined, {}, ['seq:desc', 'id:asc']],
    [{ by: 'title', descending: true }, {}, ['sortTitle:desc', 'id:asc']],
    [{ by: 'cost' }, {}, ['price.EUR:asc', 'priceCurrency:asc', 'priceAmount:asc', 'id:asc']],
    [
      { by: 'cost' },
      { cost: { max: 1, currency: 'SEK' } },
      ['price.SEK:asc', 'priceCurrency:asc', 'priceAmount:asc', 'id:asc'],
    ],
  ])('sort %j %j', (sort, filter, wanted) => expect(plan({ sort, filter }).queries[0]?.sort).toEqual(wanted));
  test('no sort for relevance', () => expect(plan({ text: 'a' }).queries[0]?.sort).toBeUndefined());
});

describe('Meilisearch: settings', () => {
  test('are sent only where they differ; what the server adds does not count', () => {
    expect(differingSettings(SETTINGS, structuredClone(SETTINGS))).toEqual({});
    const server = { ...structuredClone(SETTINGS), typoTolerance: { ...SETTINGS.typoTolerance, disableOnWords: [] } };
    expect(differingSettings(SETTINGS, server)).toEqual({});
    expect(
      Object.keys(differingSettings(SETTINGS, { ...server, sortableAttributes: ['id'], facetSearch: true })),
    ).toEqual(['sortableAttributes', 'facetSearch']);
  });
  test('name no language that the server refuses', () => {
    expect(Object.keys(LOCALES)).toHaveLength(22);
    expect([LOCALES.ga, LOCALES.mt]).toEqual([undefined, undefined]);
  });
});

import { getIntrospectionQuery, parse, print } from 'graphql';
import { afterAll, describe, expect, test } from 'vitest';
import { createGateway } from '../../gateway/gateway.ts';
import { createFixtureCatalogue } from './fixture-catalogue.ts';

const { catalogue, calls } = await createFixtureCatalogue();
const gateway = await createGateway({ catalogue, report: () => {} });
afterAll(() => gateway.close());

const nested = (levels: number, inner = 'id'): string =>
  levels === 0 ? inner : `relations { credential { ${nested(levels - 1, inner)} } }`;
const bomb = (levels: number): string =>
  Array.from({ length: levels }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} ...f${i + 1} }`).join(
    '\n',
  );
const ids = (count: number): string => JSON.stringify(Array.from({ length: count }, (_, i) => `x${i}`));

describe('limits act before anything is executed', () => {
  test.each([
    ['depth', `{ credential(id: "x") { ${nested(6)} } }`, 'depth'],
    ['depth in fragments', `{ ...a } fragment a on Query { credential(id: "x") { ${nested(6)} } }`, 'depth'],
    ['aliases', `{ ${Array.from({ length: 31 }, (_, i) => `a${i}: __typename`).join(' ')} }`, 'aliases'],
    ['root fields', `{ ${'__typename '.repeat(11)} }`, 'root fields'],
    ['breadth', `{ credential(id: "x") { ${'id '.repeat(101)} } }`, 'fields of one selection'],
    ['directives', `{ __typename ${'@skip(if: false) '.repeat(51)} }`, 'directives'],
    ['tokens', `{ ${'__typename '.repeat(3001)} }`, 'tokens'],
    ['fragment bomb', `{ ...f0 } ${bomb(30)} fragment f30 on Query { __typename }`, 'fields'],
    [
      'cost of lists within lists',
      '{ search(first: 100) { edges { node { relations { credential { relations { credential { opportunities(first: 100) { id } } } } } } } } }',
      'cost',
    ],
    [
      'cost of many searches',
      `{ ${Array.from({ length: 10 }, (_, i) => `s${i}: search(first: 100) { edges { node { title { text } level { eqf } workload { ects hours } description { text } awardingBody { providers { name { text } } } skills { items { text uri } } } } }`).join(' ')} }`,
      'cost',
    ],
    ['introspection depth', `{ __schema { types { ${'ofType { '.repeat(15)} name ${'}'.repeat(15)} } } }`, 'depth'],
  ])('%s', async (_, query, limit) => {
    const before = { ...calls };
    const { status, result } = await gateway.execute({ query });
    expect(status).toBe(400);
    expect(result.data).toBeUndefined();
    const named = (result.errors ?? []).map((e) => e.extensions);
    expect(named).toContainEqual(expect.objectContaining({ code: 'OPERATION_TOO_LARGE', limit }));
    const extensions = named.find((e) => e?.limit === limit);
    expect(Number(extensions?.asked)).toBeGreaterThan(Number(extensions?.allowed));
    expect(String(extensions?.remedy)).not.toBe('');
    expect(calls).toEqual(before);
  });

  test.each([
    ['first', '{ search(first: 101) { totalCount } }', {}, 101],
    ['first', '{ search(first: -1) { totalCount } }', {}, -1],
    ['first', 'query($n: Int) { search(first: $n) { totalCount } }', { n: 5000 }, 5000],
    ['first', '{ ...f } fragment f on Query { providers(first: 200) { totalCount } }', {}, 200],
    ['ids', `{ credentials(ids: ${ids(101)}) { id } }`, {}, 101],
    ['ids', 'query($ids: [ID!]!) { credentials(ids: $ids) { id } }', { ids: JSON.parse(ids(150)) }, 150],
  ])('%s is bounded: %s', async (argument, query, variables, asked) => {
    const { status, result } = await gateway.execute({ query, variables });
    expect(status).toBe(400);
    expect(result.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument, allowed: 100, asked });
  });

  const list = (count: number): string[] => Array.from({ length: count }, (_, i) => `v${i}`);
  const deep = (levels: number): unknown => (levels === 0 ? 1 : { opportunity: deep(levels - 1) });
  const FILTER = 'query($f: SearchFilter) { search(filter: $f) { totalCount } }';
  const brackets = (count: number, inner = ''): string => `${'['.repeat(count)}${inner}${']'.repeat(count)}`;
  const block = `"""${'x'.repeat(2_001)}"""`;

  test.each<[string, string, Record<string, unknown> | undefined, Record<string, unknown>]>([
    [
      'a list in a filter',
      FILTER,
      { f: { provider: list(101) } },
      { limit: 'list', argument: 'f.provider', allowed: 100, asked: 101 },
    ],
    [
      '100,000 values',
      FILTER,
      { f: { country: list(100_000) } },
      { limit: 'list', argument: 'f.country', asked: 100_000 },
    ],
    ['an undeclared variable', '{ __typename }', { x: list(200) }, { limit: 'list', argument: 'x', asked: 200 }],
    [
      'a list inline',
      `{ search(filter: { provider: ${JSON.stringify(list(101))} }) { totalCount } }`,
      undefined,
      { limit: 'list', argument: 'filter.provider', asked: 101 },
    ],
    [
      'a list as a default',
      `query($l: [ID!] = ${JSON.stringify(list(101))}) { search(filter: { provider: $l }) { totalCount } }`,
      undefined,
      { limit: 'list', argument: 'l', asked: 101 },
    ],
    [
      'a text',
      'query($t: String) { search(text: $t) { totalCount } }',
      { t: 'x'.repeat(2_001) },
      { limit: 'text', argument: 't', allowed: 2_000, asked: 2_001 },
    ],
    [
      'a text inline',
      `{ search(text: "${'x'.repeat(2_001)}") { totalCount } }`,
      undefined,
      { limit: 'text', argument: 'text', asked: 2_001 },
    ],
    [
      'a block of text in a directive',
      `{ __typename @skip(if: ${block}) }`,
      undefined,
      { limit: 'text', argument: 'if' },
    ],
    [
      'an id',
      'query($i: ID!) { credential(id: $i) { id } }',
      { i: 'x'.repeat(501) },
      { limit: 'id', argument: 'id', allowed: 500, asked: 501 },
    ],
    [
      'one of many ids',
      `{ credentials(ids: ["a", "${'x'.repeat(600)}"]) { id } }`,
      undefined,
      { limit: 'id', argument: 'ids', asked: 600 },
    ],
    ['nesting', FILTER, { f: deep(11) }, { limit: 'value depth', allowed: 10 }],
    ['lists within lists', FILTER, { f: JSON.parse(brackets(5_000)) }, { limit: 'value depth', allowed: 10 }],
    [
      'values in all',
      FILTER,
      Object.fromEntries(list(1_001).map((name) => [name, 1])),
      { limit: 'values', allowed: 1_000 },
    ],
    [
      'brackets that would overflow the parser',
      `{ search(text: ${'['.repeat(2_900)}) }`,
      undefined,
      { limit: 'value depth', argument: 'text' },
    ],
    [
      'braces in a value',
      `{ search(filter: ${'{a:'.repeat(900)}1${'}'.repeat(900)}) { totalCount } }`,
      undefined,
      { limit: 'value depth', argument: 'filter' },
    ],
    ['brackets in a type', `query($x: ${brackets(1_400, 'Int')}) { __typename }`, undefined, { limit: 'value depth' }],
  ])('values are bounded before they are coerced: %s', async (_, query, variables, extensions) => {
    const before = { ...calls };
    const began = performance.now();
    const { status, result } = await gateway.execute({ query, variables });
    expect(performance.now() - began).toBeLessThan(200);
    expect(status).toBe(400);
    expect(result.errors).toHaveLength(1);
    expect(result.errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      remedy: expect.any(String),
      ...extensions,
    });
    expect(calls).toEqual(before);
  });

  /** `times` times the query that tools send, in one operation. */
  const introspections = (times: number): string => {
    const [standard, ...fragments] = parse(getIntrospectionQuery()).definitions.map((node) => print(node));
    const schema = standard?.slice(standard.indexOf('__schema'), standard.lastIndexOf('}')) ?? '';
    const copies = Array.from({ length: times }, (_, i) => `s${i}: ${schema}`);
    return `{ ${copies.join(' ')} } ${fragments.join(' ')}`;
  };
  test.each([
    ['selections', `${'{ a '.repeat(1_400)}${'}'.repeat(1_400)}`, 'depth'],
    ['unclosed selections', '{a'.repeat(1_499), 'depth'],
    ['a long document', `{ __typename } # ${'x'.repeat(100_000)}`, 'document length'],
    ['introspection many times over', introspections(6), 'cost'],
  ])('monstrous documents are refused before they are executed: %s', async (_, query, limit) => {
    const { status, result } = await gateway.execute({ query });
    expect(status).toBe(400);
    expect(result.errors?.map((e) => e.extensions)).toContainEqual(
      expect.objectContaining({ code: 'OPERATION_TOO_LARGE', limit }),
    );
  });

  test('what is at the bounds is served, and what tools ask of the schema', async () => {
    const variables = { f: { provider: list(100), opportunity: { place: ['x'.repeat(2_000)] } } };
    expect((await gateway.execute({ query: FILTER, variables })).result.errors).toBeUndefined();
    const all = {
      inputValueDeprecation: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      oneOf: true,
    };
    expect((await gateway.execute({ query: getIntrospectionQuery(all) })).result.errors).toBeUndefined();
  });

  test('introspection within introspection is refused', async () => {
    const query =
      '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }';
    expect((await gateway.execute({ query })).status).toBe(400);
  });

  test('what portals and researchers ask is within the limits', async () => {
    const query = `{ search(first: 100, facets: [COUNTRY, LANGUAGE, EQF, MODE, KIND]) {
      totalCount facets { name values { value label count } }
      edges { cursor highlights { text } node {
        id title { text language all { text language } origin { path rule retrievedAt source { id } } }
        level { state eqf nqf { country level } derived { eqf origin { rule } } } workload { ects hours duration }
        awardingBody { providers { name { text } country { label } } } participation { modes { code label } }
        learningOutcomes { outcomes { text } } conformance { question answer reason }
        opportunities(first: 3) { startDate place prices { amount currency } } } } } }`;
    expect(await gateway.execute({ query })).toMatchObject({
      status: 200,
      result: { data: { search: { totalCount: 38 } } },
    });
  });
});

describe('a request that cannot be executed answers 400 with a code and a remedy', () => {
  test.each([
    ['bad syntax', { query: '{ search( }' }, 'GRAPHQL_PARSE_FAILED'],
    ['unknown field', { query: '{ nope }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['unknown argument', { query: '{ search(word: "x") { totalCount } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['fragment inside itself', { query: '{ ...a } fragment a on Query { ...a }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['mutation', { query: 'mutation { __typename }' }, 'BAD_REQUEST'],
    [
      'two operations, none chosen',
      { query: 'query a { __typename } query b { __typename }' },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['wrong operation name', { query: '{ __typename }', operationName: 'x' }, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'variable of a wrong type',
      { query: 'query($n: Int) { search(first: $n) { totalCount } }', variables: { n: 'x' } },
      'BAD_USER_INPUT',
    ],
    ['missing variable', { query: 'query($i: ID!) { credential(id: $i) { id } }' }, 'BAD_USER_INPUT'],
    ['no query', { query: undefined }, 'BAD_REQUEST'],
    ['variables as a list', { query: '{ __typename }', variables: [] }, 'BAD_REQUEST'],
  ])('%s', async (_, request, code) => {
    const { status, result } = await gateway.execute(request);
    expect(status).toBe(400);
    expect(result.data).toBeUndefined();
    expect(result.errors?.[0]?.extensions).toMatchObject({ code, remedy: expect.any(String) });
  });
});

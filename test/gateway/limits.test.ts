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
    ['first', '{ search(first: 0) { totalCount } }', {}, 0],
    ['first', 'query($n: Int) { search(first: $n) { totalCount } }', { n: 5000 }, 5000],
    ['first', '{ ...f } fragment f on Query { providers(first: 200) { totalCount } }', {}, 200],
    ['ids', `{ credentials(ids: ${ids(101)}) { id } }`, {}, 101],
    ['ids', 'query($ids: [ID!]!) { credentials(ids: $ids) { id } }', { ids: JSON.parse(ids(150)) }, 150],
  ])('%s is bounded: %s', async (argument, query, variables, asked) => {
    const { status, result } = await gateway.execute({ query, variables });
    expect(status).toBe(400);
    expect(result.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument, allowed: 100, asked });
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

import {
  type GraphQLArgument,
  type GraphQLField,
  GraphQLNonNull,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  graphql,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSubgraphContext } from '../../subgraphs/shared/context.ts';
import { checkInput } from '../../subgraphs/shared/reader-input.ts';
import { subgraphSchema } from '../../subgraphs/shared/subgraph.ts';
import { createSubgraphs } from '../../subgraphs/subgraphs.ts';
import { createFixtureCatalogue, type FixtureCatalogue } from '../gateway/fixture-catalogue.ts';
import { credentials, providers, sources } from '../gateway/fixture-records.ts';

/** Arguments that lead to something, so that what lies below is really asked. */
const GOOD: Record<string, string> = {
  'Query.credential': `(id: "${credentials[0]?.record.id}")`,
  'Query.credentials': `(ids: ["${credentials[0]?.record.id}"])`,
  'Query.provider': `(id: "${providers[0]?.record.id}")`,
  'Query.source': `(id: "${sources[0]?.definition.id}")`,
  'Query.suggest': '(prefix: "a")',
};

interface Place {
  schema: GraphQLSchema;
  /** `{ credential(id: "…") { title` */
  path: string[];
  field: GraphQLField<unknown, unknown>;
  argument: GraphQLArgument;
}

/** Every field with arguments that can be reached in a subgraph, with the way to it. */
function places(schema: GraphQLSchema): Place[] {
  const out: Place[] = [];
  const seen = new Set<string>();
  const walk = (type: GraphQLOutputType, path: string[]) => {
    const named = getNamedType(type);
    if (!isObjectType(named) || seen.has(named.name)) return;
    seen.add(named.name);
    for (const field of Object.values(named.getFields())) {
      if (field.name.startsWith('_')) continue;
      for (const argument of field.args) out.push({ schema, path, field, argument });
      walk(field.type, [...path, `${field.name}${GOOD[`${named.name}.${field.name}`] ?? ''}`]);
    }
  };
  walk(schema.getQueryType() as GraphQLOutputType, []);
  return out;
}

const HOSTILE: Record<string, unknown[]> = {
  String: ['', '\0', 'a\0b', '\ud800', 'x\udc00', 'x'.repeat(100_000), '{', '%', "'; drop table credentials; --"],
  ID: ['', '\0', 'crd_\0', 'prv_a\0', '\udfff', 'x'.repeat(100_000), 'https://x\0y/', 'urn:\0'],
  Int: [0, -1, 101, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, Number.POSITIVE_INFINITY, Number.NaN, 1.5],
  Float: [0, -1, 1e308, -1e308, 5e-324, 1e21, Number.POSITIVE_INFINITY, Number.NaN],
  Boolean: [],
};

/** Values of a type that a reader should not send, wrapped in what the type asks for. */
function hostile(type: GraphQLArgument['type'], depth = 0): unknown[] {
  if (isNonNullType(type)) return hostile(type.ofType, depth);
  if (isListType(type)) {
    const inner = hostile(type.ofType, depth);
    const [one = 'x'] = isEnumType(getNamedType(type))
      ? [(getNamedType(type) as never as { getValues(): { name: string }[] }).getValues()[0]?.name]
      : inner;
    return [[], ...inner.map((value) => [value]), Array(100_000).fill(one), null];
  }
  if (isScalarType(type)) return [...(HOSTILE[type.name] ?? []), null];
  if (isEnumType(type)) return ['NO_SUCH', '__proto__', null];
  if (isInputObjectType(type) && depth < 3) {
    const fields = Object.values(type.getFields());
    const needed = Object.fromEntries(
      fields.filter((f) => f.type instanceof GraphQLNonNull).map((f) => [f.name, plain(f.type)]),
    );
    return fields.flatMap((f) => hostile(f.type, depth + 1).map((value) => ({ ...needed, [f.name]: value })));
  }
  return [];
}

function plain(type: GraphQLArgument['type']): unknown {
  if (isNonNullType(type)) return plain(type.ofType);
  if (isListType(type)) return [];
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]?.name;
  return { Int: 1, Float: 1, Boolean: true }[named.name] ?? 'EUR';
}

let fixture: FixtureCatalogue;
beforeAll(async () => {
  fixture = await createFixtureCatalogue();
}, 60_000);
afterAll(() => fixture.close());

const run = (schema: GraphQLSchema, source: string, variableValues: Record<string, unknown>) =>
  graphql({ schema, source, variableValues, contextValue: createSubgraphContext(fixture.catalogue, []) });

const leaf = (field: GraphQLField<unknown, unknown>): string => {
  const named = getNamedType(field.type);
  return isScalarType(named) || isEnumType(named) ? '' : ' { __typename }';
};

describe('whatever stands in an argument is answered or refused, never a failure of ours', () => {
  const all = createSubgraphs().flatMap((subgraph) =>
    places(subgraphSchema(subgraph)).map((place) => ({ subgraph, place })),
  );

  test('every argument of every subgraph is looked at', () => {
    expect(all.length).toBeGreaterThan(40);
    expect(new Set(all.map(({ subgraph }) => subgraph.name)).size).toBe(4);
    const names = all.map(({ place }) => `${place.field.name}.${place.argument.name}`);
    for (const name of [
      'search.after',
      'search.filter',
      'values.limit',
      'providers.text',
      'opportunities.startFrom',
      'runs.first',
      'credentials.ids',
      'problems.first',
    ]) {
      expect(names).toContain(name);
    }
  });

  test.each(
    all.map(
      (one) =>
        [
          one.subgraph.name,
          [...one.place.path.map((p) => p.replace(/\(.*/, '')), one.place.field.name].join('.'),
          one.place.argument.name,
          one.place,
        ] as const,
    ),
  )(
    '%s: %s(%s)',
    async (_, __, name, { schema, path, field, argument }) => {
      const others = field.args
        .filter((a) => a !== argument && isNonNullType(a.type) && a.defaultValue === undefined)
        .map((a) => `, ${a.name}: ${JSON.stringify(plain(a.type))}`);
      const source = `query($v: ${argument.type}) { ${path.join(' { ')}${path.length ? ' { ' : ''}${field.name}(${name}: $v${others.join('')})${leaf(field)}${' }'.repeat(path.length)} }`;
      for (const v of hostile(argument.type)) {
        const { errors = [] } = await run(schema, source, { v });
        for (const error of errors) {
          const ours =
            error.path && !['BAD_USER_INPUT', 'SEARCH_WINDOW_EXCEEDED'].includes(String(error.extensions.code));
          expect(ours ? [JSON.stringify(v)?.slice(0, 200), error.message] : undefined).toBeUndefined();
          if (error.extensions.code === 'BAD_USER_INPUT') expect(error.extensions.remedy).toEqual(expect.any(String));
        }
      }
    },
    30_000,
  );

  test.each([
    ['search', '{ search(filter: { ects: { min: 1e400 } }) { totalCount } }'],
    ['search', '{ search(filter: { hours: { max: -1e400 } }) { totalCount } }'],
    ['search', '{ search(filter: { cost: { max: 1e999, currency: "EUR" } }) { totalCount } }'],
    ['search', '{ search(filter: { opportunity: { place: ["a\\u0000"] } }) { totalCount } }'],
    ['search', '{ search(filter: { conformance: { assessed: [YES] }, provider: ["\\u0000"] }) { totalCount } }'],
    ['search', '{ suggest(prefix: "a\\u0000") }'],
    ['provider', '{ providers(text: "a\\u0000") { totalCount } }'],
    ['source', '{ source(id: "a\\u0000") { title } }'],
  ])('%s %s: BAD_USER_INPUT with a remedy', async (name, source) => {
    const subgraph = createSubgraphs().find((one) => one.name === name);
    if (!subgraph) throw new Error(name);
    const { errors } = await run(subgraphSchema(subgraph), source, {});
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', remedy: expect.any(String) });
  });
});

describe('the door of the catalogue: what cannot be stored finds nothing', () => {
  const bad = ['a\0', '\0', 'crd_\0', '\ud800', 'https://x.example/\0', ''];
  test('of ids and alternates', async () => {
    const { credentials: c, providers: p, sources: s } = fixture.catalogue;
    const known = credentials[0]?.record.id ?? '';
    expect((await c.byIds([...bad, known])).map((one) => one?.record.id)).toEqual([...bad.map(() => undefined), known]);
    expect(await c.resolve([...bad, known])).toEqual([...bad.map(() => undefined), known]);
    expect(await c.countByProviders(bad)).toEqual(bad.map(() => 0));
    expect(await p.byIds(bad)).toEqual(bad.map(() => undefined));
    expect(await p.resolve(bad)).toEqual(bad.map(() => undefined));
    expect(await s.byIds(bad)).toEqual(bad.map(() => undefined));
    expect(await s.runs(bad, 3)).toEqual(bad.map(() => []));
    expect(await s.problems(bad, 3)).toEqual(bad.map(() => []));
    expect((await s.completeness(bad)).map(({ records }) => records)).toEqual(bad.map(() => 0));
  });
  test('of lists', async () => {
    const { providers: p } = fixture.catalogue;
    expect((await p.list({ first: 5, text: 'a\0' })).total).toBe(0);
    expect((await p.list({ first: 5, country: '\0' })).total).toBe(0);
    expect((await p.list({ first: 5, after: 'prv_\0' })).total).toBeGreaterThan(0);
    const { total } = await p.list({ first: 5 });
    expect(await p.list({ first: 5, after: 'zzz' })).toEqual({ total, providers: [] });
  });
});

test.each<[string, unknown]>([
  ['id', { id: 'a\0' }],
  ['filter.provider', { filter: { provider: ['ok', '\udbff'] } }],
  ['filter.ects.min', { filter: { ects: { min: Number.POSITIVE_INFINITY } } }],
  ['names', { names: Array(101).fill('x') }],
])('%s is named as the place', (argument, args) => {
  expect(() => checkInput(args)).toThrow(
    expect.objectContaining({ extensions: expect.objectContaining({ argument }) }),
  );
});

import { buildSchema, GraphQLError, getOperationAST, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { complete, MOST_ERRORS } from '../../../gateway/operation/complete.ts';
import { operationShape } from '../../../gateway/operation/shape.ts';

const schema = buildSchema(`
  type Query { hits: [Hit!] one: Hit must: Hit! counts: [[Int]] }
  type Hit { id: ID! title: String! note: String level: Level body: Body! friend: Body all: [Body!] thing: Thing }
  type Body { id: ID! name: String }
  enum Level { LOW HIGH }
  interface Thing { id: ID! }
  type Box implements Thing { id: ID! size: Float! open: Boolean }
`);
const OWNERS = new Map([
  ['Hit.title', 'texts'],
  ['Hit.note', 'texts'],
  ['Body.name', 'bodies'],
  ['Query.one', 'texts'],
]);
const ownersOf = (type: string, field: string) => {
  const owner = OWNERS.get(`${type}.${field}`);
  return owner === undefined ? undefined : new Set([owner]);
};

function completed(query: string, data: object | null, errors: GraphQLError[] = []) {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  const shape = operationShape(schema, document, operation, {});
  const answer = complete(schema, ownersOf, shape, { data: data as Record<string, unknown> | null, errors });
  return {
    data: JSON.parse(JSON.stringify(answer.data)),
    errors: answer.errors.map(({ path, extensions }) => [path?.join('.') ?? null, extensions?.code]),
  };
}
const down = (subgraph: string, path?: (string | number)[]) =>
  new GraphQLError('away', { path, extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph } });

describe('an answer keeps what the schema promises (GraphQL §6.4)', () => {
  test('keys stand in the order asked for, once; what was not asked for is left out', () => {
    const { data } = completed('{ one { note ... { id } note kind: __typename } }', {
      one: { id: '1', note: null, title: 'x', __typename: 'Hit' },
    });
    expect(JSON.stringify(data)).toBe('{"one":{"note":null,"id":"1","kind":"Hit"}}');
  });

  test('a missing value travels up to the nearest place that may be null', () => {
    expect(
      completed('{ hits { id body { id } } }', {
        hits: [
          { id: '1', body: { id: '2' } },
          { id: '3', body: { id: null } },
        ],
      }),
    ).toEqual({
      data: { hits: null },
      errors: [['hits.1.body', 'NOT_FOUND']],
    });
    expect(completed('{ one { friend { id } } }', { one: { friend: { id: null } } })).toEqual({
      data: { one: { friend: null } },
      errors: [],
    });
    expect(completed('{ must { id } }', { must: { id: null } })).toEqual({
      data: null,
      errors: [['must', 'NOT_FOUND']],
    });
    expect(completed('{ must { id } }', {})).toEqual({ data: null, errors: [['must', 'NOT_FOUND']] });
  });

  test('a null that an error stands for is not told again', () => {
    const error = new GraphQLError('slip', { path: ['hits', 1, 'title'], extensions: { code: 'BAD_USER_INPUT' } });
    expect(completed('{ hits { title } }', { hits: [{ title: 'a' }, { title: null }] }, [error])).toEqual({
      data: { hits: null },
      errors: [['hits.1.title', 'BAD_USER_INPUT']],
    });
    expect(
      completed('{ must { id } }', null, [new GraphQLError('planner', { extensions: { code: 'X' } })]).errors,
    ).toEqual([[null, 'X']]);
  });

  test('a subgraph that does not answer is told at each place that lacks its answer, with the index of the item', () => {
    const bodies = { hits: [{ friend: { id: 'a', name: null } }, { friend: null }, { friend: { id: 'b' } }] };
    expect(completed('{ hits { friend { id name } } }', bodies, [down('bodies', ['hits', 'friend'])])).toEqual({
      data: { hits: [{ friend: { id: 'a', name: null } }, { friend: null }, { friend: { id: 'b', name: null } }] },
      errors: [
        ['hits.0.friend.name', 'SUBGRAPH_UNAVAILABLE'],
        ['hits.2.friend.name', 'SUBGRAPH_UNAVAILABLE'],
      ],
    });
    expect(completed('{ hits { title } one { id } }', { hits: [{}] }, [down('texts')])).toEqual({
      data: { hits: null, one: null },
      errors: [
        ['hits.0.title', 'SUBGRAPH_UNAVAILABLE'],
        ['one', 'SUBGRAPH_UNAVAILABLE'],
      ],
    });
  });

  test('a failure that nothing lacks is told once, without a place; many places are told up to a bound', () => {
    expect(completed('{ one { id } }', { one: { id: '1' } }, [down('bodies')]).errors).toEqual([
      [null, 'SUBGRAPH_UNAVAILABLE'],
    ]);
    const hits = Array.from({ length: 500 }, () => ({ friend: { id: 'a' } }));
    const { data, errors } = completed('{ hits { friend { name } } }', { hits }, [down('bodies')]);
    expect(data.hits).toHaveLength(500);
    expect(errors).toHaveLength(MOST_ERRORS);
  });

  test('a path that leads into a list without an index is no place', () => {
    const vague = new GraphQLError('odd', { path: ['hits', 'friend', 'name'], extensions: { code: 'ODD' } });
    expect(completed('{ hits { friend { name } } }', { hits: [{ friend: { name: null } }] }, [vague]).errors).toEqual([
      [null, 'ODD'],
    ]);
    const known = new GraphQLError('odd', {
      path: ['hits', 'friend'],
      extensions: { code: 'ODD', subgraph: 'bodies' },
    });
    expect(completed('{ hits { friend { name } } }', { hits: [{ friend: { name: null } }] }, [known]).errors).toEqual([
      ['hits.0.friend.name', 'ODD'],
    ]);
  });

  test.each([
    ['an object for a string', '{ one { note } }', { one: { note: {} } }, { one: { note: null } }, 'one.note'],
    ['a text for a list', '{ hits { id } }', { hits: 'none' }, { hits: null }, 'hits'],
    ['a list for an object', '{ one { id } }', { one: [] }, { one: null }, 'one'],
    ['an unknown enum value', '{ one { level } }', { one: { level: 'MIDDLE' } }, { one: { level: null } }, 'one.level'],
    ['a fraction for a whole number', '{ counts }', { counts: [[1, 1.5]] }, { counts: [[1, null]] }, 'counts.0.1'],
    ['a number for an id', '{ one { id } }', { one: { id: 5 } }, { one: null }, 'one.id'],
    [
      'a type that is none',
      '{ one { thing { id } } }',
      { one: { thing: { __typename: 'Hit', id: '1' } } },
      { one: { thing: null } },
      'one.thing',
    ],
    [
      'no type for an interface',
      '{ one { thing { id } } }',
      { one: { thing: { id: '1' } } },
      { one: { thing: null } },
      'one.thing',
    ],
  ])('a subgraph that answers %s is not passed on', (_, query, given, wanted, place) => {
    expect(completed(query, given)).toEqual({ data: wanted, errors: [[place, 'UNFIT_ANSWER']] });
  });

  test('interfaces are completed by the type that the answer names', () => {
    expect(
      completed('{ one { thing { __typename id ... on Box { size open } } } }', {
        one: { thing: { __typename: 'Box', id: '1', size: 2.5 } },
      }).data,
    ).toEqual({ one: { thing: { __typename: 'Box', id: '1', size: 2.5, open: null } } });
  });
});

import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { afterAll, describe, expect, test } from 'vitest';
import { createPersistedQueries } from '../../../gateway/http/persisted-queries.ts';
import { listening } from './listening.ts';

const server = await listening();
afterAll(() => server.close());

const json = 'application/json';
const graph = 'application/graphql-response+json';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const persisted = (sha256Hash: unknown, version: unknown = 1) => ({ persistedQuery: { version, sha256Hash } });

const post = async (body: unknown, accept = json) => {
  const answer = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Body };
};
const get = async (parameters: Record<string, string>, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${server.url}/graphql?${new URLSearchParams(parameters)}`, { headers });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: (text ? JSON.parse(text) : undefined) as Body };
};
interface Body {
  data?: unknown;
  errors?: { message: string; extensions: { code: string; remedy: string } }[];
}
let count = 0;
/** A text that no other test has sent. */
const fresh = (query = '{ __typename }'): string => `${query} # ${++count}`;

describe('the handshake', () => {
  test.each([
    [json, 200],
    [graph, 400],
  ])('unknown, told, known: %s', async (accept, status) => {
    const query = fresh();
    const extensions = persisted(sha256(query));
    const unknown = await post({ extensions }, accept);
    expect([unknown.status, unknown.headers.get('cache-control')]).toEqual([status, 'no-store']);
    expect(unknown.body).toEqual({
      errors: [
        {
          message: 'PersistedQueryNotFound',
          extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', remedy: expect.any(String) },
        },
      ],
    });
    expect((await post({ query, extensions }, accept)).body).toEqual({ data: { __typename: 'Query' } });
    for (const text of [{}, { query: null }, { query: '' }]) {
      expect((await post({ ...text, extensions }, accept)).body).toEqual({ data: { __typename: 'Query' } });
    }
  });

  test('by GET, with an ETag', async () => {
    const query = fresh('query($n: Int) { search(first: $n) { totalCount } }');
    const extensions = JSON.stringify(persisted(sha256(query)));
    const variables = '{"n":2}';
    const unknown = await get({ extensions, variables });
    expect([unknown.status, unknown.headers.get('etag'), unknown.headers.get('cache-control')]).toEqual([
      200,
      null,
      'no-store',
    ]);
    expect(unknown.body.errors?.[0]?.message).toBe('PersistedQueryNotFound');
    await get({ query, extensions, variables });
    const known = await get({ extensions, variables });
    expect(known.body).toEqual({ data: { search: { totalCount: 38 } } });
    expect(known.headers.get('cache-control')).toContain('public');
    const tag = known.headers.get('etag') ?? '';
    expect((await get({ extensions, variables }, { 'if-none-match': tag })).status).toBe(304);
  });

  test.each<[string, unknown, number, string, string]>([
    ['version 2', persisted(sha256('x'), 2), 200, 'PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported'],
    ['version "1"', persisted(sha256('x'), '1'), 200, 'PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported'],
    ['no version', { persistedQuery: {} }, 200, 'PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported'],
    ['a text', { persistedQuery: 'x' }, 200, 'PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported'],
    ['a list', { persistedQuery: [] }, 200, 'PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported'],
    ['no hash', persisted(undefined), 400, 'BAD_REQUEST', 'no SHA-256'],
    ['a hash in base64', persisted('LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='), 400, 'BAD_REQUEST', 'no SHA-256'],
    ['an object', persisted({ toString: 'x' }), 400, 'BAD_REQUEST', 'no SHA-256'],
    ['a name', persisted('__proto__'), 400, 'BAD_REQUEST', 'no SHA-256'],
  ])('%s is refused', async (_, extensions, status, code, message) => {
    for (const query of [undefined, '{ __typename }']) {
      const answer = await post({ query, extensions });
      expect([answer.status, answer.body.errors?.[0]?.extensions.code]).toEqual([status, code]);
      expect(answer.body.errors?.[0]?.message).toContain(message);
      expect((await post({ query, extensions }, graph)).status).toBe(400);
    }
  });

  test('a text under the hash of another is refused and not kept', async () => {
    const [query, other] = [fresh(), fresh('{ search { totalCount } }')];
    for (const hash of [sha256(other), sha256(query).toUpperCase()]) {
      for (const accept of [json, graph]) {
        const answer = await post({ query, extensions: persisted(hash) }, accept);
        expect([answer.status, answer.body.errors?.[0]?.message]).toEqual([400, 'provided sha does not match query']);
      }
      expect((await post({ extensions: persisted(hash) })).body.errors?.[0]?.message).toBe('PersistedQueryNotFound');
    }
  });

  test.each<[string, string, object]>([
    ['no syntax', '{', {}],
    ['no such field', '{ nope }', {}],
    ['too much', `{ ${'__typename '.repeat(11)} }`, {}],
    ['a mutation', 'mutation { __typename }', {}],
    ['wrong variables', 'query($n: Int!) { search(first: $n) { totalCount } }', { variables: {} }],
  ])('what could not be executed is not kept: %s', async (_, text, more) => {
    const query = fresh(text);
    const extensions = persisted(sha256(query));
    expect((await post({ query, extensions, ...more })).body.data).toBeUndefined();
    expect((await post({ extensions })).body.errors?.[0]?.message).toBe('PersistedQueryNotFound');
  });

  test('a hash is judged as its text is: limits, variables, operations', async () => {
    const query = fresh('query a($n: Int) { search(first: $n) { totalCount } } query b { __typename }');
    const extensions = persisted(sha256(query));
    await post({ query, extensions, operationName: 'b' });
    expect((await post({ extensions, operationName: 'b' })).body).toEqual({ data: { __typename: 'Query' } });
    const codes = [
      await post({ extensions }),
      await post({ extensions, operationName: 'a', variables: { n: 'x' } }),
      await post({ extensions, operationName: 'a', variables: { n: 1_000 } }),
    ].map(({ body }) => body.errors?.[0]?.extensions.code);
    expect(codes).toEqual(['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'BAD_USER_INPUT']);
  });
});

describe('what is kept', () => {
  const ask = (of: ReturnType<typeof createPersistedQueries>, query: string | undefined, hash: string) =>
    of({ query, extensions: persisted(hash) });

  test('only as many bytes as allowed; who was asked for last stays', () => {
    const queries = createPersistedQueries({ bytes: 10_000 });
    const texts = Array.from({ length: 6 }, (_, i) => `${i}${'x'.repeat(800)}`);
    for (const text of texts) {
      ask(queries, text, sha256(text)).keep?.();
      ask(queries, undefined, sha256(texts[0] ?? ''));
    }
    expect(() => ask(queries, undefined, sha256(texts[1] ?? ''))).toThrow('PersistedQueryNotFound');
    expect(ask(queries, undefined, sha256(texts[0] ?? '')).query).toBe(texts[0]);
    expect(ask(queries, undefined, sha256(texts[5] ?? '')).query).toBe(texts[5]);
    const giant = 'x'.repeat(20_000);
    ask(queries, giant, sha256(giant)).keep?.();
    expect(() => ask(queries, undefined, sha256(giant))).toThrow('PersistedQueryNotFound');
    expect(ask(queries, undefined, sha256(texts[5] ?? '')).query).toBe(texts[5]);
  });

  test('nothing before it has proved valid', () => {
    const queries = createPersistedQueries();
    ask(queries, '{a}', sha256('{a}'));
    expect(() => ask(queries, undefined, sha256('{a}'))).toThrow('PersistedQueryNotFound');
  });
});

describe('Apollo Client', () => {
  test.each([
    ['POST', false, undefined],
    ['GET for hashes', true, undefined],
    ['POST, application/json only', false, json],
    ['GET for hashes, application/json only', true, json],
  ])('with its link for persisted queries: %s', async (_, useGETForHashedQueries, accept) => {
    const seen: { method: string; text: boolean; hash: boolean; status: number }[] = [];
    const http = new HttpLink({
      uri: `${server.url}/graphql`,
      ...(accept && { headers: { accept } }),
      fetch: async (input, init) => {
        // The link always adds its own types to accept.
        const headers = { ...(init?.headers as Record<string, string>), ...(accept && { accept }) };
        const answer = await fetch(input, { ...init, headers });
        const sent = `${decodeURIComponent(String(input))} ${init?.body ?? ''}`;
        seen.push({
          method: init?.method ?? 'GET',
          text: /query Handshake/.test(sent),
          hash: /sha256Hash/.test(sent),
          status: answer.status,
        });
        return answer;
      },
    });
    const newClient = () =>
      new ApolloClient({
        cache: new InMemoryCache(),
        link: ApolloLink.from([new PersistedQueryLink({ sha256, useGETForHashedQueries }), http]),
      });
    // A name of its own for each run, so that the server has never seen the text.
    const query = gql(`query Handshake${++count}($first: Int) { search(first: $first) { totalCount } }`);
    const ask = () => newClient().query({ query, variables: { first: 1 } });

    expect((await ask()).data).toMatchObject({ search: { totalCount: 38 } });
    const first = useGETForHashedQueries ? 'GET' : 'POST';
    expect(seen).toEqual([
      { method: first, text: false, hash: true, status: accept === json ? 200 : 400 },
      { method: expect.stringMatching(/GET|POST/), text: true, hash: true, status: 200 },
    ]);
    seen.length = 0;
    expect((await ask()).data).toMatchObject({ search: { totalCount: 38 } });
    expect(seen).toEqual([{ method: first, text: false, hash: true, status: 200 }]);
  });
});

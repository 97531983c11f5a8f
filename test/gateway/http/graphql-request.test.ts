import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { listening } from './listening.ts';

const server = await listening();
afterAll(() => server.close());

const post = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body as string,
  });
const get = (parameters: string | Record<string, string>) =>
  fetch(`${server.url}/graphql?${new URLSearchParams(parameters)}`);
const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));

interface Answer {
  data?: Record<string, unknown>;
  errors?: { message: string; extensions: { code: string; remedy: string } }[];
}
const errorOf = async (answer: Response) => {
  const { data, errors } = (await answer.json()) as Answer;
  expect(data).toBeUndefined();
  expect(errors).toHaveLength(1);
  return errors?.[0];
};

const Q = '{ __typename }';
const NAMED = 'query a { __typename } query b { x: __typename }';
const TEXT = 'query($t: String) { search(text: $t) { totalCount } }';

describe('POST', () => {
  test.each<[string, unknown]>([
    ['only a query', { query: Q }],
    ['operationName null', { query: Q, operationName: null }],
    ['operationName empty', { query: Q, operationName: '' }],
    ['variables null', { query: Q, variables: null }],
    ['variables empty', { query: Q, variables: {} }],
    ['variables nobody asked for', { query: Q, variables: { a: [1], b: {} } }],
    ['extensions null', { query: Q, extensions: null }],
    ['extensions nobody knows', { query: Q, extensions: { tracing: true, persistedQuery: null } }],
    ['properties nobody knows', { query: Q, id: 1, doc: 'x', queryy: '{' }],
  ])('%s is served', async (_, body) => {
    const answer = await post(JSON.stringify(body));
    expect([answer.status, await answer.json()]).toEqual([200, { data: { __typename: 'Query' } }]);
  });

  test.each<[string, unknown, RegExp]>([
    ['no query', {}, /no query/],
    ['query null', { query: null }, /no query/],
    ['query blank', { query: ' \n' }, /no query/],
    ['query a number', { query: 1 }, /query/],
    ['query an object', { query: { kind: 'Document' } }, /query/],
    ['operationName a list', { query: Q, operationName: ['a'] }, /operationName is not a string/],
    ['operationName a number', { query: Q, operationName: 0 }, /operationName is not a string/],
    ['variables as JSON text', { query: Q, variables: '{"a":1}' }, /variables is not an object/],
    ['variables a list', { query: Q, variables: [] }, /variables is not an object/],
    ['variables a boolean', { query: Q, variables: false }, /variables is not an object/],
    ['extensions a list', { query: Q, extensions: [] }, /extensions is not an object/],
    ['extensions as JSON text', { query: Q, extensions: '{}' }, /extensions is not an object/],
    ['extensions a boolean', { query: Q, extensions: false }, /extensions is not an object/],
    ['a batch', [{ query: Q }, { query: Q }], /batches are not served/],
    ['an empty batch', [], /batches are not served/],
    ['null', null, /not an object/],
    ['a text', Q, /not an object/],
    ['a number', 7, /not an object/],
  ])('%s is refused with a remedy', async (_, body, message) => {
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const answer = await post(JSON.stringify(body), { accept });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([400, `${accept}; charset=utf-8`]);
      const error = await errorOf(answer);
      expect(error?.message).toMatch(message);
      expect(error?.extensions).toMatchObject({ code: 'BAD_REQUEST', remedy: expect.stringMatching(/\w{3}/) });
    }
  });

  test.each<[string, string | Uint8Array, Record<string, string>, number, RegExp]>([
    ['nothing', '', {}, 400, /body is empty/],
    ['white space', '  \n', {}, 400, /not JSON/],
    ['half of it', '{"query":"{ __type', {}, 400, /not JSON/],
    ['GraphQL as it is', Q, {}, 400, /not JSON/],
    ['two of them', '{"query":"{a}"}{"query":"{a}"}', {}, 400, /not JSON/],
    ['NUL', '\0', {}, 400, /not JSON/],
    ['latin-1', new Uint8Array(Buffer.from('{"query":"{ __typename } # é"}', 'latin1')), {}, 400, /not valid UTF-8/],
    ['a cut sequence', new Uint8Array([...Buffer.from('{"query":"'), 0xe2, 0x82]), {}, 400, /not valid UTF-8/],
    ['a surrogate', new Uint8Array([...Buffer.from('{"query":"'), 0xed, 0xa0, 0x80]), {}, 400, /not valid UTF-8/],
    ['UTF-16 said', utf16('{"query":"{a}"}'), { 'content-type': 'application/json; charset=utf-16' }, 415, /utf-16/],
    ['UTF-16 unsaid', utf16('{"query":"{a}"}'), {}, 400, /not JSON/],
    ['latin-1 said', '{}', { 'content-type': 'application/json; charset="ISO-8859-1"' }, 415, /iso-8859-1/i],
    ['gzip', new Uint8Array(gzipSync('{"query":"{a}"}')), { 'content-encoding': 'gzip' }, 415, /compressed \(gzip\)/],
    ['gzip twice', '{}', { 'content-encoding': 'gzip, gzip' }, 415, /compressed/],
    ['br', '{}', { 'content-encoding': 'BR' }, 415, /compressed \(br\)/],
    ['gzip unsaid', new Uint8Array(gzipSync('{"query":"{a}"}')), {}, 400, /not valid UTF-8/],
    ['application/graphql', Q, { 'content-type': 'application/graphql' }, 415, /not application\/json/],
    ['application/json5', '{}', { 'content-type': 'application/json5' }, 415, /not application\/json/],
    ['a type that is none', '{}', { 'content-type': 'json' }, 415, /not application\/json/],
    ['text/plain first', '{}', { 'content-type': 'text/plain;application/json' }, 415, /not application\/json/],
  ])('%s as a body', async (_, body, headers, status, message) => {
    const answer = await post(body, headers);
    expect(answer.status).toBe(status);
    if (headers['content-encoding']) expect(answer.headers.get('accept-encoding')).toBe('identity');
    const error = await errorOf(answer);
    expect(error?.message).toMatch(message);
    expect(error?.extensions).toMatchObject({ code: 'BAD_REQUEST', remedy: expect.stringMatching(/\w{3}/) });
  });

  test.each<[string, string | Uint8Array, Record<string, string>]>([
    ['a byte order mark', `\ufeff${JSON.stringify({ query: Q })}`, {}],
    ['charset in capitals', JSON.stringify({ query: Q }), { 'content-type': 'Application/JSON; Charset="UTF-8"' }],
    ['utf8', JSON.stringify({ query: Q }), { 'content-type': 'application/json;charset=utf8' }],
    ['other parameters', JSON.stringify({ query: Q }), { 'content-type': 'application/json; v=1; x="a;b"' }],
    ['the type of answers', JSON.stringify({ query: Q }), { 'content-type': 'application/graphql-response+json' }],
    ['identity', JSON.stringify({ query: Q }), { 'content-encoding': 'identity' }],
    ['beyond the first plane', JSON.stringify({ query: `${Q} # 🏃 Ελληνικά` }), {}],
  ])('%s is read', async (_, body, headers) => {
    const answer = await post(body, headers);
    expect([answer.status, await answer.json()]).toEqual([200, { data: { __typename: 'Query' } }]);
  });

  test('the operation is chosen by its name', async () => {
    const answer = await post(JSON.stringify({ query: NAMED, operationName: 'b' }));
    expect(await answer.json()).toEqual({ data: { x: 'Query' } });
  });
});

describe('GET', () => {
  test.each<[string, string | Record<string, string>]>([
    ['only a query', { query: Q }],
    ['empty parameters', { query: Q, operationName: '', variables: '', extensions: '' }],
    ['variables', { query: Q, variables: '{"a":1}' }],
    ['variables null', { query: Q, variables: 'null' }],
    ['extensions', { query: Q, extensions: '{"x":{}}' }],
    ['parameters nobody knows', `query=${encodeURIComponent(Q)}&utm_source=x&__proto__=x&a[]=1&a[]=2`],
  ])('%s is served', async (_, parameters) => {
    const answer = await get(parameters);
    expect([answer.status, await answer.json()]).toEqual([200, { data: { __typename: 'Query' } }]);
  });

  test.each<[string, string | Record<string, string>, RegExp]>([
    ['nothing', {}, /no query/],
    ['an empty query', { query: '' }, /no query/],
    ['variables a list', { query: Q, variables: '[]' }, /variables is not an object/],
    ['variables a text', { query: Q, variables: '"{}"' }, /variables is not an object/],
    ['variables cut off', { query: Q, variables: '{"a":' }, /variables is not JSON/],
    ['variables no JSON', { query: Q, variables: "{'a':1}" }, /variables is not JSON/],
    ['extensions a list', { query: Q, extensions: '[1]' }, /extensions is not an object/],
    ['extensions no JSON', { query: Q, extensions: '{' }, /extensions is not JSON/],
    ['two queries', 'query={a}&query={b}', /query is given more than once/],
    ['two variables', `query=${encodeURIComponent(Q)}&variables={}&variables={}`, /variables is given more than once/],
  ])('%s is refused with a remedy', async (_, parameters, message) => {
    const answer = await get(parameters);
    expect(answer.status).toBe(400);
    const error = await errorOf(answer);
    expect(error?.message).toMatch(message);
    expect(error?.extensions).toMatchObject({ code: 'BAD_REQUEST', remedy: expect.stringMatching(/\w{3}/) });
  });

  test('"null" is a name like any other', async () => {
    const answer = await get({ query: 'query a { __typename } query null { x: __typename }', operationName: 'null' });
    expect(await answer.json()).toEqual({ data: { x: 'Query' } });
  });

  test('texts come through as they were encoded', async () => {
    for (const [text, status] of [
      ['data', 200],
      ['a+b c%20d', 200],
      ['Ελληνικά 🏃', 200],
    ] as const) {
      const answer = await get({ query: TEXT, variables: JSON.stringify({ t: text }) });
      expect([answer.status, (await answer.json()) as Answer]).toEqual([
        status,
        { data: { search: { totalCount: expect.any(Number) } } },
      ]);
    }
  });
});

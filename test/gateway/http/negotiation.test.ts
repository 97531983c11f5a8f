import { afterAll, describe, expect, test } from 'vitest';
import { credentials } from '../fixture-records.ts';
import { listening } from './listening.ts';

const server = await listening({ gateway: { limits: { bodyBytes: 2_000 } } });
afterAll(() => server.close());

const json = 'application/json';
const graph = 'application/graphql-response+json';
const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': json, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${server.url}${path}`, { method, headers, redirect: 'manual' });
const ask = (query: string) => `/graphql?${new URLSearchParams({ query })}`;
const typeOf = (answer: Response) => answer.headers.get('content-type');
const vary = (answer: Response) => (answer.headers.get('vary') ?? '').split(/\s*,\s*/);

describe('status and media type of /graphql', () => {
  test.each<[string, unknown, Record<string, string>, asJson: number, asGraph: number]>([
    ['an answer', { query: '{ __typename }' }, {}, 200, 200],
    ['syntax', { query: '{' }, {}, 200, 400],
    ['an unknown field', { query: '{ nope }' }, {}, 200, 400],
    ['no operation', { query: 'fragment f on Query { __typename }' }, {}, 200, 400],
    ['the wrong operation', { query: '{ __typename }', operationName: 'x' }, {}, 200, 400],
    [
      'a variable',
      { query: 'query($n: Int!) { search(first: $n) { totalCount } }', variables: { n: {} } },
      {},
      200,
      400,
    ],
    ['a size', { query: '{ search(first: 101) { totalCount } }' }, {}, 400, 400],
    ['a limit', { query: `{ ${'__typename '.repeat(11)} }` }, {}, 400, 400],
    ['a mutation', { query: 'mutation { __typename }' }, {}, 400, 400],
    ['a subscription', { query: 'subscription { __typename }' }, {}, 400, 400],
    ['no query', {}, {}, 400, 400],
    ['a batch', [{ query: '{ __typename }' }], {}, 400, 400],
    ['no JSON', '{query', {}, 400, 400],
    ['too large', { query: `{ __typename } # ${'x'.repeat(2_000)}` }, {}, 413, 413],
    ['another type', 'query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 415],
    ['another charset', { query: '{ __typename }' }, { 'content-type': `${json}; charset=utf-16` }, 415, 415],
    ['a coding', { query: '{ __typename }' }, { 'content-encoding': 'gzip' }, 415, 415],
  ])('%s', async (_, body, headers, asJson, asGraph) => {
    for (const [accept, type, status] of [
      [json, json, asJson],
      ['*/*', json, asJson],
      [graph, graph, asGraph],
      [`${json};q=0.5, ${graph}`, graph, asGraph],
    ] as const) {
      const answer = await post(body, { accept, ...headers });
      expect([accept, answer.status, typeOf(answer)]).toEqual([accept, status, `${type}; charset=utf-8`]);
      const { data, errors } = (await answer.json()) as { data?: unknown; errors?: { extensions: unknown }[] };
      expect(data !== undefined).toBe(errors === undefined);
      for (const { extensions } of errors ?? []) {
        expect(extensions).toMatchObject({ code: expect.any(String), remedy: expect.any(String) });
      }
      expect(vary(answer)).toContain('accept');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
  });

  test('errors within an answer stay 200 in both types', async () => {
    server.fail('search.query', new Error('gone'));
    for (const accept of [json, graph]) {
      const answer = await post({ query: '{ __typename search { totalCount } }' }, { accept });
      expect([answer.status, typeOf(answer)]).toEqual([200, `${accept}; charset=utf-8`]);
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
    }
    server.fail('search.query', undefined);
  });

  test.each(['image/png', 'text/plain', 'application/xml;q=0.9, text/csv', `${json};q=0`, '*/*;q=0', 'text/html'])(
    '406 for %s, with a word about what there is',
    async (accept) => {
      const before = { ...server.calls };
      for (const answer of [
        await post({ query: '{ search { totalCount } }' }, { accept }),
        await get(ask('{ search { totalCount } }'), { accept }),
      ]) {
        expect([answer.status, typeOf(answer)]).toEqual([406, `${json}; charset=utf-8`]);
        const { errors } = (await answer.json()) as { errors: { extensions: { remedy: string } }[] };
        expect(errors[0]?.extensions.remedy).toContain(graph);
        expect(vary(answer)).toContain('accept');
      }
      expect(server.calls).toEqual(before);
    },
  );

  test('GET: the tag belongs to one media type; 304 says what the answer varies with', async () => {
    const path = ask('{ search { totalCount } }');
    const tags = new Set<string>();
    for (const accept of [json, graph]) {
      const answer = await get(path, { accept });
      const tag = answer.headers.get('etag') ?? '';
      tags.add(tag);
      expect([answer.status, typeOf(answer)]).toEqual([200, `${accept}; charset=utf-8`]);
      expect(vary(answer).sort()).toEqual(['accept', 'accept-language']);
      const again = await get(path, { accept, 'if-none-match': `"x", W/${tag}` });
      expect([again.status, again.headers.get('etag'), vary(again).sort()]).toEqual([
        304,
        tag,
        ['accept', 'accept-language'],
      ]);
      expect(again.headers.get('cache-control')).toContain('must-revalidate');
      expect((await get(path, { accept, 'if-none-match': '"x"' })).status).toBe(200);
    }
    expect(tags.size).toBe(2);
  });

  test('GET: what failed is not kept by caches, also when it is 200', async () => {
    for (const query of ['{', '{ nope }', `{ ${'__typename '.repeat(11)} }`]) {
      const answer = await get(ask(query));
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('etag')).toBeNull();
    }
  });

  test('HEAD is GET without a body', async () => {
    const path = ask('{ search { totalCount } }');
    const [head, full] = [await get(path, { accept: graph }, 'HEAD'), await get(path, { accept: graph })];
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const name of ['content-type', 'etag', 'vary', 'cache-control']) {
      expect(head.headers.get(name)).toBe(full.headers.get(name));
    }
    expect((await get('/graphql?query={', { accept: graph }, 'HEAD')).status).toBe(400);
    expect((await get(ask('mutation { __typename }'), {}, 'HEAD')).status).toBe(405);
  });

  test('a mutation by GET is 405, however it is hidden', async () => {
    const two = 'query a { __typename } mutation b { __typename }';
    const hidden: Record<string, string>[] = [
      { query: 'mutation { __typename }' },
      { query: 'mutation($x: Int) { __typename }', variables: '{}' },
      { query: two, operationName: 'b' },
    ];
    for (const parameters of hidden) {
      for (const accept of [json, graph]) {
        const answer = await get(`/graphql?${new URLSearchParams(parameters)}`, { accept });
        expect([answer.status, answer.headers.get('allow'), typeOf(answer)]).toEqual([
          405,
          'POST',
          `${accept}; charset=utf-8`,
        ]);
      }
    }
    const query = await get(`/graphql?${new URLSearchParams({ query: two, operationName: 'a' })}`);
    expect(query.status).toBe(200);
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'PROPFIND', 'QUERY'])('%s is 405 and says what is served', async (method) => {
    for (const accept of [json, graph]) {
      const answer = await get('/graphql', { accept }, method);
      expect([answer.status, typeOf(answer)]).toEqual([405, `${accept}; charset=utf-8`]);
      expect(answer.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
    }
  });

  test('a browser gets GraphiQL, a browser with a query its answer, everybody else a refusal', async () => {
    const page = await get('/graphql', { accept: browser });
    expect([page.status, typeOf(page)]).toEqual([200, 'text/html; charset=UTF-8']);
    expect(vary(page)).toContain('accept');
    expect(typeOf(await get(ask('{ __typename }'), { accept: browser }))).toContain(json);
    for (const accept of ['*/*', json, graph, `text/html;q=0.1, ${json}`]) {
      const answer = await get('/graphql', { accept });
      expect([answer.status, typeOf(answer)?.startsWith('application/')]).toEqual([400, true]);
    }
  });

  test('an error of ours comes in the type asked for, too', async () => {
    const execute = server.gateway.execute;
    server.gateway.execute = () => Promise.reject(new Error('secret detail'));
    for (const accept of [json, graph]) {
      const answer = await post({ query: '{ __typename }' }, { accept });
      expect([answer.status, typeOf(answer)]).toEqual([500, `${accept}; charset=utf-8`]);
      const text = await answer.text();
      expect(text).not.toContain('secret');
      expect(JSON.parse(text).errors[0].extensions).toMatchObject({
        code: 'INTERNAL_SERVER_ERROR',
        errorId: server.reports.at(-1)?.id,
      });
    }
    server.gateway.execute = execute;
  });

  test('headers and status of the gateway go out', async () => {
    const execute = server.gateway.execute;
    for (const status of [429, 503]) {
      const errors = [{ message: 'busy', extensions: { code: 'BUSY', remedy: 'wait' } }];
      server.gateway.execute = async () => ({ status, headers: { 'retry-after': '7' }, result: { errors } });
      for (const accept of [json, graph]) {
        for (const answer of [
          await post({ query: '{ __typename }' }, { accept }),
          await get(ask('{ __typename }'), { accept }),
        ]) {
          expect([answer.status, answer.headers.get('retry-after'), typeOf(answer)]).toEqual([
            status,
            '7',
            `${accept}; charset=utf-8`,
          ]);
          expect(answer.headers.get('access-control-expose-headers')).toContain('Retry-After');
        }
      }
    }
    server.gateway.execute = execute;
  });
});

describe('a budget that is spent', () => {
  test('is told in the media type asked for, to pages of other sites too', async () => {
    const spent = await listening({ server: { admission: { anonymous: { requests: 1, cost: 1_000_000 } } } });
    const ask = (path: string, accept: string) =>
      fetch(`${spent.url}${path}`, { headers: { accept, 'x-forwarded-for': '203.0.113.9' } });
    await ask('/graphql?query={__typename}', json);
    for (const [path, accept, type] of [
      ['/graphql?query={__typename}', json, json],
      ['/graphql?query={__typename}', graph, graph],
      ['/graphql?query={__typename}', `${graph};q=0.1, ${json}`, json],
      ['/graphql?query={__typename}', browser, json],
      ['/', json, json],
      ['/', browser, 'text/html'],
      ['/', 'application/problem+json', 'application/problem+json'],
    ] as const) {
      const answer = await ask(path, accept);
      expect([path, accept, answer.status, typeOf(answer)?.split(';')[0]]).toEqual([path, accept, 429, type]);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(vary(answer)).toContain('accept');
      expect(await answer.text()).toMatch(/try again in/);
      if (path === '/') continue;
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('ratelimit')).toBeTruthy();
    }
    await spent.close();
  });
});

describe('CORS', () => {
  test.each(['POST', 'GET'])('a preflight for %s with the headers that clients send', async (method) => {
    const wanted =
      'apollo-require-preflight, x-api-key, authorization, content-type, accept-language, apollographql-client-name, apollographql-client-version';
    const answer = await get(
      '/graphql',
      {
        origin: 'https://portal.example',
        'access-control-request-method': method,
        'access-control-request-headers': wanted,
      },
      'OPTIONS',
    );
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-methods')?.split(',')).toContain(method);
    const allowed = answer.headers.get('access-control-allow-headers')?.split(',') ?? [];
    expect(allowed).toEqual(expect.arrayContaining(wanted.split(', ')));
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test('what a portal may read of an answer', async () => {
    const answer = await post({ query: '{ __typename }' }, { origin: 'https://portal.example' });
    const exposed = answer.headers.get('access-control-expose-headers')?.split(',') ?? [];
    expect(exposed).toEqual(expect.arrayContaining(['RateLimit', 'RateLimit-Policy', 'Retry-After', 'ETag']));
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'a page of another site cannot query in passing: %s',
    async (type) => {
      const before = { ...server.calls };
      const body = new Blob(['{"query":"{ search { totalCount } }"}']);
      const tries: Record<string, string>[] = [
        { 'content-type': type },
        { 'content-type': `${type}; application/json` },
        { 'content-type': type, 'apollo-require-preflight': '1' },
      ];
      for (const headers of tries) {
        const answer = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
        expect(answer.status).toBe(415);
      }
      expect(server.calls).toEqual(before);
    },
  );
});

describe('pages, records and refusals', () => {
  const record = `/credentials/${credentials[0]?.record.id}`;

  test.each<[accept: string | undefined, status: number, type: string]>([
    [undefined, 200, 'text/html'],
    ['*/*', 200, 'text/html'],
    [browser, 200, 'text/html'],
    [json, 200, json],
    ['application/*', 200, json],
    [`${json}, text/html;q=0.9`, 200, json],
    [`text/html;q=0.2, ${json};q=0.3`, 200, json],
    [`text/html, ${json}`, 200, 'text/html'],
    ['text/html;q=0, */*', 200, json],
    ['image/png', 406, json],
    ['text/turtle', 406, json],
    ['application/problem+json', 406, 'application/problem+json'],
  ])('a record for %s', async (accept, status, type) => {
    const answer = await get(record, accept === undefined ? {} : { accept });
    expect([answer.status, typeOf(answer)?.split(';')[0]]).toEqual([status, type]);
    expect(vary(answer)).toContain('accept');
    const head = await get(record, accept === undefined ? {} : { accept }, 'HEAD');
    expect([head.status, typeOf(head), await head.text()]).toEqual([status, typeOf(answer), '']);
  });

  test('?format=json wins over what a browser accepts, and survives a move', async () => {
    expect(typeOf(await get(`${record}?format=json`, { accept: browser }))).toContain(json);
    const merged = await get(`/credentials/${credentials[39]?.record.id}?format=json`, { accept: browser });
    expect([merged.status, merged.headers.get('location')]).toEqual([301, `${record}?format=json`]);
  });

  test.each<[string | undefined, string, RegExp]>([
    [undefined, json, /"remedy":"/],
    ['*/*', json, /"remedy":"/],
    [json, json, /"remedy":"/],
    ['application/problem+json', 'application/problem+json', /"status":404,"detail":"/],
    [`application/problem+json, ${json};q=0.5`, 'application/problem+json', /"detail":"/],
    [browser, 'text/html', /<h1>There is nothing here<\/h1><p>Go to/],
    ['image/png', json, /"remedy":"/],
  ])('what is not there, for %s', async (accept, type, body) => {
    const answer = await get('/nothing', accept === undefined ? {} : { accept });
    expect([answer.status, typeOf(answer)?.split(';')[0], vary(answer)]).toEqual([404, type, ['accept']]);
    expect(await answer.text()).toMatch(body);
  });

  test.each(['/', record, '/assets/page.css', '/health', '/ready', '/metrics'])(
    '%s is only read, and says so',
    async (path) => {
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND']) {
        const answer = await get(path, {}, method);
        expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
        expect(await answer.json()).toMatchObject({ error: expect.any(String), remedy: expect.any(String) });
      }
      const options = await get(path, {}, 'OPTIONS');
      expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
      expect((await get(path, {}, 'HEAD')).status).toBe(200);
    },
  );
});

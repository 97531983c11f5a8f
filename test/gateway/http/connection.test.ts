import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { afterAll, describe, expect, test } from 'vitest';
import { converse, listening, statuses } from './listening.ts';

const LIMIT = 100_000;
const server = await listening({
  gateway: { limits: { bodyBytes: LIMIT } },
  server: { bodyMilliseconds: 1_500 },
  patience: { headersTimeout: 2_500, requestTimeout: 20_000, connectionsCheckingInterval: 100, silence: 10_000 },
});
afterAll(() => server.close());

const JSON_TYPE = 'Content-Type: application/json\r\n';
const BODY = '{"query":"{ __typename }"}';
const head = (first: string, headers = ''): string => `${first} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`;
const post = (body: string, headers = JSON_TYPE): string =>
  `${head('POST /graphql', `${headers}Content-Length: ${Buffer.byteLength(body)}\r\n`)}${body}`;
const HEALTH = head('GET /health');
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const chunked = (body: string, headers = JSON_TYPE): string =>
  `${head('POST /graphql', `${headers}Transfer-Encoding: chunked\r\n`)}${chunk(body)}0\r\n\r\n`;
const healthy = async () => expect((await fetch(`${server.url}/health`)).status).toBe(200);

/** Either the answer says that the connection closes and it does, or the next request on it is served. */
async function honest(first: string, status: number) {
  const { text, end } = await converse(server.url, [first, HEALTH], { answers: 2 });
  const closes = /^connection: close\r$/im.test(text.split('\r\n\r\n')[0] ?? '');
  expect([end, statuses(text)]).toEqual(closes ? ['end', [status]] : ['open', [status, 200]]);
  await healthy();
  return { text, closes };
}

describe('a connection after a refusal', () => {
  test.concurrent.each<[string, string, number]>([
    ['413 by its length', post('x'.repeat(LIMIT + 1)), 413],
    ['413 far beyond', post('x'.repeat(3_000_000)), 413],
    ['413 in chunks', chunked('x'.repeat(LIMIT + 1)), 413],
    ['413 in chunks, far beyond', chunked('x'.repeat(3_000_000)), 413],
    ['415', post(BODY, 'Content-Type: text/plain\r\n'), 415],
    ['415 without a type', post(BODY, ''), 415],
    ['415 in chunks', chunked(BODY, 'Content-Type: text/plain\r\n'), 415],
    ['415 with a long body', post('x'.repeat(3_000_000), 'Content-Type: text/plain\r\n'), 415],
    ['415 for a coding', post(BODY, `${JSON_TYPE}Content-Encoding: gzip\r\n`), 415],
    ['406', post(BODY, `${JSON_TYPE}Accept: image/png\r\n`), 406],
    ['405', `${head('PUT /graphql', `Content-Length: ${BODY.length}\r\n`)}${BODY}`, 405],
    ['405 in chunks', chunked(BODY).replace('POST', 'PATCH'), 405],
    ['405 on a page', `${head('POST /', `Content-Length: ${BODY.length}\r\n`)}${BODY}`, 405],
    [
      '405 on a page, with a long body',
      `${head('POST /', 'Content-Length: 2000000\r\n')}${'x'.repeat(2_000_000)}`,
      405,
    ],
    ['404', `${head('POST /nothing', `Content-Length: ${BODY.length}\r\n`)}${BODY}`, 404],
    ['400', post('{'), 400],
    ['400 for an empty body', post(''), 400],
    ['400 without a length', head('POST /graphql', JSON_TYPE), 400],
    ['a preflight with a body', `${head('OPTIONS /graphql', 'Content-Length: 5\r\n')}xxxxx`, 204],
    [
      'a preflight with a long body',
      `${head('OPTIONS /graphql', 'Content-Length: 2000000\r\n')}${'x'.repeat(2_000_000)}`,
      204,
    ],
    ['a GET with a long body', `${head('GET /health', 'Content-Length: 2000000\r\n')}${'x'.repeat(2_000_000)}`, 200],
    ['a HEAD with a long body', `${head('HEAD /health', 'Content-Length: 2000000\r\n')}${'x'.repeat(2_000_000)}`, 200],
    ['a GET with a body', `${head('GET /health', 'Content-Length: 5\r\n')}xxxxx`, 200],
    ['a GET with chunks', `${head('GET /health', 'Transfer-Encoding: chunked\r\n')}${chunk('xxxxx')}0\r\n\r\n`, 200],
  ])('%s', async (_, first, status) => {
    await honest(first, status);
  });

  test('429 before the body was read', async () => {
    const execute = server.gateway.execute;
    server.gateway.execute = async () => ({ status: 429, result: { errors: [] } });
    expect((await honest(post(BODY), 429)).closes).toBe(false);
    server.gateway.execute = execute;
  });

  test('what is small is read to its end, so that the connection goes on', async () => {
    for (const first of [post(BODY, ''), post('x'.repeat(LIMIT + 1)), chunked('x'.repeat(LIMIT + 1)), post('{')]) {
      expect(
        (await converse(server.url, [first, HEALTH, HEALTH], { answers: 3 })).text.match(/HTTP\/1\.1 200/g),
      ).toHaveLength(2);
    }
  });

  test.each([3_000_000, 12_000_000])('a client that sends %i bytes before it reads gets its answer', async (size) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const broken: Error[] = [];
    socket.on('error', (error) => broken.push(error));
    socket.pause();
    socket.write(head('POST /graphql', `${JSON_TYPE}Content-Length: ${size}\r\n`));
    const part = Buffer.alloc(500_000, 'x');
    for (let sent = 0; sent < size && broken.length === 0; sent += part.length) {
      await new Promise((next) => socket.write(part, next));
    }
    await wait(200);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.resume();
    if (!socket.closed) await new Promise((done) => socket.once('close', done));
    expect([broken, statuses(text)]).toEqual([[], [413]]);
    expect(text).toMatch(/^connection: close\r$/im);
    expect(text).toContain('"limit":"body"');
  });

  test('a body that announces more than it sends is not waited for', async () => {
    const { text, end } = await converse(server.url, [head('POST /', 'Content-Length: 1000\r\n'), 'x']);
    expect([statuses(text), end]).toEqual([[405], 'end']);
    expect(text).toMatch(/^connection: close\r$/im);
  });

  test('a client with a pool goes on after each refusal', async () => {
    const dispatcher = new Agent({ connections: 1, pipelining: 1 });
    for (const [body, type, status] of [
      ['x'.repeat(LIMIT + 1), 'application/json', 413],
      ['x'.repeat(5_000_000), 'application/json', 413],
      [BODY, 'text/plain', 415],
      ['[]', 'application/json', 400],
      [BODY, 'application/json', 200],
    ] as const) {
      const answer = await request(`${server.url}/graphql`, {
        method: 'POST',
        dispatcher,
        headers: { 'content-type': type },
        body,
      });
      expect([answer.statusCode, typeof (await answer.body.json())]).toEqual([status, 'object']);
      const next = await request(`${server.url}/health`, { dispatcher });
      expect([next.statusCode, await next.body.text()]).toEqual([200, '{"status":"ok"}']);
    }
    await dispatcher.close();
  });
});

describe('Expect: 100-continue', () => {
  const asking = (length: number, headers = JSON_TYPE) =>
    head('POST /graphql', `${headers}Content-Length: ${length}\r\nExpect: 100-continue\r\n`);

  test('is told to go on when its body is wanted', async () => {
    const { text, end } = await converse(server.url, [asking(BODY.length), BODY, HEALTH], { answers: 3, pause: 150 });
    expect([statuses(text), end]).toEqual([[100, 200, 200], 'open']);
  });

  test.each<[string, string, number]>([
    ['too large', asking(LIMIT + 1), 413],
    ['of another type', asking(BODY.length, 'Content-Type: text/plain\r\n'), 415],
    ['with no acceptable answer', asking(BODY.length, `${JSON_TYPE}Accept: image/png\r\n`), 406],
    ['on a page', asking(BODY.length).replace('/graphql', '/'), 405],
  ])('is refused at once when it is %s: no body is asked for', async (_, first, status) => {
    const { text, end } = await converse(server.url, [first]);
    expect([statuses(text), end]).toEqual([[status], 'end']);
    expect(text).toMatch(/^connection: close\r$/im);
  });

  test('another expectation is refused', async () => {
    const { text } = await converse(server.url, [asking(BODY.length).replace('100-continue', 'miracles'), BODY], {
      answers: 1,
    });
    expect(statuses(text)[0]).toBe(417);
  });
});

describe('bodies that do not come', () => {
  test.concurrent.each<[string, string[]]>([
    ['nothing', [head('POST /graphql', `${JSON_TYPE}Content-Length: 26\r\n`)]],
    ['half', [head('POST /graphql', `${JSON_TYPE}Content-Length: 26\r\n`), BODY.slice(0, 9)]],
    ['drops', [head('POST /graphql', `${JSON_TYPE}Content-Length: 26\r\n`), ...BODY.slice(0, 8)]],
    ['half of the chunks', [head('POST /graphql', `${JSON_TYPE}Transfer-Encoding: chunked\r\n`), chunk(BODY)]],
  ])('%s: 408 with a remedy, and the connection closes', async (_, parts) => {
    const { text, end } = await converse(server.url, parts, { pause: 100 });
    expect([statuses(text), end]).toEqual([[408], 'end']);
    expect(text).toMatch(/^connection: close\r$/im);
    expect(text).toContain('"remedy":"send the request anew');
    await healthy();
  });

  test('what breaks off is nobody else’s trouble, and no error of ours', async () => {
    const before = server.reports.length;
    for (const first of [
      head('POST /graphql', `${JSON_TYPE}Content-Length: 26\r\n`) + BODY.slice(0, 9),
      head('POST /graphql', `${JSON_TYPE}Transfer-Encoding: chunked\r\n`) + chunk(BODY),
      head('POST /', 'Content-Length: 26\r\n') + BODY.slice(0, 9),
      post('x'.repeat(LIMIT + 1)).slice(0, 50_000),
    ]) {
      await converse(server.url, [first], { silence: 50 });
    }
    await wait(100);
    await healthy();
    expect(server.reports.length).toBe(before);
  });

  test('headers that drip in are ended with 408', async () => {
    const { text, end } = await converse(server.url, ['GET /health HTTP/1.1\r\nHost: x\r\nX: ']);
    expect([statuses(text), end]).toEqual([[408], 'end']);
    expect(text).toContain('"remedy"');
  });
});

describe('clients that do nothing', () => {
  test('a connection that says nothing is ended', async () => {
    const { text, end } = await converse(server.url, [], { silence: 10_000 });
    expect([statuses(text), end]).toEqual([[408], 'end']);
  });
});

describe('what is no request, or hardly one', () => {
  const large = 'x'.repeat(20_000);
  test.concurrent.each<[string, string, number]>([
    ['a huge header', head('GET /health', `X: ${large}\r\n`), 431],
    ['many headers', head('GET /health', `X: ${'x'.repeat(90)}\r\n`.repeat(300)), 431],
    ['a huge address', head(`GET /?q=${large}`), 431],
    ['a huge query by GET', head(`GET /graphql?query=${large}`), 431],
    ['another protocol', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['a word', 'HELLO\r\n\r\n', 400],
    ['no host', 'GET /health HTTP/1.1\r\n\r\n', 400],
    ['a broken host', head('GET /health').replace('Host: x', 'Host: a b/c'), 400],
    ['two hosts', head('GET /health', 'Host: y\r\n'), 400],
    ['two lengths', head('POST /graphql', 'Content-Length: 5\r\nContent-Length: 6\r\n'), 400],
    ['length and chunks', head('POST /graphql', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n'), 400],
    ['a negative length', head('POST /graphql', 'Content-Length: -1\r\n'), 400],
    ['chunks that are none', `${head('POST /graphql', `${JSON_TYPE}Transfer-Encoding: chunked\r\n`)}zz\r\n`, 400],
    ['NUL in the address', head('GET /\0'), 400],
    ['a backslash in the address', head('GET /a\\b'), 400],
    ['bytes beyond ASCII in the address', head('GET /credentials/é'), 400],
    ['an address that is none', head('GET health'), 400],
    ['a header without a name', head('GET /health', ': x\r\n'), 400],
    ['CONNECT', head('CONNECT example.org:443'), 405],
  ])('%s', async (_, bytes, status) => {
    const { text, end } = await converse(server.url, [bytes]);
    expect([statuses(text), end]).not.toEqual([[], 'error']);
    expect(statuses(text)).toEqual([status]);
    if (!/no host/.test(_)) expect(text).toMatch(/"error":".+","remedy":".+"/);
    await healthy();
  });

  test('a large header that is still being sent is answered, not reset', async () => {
    const { text, end } = await converse(
      server.url,
      ['GET /health HTTP/1.1\r\nHost: x\r\nX: ', ...Array<string>(10).fill(large)],
      { pause: 20 },
    );
    expect([statuses(text), end]).toEqual([[431], 'end']);
  });

  test.concurrent.each<[string, string, string]>([
    ['HTTP/1.0', 'GET /health HTTP/1.0\r\n\r\n', 'end'],
    ['HTTP/1.0 that keeps alive', 'GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n', 'open'],
    ['Connection: close', head('GET /health', 'Connection: close\r\n'), 'end'],
    ['an upgrade nobody offers', head('GET /health', 'Connection: Upgrade\r\nUpgrade: websocket\r\n'), 'open'],
    ['an absolute address', head('GET http://x/health'), 'open'],
    ['dot segments', head('GET /a/../credentials/./../health'), 'open'],
    ['two types of content', head('GET /health', 'Content-Type: a/b\r\nContent-Type: c/d\r\n'), 'open'],
  ])('%s is served', async (_, bytes, left) => {
    const { text, end } = await converse(server.url, [bytes], { answers: 1 });
    expect([statuses(text), end]).toEqual([[200], left]);
    expect(text).toContain('{"status":"ok"}');
  });

  test('HTTP/1.0 may post', async () => {
    const { text, end } = await converse(server.url, [post(BODY).replace('HTTP/1.1', 'HTTP/1.0')]);
    expect([statuses(text), end]).toEqual([[200], 'end']);
    expect(text).toContain('{"data":{"__typename":"Query"}}');
    expect(text).not.toMatch(/transfer-encoding/i);
  });

  test('two types of an answer are one list', async () => {
    const { text } = await converse(
      server.url,
      [post('{"query":"{"}', `${JSON_TYPE}Accept: image/png\r\nAccept: application/graphql-response+json\r\n`)],
      { answers: 1 },
    );
    expect(statuses(text)).toEqual([400]);
    expect(text).toMatch(/^content-type: application\/graphql-response\+json/im);
  });

  test('nothing said about the answer is application/json', async () => {
    const { text } = await converse(server.url, [post(BODY)], { answers: 1 });
    expect(text).toMatch(/^content-type: application\/json/im);
  });

  test('requests sent ahead are answered in turn', async () => {
    const { text } = await converse(server.url, [`${HEALTH}${post(BODY)}${post('{')}${post(BODY, '')}${HEALTH}`], {
      answers: 5,
    });
    expect(statuses(text)).toEqual([200, 200, 400, 415, 200]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AddressRefused, ConfigError, RetryLater, SourceBroken } from '../../../crawler/errors.ts';
import { RedirectsBroken, StatusRefused } from '../../../crawler/fetch/fetch-failure.ts';
import { type Handler, raw, startFaultServer, startTcpServer } from './fault-server.ts';
import { drained, failure, local, newGate, text } from './gate-fixture.ts';

const to =
  (location: string, status = 302): Handler =>
  (_, response) =>
    void response.writeHead(status, { location }).end('moved');
const status =
  (code: number, headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    void response.writeHead(code, headers).end('secret text of the answer');

const routes: Record<string, Handler> = {
  '/here': (_, response) => void response.end('here'),
  '/self': to('/self'),
  '/a': to('/b'),
  '/b': to('/a'),
  '/relative': to('here?x=1#part', 307),
  '/nowhere': to(''),
  '/broken': to('http://'),
  '/chain': (request, response) => {
    const left = Number(new URL(request.url ?? '', 'http://x').searchParams.get('left'));
    if (left === 0) response.end('end of the chain');
    else response.writeHead(301, { location: `/chain?left=${left - 1}` }).end();
  },
  '/cached': (request, response) => {
    const known = request.headers['if-none-match'] === '"v1"' || request.headers['if-modified-since'] !== undefined;
    const headers = { etag: '"v1"', 'last-modified': 'Sun, 01 Nov 2026 10:00:00 GMT' };
    if (known) response.writeHead(304, headers).end();
    else response.writeHead(200, headers).end('fresh');
  },
  '/moved-cached': to('/cached'),
};
for (const code of [300, 400, 401, 403, 404, 410, 418, 451, 408, 425, 429, 500, 501, 502, 503, 504])
  routes[`/${code}`] = status(code);

let server: Awaited<ReturnType<typeof startFaultServer>>;
let other: Awaited<ReturnType<typeof startFaultServer>>;
const gate = newGate();
const get = (path: string, more = {}) => gate.fetch(local(server.origin + path, more));

beforeAll(async () => {
  server = await startFaultServer(routes);
  other = await startFaultServer({
    '*': (_, response) => void response.end('other'),
    '/back': (_, r) => void r.writeHead(302, { location: `${server.origin}/here` }).end(),
  });
  routes['/elsewhere'] = to(`${other.origin}/landed`);
  routes['/round'] = to(`${other.origin}/back`);
});
afterAll(async () => {
  await gate.close();
  await Promise.all([server.close(), other.close()]);
});

describe('redirects', () => {
  test('relative ones are followed and the final address is told', async () => {
    const response = await get('/relative');
    expect(await text(response)).toBe('here');
    expect(response.url).toBe(`${server.origin}/here?x=1`);
  });

  test('ten are followed, eleven and fifty are not', async () => {
    expect(await text(await get('/chain?left=10'))).toBe('end of the chain');
    expect(await failure(get('/chain?left=11'))).toBeInstanceOf(RedirectsBroken);
    const before = server.log.length;
    expect((await failure(get('/chain?left=50'))).message).toContain('more than 10 redirects');
    expect(server.log.length - before).toBe(11);
  });

  test.each(['/self', '/a', '/nowhere', '/broken'])('%s leads nowhere', async (path) => {
    const before = server.log.length;
    expect(await failure(get(path))).toBeInstanceOf(SourceBroken);
    expect(server.log.length - before).toBeLessThanOrEqual(2);
  });

  test('a key for one origin does not reach another, whatever its header is called, and does not come back', async () => {
    const headers = { Authorization: 'Bearer s', Cookie: 'a=b', 'X-API-Key': 'k', 'Accept-Language': 'de' };
    await drained(await get('/elsewhere', { headers }));
    const landed = other.log.at(-1)?.headers;
    expect(server.log.at(-1)?.headers).toMatchObject({ authorization: 'Bearer s', cookie: 'a=b', 'x-api-key': 'k' });
    expect(landed).toMatchObject({ 'accept-language': 'de' });
    for (const name of ['authorization', 'cookie', 'x-api-key']) expect(landed).not.toHaveProperty(name);
    await drained(await get('/round', { headers }));
    expect(server.log.at(-1)?.path).toBe('/here');
    expect(server.log.at(-1)?.headers).not.toHaveProperty('authorization');
  });
});

describe('conditional requests', () => {
  test('validators are given out, sent back, and "not modified" has an empty body', async () => {
    const first = await get('/cached');
    expect(await text(first)).toBe('fresh');
    const { etag, lastModified } = first;
    expect({ etag, lastModified }).toEqual({ etag: '"v1"', lastModified: 'Sun, 01 Nov 2026 10:00:00 GMT' });
    const second = await get('/cached', { validators: { etag, lastModified } });
    expect(second).toMatchObject({ status: 304, notModified: true, etag: '"v1"' });
    expect(await text(second)).toBe('');
    expect(server.log.at(-1)?.headers).toMatchObject({ 'if-none-match': '"v1"', 'if-modified-since': lastModified });
  });

  test('validators with an address go to that address only', async () => {
    const validators = { etag: '"v1"', url: `${server.origin}/cached` };
    expect((await get('/moved-cached', { validators })).notModified).toBe(true);
    expect(server.log.at(-2)?.headers).not.toHaveProperty('if-none-match');
    const elsewhere = { etag: '"v1"', url: `${server.origin}/before` };
    const response = await get('/moved-cached', { validators: elsewhere });
    expect(response.notModified).toBe(false);
    await response.dispose();
  });

  test('"not modified" with a body: the body is ignored', async () => {
    const liar = await startTcpServer(raw('HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: "v1"\r\n\r\nhello'));
    const response = await gate.fetch(local(liar.origin, { validators: { etag: '"v1"' } }));
    expect(response.notModified).toBe(true);
    expect(await text(response)).toBe('');
    await liar.close();
  });
});

describe('status', () => {
  test.each([300, 400, 401, 403, 404, 410, 418, 451, 501])('%i is a broken source', async (code) => {
    const error = await failure(get(`/${code}?token=abc123&page=2`));
    expect(error).toBeInstanceOf(StatusRefused);
    expect(error.status).toBe(code);
    expect(error.message).toContain(`/${code}?token=REDACTED&page=2`);
    expect(error.message).not.toMatch(/abc123|secret text/);
    expect(error.remedy).toBeTruthy();
  });

  test.each([408, 425, 429, 500, 502, 503, 504])('%i may pass', async (code) => {
    const error = await failure(get(`/${code}`));
    expect(error).toBeInstanceOf(RetryLater);
    expect(error.seconds).toBe(60);
  });

  test('Retry-After is handed on to the second; more than a day parks', async () => {
    routes['/wait'] = status(429, { 'retry-after': '3600' });
    expect((await failure(get('/wait'))).seconds).toBe(3600);
    routes['/wait'] = status(503, {
      'retry-after': 'Sun, 01 Nov 2026 12:00:00 GMT',
      date: 'Sun, 01 Nov 2026 11:00:00 GMT',
    });
    expect((await failure(get('/wait'))).seconds).toBe(3600);
    routes['/wait'] = status(429, { 'retry-after': '172800' });
    const parked = await failure(get('/wait'));
    expect(parked).toBeInstanceOf(RetryLater);
    expect(parked.message).toContain('parked until');
    expect(parked.seconds).toBe(172_800);
  });

  test('nobody at home', async () => {
    const gone = await startTcpServer();
    await gone.close();
    const error = await failure(gate.fetch(local(gone.origin)));
    expect(error).toBeInstanceOf(RetryLater);
    expect(error.message).toContain('ECONNREFUSED');
  });
});

test.each([
  ['Host', 'evil.example'],
  ['Transfer-Encoding', 'chunked'],
  ['Content-Length', '5'],
  ['User-Agent', 'Mozilla'],
  ['If-None-Match', '"x"'],
  ['Range', 'bytes=0-1'],
  ['Proxy-Authorization', 'x'],
  ['X-Bad', 'a\r\nEvil: b'],
  ['Bad Name', 'x'],
  ['Accept-Encoding', 'x'],
])('the header %s is not the caller’s', async (name, value) => {
  const before = server.log.length;
  expect(await failure(get('/here', { headers: { [name]: value } }))).toBeInstanceOf(ConfigError);
  expect(server.log).toHaveLength(before);
});

test('https does not fall back to http', async () => {
  const { checkRedirect } = await import('../../../crawler/fetch/check-redirect.ts');
  const step = (from: string, location: string) => checkRedirect(new URL(from), location, {});
  expect(() => step('https://example.org/', 'http://example.org/')).toThrow(AddressRefused);
  expect(step('https://example.org/', '//example.com/x').href).toBe('https://example.com/x');
  expect(step('http://example.org/', 'https://example.org/').protocol).toBe('https:');
});

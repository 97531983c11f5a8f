import { setTimeout as sleep } from 'node:timers/promises';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RetryLater, SourceBroken } from '../../../crawler/errors.ts';
import { type Handler, raw, startFaultServer, startTcpServer } from './fault-server.ts';
import { drained, failure, local, newGate, text } from './gate-fixture.ts';

const MiB = 1024 * 1024;
const zeros = Buffer.alloc(4 * MiB);
/** 320 MiB of zeros; frames and members may follow one another in these formats. */
const repeated = (frame: Buffer) => Buffer.concat(Array.from({ length: 80 }, () => frame));
const gzipBomb = repeated(zlib.gzipSync(zeros, { level: 9 }));
const bombs: Record<string, [string, Buffer]> = {
  gzip: ['gzip', gzipBomb],
  deflate: ['deflate', zlib.deflateSync(Buffer.alloc(160 * MiB), { level: 1 })],
  br: [
    'br',
    zlib.brotliCompressSync(Buffer.alloc(160 * MiB), { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }),
  ],
  zstd: ['zstd', repeated(zlib.zstdCompressSync(zeros))],
  nested: ['gzip, gzip', zlib.gzipSync(gzipBomb)],
};
/** Unpacks to 8 MB of empty gzip members, which unpack to nothing. */
const collapsing = zlib.gzipSync(Buffer.alloc(8_000_000, zlib.gzipSync(Buffer.alloc(0))));
const plain = JSON.stringify({
  items: Array.from({ length: 500 }, (_, index) => ({ id: index, title: `Course ${index}` })),
});

const send =
  (body: Uint8Array | string, headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    void response.writeHead(200, headers).end(body);
const encoded = (encoding: string, body: Uint8Array) => send(body, { 'content-encoding': encoding });

const routes: Record<string, Handler> = {
  '/plain': send(plain, { 'content-type': 'Application/JSON; Charset="UTF-8"', etag: '"v1"', 'set-cookie': 'a=b' }),
  '/gzip': encoded('gzip', zlib.gzipSync(plain)),
  '/x-gzip': encoded('x-gzip', zlib.gzipSync(plain)),
  '/members': encoded('gzip', Buffer.concat([zlib.gzipSync(plain.slice(0, 100)), zlib.gzipSync(plain.slice(100))])),
  '/deflate': encoded('deflate', zlib.deflateSync(plain)),
  '/raw-deflate': encoded('deflate', zlib.deflateRawSync(plain)),
  '/br': encoded('br', zlib.brotliCompressSync(plain)),
  '/zstd': encoded('zstd', zlib.zstdCompressSync(plain)),
  '/twice': encoded('br, gzip', zlib.gzipSync(zlib.brotliCompressSync(plain))),
  '/identity': encoded('identity', Buffer.from(plain)),
  '/dump.json.gz': send(zlib.gzipSync(plain), { 'content-type': 'application/gzip' }),
  '/plain.json.gz': send(plain),
  '/empty-gzip': encoded('gzip', Buffer.alloc(0)),
  '/bytewise': async (_, response) => {
    response.writeHead(200, { 'content-encoding': 'deflate' });
    for (const byte of zlib.deflateSync('slow start')) {
      response.write(Buffer.from([byte]));
      await sleep(1);
    }
    response.end();
  },
  '/six': encoded('gzip, gzip, gzip, gzip, gzip, gzip', gzipBomb),
  '/unknown': encoded('compress', Buffer.from(plain)),
  '/lie-gzip': encoded('gzip', Buffer.from(plain)),
  '/lie-short': (_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': '9' }).end('not gzip!');
  },
  '/lie-br': encoded('br', Buffer.from(plain)),
  '/lie-zstd': encoded('zstd', Buffer.from(plain)),
  '/lie-deflate': encoded('deflate', Buffer.from(plain)),
  '/corrupt': encoded('gzip', zlib.gzipSync(plain).fill(7, 30, 60)),
  '/cut-gzip': encoded('gzip', zlib.gzipSync(plain).subarray(0, 200)),
  '/cut-zstd': encoded('zstd', zlib.zstdCompressSync(plain).subarray(0, 200)),
  '/cut-br': encoded('br', zlib.brotliCompressSync(plain).subarray(0, 100)),
  '/cut-deflate': encoded('deflate', zlib.deflateSync(plain).subarray(0, 200)),
  '/collapsing': encoded('gzip, gzip', collapsing),
  '/big': send(zeros.subarray(0, 3 * MiB)),
  '/announced': (_, response) =>
    void response.writeHead(200, { 'content-length': String(10 * 1024 * MiB) }).flushHeaders(),
  '/endless': (_, response) => {
    response.writeHead(200);
    const chunk = Buffer.alloc(256 * 1024, 'x');
    const more = () => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  },
  '/drip': (_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('x'), 40);
    response.on('close', () => clearInterval(timer));
  },
  '/silent': (_, response) => void response.writeHead(200).write('x'),
  '/mute': () => {},
};
for (const [name, [encoding, bytes]] of Object.entries(bombs)) routes[`/bomb-${name}`] = encoded(encoding, bytes);

let server: Awaited<ReturnType<typeof startFaultServer>>;
const gate = newGate();
const get = (path: string, limits = {}) => gate.fetch(local(server.origin + path, { limits }));
const read = async (path: string, limits = {}) => drained(await get(path, limits));

beforeAll(async () => {
  server = await startFaultServer(routes);
});
afterAll(async () => {
  await gate.close();
  await server.close();
});

describe('decoding', () => {
  test('a plain answer, with what is said about it', async () => {
    const response = await get('/plain');
    expect(response).toMatchObject({
      status: 200,
      mediaType: 'application/json',
      charset: 'utf-8',
      etag: '"v1"',
      notModified: false,
    });
    expect(response.headers['set-cookie']).toBeUndefined();
    expect(await text(response)).toBe(plain);
    expect(response.bytes).toEqual({ wire: plain.length, decoded: plain.length });
    const { headers } = server.log.at(-1) ?? {};
    expect(headers?.['user-agent']).toMatch(/^Credatlas\/\d+\.\d+\.\d+ \(\+https:\/\/example\.org\/about\)$/);
    expect(headers?.['accept-encoding']).toContain('gzip');
  });

  test.each([
    'gzip',
    'x-gzip',
    'members',
    'deflate',
    'raw-deflate',
    'br',
    'zstd',
    'twice',
    'identity',
    'dump.json.gz',
    'plain.json.gz',
  ])('/%s comes out plain', async (name) => {
    const response = await get(`/${name}`);
    expect(await text(response)).toBe(plain);
    expect(response.bytes.decoded).toBe(plain.length);
  });

  test('an empty encoded body is empty, and one that comes byte by byte is whole', async () => {
    expect(await text(await get('/empty-gzip'))).toBe('');
    expect(await text(await get('/bytewise'))).toBe('slow start');
  });

  test.each(['six', 'unknown', 'lie-gzip', 'lie-short', 'lie-br', 'lie-zstd', 'lie-deflate', 'corrupt'])(
    '/%s is a broken source',
    async (name) => {
      const error = await failure(read(`/${name}`));
      expect(error).toBeInstanceOf(SourceBroken);
      expect(error.message).toContain(`/${name}`);
    },
  );

  test.each(['gzip', 'zstd', 'br', 'deflate'])('/cut-%s is cut short: to be read again', async (name) => {
    expect(await failure(read(`/cut-${name}`))).toBeInstanceOf(RetryLater);
  });
});

describe('size', () => {
  test.each(Object.keys(bombs))(
    'the %s bomb is stopped by its ratio and by its size, in little memory',
    async (name) => {
      globalThis.gc?.();
      const before = process.memoryUsage().rss;
      let peak = before;
      const watch = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage().rss);
      }, 2);
      const byRatio = await get(`/bomb-${name}`);
      expect((await failure(drained(byRatio))).message).toContain('200 times');
      expect(byRatio.bytes.decoded).toBeLessThanOrEqual(Math.max(MiB, byRatio.bytes.wire * 200));
      const bySize = await get(`/bomb-${name}`, { ratio: 1e9, decodedBytes: 150 * MiB });
      expect((await failure(drained(bySize))).message).toContain('larger than');
      expect(bySize.bytes.decoded).toBeLessThanOrEqual(150 * MiB);
      clearInterval(watch);
      expect(Math.max(peak, process.memoryUsage().rss) - before).toBeLessThan(100 * MiB);
    },
  );

  test('a bomb that collapses again in the next step is stopped', async () => {
    expect((await failure(read('/collapsing', { ratio: 20 }))).message).toContain('20 times');
  });

  test('limits on the wire: counted, and announced', async () => {
    const error = await failure(read('/big', { wireBytes: MiB }));
    expect(error).toBeInstanceOf(SourceBroken);
    expect(error.message).toContain('larger than 1048576 bytes');
    expect((await failure(get('/announced'))).message).toContain('10737418240 bytes');
    const endless = await get('/endless', { wireBytes: 5 * MiB });
    expect(await failure(drained(endless))).toBeInstanceOf(SourceBroken);
    expect(endless.bytes.decoded).toBeLessThanOrEqual(5 * MiB);
    expect(await read('/big')).toBe(3 * MiB);
  });

  test('a limit that is undefined or NaN does not lift the limit', async () => {
    const small = newGate({ limits: { wireBytes: MiB } });
    for (const wireBytes of [undefined, Number.NaN]) {
      const response = small.fetch(local(`${server.origin}/big`, { limits: { wireBytes } }));
      expect(await failure(response.then(drained))).toBeInstanceOf(SourceBroken);
    }
    await small.close();
  });
});

describe('time', () => {
  const within = async (ms: number, promise: Promise<unknown>) => {
    const started = performance.now();
    const error = await failure(promise);
    expect(performance.now() - started).toBeLessThan(ms);
    expect(error).toBeInstanceOf(RetryLater);
    return error.message;
  };

  test('no headers, silence, drip, and the total', async () => {
    expect(await within(900, read('/mute', { headersMs: 200 }))).toContain('no answer for 0.2 s');
    expect(await within(900, read('/silent', { idleMs: 200 }))).toContain('silent for 0.2 s');
    expect(await within(1200, read('/drip', { throughputWindowMs: 300 }))).toContain('100 bytes a second');
    expect(await within(1200, read('/drip', { totalMs: 300 }))).toContain('0.3 s');
    expect(await within(900, read('/mute', { totalMs: 200 }))).toContain('0.2 s');
  });

  test('a slow reader is not a slow source', async () => {
    const response = await get('/big', { totalMs: 400, idleMs: 200, throughputWindowMs: 200 });
    let length = 0;
    for await (const chunk of response.body) {
      if (length === 0) await sleep(600);
      length += chunk.byteLength;
    }
    expect(length).toBe(3 * MiB);
  });

  test('the signal breaks off waiting and reading, and gives the slot back', async () => {
    const one = { requestsPerSecond: 1000, concurrency: 1 };
    const fetch = (path: string, signal?: AbortSignal) =>
      gate.fetch(local(server.origin + path, { politeness: one, signal }));
    const reason = new Error('cancelled by the operator');
    const waiting = new AbortController();
    setTimeout(() => waiting.abort(reason), 50);
    expect(await failure(fetch('/mute', waiting.signal))).toBe(reason);
    const reading = new AbortController();
    const response = await fetch('/silent', reading.signal);
    setTimeout(() => reading.abort(reason), 50);
    expect(await failure(drained(response))).toBe(reason);
    expect(await drained(await fetch('/plain'))).toBe(plain.length);
  });

  test('a reader that leaves, or never comes, gives the slot back; what it left never looks like the end', async () => {
    const one = { requestsPerSecond: 1000, concurrency: 1 };
    const fetch = (limits = {}) => gate.fetch(local(`${server.origin}/endless`, { politeness: one, limits }));
    for await (const _ of (await fetch()).body) break;
    await (await fetch()).dispose();
    const abandoned = await fetch({ abandonedMs: 50 });
    const next = await fetch();
    expect(await failure(drained(abandoned))).toBeInstanceOf(RetryLater);
    await next.dispose();
    await next.dispose();
    expect(await failure(drained(next))).toBeInstanceOf(RetryLater);
    const signal = new AbortController();
    const held = await gate.fetch(local(`${server.origin}/endless`, { signal: signal.signal }));
    const reader = held.body[Symbol.asyncIterator]();
    await reader.next();
    signal.abort(new Error('stop'));
    expect((await failure(reader.next())).message).toBe('stop');
  });
});

describe('broken messages', () => {
  const ok = 'HTTP/1.1 200 OK\r\n';
  test.each<[string, string, typeof RetryLater | typeof SourceBroken]>([
    ['Content-Length not reached', `${ok}Content-Length: 100\r\n\r\nshort`, RetryLater],
    ['last chunk missing', `${ok}Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n`, RetryLater],
    ['chunk size is nonsense', `${ok}Transfer-Encoding: chunked\r\n\r\nzz\r\nshort\r\n`, SourceBroken],
    ['two lengths', `${ok}Content-Length: 5\r\nContent-Length: 6\r\n\r\nshort`, SourceBroken],
    [
      'huge headers',
      `${ok}${Array.from({ length: 30 }, (_, i) => `x-${i}: ${'y'.repeat(4000)}\r\n`).join('')}\r\n`,
      SourceBroken,
    ],
    ['one huge header', `${ok}x: ${'y'.repeat(MiB)}\r\n\r\n`, SourceBroken],
    ['not HTTP', 'SSH-2.0-OpenSSH_9.9\r\n', SourceBroken],
    ['nothing', '', RetryLater],
    ['partial content nobody asked for', 'HTTP/1.1 206 Partial Content\r\nContent-Length: 2\r\n\r\nhi', SourceBroken],
    ['not modified, nobody asked', 'HTTP/1.1 304 Not Modified\r\n\r\n', SourceBroken],
  ])('%s', async (_, answer, kind) => {
    const broken = await startTcpServer(raw(answer));
    const error = await failure(gate.fetch(local(broken.origin)).then(drained));
    expect(error).toBeInstanceOf(kind);
    expect(error.message).not.toContain('OpenSSH');
    await broken.close();
  });

  test('a body that ends with its connection is marked as such', async () => {
    const server10 = await startTcpServer(raw('HTTP/1.0 200 OK\r\n\r\n{"a":1}\n{"b":2}\n'));
    const response = await gate.fetch(local(server10.origin));
    expect(response.framed).toBe(false);
    expect(await text(response)).toBe('{"a":1}\n{"b":2}\n');
    await server10.close();
    const framed = await get('/plain');
    expect(framed.framed).toBe(true);
    await framed.dispose();
  });

  test('drip in the headers, and endless interim answers', async () => {
    const drip = await startTcpServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => socket.write('x-a: b\r\n'), 30);
      socket.on('close', () => clearInterval(timer));
    });
    const hints = await startTcpServer((socket) => {
      const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(20)), 5);
      socket.on('close', () => clearInterval(timer));
    });
    for (const slow of [drip, hints]) {
      const error = await failure(gate.fetch(local(slow.origin, { limits: { headersMs: 250 } })));
      expect(error).toBeInstanceOf(RetryLater);
      expect(error.message).toContain('no answer for 0.25 s');
      await slow.close();
    }
  });
});

import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AddressRefused, RetryLater } from '../../../crawler/errors.ts';
import { checkUrl } from '../../../crawler/fetch/check-url.ts';
import { createGuardedConnect, type Resolver, resolveChecked } from '../../../crawler/fetch/guarded-connect.ts';
import { startFaultServer, startTcpServer } from './fault-server.ts';
import { failure, local, newGate, text } from './gate-fixture.ts';

let canary: Awaited<ReturnType<typeof startTcpServer>>;
let canary6: Awaited<ReturnType<typeof startTcpServer>> | undefined;
let server: Awaited<ReturnType<typeof startFaultServer>>;
const gate = newGate();

beforeAll(async () => {
  canary = await startTcpServer(undefined, '0.0.0.0');
  canary6 = await startTcpServer(undefined, '::1').catch(() => undefined);
  server = await startFaultServer({
    '/to': (request, response) => {
      const target = new URL(request.url ?? '', 'http://x').searchParams.get('target') ?? '';
      response.writeHead(302, { location: target }).end();
    },
    '/hello': (_, response) => void response.end('hello'),
  });
});
afterAll(async () => {
  await gate.close();
  await Promise.all([canary.close(), canary6?.close(), server.close()]);
});

/** Hosts that lead to this machine, to private networks, or to metadata services, in every spelling. */
const hosts = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0x7F.0x0.0x0.0x1',
  '017700000001',
  '0177.0.0.1',
  '0177.0.0.01',
  '127.0.0.1.',
  '0',
  '0.0.0.0',
  '00.0.0.0',
  '%31%32%37.0.0.1',
  '１２７.０.０.１',
  '127。0。0。1',
  '①②⑦.0.0.1',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'sub.localhost',
  'ⓛocalhost',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  '[fe80::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fec0::1]',
  '[ff02::1]',
  '[2001:db8::1]',
  '169.254.169.254',
  '0xa9fea9fe',
  '2852039166',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.0.1',
  '100.64.0.1',
  '198.18.0.1',
  '192.0.2.1',
  '224.0.0.1',
  '255.255.255.255',
  '168.63.129.16',
];

/** Spellings that stay closed even to those who may use loopback. */
const neverLoopback = hosts.filter((host) => {
  const name = URL.parse(`http://${host}/`)?.hostname ?? '';
  return !/^127\.|localhost|^\[::1\]$/.test(name);
});

describe('addresses that are not the public internet', () => {
  test.each(hosts)('http://%s is refused', async (host) => {
    for (const port of [canary.port, 80]) {
      const error = await failure(gate.fetch(local(`http://${host}:${port}/secret`, { allowLoopback: false })));
      expect(error).toBeInstanceOf(AddressRefused);
      expect(error.remedy).toBeTruthy();
    }
  });

  test.each(neverLoopback)('a redirect to http://%s is refused', async (host) => {
    const target = encodeURIComponent(`http://${host}:${canary.port}/secret`);
    const error = await failure(gate.fetch(local(`${server.origin}/to?target=${target}`)));
    expect(error).toBeInstanceOf(AddressRefused);
    expect(error.message).toContain(`${server.origin}/to`);
  });

  test.each([
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'data:text/plain,hi',
    'ftp://example.org/',
    'javascript:0',
    'blob:http://x/1',
  ])('%s is refused, also as a redirect', async (url) => {
    expect(await failure(gate.fetch(local(url)))).toBeInstanceOf(AddressRefused);
    const redirect = `${server.origin}/to?target=${encodeURIComponent(url)}`;
    expect(await failure(gate.fetch(local(redirect)))).toBeInstanceOf(AddressRefused);
  });

  test.each([
    'http://example.org:6379/',
    'http://example.org:22/',
    'https://example.org:25/',
    'http://user:pw@example.org/',
    'http://user@example.org/',
    'not a url',
    '',
  ])('%s is refused', async (url) => {
    const error = await failure(gate.fetch(local(url)));
    expect(error).toBeInstanceOf(AddressRefused);
    expect(error.message).not.toContain('pw');
    expect(error.message.length).toBeLessThan(500);
  });

  test.each([
    'http:/H',
    'http:H',
    'http:\\\\H',
    'http:///H',
    ' \thttp://H',
    'ht\ntp://H',
    'HTTP://H',
    'http://H#@example.org',
    'http://H?@example.org',
    'http://example.org@H',
  ])('odd notation %j is refused', async (notation) => {
    const url = `${notation.replace('H', `127.0.0.1:${canary.port}/`)}`;
    expect(await failure(gate.fetch(local(url, { allowLoopback: false })))).toBeInstanceOf(AddressRefused);
  });

  test('an endless URL is refused', async () => {
    const error = await failure(gate.fetch(local(`https://example.org/${'x'.repeat(9000)}`)));
    expect(error).toBeInstanceOf(AddressRefused);
    expect(error.message.length).toBeLessThan(500);
  });

  test('the canaries saw nobody', () => {
    expect(canary.counter.connections).toBe(0);
    expect(canary6?.counter.connections ?? 0).toBe(0);
  });
});

/** Each layer is tried without the other: the gate as a whole would hide that one of them is gone. */
describe('the two layers', () => {
  const connect = createGuardedConnect({ allowLoopback: false, timeout: 300, resolver: async () => [] });

  test.each(hosts)(
    '%s: the URL check refuses it before anything is opened, and so does the connector alone',
    async (host) => {
      expect(() => checkUrl(`http://${host}/`)).toThrow(AddressRefused);
      const { hostname } = new URL(`http://${host}/`);
      const open = new Promise((resolve, reject) => {
        const target = { hostname, host: hostname, protocol: 'http:', port: String(canary.port) };
        connect(target, (...[error, socket]) => (error ? reject(error) : resolve(socket)));
      });
      expect(await failure(open)).toBeInstanceOf(AddressRefused);
    },
  );

  test('the canaries saw nobody', () => {
    expect(canary.counter.connections).toBe(0);
    expect(canary6?.counter.connections ?? 0).toBe(0);
  });
});

describe('names', () => {
  const ipv4 = (...list: string[]) => list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const named = (resolver: Resolver) => newGate({ resolver, limits: { connectMs: 400, headersMs: 500 } });

  test.each([
    ['127.0.0.1'],
    ['::1'],
    ['10.1.2.3'],
    ['169.254.169.254'],
    ['::ffff:127.0.0.1'],
    ['fe80::1%lo'],
    ['64:ff9b::7f00:1'],
    ['127.0.0.1', '::1', '192.168.0.1'],
    [],
  ])('a name that resolves to %s is refused and nothing is said of what is there', async (...addresses) => {
    const guarded = named(async () => ipv4(...addresses));
    const error = await failure(guarded.fetch(local('http://feed.example/', { allowLoopback: false })));
    expect(error).toBeInstanceOf(AddressRefused);
    for (const address of addresses) expect(error.message).not.toContain(address);
    await guarded.close();
  });

  // Loopback with leave stands for the public network here, so that no test needs one.
  test('of a mixed answer only the permitted addresses are tried', async () => {
    const guarded = named(async () => ipv4('10.0.0.1', '::ffff:127.0.0.1', '169.254.169.254', '127.0.0.1'));
    const started = performance.now();
    const response = await guarded.fetch(local('http://feed.example:8080/hello')).catch((error) => error);
    // Nothing listens on 8080 of 127.0.0.1 or something does: either way nobody waited for a private address to time out.
    expect(performance.now() - started).toBeLessThan(300);
    expect(response).not.toBeInstanceOf(AddressRefused);
    const addresses = await resolveChecked('feed.example', false, async () =>
      ipv4('127.0.0.1', '11.0.0.1', '10.0.0.1', '2a00::1'),
    );
    expect(addresses.map(({ address }) => address)).toEqual(['11.0.0.1', '2a00::1']);
    await guarded.close();
  });

  test('rebinding: a connection resolves once and goes to what was checked; the next one is checked anew', async () => {
    let asked = 0;
    const socketTo = (connect: buildConnector.connector) =>
      new Promise<Socket>((resolve, reject) => {
        connect(
          { hostname: 'rebind.example', host: 'rebind.example', protocol: 'http:', port: String(server.port) },
          (...[error, socket]) => (error ? reject(error) : resolve(socket as Socket)),
        );
      });
    const connect = createGuardedConnect({
      allowLoopback: true,
      timeout: 500,
      resolver: async () => {
        asked += 1;
        return asked === 1 ? ipv4('127.0.0.1') : ipv4('10.0.0.1');
      },
    });
    const socket = await socketTo(connect);
    expect(socket.remoteAddress).toBe('127.0.0.1');
    expect(asked).toBe(1);
    socket.destroy();
    expect(await failure(socketTo(connect))).toBeInstanceOf(AddressRefused);
    expect(asked).toBe(2);
  });

  test('a pooled loopback connection does not serve a request without leave', async () => {
    expect(await text(await gate.fetch(local(`${server.origin}/hello`)))).toBe('hello');
    const seen = server.log.length;
    expect(await failure(gate.fetch(local(`${server.origin}/hello`, { allowLoopback: false })))).toBeInstanceOf(
      AddressRefused,
    );
    expect(server.log).toHaveLength(seen);
  });

  test('localhost with leave needs no resolver', async () => {
    const guarded = named(async () => {
      throw new Error('not to be asked');
    });
    const response = await guarded.fetch(local(`http://localhost:${server.port}/hello`));
    expect(await text(response)).toBe('hello');
    expect(response.url).toBe(`http://localhost:${server.port}/hello`);
    await guarded.close();
  });

  test('an unknown name is a broken source, a resolver that is down is not', async () => {
    const failing = (code: string) => named(async () => Promise.reject(Object.assign(new Error(code), { code })));
    const [gone, down] = [failing('ENOTFOUND'), failing('EAI_AGAIN')];
    expect((await failure(gone.fetch(local('http://gone.example/')))).message).toContain('does not exist');
    expect(await failure(down.fetch(local('http://down.example/')))).toBeInstanceOf(RetryLater);
    await Promise.all([gone.close(), down.close()]);
  });
});

test('proxy variables of the environment are ignored', async () => {
  const names = ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'NODE_USE_ENV_PROXY'];
  const before = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  for (const name of names) process.env[name] = name === 'NODE_USE_ENV_PROXY' ? '1' : canary.origin;
  const fresh = newGate();
  try {
    expect(await text(await fresh.fetch(local(`${server.origin}/hello`)))).toBe('hello');
    expect(canary.counter.connections).toBe(0);
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await fresh.close();
  }
});

import { createServer, type Server } from 'node:net';
import { type Case, type Context, check, crawlerIn, same, scene, sourceOf } from '../context.ts';
import { courses, page } from '../feed.ts';

const family = '7 addresses';

/** A canary on all of this machine's addresses and on a port the gate lets through: whoever connects is counted. */
let canary: Promise<{ port: number; connections: () => number }> | undefined;
function theCanary(context: Context) {
  canary ??= (async () => {
    let connections = 0;
    for (const port of [8080, 8443, 80]) {
      const servers = await Promise.all(
        ['0.0.0.0', '::1'].map(
          (host) =>
            new Promise<Server | undefined>((resolve) => {
              const server = createServer((socket) => {
                connections++;
                socket.on('error', () => {});
                socket.end('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret');
              });
              server.once('error', () => resolve(undefined));
              server.listen(port, host, () => resolve(server));
            }),
        ),
      );
      if (servers[0]) {
        context.later(() => servers.forEach((server) => void server?.close()));
        return { port, connections: () => connections };
      }
    }
    throw new Error('no port for the canary: 80, 8080 and 8443 are taken');
  })();
  return canary;
}

/** Hosts that lead to this machine, to private networks or to metadata services, in every spelling. */
const SPELLINGS = [
  '127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '2130706433', '0x7f000001', '0x7f.1', '0x7F.0x0.0x0.0x1',
  '017700000001', '0177.0.0.1', '127.0.0.1.', '0', '0.0.0.0', '%31%32%37.0.0.1', '１２７.０.０.１', '①②⑦.0.0.1',
  'localhost', 'LOCALHOST', 'localhost.', 'sub.localhost', 'ⓛocalhost', '[::1]', '[0:0:0:0:0:0:0:1]', '[::]',
  '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]', '[64:ff9b::127.0.0.1]', '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]', '[fe80::1]', '[fc00::1]', '[fd00:ec2::254]', '169.254.169.254', '0xa9fea9fe', '2852039166',
  '10.0.0.1', '172.16.0.1', '192.168.0.1', '100.64.0.1', '168.63.129.16',
]; // biome-ignore format: a table

/** Global unicast by its number, given to nobody: no packet arrives anywhere. */
const PUBLIC = { address: '3000::1', family: 6 };

/** Spellings that leave for loopback does not open. */
const CLOSED = ['169.254.169.254', '10.0.0.1', '[::ffff:127.0.0.1]', '0', '[64:ff9b::127.0.0.1]', '2852039166'];

async function quiet(context: Context, work: (port: number) => Promise<void>): Promise<void> {
  const { port, connections } = await theCanary(context);
  const before = connections();
  await work(port);
  same(connections() - before, 0, 'connections at the canary');
}

/** Harvests a source at each of the addresses, without leave for loopback: each fails for its address. */
const refuses = (name: string, addresses: (port: number) => string[]): Case => ({
  family,
  name,
  async run(context) {
    const store = await context.store();
    const crawler = crawlerIn(context, store, { limits: { headersMs: 2_000, totalMs: 3_000 } });
    await quiet(context, async (port) => {
      for (const url of addresses(port)) {
        const run = await crawler.harvest(sourceOf({ id: context.id('ssrf'), url, allowLoopback: false }));
        same(run.state, 'failed', url);
        check(
          /not on the public internet|this machine|not allowed|user name|absolute URL/.test(run.reason ?? ''),
          `${url}: ${run.reason}`,
        );
        check(!/secret/.test(run.reason ?? ''), `the reason tells what answered: ${run.reason}`);
      }
    });
    await crawler.close();
  },
});

/** A public page leads to a private address, by whatever means; the private page is asked for by nobody. */
const leads = (
  name: string,
  lead: (target: string, s: { origin: string }) => Record<string, unknown>,
  more: object = {},
): Case => ({
  family,
  name,
  async run(context) {
    await quiet(context, async (port) => {
      for (const host of CLOSED) {
        const s = await scene(context, 'lead', {}, { source: more, limits: { headersMs: 2_000, totalMs: 3_000 } });
        Object.assign(s.server.routes, lead(`http://${host}:${port}/x`, s.server));
        const run = await s.harvest();
        check(run.state !== 'complete', `${host}: the run ended ${run.state}`);
        check(!/secret/.test(run.reason ?? ''), `reason: ${run.reason}`);
      }
    });
  },
});

export const cases: Case[] = [
  refuses(`${SPELLINGS.length} spellings of private addresses`, (port) =>
    SPELLINGS.map((host) => `http://${host}:${port}/x`),
  ),
  refuses('other schemes, ports and userinfo', (port) => [
    'gopher://127.0.0.1:6379/_INFO',
    'ftp://127.0.0.1/feed',
    'data:application/json,{"items":[]}',
    'http://93.184.216.34:6379/',
    'http://93.184.216.34:22/',
    `http://93.184.216.34:pw@127.0.0.1:${port}/`,
    `http://user@127.0.0.1:${port}/`,
    `http://example.org@127.0.0.1:${port}/`,
    `http:\\\\127.0.0.1:${port}\\`,
    `http:127.0.0.1:${port}`,
    'http://user:pw@[3000::1]/',
  ]),
  {
    family,
    name: 'a redirect to another scheme, to another port or with a password is not followed, wherever it leads',
    async run(context) {
      const targets = ['file:///etc/passwd', 'gopher://[3000::1]/', 'http://[3000::1]:6379/', 'http://a:b@[3000::1]/'];
      for (const location of targets) {
        const answer = { status: 302, headers: { location } };
        const s = await scene(context, 'strange', { '/courses': answer }, { limits: { headersMs: 1_000 } });
        const run = await s.harvest();
        same(run.state, 'failed', location);
        check(/is not allowed|user name or password/.test(run.reason ?? ''), `${location}: ${run.reason}`);
      }
    },
  },
  {
    family,
    name: 'a file address is read for nobody but the operator',
    async run(context) {
      const store = await context.store();
      const crawler = crawlerIn(context, store);
      const run = await crawler.harvest(sourceOf({ id: context.id('file'), url: 'file:///etc/passwd' }));
      same(run.state, 'failed', 'state');
      check(!/root:/.test(run.reason ?? ''), 'the reason tells what is in the file');
    },
  },
  leads('redirects (301, 302, 307, 308) to private addresses', (target) => ({
    '/courses': (_: unknown, response: import('node:http').ServerResponse) =>
      void response.writeHead([301, 302, 307, 308][target.length % 4] as number, { location: target }).end(),
  })),
  leads('a chain of redirects whose last is private', (target) => ({
    '/courses': { status: 302, headers: { location: '/two' } },
    '/two': { status: 307, headers: { location: '/three' } },
    '/three': { status: 302, headers: { location: target } },
  })),
  leads(
    'a next page at a private address',
    (target) => ({
      '/courses': JSON.stringify({ items: [{ id: 'a', title: 'A' }], next: target }),
    }),
    { format: 'drill' },
  ),
  leads(
    'a sitemap entry at a private address',
    (target, s) => ({
      '/courses': {
        headers: { 'content-type': 'application/xml' },
        body: `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${s.origin}/a.html</loc></url><url><loc>${target}</loc></url></urlset>`,
      },
      '/a.html': { headers: { 'content-type': 'text/html' }, body: '<html><title>nothing</title></html>' },
    }),
    { format: 'schema-org', options: { hosts: '*' } },
  ),
  {
    family,
    name: 'meta refresh and Link: next in a page are no orders',
    async run(context) {
      await quiet(context, async (port) => {
        const s = await scene(context, 'meta', {
          '/courses': {
            headers: { 'content-type': 'text/html', link: `<http://169.254.169.254:${port}/>; rel="next"` },
            body: `<html><head><meta http-equiv="refresh" content="0;url=http://127.0.0.1:${port}/"></head></html>`,
          },
        });
        const run = await s.harvest();
        check(run.state !== 'complete', `the run ended ${run.state}`);
        same(s.server.pages().length, 1, 'requests');
      });
    },
  },
  {
    family,
    name: 'a name with private addresses only, and one that changes its answer (rebinding)',
    async run(context) {
      await quiet(context, async (port) => {
        const store = await context.store();
        let asked = 0;
        const crawler = crawlerIn(context, store, {
          limits: { headersMs: 1_500, totalMs: 2_500 },
          resolver: async (name) => {
            asked++;
            if (name === 'private.example')
              return [
                { address: '127.0.0.1', family: 4 },
                { address: '10.1.2.3', family: 4 },
              ];
            // the first answer is public (and silent), every later one is this machine
            return asked % 2 ? [PUBLIC] : [{ address: '127.0.0.1', family: 4 }];
          },
        });
        for (const name of ['private.example', 'rebind.example', 'rebind.example', 'rebind.example']) {
          const source = sourceOf({ id: context.id('dns'), url: `http://${name}:${port}/`, allowLoopback: false });
          same((await crawler.harvest(source)).state, 'failed', name);
        }
        check(asked >= 2, 'nobody asked for the names');
        await crawler.close();
      });
    },
  },
  {
    family,
    name: 'a name with a public and a private address: never the private one',
    async run(context) {
      await quiet(context, async (port) => {
        const store = await context.store();
        const crawler = crawlerIn(context, store, {
          limits: { headersMs: 2_000, totalMs: 3_000 },
          resolver: async () => [{ address: '127.0.0.1', family: 4 }, PUBLIC, { address: '::1', family: 6 }],
        });
        const source = sourceOf({
          id: context.id('mixed'),
          url: `http://mixed.example:${port}/`,
          allowLoopback: false,
        });
        same((await crawler.harvest(source)).state, 'failed', 'state');
        await crawler.close();
      });
    },
    seconds: 30,
  },
  {
    family,
    name: 'a proxy in the environment is passed by',
    async run(context) {
      await quiet(context, async (port) => {
        const names = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'all_proxy'];
        for (const name of names) process.env[name] = `http://127.0.0.1:${port}`;
        try {
          const s = await scene(context, 'proxy', { '/courses': page(courses(1, 3)) });
          same((await s.harvest()).created, 3, 'created');
        } finally {
          for (const name of names) delete process.env[name];
        }
      });
    },
  },
  {
    family,
    name: 'keys of a source go to its own origin only, also after a redirect and on a next page',
    async run(context) {
      const other = await context.server({ '*': JSON.stringify({ items: [{ id: 'b', title: 'B' }] }) });
      const s = await scene(
        context,
        'keys',
        { '/courses': JSON.stringify({ items: [{ id: 'a', title: 'A' }], next: `${other.origin}/next` }) },
        { source: { format: 'drill', headers: { 'x-api-key': 'tell-nobody' } } },
      );
      same((await s.harvest()).state, 'complete', 'state');
      same(s.server.pages()[0]?.headers['x-api-key'], 'tell-nobody', 'the key at home');
      s.server.routes['/courses'] = { status: 302, headers: { location: `${other.origin}/moved` } };
      await s.harvest();
      check(other.pages().length >= 2, 'the other host was not asked');
      for (const entry of other.pages())
        check(!JSON.stringify(entry.headers).includes('tell-nobody'), `${entry.path} got the key`);
    },
  },
];

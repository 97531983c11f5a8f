import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findManifest } from '../../../crawler/discovery/find-manifest.ts';
import type { Answer } from '../../support/feed-server.ts';
import { createInternet, WELL } from './fixture.ts';

let net: Awaited<ReturnType<typeof createInternet>>;
beforeAll(async () => {
  net = await createInternet();
});
afterAll(() => net.close());
beforeEach(() => {
  for (const key of Object.keys(net.pages)) delete net.pages[key];
  for (const key of Object.keys(net.txt)) delete net.txt[key];
  net.asked();
});

const manifest = (id = 'courses') =>
  JSON.stringify({ sources: [{ type: 'ooapi', path: 'https://api.weser.example/v5/', id }] });
const DOMAINS = ['schac.weser.example', 'www.weser.example', 'weser.example'];
const find = () => findManifest(net.deps, DOMAINS);
const idOf = (search: Awaited<ReturnType<typeof find>>) => {
  const [entry] = search.found?.manifest.entries ?? [];
  return entry && 'entry' in entry ? entry.entry.id : undefined;
};

describe('order', () => {
  const everything = [
    ...DOMAINS.flatMap((domain) => [
      `TXT ${domain}`,
      `${domain} ${WELL}`,
      `${domain} ${WELL}.json`,
      `${domain} ${WELL}.yaml`,
    ]),
  ];

  test('nothing anywhere: all is asked, in order, and the answer is clear', async () => {
    const search = await find();
    expect(net.asked()).toEqual(everything);
    expect(search).toMatchObject({ absent: DOMAINS, unclear: new Map() });
    expect(search.found).toBeUndefined();
    expect(search.steps).toHaveLength(12);
  });

  test.each(everything.map((place, index) => [place, index] as const))(
    '%s: taken there, nothing more is asked',
    async (place, index) => {
      if (place.startsWith('TXT ')) {
        net.txt[place.slice(4)] = [['v=spf1 -all'], ['v=qldiscover1; m=', net.at('files.example', '/m')]];
        net.pages['files.example /m'] = manifest('by-dns');
      } else net.pages[place] = manifest('by-url');
      const search = await find();
      expect(idOf(search)).toBe(place.startsWith('TXT ') ? 'by-dns' : 'by-url');
      const asked = net.asked().filter((what) => !what.startsWith('files.example'));
      expect(asked).toEqual(everything.slice(0, index + 1));
      expect(search.found?.domain).toBe(DOMAINS[Math.floor(index / 4)]);
    },
  );

  test('YAML is read, whatever its media type', async () => {
    net.pages[`weser.example ${WELL}.yaml`] = {
      headers: { 'content-type': 'text/plain' },
      body: 'sources:\n  - {type: ooapi, path: "https://api.weser.example/", id: from-yaml}\n',
    };
    expect(idOf(await find())).toBe('from-yaml');
  });

  test('a redirect is followed, and its end is the address of the manifest', async () => {
    net.pages[`weser.example ${WELL}`] = { status: 302, headers: { location: net.at('cdn.example', '/m.json') } };
    net.pages['cdn.example /m.json'] = manifest();
    expect((await find()).found).toMatchObject({ domain: 'weser.example', url: net.at('cdn.example', '/m.json') });
  });
});

describe('what is no manifest is passed over, and makes the answer unclear', () => {
  const bomb = () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    return [...lines, 'sources: *a11'].join('\n');
  };
  const cases: [string, Answer, RegExp][] = [
    ['bad YAML', 'sources:\n\t- type: x', /not YAML/],
    ['bad JSON', '{"sources": [', /not JSON/],
    ['a web page', { headers: { 'content-type': 'text/html' }, body: '<p>not found' }, /web page/],
    ['a web page said to be JSON', '<!doctype html>', /web page/],
    ['an alias bomb', bomb(), /alias/i],
    ['10 MB', Buffer.alloc(10_000_000, 'x'), /524288 (bytes|are allowed)/],
    [
      'a gzip bomb',
      { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(50_000_000)) },
      /larger|decoded|expands|times/,
    ],
    ['no sources', '{"sources": []}', /sources/],
    ['another object', '{"openapi": "3.1.0"}', /sources/],
    ['403', { status: 403 }, /403/],
    ['500', { status: 500 }, /500/],
    [
      'a redirect to a private address',
      { status: 302, headers: { location: 'http://169.254.169.254/latest' } },
      /public/,
    ],
    ['a redirect to a private name', { status: 302, headers: { location: 'http://10.0.0.1/m.json' } }, /public/],
    ['a redirect to a file', { status: 302, headers: { location: 'file:///etc/passwd' } }, /scheme/],
  ];
  test.each(cases)('%s', async (_, answer, reason) => {
    net.pages[`schac.weser.example ${WELL}`] = answer;
    net.pages[`weser.example ${WELL}`] = manifest('the-good-one');
    const search = await find();
    expect(idOf(search)).toBe('the-good-one');
    const [step] = search.steps.filter(({ asked }) => asked === net.at('schac.weser.example', WELL));
    expect(['unusable', 'unreachable']).toContain(step?.outcome);
    expect(step?.detail).toMatch(reason);
    expect(search.unclear.get('schac.weser.example')).toMatch(reason);
    expect(search.absent).toEqual(['www.weser.example']);
  });

  test('TXT that leads to a private address connects to nothing', async () => {
    let connections = 0;
    const canary = createServer(() => {}).on('connection', () => connections++);
    await new Promise<void>((done) => canary.listen(0, '127.0.0.1', done));
    const { port } = canary.address() as AddressInfo;
    const spellings = [
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      'localhost',
      'localhost.',
      '[::1]',
      '[::ffff:127.0.0.1]',
      'a.localhost',
    ];
    net.txt['weser.example'] = spellings.map((host) => [`v=qldiscover1; m=http://${host}:${port}/m.json`]);
    const txt = net.deps.txt;
    // Without leave for loopback, as in earnest; the well-known addresses are then refused as well.
    const search = await findManifest({ ...net.deps, txt, allowLoopback: false }, ['weser.example']);
    expect(search.found).toBeUndefined();
    expect(search.steps.filter(({ asked }) => asked.startsWith('TXT')).map(({ outcome }) => outcome)).toEqual(
      spellings.map(() => 'unusable'),
    );
    expect(connections).toBe(0);
    canary.close();
  });

  test('name servers that do not answer leave it unclear', async () => {
    net.txt['weser.example'] = { code: 'ETIMEOUT' };
    const search = await find();
    expect(search.unclear.get('weser.example')).toContain('ETIMEOUT');
    expect(search.absent).toEqual(DOMAINS.slice(0, 2));
  });

  test('a host that is away is asked once, not three times', async () => {
    const port = await closedPort();
    const search = await findManifest({ ...net.deps, originOf: () => `http://127.0.0.1:${port}` }, ['weser.example']);
    expect(search.steps.map(({ outcome }) => outcome)).toEqual(['none', 'unreachable']);
    expect(search.unclear.has('weser.example')).toBe(true);
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

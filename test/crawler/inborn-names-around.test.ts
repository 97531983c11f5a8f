import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { toMeilisearchDocument } from '../../catalogue/search/meilisearch-document.ts';
import { canonicalJson, pack, unpack } from '../../catalogue/store/payload.ts';
import { openStore } from '../../catalogue/store/store.ts';
import { handOver, listenForCommands } from '../../commands/control.ts';
import { decodeText } from '../../crawler/decode/text.ts';
import { checkManifest } from '../../crawler/discovery/manifest.ts';
import { sourceOfEntry } from '../../crawler/discovery/manifest-source.ts';
import { parseManifest } from '../../crawler/discovery/parse-manifest.ts';
import { createAuthoriser } from '../../crawler/fetch/authorisation/authoriser.ts';
import { jwkThumbprint } from '../../crawler/fetch/authorisation/jwk-thumbprint.ts';
import { contentCodings } from '../../crawler/fetch/decode-body.ts';
import { defaultLimits } from '../../crawler/fetch/limits.ts';
import { parseRobots } from '../../crawler/fetch/robots-rules.ts';
import { ruleLink } from '../../crawler/problems/rule-links.ts';
import { ruleOf } from '../../crawler/problems/rules.ts';
import { loadFormats } from '../../crawler/registry.ts';
import { mintCredentialId, mintProviderId, SourceDefinition } from '../../schema/index.ts';
import { searchDocument } from '../contract/search-documents.ts';
import { temporaryFolder } from '../support/cli.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { INBORN, ordinary } from '../support/inborn-names.ts';
import { local, newGate, text } from './fetch/gate-fixture.ts';

const untouched = Object.getOwnPropertyNames(Object.prototype);
const object = (name: string, value: unknown): string => `{${JSON.stringify(name)}: ${JSON.stringify(value)}}`;

const place = { owner: 'feed.example', url: 'https://feed.example/m.json', index: 0, allowLoopback: false };

function manifestOutcome(text: string): string {
  const parsed = parseManifest(text);
  const manifest = 'fault' in parsed ? parsed : checkManifest(parsed.value);
  if ('fault' in manifest) return JSON.stringify(manifest);
  return JSON.stringify(
    manifest.entries.map((checked) => ('entry' in checked ? sourceOfEntry(checked.entry, place) : checked)),
  );
}

/** A manifest with one place for a name, JSON. */
const MANIFESTS: ((name: string) => string)[] = [
  (name) => `{"sources": [{"type": ${JSON.stringify(name)}, "path": "https://a.example/"}]}`,
  (name) =>
    `{"sources": [{"type": "ooapi", "path": "https://a.example/", "id": ${JSON.stringify(name)}, "name": ${JSON.stringify(name)}, "version": ${JSON.stringify(name)}}]}`,
  (name) => `{"sources": [{"type": "ooapi", "path": "https://a.example/", "auth": {"type": ${JSON.stringify(name)}}}]}`,
  (name) =>
    `{"sources": [{"type": "ooapi", "path": "https://a.example/", "auth": {"type": "httpsig", "alg": ${JSON.stringify(name)}, ${object(name, 'x').slice(1)}}]}`,
  (name) =>
    `{"sources": [{"type": "ooapi", "path": "https://a.example/", "refresh": ${object(name, 'x')}, "pageSize": 10}]}`,
  (name) => `{"sources": [{"type": "ooapi", "path": "https://a.example/", "pageSize": ${object(name, 'x')}}]}`,
  (name) => `{"sources": [{"type": "ooapi", "path": "https://a.example/", "name": ${object(name, 'x')}}]}`,
  (name) => `{"sources": [{"type": "ooapi", "path": "https://a.example/", "headers": ${object(name, 'x')}}]}`,
  (name) =>
    `{"sources": [{"type": "ooapi", "path": "https://a.example/", "queryParameters": ${object(name, ['x', 'y'])}}]}`,
  (name) =>
    `{"sources": [{"type": "ooapi", "path": "https://a.example/", ${object(name, { type: 'ooapi' }).slice(1)}], "meta": ${object(name, 'x')}}`,
  (name) => `{${JSON.stringify(name)}: [], "sources": ${object(name, 'x')}}`,
  (name) =>
    `${JSON.stringify(name)}: 1\nsources:\n  - type: ${JSON.stringify(name)}\n    path: https://a.example/\n    ${JSON.stringify(name)}: {polluted: 1}\n`,
];

test.each(MANIFESTS.map((write) => [write('NAME'), write]))('manifest %s', (_, write) => {
  for (const name of INBORN) {
    const other = ordinary(name);
    const [given, wanted] = [write(name), write(other)].map(manifestOutcome) as [string, string];
    expect(given).not.toContain('native code');
    // A key of that one name is left out.
    if (name === '__proto__' && new RegExp(`"${name}":`).test(write(name))) continue;
    // Ids are made of a hash of what is meant.
    const plain = (outcome: string) =>
      outcome.replace(/"ql-[^"]*"/g, '"id"').replace(/"(?:\d+ ){4}\*"|"schedule":"[^"]*"/g, '');
    expect(plain(given).replaceAll(name, other), name).toBe(plain(wanted));
  }
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test('HTTP headers of a server: each is a name like all others', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      const lines = INBORN.flatMap((name) => [`${name}: 1`, `${name}: 2`]);
      socket.end(
        [
          'HTTP/1.1 200 OK',
          ...lines,
          'Content-Type: text/plain; charset=constructor',
          'Content-Length: 2',
          '',
          'ok',
        ].join('\r\n'),
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const gate = newGate();
  try {
    const answer = await gate.fetch(local(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
    expect(await text(answer)).toBe('ok');
    for (const name of INBORN)
      expect(Object.entries(answer.headers), name).toContainEqual([name.toLowerCase(), '1, 2']);
    expect(answer).toMatchObject({ mediaType: 'text/plain', charset: 'constructor' });
  } finally {
    await gate.close();
    server.close();
  }
});

test('HTTP headers for a server: what a source is to send is sent, under any name', async () => {
  let asked = '';
  const server = createServer((socket) => {
    socket.once('data', (data) => {
      asked = data.toString('latin1');
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const gate = newGate();
  const keys = {
    decryption: [],
    signing: [],
    credentials: new Map([['inborn', { field: '__proto__', value: 'secret' }]]),
  };
  const authoriser = createAuthoriser({ fetch: gate.fetch, keys: keys as never });
  const source = SourceDefinition.parse({
    id: 'inborn',
    title: 't',
    format: 'csv',
    url,
    publisher: 'p',
    licence: 'CC0-1.0',
    auth: { type: 'httpheader' },
  });
  try {
    const headers = JSON.parse(`{${INBORN.filter((n) => n !== '__proto__').map((n) => `${JSON.stringify(n)}: "x"`)}}`);
    await text(await authoriser.fetch(source, local(url, { headers })));
    for (const name of INBORN)
      expect(asked.toLowerCase()).toContain(`\r\n${name.toLowerCase()}: ${name === '__proto__' ? 'secret' : 'x'}\r\n`);
  } finally {
    await gate.close();
    server.close();
  }
});

test('a charset, a content encoding, a line of robots.txt, a key type, a rule that is none', async () => {
  const read = async (charset: string) => {
    let out = '';
    const body = (async function* () {
      yield new TextEncoder().encode('Gärten <a>');
    })();
    for await (const piece of decodeText(body, { charset })) out += piece;
    return out;
  };
  const context = { url: new URL('https://feed.example/'), limits: defaultLimits };
  const refusal = (name: string) => {
    try {
      return contentCodings(name, context);
    } catch (error) {
      return (error as Error).message.replaceAll(name.toLowerCase(), 'X').replaceAll(name, 'X');
    }
  };
  for (const name of INBORN) {
    expect(await read(name), name).toBe(await read(ordinary(name)));
    expect(refusal(name), name).toEqual(refusal(ordinary(name)));
    const robots = `${name}: /\nUser-agent: ${name}\nDisallow: /x\n${name}: y\nUser-agent: *\nDisallow: /all\n`;
    expect(parseRobots(robots, 'credatlas').rules, name).toEqual([{ allow: false, pattern: '/all' }]);
    expect(() => jwkThumbprint({ kty: name }), name).toThrow(`no thumbprint for a key of type ${name}`);
    expect(ruleOf(name), name).toBeUndefined();
    expect(ruleLink(name), name).toBeUndefined();
  }
});

test("a server's names never stand for ours: paging fields only are taken from an envelope", async () => {
  const ooapi = (await loadFormats()).get('ooapi');
  const source = SourceDefinition.parse({
    id: 'inborn',
    title: 't',
    format: 'ooapi',
    url: 'https://feed.example/courses',
    publisher: 'p',
    licence: 'CC0-1.0',
  });
  const page = { url: source.url, source, envelope: {} as Record<string, unknown> };
  const members = [
    ...INBORN.map((name) => `${JSON.stringify(name)}: null`),
    '"offeringsOf": "abc"',
    '"version": 6',
    '"@items": 7',
  ];
  const body = `{${members}, "pageNumber": 1, "hasNextPage": false, "items": [{"courseId": "1", "name": "x"}]}`;
  const bytes = (async function* () {
    yield new TextEncoder().encode(body);
  })();
  for await (const _ of ooapi?.records(bytes, page) ?? []);
  expect(ooapi?.next?.(page, 1)).toEqual([]);
  expect(Object.getPrototypeOf(page.envelope)).toBe(Object.prototype);
  expect(page.envelope).toEqual({ pageNumber: 1, hasNextPage: false, '@items': 1 });
});

test.each([
  [
    'ooapi',
    '{"items": [{"courseId": "1", "name": "x", "@repaired": ["a"], " @encoding ": "b", "@dates": "c"}]}',
    '@dates',
  ],
  ['csv', 'identifier,title,@encoding,@unknown,@dates,@description\n1,x,a,b,c,d\n', 'encoding, unknown, dates'],
])("a feed's names never stand for what a reader notes: %s", async (name, body, unmapped) => {
  const format = (await loadFormats()).get(name);
  const source = testSource({ id: 'inborn', format: name, url: 'https://feed.example/courses' });
  const bytes = (async function* () {
    yield new TextEncoder().encode(body);
  })();
  for await (const entry of format?.records(bytes, { url: source.url, source, envelope: {} }) ?? []) {
    const result = 'raw' in entry ? format?.normalise(entry.raw, source, entry.identifier, []) : undefined;
    expect(result?.problems).toEqual([expect.objectContaining({ rule: 'not-mapped', found: unmapped })]);
  }
  expect.assertions(1);
});

const folder = temporaryFolder();
afterAll(folder.remove);

test('the socket for commands knows its commands only', async () => {
  const stop = await listenForCommands(folder.path, { known: async () => 'done' });
  for (const name of INBORN) {
    await expect(
      handOver(folder.path, name, {}, () => {}),
      name,
    ).rejects.toThrow(/does not know this command/);
  }
  await stop();
});

test('what is kept and what is searched: names stay names', () => {
  for (const name of INBORN) {
    const json = `{"a":{${JSON.stringify(name)}:"x"},"b":1}`;
    expect(canonicalJson(JSON.parse(json))).toBe(json);
    expect(JSON.stringify(unpack(pack(json)))).toBe(json);
    const held = toMeilisearchDocument({
      ...searchDocument('x'),
      title: [
        { language: name, value: 'Weaving' },
        { language: name, value: 'Spinning' },
      ],
    });
    const tag = name.startsWith('_') ? 'und' : name;
    expect(Object.entries(held.title as object), name).toEqual([[tag, ['weaving', 'spinning']]]);
  }
});

test('harvested, stored, harvested again: identifiers, bodies and languages with inborn names', async () => {
  const records = INBORN.map((name) => ({
    courseId: name,
    name: [{ language: name, value: `Weaving ${name}` }],
    level: name,
    modeOfDelivery: [name],
    organization: { organizationId: name, name: [{ language: 'en', value: name }] },
    offerings: [{ offeringId: name, modeOfDelivery: [name], startDate: '2027-05-01' }],
  }));
  const path = join(folder.path, 'courses.json');
  writeFileSync(path, JSON.stringify({ items: records }));
  const store = await openStore({});
  const crawl = await createTestCrawl(store);
  try {
    const source = testSource({ id: 'constructor', format: 'ooapi', url: pathToFileURL(path).href });
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', created: 2 * INBORN.length, rejected: 0 });
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', unchanged: 2 * INBORN.length, created: 0 });
    const stored = await store.read.credentials.byIds(INBORN.map((name) => mintCredentialId('constructor', name)));
    expect(stored.map((one) => one?.record.identifier).sort()).toEqual([...INBORN].sort());
    for (const one of stored) {
      expect(JSON.stringify(one)).not.toContain('native code');
      expect(one?.record.level.value).toEqual({ text: [{ language: 'und', value: expect.any(String) }] });
      expect(one?.record.participation.value?.codes).toEqual([]);
      expect(one?.record.opportunities).toHaveLength(1);
      expect(one?.record.offeredBy?.value?.[0]?.id).toBe(mintProviderId('constructor', one?.record.identifier ?? ''));
    }
    // All gone but one: held, as for any source.
    writeFileSync(path, JSON.stringify({ items: records.slice(0, 1) }));
    expect(await crawl.harvest(source)).toMatchObject({ state: 'held', unchanged: 2 });
  } finally {
    await crawl.close();
    await store.close();
  }
}, 60_000);

test('nothing of this touched what all objects come from', () => {
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(untouched);
});

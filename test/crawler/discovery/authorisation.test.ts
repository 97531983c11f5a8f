import {
  constants,
  createPublicKey,
  createVerify,
  generateKeyPairSync,
  type JsonWebKey,
  publicEncrypt,
  verify as verifySignature,
} from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { httpbis } from 'http-message-signatures';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../../catalogue/store/store.ts';
import { createAuthoriser } from '../../../crawler/fetch/authorisation/authoriser.ts';
import { parseCredentials } from '../../../crawler/fetch/authorisation/credentials.ts';
import { decryptSecret } from '../../../crawler/fetch/authorisation/decrypt-secret.ts';
import { jwkThumbprint } from '../../../crawler/fetch/authorisation/jwk-thumbprint.ts';
import { emptyKeyRing, type KeyRing, readKeyRing } from '../../../crawler/fetch/authorisation/key-ring.ts';
import { decryptionKeys } from '../../../crawler/fetch/authorisation/private-keys.ts';
import { publishedKeys } from '../../../crawler/fetch/authorisation/published-keys.ts';
import { signRequest } from '../../../crawler/fetch/authorisation/sign-request.ts';
import { signingKeys } from '../../../crawler/fetch/authorisation/signing-keys.ts';
import { createFetchGate } from '../../../crawler/fetch/fetch-gate.ts';
import type { GateRequest } from '../../../crawler/fetch/gate-contract.ts';
import { createInProcessClock } from '../../../crawler/fetch/in-process-clock.ts';
import { createRobots } from '../../../crawler/fetch/robots.ts';
import { createHarvester } from '../../../crawler/harvest/harvester.ts';
import { createReader } from '../../../crawler/harvest/reader.ts';
import { loadFormats } from '../../../crawler/registry.ts';
import type { SourceDefinition } from '../../../schema/index.ts';
import { testSource } from '../../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../../support/feed-server.ts';
import { createInternet, WELL } from './fixture.ts';

const pem = (key: ReturnType<typeof generateKeyPairSync>['privateKey']) =>
  key.export({ format: 'pem', type: 'pkcs8' }).toString();
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed = generateKeyPairSync('ed25519');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });

/** As the specification shows providers how to do it: openssl's OAEP, which is SHA-1. */
const encrypt = (text: string, hash = 'sha1') =>
  publicEncrypt(
    { key: rsa.publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash },
    Buffer.from(text),
  ).toString('base64');

const ring: KeyRing = {
  decryption: decryptionKeys(pem(rsa.privateKey), 'key.pem'),
  signing: signingKeys([ed, pss, ec].map(({ privateKey }) => pem(privateKey)).join('\n'), 'signing.pem'),
  credentials: new Map(),
};

const SECRET = 'pa55-w0rd/of+weser';
const page = JSON.stringify({
  pageSize: 250,
  pageNumber: 1,
  hasNextPage: false,
  items: [{ courseId: '1', name: [{ language: 'en', value: 'Tides' }], primaryCode: { codeType: 'x', code: 'T' } }],
});

/** What a signed request must satisfy, worked out by hand from RFC 9421 §2.5, with keys from the published document only. */
function checkSignature(headers: IncomingMessage['headers'], published: { keys: (JsonWebKey & { kid: string })[] }) {
  const input = /^sig1=(\("@authority"\);.*)$/.exec(String(headers['signature-input']))?.[1] ?? '';
  const bytes = /^sig1=:([A-Za-z0-9+/=]+):$/.exec(String(headers.signature))?.[1] ?? '';
  const parameter = (name: string) => new RegExp(`;${name}=("?)([^";]*)\\1`).exec(input)?.[2];
  const key = published.keys.find(({ kid }) => kid === parameter('keyid'));
  if (!key) return 'no such key';
  const base = Buffer.from(`"@authority": ${headers.host}\n"@signature-params": ${input}`);
  const publicKey = createPublicKey({ key, format: 'jwk' });
  const signature = Buffer.from(bytes, 'base64');
  const good: Record<string, () => boolean> = {
    ed25519: () => verifySignature(null, base, publicKey, signature),
    'rsa-pss-sha512': () =>
      createVerify('sha512')
        .update(base)
        .verify({ key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 }, signature),
    'ecdsa-p256-sha256': () =>
      verifySignature('sha256', base, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature),
  };
  const created = Number(parameter('created'));
  const expires = Number(parameter('expires'));
  const now = Date.now() / 1000;
  if (parameter('tag') !== 'qualitylink-v1') return 'tag';
  if (!(created > now - 60 && created <= now + 1 && expires > now && expires - created <= 3600)) return 'times';
  return good[parameter('alg') ?? '']?.() ? parameter('alg') : 'signature';
}

describe('end to end: a manifest, its source, a harvest that the provider lets in', () => {
  let store: Store;
  let net: Awaited<ReturnType<typeof createInternet>>;
  beforeAll(async () => {
    store = await openStore({});
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    await store.db.query('truncate sources, manifests, observations, credentials, providers cascade');
    net = await createInternet();
  });
  afterEach(() => net.close());

  /** Discovers a manifest with this auth, then harvests its source. */
  async function harvest(auth: object, keys: KeyRing = ring) {
    net.pages['api.example /v5/courses'] ??= guard;
    net.pages['api.example /v5/courses/1/offerings'] ??= guard;
    net.pages[`weser.example ${WELL}`] = JSON.stringify({
      sources: [{ type: 'ooapi', path: net.at('api.example', '/v5'), id: 'a', auth }],
    });
    const report = await net.discovery(store, { decryptionKeys: keys.decryption }).discover('weser.example');
    const [stored] = await store.manifests.sourcesOf(['weser.example']);
    if (!stored) throw new Error(JSON.stringify(report));
    const politeness = { requestsPerSecond: 100, concurrency: 2, blackout: [] };
    const definition: SourceDefinition = { ...stored.definition, politeness };
    const fetch = net.deps.fetch;
    const authoriser = createAuthoriser({ fetch, keys });
    const reader = createReader({ gate: { ...net.gate, fetch }, robots: createRobots({ fetch }), authoriser });
    const harvester = createHarvester({ store, reader, formats: await loadFormats(), patienceSeconds: 1 });
    const run = await harvester.continue(await harvester.start(definition));
    const everythingStored = JSON.stringify([
      await store.db.query('select * from sources'),
      await store.db.query('select * from runs'),
      await store.db.query('select * from pages'),
      await store.db.query('select * from problems'),
      await store.db.query('select document from credentials'),
    ]);
    return { report, run, everythingStored };
  }

  let lets: (headers: IncomingMessage['headers']) => boolean;
  const guard = (req: IncomingMessage, res: import('node:http').ServerResponse) => {
    if (!lets(req.headers)) return void res.writeHead(401).end();
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(req.url?.includes('offerings') ? '{"items":[],"hasNextPage":false}' : page);
  };

  test('none', async () => {
    lets = (headers) => headers.authorization === undefined && headers.signature === undefined;
    expect((await harvest({ type: 'none' })).run).toMatchObject({ state: 'complete', created: 1 });
  });

  test.each(['sha1', 'sha256'])('httpheader, encrypted with OAEP and %s', async (hash) => {
    lets = (headers) => headers['x-api-key'] === SECRET;
    const { run, report, everythingStored } = await harvest({
      type: 'httpheader',
      field: 'X-Api-Key',
      value: encrypt(`${SECRET}\n`, hash),
    });
    expect(run).toMatchObject({ state: 'complete', created: 1 });
    expect(report.sources[0]?.problems).toEqual([]);
    expect(JSON.stringify(report) + everythingStored).not.toContain(SECRET);
  });

  test('httpheader agreed outside the manifest', async () => {
    lets = (headers) => headers['x-api-key'] === SECRET;
    const id = (await harvest({ type: 'httpheader' })).report.sources[0]?.id as string;
    const credentials = parseCredentials(JSON.stringify({ [id]: { field: 'X-Api-Key', value: SECRET } }), 'c.json');
    const { run, everythingStored } = await harvest({ type: 'httpheader' }, { ...ring, credentials });
    expect(run).toMatchObject({ state: 'complete' });
    expect(everythingStored).not.toContain(SECRET);
  });

  test('a key that does not fit, or none: the run says what is missing and nothing is sent', async () => {
    lets = () => false;
    const auth = { type: 'httpheader', field: 'X-Api-Key', value: encrypt(SECRET) };
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    for (const keys of [emptyKeyRing, { ...emptyKeyRing, decryption: [other] }]) {
      net.asked();
      const { run } = await harvest(auth, keys);
      expect(run?.state).toBe('failed');
      expect(run?.reason).toMatch(/no key for it|cannot be decrypted/);
      expect(net.asked().filter((what) => what.startsWith('api.'))).toEqual([]);
    }
  });

  describe('oauth2.0', () => {
    let issued: string[];
    let refuseFirst: boolean;
    let form: string;
    beforeEach(() => {
      issued = [];
      refuseFirst = false;
      form = '';
      lets = (headers) => {
        const token = String(headers.authorization).replace(/^Bearer /, '');
        return issued.includes(token) && !(refuseFirst && token === issued[0]);
      };
      net.pages['login.example /token'] = async (req, res) => {
        for await (const chunk of req) form += chunk;
        const [id, secret] = Buffer.from(String(req.headers.authorization).replace(/^Basic /, ''), 'base64')
          .toString()
          .split(':');
        if (req.method !== 'POST' || id !== 'cred%3Aatlas' || decodeURIComponent(secret ?? '') !== SECRET)
          return void res.writeHead(401).end();
        issued.push(`token-${issued.length}-abc`);
        res.writeHead(200, { 'content-type': 'application/json' });
        res.end(JSON.stringify({ access_token: issued.at(-1), token_type: 'Bearer', expires_in: 3600 }));
      };
    });
    const auth = () => ({
      type: 'oauth2.0',
      token_endpoint: net.at('login.example', '/token'),
      scope: 'core.readonly',
      client_id: 'cred:atlas',
      client_secret: encrypt(SECRET),
    });

    test('one token serves the whole run', async () => {
      const { run, report, everythingStored } = await harvest(auth());
      expect(run).toMatchObject({ state: 'complete', created: 1 });
      expect(issued).toHaveLength(1);
      expect(Object.fromEntries(new URLSearchParams(form))).toEqual({
        grant_type: 'client_credentials',
        scope: 'core.readonly',
      });
      for (const secret of [SECRET, issued[0] as string])
        expect(JSON.stringify(report) + everythingStored).not.toContain(secret);
    });

    test('a token taken back before its time is replaced once', async () => {
      refuseFirst = true;
      expect((await harvest(auth())).run).toMatchObject({ state: 'complete' });
      expect(issued).toHaveLength(2);
    });

    test('a provider that lets nobody in is asked twice, not for ever', async () => {
      lets = () => false;
      const { run } = await harvest(auth());
      expect(run).toMatchObject({ state: 'failed', reason: expect.stringContaining('401') });
      expect(issued).toHaveLength(2);
    });

    test('credentials agreed outside the manifest', async () => {
      const { client_id, client_secret, ...open } = auth();
      const id = (await harvest(open)).report.sources[0]?.id as string;
      const credentials = parseCredentials(JSON.stringify({ [id]: { client_id, client_secret: SECRET } }), 'c.json');
      expect(client_secret).not.toBe(SECRET);
      expect((await harvest(open, { ...ring, credentials })).run).toMatchObject({ state: 'complete' });
    });

    test.each([
      ['refused credentials', { status: 400, body: '{"error":"invalid_client"}' }],
      ['a page instead of a token', { body: '<html>' }],
      ['a token of another type', { body: '{"access_token":"x","token_type":"mac"}' }],
      ['a token that is no header', { body: '{"access_token":"x\\r\\ny","token_type":"Bearer"}' }],
      ['a redirect', { status: 307, headers: { location: 'https://elsewhere.example/' } }],
    ])('%s: the run says so, without the secret', async (_, answer) => {
      net.pages['login.example /token'] = answer;
      const { run, everythingStored } = await harvest(auth());
      expect(run?.state).toBe('failed');
      expect(run?.reason).toContain('token');
      expect(everythingStored).not.toContain(SECRET);
    });
  });

  describe('httpsig', () => {
    const published = publishedKeys(ring);
    let verdicts: (string | undefined)[];
    beforeEach(() => {
      verdicts = [];
      lets = (headers) => {
        verdicts.push(checkSignature(headers, published));
        return ring.signing.some(({ alg }) => alg === verdicts.at(-1));
      };
    });

    test.each([
      [undefined, 'ed25519'],
      ['ed25519', 'ed25519'],
      ['rsa-pss-sha512', 'rsa-pss-sha512'],
      ['ecdsa-p256-sha256', 'ecdsa-p256-sha256'],
    ])('asked for %s, signed with %s', async (alg, used) => {
      const { run } = await harvest({ type: 'httpsig', ...(alg && { alg }) });
      expect(verdicts).toEqual([used, used]);
      expect(run).toMatchObject({ state: 'complete', created: 1 });
    });

    test('an algorithm we have no key for', async () => {
      const { run } = await harvest({ type: 'httpsig', alg: 'ecdsa-p384-sha384' });
      expect(run?.state).toBe('failed');
      expect(run?.reason).toContain('ed25519, rsa-pss-sha512, ecdsa-p256-sha256');
      expect(verdicts).toEqual([]);
    });
  });

  test('what proves who we are does not leave the origin of the source', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const elsewhere = await createFeedServer({
      '/v5/courses': (req, res) => {
        seen.push(req.headers);
        res.writeHead(200, { 'content-type': 'application/json' }).end(page);
      },
    });
    for (const auth of [{ type: 'httpheader', field: 'X-Api-Key', value: encrypt(SECRET) }, { type: 'httpsig' }]) {
      net.pages['api.example /v5/courses'] = { status: 302, headers: { location: `${elsewhere.origin}/v5/courses` } };
      lets = () => true;
      await harvest(auth);
    }
    expect(seen).toHaveLength(2);
    for (const headers of seen) {
      expect(headers).not.toHaveProperty('x-api-key');
      expect(headers).not.toHaveProperty('signature');
      expect(headers).not.toHaveProperty('signature-input');
    }
    await elsewhere.close();
  });
});

test('a page on another origin that the feed leads to gets nothing either', async () => {
  const sent: GateRequest[] = [];
  const fetch = async (request: GateRequest) => {
    sent.push(request);
    throw new Error('recorded');
  };
  const authoriser = createAuthoriser({ fetch, keys: ring });
  const auths = [
    { type: 'httpheader' as const, field: 'X-Api-Key', value: encrypt(SECRET) },
    {
      type: 'oauth2.0' as const,
      tokenEndpoint: 'https://login.example/',
      clientId: 'i',
      clientSecret: encrypt(SECRET),
    },
    { type: 'httpsig' as const },
  ];
  for (const auth of auths) {
    const source = testSource({ id: 'weser', format: 'ooapi', url: 'https://api.example/v5/courses', auth });
    for (const url of ['https://other.example/v5/courses', 'http://api.example/v5', 'https://api.example:8443/v5']) {
      const request = { url, politeness: source.politeness };
      await expect(authoriser.fetch(source, request)).rejects.toThrow('recorded');
      expect(sent.pop()).toEqual(request);
    }
  }
});

describe('tokens', () => {
  let server: FeedServer;
  let count: number;
  let lasts: number | undefined;
  beforeEach(async () => {
    count = 0;
    lasts = 100;
    server = await createFeedServer({
      '/token': (_, res) => {
        count++;
        setTimeout(
          () => res.end(JSON.stringify({ access_token: `t${count}`, token_type: 'bearer', expires_in: lasts })),
          20,
        );
      },
      '/feed': '[]',
    });
  });
  afterEach(() => server.close());

  test('are shared by requests at the same time, kept until they end, and asked for again then', async () => {
    let time = 0;
    const gate = createFetchGate({ clock: createInProcessClock(), contact: 'c' });
    const source = {
      id: 'x',
      url: `${server.origin}/feed`,
      allowLoopback: true,
      auth: {
        type: 'oauth2.0' as const,
        tokenEndpoint: `${server.origin}/token`,
        clientId: 'i',
        clientSecret: encrypt('s'),
      },
    };
    const authoriser = createAuthoriser({ fetch: gate.fetch, keys: ring, now: () => time });
    const ask = async () => {
      const request = { url: source.url, allowLoopback: true, politeness: { requestsPerSecond: 1000, concurrency: 5 } };
      await (await authoriser.fetch(source as unknown as SourceDefinition, request)).dispose();
    };
    await Promise.all([ask(), ask(), ask()]);
    expect(count).toBe(1);
    time = 69_000;
    await ask();
    expect(count).toBe(1);
    time = 71_000;
    lasts = undefined;
    await ask();
    expect(count).toBe(2);
    time += 271_000;
    await ask();
    expect(count).toBe(3);
    await gate.close();
  });
});

test('the gate never carries a form on to where a server redirects', async () => {
  const server = await createFeedServer({ '/token': { status: 307, headers: { location: '/other' } }, '/other': '{}' });
  const gate = createFetchGate({ clock: createInProcessClock(), contact: 'c' });
  const politeness = { requestsPerSecond: 1000, concurrency: 1 };
  const request = { url: `${server.origin}/token`, form: { grant_type: 'x' }, allowLoopback: true, politeness };
  await expect(gate.fetch(request)).rejects.toThrow(/redirects, which is not followed/);
  expect(server.asked()).toEqual(['/token']);
  await gate.close();
  await server.close();
});

describe('keys', () => {
  test('RFC 9421 B.2.6: our Ed25519 signature is the one of the RFC', async () => {
    // RFC 9421 B.1.4 (test-key-ed25519) and B.2.6.
    const key = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----`;
    const [signing] = signingKeys(key, 'rfc.pem');
    const base = [
      '"date": Tue, 20 Apr 2021 02:07:55 GMT',
      '"@method": POST',
      '"@path": /foo',
      '"@authority": example.com',
      '"content-type": application/json',
      '"content-length": 18',
      '"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    ].join('\n');
    const signature = await signing?.sign(Buffer.from(base));
    expect(signature?.toString('base64')).toBe(
      'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==',
    );
  });

  test('a second implementation verifies what we sign', async () => {
    for (const key of ring.signing) {
      const url = new URL('https://api.weser.example:8443/v5/courses?x=1');
      const headers = await signRequest(url, key);
      const lookup = async () => ({
        id: key.id,
        algs: [key.alg],
        verify: async (data: Buffer, signature: Buffer) => {
          const publicKey = createPublicKey({ key: key.publicJwk, format: 'jwk' });
          if (key.alg === 'ed25519') return verifySignature(null, data, publicKey, signature);
          if (key.alg === 'ecdsa-p256-sha256')
            return verifySignature('sha256', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
          return verifySignature(
            'sha512',
            data,
            { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 },
            signature,
          );
        },
      });
      const requiredParams = ['created', 'expires', 'alg', 'keyid', 'tag'];
      const config = { keyLookup: lookup, requiredFields: ['@authority'], requiredParams, tolerance: 5 };
      expect(await httpbis.verifyMessage(config, { method: 'GET', url, headers })).toBe(true);
      const other = new URL('https://other.example/v5/courses');
      expect(await httpbis.verifyMessage(config, { method: 'GET', url: other, headers }).catch(() => false)).toBe(
        false,
      );
    }
  });

  test('RFC 8037 A.3: the thumbprint of its Ed25519 key', () => {
    const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
    expect(jwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x })).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  });

  test('the published document holds public keys only, and the key providers encrypt with', () => {
    const { keys } = publishedKeys(ring);
    expect(keys.map(({ use, alg }) => `${use} ${alg}`)).toEqual([
      'sig ed25519',
      'sig rsa-pss-sha512',
      'sig ecdsa-p256-sha256',
      'enc RSA-OAEP',
    ]);
    for (const key of keys) {
      expect(Object.keys(key).filter((name) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].includes(name))).toEqual([]);
      expect(key.pem).toMatch(/^-----BEGIN PUBLIC KEY-----/);
    }
    const box = publicEncrypt(
      { key: keys[3]?.pem as string, padding: constants.RSA_PKCS1_OAEP_PADDING },
      Buffer.from('ü€'),
    );
    expect(decryptSecret(box.toString('base64'), ring.decryption, 'x')).toBe('ü€');
  });

  test('old keys stay good for decrypting', () => {
    const fresh = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const keys = decryptionKeys(`${pem(fresh.privateKey)}\n${pem(rsa.privateKey)}`, 'k.pem');
    expect(decryptSecret(encrypt('old'), keys, 'x')).toBe('old');
  });

  test('files that hold the wrong thing are told by name, never by content', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'credatlas-keys-'));
    const put = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const bad = [
      { keyFile: join(folder, 'nowhere.pem') },
      { keyFile: put('empty.pem', 'hunter2') },
      { keyFile: put('ed.pem', pem(ed.privateKey)) },
      { keyFile: put('small.pem', pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey)) },
      { signingKeyFile: put('broken.pem', '-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----') },
      { signingKeyFile: put('two.pem', pem(ed.privateKey) + pem(generateKeyPairSync('ed25519').privateKey)) },
      { credentialsFile: put('c.json', '{"x": "hunter2"') },
      { credentialsFile: put('d.json', '{"x": {"client_secret": ["hunter2"]}}') },
    ];
    for (const files of bad) {
      const error = await readKeyRing(files).catch((caught) => caught);
      expect(error).toMatchObject({ name: 'ConfigError', message: expect.stringContaining(folder) });
      expect(error.message + error.remedy).not.toContain('hunter2');
    }
    rmSync(folder, { recursive: true });
  });
});

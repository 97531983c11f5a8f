import { constants, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../../../catalogue/store/migrate.ts';
import type { Store } from '../../../catalogue/store/store.ts';
import { createAuthoriser } from '../../../crawler/fetch/authorisation/authoriser.ts';
import type { KeyRing } from '../../../crawler/fetch/authorisation/key-ring.ts';
import type { SourceDefinition } from '../../../schema/index.ts';
import { testSource } from '../../support/crawl.ts';
import { storeKinds } from '../../support/stores.ts';
import { createInternet, WELL } from './fixture.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ring: KeyRing = { decryption: [privateKey], signing: [], credentials: new Map() };
const SECRET = 'pa55-w0rd/of+weser';

/** Ends in other bits than base64 needs, so that it can be written in several ways. */
const encrypt = (): string =>
  publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING }, Buffer.from(SECRET)).toString('base64');
const spelt: [string, (value: string) => string][] = [
  ['to the letter', (value) => value],
  ['in lines', (value) => value.replace(/.{64}/g, '$&\n')],
  ['without padding', (value) => value.replace(/=+$/, '')],
  ['with other bits behind the last byte', (value) => value.replace(/.(?==)/, (last) => next(last))],
];
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const next = (letter: string) => ALPHABET[ALPHABET.indexOf(letter) + 1] ?? letter;

describe.each(storeKinds)('encrypted values of public manifests, over $kind', ({ open }) => {
  let store: Store;
  let net: Awaited<ReturnType<typeof createInternet>>;
  let seen: string[];
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store?.close());
  beforeEach(async () => {
    await store.db.query('truncate sources, manifests, stated_secrets cascade');
    net = await createInternet();
    seen = [];
    for (const host of ['api.weser.example', 'new.weser.example', 'thief.example', 'login.example']) {
      for (const path of ['/v5/courses', '/token']) {
        net.pages[`${host} ${path}`] = (req, res) => {
          const { 'x-key': key, authorization } = req.headers;
          seen.push(`${host} ${key ?? authorization?.replace(/^Basic .*/, 'Basic') ?? 'nothing'}`);
          res.end(path === '/token' ? '{"access_token":"t","token_type":"bearer"}' : '{"items":[]}');
        };
      }
    }
    return () => net.close();
  });

  const state = (domain: string, host: string, auth: object, id = 'a') => {
    net.pages[`${domain} ${WELL}`] = JSON.stringify({
      sources: [{ type: 'ooapi', id, path: net.at(host, '/v5'), auth }],
    });
  };
  const discover = (domain: string, dryRun = false) =>
    net.discovery(store, { decryptionKeys: ring.decryption }).discover(domain, { dryRun });
  const told = async (domain: string, dryRun = false) =>
    (await discover(domain, dryRun)).sources.map(({ change, problems }) => [
      change,
      ...problems.map(({ rule, severity }) => `${severity} ${rule}`),
    ]);
  const sourceOf = async (domain: string) =>
    (await store.manifests.sourcesOf([domain]))[0]?.definition as SourceDefinition;
  const use = async (source: SourceDefinition) => {
    const authoriser = createAuthoriser({ fetch: net.gate.fetch, keys: ring, secrets: store.secrets });
    const politeness = { requestsPerSecond: 1000, concurrency: 2 };
    await (await authoriser.fetch(source, { url: source.url, allowLoopback: true, politeness })).dispose();
  };
  const header = (value: string) => ({ type: 'httpheader', field: 'X-Key', value });
  const oauth = (value: string, host = 'login.example') => ({
    type: 'oauth2.0',
    token_endpoint: net.at(host, '/token'),
    client_id: 'i',
    client_secret: value,
  });

  test.each(spelt)('a copy %s is refused, both are told, and nothing is sent', async (_, spell) => {
    const value = encrypt();
    state('weser.example', 'api.weser.example', header(value));
    state('thief.example', 'thief.example', header(spell(value)));
    expect(await told('weser.example')).toEqual([['new']]);
    expect(await told('thief.example', true)).toEqual([['rejected', 'error manifest-secret-copied']]);
    expect(await told('thief.example')).toEqual([['rejected', 'error manifest-secret-copied']]);
    const report = await discover('weser.example');
    expect(report.sources).toMatchObject([
      { change: 'unchanged', problems: [{ severity: 'warning', remedy: expect.stringContaining('thief.example') }] },
    ]);
    expect(await told('weser.example')).toEqual([['unchanged']]);
    await use(await sourceOf('weser.example'));
    // However it came into the store.
    const own = await sourceOf('weser.example');
    const copy = {
      ...own,
      id: 'copy',
      url: net.at('thief.example', '/v5/courses'),
      auth: header(spell(value)),
    } as SourceDefinition;
    await expect(use({ ...copy, manifest: { domain: 'thief.example', url: copy.url, entry: 'x' } })).rejects.toThrow(
      /first stated by weser\.example/,
    );
    await expect(use({ ...copy, manifest: undefined })).rejects.toThrow(/first stated by weser\.example/);
    expect(seen).toEqual([`api.weser.example ${SECRET}`]);
  });

  test('for good: also when the source that stated it is gone', async () => {
    const value = encrypt();
    state('weser.example', 'api.weser.example', header(value));
    await discover('weser.example');
    delete net.pages[`weser.example ${WELL}`];
    expect(await told('weser.example')).toEqual([['vanished']]);
    await store.db.query('delete from sources');
    state('thief.example', 'thief.example', header(value));
    expect(await told('thief.example')).toEqual([['rejected', 'error manifest-secret-copied']]);
    expect(await sourceOf('thief.example')).toBeUndefined();
    state('weser.example', 'api.weser.example', header(value));
    expect(await told('weser.example')).toEqual([['new', 'warning manifest-secret-copied']]);
  });

  test('of two that state it at once one is first', async () => {
    for (let i = 0; i < 10; i++) {
      await store.db.query('truncate sources cascade');
      const values = [encrypt(), encrypt()];
      for (const [n, [domain, host]] of [
        ['weser.example', 'api.weser.example'],
        ['thief.example', 'thief.example'],
      ].entries()) {
        const two = n ? values.toReversed() : values;
        net.pages[`${domain} ${WELL}`] = JSON.stringify({
          sources: two.map((value) => ({
            type: 'ooapi',
            id: `s${value.slice(0, 4)}`,
            path: net.at(host as string, '/v5'),
            auth: header(value),
          })),
        });
      }
      const both = await Promise.all([discover('weser.example'), discover('thief.example')]);
      const changes = both.map(({ sources }) => sources.map(({ change }) => change));
      expect(changes.flat().sort()).toEqual(['new', 'new', 'rejected', 'rejected']);
    }
  });

  test('many at once in any order: all end, and each has one holder', async () => {
    for (let round = 0; round < 6; round++) {
      const values = Array.from({ length: 400 }, (_, i) => Buffer.from(`secret ${round} ${i}`).toString('base64'));
      const bind = async (domain: string, order: <T>(list: T[]) => T[]) => {
        const claims = order(values).map((value) => ({ value, domain, origins: `https://${domain}` }));
        return order(await store.secrets.bind(claims)).map((holder) => holder?.domain);
      };
      const all = await Promise.all(
        Array.from({ length: 8 }, (_, i) => bind(`d${i}.example`, (list) => (i % 2 ? list.toReversed() : list))),
      );
      for (const holders of all) expect(holders).toEqual(all[0]);
    }
  });

  test('another origin of the same domain needs a secret of its own; what is stored goes on', async () => {
    const value = encrypt();
    state('weser.example', 'api.weser.example', header(value));
    await discover('weser.example');
    const before = await sourceOf('weser.example');
    state('weser.example', 'new.weser.example', header(value));
    expect(await told('weser.example')).toEqual([['rejected', 'error manifest-secret-copied'], ['kept']]);
    expect(await sourceOf('weser.example')).toEqual(before);
    await expect(use({ ...before, url: net.at('new.weser.example', '/v5/courses') })).rejects.toThrow(
      /is not used for http:\/\/new\.weser/,
    );
    state('weser.example', 'new.weser.example', header(encrypt()));
    expect(await told('weser.example')).toEqual([['changed']]);
    await use(await sourceOf('weser.example'));
    expect(seen).toEqual([`new.weser.example ${SECRET}`]);
  });

  test('a client secret leads to its token endpoint and its feed, and nowhere else', async () => {
    const value = encrypt();
    state('weser.example', 'api.weser.example', oauth(value));
    await discover('weser.example');
    // The token would be the thief's, or the secret itself.
    for (const auth of [oauth(value), oauth(value, 'thief.example'), header(value)]) {
      state('thief.example', 'thief.example', auth);
      expect(await told('thief.example')).toEqual([['rejected', 'error manifest-secret-copied']]);
    }
    await use(await sourceOf('weser.example'));
    expect(seen).toEqual(['login.example Basic', 'api.weser.example Bearer t']);
    const own = await sourceOf('weser.example');
    await expect(use({ ...own, url: net.at('new.weser.example', '/v5/courses') })).rejects.toThrow(/first stated/);
  });

  test('a redirect does not carry the clear value to another origin', async () => {
    state('weser.example', 'api.weser.example', header(encrypt()));
    net.pages['api.weser.example /v5/courses'] = {
      status: 302,
      headers: { location: net.at('thief.example', '/v5/courses') },
    };
    await discover('weser.example');
    await use(await sourceOf('weser.example'));
    expect(seen).toEqual(['thief.example nothing']);
  });

  test('a store from before: its sources hold what they state, the oldest first', async () => {
    const [one, two, odd] = [encrypt(), encrypt(), encrypt()];
    await store.db.query(`delete from migrations where name like '0006%'`);
    await store.db.query('drop table stated_secrets, silences');
    await store.db.query('alter table pages drop column silent');
    await store.db.query('alter table observations drop column twice_run');
    await store.db.query('alter table hosts drop column gap, drop column closed_for');
    const old = (id: string, domain: string | undefined, url: string, auth: object) =>
      store.putSource(
        testSource({
          id,
          format: 'ooapi',
          url,
          auth: auth as never,
          ...(domain && { manifest: { domain, url: 'https://m.example/', entry: id } }),
        }),
      );
    await old('zz-first', 'weser.example', 'https://API.weser.example:443/v5', header(one));
    await old('aa-second', 'thief.example', 'https://thief.example/', header(one));
    await old('oauth', 'weser.example', 'https://api.weser.example/v5', {
      type: 'oauth2.0',
      tokenEndpoint: 'https://login.example:8443/x',
      clientSecret: two,
    });
    await old('names', 'weser.example', 'https://bücher.example/v5', header(odd));
    await old('by-hand', undefined, 'https://hand.example/v5', header('AAAA'));
    await old('broken', 'weser.example', 'https://api.weser.example/', header('AAAAA'));
    await store.db.query(`update sources set created_at = now() - interval '1 day' where id = 'zz-first'`);
    await migrate(store.db);
    const claim = (value: string, domain: string, origins: string) => ({ value, domain, origins });
    const holder = async (value: string) => (await store.secrets.holders([claim(value, '', '')]))[0];
    expect(await holder(one)).toEqual({
      domain: 'weser.example',
      origins: 'https://api.weser.example',
      copiedBy: null,
    });
    expect(await holder(two)).toMatchObject({ origins: 'https://api.weser.example https://login.example:8443' });
    expect(await holder(odd)).toMatchObject({ domain: 'weser.example', origins: null });
    expect(await holder('AAAA')).toMatchObject({ domain: '' });
    // What the tables cannot say of an address its own domain does, nobody else.
    await store.secrets.bind([claim(odd, 'thief.example', 'https://thief.example')]);
    expect(await holder(odd)).toMatchObject({ origins: null });
    await store.secrets.bind([claim(odd, 'weser.example', 'https://xn--bcher-kva.example')]);
    await store.secrets.bind([claim(odd, 'weser.example', 'https://elsewhere.example')]);
    expect(await holder(odd)).toMatchObject({ origins: 'https://xn--bcher-kva.example' });
  });
});

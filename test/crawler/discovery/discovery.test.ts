import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../catalogue/store/store.ts';
import { discoverAll } from '../../../crawler/discovery/discover-all.ts';
import type { Discovery, DiscoveryReport } from '../../../crawler/discovery/discovery.ts';
import { createTestCrawl } from '../../support/crawl.ts';
import { storeKinds } from '../../support/stores.ts';
import { createInternet, WELL } from './fixture.ts';

const source = (id: string, more: object = {}) => ({
  type: 'ooapi',
  path: `https://api.weser.example/${id}/`,
  id,
  ...more,
});
const file = (...sources: unknown[]) => JSON.stringify({ meta: { schac: 'weser.example' }, sources });
const told = ({ sources }: DiscoveryReport) => sources.map(({ change, entry }) => `${change} ${entry}`).sort();

describe.each(storeKinds)('discovery on $kind', ({ open }) => {
  let store: Store;
  let net: Awaited<ReturnType<typeof createInternet>>;
  let discovery: Discovery;
  const here = `weser.example ${WELL}`;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    await store.db.query('truncate sources, manifests cascade');
    net = await createInternet();
    discovery = net.discovery(store);
  });
  afterEach(() => net.close());
  const discover = (line = 'weser.example', dryRun = false) => discovery.discover(line, { dryRun });
  const ids = async () => (await store.manifests.sourcesOf(['weser.example'])).map(({ definition }) => definition.id);
  const active = async () => (await store.manifests.scheduled()).map(({ manifest }) => manifest?.entry).sort();

  test('sources appear, stay, change, vanish with a reason, and come back under the same id', async () => {
    net.pages[here] = file(source('a'), source('b', { refresh: 12 }));
    const first = await discover();
    expect(first.manifest).toEqual({
      domain: 'weser.example',
      url: net.at('weser.example', WELL),
      meta: { schac: 'weser.example' },
    });
    expect(told(first)).toEqual(['new a', 'new b']);
    expect(told(await discover())).toEqual(['unchanged a', 'unchanged b']);
    const before = await ids();

    net.pages[here] = file(source('a', { name: 'All courses' }));
    expect(told(await discover())).toEqual(['changed a', 'vanished b']);
    expect(await active()).toEqual(['a']);
    expect(await ids()).toEqual(before);
    expect(told(await discover())).toEqual(['unchanged a']);

    delete net.pages[here];
    const gone = await discover();
    expect(told(gone)).toEqual(['vanished a']);
    expect(gone.sources[0]?.reason).toContain('no manifest on weser.example any more');
    expect(await active()).toEqual([]);

    net.pages[here] = file(source('a', { name: 'All courses' }), source('b', { refresh: 12 }));
    expect(told(await discover())).toEqual(['back a', 'back b']);
    expect(await active()).toEqual(['a', 'b']);
    expect(await ids()).toEqual(before);
  });

  test('a dry run tells the same and stores nothing', async () => {
    net.pages[here] = file(source('a'));
    expect(await discover('weser.example', true)).toMatchObject({ dryRun: true, sources: [{ change: 'new' }] });
    expect(await ids()).toEqual([]);
    expect(await store.manifests.due(-1, 10)).toEqual([]);
    await discover();
    delete net.pages[here];
    expect(told(await discover('weser.example', true))).toEqual(['vanished a']);
    expect(await active()).toEqual(['a']);
  });

  test('a vanished source is not harvested, its records stay, and it goes on when it is back', async () => {
    const course = {
      courseId: '1',
      name: [{ language: 'en', value: 'Tides' }],
      primaryCode: { codeType: 'x', code: 'T1' },
    };
    net.pages['api.example /v5/courses'] = JSON.stringify({
      pageSize: 250,
      pageNumber: 1,
      hasNextPage: false,
      items: [course],
    });
    net.pages['api.example /v5/courses/1/offerings'] = JSON.stringify({ hasNextPage: false, items: [] });
    net.pages[here] = file({ type: 'ooapi', path: net.at('api.example', '/v5'), id: 'a' });
    await discover();
    const [stored] = await store.manifests.sourcesOf(['weser.example']);
    if (!stored) throw new Error('no source');
    const definition = { ...stored.definition, politeness: { requestsPerSecond: 50, concurrency: 2, blackout: [] } };
    const crawl = await createTestCrawl(store);
    expect(await store.manifests.neverRead()).toEqual([definition.id]);
    expect(await crawl.harvest(definition)).toMatchObject({ state: 'complete', created: 1 });
    expect(await store.manifests.neverRead()).toEqual([]);

    delete net.pages[here];
    await discover();
    const [vanished] = await store.manifests.sourcesOf(['weser.example']);
    await expect(crawl.harvest(definition)).rejects.toThrow(/no manifest on weser.example any more/);
    expect(vanished?.vanished).toContain('no manifest');
    expect((await store.read.sources.list())[0]).toMatchObject({
      records: 1,
      vanished: { since: expect.any(String), reason: expect.stringContaining('no manifest') },
    });

    // Its records wait for somebody to say that they may go; asked again, there is still one hold.
    await discover();
    const [hold, ...others] = await store.holds.open(definition.id);
    expect(others).toEqual([]);
    expect(hold).toMatchObject({
      kind: 'vanished',
      live: 1,
      identifiers: ['1'],
      reason: expect.stringContaining('no manifest'),
    });
    expect(await store.states.untold('test')).toMatchObject([{ source: definition.id, from: 'ok', to: 'held' }]);

    net.pages[here] = file({ type: 'ooapi', path: net.at('api.example', '/v5'), id: 'a' });
    expect(told(await discover())).toEqual(['back a']);
    expect(await store.holds.open(definition.id)).toEqual([]);
    expect(await store.states.untold('test')).toEqual([]);
    await expect(store.holds.approve(definition.id, 'me')).rejects.toThrow(/was cleared by its manifest/);
    expect(await crawl.harvest(definition)).toMatchObject({ state: 'complete', unchanged: 1 });

    delete net.pages[here];
    await discover();
    expect(await store.holds.approve(definition.id, 'me')).toMatchObject({ withdrawn: ['1'], kept: [] });
    expect((await store.read.sources.list())[0]).toMatchObject({ records: 0 });
    await crawl.close();
  });

  test.each([
    ['the host is busy', { status: 503 }],
    ['it asks for a password', { status: 401 }],
    ['it became a web page', { headers: { 'content-type': 'text/html' }, body: '<p>Under construction' }],
    ['it is cut short', '{"sources": [{"type": "oo'],
    ['it has no sources any more', '{"sources": []}'],
  ])('%s: nothing vanishes', async (_, answer) => {
    net.pages[here] = file(source('a'));
    await discover();
    net.pages[here] = answer;
    const report = await discover();
    expect(told(report)).toEqual(['kept a']);
    expect(report.manifest).toBeUndefined();
    expect(await active()).toEqual(['a']);
  });

  test('a source that cannot be read keeps all others in place', async () => {
    net.pages[here] = file(source('a'), source('b'));
    await discover();
    net.pages[here] = file(source('a'), { ...source('b'), path: 'not a url' });
    const report = await discover();
    expect(told(report)).toEqual(['kept b', 'rejected b', 'unchanged a']);
    expect(report.sources.find(({ change }) => change === 'rejected')?.problems[0]).toMatchObject({
      path: 'sources[1].path',
      found: 'not a url',
    });
    expect(await active()).toEqual(['a', 'b']);
  });

  test('a manifest that moves between www and the bare domain keeps its sources', async () => {
    net.pages[`www.weser.example ${WELL}.json`] = file(source('a'));
    expect(told(await discover('www.weser.example'))).toEqual(['new a']);
    delete net.pages[`www.weser.example ${WELL}.json`];
    net.pages[here] = file(source('a'));
    expect(told(await discover('www.weser.example'))).toEqual(['changed a']);
    expect(await ids()).toHaveLength(1);
  });

  test('other domains are not touched', async () => {
    net.pages[here] = file(source('a'));
    net.pages[`ems.example ${WELL}`] = file(source('a'));
    await discover();
    expect(told(await discover('ems.example'))).toEqual(['new a']);
    delete net.pages[`ems.example ${WELL}`];
    expect(told(await discover('ems.example'))).toEqual(['vanished a']);
    expect(await active()).toEqual(['a']);
  });

  test('what the operator added to a source stays', async () => {
    net.pages[here] = file(source('a'));
    await discover();
    const [stored] = await store.manifests.sourcesOf(['weser.example']);
    if (!stored) throw new Error('no source');
    await store.putSource({ ...stored.definition, terms: 'by agreement', defaults: { country: 'DE' } });
    net.pages[here] = file(source('a', { name: 'New name' }));
    await discover();
    const [after] = await store.manifests.sourcesOf(['weser.example']);
    expect(after?.definition).toMatchObject({ title: 'New name', terms: 'by agreement', defaults: { country: 'DE' } });
  });

  test('a secret copied from the manifest of another is not used', async () => {
    const auth = { type: 'httpheader', field: 'X-Key', value: Buffer.alloc(256, 7).toString('base64') };
    net.pages[here] = file(source('a', { auth }));
    await discover();
    const wrapped = `${auth.value.slice(0, 76)}\n${auth.value.slice(76)}`;
    net.pages[`thief.example ${WELL}`] = file({
      type: 'ooapi',
      path: 'https://thief.example/',
      id: 'x',
      auth: { ...auth, value: wrapped },
    });
    const report = await discover('thief.example');
    expect(report.sources).toMatchObject([{ change: 'rejected', problems: [{ rule: 'manifest-secret-copied' }] }]);
    expect(JSON.stringify(report)).not.toContain(auth.value.slice(0, 40));
    expect(told(await discover())).toEqual(['unchanged a']);
  });

  test('a secret encrypted with another key is told at once', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    discovery = net.discovery(store, { decryptionKeys: [privateKey] });
    const auth = { type: 'httpheader', field: 'X-Key', value: Buffer.alloc(256, 7).toString('base64') };
    net.pages[here] = file(source('a', { auth }));
    expect((await discover()).sources).toMatchObject([
      { change: 'new', problems: [{ rule: 'manifest-secret-unreadable' }] },
    ]);
  });

  test('many at once, no more than asked for, and bad lines take nothing with them', async () => {
    let now = 0;
    let most = 0;
    const slow: Discovery = {
      async discover(line) {
        most = Math.max(most, ++now);
        await new Promise((done) => setTimeout(done, 5));
        now--;
        return discovery.discover(line, { dryRun: true });
      },
    };
    let read = 0;
    const lines = (function* () {
      yield '# institutions';
      yield '';
      for (let i = 0; i < 20; i++) {
        read++;
        yield i % 5 === 0 ? 'not a domain at all' : `u${i}.example # ${i}`;
      }
    })();
    const reports: DiscoveryReport[] = [];
    let ahead = 0;
    await discoverAll(slow, lines, {
      atOnce: 3,
      onReport: (report) => {
        reports.push(report);
        ahead = Math.max(ahead, read - reports.length);
      },
    });
    expect(most).toBe(3);
    expect(ahead).toBeLessThanOrEqual(3);
    expect(reports).toHaveLength(20);
    expect(reports.filter(({ error }) => error)).toHaveLength(4);
  });

  test('known manifests come due again, asked for by the line that led to them', async () => {
    net.pages[here] = file(source('a'));
    await discover('schac.weser.example https://www.weser.example/');
    expect(await store.manifests.due(24, 10)).toEqual([]);
    expect(await store.manifests.due(-1, 10)).toMatchObject([
      { domain: 'weser.example', asked: 'schac.weser.example https://www.weser.example/' },
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Batch } from '../../catalogue/store/batch.ts';
import type { Store } from '../../catalogue/store/store.ts';
import { sweep } from '../../catalogue/store/sweep.ts';
import { completeCredential, mintProviderId, type Provider, SourceDefinition, stated } from '../../schema/index.ts';
import { storeKinds } from '../support/stores.ts';

const source = SourceDefinition.parse({
  id: 'test-source',
  title: 'Test',
  format: 'csv',
  url: 'https://feed.example/all.csv',
  publisher: 'Test',
  licence: 'CC0-1.0',
});

const provider: Provider = {
  id: mintProviderId('test-source', 'p1'),
  source: 'test-source',
  identifier: 'p1',
  alternates: ['https://p1.example/'],
  name: [{ language: 'et', value: 'Näidisülikool' }],
  identifiers: [],
  evidence: [],
};

const credential = (identifier: string, title: string) =>
  completeCredential({
    source: 'test-source',
    identifier,
    alternates: [`urn:example:${identifier}`],
    title: stated([{ language: 'et', value: title }], '/title'),
    issuerCountry: stated({ country: 'EE' }, '/country'),
    languages: stated(['et', 'en-GB'], '/languages'),
    awardingBody: stated([{ id: provider.id, name: provider.name }], '/provider'),
  });

function batchOf(run: string, records: [identifier: string, title: string][], more: Partial<Batch> = {}): Batch {
  return {
    run,
    source: 'test-source',
    page: source.url,
    normaliser: '1',
    cursor: records.length,
    observations: records.map(([identifier, title]) => ({
      identifier,
      part: '',
      hash: `${identifier} ${title}`,
      json: JSON.stringify({ identifier, title }),
      path: `/${identifier}`,
      state: 'accepted' as const,
    })),
    leftPages: [],
    compositions: [],
    unchanged: [],
    credentials: records.map(([identifier, title]) => ({ record: credential(identifier, title), counted: true })),
    providers: [provider],
    others: { created: 0, updated: 0, unchanged: 0 },
    reports: [],
    stillReported: [],
    rejected: 0,
    seen: records.length,
    ...more,
  };
}

describe.each(storeKinds)('store of record on $kind', ({ open }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
    await store.putSource(source);
  }, 60_000);
  afterAll(() => store?.close());

  const startRun = async () => {
    const { id } = await store.runs.start(source, '1', [{ url: source.url }]);
    await store.runs.nextPage(id);
    return id;
  };
  const endRun = (id: string) => store.runs.finish(id, 'complete', undefined);

  test('takes a batch in, counts it, and writes the change log in order', async () => {
    const run = await startRun();
    const counts = await store.ingest.apply(
      batchOf(run, [
        ['a', 'Keel'],
        ['b', 'Kood'],
        ['c', 'Mets'],
      ]),
    );
    expect(counts).toMatchObject({ seen: 3, created: 3, updated: 0, unchanged: 0, rejected: 0 });
    const changes = await store.changes.after(0, 100);
    expect(changes.map((c) => `${c.entity} ${c.kind}`)).toEqual([
      'provider created',
      'credential created',
      'credential created',
      'credential created',
    ]);
    await endRun(run);
  });

  test('the same documents again change nothing; a changed one is an update', async () => {
    const run = await startRun();
    const before = await store.changes.last();
    const counts = await store.ingest.apply(
      batchOf(run, [
        ['a', 'Keel'],
        ['b', 'Koodikirjutus'],
        ['c', 'Mets'],
      ]),
    );
    expect(counts).toMatchObject({ seen: 3, created: 0, updated: 1, unchanged: 2 });
    expect((await store.changes.after(before, 10)).map((c) => c.kind)).toEqual(['updated']);
    const [b] = await store.read.credentials.byIds([credential('b', '').id]);
    expect(b?.version).toBe(2);
    expect(b?.record.title.value).toEqual([{ language: 'et', value: 'Koodikirjutus' }]);
    await endRun(run);
  });

  test('raw records are kept compressed and come back whole', async () => {
    const rows = await store.ingest.raw('test-source', ['b']);
    expect(rows).toEqual([{ identifier: 'b', part: '', raw: { identifier: 'b', title: 'Koodikirjutus' } }]);
    const [{ bytes } = { bytes: 0 }] = await store.db.query<{ bytes: number }>(
      `select get_byte(raw, 0) as bytes from observations where identifier = 'b'`,
    );
    expect(bytes).toBe(0x28); // zstd frame: 28 B5 2F FD
  });

  test('a batch is all or nothing', async () => {
    const run = await startRun();
    const last = await store.changes.last();
    const broken = batchOf(run, [['d', 'Uus']]);
    broken.reports.push({
      identifier: 'd',
      problems: [{ path: '', rule: 'r', severity: 'fatal' as never, found: '', remedy: '' }],
    });
    await expect(store.ingest.apply(broken)).rejects.toThrow();
    expect(await store.changes.last()).toBe(last);
    expect(await store.read.credentials.byIds([credential('d', '').id])).toEqual([undefined]);
    await endRun(run);
  });

  test('NUL and lone surrogates in any text do not fail a batch', async () => {
    const run = await startRun();
    const nasty = batchOf(run, [['n\0ul', 'Lone \ud800 and \0 and \\u0000 kept']]);
    await store.ingest.apply(nasty);
    const [stored] = await store.read.credentials.byIds(nasty.credentials.map((c) => c.record.id));
    expect(stored?.record.title.value?.[0]?.value).toBe('Lone  and  and \\u0000 kept');
    await endRun(run);
  });

  test('ids, alternates, URLs and source identifiers resolve; unknown ones do not', async () => {
    const id = credential('a', '').id;
    const resolved = await store.read.credentials.resolve([id, 'URN:EXAMPLE:A', 'nobody', 'a']);
    expect(resolved).toEqual([id, id, undefined, id]);
    expect(await store.read.providers.resolve(['http://p1.example'])).toEqual([provider.id]);
  });

  test('two things of one page are two; the page leads to what has it to itself', async () => {
    const run = await startRun();
    const at = (fragment: string) => `https://x.example/list${fragment}`;
    const ids = ['#welding', '#casting', ''].map((fragment) => credential(at(fragment), '').id);
    const found = () =>
      store.read.credentials.resolve([at('#welding'), 'http://x.example/list/#casting', at('#other'), at('')]);
    await store.ingest.apply(
      batchOf(
        run,
        ['#welding', '#casting'].map((fragment) => [at(fragment), `C${fragment}`]),
      ),
    );
    const [welding, casting, other, page] = await found();
    expect([welding, casting, other]).toEqual([ids[0], ids[1], undefined]);
    expect(ids.slice(0, 2)).toContain(page);
    await store.ingest.apply(batchOf(run, [[at(''), 'The page']]));
    expect(await found()).toEqual([ids[0], ids[1], ids[2], ids[2]]);
    await store.db.query(`delete from credentials where identifier like 'https://x.example/list%'`);
    await endRun(run);
  });

  test('answers stand in the order asked, and counts follow providers', async () => {
    const ids = [credential('c', '').id, 'crd_nothere', credential('a', '').id];
    const found = await store.read.credentials.byIds(ids);
    expect(found.map((c) => c?.record.identifier)).toEqual(['c', undefined, 'a']);
    expect(await store.read.credentials.countByProviders([provider.id, 'prv_none'])).toEqual([4, 0]);
  });

  test('statistics count by country and by language of instruction', async () => {
    const statistics = await store.read.statistics();
    expect(statistics).toMatchObject({ credentials: 4, providers: 1, sources: 1 });
    expect(statistics.byCountry).toEqual([{ value: 'EE', count: 4 }]);
    expect(statistics.byLanguage).toEqual([
      { value: 'en', count: 4 },
      { value: 'et', count: 4 },
    ]);
  });

  test('completeness counts stated elements', async () => {
    const [entry] = await store.read.sources.completeness(['test-source']);
    expect(entry?.records).toBe(4);
    expect(entry?.stated).toMatchObject({ title: 4, awardingBody: 4, learningOutcomes: 0, learner: 0 });
  });

  test('a record unseen in one complete run is missing, in two withdrawn; a restored one is live again', async () => {
    const id = credential('c', '').id;
    const status = async () => (await store.read.credentials.byIds([id]))[0]?.status;
    const seeing = async (records: [string, string][]) => {
      const run = await startRun();
      await store.ingest.apply(batchOf(run, records));
      const result = await sweep(store.db, run, 'test-source');
      await endRun(run);
      return result;
    };
    const rest: [string, string][] = [
      ['a', 'Keel'],
      ['b', 'Koodikirjutus'],
      ['n\0ul', 'Lone'],
    ];
    expect(await seeing(rest)).toEqual({ held: false, missing: 1, withdrawn: 0, lostParts: [] });
    expect(await status()).toBe('missing');
    expect(await seeing(rest)).toEqual({ held: false, missing: 0, withdrawn: 1, lostParts: [] });
    expect(await status()).toBe('withdrawn');
    expect(await seeing([...rest, ['c', 'Mets']])).toMatchObject({ missing: 0, withdrawn: 0 });
    expect(await status()).toBe('live');
    const kinds = (await store.changes.after(0, 1000)).filter((c) => c.id === id).map((c) => c.kind);
    expect(kinds).toEqual(['created', 'missing', 'withdrawn', 'restored']);
  });

  test('when too much would go, nothing goes and the list is kept', async () => {
    const run = await startRun();
    const result = await sweep(store.db, run, 'test-source');
    expect(result).toMatchObject({ held: true });
    const [hold] = await store.db.query<{ identifiers: string[] }>('select identifiers from holds where run = $1', [
      run,
    ]);
    expect(hold?.identifiers).toHaveLength(4);
    expect((await store.read.credentials.byIds([credential('a', '').id]))[0]?.status).toBe('live');
    await endRun(run);
  });

  test('only one run of a source at a time, and only one owner of a run', async () => {
    const first = await store.runs.start(source, '1', [{ url: 'x' }]);
    const second = await store.runs.start(source, '1', [{ url: 'x' }]);
    expect(second).toEqual({ id: first.id, resumed: true });
    expect(await store.runs.lease(first.id, 'one', 30)).toBe(true);
    expect(await store.runs.lease(first.id, 'two', 30)).toBe(false);
    expect(await store.runs.lease(first.id, 'one', 30)).toBe(true);
    await endRun(first.id);
    expect(await store.runs.lease(first.id, 'one', 30)).toBe(false);
  });

  test('host leases keep concurrency and pace', async () => {
    const pace = { requestsPerSecond: 1000, concurrency: 1 };
    const claim = await store.hosts.claim('https://h.example', pace, 60);
    expect(claim).toHaveProperty('lease');
    expect(await store.hosts.claim('https://h.example', pace, 60)).toMatchObject({ closed: false });
    const calm = { mood: { strikes: 1, slowdown: 2 }, closedSeconds: 100 };
    await store.hosts.settle('https://h.example', (claim as { lease: string }).lease, () => calm, 86_400, {
      secondsAgo: 0,
      requestsPerSecond: 1000,
    });
    const closed = await store.hosts.claim('https://h.example', pace, 60);
    expect(closed).toMatchObject({ closed: true, parked: false });
  });
});

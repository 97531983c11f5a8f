import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createIndexer } from '../../catalogue/search/indexer.ts';
import { createPostgresEngine } from '../../catalogue/search/postgres.ts';
import type { Store } from '../../catalogue/store/store.ts';
import { indexerStore } from '../../commands/open-catalogue.ts';
import { NotNow } from '../../crawler/errors.ts';
import { readSourceFiles } from '../../crawler/source-files.ts';
import { mintCredentialId, type SourceDefinition } from '../../schema/index.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { storeKinds } from '../support/stores.ts';

const rows = (ids: string[], provider: string) =>
  `identifier,title,provider,country\n${ids.map((id) => `${id},Course ${id},${provider},NL\n`).join('')}`;

describe.each(storeKinds)('a source is taken out, on $kind', ({ open }) => {
  let store: Store;
  let server: FeedServer;
  let crawl: Awaited<ReturnType<typeof createTestCrawl>>;
  let n = 0;
  let source: SourceDefinition;
  beforeAll(async () => {
    store = await open();
    server = await createFeedServer();
    crawl = await createTestCrawl(store);
  });
  afterAll(async () => {
    await crawl?.close();
    await server?.close();
    await store?.close();
  });
  beforeEach(() => {
    source = testSource({ id: `retired-${n++}`, format: 'csv', url: `${server.origin}/feed.csv` });
    server.routes['/feed.csv'] = {
      headers: { 'content-type': 'text/csv', etag: '"1"' },
      body: rows(['a', 'b'], `Uni ${n}`),
    };
  });
  const standing = async () => {
    const found = await store.read.credentials.byIds(['a', 'b'].map((id) => mintCredentialId(source.id, id)));
    return found.map((one) => one && [one.status, one.withdrawnReason]);
  };
  const changes = (kind: string) =>
    store.db.query(
      `select h.id, h.reason from changes h left join credentials c on c.id = h.id left join providers p on p.id = h.id
        where coalesce(c.source, p.source) = $1 and h.kind = $2`,
      [source.id, kind],
    );

  test('its records are withdrawn with a change and the reason, it is harvested no more, and it can come back', async () => {
    await crawl.harvest(source);
    await crawl.harvest(source);
    const answer = await store.retirements.retire(source.id, 'night shift', 'the university has closed it');
    expect(answer).toMatchObject({ credentials: 2, providers: 1 });
    const reason = 'its source was retired by the operator: the university has closed it';
    expect(await standing()).toEqual([
      ['withdrawn', reason],
      ['withdrawn', reason],
    ]);
    expect((await changes('withdrawn')).map((change) => change.reason)).toEqual([reason, reason, reason]);
    expect((await store.audit.newest(1))[0]).toMatchObject({
      who: 'night shift',
      action: 'retire',
      subject: source.id,
    });
    expect((await store.read.sources.byIds([source.id]))[0]).toMatchObject({ records: 0, retired: {} });
    const engine = createPostgresEngine(store.db);
    await engine.configure();
    await createIndexer({ store: indexerStore(store), engine }).catchUp();
    expect(await store.db.query('select id from search_documents where source = array[$1]', [source.id])).toEqual([]);
    server.asked();
    await expect(crawl.harvest(source)).rejects.toThrow(NotNow);
    await expect(crawl.harvest(source)).rejects.toThrow(/is retired \(the university has closed it\)/);
    expect(server.asked()).toEqual([]);
    await expect(store.retirements.retire(source.id, 'x')).rejects.toThrow(/retired already/);
    expect(await store.retirements.retired()).toContain(source.id);

    await store.retirements.reinstate(source.id, 'day shift');
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', seen: 2, updated: 2 });
    expect(await standing()).toEqual([
      ['live', undefined],
      ['live', undefined],
    ]);
    expect(await store.db.query('select status from providers where source = $1', [source.id])).toEqual([
      { status: 'live' },
    ]);
    await expect(store.retirements.reinstate(source.id, 'x')).rejects.toThrow(/is not retired/);
  });

  test('a provider of whom another source has a credential stays', async () => {
    await crawl.harvest(source);
    await store.db.query(
      `insert into credentials (id, source, identifier, document, hash, providers, observation)
       select 'shared-' || $1, $2, 'elsewhere', '{}', '', providers, gen_random_uuid() from credentials where source = $1 limit 1`,
      [source.id, (await neighbour()).id],
    );
    expect(await store.retirements.retire(source.id, 'x')).toMatchObject({ credentials: 2, providers: 0 });
    await store.db.query(`delete from credentials where id = 'shared-' || $1`, [source.id]);
  });
  const neighbour = async () => {
    const other = testSource({ id: `${source.id}-other`, format: 'csv', url: 'https://other.example/' });
    await store.putSource(other);
    return other;
  };

  test('a run that somebody is at work on refuses it, one that nobody is ends', async () => {
    const run = await crawl.harvester.start(source);
    await store.runs.lease(run, 'north:77:abc', 60);
    await expect(store.retirements.retire(source.id, 'x')).rejects.toThrow(/is being harvested/);
    expect((await store.read.sources.byIds([source.id]))[0]?.retired).toBeUndefined();
    await store.runs.release(run, 'north:77:abc');
    await store.retirements.retire(source.id, 'x');
    expect(await store.runs.get(run)).toMatchObject({
      state: 'incomplete',
      reason: 'abandoned: the source was retired',
    });
    await expect(store.retirements.retire('none', 'x')).rejects.toThrow(/no source "none"/);
  });

  test('what was held waits no more', async () => {
    await crawl.harvest(source);
    server.routes['/feed.csv'] = { headers: { 'content-type': 'text/csv' }, body: rows([], '') };
    expect(await crawl.harvest(source)).toMatchObject({ state: 'held' });
    await store.retirements.retire(source.id, 'x');
    expect(await store.holds.open(source.id)).toEqual([]);
  });

  test('a source whose file is gone is told, until it is retired or its file is back', async () => {
    await store.putSource(source);
    expect(await store.retirements.filesSeen([source.id, 'never-stored'])).toEqual([]);
    expect(await store.retirements.filesSeen(['never-stored'])).toEqual([source.id]);
    expect((await store.read.sources.byIds([source.id]))[0]).toMatchObject({ fileGoneSince: expect.any(String) });
    expect(await store.retirements.filesSeen([source.id])).toEqual([]);
    expect((await store.read.sources.byIds([source.id]))[0]?.fileGoneSince).toBeUndefined();
    await store.retirements.filesSeen([]);
    await store.retirements.retire(source.id, 'x');
    expect(await store.retirements.filesSeen([])).toEqual([]);
  });
});

describe('two files with one id', () => {
  test('both are named, also where single unusable files are only told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sources-two-'));
    try {
      const definition = {
        id: 'twice',
        title: 'T',
        publisher: 'P',
        licence: 'CC0-1.0',
        format: 'csv',
        url: 'https://x.example/',
      };
      for (const name of ['a', 'z']) writeFileSync(join(folder, `${name}.json`), JSON.stringify(definition));
      writeFileSync(join(folder, 'b.json'), '{');
      const told: string[] = [];
      const read = readSourceFiles((line) => told.push(line), pathToFileURL(`${folder}/`));
      await expect(read).rejects.toThrow('two files state the source "twice": a.json and z.json');
      expect(told).toHaveLength(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

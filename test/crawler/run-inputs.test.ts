import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../catalogue/store/store.ts';
import { SourceBusy } from '../../crawler/errors.ts';
import { replayPage } from '../../crawler/harvest/replay.ts';
import { normaliserOf } from '../../crawler/harvest/start.ts';
import { formatNamed, loadFormats } from '../../crawler/registry.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { storeKinds } from '../support/stores.ts';

const page = (ids: string[]) =>
  JSON.stringify({
    pageNumber: 1,
    hasNextPage: false,
    items: ids.map((id) => ({ courseId: id, name: [{ language: 'nl', value: `Cursus ${id}` }] })),
  });

describe.each(storeKinds)('a run belongs to what it reads, on $kind', ({ open }) => {
  let store: Store;
  let server: FeedServer;
  let crawl: Awaited<ReturnType<typeof createTestCrawl>>;
  let n = 0;
  let a: SourceDefinition;
  let b: SourceDefinition;

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
    a = testSource({ id: `input-${n++}`, format: 'ooapi', url: `${server.origin}/a` });
    b = { ...a, url: `${server.origin}/b`, title: 'Another address' };
    server.routes['/a'] = page(['a1', 'a2']);
    server.routes['/b'] = page(['b1', 'b2', 'b3']);
    server.asked();
  });

  const stored = async () => (await store.read.sources.byIds([a.id]))[0]?.definition;
  /** As another worker does that lives. */
  const held = async (source = a) => {
    const run = await crawl.harvester.start(source);
    await store.runs.lease(run, 'north:77:abcdef01', 60);
    return run;
  };

  test('after a killed harvest of /a a harvest of /b reads /b, and the old run has ended with the reason', async () => {
    const old = await crawl.harvester.start(a);
    expect(await crawl.harvest(b)).toMatchObject({ state: 'complete', created: 3 });
    expect(server.asked()).toEqual(['/b']);
    expect(await store.runs.get(old)).toMatchObject({
      state: 'incomplete',
      reason: `abandoned: the source reads ${b.url} now`,
    });
    expect((await stored())?.url).toBe(b.url);
  });

  test('nothing is swept by a run that gave way', async () => {
    await crawl.harvest(a);
    await crawl.harvester.start({ ...a, url: `${server.origin}/none` });
    server.routes['/a'] = page(['a1', 'a2', 'a3']);
    expect(await crawl.harvest(a)).toMatchObject({ state: 'complete', created: 1, unchanged: 2, missing: 0 });
  });

  test.each([
    ['other settings', (): SourceDefinition => ({ ...a, defaults: { ...a.defaults, country: 'NL' } })],
    ['another format', (): SourceDefinition => ({ ...a, format: 'csv' })],
  ])('%s are another input too', async (_, other) => {
    const old = await crawl.harvester.start(a);
    const run = await crawl.harvester.start(other());
    expect(run).not.toBe(old);
    expect(await store.runs.get(old)).toMatchObject({
      state: 'incomplete',
      reason: expect.stringMatching(/abandoned/),
    });
  });

  test('the same input goes on, whatever else of the source has changed', async () => {
    const old = await crawl.harvester.start(a);
    expect(await crawl.harvester.start({ ...a, title: 'A new title' })).toBe(old);
    expect((await stored())?.title).toBe('A new title');
  });

  test('while somebody is at work on the run another input is refused, and nothing is changed', async () => {
    const run = await held();
    const refused = crawl.harvester.start(b);
    await expect(refused).rejects.toThrow(SourceBusy);
    await expect(refused).rejects.toThrow(new RegExp(`${a.url} \\(run ${run}, by north:77:abcdef01\\)`));
    await expect(refused).rejects.toMatchObject({
      remedy: expect.stringContaining(`credatlas abandon ${run} --force`),
    });
    expect(await stored()).toEqual(a);
    // Nor does the same input, with other words around it.
    expect(await crawl.harvester.start({ ...a, title: 'Other words' })).toBe(run);
    expect(await stored()).toEqual(a);
    expect(await store.runs.get(run)).toMatchObject({ state: 'running' });
  });

  test('a source that was never stored is not there after a refusal by a pause of its host', async () => {
    await store.pauses.set({ origin: server.origin }, {});
    try {
      await expect(crawl.harvester.start(a)).rejects.toThrow(/paused/);
      expect(await stored()).toBeUndefined();
    } finally {
      await store.pauses.clear({ origin: server.origin });
    }
  });

  test('a replay does not push a harvest aside that waits to be carried on; a harvest does so to a replay', async () => {
    const normaliser = normaliserOf(formatNamed(await loadFormats(), 'ooapi'), a);
    const replay = () => store.runs.start(a, normaliser, [{ url: replayPage(a.id) }], 'replay');
    const run = await crawl.harvester.start(a);
    await expect(replay()).rejects.toMatchObject({
      message: expect.stringContaining(run),
      remedy: expect.stringMatching(/credatlas harvest .* credatlas abandon|credatlas harvest/),
    });
    expect(await crawl.harvester.continue(run)).toMatchObject({ state: 'complete' });
    const { id: replayed } = await replay();
    expect(await crawl.harvest(a)).toMatchObject({ state: 'complete', unchanged: 2 });
    expect(await store.runs.get(replayed)).toMatchObject({ state: 'incomplete' });
  });

  test('an orphan whose source reads something else by now gives way to a run of that', async () => {
    const old = await crawl.harvester.start(a);
    await store.putSource(b);
    const run = await crawl.harvester.continue(old);
    expect(run).toMatchObject({ state: 'complete', created: 3 });
    expect(run?.id).not.toBe(old);
    expect(await store.runs.get(old)).toMatchObject({ state: 'incomplete' });
    expect(server.asked()).toEqual(['/b']);
  });

  test('an orphan of a format that is no more ends by itself, with the reason', async () => {
    const run = await crawl.harvester.start(a);
    await store.db.query(`update runs set format = 'ooapi-1999' where id = $1`, [run]);
    expect(await crawl.harvester.continue(run)).toMatchObject({
      state: 'failed',
      reason: 'there is no format "ooapi-1999" any more',
    });
  });

  describe('abandon', () => {
    test('ends a run that nobody is at work on, by run or source, and is noted', async () => {
      for (const what of ['run', 'source']) {
        const run = await crawl.harvester.start(a);
        expect(await store.runs.abandon(what === 'run' ? run : a.id, 'night shift')).toEqual({ run, source: a.id });
        expect(await store.runs.get(run)).toMatchObject({ state: 'incomplete', reason: 'abandoned by night shift' });
        expect((await store.audit.newest(1))[0]).toMatchObject({ who: 'night shift', action: 'abandon', subject: run });
        await expect(store.runs.abandon(run, 'x')).rejects.toThrow(/has ended \(incomplete\)/);
      }
      await expect(store.runs.abandon('run_none', 'x')).rejects.toThrow(/no run is under way/);
      expect(await crawl.harvest(b)).toMatchObject({ state: 'complete', created: 3 });
    });

    test('is refused while somebody is at work; by force that worker writes nothing more', async () => {
      let letGo = () => {};
      const asked = new Promise<void>((underWay) => {
        server.routes['/a'] = (_, response) => {
          letGo = () => response.end(page(['a1', 'a2']));
          underWay();
        };
      });
      const run = await crawl.harvester.start(a);
      const carried = crawl.harvester.continue(run);
      await asked;
      await expect(store.runs.abandon(run, 'x')).rejects.toThrow(/is being harvested/);
      expect(await store.runs.get(run)).toMatchObject({ state: 'running' });
      await store.runs.abandon(run, 'x', { force: true });
      letGo();
      expect(await carried).toBeUndefined();
      expect(await store.runs.get(run)).toMatchObject({ state: 'incomplete', seen: 0, reason: 'abandoned by x' });
      expect((await store.read.sources.byIds([a.id]))[0]?.records).toBe(0);
    });
  });
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../catalogue/store/store.ts';
import { readStart } from '../../crawler/elements/dates.ts';
import type { Format } from '../../crawler/format.ts';
import { preview } from '../../crawler/harvest/preview.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { defineJsonFormat } from '../../crawler/record/json-feed.ts';
import { declareShape } from '../../crawler/record/shape.ts';
import { loadFormats } from '../../crawler/registry.ts';
import { mintCredentialId, type SourceDefinition } from '../../schema/index.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { FIXTURES } from '../support/fixture-files.ts';
import { storeKinds } from '../support/stores.ts';

/** `{"items": [{"id", "title"}, {"id", "run", "start"}, {"id", "gone": true}, {"run", "gone": true}], "total", "next"}`. */
const changes: Format = behindDoor(
  defineJsonFormat({
    name: 'changes',
    title: 'A feed that can say what has changed',
    specification: 'https://changes.example/',
    mediaTypes: ['application/json'],
    documentation: { reads: 'courses', elements: ['title'], quirks: [] },
    version: 1,
    lists: ['/items'],
    ids: ['id'],
    shape: declareShape('id title run start gone'),
    partShape: declareShape('id run start gone'),
    detect: () => 0,
    cut: () => ({
      *item(raw, path) {
        const { id, run, gone } = raw as { id?: string; run?: string; gone?: boolean };
        yield { identifier: id ?? '', ...(run ? { part: run } : {}), path, raw, ...(gone ? { gone } : {}) };
      },
    }),
    envelope(envelope, page) {
      Object.assign(page.envelope, envelope);
      if (typeof envelope.total === 'number') page.total = envelope.total;
    },
    changedSince: (url, since) => (url.includes('whole') ? undefined : `${url}?updatedSince=${since}`),
    next: (page) =>
      typeof page.envelope.next === 'string' ? [{ url: new URL(page.envelope.next, page.url).href }] : [],
    named: ({ main }) => ({ spot: main.at('title') }),
    elements: ({ parts }) => ({
      opportunities: parts.map((part) => ({
        id: part.at('run').said() ?? '',
        path: part.path,
        ...readStart(part.at('start')),
      })),
    }),
  }),
);

const course = (n: number, title = `Course ${n}`) => ({ id: `c-${n}`, title });
const run = (n: number, name: string, start = '2027-03-01') => ({ id: `c-${n}`, run: name, start });
const feed = (items: object[], more: object = {}) => JSON.stringify({ items, ...more });
const TEN = Array.from({ length: 10 }, (_, n) => course(n));

describe.each(storeKinds)('a feed that says what has changed, on $kind', ({ open }) => {
  let store: Store;
  let server: FeedServer;
  let crawl: Awaited<ReturnType<typeof createTestCrawl>>;
  let source: SourceDefinition;
  let n = 0;
  const answers = new Map<string, string | number>();

  beforeAll(async () => {
    store = await open();
    server = await createFeedServer();
    crawl = await createTestCrawl(store, { formats: new Map([['changes', changes]]) });
  });
  afterAll(async () => {
    await crawl?.close();
    await server?.close();
    await store?.close();
  });
  beforeEach(() => {
    source = testSource({ id: `delta-${n}`, format: 'changes', url: `${server.origin}/feed-${n}` });
    const path = `/feed-${n++}`;
    server.routes[path] = (request, response) => {
      const url = new URL(request.url ?? '', server.origin);
      const answer = answers.get(url.searchParams.has('updatedSince') ? 'changes' : 'all') ?? 500;
      if (typeof answer === 'number') response.writeHead(answer).end();
      else response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    };
    answers.clear();
    answers.set('all', feed(TEN));
    server.asked();
  });

  const asked = () => server.asked().map((path) => path.replace(/=.*/, '='));
  const states = async () => {
    const rows = await store.db.query<{ identifier: string; status: string }>(
      `select identifier, status from credentials where source = $1 order by identifier`,
      [source.id],
    );
    return Object.fromEntries(rows.map(({ identifier, status }) => [identifier, status]));
  };
  const live = async () => Object.values(await states()).filter((state) => state === 'live').length;
  const runsOf = async (id: string) => {
    const [record] = await store.read.credentials.byIds([mintCredentialId(source.id, id)]);
    return record?.record.opportunities.map((one) => one.id);
  };

  test('the first run reads all; the next asks for what changed a little before the first began, and sweeps nothing', async () => {
    const first = await crawl.harvest(source);
    expect(first).toMatchObject({ state: 'complete', created: 10 });
    expect(first.changesSince).toBeUndefined();
    answers.set('changes', feed([course(1, 'Course 1, renewed'), course(10)]));
    const second = await crawl.harvest(source);
    expect(second).toMatchObject({ state: 'complete', created: 1, updated: 1, unchanged: 0, missing: 0, withdrawn: 0 });
    const [, since] = /updatedSince=(.*)/.exec(server.asked().at(-1) ?? '') ?? [];
    expect(since && second.changesSince).toBe(decodeURIComponent(since ?? ''));
    const before = Date.parse(first.startedAt) - Date.parse(since ?? '');
    expect(before).toBeGreaterThan(60_000);
    expect(before).toBeLessThan(2 * 3_600_000);
    expect(await live()).toBe(11);
    // The third asks from the second on: a run of changes is proof as well.
    const third = await crawl.harvest(source);
    expect(Date.parse(third.changesSince ?? '')).toBeGreaterThan(Date.parse(second.changesSince ?? ''));
    expect(await live()).toBe(11);
    const [kept] = await store.db.query<{ n: number }>('select count(*)::int as n from resources where source = $1', [
      source.id,
    ]);
    expect(kept?.n).toBeLessThanOrEqual(1);
  });

  test('what the feed says is gone is withdrawn with its reason, and nothing else; it comes back when the feed has it again', async () => {
    await crawl.harvest(source);
    answers.set(
      'changes',
      feed([
        { id: 'c-3', gone: true },
        { id: 'never-heard-of', gone: true },
      ]),
    );
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', withdrawn: 1, missing: 0, rejected: 0 });
    expect((await states())['c-3']).toBe('withdrawn');
    expect(await live()).toBe(9);
    const [change] = await store.db.query<{ kind: string; reason: string }>(
      `select kind, reason from changes where id = $1 order by seq desc limit 1`,
      [mintCredentialId(source.id, 'c-3')],
    );
    expect(change).toEqual({ kind: 'withdrawn', reason: 'the source says that it is gone' });
    answers.set('changes', feed([course(3)]));
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete' });
    expect(await live()).toBe(10);
    const [left] = await store.db.query<{ n: number }>('select count(*)::int as n from tombstones');
    expect(left?.n).toBe(0);
  });

  test('told gone and given in one run: it stays, in whichever order', async () => {
    await crawl.harvest(source);
    answers.set('changes', feed([{ id: 'c-1', gone: true }, course(1), course(2), { id: 'c-2', gone: true }]));
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', withdrawn: 0 });
    expect(await live()).toBe(10);
  });

  test('a run of a course that is gone leaves it, whether or not the feed says of which course it is', async () => {
    answers.set('all', feed([course(1), run(1, 'a'), run(1, 'b'), run(1, 'c'), course(2), run(2, 'd')]));
    await crawl.harvest(source);
    expect(await runsOf('c-1')).toEqual(['a', 'b', 'c']);
    answers.set('changes', feed([{ id: 'c-1', run: 'b', gone: true }, { run: 'd', gone: true }, run(1, 'e')]));
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', withdrawn: 0 });
    expect(await runsOf('c-1')).toEqual(['a', 'c', 'e']);
    expect(await runsOf('c-2')).toEqual([]);
    expect(await live()).toBe(2);
  });

  test('too many said to be gone at once are held for approval, and go when it is given', async () => {
    await crawl.harvest(source);
    answers.set('changes', feed([1, 2, 3].map((n) => ({ id: `c-${n}`, gone: true }))));
    const held = await crawl.harvest(source);
    expect(held).toMatchObject({
      state: 'held',
      withdrawn: 0,
      reason: expect.stringContaining('3 of 10 records are gone'),
    });
    expect(await live()).toBe(10);
    // Nothing was proven: the next run asks for the same again.
    expect((await crawl.harvest(source)).changesSince).toBe(held.changesSince);
    const [hold] = await store.holds.open(source.id);
    await store.holds.approve(hold?.run ?? '', 'tester');
    expect(await live()).toBe(7);
  });

  test('a run of changes that is not complete takes nothing out, and the next one asks for the same again', async () => {
    await crawl.harvest(source);
    answers.set('changes', feed([{ id: 'c-1', gone: true }, course(2, 'Renewed')], { total: 3 }));
    const broken = await crawl.harvest(source);
    expect(broken).toMatchObject({ state: 'incomplete', updated: 1, withdrawn: 0 });
    expect(await live()).toBe(10);
    answers.set('changes', feed([{ id: 'c-1', gone: true }, course(2, 'Renewed'), course(4)], { total: 3 }));
    const again = await crawl.harvest(source);
    expect(again).toMatchObject({ state: 'complete', withdrawn: 1, changesSince: broken.changesSince });
  });

  test('after `fullReadDays`, with other settings, or where the feed cannot, all is read', async () => {
    await crawl.harvest(source);
    answers.set('changes', feed([]));
    expect((await crawl.harvest(source)).changesSince).toBeDefined();
    const often = { ...source, fullReadDays: 1e-9 };
    expect((await crawl.harvest(often)).changesSince).toBeUndefined();
    expect(
      (await crawl.harvest({ ...source, defaults: { ...source.defaults, country: 'SE' } })).changesSince,
    ).toBeUndefined();
    expect(asked()).toEqual(['', '?updatedSince=', '', ''].map((query) => `/feed-${n - 1}${query}`));
    const whole = { ...source, url: `${server.origin}/whole` };
    server.routes['/whole'] = feed(TEN);
    await crawl.harvest(whole);
    expect((await crawl.harvest(whole)).changesSince).toBeUndefined();
  });

  test('a whole read sweeps as ever; what it says is gone need not be missed first', async () => {
    const weekly = { ...source, fullReadDays: 1e-9 };
    await crawl.harvest(weekly);
    answers.set('all', feed([...TEN.slice(2), { id: 'c-0', gone: true }]));
    const second = await crawl.harvest(weekly);
    expect(second).toMatchObject({ state: 'complete', withdrawn: 1 });
    expect(await states()).toMatchObject({ 'c-0': 'withdrawn', 'c-1': 'missing', 'c-2': 'live' });
  });

  test('a dry run tells what would go', async () => {
    await crawl.harvest(source);
    answers.set('all', feed([...TEN.slice(1), { id: 'c-0', gone: true }]));
    const { run: dry } = await preview(
      { store, reader: crawl.reader, formats: new Map([['changes', changes]]) },
      source,
    );
    expect(dry).toMatchObject({ withdrawn: 1, missing: 0, unchanged: 9 });
    expect(await live()).toBe(10);
  });

  test('readers of the graph see what a run read', async () => {
    await crawl.harvest(source);
    answers.set('changes', feed([]));
    const { id, changesSince } = await crawl.harvest(source);
    const [stored] = await store.read.sources.byIds([source.id]);
    expect(stored?.lastRun).toMatchObject({ id, changesSince });
  });

  test('a feed that says itself that it delivers changes: what it names goes or comes, all else stays', async () => {
    const fixture = (name: string) => readFileSync(new URL(`openqcat/${name}`, FIXTURES), 'utf8');
    const catalogue = await createTestCrawl(store);
    try {
      server.routes['/catalogue'] = fixture('offers.xml');
      const offers = { ...source, format: 'openqcat', url: `${server.origin}/catalogue` };
      const first = await catalogue.harvest(offers);
      expect(first).toMatchObject({ state: 'complete', withdrawn: 0 });
      const before = await states();
      const runs = await runsOf('A-1');
      server.routes['/catalogue'] = fixture('update.xml');
      expect(
        (await preview({ store, reader: catalogue.reader, formats: await loadFormats() }, offers)).run,
      ).toMatchObject({
        created: 1,
        missing: 0,
      });
      const update = await catalogue.harvest(offers);
      expect(update).toMatchObject({
        state: 'complete',
        created: 1,
        missing: 0,
        withdrawn: 0,
        changesSince: first.startedAt,
      });
      expect(await states()).toEqual({ ...before, 'A-3': 'live' });
      // One of the events of A-1 went, and its run with it.
      expect(await runsOf('A-1')).toHaveLength((runs?.length ?? 0) - 1);
      server.routes['/catalogue'] = fixture('update.xml')
        .replaceAll('A-1-T2', 'A-2')
        .replace(/<NEW>[\s\S]*<\/NEW>/, '');
      expect(await catalogue.harvest(offers)).toMatchObject({ state: 'complete', withdrawn: 1, missing: 0 });
      expect(await states()).toEqual({ ...before, 'A-3': 'live', 'A-2': 'withdrawn' });
      // A whole catalogue is one again.
      server.routes['/catalogue'] = fixture('offers.xml');
      expect(await catalogue.harvest(offers)).toMatchObject({ state: 'complete', missing: 1 });
    } finally {
      await catalogue.close();
    }
  });
});

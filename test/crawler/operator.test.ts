import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NotHeld } from '../../catalogue/store/holds.ts';
import type { Store } from '../../catalogue/store/store.ts';
import { sweep } from '../../catalogue/store/sweep.ts';
import { NotNow, RetryLater } from '../../crawler/errors.ts';
import { createStoreClock } from '../../crawler/fetch/store-clock.ts';
import { replayPage, replayRun } from '../../crawler/harvest/replay.ts';
import { normaliserOf } from '../../crawler/harvest/start.ts';
import { createTurns } from '../../crawler/harvest/turns.ts';
import { formatNamed, loadFormats } from '../../crawler/registry.ts';
import { mintCredentialId } from '../../schema/index.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { storeKinds } from '../support/stores.ts';

const course = (id: string | number, more: object = {}) => ({
  courseId: `course-${id}`,
  name: [{ language: 'nl-NL', value: `Cursus ${id}` }],
  ...more,
});
const courses = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => course(from + i));
const page = (items: unknown[], more: object = {}) =>
  JSON.stringify({ pageSize: 10, pageNumber: 1, hasPreviousPage: false, hasNextPage: false, items, ...more });

describe.each(storeKinds)('operating a crawler on $kind', ({ open }) => {
  let store: Store;
  let server: FeedServer;
  let crawl: Awaited<ReturnType<typeof createTestCrawl>>;
  let n = 0;
  let id: string;
  let source: ReturnType<typeof testSource>;

  beforeAll(async () => {
    store = await open();
    crawl = await createTestCrawl(store);
    server = await createFeedServer();
  }, 60_000);
  afterAll(async () => {
    await crawl?.close();
    await server?.close();
    await store?.close();
  });
  beforeEach(() => {
    id = `op-${n++}`;
    source = testSource({ id, format: 'ooapi', url: `${server.origin}/courses` });
    for (const path of Object.keys(server.routes)) delete server.routes[path];
    server.asked();
  });

  const feed = (items: unknown[]) => {
    server.routes['/courses'] = page(items);
    return crawl.harvest(source);
  };
  const stored = async (k: string | number) =>
    (await store.read.credentials.byIds([mintCredentialId(id, `course-${k}`)]))[0];
  const status = async (k: string | number) => (await stored(k))?.status;
  const holdOf = async () => (await store.holds.open(id))[0];
  const stateOf = async () => (await store.read.sources.byIds([id]))[0]?.state;
  const kindsOf = async (k: string | number) =>
    (await store.changes.after(0, 100_000))
      .filter((change) => change.id === mintCredentialId(id, `course-${k}`))
      .map((change) => change.kind);

  describe('holds', () => {
    test('a feed cut to a tenth: nothing goes, the list waits, an approval takes exactly that, once', async () => {
      await feed(courses(1, 20));
      const run = await feed(courses(1, 2));
      expect(run).toMatchObject({ state: 'held', missing: 0, withdrawn: 0 });
      expect(await status(20)).toBe('live');
      expect(await stateOf()).toBe('held');
      const hold = await holdOf();
      expect(hold).toMatchObject({ run: run.id, source: id, kind: 'shrunk', live: 20 });
      expect(hold?.identifiers).toHaveLength(18);
      expect(hold?.identifiers).not.toContain('course-1');

      const before = await store.changes.last();
      const approval = await store.holds.approve(id, 'Ada');
      expect(approval).toMatchObject({ run: run.id, by: 'Ada', kept: [] });
      expect(approval.withdrawn.toSorted()).toEqual(hold?.identifiers.toSorted());
      expect(await stored(20)).toMatchObject({ status: 'withdrawn' });
      expect((await stored(20))?.withdrawnReason).toMatch(/approved by the operator/);
      expect(await status(1)).toBe('live');
      const changes = await store.changes.after(before, 100);
      expect(changes.map((c) => c.kind)).toEqual(Array(18).fill('withdrawn'));
      expect(changes[0]?.reason).toMatch(new RegExp(`run ${run.id}; approved by the operator`));
      expect(await store.runs.get(run.id)).toMatchObject({ state: 'complete', withdrawn: 18 });
      // Names are for the operator's list of approvals, not for readers.
      expect(JSON.stringify([await store.runs.get(run.id), changes])).not.toContain('Ada');
      expect(await stateOf()).toBe('ok');

      await expect(store.holds.approve(id, 'Bob')).rejects.toThrow(/was approved by Ada/);
      await expect(store.holds.approve('nobody', 'Bob')).rejects.toThrow(NotHeld);
      expect(await feed(courses(1, 2))).toMatchObject({ state: 'complete', unchanged: 2, withdrawn: 0 });
    });

    test('the approval is kept: who, when, what', async () => {
      await feed(courses(1, 5));
      const { id: run } = await feed([]);
      await store.holds.approve(run, 'Ada');
      const [kept] = await store.db.query<{ cleared_by: string; cleared_at: Date; outcome: string; applied: string[] }>(
        'select cleared_by, cleared_at, outcome, applied from holds where run = $1',
        [run],
      );
      expect(kept).toMatchObject({ cleared_by: 'Ada', outcome: 'approved' });
      expect(kept?.applied.toSorted()).toEqual(courses(1, 5).map((c) => c.courseId));
      expect(Date.now() - (kept?.cleared_at.getTime() ?? 0)).toBeLessThan(60_000);
    });

    test('an approval is all or nothing', async () => {
      await feed(courses(1, 6));
      await feed([]);
      await store.db.query(
        `alter table runs add constraint no_${n} check (source <> '${id}' or withdrawn < 3) not valid`,
      );
      await expect(store.holds.approve(id, 'Ada')).rejects.toThrow();
      await store.db.query(`alter table runs drop constraint no_${n}`);
      expect(await status(1)).toBe('live');
      expect(await holdOf()).toBeDefined();
    });

    test('what was seen again since is kept by an approval', async () => {
      await feed(courses(1, 10));
      const held = await feed(courses(1, 2));
      // Course 3 comes back in a run that does not end well: that clears no hold, but course 3 is there.
      server.routes['/courses'] = page(courses(1, 3), { hasNextPage: true });
      server.routes['/courses?pageNumber=2'] = { status: 404 };
      expect(await crawl.harvest(source)).toMatchObject({ state: 'incomplete' });
      expect(await stateOf()).toBe('broken');
      const approval = await store.holds.approve(held.id, 'Ada');
      expect(approval.kept).toEqual(['course-3']);
      expect(await status(3)).toBe('live');
      expect(await status(4)).toBe('withdrawn');
    });

    test('the next healthy run clears a hold by itself', async () => {
      await feed(courses(1, 10));
      const held = await feed(courses(1, 2));
      const healthy = await feed(courses(1, 10));
      expect(healthy).toMatchObject({ state: 'complete', unchanged: 10 });
      expect(await holdOf()).toBeUndefined();
      expect(await stateOf()).toBe('ok');
      await expect(store.holds.approve(held.id, 'Ada')).rejects.toThrow(new RegExp(`healthy run ${healthy.id}`));
    });

    test('a second held run takes the place of the first: one list a source', async () => {
      await feed(courses(1, 10));
      const first = await feed(courses(1, 2));
      const second = await feed(courses(1, 3));
      expect((await store.holds.open(id)).map((hold) => hold.run)).toEqual([second.id]);
      await expect(store.holds.approve(first.id, 'Ada')).rejects.toThrow(new RegExp(`that of run ${second.id}`));
      expect((await store.holds.approve(id, 'Ada')).withdrawn).toHaveLength(7);
    });

    test('new identifiers for everything are churn: the old ones stay until somebody says so', async () => {
      await feed(courses(1, 6));
      const run = await feed(courses(101, 106));
      expect(run).toMatchObject({ state: 'held', created: 6, withdrawn: 0 });
      expect(await holdOf()).toMatchObject({ kind: 'churn', live: 6 });
      expect(await status(1)).toBe('live');
      expect((await store.holds.approve(id, 'Ada')).withdrawn).toHaveLength(6);
      expect(await status(101)).toBe('live');
    });

    test('half a feed unreadable is held, and the unreadable records stay', async () => {
      await feed(courses(1, 10));
      const nameless = courses(1, 5).map((c) => ({ ...c, name: [] }));
      const run = await feed([...nameless, ...courses(6, 9)]);
      expect(run).toMatchObject({ state: 'held', rejected: 5, unchanged: 4 });
      expect(await holdOf()).toMatchObject({ kind: 'unreadable', identifiers: ['course-10'] });
      expect((await store.holds.approve(id, 'Ada')).withdrawn).toEqual(['course-10']);
      expect(await status(1)).toBe('live');
    });

    test('limits of the source count', async () => {
      source = { ...source, guard: { share: 1, churn: 1, unreadable: 1 } };
      await feed(courses(1, 10));
      expect(await feed(courses(1, 2))).toMatchObject({ state: 'complete', missing: 8 });
    });
  });

  describe('leaving', () => {
    const age = (days: number) =>
      store.db.query(
        `update credentials set missing_since = now() - make_interval(days => $2) where source = $1 and status = 'missing'`,
        [id, days],
      );

    test('a missing record is kept for its days of grace, then withdrawn with date and reason', async () => {
      source = { ...source, graceDays: 7 };
      await feed(courses(1, 10));
      expect(await feed(courses(1, 9))).toMatchObject({ missing: 1 });
      expect(await feed(courses(1, 9))).toMatchObject({ missing: 0, withdrawn: 0 });
      await age(6);
      expect(await feed(courses(1, 9))).toMatchObject({ withdrawn: 0 });
      await age(8);
      expect(await feed(courses(1, 9))).toMatchObject({ withdrawn: 1 });
      expect(await kindsOf(10)).toEqual(['created', 'missing', 'withdrawn']);
      const tomb = (await store.changes.after(0, 100_000)).findLast((c) => c.id === mintCredentialId(id, 'course-10'));
      expect(tomb?.reason).toMatch(/grace/);
      expect(tomb?.at).toBeInstanceOf(Date);
    });

    test('a sweep that is done twice (a crash before the end of the run) withdraws nothing it has just flagged', async () => {
      await feed(courses(1, 10));
      const { id: run } = await feed(courses(1, 9));
      expect(await sweep(store.db, run, id)).toEqual({ held: false, missing: 1, withdrawn: 0, lostParts: [] });
      expect(await status(10)).toBe('missing');
      expect(await kindsOf(10)).toEqual(['created', 'missing']);
    });

    test('losing its offerings in the same run does not bring a missing record back', async () => {
      source = { ...source, options: { offerings: true } };
      const offering = { offeringId: 'run-1', offeringType: 'course', course: 'course-3', startDate: '2031-05-03' };
      server.routes['/courses/course-1/offerings'] = page([]);
      server.routes['/courses/course-2/offerings'] = page([]);
      server.routes['/courses/course-3/offerings'] = page([offering]);
      await feed(courses(1, 3));
      expect((await stored(3))?.record.opportunities).toHaveLength(1);
      expect(await feed(courses(1, 2))).toMatchObject({ state: 'complete', missing: 1 });
      expect(await status(3)).toBe('missing');
      expect(await kindsOf(3)).not.toContain('restored');
      expect(await feed(courses(1, 2))).toMatchObject({ withdrawn: 1 });
      expect(await status(3)).toBe('withdrawn');
    });
  });

  describe('replay', () => {
    const replay = async (changed: Partial<typeof source> = {}) => {
      source = { ...source, ...changed };
      await store.putSource(source);
      const format = formatNamed(await loadFormats(), source.format);
      const first = [{ url: replayPage(id) }];
      const { id: run } = await store.runs.start(source, normaliserOf(format, source), first, 'replay');
      const ended = await crawl.harvester.continue(run);
      if (!ended) throw new Error('somebody else is on it');
      return ended;
    };

    test('stored raw records go through the present normaliser without a request', async () => {
      await feed(courses(1, 4));
      server.asked();
      const run = await replay({ defaults: { country: 'NL' } });
      expect(run).toMatchObject({ trigger: 'replay', state: 'complete', seen: 4, updated: 4, requests: 0, bytes: 0 });
      expect(server.asked()).toEqual([]);
      expect((await stored(1))?.record.issuerCountry).toMatchObject({ state: 'derived', value: { country: 'NL' } });
      expect(await replay()).toMatchObject({ seen: 4, updated: 0, unchanged: 4 });
      // The feed as it was is nothing new to the next harvest either, and the replay has swept nothing.
      expect(await feed(courses(1, 4))).toMatchObject({ state: 'complete', unchanged: 4, updated: 0, missing: 0 });
    });

    test('counters add up, and what no longer normalises keeps its last good version', async () => {
      await feed(courses(1, 3));
      await store.db.query(
        `update observations set raw = (select raw from observations where source = $1 and identifier = 'course-1')
          where source = $1 and identifier = 'course-2'`,
        [id],
      );
      const run = await replay({ defaults: { country: 'BE' } });
      expect(run.seen).toBe(run.created + run.updated + run.unchanged + run.rejected);
      expect(run.seen).toBe(3);
      expect(await status(2)).toBe('live');
    });

    test('what is missing or withdrawn stays so, and freshness, holds and state are none of its business', async () => {
      await feed(courses(1, 12));
      await feed(courses(1, 11));
      expect(await status(12)).toBe('missing');
      await feed([]);
      const before = (await store.read.sources.byIds([id]))[0];
      await replay({ defaults: { country: 'NL' } });
      const after = (await store.read.sources.byIds([id]))[0];
      expect(await status(12)).toBe('missing');
      expect((await stored(12))?.record.issuerCountry.value).toEqual({ country: 'NL' });
      expect(await kindsOf(12)).toEqual(['created', 'missing', 'updated']);
      expect(after).toMatchObject({ state: 'held', freshAt: before?.freshAt });
      expect(after?.hold?.count).toBe(before?.hold?.count);
    });

    test('a replay that was killed goes on from its cursor and does not sweep', async () => {
      await feed(courses(1, 600));
      source = { ...source, defaults: { country: 'NL' } };
      await store.putSource(source);
      let batches = 0;
      const dying = await createTestCrawl({
        ...store,
        replays: {
          ...store.replays,
          apply: async (...args) => {
            if (++batches === 2) throw new Error('killed');
            return store.replays.apply(...args);
          },
        },
      });
      const format = formatNamed(await loadFormats(), source.format);
      const first = [{ url: replayPage(id) }];
      const { id: run } = await store.runs.start(source, normaliserOf(format, source), first, 'replay');
      await expect(dying.harvester.continue(run)).rejects.toThrow('killed');
      await dying.close();
      expect(await crawl.harvester.continue(run)).toMatchObject({ state: 'complete', seen: 600, updated: 600 });
      expect(await status(600)).toBe('live');
      expect(await holdOf()).toBeUndefined();
      await expect(sweep(store.db, run, id)).rejects.toThrow(/no harvest/);
    });
  });

  describe('replay of what kills its worker', () => {
    test('is set aside after three starts, with its raw text; the rest goes on', async () => {
      await feed(courses(1, 5));
      source = { ...source, defaults: { country: 'NL' } };
      await store.putSource(source);
      const ooapi = formatNamed(await loadFormats(), 'ooapi');
      const { id: run } = await store.runs.start(source, '2', [{ url: replayPage(id) }], 'replay');
      const start = async () => {
        // The worker dies of the third record: after its note, before the batch.
        const summary = await store.runs.get(run);
        if (!summary) throw new Error('no run');
        await store.runs.lease(run, 'worker', 15);
        const dying = {
          ...store,
          runs: {
            ...store.runs,
            // Who is dead gives nothing back.
            giveBack: async () => {},
          },
          replays: {
            ...store.replays,
            apply: async (...args: Parameters<typeof store.replays.apply>) => {
              if (args[0].reports.some(({ identifier, rejection }) => identifier === 'course-3' && !rejection))
                throw new Error('killed');
              return store.replays.apply(...args);
            },
          },
        };
        return replayRun(
          { store: dying, format: ooapi, turns: createTurns() },
          { run: summary, source, normaliser: '2', owner: 'worker' },
        );
      };
      for (let i = 0; i < 3; i++) await expect(start()).rejects.toThrow('killed');
      expect(await start()).toMatchObject({ state: 'complete', seen: 5, rejected: 1, updated: 4 });
      expect(await status(3)).toBe('live');
      expect(await store.ingest.raw(id, ['course-3'])).toHaveLength(1);
      const [problems] = await store.read.sources.problems([run], 10);
      expect(problems?.[0]).toMatchObject({ identifier: 'course-3', rule: 'quarantined', severity: 'rejected' });
    });
  });

  describe('history', () => {
    test('the diff of a run names what it changed; that of two what came of all between them', async () => {
      const first = await feed([...courses(1, 10), { ...course(11), name: [] }]);
      const second = await feed([
        ...courses(1, 8),
        course(9, { name: [{ language: 'nl', value: 'Nieuw' }] }),
        course(12),
      ]);
      const third = await feed([...courses(1, 8), course(9), course(11), course(12, { description: [] })]);
      const of = async (...runs: [string, string?]) => {
        const diff = await store.history.diff(...runs);
        return [
          ...(diff?.records.map((r) => `${r.kind} ${r.identifier}`) ?? []),
          ...(diff?.rejected.map((r) => `rejected ${r.identifier}`) ?? []),
          ...(diff?.mended?.map((r) => `mended ${r.identifier}`) ?? []),
        ].sort();
      };
      expect((await of(first.id)).filter((line) => line.startsWith('created'))).toHaveLength(10);
      expect(await of(first.id)).toContain('rejected course-11');
      expect(await of(second.id)).toEqual(['created course-12', 'missing course-10', 'updated course-9']);
      expect(await of(first.id, third.id)).toEqual([
        'created course-11',
        'created course-12',
        'mended course-11',
        'updated course-9',
        'withdrawn course-10',
      ]);
      expect(await of(third.id, first.id)).toEqual(await of(first.id, third.id));
      expect(await store.history.diff('run_none')).toBeUndefined();
    });
  });

  describe('pauses and blackouts', () => {
    test('a paused source is not started; resumed it is', async () => {
      await feed(courses(1, 2));
      server.asked();
      await store.pauses.set({ source: id }, { reason: 'moving house' });
      await expect(crawl.harvest(source)).rejects.toThrow(
        /source op-\d+ is paused until it is resumed \(moving house\)/,
      );
      expect(server.asked()).toEqual([]);
      expect((await store.read.sources.byIds([id]))[0]?.paused).toMatchObject({ reason: 'moving house' });
      expect(await store.pauses.clear({ source: id })).toBe(true);
      expect(await store.pauses.clear({ source: id })).toBe(false);
      expect(await crawl.harvest(source)).toMatchObject({ state: 'complete' });
    });

    test('a pause ends by itself', async () => {
      await store.putSource(source);
      await store.pauses.set({ source: id }, { until: new Date(Date.now() + 400) });
      server.routes['/courses'] = page(courses(1, 1));
      await expect(crawl.harvest(source)).rejects.toThrow(NotNow);
      await new Promise((done) => setTimeout(done, 450));
      expect(await crawl.harvest(source)).toMatchObject({ state: 'complete' });
    });

    test('a run that is paused stops before its next page and goes on where it was', async () => {
      server.routes['/courses'] = async (_, res) => {
        await store.pauses.set({ source: id }, {});
        res.writeHead(200, { 'content-type': 'application/json' }).end(page(courses(1, 10), { hasNextPage: true }));
      };
      server.routes['/courses?pageNumber=2'] = page(courses(11, 12), { pageNumber: 2 });
      const run = await crawl.harvester.start(source);
      await expect(crawl.harvester.continue(run)).rejects.toThrow(NotNow);
      expect(server.asked()).toEqual(['/courses']);
      expect(await store.runs.get(run)).toMatchObject({ state: 'running', seen: 10 });
      // However often a crawler looks meanwhile: waiting is no attempt.
      for (let i = 0; i < 5; i++) await expect(crawl.harvester.continue(run)).rejects.toThrow(NotNow);
      const [waiting] = await store.db.query(`select attempts from pages where run = $1 and state = 'queued'`, [run]);
      expect(waiting).toEqual({ attempts: 0 });
      await store.pauses.clear({ source: id });
      expect(await crawl.harvester.continue(run)).toMatchObject({ state: 'complete', created: 12 });
      expect(server.asked()).toEqual(['/courses?pageNumber=2']);
    });

    test('a paused host is not asked, by any source, and the clock refuses; its own Retry-After stays', async () => {
      const { origin } = server;
      const clock = createStoreClock(store.hosts);
      const pace = { requestsPerSecond: 50, concurrency: 2 };
      await (await clock.acquire(origin, pace)).release({ kind: 'busy', retryAfter: 7200 });
      await store.pauses.set({ origin }, { reason: 'asked us to' });
      await expect(clock.acquire(origin, pace)).rejects.toThrow(/paused by the operator \(asked us to\)/);
      await expect(crawl.harvest(source)).rejects.toThrow(/host http:\/\/127.* is paused/);
      expect((await store.operations.read()).hosts).toEqual([{ origin, state: 'paused', reason: 'asked us to' }]);
      await store.pauses.clear({ origin });
      await expect(clock.acquire(origin, pace)).rejects.toThrow(RetryLater);
      expect((await store.operations.read()).hosts).toMatchObject([{ origin, state: 'closed' }]);
      await store.db.query('delete from hosts');
      expect(server.asked()).toEqual([]);
    });

    test('in a blackout no run starts, and one under way stops between pages until it ends', async () => {
      const minute = 60_000;
      const time = (offset: number) => new Date(Date.now() + offset).toISOString().slice(11, 16);
      const now = `${time(-minute)}-${time(10 * minute)}`;
      const later = `${time(60 * minute)}-${time(70 * minute)}`;
      source = { ...source, politeness: { ...source.politeness, blackout: [later] } };
      server.routes['/courses'] = async (_, res) => {
        await store.putSource({ ...source, politeness: { ...source.politeness, blackout: [now] } });
        res.writeHead(200, { 'content-type': 'application/json' }).end(page(courses(1, 1)));
      };
      expect(await crawl.harvest(source)).toMatchObject({ state: 'complete' });
      source = { ...source, politeness: { ...source.politeness, blackout: [now] } };
      server.asked();
      await expect(crawl.harvest(source)).rejects.toThrow(/wants no harvest before/);
      expect(server.asked()).toEqual([]);

      source = { ...source, politeness: { ...source.politeness, blackout: [] } };
      const run = await crawl.harvester.start(source);
      await store.putSource({ ...source, politeness: { ...source.politeness, blackout: [now] } });
      await expect(crawl.harvester.continue(run)).rejects.toThrow(NotNow);
      expect(server.asked()).toEqual([]);
      await store.putSource(source);
      expect(await crawl.harvester.continue(run)).toMatchObject({ state: 'complete' });
    });
  });

  test('pages that wait are counted, with the age of the oldest', async () => {
    await store.db.query(`update runs set state = 'failed' where state = 'running'`);
    const run = await crawl.harvester.start(source);
    await store.db.query(`update pages set queued_at = now() - interval '1 hour' where run = $1`, [run]);
    await store.operations.tellQueueDepth(3);
    const seen = await store.operations.read();
    expect(seen).toMatchObject({ queuedPages: 1, queueDepth: { jobs: 3 } });
    expect(Date.now() - Date.parse(seen.oldestQueuedPage ?? '')).toBeGreaterThan(3_500_000);
    expect(seen.runs.running).toBe(1);
  });
});

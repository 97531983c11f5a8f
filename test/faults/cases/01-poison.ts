import { setTimeout as sleep } from 'node:timers/promises';
import { unpack } from '../../../catalogue/store/payload.ts';
import { type Case, check, same, sourceOf } from '../context.ts';
import { createLane, type Lane } from '../lane.ts';
import { ledger } from '../ledger.ts';

const family = '1 kill -9 of a worker';

const feed = (n: number, poisoned: Record<number, object> = {}, more: object = {}) =>
  JSON.stringify({
    items: Array.from({ length: n }, (_, i) => ({ id: `p${i}`, title: `P ${i}`, ...poisoned[i], ...more })),
  });

/** As docker-compose.yml does it: who has died is started again. Counts the deaths. */
function supervise(lane: Lane) {
  let deaths = 0;
  let over = false;
  const restarting = (async () => {
    while (!over) {
      for (const worker of lane.workers) {
        if (worker.running || over) continue;
        deaths++;
        await worker.start();
      }
      await sleep(100);
    }
  })();
  return {
    get deaths() {
      return deaths;
    },
    async stop() {
      over = true;
      await restarting.catch(() => {});
    },
  };
}

export const cases: Case[] = [
  {
    family,
    name: 'a record that kills its worker: quarantined with its raw text after three starts, and the others are in',
    seconds: 150,
    track: 'beside',
    async run(context) {
      const redis = await context.redis();
      const lane = await createLane(context, { redisUrl: redis.url, workers: 2, program: 'drill' });
      const supervisor = supervise(lane);
      try {
        const server = await context.server({
          '/poison': feed(30, { 17: { poison: 'normalise' } }),
          '/reader': feed(30, { 5: { poison: 'read' } }),
          '/innocent': feed(30, {}, { slow: 400 }),
        });
        const source = (name: string) =>
          sourceOf({ id: `s-${name}`, url: `${server.origin}/${name}`, format: 'drill' });
        for (const name of ['poison', 'innocent']) {
          await lane.store.putSource(source(name));
          await lane.queue.enqueue(`s-${name}`);
        }
        const run = await lane.ended('s-poison', 90);
        same(run.state, 'complete', `state (${run.reason})`);
        check(supervisor.deaths <= 3, `${supervisor.deaths} workers died of it`);
        const rows = await lane.store.db.query<{ identifier: string; raw: Uint8Array; rule: string }>(
          `select o.identifier, o.raw, p.rule from observations o join problems p on p.source = o.source and p.identifier = o.identifier
            where o.source = 's-poison' and o.state = 'rejected'`,
        );
        same(
          rows.map((row) => [row.identifier, row.rule]),
          [['p17', 'quarantined']],
          'what is quarantined',
        );
        same(unpack(rows[0]?.raw as Uint8Array), { id: 'p17', title: 'P 17', poison: 'normalise' }, 'its raw text');
        const innocent = await lane.ended('s-innocent', 90);
        same(innocent.state, 'complete', `the innocent run (${innocent.reason})`);
        const live = await lane.store.db.query<{ source: string; n: number }>(
          `select source, count(*)::int as n from credentials where status = 'live' group by 1 order by 1`,
        );
        same(
          live,
          [
            { source: 's-innocent', n: 30 },
            { source: 's-poison', n: 29 },
          ],
          'records',
        );
        // Unchanged, it is passed over without being tried again.
        const before = supervisor.deaths;
        await lane.queue.enqueue('s-poison');
        same((await lane.ended('s-poison', 30, 2)).state, 'complete', 'the next run');
        same(supervisor.deaths, before, 'deaths in the next run');
        await lane.store.putSource(source('reader'));
        await lane.queue.enqueue('s-reader');
        const reader = await lane.ended('s-reader', 90);
        same(reader.state, 'incomplete', `a page that cannot be read on (${reader.reason})`);
        check(/ended the crawler/.test(reader.reason ?? ''), `reason: ${reader.reason}`);
        const wrong = await ledger(lane.store);
        check(!wrong.length, `ledger: ${wrong.join('; ')}`);
      } finally {
        await supervisor.stop();
        await lane.close();
        await redis.kill();
      }
    },
  },
  {
    family,
    name: 'a record or page without end: the record is rejected, the page is read as far as it goes, and their worker lives; what cannot be interrupted ends it, and is left out from there on',
    seconds: 300,
    track: 'first',
    async run(context) {
      const redis = await context.redis();
      const lane = await createLane(context, { redisUrl: redis.url, workers: 1, program: 'drill' });
      const supervisor = supervise(lane);
      try {
        const server = await context.server({
          '/spin': feed(30, { 17: { poison: 'spin' } }),
          '/spin-read': feed(30, { 5: { poison: 'spin-read' } }),
          '/spin-wait': feed(30, { 5: { poison: 'spin-wait' } }),
        });
        const enqueue = async (name: string) => {
          await lane.store.putSource(sourceOf({ id: `s-${name}`, url: `${server.origin}/${name}`, format: 'drill' }));
          await lane.queue.enqueue(`s-${name}`);
        };
        await enqueue('spin');
        const spun = await lane.ended('s-spin', 60);
        const record = await lane.store.runs.get(spun.id);
        same([record?.state, record?.created, record?.rejected], ['complete', 29, 1], `the record (${spun.reason})`);
        same(supervisor.deaths, 0, 'deaths by the record');
        await enqueue('spin-read');
        const spunPage = await lane.ended('s-spin-read', 60);
        const upTo = await lane.store.runs.get(spunPage.id);
        same([upTo?.state, upTo?.created], ['incomplete', 5], `the page (${spunPage.reason})`);
        same(supervisor.deaths, 0, 'deaths by the page');
        await enqueue('spin-wait');
        const page = await lane.ended('s-spin-wait', 200);
        const read = await lane.store.runs.get(page.id);
        same([read?.state, read?.created], ['incomplete', 5], `the page that waits (${page.reason})`);
        check(/reading on after record 5 has ended the crawler/.test(page.reason ?? ''), `reason: ${page.reason}`);
        check(supervisor.deaths >= 1 && supervisor.deaths <= 3, `${supervisor.deaths} workers died of the page`);
        const wrong = await ledger(lane.store);
        check(!wrong.length, `ledger: ${wrong.join('; ')}`);
      } finally {
        await supervisor.stop();
        await lane.close();
        await redis.kill();
      }
    },
  },
];

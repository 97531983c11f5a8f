import { setTimeout as sleep } from 'node:timers/promises';
import { type Case, check, same, sourceOf } from '../context.ts';
import { courses, page } from '../feed.ts';
import { createLane } from '../lane.ts';
import { ledger } from '../ledger.ts';
import { until } from '../servers.ts';

const family = '10 caches and clocks';

export const cases: Case[] = [
  {
    family,
    name: 'twenty sources on one host and three worker processes: pace and concurrency hold over all of them',
    seconds: 90,
    track: 'beside',
    async run(context) {
      const redis = await context.redis();
      const lane = await createLane(context, { redisUrl: redis.url, workers: 3 });
      let open = 0;
      let most = 0;
      let n = 0;
      // After a quick answer the pace holds the next request back, during a slow one the concurrency does.
      const wait = () => (++n % 2 ? 20 : 300);
      const server = await context.server({
        '*': (_, response) => {
          most = Math.max(most, ++open);
          setTimeout(() => {
            open--;
            response.end(page(courses(1, 2)));
          }, wait());
        },
      });
      try {
        const ids = Array.from({ length: 20 }, () => context.id('many'));
        for (const id of ids) {
          const politeness = { requestsPerSecond: 5, concurrency: 1, blackout: [] };
          await lane.store.putSource(sourceOf({ id, url: `${server.origin}/${id}`, politeness }));
          await lane.queue.enqueue(id);
        }
        for (const id of ids) same((await lane.ended(id, 60)).state, 'complete', id);
        const times = server
          .pages()
          .map((entry) => entry.at)
          .sort((a, b) => a - b);
        same(times.length, 20, 'requests');
        const closest = Math.min(...times.slice(1).map((at, i) => at - (times[i] as number)));
        check(closest > 170, `two requests ${closest.toFixed(0)} ms apart, 200 ms is the pace`);
        same(most, 1, 'requests at once');
        const agents = new Set(server.pages().map((entry) => entry.headers['user-agent']));
        check(agents.size >= 2, 'only one worker did it all');
      } finally {
        await lane.close();
        await redis.kill();
      }
    },
  },
  {
    family,
    name: 'all workers but one are killed: nothing is lost, no source is read twice at once',
    seconds: 120,
    track: 'beside',
    async run(context) {
      const redis = await context.redis();
      const lane = await createLane(context, { redisUrl: redis.url, workers: 3 });
      const server = await context.server({
        '*': (request, response) => {
          const n = Number(new URL(request.url ?? '', 'http://x').searchParams.get('pageNumber') ?? '1');
          setTimeout(() => response.end(page(courses((n - 1) * 5 + 1, n * 5), n, n < 6)), 250);
        },
      });
      try {
        const ids = Array.from({ length: 9 }, () => context.id('lost'));
        for (const id of ids) {
          await lane.store.putSource(sourceOf({ id, url: `${server.origin}/${id}` }));
          await lane.queue.enqueue(id);
        }
        await until('pages', () => server.pages().length >= 8, 30);
        await Promise.all(lane.workers.slice(1).map((worker) => worker.kill()));
        for (const id of ids) {
          const run = await lane.ended(id, 80);
          same(run.state, 'complete', `${id} (${run.reason})`);
        }
        // The jobs of the dead count as under way until their locks run out; started again, they find their runs ended.
        await until('the jobs of the dead', async () => (await lane.queue.depth()) === 0, 60, 500);
        const rows = await lane.store.db.query<{ runs: number; live: number }>(
          `select (select count(*)::int from runs) as runs, (select count(*)::int from credentials where status = 'live') as live`,
        );
        same(rows[0], { runs: 9, live: 270 }, 'runs and records');
        for (const [path, entries] of Map.groupBy(server.pages(), (entry) => entry.path))
          check(entries.length <= 2, `${path} was fetched ${entries.length} times`);
        const wrong = await ledger(lane.store);
        check(!wrong.length, wrong.join('; '));
      } finally {
        await lane.close();
        await redis.kill();
      }
    },
  },
  {
    family,
    name: 'a worker that hangs over its lease and wakes up writes nothing more into a run that is another’s',
    seconds: 90,
    track: 'beside',
    async run(context) {
      const redis = await context.redis();
      const lane = await createLane(context, { redisUrl: redis.url, workers: 2 });
      const server = await context.server({
        '*': (request, response) => {
          const n = Number(new URL(request.url ?? '', 'http://x').searchParams.get('pageNumber') ?? '1');
          setTimeout(() => response.end(page(courses((n - 1) * 5 + 1, n * 5), n, n < 30)), 300);
        },
      });
      try {
        const id = context.id('hang');
        await lane.store.putSource(sourceOf({ id, url: `${server.origin}/${id}` }));
        await lane.queue.enqueue(id);
        await until('pages', () => server.pages().length >= 4, 30);
        const first = await until('an owner', () => lane.owner(id), 5);
        first.freeze();
        const second = await until(
          'another owner',
          async () => {
            const owner = await lane.owner(id);
            return owner && owner.pid !== first.pid ? owner : undefined;
          },
          15,
        );
        const asked = server.pages().length;
        await until('the other goes on', () => server.pages().length > asked + 2, 15);
        const before = server.log.length;
        first.thaw();
        await sleep(1_000);
        same((await lane.owner(id))?.pid, second.pid, 'the owner after the first has woken up');
        const run = await lane.ended(id, 60);
        same(run.state, 'complete', 'state');
        // It may still ask for the page that it had in mind; then it meets the store and leaves.
        const name = `worker-${lane.workers.indexOf(first)}.example`;
        const late = server.log.slice(before).filter((entry) => entry.headers['user-agent']?.includes(name));
        check(late.length <= 2, `the first went on: ${late.length} requests after it had lost the run`);
        const [sums] = await lane.store.db.query('select seen, created, problems from runs where id = $1', [run.id]);
        same(sums, { seen: 150, created: 150, problems: 0 }, 'what the run counted');
        for (const [path, entries] of Map.groupBy(server.pages(), (entry) => entry.path))
          check(entries.length <= 2, `${path} was fetched ${entries.length} times`);
        const wrong = await ledger(lane.store);
        check(!wrong.length, wrong.join('; '));
      } finally {
        for (const worker of lane.workers) worker.thaw();
        await lane.close();
        await redis.kill();
      }
    },
  },
];

import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { type Case, type Context, check, same, sourceOf } from '../context.ts';
import { courses, page } from '../feed.ts';
import { createLane, type Lane } from '../lane.ts';
import { indexDrift, ledger } from '../ledger.ts';
import { daemon, freePort, slowness, until } from '../servers.ts';

const family = '2 Redis and PostgreSQL gone';
type Server = Awaited<ReturnType<Context['redis']>>;

/** Twelve pages, half a second each. */
const slowRoutes = (id: string) => ({
  [`/${id}`]: (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => {
    const n = Number(new URL(request.url ?? '', 'http://x').searchParams.get('pageNumber') ?? '1');
    setTimeout(() => response.end(page(courses((n - 1) * 10 + 1, n * 10), n, n < 12)), 400);
  },
});

/** Scheduled, but not while the suite runs. */
const YEARLY = sourceOf({ id: 'yearly', url: 'http://127.0.0.1:9/', schedule: '0 3 29 2 *' });

let shared: Promise<{ lane: Lane; redis: Server }> | undefined;
const lane = (context: Context) => {
  shared ??= (async () => {
    const redis = await context.redis();
    const made = await createLane(context, { redisUrl: redis.url, workers: 2, program: 'drill', extra: [YEARLY] });
    context.later(async () => {
      await made.close();
      await redis.kill();
    });
    return { lane: made, redis };
  })();
  return shared;
};

/** In the middle of a run something goes and comes back: the run ends whole and once, and the next work starts in time. */
const outage = (
  name: string,
  fault: (it: { lane: Lane; redis: Server; context: Context }) => Promise<void>,
  more: {
    long?: true;
    track?: 'alone';
    after?: (it: { lane: Lane; redis: Server; context: Context }) => Promise<void>;
  } = {},
): Case => ({
  family,
  name,
  track: more.long ? 'first' : more.track,
  seconds: more.long ? 300 : 100,
  async run(context) {
    const it = { ...(await lane(context)), context };
    const id = context.id('outage');
    const server = await context.server(slowRoutes(id));
    const put = (source: string) =>
      it.lane.store.putSource(sourceOf({ id: source, url: `${server.origin}/${source}` }));
    await put(id);
    await it.lane.queue.enqueue(id);
    await until('the third page', () => server.pages().length >= 3, 30);
    await fault(it);
    const back = performance.now();
    const next = `${id}-next`;
    server.routes[`/${next}`] = page(courses(1, 5));
    await put(next);
    await Promise.all([
      it.lane.queue.enqueue(next),
      until('the next work begins', () => server.log.some((entry) => entry.path === `/${next}`), 40),
    ]);
    check(
      performance.now() - back < 30_000 * slowness(),
      `work resumed after ${((performance.now() - back) / 1000).toFixed(0)} s`,
    );
    const run = await it.lane.ended(id, 60);
    same(run.state, 'complete', `state (${run.reason})`);
    await it.lane.ended(next, 30);
    // A job that the queue believes lost starts again within its lock and the look for stalled ones.
    await sleep(3_000);
    const runs = await it.lane.store.db.query('select id from runs where source = $1', [id]);
    same(runs.length, 1, 'runs of the source');
    const asked = Map.groupBy(
      server.pages().filter((entry) => !entry.path.includes('next')),
      (entry) => entry.path,
    );
    for (const [path, entries] of asked) check(entries.length <= 2, `${path} was fetched ${entries.length} times`);
    const [n] = await it.lane.store.db.query<{ n: number }>(
      `select count(*)::int as n from credentials where source = $1 and status = 'live'`,
      [id],
    );
    same(n?.n, 120, 'records');
    await it.lane.indexed();
    const wrong = [...(await ledger(it.lane.store)), ...(await indexDrift(it.lane.store))];
    check(!wrong.length, wrong.join('; '));
    await more.after?.(it);
  },
});

const schedulers = async (redis: Server): Promise<number> => {
  const client = new Redis(redis.url, { maxRetriesPerRequest: 1 });
  client.on('error', () => {});
  return client.zcard('bull:harvest:repeat').finally(() => client.disconnect());
};

const down =
  (seconds: number) =>
  async ({ redis }: { redis: Server }) => {
    await redis.kill();
    await sleep(seconds * 1000);
    await redis.start();
  };

const CLI = fileURLToPath(new URL('../../../cli.ts', import.meta.url));

export const cases: Case[] = [
  outage('Redis is killed for 2 s', down(2)),
  outage('Redis is killed for 20 s', down(20)),
  outage('Redis is killed for 120 s', down(120), { long: true }),
  outage('Redis hangs for 12 s (SIGSTOP)', async ({ redis }) => {
    redis.server.freeze();
    await sleep(12_000);
    redis.server.thaw();
  }),
  outage(
    'Redis loses everything: the run goes on, schedules are built again',
    async ({ redis }) => {
      check((await schedulers(redis)) > 0, 'there are no schedules to lose');
      const client = new Redis(redis.url);
      await client.flushall();
      client.disconnect();
    },
    {
      async after({ lane: { store, queue, ended }, redis, context }) {
        await until('the schedules', async () => (await schedulers(redis)) > 0, 30);
        // The numbers of the queue have begun anew: no job may be taken for one of before.
        const server = await context.server({ '*': page(courses(1, 2)) });
        const ids = Array.from({ length: 4 }, () => context.id('anew'));
        for (const id of ids) {
          await store.putSource(sourceOf({ id, url: `${server.origin}/${id}` }));
          await queue.enqueue(id);
        }
        for (const id of ids) await ended(id, 10);
      },
    },
  ),
  outage(
    'PostgreSQL dies and comes back after 3 s',
    async ({ context }) => {
      await context.postgres.crash();
      await sleep(3_000);
      await context.postgres.server.start();
    },
    { track: 'alone' },
  ),
  outage('both workers hang for 3 s, one for 12 s', async ({ lane: { workers } }) => {
    for (const worker of workers) worker.freeze();
    await sleep(3_000);
    workers[0]?.thaw();
    await sleep(9_000);
    workers[1]?.thaw();
  }),
  {
    family,
    name: 'reading goes on while Redis is gone and while it hangs',
    async run(context) {
      const it = await lane(context);
      const port = await freePort();
      const serve = daemon({
        name: 'serve',
        command: process.execPath,
        args: [CLI, 'serve', '--no-crawler'],
        env: {
          DATABASE_URL: it.lane.databaseUrl,
          REDIS_URL: it.redis.url,
          PORT: String(port),
          MEILI_URL: '',
          EXAMPLES: 'off',
        },
        ready: async () => (await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined))?.ok === true,
        seconds: 60,
      });
      await serve.start();
      const ask = async (when: string) => {
        const started = performance.now();
        const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: '{ search(first: 1) { totalCount } sources { id } }' }),
          signal: AbortSignal.timeout(Math.ceil(5_000 * slowness())),
        });
        const { data } = (await answer.json()) as { data?: { search: { totalCount: number } } };
        check(data && data.search.totalCount >= 0, `no answer ${when}`);
        check(performance.now() - started < 4_000 * slowness(), `slow ${when}`);
      };
      try {
        await ask('before');
        it.redis.server.freeze();
        for (let n = 0; n < 5; n++) await ask('while Redis hangs');
        it.redis.server.thaw();
        await it.redis.kill();
        for (let n = 0; n < 5; n++) await ask('while Redis is gone');
      } finally {
        it.redis.server.thaw();
        if (!it.redis.server.running) await it.redis.start();
        await serve.kill();
      }
    },
    seconds: 90,
  },
];

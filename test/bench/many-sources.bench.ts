// Many small sources on few hosts, two real workers (`node cli.ts worker`): the provider's own log says whether a host's
// budget was ever exceeded.   node test/bench/many-sources.bench.ts [sources] [hosts] [workers]
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createContext, sourceOf } from '../faults/context.ts';
import { createFaultServer } from '../faults/fault-server.ts';
import { courses, page } from '../faults/feed.ts';
import { createLane } from '../faults/lane.ts';
import { ledger } from '../faults/ledger.ts';

const sources = Number(process.argv[2] ?? 1000);
const hosts = Number(process.argv[3] ?? 50);
const workers = Number(process.argv[4] ?? 2);
const PACE = { requestsPerSecond: 2, concurrency: 1 };
const PAGES = 2;
/** What lies between the moment a request is granted and the one it arrives may differ from request to request. */
const JITTER_MS = 50;

const context = await createContext();
try {
  const redis = await context.redis();
  context.later(() => redis.kill());
  // One server, many hosts: every address of 127.0.0.0/8 is this machine.
  const server = await createFaultServer(
    {
      '*': (request, response) => {
        const url = new URL(request.url ?? '/', 'http://x');
        const n = Number(url.searchParams.get('pageNumber') ?? 1);
        // A provider that takes its time, so that requests at once would be seen.
        setTimeout(() => response.end(page(courses((n - 1) * 10 + 1, n * 10), n, n < PAGES)), 50 + 100 * Math.random());
      },
    },
    { host: '0.0.0.0' },
  );
  context.later(() => server.close());
  const lane = await createLane(context, { redisUrl: redis.url, workers });
  context.later(() => lane.close());
  const ids = Array.from({ length: sources }, (_, n) => `many-${n}`);
  const hostOf = (n: number) => `127.0.${1 + Math.floor((n % hosts) / 250)}.${1 + ((n % hosts) % 250)}:${server.port}`;
  for (const [n, id] of ids.entries()) {
    await lane.store.putSource(
      sourceOf({ id, url: `http://${hostOf(n)}/${id}`, politeness: { ...PACE, blackout: [] } }),
    );
  }
  const started = performance.now();
  await Promise.all(ids.map((id) => lane.queue.enqueue(id)));
  let peak = 0;
  for (;;) {
    const [row] = await lane.store.db.query<{ n: number }>(
      `select count(*)::int as n from runs where state <> 'running'`,
    );
    for (const { pid } of lane.workers) {
      peak = Math.max(peak, Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000);
    }
    if (row && row.n >= sources) break;
    await sleep(250);
  }
  const seconds = (performance.now() - started) / 1000;
  const states = await lane.store.db.query<{ state: string; n: number; seen: number }>(
    'select state, count(*)::int as n, sum(seen)::int as seen from runs group by state',
  );

  const byHost = Map.groupBy(server.pages(), (entry) => String(entry.headers.host));
  let close = 0;
  let atOnce = 0;
  let nearest = Number.POSITIVE_INFINITY;
  for (const log of byHost.values()) {
    const gap = 1000 / PACE.requestsPerSecond;
    for (const [i, entry] of log.entries()) {
      const before = log[i - 1];
      if (!before) continue;
      nearest = Math.min(nearest, entry.at - before.at);
      if (entry.at - before.at < gap - JITTER_MS) close++;
      if ((before.end ?? Number.POSITIVE_INFINITY) > entry.at) atOnce++;
    }
  }
  const requests = server.pages().length;
  const wrong = await ledger(lane.store);
  const least = ((sources / hosts) * PAGES) / PACE.requestsPerSecond;

  console.log(
    `\n${sources} sources on ${hosts} hosts (${PACE.requestsPerSecond} requests/s, ${PACE.concurrency} at once), ${workers} workers`,
  );
  console.table([
    {
      runs: states.map((row) => `${row.n} ${row.state}`).join(', '),
      records: states.reduce((sum, row) => sum + row.seen, 0),
      requests,
      seconds: seconds.toFixed(1),
      'at best, by the budgets': least.toFixed(1),
      'runs/s': (sources / seconds).toFixed(1),
      'nearest requests of a host, ms': nearest.toFixed(0),
      'peak RSS of a worker, MB': peak.toFixed(0),
    },
  ]);
  const held = (name: string, ok: boolean) => console.log(`${ok ? 'held  ' : 'MISSED'} ${name}`);
  held(`requests nearer than the host's rate: ${close} (floor 0)`, close === 0);
  held(`requests at once beyond the host's concurrency: ${atOnce} (floor 0)`, atOnce === 0);
  held(
    `runs not complete: ${sources - (states.find((row) => row.state === 'complete')?.n ?? 0)} (floor 0)`,
    states.length === 1 && states[0]?.state === 'complete',
  );
  held(`requests: ${requests} (floor ${sources * PAGES}, each page once)`, requests === sources * PAGES);
  held(`ledger: ${wrong.length ? wrong.join('; ') : 'nothing wrong'}`, !wrong.length);
  held(`seconds over the least the budgets allow: ${(seconds / least).toFixed(1)} × (floor 3)`, seconds / least <= 3);
} finally {
  await context.close();
}
process.exit(0);

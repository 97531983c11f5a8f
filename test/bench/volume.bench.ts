// Memory of a real worker (`node cli.ts worker` on PostgreSQL and Redis of the bench's own) while it harvests one feed
// of many megabytes, sampled from outside: the goal is below 300 MB, and flat.   node test/bench/volume.bench.ts [MB]
import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createContext, sourceOf } from '../faults/context.ts';
import { createLane } from '../faults/lane.ts';
import { daemon } from '../faults/servers.ts';

const megabytes = Number(process.argv[2] ?? 1000);
/** Memory that a process has in RAM now, in MB, as the kernel says. */
const rss = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1000;

const context = await createContext();
const rows: Record<string, unknown>[] = [];
const floors: string[] = [];
try {
  const redis = await context.redis();
  context.later(() => redis.kill());
  for (const shape of ['one body', 'pages of 500'] as const) {
    const feed = daemon({
      name: 'feed',
      command: process.execPath,
      args: [
        new URL('./volume-feed.ts', import.meta.url).pathname,
        String(megabytes),
        shape === 'one body' ? '0' : '500',
      ],
      ready: (output) => output.includes('http://'),
    });
    await feed.start();
    context.later(() => feed.kill());
    const lane = await createLane(context, { redisUrl: redis.url, workers: 1 });
    context.later(() => lane.close());
    const worker = lane.workers[0];
    if (!worker) throw new Error('there is no worker');
    await sleep(2_000);
    const idle = rss(worker.pid);
    const id = `volume-${shape.replaceAll(' ', '-')}`;
    await lane.store.putSource(sourceOf({ id, url: `${feed.output().trim()}/courses`, largestBody: 10_240 }));
    const started = performance.now();
    await lane.queue.enqueue(id);
    const samples: number[] = [];
    let run: { state: string; seen: number; rejected: number; bytes: string } | undefined;
    for (;;) {
      samples.push(rss(worker.pid));
      [run] = await lane.store.db.query<NonNullable<typeof run>>(
        'select state, seen, rejected, bytes from runs where source = $1',
        [id],
      );
      if (run && run.state !== 'running') break;
      await sleep(250);
    }
    const seconds = (performance.now() - started) / 1000;
    // The first tenth of the time is for warming up.
    const warm = samples.slice(Math.ceil(samples.length / 10));
    const half = Math.floor(warm.length / 2);
    const mean = (some: number[]) => some.reduce((sum, x) => sum + x, 0) / some.length;
    const peak = Math.max(...samples);
    const growth = mean(warm.slice(half)) - mean(warm.slice(0, half));
    rows.push({
      shape,
      state: run.state,
      'GB read': (Number(run.bytes) / 1e9).toFixed(2),
      records: run.seen,
      rejected: run.rejected,
      seconds: seconds.toFixed(0),
      'records/s': Math.round(run.seen / seconds),
      'MB/s': (Number(run.bytes) / 1e6 / seconds).toFixed(1),
      'RSS idle MB': idle.toFixed(0),
      'RSS peak MB': peak.toFixed(0),
      'second half − first, MB': growth.toFixed(1),
    });
    const held = (name: string, ok: boolean) => floors.push(`${ok ? 'held  ' : 'MISSED'} ${shape}: ${name}`);
    held(
      `state ${run.state}, ${run.rejected} rejected (floor: complete, none)`,
      run.state === 'complete' && !run.rejected,
    );
    held(`peak RSS ${peak.toFixed(0)} MB (floor < 300)`, peak < 300);
    held(`RSS of the second half against the first ${growth.toFixed(1)} MB (floor < 20)`, growth < 20);
    await lane.close();
    await feed.kill();
  }
} finally {
  await context.close();
  rmSync(context.directory, { recursive: true, force: true });
}
console.log(`\none worker, a feed of ${megabytes} MB, PostgreSQL`);
console.table(rows);
for (const line of floors) console.log(line);
process.exit(0);

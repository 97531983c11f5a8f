// Harvest of generated OOAPI records over loopback: records stored and searchable a second, memory, the unchanged
// second run with and without ETag.   node test/bench/harvest.bench.ts [records]
// BENCH_DATABASE_URL names a PostgreSQL (a database of its own); else it is the embedded store.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepHeapFlat } from '../../commands/flat-heap.ts';
import { openCatalogue } from '../../commands/open-catalogue.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';

keepHeapFlat();
const records = Number(process.argv[2] ?? 20_000);

const feed = spawn(process.execPath, [new URL('./feed-process.ts', import.meta.url).pathname, String(records)], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
process.on('exit', () => void feed.kill());
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(1));
const [line] = (await once(feed.stdout, 'data')) as [Buffer];
const origin = line.toString().trim();
const directory = await mkdtemp(join(tmpdir(), 'credatlas-bench-'));
const where = { dataDir: directory, databaseUrl: process.env.BENCH_DATABASE_URL };
// Making a new embedded database takes some 200 MB once; what counts is harvesting into one that is there.
if (!process.env.BENCH_DATABASE_URL) {
  const create = `import('${new URL('../../catalogue/store/store.ts', import.meta.url).href}').then((m) => m.openStore({ directory: ${JSON.stringify(directory)} })).then((s) => s.close())`;
  execFileSync(process.execPath, ['-e', create]);
}
const open = await openCatalogue(where);
// Compiling PGlite's WebAssembly takes memory for a moment that has nothing to do with harvesting.
await sleep(5_000);
const crawl = await createTestCrawl(open.store);

let peak = 0;
const atPeak = {} as NodeJS.MemoryUsage;
const watch = setInterval(() => {
  const { rss } = process.memoryUsage();
  if (rss > peak) {
    peak = rss;
    if (process.env.BENCH_MEMORY) Object.assign(atPeak, process.memoryUsage());
  }
}, 50);

const rows: (string | number)[][] = [];
async function measure(name: string, path: string) {
  peak = 0;
  const started = performance.now();
  const run = await crawl.harvest(
    testSource({
      id: `bench${path.replaceAll('/', '-')}`,
      format: 'ooapi',
      url: `${origin}${path}`,
      politeness: { requestsPerSecond: 1000, concurrency: 2, blackout: [] },
    }),
  );
  const stored = (performance.now() - started) / 1000;
  await open.indexer.catchUp();
  const seconds = (performance.now() - started) / 1000;
  const memory = Math.round(peak / 1e6);
  rows.push([
    name,
    run.state,
    run.seen,
    run.created,
    run.unchanged,
    stored.toFixed(2),
    seconds.toFixed(2),
    Math.round(run.seen / seconds),
    memory,
  ]);
  return seconds;
}

const first = await measure('first run', '/courses');
const second = await measure('unchanged, honest ETag', '/courses');
const hits = await open.catalogue.search.query({ text: 'klimaat', first: 1 });
const warm = await measure('first run, no ETag', '/no-etag/courses');
const third = await measure('unchanged, no ETag', '/no-etag/courses');
await measure('first run, 300 ms a page', '/slow/courses');
clearInterval(watch);

console.log(`\nharvest of ${records} OOAPI records over loopback into ${open.store.db.kind}`);
console.table(
  rows.map(([run, state, seen, created, unchanged, stored, searchable, perSecond, rss]) => ({
    run,
    state,
    seen,
    created,
    unchanged,
    'stored s': stored,
    'searchable s': searchable,
    'records/s': perSecond,
    'peak RSS MB': rss,
  })),
);
console.log(`searchable: "klimaat" finds ${hits.total}`);
const ratio = (name: string, value: number, floor: string, held: boolean) =>
  console.log(`${held ? 'held  ' : 'MISSED'} ${name}: ${value.toFixed(2)} (floor ${floor})`);
ratio('first / unchanged with ETag', first / second, '≥ 10', first / second >= 10);
ratio('first / unchanged without ETag', warm / third, '≥ 8', warm / third >= 8);
if (open.store.db.kind === 'postgres') {
  // Which source comes first must not matter: no statement's plan rests on statistics.
  for (const [name, , , , , seconds] of rows.filter(([run]) => /^first run(?!, 300)/.test(String(run)))) {
    const speed = records / Number(seconds);
    ratio(`${name}: records stored a second`, speed, '≥ 1500', speed >= 1_500);
  }
}
const waited = Math.ceil(records / 250) * 0.3;
// Waiting and storing go on side by side as far as the shorter of them reaches; without reading ahead it is 0.
const [storing = 0, both = 0] = [rows[2], rows[4]].map((row) => Number(row?.[5]));
const hidden = Math.max(0, (storing + waited - both) / Math.min(storing, waited));
ratio('share of waiting and storing that goes on side by side', hidden, '≥ 0.6', hidden >= 0.6);
ratio('peak RSS MB in the first run', Number(rows[0]?.[8]), '≤ 400', Number(rows[0]?.[8]) <= 400);

if (process.env.BENCH_MEMORY) console.log(atPeak);
await crawl.close();
await open.close();
feed.kill();
await rm(directory, { recursive: true, force: true });

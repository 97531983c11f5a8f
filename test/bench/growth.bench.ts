// One source that grows, with readers beside the harvest: does the work stay linear, and are readers served?
//   node test/bench/growth.bench.ts [records] [parts]      BENCH_DATABASE_URL for PostgreSQL, else the embedded store
// The harvest, the indexer and the readers live in one process, as in `credatlas serve`; a search is asked for every 100 ms
// whether or not the last one has answered.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepHeapFlat } from '../../commands/flat-heap.ts';
import { followChanges } from '../../commands/follow-changes.ts';
import { openCatalogue } from '../../commands/open-catalogue.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';

keepHeapFlat();
const records = Number(process.argv[2] ?? 300_000);
const parts = Number(process.argv[3] ?? 8);
const EVERY_MS = 100;

const feed = spawn(process.execPath, [new URL('./feed-process.ts', import.meta.url).pathname, String(records)], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
process.on('exit', () => void feed.kill());
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(1));
const [line] = (await once(feed.stdout, 'data')) as [Buffer];
const directory = await mkdtemp(join(tmpdir(), 'credatlas-growth-'));
const open = await openCatalogue({ dataDir: directory, databaseUrl: process.env.BENCH_DATABASE_URL });
const embedded = open.store.db.kind === 'pglite';

// A word that a quarter of these records have, and the beginning of a number: about one record in three hundred, as for a
// reader who looks for something.
const WORDS = ['klimaat', 'water', 'recht', 'veiligheid', 'bouw', 'handel', 'natuur'];
let latencies: number[] = [];
let failed = 0;
let asked = 0;
function ask(): void {
  const text = `${WORDS[asked % WORDS.length]} ${10 + (asked % 90)}`;
  asked++;
  const from = performance.now();
  open.catalogue.search.query({ text, first: 20 }).then(
    () => latencies.push(performance.now() - from),
    () => failed++,
  );
}
const quantile = (values: number[], q: number) =>
  values.length
    ? (values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? 0)
    : 0;
const idle = async () => {
  latencies = [];
  for (let i = 0; i < 60; i++) {
    ask();
    await sleep(EVERY_MS);
  }
  const taken = latencies;
  latencies = [];
  return { p50: quantile(taken, 0.5), p99: quantile(taken, 0.99) };
};

const rows: Record<string, string | number>[] = [];
const all: number[] = [];
const speeds: number[] = [];
async function harvest(name: string, path: string) {
  let done = 0;
  let mark = 0;
  let since = performance.now();
  const note = (seen: number) => {
    const seconds = (performance.now() - since) / 1000;
    const perSecond = Math.round((seen - mark) / seconds);
    if (name === 'first run') speeds.push(perSecond);
    all.push(...latencies);
    rows.push({
      run: name,
      records: seen,
      'records/s': perSecond,
      searches: latencies.length,
      'p50 ms': Math.round(quantile(latencies, 0.5)),
      'p99 ms': Math.round(quantile(latencies, 0.99)),
      'most ms': Math.round(quantile(latencies, 1)),
      'RSS MB': Math.round(process.memoryUsage().rss / 1e6),
    });
    console.log(JSON.stringify(rows.at(-1)));
    latencies = [];
    mark = seen;
    since = performance.now();
  };
  const crawl = await createTestCrawl(open.store, {
    onProgress: ({ counts }) => {
      done += counts.seen;
      if (done - mark >= records / parts) note(done);
    },
  });
  const readers = setInterval(ask, EVERY_MS);
  const follower = followChanges(open, () => {});
  const started = performance.now();
  const run = await crawl.harvest(
    testSource({
      id: 'growth',
      format: 'ooapi',
      url: `${line.toString().trim()}${path}`,
      politeness: { requestsPerSecond: 1_000, concurrency: 2, blackout: [] },
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  await follower.now();
  clearInterval(readers);
  await follower.stop();
  await crawl.close();
  note(done + 1);
  console.log(
    `${name}: ${run.state}, ${run.seen} seen, ${run.created} created, ${run.unchanged} unchanged in ${seconds.toFixed(0)} s ${run.reason ?? ''}`,
  );
  return { run, seconds };
}

const first = await harvest('first run', '/no-etag/courses');
const rest = await idle();
const second = await harvest('unchanged', '/no-etag/courses');
console.log(`\n${records} records into ${open.store.db.kind}, ${EVERY_MS} ms between searches`);
console.table(rows);
let missed = 0;
const floor = (name: string, value: number, text: string, held: boolean) => {
  if (!held) missed++;
  console.log(`${held ? 'held  ' : 'MISSED'} ${name}: ${value.toFixed(2)} (floor ${text})`);
};
console.log(`searches at rest: p50 ${rest.p50.toFixed(0)} ms, p99 ${rest.p99.toFixed(0)} ms; failed: ${failed}`);
if (embedded) {
  let bytes = 0;
  for (const file of await readdir(join(directory, 'pglite/pg_wal')))
    bytes += (await stat(join(directory, 'pglite/pg_wal', file))).size;
  console.log(`write-ahead log: ${Math.round(bytes / 1e6)} MB`);
}
const [begin = 0] = speeds;
const end = speeds.at(-2) ?? 0;
floor('speed of the last part / of the first', end / begin, '≥ 0.5', end / begin >= 0.5);
const p99 = quantile(all, 0.99);
if (embedded) floor('p99 of a search during the harvests, s', p99 / 1000, '≤ 1', p99 <= 1_000);
else floor('p99 of a search during the harvests / at rest', p99 / rest.p99, '≤ 5', p99 <= 5 * rest.p99);
floor('first / unchanged', first.seconds / second.seconds, 'none', true);
await open.close();
feed.kill();
await rm(directory, { recursive: true, force: true });
process.exitCode = missed ? 1 : 0;

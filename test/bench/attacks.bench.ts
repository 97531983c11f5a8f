import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCli } from '../support/cli.ts';
import { type From, type LoadResult, startLoad } from './attacks/generator.ts';
import { attacks } from './attacks/requests.ts';

/**
 * `node test/bench/attacks.bench.ts [--seconds 90] [--only <pattern>] [--from here|one|many] [--failed <output>]`: normal readers before,
 * during and after each attack of 50 connections on the real `credatlas serve` (a fresh catalogue of example providers;
 * on PostgreSQL with DATABASE_URL). An attack is held when they keep their p99 within 3 × and lose nothing.
 */
const RATIO_CEILING = 3;
const CONNECTIONS = 50;
/** Twice so many readers: some from this machine, some by a proxy that names their addresses. */
const NORMAL = { connections: 2, pause: 40 };
/** Shares of an attack's time: quiet before, attack, quiet after. */
const SHARES = { before: 0.25, during: 0.6, after: 0.15 };

const options = process.argv.slice(2);
const optionOf = (name: string) => (options.includes(name) ? options[options.indexOf(name) + 1] : undefined);
const only = new RegExp(optionOf('--only') ?? '', 'i');
const total = Number(optionOf('--seconds') ?? 90);
const wanted = optionOf('--from');
/** What failed in an earlier run, by what it printed. */
const before = optionOf('--failed');
const again =
  before === undefined
    ? undefined
    : new Set(
        readFileSync(before, 'utf8')
          .split('\n')
          .flatMap((line) => /^(.*?\((?:here|one address|many addresses)\)).* FAIL$/.exec(line.trimEnd())?.[1] ?? []),
      );

interface Span {
  title: string;
  begins: number;
  ends: number;
  over: number;
  attacked: LoadResult;
}

/** From this machine all of them; where addresses matter, from one and from many as well. */
const rounds = attacks
  .flatMap(({ name }): { name: string; from: From }[] => [
    { name, from: 'here' },
    ...(/ever-new unknown|dear|\/\?q=/.test(name)
      ? [
          { name, from: 'one address' as const },
          { name, from: 'many addresses' as const },
        ]
      : []),
  ])
  .filter(({ name, from }) => only.test(name) && (!wanted || from.startsWith(wanted)))
  .filter(({ name, from }) => again?.has(titleOf(name, from)) ?? true);
if (rounds.length === 0) {
  console.error('no attack has such a name');
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), 'credatlas-attacks-'));
const port = Number(optionOf('--port')) || (await freePort());
const url = `http://127.0.0.1:${port}`;
const env: Record<string, string> = { DATA_DIR: join(folder, 'data'), PORT: String(port) };
if (process.env.DATABASE_URL) Object.assign(env, { DATABASE_URL: process.env.DATABASE_URL, EXAMPLES: 'on' });
const began = performance.now();
const server = await startCli(['serve'], env, /Stop with Ctrl-C/);
let held = 0;
let failed = 0;
try {
  const ids = await someIds();
  const time = Math.max(2.5, (total - 20) / rounds.length);
  // The same readers all the time, so that they are the same clients before, during and after.
  const readers = await Promise.all(
    (['here', 'one address'] as const).map((from) => startLoad({ url, ids, from, ...NORMAL, seconds: 3_600 })),
  );
  await sleep(3_000);
  const spans: Span[] = [];
  for (const { name, from } of rounds) {
    await sleep(time * SHARES.before * 1000);
    const seconds = time * SHARES.during;
    const attack = await startLoad({ url, ids, attack: name, connections: CONNECTIONS, pause: 0, seconds, from });
    const begins = Date.now();
    const attacked = await attack.result;
    const over = Date.now() + time * SHARES.after * 1000;
    spans.push({ title: titleOf(name, from), begins, ends: begins + seconds * 1000, over, attacked });
    await sleep(time * SHARES.after * 1000);
  }
  for (const reader of readers) reader.end();
  tell(
    spans,
    (await Promise.all(readers.map(({ result }) => result))).flatMap(({ times }) => times),
  );
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${held} held, ${failed} failed in ${((performance.now() - began) / 1000).toFixed(0)} s`);
process.exit(failed ? 1 : 0);

function tell(spans: Span[], times: LoadResult['times']) {
  const between = (from: number, to: number) => times.filter(({ at }) => at >= from && at < to);
  /** Requests while nobody attacked, of the whole run: the more, the steadier their p99. */
  const quiet = times.filter(({ at }) => !spans.some(({ begins, over }) => at >= begins - 100 && at < over));
  console.log(`normal p50/p99 ms while nobody attacks: ${line(quiet)} (${quiet.length} requests)`);
  for (const [index, { title, begins, ends, over, attacked }] of spans.entries()) {
    const before = between(spans[index - 1]?.over ?? 0, begins);
    const during = between(begins, ends);
    const after = between(ends, over);
    const lost = [...before, ...during, ...after].flatMap((one) => one.lost ?? []);
    const ratio = percentile(during, 0.99) / percentile(quiet, 0.99);
    const holds = ratio <= RATIO_CEILING && lost.length === 0 && during.length > 0;
    if (holds) held += 1;
    else failed += 1;
    const answers = Object.entries(attacked.statuses).map(([status, count]) => `${status}: ${count}`);
    console.log(
      `${title.padEnd(62)} before ${line(before)}  during ${line(during)}  after ${line(after)}  × ${ratio.toFixed(1)}  ` +
        `lost ${lost.length} of ${before.length + during.length + after.length}  attack ${answers.join(', ')}  ${holds ? 'PASS' : 'FAIL'}`,
    );
    for (const example of lost.slice(0, 3)) console.log(`    lost: ${example}`);
  }
}

function titleOf(name: string, from: From): string {
  return `${name} (${from})`;
}

function line(of: LoadResult['times']): string {
  return `${percentile(of, 0.5).toFixed(0).padStart(4)} /${percentile(of, 0.99).toFixed(0).padStart(5)}`;
}

function percentile(of: LoadResult['times'], share: number): number {
  const sorted = of.map(({ took }) => took).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

async function someIds(): Promise<string[]> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ search(first: 50) { edges { node { id } } } }' }),
  });
  const { data } = (await answer.json()) as { data: { search: { edges: { node: { id: string } }[] } } };
  return data.search.edges.map(({ node }) => node.id);
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as { port: number };
      probe.close(() => done(free));
    });
  });
}

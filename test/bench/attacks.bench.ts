import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCli } from '../support/cli.ts';
import { type From, type LoadResult, startLoad } from './attacks/generator.ts';
import { attacks } from './attacks/requests.ts';

/**
 * `node test/bench/attacks.bench.ts [--seconds 90] [--only <pattern>] [--from here|one|many]`: normal readers before,
 * during and after each attack of 50 connections on the real `credatlas serve` (a fresh catalogue of example providers;
 * on PostgreSQL with DATABASE_URL). An attack is held when they keep their p99 within 3 × and lose nothing.
 */
const RATIO_CEILING = 3;
const CONNECTIONS = 50;
const NORMAL = { connections: 4, pause: 40 };
/** Shares of an attack's time: quiet before, attack, quiet after. */
const SHARES = { before: 0.25, during: 0.6, after: 0.15 };

const options = process.argv.slice(2);
const optionOf = (name: string) => (options.includes(name) ? options[options.indexOf(name) + 1] : undefined);
const only = new RegExp(optionOf('--only') ?? '', 'i');
const seconds = Number(optionOf('--seconds') ?? 90);
const wanted = optionOf('--from');

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
  .filter(({ name, from }) => only.test(name) && (!wanted || from.startsWith(wanted)));
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
  const normal = (time: number, from: From) =>
    startLoad({ url, ids, seconds: time, from, connections: NORMAL.connections, pause: NORMAL.pause });
  await normal(3, 'here');
  const time = Math.max(3, (seconds - 25) / rounds.length);
  /** Normal requests while nobody attacked, of the whole run so far: the more, the steadier their p99. */
  const quiet: number[] = [];
  for (const { name, from } of rounds) {
    const before = await normal(time * SHARES.before, from);
    quiet.push(...before.times);
    const attack = startLoad({
      url,
      ids,
      attack: name,
      connections: CONNECTIONS,
      pause: 0,
      seconds: time * SHARES.during,
      from,
    });
    const during = await normal(time * SHARES.during, from);
    const attacked = await attack;
    const after = await normal(time * SHARES.after, from);
    tell(`${name} (${from})`, quiet, before, during, after, attacked);
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${held} held, ${failed} failed in ${((performance.now() - began) / 1000).toFixed(0)} s`);
process.exit(failed ? 1 : 0);

function tell(
  title: string,
  quiet: number[],
  before: LoadResult,
  during: LoadResult,
  after: LoadResult,
  attacked: LoadResult,
) {
  const ratio = at(during.times, 0.99) / at(quiet, 0.99);
  const lost = before.lostCount + during.lostCount + after.lostCount;
  const holds = ratio <= RATIO_CEILING && lost === 0 && during.times.length > 0;
  if (holds) held += 1;
  else failed += 1;
  const line = (of: number[]) => `${at(of, 0.5).toFixed(0).padStart(4)} /${at(of, 0.99).toFixed(0).padStart(5)}`;
  console.log(
    `${title.padEnd(68)} p50/p99 ms before ${line(quiet)}  during ${line(during.times)}  after ${line(after.times)}  ` +
      `× ${ratio.toFixed(1)}  lost ${lost} of ${before.times.length + during.times.length + after.times.length}  ` +
      `attack ${attacked.times.length} (${Object.entries(attacked.statuses)
        .map(([status, count]) => `${status}: ${count}`)
        .join(', ')})  ${holds ? 'PASS' : 'FAIL'}`,
  );
  for (const example of [...before.lost, ...during.lost, ...after.lost].slice(0, 3))
    console.log(`    lost: ${example}`);
}

function at(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
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

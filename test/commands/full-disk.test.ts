import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { freePort } from '../faults/servers.ts';
import { runCli, startCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
const disk = join(folder.path, 'disk');
const ballast = join(disk, 'ballast');
let mounted = false;
let serving: Awaited<ReturnType<typeof startCli>> | undefined;
afterAll(() => {
  // One that hangs obeys nothing else.
  serving?.child.kill('SIGKILL');
  if (mounted) execFileSync('umount', ['-l', disk]);
  folder.remove();
});

/** Leaves so many MB. */
const fill = (leave: number) => {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - leave * 1024 * 1024)));
};

/** What a process has used of its processors so far, in seconds. */
const cpuSeconds = (pid: number | undefined) => {
  const [, , , , , , , , , , , user, system] = (
    readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1) ?? ''
  ).split(' ');
  return (Number(user) + Number(system)) / 100;
};

describe('the disk of the embedded store fills while it serves', () => {
  test('reading goes on, it is told once, and writing goes on by itself when there is room', async (context) => {
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      return context.skip('no small file system can be mounted here');
    }
    mounted = true;
    const port = await freePort();
    const env = { DATA_DIR: join(disk, 'data'), PORT: String(port), EXAMPLES: 'off' };
    const server = await startCli(['serve'], env, /Stop with Ctrl-C/);
    serving = server;
    const file = (n: number) => {
      const path = join(folder.path, `courses-${n}.csv`);
      writeFileSync(path, `identifier,title,provider,country,ects\nk${n},Course number ${n},Muster,DE,2\n`);
      return path;
    };
    const harvest = (n: number) => runCli(['harvest', file(n), '--source', `source-${n}`, '--json'], env);
    const total = async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ search { totalCount edges { node { title { text } } } } }' }),
        signal: AbortSignal.timeout(10_000),
      });
      return ((await answer.json()) as { data: { search: { totalCount: number } } }).data.search.totalCount;
    };
    expect((await harvest(1)).last()).toMatchObject({ created: 1 });
    expect(await total()).toBe(1);

    for (const left of [20, 0]) {
      rmSync(ballast, { force: true });
      await sleep(1_500);
      fill(left);
      await sleep(1_500);
      for (const n of [2, 3]) {
        const refused = await harvest(n);
        expect([refused.code, refused.stderr]).toEqual([
          2,
          expect.stringMatching(/disk of .* is full.*Free some space/),
        ]);
      }
      expect(await total()).toBe(1);
      expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    }
    const before = cpuSeconds(server.child.pid);
    await sleep(12_000);
    // It waits; it does not try in a circle.
    expect(cpuSeconds(server.child.pid) - before).toBeLessThan(4);
    const told = server.output().match(/\(DATA_DIR\) is full/g)?.length ?? 0;
    // Once each time it filled, and at most once more by each of what writes: the queue, the search index, the reports.
    expect(told).toBeGreaterThanOrEqual(2);
    expect(told, server.output()).toBeLessThanOrEqual(10);

    rmSync(ballast);
    await sleep(1_500);
    expect((await harvest(2)).last()).toMatchObject({ created: 1 });
    expect(await total()).toBe(2);
    expect(server.output()).toMatch(/\(DATA_DIR\) has room again/);

    // On a full disk it ends as ever, and nothing is lost.
    fill(0);
    await sleep(1_000);
    expect(await server.stop()).toBe(0);
    const refused = await runCli(['status'], env);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/DATA_DIR: .*disk that is full.*move nothing away/);
    rmSync(ballast);
    const { sources } = (await runCli(['status', '--json'], env)).last() as { sources: { records: number }[] };
    expect(sources.map(({ records }) => records)).toEqual([1, 1]);
  }, 300_000);
});

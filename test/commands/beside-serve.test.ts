import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { freePort } from '../faults/servers.ts';
import { startCli, temporaryFolder } from '../support/cli.ts';

const CLI = fileURLToPath(new URL('../../cli.ts', import.meta.url));
const NAMESPACE = ['--pid', '--fork', '--kill-child', '--mount-proc', '--uts'];
const namespaces = process.platform === 'linux' && spawnSync('unshare', [...NAMESPACE, 'true']).status === 0;

const folder = temporaryFolder();
afterAll(folder.remove);

/** A container beside `serve`: the same folder, its own first process, its own name. */
function inContainer(env: Record<string, string>, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    [...NAMESPACE, 'sh', '-c', 'hostname box && exec "$@"', 'sh', process.execPath, CLI, ...args],
    { env: { ...process.env, DATABASE_URL: '', REDIS_URL: '', MEILI_URL: '', ...env }, encoding: 'utf8' },
  );
  return { status, last: JSON.parse(stdout.trim().split('\n').at(-1) || 'null'), stderr };
}

test.runIf(namespaces)(
  'a harvest in a container beside serve is handed over, and after kill -9 of serve another finds all there',
  async () => {
    const dataDir = join(folder.path, 'data');
    const feed = (name: string) => {
      const path = join(folder.path, `${name}.csv`);
      writeFileSync(path, `id,title,provider,country\n${name}-1,Alpha,Uni,EE\n${name}-2,Beta,Uni,EE\n`);
      return path;
    };
    const env = { DATA_DIR: dataDir, CONTACT: 'https://test.example/', EXAMPLES: 'off', PORT: `${await freePort()}` };
    const served = await startCli(['serve'], env, /Stop with Ctrl-C/);
    const first = inContainer(env, 'harvest', feed('one'), '--source', 'one', '--json');
    expect(first).toMatchObject({ status: 0, last: { state: 'complete', created: 2 } });
    const answer = await fetch(`http://127.0.0.1:${env.PORT}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ source(id: "one") { id } }' }),
    });
    // Who serves has it: the store is one, not two.
    expect(await answer.json()).toEqual({ data: { source: { id: 'one' } } });
    await served.stop('SIGKILL');
    const second = inContainer(env, 'harvest', feed('two'), '--source', 'two', '--json');
    expect(second).toMatchObject({ status: 0, last: { state: 'complete', created: 2 } });
    const again = inContainer(env, 'harvest', feed('one'), '--source', 'one', '--json');
    expect(again).toMatchObject({ status: 0, last: { state: 'complete', unchanged: 2, created: 0 } });
  },
  120_000,
);

test.skipIf(namespaces)('a container beside serve was NOT tested: this user may not make namespaces', () => {});

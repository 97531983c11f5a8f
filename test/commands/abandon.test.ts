import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../faults/servers.ts';
import { runCli, startCli, temporaryFolder } from '../support/cli.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';

const folder = temporaryFolder();
let server: FeedServer;
let hanging: (() => void)[] = [];
beforeAll(async () => {
  server = await createFeedServer();
  const page = (id: string) =>
    JSON.stringify({
      pageNumber: 1,
      hasNextPage: false,
      items: [{ courseId: id, name: [{ language: 'nl', value: id }] }],
    });
  server.routes['/a'] = (_, response) => void hanging.push(() => response.end(page('a')));
  server.routes['/b'] = page('b');
});
afterAll(async () => {
  await server.close();
  folder.remove();
});

const harvest = (path: string) => [
  'harvest',
  `${server.origin}${path}`,
  ...['--source', 'feed', '--replace', '--format', 'ooapi', '--allow-loopback', '--json'],
];
const asked = async (path: string) => {
  for (let n = 0; n < 600 && !server.requests.some((request) => request.path === path); n++)
    await new Promise((done) => setTimeout(done, 50));
};
const addressOf = async (env: Record<string, string>) => {
  const { sources } = (await runCli(['status', 'feed', '--json'], env)).last() as {
    sources: { definition: { url: string } }[];
  };
  return sources[0]?.definition.url;
};

describe('a harvest in the way', () => {
  test('killed: the next harvest of another address is refused while its lease lasts, abandoned it is read', async () => {
    const env = { DATA_DIR: join(folder.path, 'killed') };
    const child = spawn(process.execPath, [fileURLToPath(new URL('../../cli.ts', import.meta.url)), ...harvest('/a')], {
      env: { ...process.env, DATABASE_URL: '', REDIS_URL: '', MEILI_URL: '', ...env },
    });
    await asked('/a');
    child.kill('SIGKILL');
    await once(child, 'close');
    const refused = await runCli(harvest('/b'), env);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/is being harvested from .*\/a \(run \S+, by .*credatlas abandon \S+ --force/),
    ]);
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    expect(await addressOf(env)).toBe(`${server.origin}/a`);
    const abandoned = await runCli(['abandon', 'feed', '--force', '--by', 'night shift', '--json'], env);
    expect(abandoned.last()).toMatchObject({ source: 'feed', by: 'night shift' });
    const next = await runCli(harvest('/b'), env);
    expect(next.last()).toMatchObject({ state: 'complete', created: 1 });
    expect(await addressOf(env)).toBe(`${server.origin}/b`);
  }, 240_000);

  test('in a process that serves: abandoned by force from another terminal, the harvest says so and ends with 1', async () => {
    const env = { DATA_DIR: join(folder.path, 'served'), PORT: String(await freePort()), EXAMPLES: 'off' };
    const serving = await startCli(['serve'], env, /Stop with Ctrl-C/);
    try {
      server.requests.length = 0;
      hanging = [];
      const harvesting = runCli(harvest('/a'), env);
      await asked('/a');
      const refused = await runCli(harvest('/b'), env);
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(/nothing was changed/)]);
      expect((await runCli(['abandon', 'feed', '--force'], env)).code).toBe(0);
      for (const answer of hanging) answer();
      const ended = await harvesting;
      expect(ended.last()).toMatchObject({
        state: 'incomplete',
        created: 0,
        reason: expect.stringMatching(/^abandoned by /),
      });
      expect(ended.code).toBe(1);
      expect((await runCli(harvest('/b'), env)).last()).toMatchObject({ state: 'complete', created: 1 });
    } finally {
      await serving.stop();
    }
  }, 240_000);
});

import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lockDirectory } from '../../catalogue/store/directory-lock.ts';
import { createPostgres, daemon, freePort, until } from '../faults/servers.ts';
import { runCli, temporaryFolder } from '../support/cli.ts';
import { cases, type Scene, SECRET } from './environment.cases.ts';
import { createLittleServers } from './little-servers.ts';

const SECONDS = 15;
const folder = temporaryFolder();
const little = createLittleServers();
const ends: (() => Promise<unknown>)[] = [() => little.close()];
const scene: Scene = { little, path: (name) => join(folder.path, name) };

beforeAll(async () => {
  writeFileSync(scene.path('a-file'), 'text\n');
  symlinkSync('loop', scene.path('loop'));
  writeFileSync(
    scene.path('certificate.pem'),
    '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUB\n-----END CERTIFICATE-----\n',
  );
  const write = (file: string, text: string) => {
    mkdirSync(join(scene.path(file), '..'), { recursive: true });
    writeFileSync(scene.path(file), text);
  };
  write('newer/pglite/PG_VERSION', '99\n');
  write('damaged/pglite/PG_VERSION', '18\n');
  write('damaged/pglite/global/pg_control', 'no such thing');
  mkdirSync(join(folder.path, 'held'));
  const { release } = await lockDirectory(join(folder.path, 'held'));
  ends.push(async () => release());
  await Promise.all([startPostgres(), startRedis()]);
}, 120_000);
afterAll(async () => {
  await Promise.allSettled(ends.map((end) => end()));
  folder.remove();
}, 60_000);

/** With users that may not do all, one that needs a password, and a catalogue from the future. */
async function startPostgres(): Promise<void> {
  const directory = scene.path('servers');
  // It runs as another user than root.
  chmodSync(folder.path, 0o755);
  mkdirSync(directory, { recursive: true });
  const server = await createPostgres(directory).catch((error: Error) => {
    if (!/finds no/.test(error.message)) throw error;
    return undefined;
  });
  if (!server) return;
  ends.push(() => server.crash());
  const client = new pg.Client(server.url());
  await client.connect();
  await client.query(`create user guarded password 'another'`);
  await client.query('create user reader');
  await client.query('create user frozen superuser');
  await client.query('alter user frozen set default_transaction_read_only = on');
  await client.query('create database newer');
  const hba = (await client.query('show hba_file')).rows[0].hba_file;
  const rules = 'host all guarded 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n';
  writeFileSync(hba, rules);
  await client.query('select pg_reload_conf()');
  await client.end();
  const later = new pg.Client(server.url('newer'));
  await later.connect();
  await later.query('create table migrations (name text primary key, applied_at timestamptz not null default now())');
  await later.query(`insert into migrations values ('9999_later.sql')`);
  await later.end();
  scene.postgres = (user, password, database = 'postgres') => {
    const url = new URL(server.url(database));
    url.username = user;
    url.password = password ?? '';
    return url.href;
  };
  await until(
    'the rule of the password',
    async () => {
      const guarded = new pg.Client(scene.postgres?.('guarded', 'wrong'));
      const refused = await guarded.connect().then(
        () => false,
        () => true,
      );
      await guarded.end();
      return refused;
    },
    20,
  );
}

async function startRedis(): Promise<void> {
  const there = (process.env.PATH ?? '').split(':').some((path) => existsSync(join(path, 'redis-server')));
  if (!there) return;
  const start = async (...args: string[]) => {
    const port = await freePort();
    const server = daemon({
      name: 'redis-server',
      command: 'redis-server',
      args: ['--port', String(port), '--save', '', '--dir', folder.path, ...args],
      ready: (output) => output.includes('Ready to accept connections'),
    });
    await server.start();
    ends.push(() => server.kill());
    return port;
  };
  const plain = await start();
  const [guarded, full, replica] = await Promise.all([
    start('--requirepass', 'another'),
    start('--maxmemory', '1', '--maxmemory-policy', 'noeviction'),
    start('--replicaof', `127.0.0.1 ${plain}`),
  ]);
  scene.redis = { plain, guarded: guarded as number, full: full as number, replica: replica as number };
}

const run = async (name: string, command: string[], env: Record<string, string>) => {
  const began = performance.now();
  const dataDir = scene.path(`data-${name.replace(/\W+/g, '-')}`);
  const result = await runCli(command, { DATA_DIR: dataDir, PORT: '0', EXAMPLES: 'off', ...env });
  return { ...result, seconds: (performance.now() - began) / 1000 };
};

describe('what the environment points to', () => {
  test('there are at least forty cases', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
  });

  test.concurrent.for(cases)('$name', { timeout: 60_000 }, async ({ name, command, env, line, lacks }, context) => {
    const lacking = lacks?.(scene);
    if (lacking) context.skip(`no ${lacking} here`);
    const { code, stdout, stderr, seconds } = await run(name, command, await env(scene));
    const lines = stderr.trim().split('\n');
    expect(lines, stderr).toHaveLength(1);
    expect(lines[0]).toMatch(/^credatlas: /);
    expect(lines[0]?.slice('credatlas: '.length)).toMatch(line);
    // The remedy is a sentence of its own.
    expect(lines[0]).toMatch(/\. [A-Z].*\.$/);
    expect(code).toBe(2);
    expect(stdout + stderr).not.toContain(SECRET);
    expect(seconds).toBeLessThan(SECONDS);
  });

  test('several wrong settings have a line each', async () => {
    const { code, stderr } = await run('several', ['serve'], {
      QUALITYLINK_KEY_FILE: '/no/such/key.pem',
      CLIENT_KEYS_FILE: '/no/such/clients.json',
      HOST: '192.0.2.1',
    });
    expect(code).toBe(2);
    expect(
      stderr
        .trim()
        .split('\n')
        .map((line) => /^credatlas: (\w+):/.exec(line)?.[1])
        .sort(),
    ).toEqual(['CLIENT_KEYS_FILE', 'HOST', 'QUALITYLINK_KEY_FILE']);
  });

  test('what is written wrong is hinted at, and nothing else', async () => {
    const { code, stderr } = await run('hints', ['sources', '--json'], {
      DATABSE_URL: `postgres://x:${SECRET}@y/z`,
      MEILI_HOST: 'http://127.0.0.1:1',
      SUBGRAPHS_SEARCH_URL: 'x',
      HOSTNAME: 'x',
      DATE_DIRT: 'x',
    });
    expect(code).toBe(0);
    const hints = stderr.trim().split('\n').sort();
    expect(hints).toHaveLength(3);
    expect(hints[0]).toMatch(/DATABSE_URL .*DATABASE_URL is one/);
    expect(hints[1]).toMatch(/MEILI_HOST .*MEILI_URL is one/);
    expect(hints[2]).toMatch(/SUBGRAPHS_SEARCH_URL .*SUBGRAPH_<NAME>_URL is one/);
    expect(stderr).not.toContain(SECRET);
  });
});

describe('a start beside others', () => {
  test('a database that is still starting is waited for', async (context) => {
    if (!scene.postgres) return context.skip('no PostgreSQL here');
    const url = new URL(scene.postgres('postgres'));
    url.port = String(await little.startingPostgres(Number(url.port), 3));
    const { code, stderr } = await run('starting', ['status', '--json'], { DATABASE_URL: url.href });
    expect([code, stderr]).toEqual([0, '']);
  }, 60_000);
});

describe('what a full disk leaves', () => {
  const small = (name: string, megabytes: number): string | undefined => {
    const path = scene.path(name);
    mkdirSync(path, { recursive: true });
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path], { stdio: 'ignore' });
    } catch {
      return undefined;
    }
    ends.unshift(async () => execFileSync('umount', ['-l', path]));
    return path;
  };

  test('a new catalogue on a disk of 8 MB: exit 2, nothing is to be moved away', async (context) => {
    const path = small('eight', 8);
    if (!path) return context.skip('no small file system can be mounted here');
    const { code, stderr } = await run('eight', ['serve'], { DATA_DIR: join(path, 'data') });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^credatlas: DATA_DIR: .*disk that is full: \d+ MB free, \d+ MB needed.*Free some space/);
    expect(stderr).not.toMatch(/start with an empty|away to start/);
    expect(readdirSync(join(path, 'data'))).toEqual([]);
  });

  test('a disk that takes no writes', async (context) => {
    const path = small('frozen', 8);
    if (!path) return context.skip('no small file system can be mounted here');
    execFileSync('mount', ['-o', 'remount,ro', path]);
    const { code, stderr } = await run('frozen', ['status'], { DATA_DIR: join(path, 'data') });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^credatlas: DATA_DIR: .*takes no writes \(EROFS\)/);
  });
});

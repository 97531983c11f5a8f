import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { createPostgres, createRedis, freePort, until } from '../faults/servers.ts';
import { runCli, temporaryFolder } from '../support/cli.ts';
import { createFeedServer } from '../support/feed-server.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What is asked of it, and as much again for a machine that does other things too. */
const SECONDS = 5 + 5;
const folder = temporaryFolder();
const started = new Set<ChildProcess>();
let counter = 0;

afterEach(() => {
  for (const child of started) {
    // The whole group: npm, its shell, and what they started.
    if (child.pid) {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // gone already
      }
    }
  }
  started.clear();
});
afterAll(folder.remove);

/** The command as the leader of a process group of its own, as a terminal starts it. */
async function start(command: string[], env: Record<string, string> = {}) {
  const dataDir = join(folder.path, `data-${counter++}`);
  const port = await freePort();
  const child = spawn(command[0] as string, command.slice(1), {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      npm_lifecycle_script: '',
      ...{ DATABASE_URL: '', REDIS_URL: '', MEILI_URL: '', CONTACT: 'https://test.example/' },
      ...{ DATA_DIR: dataDir, PORT: String(port), EXAMPLES: 'off' },
      ...env,
    },
  });
  started.add(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  const lock = join(dataDir, 'lock');
  const output = () => text;
  return {
    child,
    port,
    lock,
    output,
    ended,
    says: (words: RegExp) =>
      until(`it says ${words}`, () => words.test(text), 120).catch((error) => {
        throw new Error(`${error.message}:\n${text}`);
      }),
    /** The process that holds the catalogue, whoever started it. */
    pid: () => until('the lock', () => Number(readFileSync(lock, 'utf8').split('\n')[0]), 120),
    /** Exit code, seconds from now to the end. */
    async end() {
      const from = performance.now();
      const code = await ended;
      return { code, seconds: (performance.now() - from) / 1000 };
    },
  };
}

const gone = (pid: number, seconds: number) =>
  until(
    `process ${pid} ends`,
    () => {
      try {
        process.kill(pid, 0);
        return false;
      } catch {
        return true;
      }
    },
    seconds,
  );

/** A short command while it holds the catalogue: on a busy machine it may be over before anybody has looked. */
async function holding(command: string[]) {
  for (;;) {
    const it = await start(command);
    while (it.child.exitCode === null) {
      if (existsSync(it.lock)) return it;
      await sleep(2);
    }
  }
}

const NODE = [process.execPath, 'cli.ts'];

describe('a start that is called off', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    '%s while it waits for Redis',
    async (signal) => {
      const it = await start([...NODE, 'serve'], { REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
      await sleep(2_500);
      it.child.kill(signal);
      const { code, seconds } = await it.end();
      expect([code, it.output()]).toEqual([0, '']);
      expect(seconds).toBeLessThan(SECONDS);
      expect(existsSync(it.lock)).toBe(false);
    },
    60_000,
  );

  test('SIGTERM while it opens the store for the first time; the next start is whole', async () => {
    const it = await start([...NODE, 'serve']);
    await it.pid();
    it.child.kill('SIGTERM');
    expect((await it.end()).code).toBe(0);
    expect(existsSync(it.lock)).toBe(false);
    const again = await start([...NODE, 'serve'], { DATA_DIR: join(it.lock, '..') });
    await again.says(/Stop with Ctrl-C/);
    again.child.kill('SIGTERM');
    expect((await again.end()).code).toBe(0);
  }, 240_000);

  test('SIGTERM during the first harvest', async () => {
    const it = await start([...NODE, 'serve'], { EXAMPLES: 'on' });
    await it.says(/harvesting \d+ example sources/);
    it.child.kill('SIGTERM');
    const { code, seconds } = await it.end();
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(SECONDS);
    expect(existsSync(it.lock)).toBe(false);
  }, 180_000);
});

describe('a start on servers of its own that is called off', () => {
  test('SIGTERM while another process migrates, and while Redis is away later', async (context) => {
    const directory = join(folder.path, 'servers');
    mkdirSync(directory);
    // PostgreSQL runs as another user than root.
    chmodSync(folder.path, 0o755);
    const servers = await openServers(directory);
    if (!servers) return context.skip('no PostgreSQL and Redis here');
    const { postgres, redis } = servers;
    try {
      const env = { DATABASE_URL: postgres.url(), REDIS_URL: redis.url };
      const other = new pg.Client(postgres.url());
      await other.connect();
      await other.query('select pg_advisory_lock(7265001)');
      const waiting = await start([...NODE, 'serve'], env);
      await until(
        'the start waits for the migration',
        async () => (await other.query(`select 1 from pg_locks where locktype = 'advisory' and not granted`)).rowCount,
        120,
      );
      waiting.child.kill('SIGTERM');
      const early = await waiting.end();
      expect([early.code, early.seconds < SECONDS]).toEqual([0, true]);
      await other.end();

      const serving = await start([...NODE, 'serve'], env);
      const working = await start([...NODE, 'worker'], env);
      await Promise.all([serving.says(/Stop with Ctrl-C/), working.says(/worker: ready/)]);
      await redis.kill();
      await sleep(8_000);
      for (const { output } of [serving, working]) {
        expect(output().match(/queue: .*It is tried again/g)?.length ?? 0, output()).toBeLessThanOrEqual(2);
      }
      serving.child.kill('SIGTERM');
      working.child.kill('SIGTERM');
      for (const { code, seconds } of await Promise.all([serving.end(), working.end()])) {
        expect(code).toBe(0);
        expect(seconds).toBeLessThan(SECONDS);
      }
    } finally {
      await redis.kill();
      await postgres.crash();
    }
  }, 300_000);
});

async function openServers(directory: string) {
  try {
    return { postgres: await createPostgres(directory), redis: await createRedis(directory) };
  } catch (error) {
    if (/finds no/.test((error as Error).message)) return undefined;
    throw error;
  }
}

describe('a command that ends by itself', () => {
  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)(
    '%s ends it with %i, and its lock goes with it',
    async (signal, code) => {
      const it = await holding([...NODE, 'status']);
      it.child.kill(signal);
      expect((await it.end()).code).toBe(code);
      expect(existsSync(it.lock)).toBe(false);
    },
    120_000,
  );
});

describe('a process that serves', () => {
  test('SIGHUP ends it as SIGTERM does; a second signal at once', async () => {
    const it = await start([...NODE, 'serve']);
    await it.says(/Stop with Ctrl-C/);
    // A request that never ends holds the first signal up.
    const slow = connect(it.port, '127.0.0.1');
    slow.on('error', () => {});
    slow.write('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{');
    await sleep(500);
    it.child.kill('SIGHUP');
    await sleep(1_500);
    expect(it.child.exitCode).toBe(null);
    it.child.kill('SIGTERM');
    const { code, seconds } = await it.end();
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(2);
    expect(existsSync(it.lock)).toBe(false);
    slow.destroy();
  }, 180_000);

  // npm and npx end on a signal without waiting for what they started, and their shell does not hand it on.
  test.each([
    ['npx credatlas serve', ['npx', 'credatlas', 'serve'], 'SIGTERM', false],
    ['npx credatlas serve', ['npx', 'credatlas', 'serve'], 'SIGINT', true],
    ['npx credatlas serve', ['npx', 'credatlas', 'serve'], 'SIGKILL', false],
    ['npm start', ['npm', 'start'], 'SIGTERM', false],
    ['npm start', ['npm', 'start'], 'SIGINT', true],
  ] as const)(
    '%s: %j %s, group %s: nothing stays, nor its lock',
    async (_, command, signal, group) => {
      const it = await start([...command]);
      const pid = await it.pid();
      await it.says(/Stop with Ctrl-C/);
      process.kill((group ? -1 : 1) * (it.child.pid as number), signal);
      await gone(pid, SECONDS);
      expect(existsSync(it.lock)).toBe(false);
    },
    240_000,
  );
});

describe('SIGTERM in the midst of a long harvest', () => {
  const course = (n: number) => ({ courseId: `c-${n}`, name: [{ language: 'nl-NL', value: `Cursus ${n}` }] });
  const PAGES = 40;

  test.each([
    ['pages', 'half a second each'],
    ['a page', 'without end'],
  ])(
    '%s %s: it ends in time, and the next start goes on from there',
    async (_, what) => {
      let slow = true;
      const feed = await createFeedServer();
      const pages: number[] = [];
      feed.routes['/courses'] = (req, res) => {
        const pageNumber = Number(new URL(req.url ?? '', feed.origin).searchParams.get('pageNumber') ?? 1);
        pages.push(pageNumber);
        res.writeHead(200, { 'content-type': 'application/json' });
        if (what === 'without end' && slow && pageNumber === 3) {
          const dripping = setInterval(() => res.write(' '.repeat(2000)), 50);
          return void res.on('close', () => clearInterval(dripping));
        }
        const body = { pageSize: 1, pageNumber, hasPreviousPage: false, hasNextPage: pageNumber < PAGES };
        setTimeout(() => res.end(JSON.stringify({ ...body, items: [course(pageNumber)] })), slow ? 500 : 0);
      };
      const it = await start([...NODE, 'serve']);
      const dataDir = join(it.lock, '..');
      await it.says(/Stop with Ctrl-C/);
      const harvest = runCli(
        ['harvest', `${feed.origin}/courses`, '--format', 'ooapi', '--source', 'slow', '--allow-loopback', '--json'],
        { DATA_DIR: dataDir },
      );
      await until('some pages are read', () => pages.length >= 4 || (what === 'without end' && pages.includes(3)), 60);
      const before = pages.length;
      it.child.kill('SIGTERM');
      const { code, seconds } = await it.end();
      expect(code).toBe(0);
      expect(seconds).toBeLessThan(10);
      expect(pages.length).toBeLessThanOrEqual(before + 2);
      expect(it.output()).not.toMatch(/not everything could be closed|while ending/);
      const told = await harvest;
      expect([told.code, told.stderr]).toEqual([
        2,
        expect.stringMatching(/(is ending|ended before it answered).*goes on/),
      ]);
      const last = pages.at(-1) ?? 0;
      pages.length = 0;
      slow = false;
      const again = await start([...NODE, 'serve'], { DATA_DIR: dataDir });
      await again.says(/slow: complete, 40 records: 40 new/);
      // What was read is not read again.
      expect(pages[0]).toBeGreaterThanOrEqual(what === 'without end' ? 3 : last - 1);
      again.child.kill('SIGTERM');
      expect((await again.end()).code).toBe(0);
      await feed.close();
    },
    240_000,
  );
});

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** How much longer everything takes at the moment: runnable processes a core, at least 1. What is timed is timed by it. */
export const slowness = (): number => Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());

/** Asks until the answer is truthy; the error of the last try, or the words, when the time is over. */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  seconds: number,
  everyMs = 50,
): Promise<T> {
  const end = performance.now() + seconds * 1000 * slowness();
  let last: unknown;
  while (performance.now() < end) {
    try {
      const answer = await probe();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await sleep(everyMs);
  }
  throw new Error(`${what}: not within ${seconds} s${last ? ` (${(last as Error).message})` : ''}`);
}

/** A child process that can be killed, stopped and started again. */
export interface Daemon {
  readonly pid: number;
  readonly running: boolean;
  start(): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGSTOP: the process hangs, its sockets stay open. */
  freeze(): void;
  thaw(): void;
  output(): string;
}

/** A program as a daemon; `ready` is asked until it answers. */
export function daemon(options: {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
  cwd?: string;
  ready: (output: string) => Promise<boolean> | boolean;
  seconds?: number;
}): Daemon {
  let child: ChildProcess | undefined;
  let ended: Promise<void> = Promise.resolve();
  let text = '';
  return {
    get pid() {
      return child?.pid ?? 0;
    },
    get running() {
      return child !== undefined && child.exitCode === null && child.signalCode === null;
    },
    async start() {
      text = '';
      const started = spawn(options.command, options.args, {
        cwd: options.cwd,
        env: { ...process.env, ...options.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      children.add(started);
      started.stdout.on('data', (chunk) => (text += chunk));
      started.stderr.on('data', (chunk) => (text += chunk));
      ended = new Promise((done) => started.once('close', () => done()));
      void ended.then(() => children.delete(started));
      await until(
        `${options.name} starts`,
        () => {
          if (started.exitCode !== null) throw new Error(`it ended with ${started.exitCode}: ${text.slice(-500)}`);
          return options.ready(text);
        },
        options.seconds ?? 30,
      );
    },
    async kill() {
      child?.kill('SIGKILL');
      await ended;
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    output: () => text,
  };
}

const children = new Set<ChildProcess>();
/** Whatever happens to the test program, its children go with it. */
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

const tryRedis = async (port: number): Promise<boolean> => {
  const { connect } = await import('node:net');
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(500, () => socket.destroy());
    socket.once('data', (data) => {
      resolve(data.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
};

/** A Redis of the tests' own. `persistent`: with an append-only file, as docker-compose.yml runs it. */
export async function createRedis(directory: string, { persistent = true } = {}) {
  const port = await freePort();
  const data = join(directory, `redis-${port}`);
  mkdirSync(data);
  const server = daemon({
    name: 'redis-server',
    command: 'redis-server',
    args: ['--port', String(port), '--save', '', '--appendonly', persistent ? 'yes' : 'no', '--dir', data],
    ready: () => tryRedis(port),
  });
  await server.start();
  return { ...view(server), url: `redis://127.0.0.1:${port}`, server };
}

/** A PostgreSQL of the tests' own, durable as far as killing its processes goes. */
export async function createPostgres(directory: string) {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const newest = versions.sort((a, b) => Number(a) - Number(b)).at(-1);
  const lacking = [newest || onPath('initdb') ? '' : 'PostgreSQL', onPath('redis-server') ? '' : 'Redis'].filter(
    Boolean,
  );
  if (lacking.length) {
    throw new Error(
      `the fault suite kills real servers and finds no ${lacking.join(', no ')}; on Debian: apt-get install postgresql redis-server`,
    );
  }
  const bin = newest ? `/usr/lib/postgresql/${newest}/bin/` : '';
  const port = await freePort();
  const home = join(directory, 'postgres');
  mkdirSync(home);
  const root = process.getuid?.() === 0;
  const as = root ? ['runuser', '-u', 'postgres', '--'] : [];
  if (root) {
    chmodSync(directory, 0o755);
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres']).toString()));
    chownSync(home, uid as number, gid as number);
  }
  const data = join(home, 'data');
  const run = (program: string, args: string[]) => {
    const [command, ...rest] = [...as, `${bin}${program}`, ...args] as [string, ...string[]];
    return { command, args: rest };
  };
  const init = run('initdb', ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '-N']);
  execFileSync(init.command, init.args, { cwd: '/', stdio: 'ignore' });
  const settings = { fsync: 'off', max_connections: '300', client_connection_check_interval: '250ms' };
  const server = daemon({
    name: 'PostgreSQL',
    ...run('postgres', [
      ...['-D', data, '-p', String(port), '-k', home],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ]),
    cwd: '/',
    ready: (output) => output.includes('ready to accept connections'),
  });
  await server.start();
  const pidOf = () => Number(execFileSync('head', ['-1', join(data, 'postmaster.pid')]).toString());
  return {
    url: (database = 'postgres') => `postgres://postgres@127.0.0.1:${port}/${database}`,
    server,
    /** The whole server dies at once (immediate shutdown, as after a crash) and comes back by recovery. */
    async crash() {
      process.kill(pidOf(), 'SIGQUIT');
      await until('PostgreSQL ends', () => !server.running, 20);
    },
  };
}

const onPath = (name: string): boolean =>
  (process.env.PATH ?? '').split(':').some((path) => existsSync(join(path, name)));

export const lacksMeilisearch = (): string | undefined => (onPath('meilisearch') ? undefined : 'Meilisearch');

/** A Meilisearch of the tests' own. */
export async function createMeilisearch(directory: string) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const data = join(directory, `meilisearch-${port}`);
  const server = daemon({
    name: 'meilisearch',
    command: 'meilisearch',
    args: ['--no-analytics', '--http-addr', `127.0.0.1:${port}`, '--db-path', data, '--max-indexing-threads', '1'],
    cwd: directory,
    ready: async () => (await fetch(`${url}/health`).catch(() => undefined))?.ok === true,
  });
  await server.start();
  return { url, server, wipe: () => rmSync(data, { recursive: true, force: true }) };
}

const view = (server: Daemon) => ({ kill: server.kill, start: server.start });

export const scratch = (): string => mkdtempSync(join(tmpdir(), 'credatlas-faults-'));

/**
 * Compiles the programs of the workers once (`NODE_COMPILE_CACHE`): a third of the time of a start, and they start some two hundred times.
 * One that is killed could not keep what it compiled.
 */
export function compileOnce(directory: string): void {
  process.env.NODE_COMPILE_CACHE = join(directory, 'compiled');
  const programs = ['commands/worker.ts', 'commands/crawl.ts', 'crawler/registry.ts'];
  const load = programs.map((path) => `import(${JSON.stringify(new URL(`../../${path}`, import.meta.url).href)})`);
  const script = `const loaded = await Promise.all([${load}]); await loaded.at(-1).loadFormats(); process.exit()`;
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore', timeout: 60_000 });
}

import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { DirectoryInUse, holderOf, lockDirectory } from '../../catalogue/store/directory-lock.ts';
import { temporaryFolder } from '../support/cli.ts';

const CONTENDER = fileURLToPath(new URL('lock-contender.ts', import.meta.url));
const linux = process.platform === 'linux';
/** Whether this user may make namespaces. */
const NAMESPACE = ['--pid', '--fork', '--kill-child', '--mount-proc', '--uts'];
const namespaces = linux && spawnSync('unshare', [...NAMESPACE, 'true']).status === 0;

const folder = temporaryFolder();
afterAll(folder.remove);
let count = 0;
/** A folder with a database in it that was used before, as far as the lock is concerned. */
async function made(): Promise<string> {
  const path = join(folder.path, `${++count}`);
  mkdirSync(path);
  (await lockDirectory(path)).release();
  mkdirSync(join(path, 'pglite'));
  return path;
}

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
const gone = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null ? child : new Promise((done) => child.once('exit', done));

/** Starts a contender, in namespaces of its own (another first process, another host) where `host` is given; its first line. */
async function contend(how: 'lock' | 'store', directory: string, host?: string) {
  const node = [process.execPath, CONTENDER, how, directory];
  const [program, ...args] = host
    ? ['unshare', ...NAMESPACE, 'sh', '-c', 'hostname "$0" && exec "$@"', host, ...node]
    : node;
  const child = spawn(program as string, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  const lines: string[] = [];
  const first = new Promise<string>((done) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      done(line);
    });
    child.once('close', () => done(errors));
  });
  return { child, said: await first, lines, errors: () => errors };
}

/** The process that holds the folder, as seen from here, is killed with its namespace. */
async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await gone(child);
}

const started = linux
  ? `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${readFileSync('/proc/self/stat', 'latin1').split(') ').at(-1)?.split(' ')[19]}`
  : '';

describe('the lock of the folder', () => {
  test('is one process only, and is given back', async () => {
    const path = await made();
    const lock = await lockDirectory(path);
    await expect(lockDirectory(path)).rejects.toThrow(DirectoryInUse);
    expect(holderOf(path)).toMatchObject({ pid: process.pid });
    expect((await contend('lock', path)).said).toMatch(`in use by process ${process.pid}. Stop that process`);
    lock.release();
    expect(holderOf(path)).toBeUndefined();
    expect((await contend('lock', path)).said).toBe('held');
  });

  test('outlives its process by nothing', async () => {
    const path = await made();
    const { child, said } = await contend('lock', path);
    expect(said).toBe('held');
    expect(holderOf(path)).toMatchObject({ pid: child.pid });
    await kill(child);
    expect(holderOf(path)).toBeUndefined();
    (await lockDirectory(path)).release();
  });

  test('a process that is stopped keeps it', async () => {
    const path = await made();
    const { child } = await contend('lock', path);
    child.kill('SIGSTOP');
    await expect(lockDirectory(path)).rejects.toThrow(DirectoryInUse);
    expect(holderOf(path)).toMatchObject({ pid: child.pid });
    child.kill('SIGCONT');
    await expect(lockDirectory(path)).rejects.toThrow(DirectoryInUse);
  });

  test.runIf(namespaces)('holds across namespaces of processes and hosts, both ways', async () => {
    const path = await made();
    const inside = await contend('lock', path, 'box-a');
    expect(inside.said).toBe('held');
    expect((await contend('lock', path)).said).toMatch(/^DirectoryInUse: .* by process 1\. Stop/);
    expect((await contend('lock', path, 'box-b')).said).toMatch(/^DirectoryInUse/);
    // The same name and the same number: two containers of one deployment.
    expect((await contend('lock', path, 'box-a')).said).toMatch(/^DirectoryInUse/);
    await kill(inside.child);
    const lock = await lockDirectory(path);
    expect((await contend('lock', path, 'box-a')).said).toMatch(/^DirectoryInUse/);
    lock.release();
  });

  test.runIf(namespaces).each([
    ['of the same name', 'box-a'],
    ['of another name', 'box-b'],
  ])('a container that was killed starts again as process 1, %s', async (_, again) => {
    const path = await made();
    for (const host of ['box-a', again, again]) {
      const { child, said } = await contend('lock', path, host);
      expect(said).toBe('held');
      await kill(child);
    }
  });

  test.each([
    ['a process that is gone', '999999'],
    ['nobody', ''],
    ['nonsense', 'x'],
    ['a process that had our number before us', `${process.pid}\n${started.replace(/\d+$/, '1')}\n${hostname()}`],
    ['the first process of a container', `1\n${started}\n${hostname()}\ntoken`],
  ])('a note of %s is no lock', async (_, text) => {
    const path = await made();
    writeFileSync(join(path, 'lock'), text);
    expect(holderOf(path)).toBeUndefined();
    (await lockDirectory(path)).release();
  });

  test.runIf(linux)('a version that knew nothing but the note, and lives, has it', async () => {
    const path = await made();
    writeFileSync(join(path, 'lock'), `${process.pid}\n${started}\n${hostname()}`);
    expect(holderOf(path)).toMatchObject({ pid: process.pid });
    await expect(lockDirectory(path, 1)).rejects.toThrow(DirectoryInUse);
  });

  test('of four that find a dead one’s lock exactly one has it, 150 times', async () => {
    const path = await made();
    const four = Array.from({ length: 4 }, () => fork(CONTENDER, ['ask', path], { stdio: 'ignore' }));
    four.push(fork(CONTENDER, ['ask', path], { stdio: 'ignore' }));
    children.push(...four);
    const answers = (word?: string, of = four.slice(0, 4)) =>
      Promise.all(
        of.map((child) => {
          const answer = new Promise<unknown>((done) => child.once('message', done));
          if (word) child.send(word);
          return answer;
        }),
      );
    await answers(undefined, four);
    const wrong: unknown[][] = [];
    for (let round = 0; round < 150; round++) {
      writeFileSync(join(path, 'lock'), `999999\n${started}\n${hostname()}\nstale-${round}`);
      const said = await answers('take');
      const all = said.toSorted();
      if (all.join() !== 'DirectoryInUse,DirectoryInUse,DirectoryInUse,held') wrong.push(all);
      await answers('release', [four[said.indexOf('held')] as ChildProcess]);
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});

describe('where the lock of the system may not tell', () => {
  const elsewhere = '7\nanother-boot:1\nanother-machine\ntoken';

  test('a holder on another machine that gives a sign of life has it', async () => {
    const path = await made();
    writeFileSync(join(path, 'lock'), elsewhere);
    const beating = setInterval(() => utimesSync(join(path, 'lock'), new Date(), new Date()), 100);
    await expect(lockDirectory(path)).rejects.toThrow(/in use by process 7 on another-machine\. Stop/);
    clearInterval(beating);
  });

  test('one that gives none within five seconds was ended', async () => {
    const path = await made();
    writeFileSync(join(path, 'lock'), elsewhere);
    const from = performance.now();
    (await lockDirectory(path)).release();
    expect(performance.now() - from).toBeGreaterThan(4_900);
  });

  test.each([['lock.sqlite'], ['lock'], ['lock and lock.sqlite']])(
    'who removes %s by hand frees nothing',
    async (files) => {
      const path = join(folder.path, `${++count}`);
      const { said } = await contend('store', path);
      expect(said).toBe('held');
      for (const file of files.split(' and ')) rmSync(join(path, file));
      expect((await contend('lock', path)).said).toMatch(/^DirectoryInUse/);
    },
  );

  test('a holder sees that it lost the folder, and leaves the note of who has it', async () => {
    const path = await made();
    const lock = await lockDirectory(path);
    expect(lock.isLost()).toBe(false);
    writeFileSync(join(path, 'lock'), elsewhere);
    await vi.waitUntil(() => lock.isLost());
    lock.release();
    expect(readFileSync(join(path, 'lock'), 'utf8')).toBe(elsewhere);
  });

  test('a holder whose folder was taken writes nothing more, and ends', async () => {
    const path = join(folder.path, `${++count}`);
    const { child, said, lines, errors } = await contend('store', path);
    expect(said).toBe('held');
    const written = () => lines.filter((line) => line === 'wrote').length;
    await vi.waitUntil(() => written() > 5);
    child.kill('SIGSTOP');
    // Long enough for it to look first when it wakes.
    await sleep(400);
    const before = written();
    writeFileSync(join(path, 'lock'), elsewhere);
    child.kill('SIGCONT');
    await gone(child);
    // One may have been under way.
    expect(written()).toBeLessThanOrEqual(before + 1);
    expect(child.signalCode).toBe('SIGKILL');
    expect(errors()).toMatch(/^credatlas: DATA_DIR: .* was taken over by another process\. End this one/);
    expect(readFileSync(join(path, 'lock'), 'utf8')).toBe(elsewhere);
  });
});

test.skipIf(namespaces)('the lock across namespaces was NOT tested: this user may not make any (unshare)', () => {});

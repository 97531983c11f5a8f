import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { directoryError, inspectDirectory, startDatabase } from '../../catalogue/store/data-directory.ts';
import { createDiskGuard, DiskFull } from '../../catalogue/store/disk-space.ts';
import { openPglite } from '../../catalogue/store/pglite.ts';
import { temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const made = (name: string) => {
  mkdirSync(at(name), { recursive: true });
  return at(name);
};
afterAll(folder.remove);

describe('the folder', () => {
  test('is made with all above it, and left as it was', async () => {
    const path = at('a/b/c');
    await inspectDirectory(path);
    expect(readdirSync(path)).toEqual([]);
    symlinkSync(path, at('link'));
    await inspectDirectory(at('link'));
  });

  // Node's own recursive mkdir never comes back from the first of these.
  test.each(['/proc/x', '/proc/x/y/z', '/proc/self/fd/x', '/dev/null/x', '/sys/x', `${'/x'.repeat(3000)}`, 'a\0b'])(
    'that cannot be made is told at once: %j',
    async (path) => {
      if (path.startsWith('/proc') && !existsSync('/proc/self')) return;
      await expect(inspectDirectory(path)).rejects.toThrow(/^DATA_DIR: .* (Set DATA_DIR to|Mount it|Look at)/s);
    },
    5_000,
  );

  test.each([
    [{ code: 'ENOSPC' }, /full \(ENOSPC\)\. Free some space/],
    [{ errno: 51 }, /full \(ENOSPC\)\. Free some space/],
    [{ code: 'EDQUOT' }, /quota.*Free some space/],
    [{ code: 'EROFS' }, /takes no writes.*Mount it writable/],
    [{ code: 'EIO' }, /reports errors.*make a copy/],
    [{ code: 'EACCES' }, /may not be written to by this user/],
    [{ code: 'EMFILE' }, /too many files open.*ulimit/],
    [{ errno: 33 }, /too many files open.*ulimit/],
    [{ code: 'ENOENT' }, /cannot be made there/],
  ])('an error of the file system has its own words: %j', (error, words) => {
    const told = directoryError('./data', Object.assign(new Error('x'), error));
    expect(told?.message).toMatch(words);
    // Only what is damaged may be kept aside.
    expect(told?.message).not.toMatch(/empty catalogue|keep it aside/);
  });

  test('what is no error of the file system is not taken for one', () => {
    expect(directoryError('./data', new Error('Aborted()'))).toBeUndefined();
    expect(directoryError('./data', undefined)).toBeUndefined();
  });

  test('a database whose making was cut off is made anew; one that is whole never', async () => {
    const path = made('cut');
    const finish = await startDatabase(path);
    mkdirSync(join(path, 'pglite'));
    writeFileSync(join(path, 'pglite/PG_VERSION'), '18\n');
    // The process dies here; the next one:
    expect(await startDatabase(path)).toBeTypeOf('function');
    expect(existsSync(join(path, 'pglite'))).toBe(false);
    mkdirSync(join(path, 'pglite'));
    await finish?.();
    expect(await startDatabase(path)).toBeUndefined();
    expect(existsSync(join(path, 'pglite'))).toBe(true);
  });

  test('the major version it asks for is the one that PGlite writes', async () => {
    const path = at('whole');
    const db = await openPglite(path);
    await db.close();
    expect(readdirSync(path)).toEqual(['lock.sqlite', 'pglite']);
    await inspectDirectory(path);
    for (const [major, whose] of [
      ['99', 'a newer'],
      ['12', 'an older'],
    ] as const) {
      writeFileSync(join(path, 'pglite/PG_VERSION'), `${major}\n`);
      await expect(openPglite(path)).rejects.toThrow(
        new RegExp(`written by ${whose} Credatlas \\(PostgreSQL ${major}`),
      );
    }
    rmSync(path, { recursive: true });
  }, 120_000);
});

describe('statements on a full disk', () => {
  test.each([
    ['insert into x values (1)', true],
    ['with gone as (DELETE from x returning *) select * from gone', true],
    ['begin', true],
    ['create table x ()', true],
    ['vacuum public.x', true],
    ['select updated_at, created from deleted_things', false],
    ['select 1', false],
    ['rollback', false],
  ])('%s: kept back %j', (statement, writes) => {
    const guard = createDiskGuard('/nowhere/at/all');
    expect(() => guard.admit(statement)).not.toThrow();
    // A folder on a file system that has no free block at all.
    if (!existsSync('/proc/self')) return;
    const full = createDiskGuard(folder.path, undefined, () => 0);
    if (writes) expect(() => full.admit(statement)).toThrow(DiskFull);
    else expect(() => full.admit(statement)).not.toThrow();
  });

  test('it is told once each way, and room must be there for good', async () => {
    const told: string[] = [];
    let free = 100;
    const guard = createDiskGuard(
      './data',
      (line) => told.push(line),
      () => free * 1024 * 1024,
      0,
    );
    expect(guard.isFull()).toBe(false);
    free = 39;
    for (let n = 0; n < 5; n++) expect(guard.isFull()).toBe(true);
    free = 41;
    expect(guard.isFull()).toBe(true);
    free = 60;
    for (let n = 0; n < 5; n++) expect(guard.isFull()).toBe(false);
    expect(told).toEqual([expect.stringMatching(/is full/), expect.stringMatching(/has room again/)]);
  });
});

describe('a process that hangs inside the embedded store', () => {
  const watched = (then: string, directory = './data') => {
    const module = new URL('../../catalogue/store/watchdog.ts', import.meta.url).href;
    const script = `import { watchEventLoop } from ${JSON.stringify(module)};
      watchEventLoop(${JSON.stringify(directory)}, { everyMs: 200, most: 5 });
      setTimeout(() => { ${then} }, 300);`;
    return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', timeout: 30_000 });
  };

  test('is ended, with a word', () => {
    const { signal, stderr } = watched('for (;;) ;');
    expect(signal).toBe('SIGKILL');
    expect(stderr).toMatch(
      /^credatlas: DATA_DIR: the embedded store in \.\/data has hung for 1 s and was ended\. Look at the disk/,
    );
  }, 40_000);

  test('on a full disk it is ended before, and told why', (context) => {
    const disk = made('small-disk');
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).status !== 0) {
      return context.skip('no small file system can be mounted here');
    }
    try {
      const { signal, stderr } = watched('for (;;) ;', disk);
      expect(signal).toBe('SIGKILL');
      expect(stderr).toMatch(
        /^credatlas: DATA_DIR: .* hangs on a disk that takes no more \(ENOSPC\).* Free some space/,
      );
    } finally {
      spawnSync('umount', ['-l', disk]);
    }
  }, 40_000);

  test('one that works or waits is left alone, and is not kept alive', () => {
    expect(watched('setTimeout(() => {}, 2_500)')).toMatchObject({ status: 0, signal: null, stderr: '' });
  }, 40_000);
});

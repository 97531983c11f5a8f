import { chmodSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openPglite } from '../../catalogue/store/pglite.ts';
import { temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

/** Every path below and the folder itself, with its rights. */
const rights = (path: string) =>
  ['', ...readdirSync(path, { recursive: true, encoding: 'utf8' })].map((name) => {
    const stats = lstatSync(join(path, name));
    return { name, mode: (stats.mode & 0o777).toString(8), right: stats.isDirectory() ? '700' : '600' };
  });
const open = (path: string) => rights(path).filter(({ mode, right }) => mode !== right);

describe.skipIf(process.platform === 'win32')('the embedded store is its user’s only', () => {
  test('every file of a new one, those that are made later too; and of one that was open to all', async () => {
    const path = join(folder.path, 'store');
    const db = await openPglite(path);
    expect(open(path)).toEqual([]);
    const before = rights(path).length;
    await db.query('create table t (a text)');
    // Some segments of the log.
    await db.query(`insert into t select md5(n::text) || repeat(md5(n::text), 30) from generate_series(1, 60000) n`);
    expect(rights(path).length).toBeGreaterThan(before);
    expect(open(path)).toEqual([]);
    await db.close();
    expect(open(path)).toEqual([]);

    for (const { name, right } of rights(path)) chmodSync(join(path, name), right === '700' ? 0o777 : 0o666);
    const again = await openPglite(path);
    expect(open(path)).toEqual([]);
    await again.close();
  });

  test('what else is in the folder stays as it is', async () => {
    const path = join(folder.path, 'shared');
    mkdirSync(path, { mode: 0o755 });
    const other = join(path, 'feed.csv');
    writeFileSync(other, 'id');
    const target = join(folder.path, 'target');
    writeFileSync(target, '');
    for (const file of [other, target]) chmodSync(file, 0o644);
    await (await openPglite(path)).close();
    symlinkSync(target, join(path, 'pglite', 'link'));
    chmodSync(join(path, 'lock.sqlite'), 0o666);
    await (await openPglite(path)).close();
    rmSync(join(path, 'pglite', 'link'));
    const mode = (file: string) => (lstatSync(file).mode & 0o777).toString(8);
    expect([mode(path), mode(other), mode(target)]).toEqual(['755', '644', '644']);
    expect(open(join(path, 'pglite'))).toEqual([]);
    expect(mode(join(path, 'lock.sqlite'))).toBe('600');
  });

  test('the process makes its other files as before when the store is closed', async () => {
    const before = process.umask();
    const db = await openPglite(join(folder.path, 'umask'));
    expect(process.umask()).toBe(0o077);
    await db.close();
    expect(process.umask()).toBe(before);
  });
});

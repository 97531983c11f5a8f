import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { openPglite } from '../../catalogue/store/pglite.ts';
import { temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const MB = 1024 * 1024;

test('the log of the embedded store stays below 200 MB, however much is written', async () => {
  const db = await openPglite(folder.path);
  const directory = join(folder.path, 'pglite', 'pg_wal');
  const size = () =>
    readdirSync(directory)
      .map((name) => statSync(join(directory, name)))
      .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
  await db.query('create table t (n integer, a text)');
  const [start] = await db.query<{ at: string }>('select pg_current_wal_lsn()::text as at');
  const written = async () =>
    (
      await db.query<{ n: number }>('select pg_wal_lsn_diff(pg_current_wal_lsn(), $1::pg_lsn)::float8 as n', [
        start?.at,
      ])
    )[0]?.n ?? 0;
  let most = 0;
  while ((await written()) < 320 * MB) {
    await db.query(
      `insert into t select n, (select string_agg(md5((n * i)::text), '') from generate_series(1, 30) i) from generate_series(1, 8000) n`,
    );
    most = Math.max(most, size());
    // A harvest waits for its provider between two pages.
    await sleep(100);
  }
  expect(most).toBeLessThan(200 * MB);
  await db.close();
  expect(size()).toBeLessThan(100 * MB);
}, 120_000);

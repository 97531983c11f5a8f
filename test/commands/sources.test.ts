import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../catalogue/store/store.ts';
import { switchIn } from '../../commands/switch-sources.ts';
import { freePort } from '../faults/servers.ts';
import { runCli, startCli, temporaryFolder } from '../support/cli.ts';
import { testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';

const folder = temporaryFolder();
let feeds: FeedServer;
beforeAll(async () => {
  feeds = await createFeedServer();
});
afterAll(async () => {
  await feeds.close();
  folder.remove();
});
const env = { DATA_DIR: join(folder.path, 'data') };
const cli = (...args: string[]) => runCli(args, env);

/** A real source that comes with Credatlas. It is paused before it is switched on beside a crawler: no test asks the internet. */
const REAL = 'fr-fun-mooc';
interface Line {
  definition: { id: string };
  on: boolean;
  offBecause?: string;
}
const listed = async (id: string, more: Record<string, string> = {}): Promise<Line | undefined> => {
  const { stdout } = await runCli(['sources', '--json'], { ...env, ...more });
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  return lines.find(({ definition }) => definition.id === id);
};
const rows = (n: number) =>
  ['identifier,title,provider,country', ...Array.from({ length: n }, (_, k) => `k${k},Kurs ${k},Muster,DE`)].join('\n');
const csv = (n: number) => ({ body: rows(n), headers: { 'content-type': 'text/csv' } });

describe('credatlas sources --check', () => {
  test('what a source answers, and what has changed since the last look; a source that fails exits with 1', async () => {
    feeds.routes['/courses.csv'] = csv(3);
    const input = `${feeds.origin}/courses.csv`;
    const harvest = ['harvest', input, '--source', 'muster', '--format', 'csv', '--allow-loopback', '--json'];
    expect((await cli(...harvest)).last()).toMatchObject({ created: 3 });

    const first = await cli('sources', '--check', 'muster');
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout.replace(/\s+/g, ' ')).toMatch(
      /muster: ok, 200 text\/csv, \d+ bytes, csv as declared, 3 records, first “Kurs 0” \(und\), [\d.]+ of 16 elements stated \(\d+ %\), [\d.]+ s; looked at for the first time 1 looked at, 0 failed\./,
    );
    const same = (await cli('sources', '--check', 'muster', '--json')).stdout.trim().split('\n');
    expect(same.map((line) => JSON.parse(line))).toMatchObject([
      { source: 'muster', ok: true, status: 200, records: 3, before: { ok: true, records: 3 }, changed: false },
      { summary: { checked: 1, failed: 0 } },
    ]);

    feeds.routes['/courses.csv'] = csv(5);
    const more = await cli('sources', '--check', 'muster');
    expect(more.code).toBe(0);
    expect(more.stdout.replace(/\s+/g, ' ')).toMatch(
      /5 records, .*; on \d{4}-\d\d-\d\d it was 200, csv, 3 records, \d+ of 16 elements/,
    );

    feeds.routes['/courses.csv'] = { status: 404, body: 'gone' };
    const failed = await cli('sources', '--check', 'muster');
    expect(failed.code).toBe(1);
    expect(failed.stdout.replace(/\s+/g, ' ')).toMatch(
      /muster: FAILED: .* the server answered 404\. Check the URL.*; on .* it was 200, csv, 5 records.* 1 looked at, 1 failed\./,
    );
    // Nothing of a record is kept with the look.
    const store = await openStore({ directory: env.DATA_DIR });
    const kept = await store.db.query<{ found: object }>('select found from source_checks');
    await store.close();
    expect(JSON.stringify(kept)).not.toContain('Kurs');
    expect(kept).toMatchObject([{ found: { ok: false, status: 404 } }]);
  }, 120_000);

  test('what is not there is refused', async () => {
    for (const args of [
      ['--check', 'no-such-source'],
      ['--check', '--country', 'AQ'],
      ['--check', '--country', 'Estonia'],
      ['--check', '--enable', REAL],
      ['--enable', REAL, '--disable', REAL],
      ['--enable', 'no-such-source'],
      ['--enable', 'muster'],
    ]) {
      expect((await cli('sources', ...args)).code, args.join(' ')).toBe(2);
    }
  }, 120_000);
});

describe('credatlas sources --enable and --disable', () => {
  test('a source of the files is off in a demonstration until it is switched on; all of it is noted', async () => {
    expect(await listed(REAL)).toMatchObject({ on: false, offBecause: 'not switched on' });
    const on = await cli('sources', '--enable', REAL, '--by', 'night shift');
    expect([on.code, on.stdout.replace(/\s+/g, ' ')]).toEqual([
      0,
      expect.stringMatching(
        /fr-fun-mooc is on: harvested every \w+day at \d\d:\d\d UTC, a time of its own.*No crawler/,
      ),
    ]);
    expect(await listed(REAL)).toMatchObject({ on: true });
    expect((await cli('sources')).stdout).toMatch(/^fr-fun-mooc +yes/m);
    expect((await cli('sources', '--disable', 'FR', '--by', 'night shift', '--json')).last()).toMatchObject({
      on: false,
      by: 'night shift',
    });
    expect(await listed(REAL, { EXAMPLES: 'off' })).toMatchObject({ on: false, offBecause: 'switched off' });
    expect((await cli('audit')).stdout).toMatch(
      /disable fr-fun-mooc by night shift\n.*enable fr-fun-mooc by night shift/,
    );
    expect(await listed('muster')).toMatchObject({ on: false, offBecause: 'no schedule, harvested when asked for by name' });
  }, 120_000);

  test('beside a process that serves, it is in effect at once', async () => {
    const serving = { ...env, PORT: String(await freePort()), EXAMPLES: 'off' };
    expect((await cli('pause', REAL)).code).toBe(0);
    const served = await startCli(['serve'], serving, /Stop with Ctrl-C/);
    try {
      expect((await cli('sources', '--enable', REAL, '--json')).last()).toMatchObject({
        on: true,
        inEffect: true,
        sources: [{ id: REAL, made: true, schedule: expect.stringMatching(/^\d+ \d+ \* \* [0-6]$/) }],
      });
      feeds.routes['/courses.csv'] = csv(5);
      expect((await cli('sources', '--check', 'muster', '--json')).stdout).toMatch(/"records":5.*"changed":true/);
      expect((await cli('sources', '--check', REAL)).stdout).toMatch(/fr-fun-mooc: not asked\. .* is paused/);
      expect((await cli('sources', '--disable', 'all')).stdout).toMatch(/This is in effect\./);
    } finally {
      await served.stop();
    }
  }, 120_000);

  test('one whose file says why it is not on needs --force; of a group it is passed over', async () => {
    const store = await openStore({});
    const of = (id: string, more: object = {}) => ({
      definition: testSource({ id, format: 'csv', url: `https://${id}.example/`, schedule: '0 3 * * *', ...more }),
      country: 'NZ',
    });
    const files = [of('one'), of('two', { enabled: false, disabledBecause: 'needs an agreement' }), of('three')];
    const ask = (what: string, on = true, force = false) => switchIn({ store }, { what, on, by: 'me', force }, files);
    try {
      await store.putSource(of('three').definition);
      await store.retirements.retire('three', 'me');
      await expect(ask('two')).rejects.toMatchObject({
        message: 'two is not switched on: needs an agreement',
        remedy: 'When that is settled: credatlas sources --enable two --force.',
      });
      await expect(ask('three', true, true)).rejects.toThrow(/three is not switched on: it is retired/);
      expect([...(await store.switches.all()).keys()]).toEqual([]);

      for (const group of ['nz', 'all']) {
        expect(await ask(group, true, true)).toEqual({
          on: true,
          by: 'me',
          sources: [{ id: 'one', schedule: '0 3 * * *' }],
          passedOver: [
            { id: 'two', because: 'needs an agreement' },
            { id: 'three', because: expect.stringMatching(/retired/) },
          ],
        });
      }
      expect((await ask('two', true, true)).sources).toEqual([
        { id: 'two', schedule: '0 3 * * *', disabledBecause: 'needs an agreement' },
      ]);
      expect((await ask('all', false)).sources.map(({ id }) => id)).toEqual(['one', 'two', 'three']);
      await expect(ask('de')).rejects.toThrow(/no source of the sources folder, nor a country/);
    } finally {
      await store.close();
    }
  });
});

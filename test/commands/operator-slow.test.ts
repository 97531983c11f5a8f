import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createQueueBoard } from '../../commands/queue-board.ts';
import { readConfig } from '../../config.ts';
import { runCli, startCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
const env = { DATA_DIR: join(folder.path, 'data') };
afterAll(folder.remove);

const csv = (from: number, to: number, title = 'Kurs') =>
  ['identifier,title,provider,country', ...rows(from, to, title)].join('\n');
const rows = (from: number, to: number, title: string) =>
  Array.from({ length: to - from + 1 }, (_, i) => `k${from + i},${title} ${from + i},Muster-Akademie,DE`);
const write = (text: string) => {
  const path = join(folder.path, 'feed.csv');
  writeFileSync(path, `${text}\n`);
  return path;
};
const harvest = (text: string, settings = env) =>
  runCli(['harvest', write(text), '--source', 'muster', '--json'], settings);

// Each command is a process of its own, which on a busy machine takes seconds.
describe('holds, approvals, replays, diffs and pauses from the command line', { timeout: 900_000 }, () => {
  let first: string;

  beforeAll(async () => {
    first = (await harvest(csv(1, 10))).last().run as string;
  });

  test('held → listed → approved once → listed no more', async () => {
    const held = await harvest(csv(1, 3));
    expect(held.code).toBe(1);
    expect(held.last()).toMatchObject({ state: 'held', withdrawn: 0 });
    const holds = await runCli(['holds', '--json'], env);
    expect(holds.last()).toMatchObject({ source: 'muster', run: held.last().run, kind: 'shrunk', count: 7 });
    expect((await runCli(['holds'], env)).stdout).toMatch(/7 would go: k10, k4, /);
    expect((await runCli(['status'], env)).stdout).toMatch(/muster is held: 7 of 10 records are gone/);

    const approved = await runCli(['approve', 'muster', '--by', 'Ada', '--json'], env);
    expect(approved.code).toBe(0);
    expect(approved.last()).toMatchObject({ source: 'muster', by: 'Ada', run: held.last().run });
    expect(approved.last().withdrawn).toHaveLength(7);
    const again = await runCli(['approve', 'muster', '--by', 'Bob'], env);
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(/approved by Ada .*credatlas holds/);
    expect((await runCli(['holds'], env)).stdout).toBe('nothing is held\n');
    const status = await runCli(['status', '--json'], env);
    expect(status.last()).toMatchObject({
      sources: [{ state: 'ok', records: 3 }],
      operations: { heldRuns: 0, queuedPages: 0 },
      indexLag: 0,
    });
  });

  test('the diff of a run, and of two', async () => {
    const second = await harvest(`${csv(1, 3, 'Kurs neu')}\nk99,,Muster-Akademie,DE`);
    const one = await runCli(['diff', second.last().run as string, '--json'], env);
    const records = one.last().records as { kind: string; identifier: string; title: string }[];
    expect(records.map((r) => `${r.kind} ${r.identifier} ${r.title}`)).toEqual([
      'updated k1 Kurs neu 1',
      'updated k2 Kurs neu 2',
      'updated k3 Kurs neu 3',
    ]);
    expect(one.last().rejected).toEqual([{ identifier: 'k99', rule: expect.any(String) }]);
    const both = await runCli(['diff', first, second.last().run as string], env);
    expect(both.stdout).toMatch(/7 withdrawn/);
    expect(both.stdout.replace(/\n {4}/g, ' ')).toMatch(/^- withdrawn k10 .*approved by the operator$/m);
    const wrong = await runCli(['diff', 'run_none'], env);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/no run "run_none".*status/)]);
  });

  test('a replay is a run of its own, without requests', async () => {
    const replay = await runCli(['replay', 'muster', '--json'], env);
    expect(replay.last()).toMatchObject({ trigger: 'replay', state: 'complete', requests: 0, bytes: 0, updated: 0 });
    const runs = (await runCli(['status', 'muster', '--json'], env)).last().runs as { trigger: string }[];
    expect(runs[0]).toMatchObject({ trigger: 'replay' });
    expect((await runCli(['replay', 'nobody'], env)).code).toBe(2);
  });

  test('problems carry a link to the standard where their rule has one', async () => {
    await harvest(`${csv(1, 3, 'Kurs neu').replace('country', 'country,start_date')},2026-13-45`);
    const problems = (await runCli(['status', 'muster', '--json'], env)).last().problems as Record<string, string>[];
    expect(problems.find((p) => p.rule === 'impossible-date')?.link).toMatch(/^https:\/\/.*rfc3339/);
  });

  test('pause and resume', async () => {
    const path = write(csv(1, 3, 'Kurs neu'));
    const paused = await runCli(['pause', 'muster', '--until', '2999-01-01', '--reason', 'moving', '--json'], env);
    expect(paused.last()).toEqual({
      paused: true,
      source: 'muster',
      until: '2999-01-01T00:00:00.000Z',
      reason: 'moving',
    });
    const elsewhere = { ...env, TZ: 'Europe/Berlin' };
    const evening = await runCli(
      ['pause', 'muster', '--until', '2999-05-01 18:30', '--reason', 'moving', '--json'],
      elsewhere,
    );
    expect(evening.last()).toMatchObject({ until: '2999-05-01T18:30:00.000Z' });
    const refused = await runCli(['harvest', path, '--source', 'muster'], env);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/source muster is paused until 2999-.*\(moving\).*credatlas resume muster/);
    expect((await runCli(['status'], env)).stdout).toMatch(/muster is paused until 2999/);
    expect((await runCli(['resume', 'muster'], env)).code).toBe(0);
    expect((await runCli(['resume', 'muster'], env)).code).toBe(2);
    const host = await runCli(['pause', 'https://Feeds.Example/courses?page=1', '--json'], env);
    expect(host.last()).toEqual({ paused: true, origin: 'https://feeds.example' });
    expect((await runCli(['status'], env)).stdout).toMatch(
      /host https:\/\/feeds\.example is paused until it is resumed/,
    );
    for (const args of [
      ['pause', 'no-such-source'],
      ['pause', 'muster', '--until', 'tomorrow'],
      ['pause', 'muster', '--until', '2001-01-01'],
      ['pause', 'muster', '--until', '2999-02-31'],
      ['pause', 'muster', '--until', '2999-13-01'],
      ['pause', 'NOT OK'],
    ]) {
      expect((await runCli(args, env)).code, args.join(' ')).toBe(2);
    }
  });

  test('while a process serves the embedded store, the commands hand over to it', async () => {
    const served = await startCli(['serve'], { ...env, PORT: '0', EXAMPLES: 'off' }, /Stop with Ctrl-C/);
    try {
      const url = /(http:\/\/127\.0\.0\.1:\d+)\//.exec(served.output())?.[1];
      expect((await harvest(csv(1, 1))).last()).toMatchObject({ state: 'complete' });
      expect((await harvest('identifier,title,provider,country')).last()).toMatchObject({ state: 'held' });
      expect((await runCli(['holds', '--json'], env)).last()).toMatchObject({ source: 'muster', kind: 'empty' });
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toMatch(/^credatlas_held_runs 1$/m);
      expect(metrics).toMatch(/^credatlas_source_state\{source="muster",state="held"\} 1$/m);
      const query =
        '{ source(id: "muster") { state hold { kind count identifiers } paused { until } lastRun { trigger state durationSeconds } } }';
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      expect(await answer.json()).toMatchObject({
        data: {
          source: {
            state: 'HELD',
            hold: { kind: 'EMPTY' },
            paused: null,
            lastRun: { trigger: 'COMMAND', state: 'HELD', durationSeconds: expect.any(Number) },
          },
        },
      });
      expect((await runCli(['approve', 'muster', '--json'], env)).last()).toMatchObject({ source: 'muster' });
      expect((await runCli(['pause', 'muster'], env)).code).toBe(0);
      expect((await runCli(['resume', 'muster'], env)).code).toBe(0);
      expect((await runCli(['replay', 'muster', '--json'], env)).last()).toMatchObject({ trigger: 'replay' });
      expect((await fetch(`${url}/queues`)).status).toBe(404);
    } finally {
      await served.stop();
    }
  }, 600_000);
});

const redisUrl = process.env.TEST_REDIS_URL;

describe.skipIf(!redisUrl)('queue board (needs TEST_REDIS_URL)', () => {
  const password = 'a long enough password';
  const basic = (given: string) => ({ authorization: `Basic ${Buffer.from(`ops:${given}`).toString('base64')}` });

  test('nothing without the password; with it the page, its assets and the queue, all from here', async () => {
    const board = createQueueBoard({ redisUrl: redisUrl as string, password });
    const get = (path: string, headers = {}) => board.app.request(path, { headers });
    try {
      for (const path of ['/queues', '/queues/', '/queues/api/queues', '/queues/static/favicon.ico']) {
        for (const headers of [{}, basic(''), basic('wrong'), basic(`${password} `), { authorization: 'Basic x' }]) {
          const refused = await get(path, headers);
          expect([400, 401], path).toContain(refused.status);
          expect(await refused.text()).not.toMatch(/bull|harvest/i);
        }
      }
      const page = await get('/queues', basic(password));
      expect(page.status).toBe(200);
      const html = await page.text();
      expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
      expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self'/);
      const assets = [...html.matchAll(/(?:src|href)="(static\/[^"]+)"/g)].map((m) => m[1]);
      expect(assets.length).toBeGreaterThan(3);
      for (const asset of assets) expect((await get(`/queues/${asset}`, basic(password))).status, asset).toBe(200);
      const queues = await get('/queues/api/queues', basic(password));
      expect(await queues.json()).toMatchObject({ queues: [{ name: 'harvest' }] });
    } finally {
      await board.close();
    }
  });

  test('a password alone opens no board: the setting says what it needs', () => {
    expect(readConfig({ BOARD_PASSWORD: password }).boardPassword).toBe(password);
    expect(() => readConfig({ BOARD_PASSWORD: 'short' })).toThrow(/BOARD_PASSWORD/);
    expect(() => readConfig({ SMTP_URL: 'smtp://mail.example' })).toThrow(/MAIL_TO/);
    expect(() => readConfig({ WEBHOOK_URL: 'ftp://x.example' })).toThrow(/WEBHOOK_URL/);
    expect(() => readConfig({ WEBHOOK_URL: 'https://x.example', WEBHOOK_SECRET: 'short' })).toThrow(/WEBHOOK_SECRET/);
  });

  test('with Redis away the board says so and nothing hangs', async () => {
    const board = createQueueBoard({ redisUrl: 'redis://127.0.0.1:1', password });
    const answer = await board.app.request('/queues/api/queues', { headers: basic(password) });
    expect(answer.status).toBe(504);
    await board.close();
  }, 20_000);
});

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../../catalogue/store/store.ts';
import { createGateway, type Gateway } from '../../../gateway/gateway.ts';
import type { GraphAnswer } from '../../../gateway/graph-request.ts';
import { createServerApp } from '../../../gateway/server.ts';
import type { ErrorReport } from '../../../subgraphs/shared/errors.ts';
import { createPostgres, scratch } from '../../faults/servers.ts';
import { brokenPromises } from '../../support/promises-kept.ts';
import { createFixtureCatalogue } from '../fixture-catalogue.ts';
import { credentials } from '../fixture-records.ts';
import { askEverything, EVERYTHING, VARIABLES, wholeAnswer } from './everything.ts';

const hasPostgres = existsSync('/usr/lib/postgresql');

describe.skipIf(!hasPostgres)('the store of subgraphs in process does not answer', () => {
  const directory = scratch();
  let postgres: Awaited<ReturnType<typeof createPostgres>>;
  let gateway: Gateway;
  let page: (path: string) => Promise<{ status: number; text: string; milliseconds: number }>;
  let whole: GraphAnswer['result']['data'];
  const reports: ErrorReport[] = [];
  const closers: (() => Promise<unknown> | unknown)[] = [];

  beforeAll(async () => {
    postgres = await createPostgres(directory);
    // Not by `kill`, which would only reach what runs it as another user.
    closers.push(() => postgres.crash());
    const fixture = await createFixtureCatalogue({ open: () => openStore({ databaseUrl: postgres.url() }) });
    const { catalogue } = fixture;
    closers.unshift(fixture.close);
    const report = (entry: ErrorReport) => void reports.push(entry);
    gateway = await createGateway({ catalogue, report });
    closers.unshift(() => gateway.close());
    const app = createServerApp({ gateway, catalogue, report });
    page = async (path) => {
      const began = performance.now();
      const answer = await app.request(path, { headers: { accept: 'text/html' } });
      return { status: answer.status, text: await answer.text(), milliseconds: performance.now() - began };
    };
    whole = await wholeAnswer(gateway);
  }, 120_000);
  afterAll(async () => {
    for (const close of closers) await close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** Every process of the server: the one that listens and one for each connection. */
  const signal = (name: 'SIGSTOP' | 'SIGCONT'): void => {
    const main = Number(readFileSync(join(directory, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
    const below = execFileSync('ps', ['-o', 'pid=', '--ppid', String(main)])
      .toString()
      .split('\n');
    for (const pid of [main, ...below.map(Number)]) if (pid > 0) process.kill(pid, name);
  };
  const out = () => gateway.subgraphs.filter((link) => link.state().state === 'out').map(({ name }) => name);

  async function outage(first: number): Promise<void> {
    const once = await askEverything(gateway);
    expect(once.status).toBe(200);
    expect(once.milliseconds).toBeLessThan(first);
    expect(brokenPromises(gateway.schema, EVERYTHING, VARIABLES, once.result.data)).toEqual([]);
    const { errors = [], data = {} } = once.result;
    // Nothing of it is known without the store; each root says so.
    expect(data).toEqual(Object.fromEntries(Object.keys(whole ?? {}).map((key) => [key, null])));
    expect(errors.map(({ path }) => path?.join('.')).sort()).toEqual(Object.keys(whole ?? {}).sort());
    for (const { extensions } of errors) {
      expect(extensions?.code).toMatch(/^(SUBGRAPH|SEARCH)_UNAVAILABLE$/);
      expect(extensions?.remedy).toBeTruthy();
    }
    const record = await page(`/credentials/${credentials[0]?.record.id}`);
    expect([record.status, record.milliseconds < 4_500]).toEqual([503, true]);
    const front = await page('/?q=data');
    expect(front.status).toBe(200);
    expect(front.milliseconds).toBeLessThan(6_000);
    expect(front.text).toContain('How much is in the catalogue is not known at the moment');
    expect(front.text).toContain('The list of sources is missing');
    expect(front.text).toContain('The search does not answer at the moment');
    const metrics = await page('/metrics');
    expect([metrics.status, metrics.milliseconds < 4_500]).toEqual([200, true]);
    expect(metrics.text).toContain('credatlas_store_up 0');
    // What was found out holds for a second.
    await expect.poll(async () => (await page('/ready')).status, { timeout: 4_000 }).toBe(503);
    const ready = await page('/ready');
    expect(ready.milliseconds).toBeLessThan(2_500);
    expect(JSON.parse(ready.text)).toMatchObject({
      status: 'not ready',
      reason: expect.stringContaining('the store of record does not answer'),
      parts: { store: { state: expect.stringMatching(/^down: /) }, start: { state: 'ok' } },
    });
  }

  async function recovered(): Promise<void> {
    await expect.poll(out, { timeout: 15_000 }).toEqual([]);
    await expect.poll(async () => (await askEverything(gateway)).result.errors, { timeout: 10_000 }).toBeUndefined();
    expect(await wholeAnswer(gateway)).toEqual(whole);
    await expect.poll(async () => (await page('/ready')).status, { timeout: 5_000 }).toBe(200);
    expect((await page(`/credentials/${credentials[0]?.record.id}`)).status).toBe(200);
  }

  test('SIGSTOP: what waits for it is given up in time, then nothing waits; SIGCONT brings it back', async () => {
    reports.splice(0);
    signal('SIGSTOP');
    try {
      await outage(5_000);
      await expect.poll(out, { timeout: 15_000 }).toHaveLength(4);
      const soon = await askEverything(gateway);
      expect(soon.milliseconds).toBeLessThan(600);
      expect(soon.result.errors?.length).toBe(8);
    } finally {
      signal('SIGCONT');
      // runuser stops itself when what it runs is stopped.
      postgres.server.thaw();
    }
    await recovered();
    // For each of the four: once that it failed, once that it is out, once that it is back.
    expect(reports.length).toBeLessThanOrEqual(12);
  }, 90_000);

  test('killed: told at once; the next start brings it back', async () => {
    await postgres.crash();
    await outage(3_000);
    await postgres.server.start();
    await recovered();
  }, 90_000);
});

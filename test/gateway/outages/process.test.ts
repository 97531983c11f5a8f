import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGateway, type Gateway } from '../../../gateway/gateway.ts';
import type { GraphAnswer } from '../../../gateway/graph-request.ts';
import { createServerApp } from '../../../gateway/server.ts';
import type { ErrorReport } from '../../../subgraphs/shared/errors.ts';
import { type Daemon, daemon, freePort } from '../../faults/servers.ts';
import { createFixtureCatalogue } from '../fixture-catalogue.ts';
import { credentials } from '../fixture-records.ts';
import { askEverything, expectOnlyLost, type Name, SUBGRAPHS, wholeAnswer } from './everything.ts';

// Each gateway has one subgraph in the other process and the others in this one, with the limits of service.
interface Victim {
  name: Name;
  gateway: Gateway;
  reports: ErrorReport[];
  page(path: string): Promise<{ status: number; text: string }>;
}
const victims: Victim[] = [];
let services: Daemon;
let whole: GraphAnswer['result']['data'];
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const ports = new Map<Name, number>();
  for (const name of SUBGRAPHS) ports.set(name, await freePort());
  services = daemon({
    name: 'the subgraphs',
    command: process.execPath,
    args: [
      fileURLToPath(new URL('subgraph-process.ts', import.meta.url)),
      ...[...ports].map(([name, port]) => `${name}=${port}`),
    ],
    ready: (output) => output.includes('all are served'),
    seconds: 90,
  });
  const [{ catalogue, close }] = await Promise.all([createFixtureCatalogue(), services.start()]);
  closers.push(close, () => services.kill());
  for (const [name, port] of ports) {
    const reports: ErrorReport[] = [];
    const report = (entry: ErrorReport) => void reports.push(entry);
    const gateway = await createGateway({
      catalogue,
      subgraphUrls: { [name]: `http://127.0.0.1:${port}/graphql` },
      report,
    });
    const app = createServerApp({ gateway, catalogue, report });
    const page = async (path: string) => {
      const answer = await app.request(path, { headers: { accept: 'text/html' } });
      return { status: answer.status, text: await answer.text() };
    };
    victims.push({ name, gateway, reports, page });
    closers.unshift(() => gateway.close());
    whole = await wholeAnswer(gateway);
  }
}, 180_000);
afterAll(async () => {
  for (const close of closers) await close();
});

const isOut = ({ gateway, name }: Victim): boolean =>
  gateway.subgraphs.find((link) => link.name === name)?.state().state === 'out';
const each = (work: (victim: Victim) => Promise<void>) => Promise.all(victims.map(work));

/** What must hold from the moment that the other process does not answer until it does again. */
async function outage(first: number, recover: () => Promise<void> | void): Promise<void> {
  for (const { reports } of victims) reports.splice(0);
  await each(async (victim) => {
    const once = await askEverything(victim.gateway);
    expectOnlyLost(victim.gateway, whole, once, victim.name);
    expect(once.milliseconds).toBeLessThan(first);
  });
  await each((victim) => expect.poll(() => isOut(victim), { timeout: 10_000, interval: 20 }).toBe(true));
  for (const victim of victims) {
    for (let i = 0; i < 3; i++) {
      const soon = await askEverything(victim.gateway);
      expectOnlyLost(victim.gateway, whole, soon, victim.name);
      expect(soon.milliseconds).toBeLessThan(600);
    }
    // What was found out holds for a second.
    await expect.poll(async () => (await victim.page('/ready')).status, { timeout: 3_000 }).toBe(503);
    const { status, reason, parts } = JSON.parse((await victim.page('/ready')).text);
    expect([status, reason]).toEqual(['not ready', expect.stringContaining(`"${victim.name}"`)]);
    expect(parts).toMatchObject({
      store: { state: 'ok' },
      search: { state: 'ok' },
      [`subgraph ${victim.name}`]: {
        where: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        state: expect.stringMatching(/^down: .* does not answer since \d{4}-.*/),
      },
    });
    const others = SUBGRAPHS.filter((name) => name !== victim.name);
    for (const name of others) expect(parts[`subgraph ${name}`]).toEqual({ state: 'ok', where: 'in process' });
    expect((await victim.page('/metrics')).text).toContain(`credatlas_subgraph_up{subgraph="${victim.name}"} 0`);
    await pagesSayWhatIsMissing(victim);
  }
  await recover();
  await each((victim) => expect.poll(() => isOut(victim), { timeout: 10_000, interval: 20 }).toBe(false));
  for (const { gateway, reports, page } of victims) {
    expect(await wholeAnswer(gateway)).toEqual(whole);
    expect(reports.map(({ error }) => String(error))).toEqual([
      expect.stringMatching(/no answer within|cannot be reached/),
      expect.stringContaining('taken out'),
      expect.stringContaining('answers again after'),
    ]);
    await expect.poll(async () => (await page('/ready')).status, { timeout: 4_000 }).toBe(200);
  }
}

async function pagesSayWhatIsMissing({ name, page }: Victim): Promise<void> {
  const { id } = credentials[0]?.record ?? { id: '' };
  const [hits, record] = [await page('/?q=data'), await page(`/credentials/${id}`)];
  expect(hits.status).toBe(200);
  const links = hits.text.match(/href="\/credentials\/crd_/g) ?? [];
  if (name === 'search') {
    expect(hits.text).toContain('The search does not answer at the moment');
    expect(hits.text).not.toMatch(/\d+ hits/);
  } else {
    // A total never stands without its list.
    expect(hits.text).toContain('8 hits');
    expect(links).toHaveLength(8);
  }
  if (name === 'credential') {
    expect(hits.text).toContain('titles and details of credentials may be missing');
    expect(hits.text).toContain('title not known at the moment');
    expect(record.status).toBe(503);
    expect(record.text).toContain('does not answer at the moment');
  } else {
    expect(record.status).toBe(200);
    expect(record.text).toContain('<h1 lang="en">Data literacy 0</h1>');
  }
  if (name === 'provider') expect(hits.text).toContain('names and countries of providers may be missing');
  if (name === 'source') {
    expect(record.text).toContain('titles and licences of sources may be missing');
    expect(record.text).toContain('licence not known at the moment');
    expect(record.text).not.toContain('licence not stated');
  }
}

test('SIGSTOP: it hangs, its sockets stay open; SIGCONT brings it back', async () => {
  services.freeze();
  await outage(5_000, () => services.thaw());
}, 90_000);

test('kill -9; a new process on the same ports brings it back', async () => {
  await services.kill();
  await outage(2_500, () => services.start());
}, 180_000);

test('a restart between two requests costs nobody an answer', async () => {
  await each(async ({ gateway }) => expect(await wholeAnswer(gateway)).toEqual(whole));
  await services.kill();
  await services.start();
  await each(async ({ gateway }) => expect(await wholeAnswer(gateway)).toEqual(whole));
}, 180_000);

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { listen } from '../../../commands/listen.ts';
import { ANONYMOUS } from '../../../gateway/admission/budgets.ts';
import { createGateway } from '../../../gateway/gateway.ts';
import { createServerApp } from '../../../gateway/server.ts';
import { createFixtureCatalogue } from '../fixture-catalogue.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-budgets-'));
const sha256 = createHash('sha256').update('portal-key').digest('hex');
writeFileSync(
  join(folder, 'keys.json'),
  JSON.stringify([{ name: 'portal', sha256, requestsPerMinute: 6, costPerMinute: 1_000_000 }]),
);
const { catalogue, close } = await createFixtureCatalogue();
const report = () => {};
const gateway = await createGateway({ catalogue, report });
const app = createServerApp({
  gateway,
  catalogue,
  report,
  admission: { clientKeysFile: join(folder, 'keys.json'), anonymous: { requests: 5, cost: 6_000 } },
});
const http = await listen(app, { host: '127.0.0.1', port: 5_625 });
afterAll(async () => {
  await http.stop();
  await gateway.close();
  await close();
  rmSync(folder, { recursive: true });
});

const ask = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${http.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: JSON.stringify({ query }),
  });
const from = (address: string) => ({ 'x-forwarded-for': address });
type Errors = { errors: { message: string; extensions: Record<string, unknown> }[] };

describe('budgets', () => {
  test('are told in every answer and end in 429 with Retry-After', async () => {
    for (let n = 1; n <= 5; n++) {
      const answer = await ask(n === 2 ? '{ nope }' : '{ __typename }', from('198.51.100.1'));
      expect(answer.status).toBe(n === 2 ? 400 : 200);
      expect(answer.headers.get('ratelimit-policy')).toBe('"requests";q=5;w=60,"cost";q=6000;qu="cost-points";w=60');
      expect(answer.headers.get('ratelimit')).toMatch(
        new RegExp(`^"requests";r=${5 - n};t=\\d+,"cost";r=\\d+;t=\\d+$`),
      );
    }
    const spent = await ask('{ __typename }', from('198.51.100.1'));
    expect(spent.status).toBe(429);
    const wait = Number(spent.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(50);
    expect(wait).toBeLessThanOrEqual(60);
    expect(spent.headers.get('ratelimit')).toContain('"requests";r=0;');
    const { errors } = (await spent.json()) as Errors;
    expect(errors[0]?.extensions).toMatchObject({
      code: 'RATE_LIMITED',
      limit: 'requests',
      remedy: expect.any(String),
    });
    // Another address has its own; so have pages none left for the first.
    expect((await ask('{ __typename }', from('198.51.100.2'))).status).toBe(200);
    const page = await fetch(http.url, { headers: { accept: 'text/html', ...from('198.51.100.1') } });
    expect([page.status, Boolean(page.headers.get('retry-after'))]).toEqual([429, true]);
    expect(await page.text()).toContain('<h1>the requests of this minute are spent</h1>');
  });

  test('cost counts by what is asked, not by how often', async () => {
    const dear = '{ search(first: 20) { edges { node { id title { text } } } } }';
    expect((await ask(dear, from('198.51.100.3'))).status).toBe(200);
    expect((await ask(dear, from('198.51.100.3'))).status).toBe(200);
    const spent = await ask(dear, from('198.51.100.3'));
    expect(spent.status).toBe(429);
    expect(Number(spent.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(((await spent.json()) as Errors).errors[0]?.extensions).toMatchObject({
      code: 'RATE_LIMITED',
      limit: 'cost',
    });
  });

  test('of IPv6 a whole /64 has one', async () => {
    const statuses = [];
    for (let n = 1; n <= 6; n++) statuses.push((await ask('{ __typename }', from(`2001:db8:7:7::${n}`))).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  test("the operator's own machine has none, and is told the policy", async () => {
    for (let n = 0; n < 12; n++) {
      const answer = await ask('{ __typename }');
      expect(answer.status).toBe(200);
      expect(answer.headers.get('ratelimit-policy')).toContain('"requests";q=5;w=60');
    }
  });

  test('a named client has its own, by either header, from any address', async () => {
    const statuses = [];
    for (let n = 0; n < 7; n++) {
      const key: Record<string, string> =
        n % 2 ? { 'x-api-key': 'portal-key' } : { authorization: 'Bearer portal-key' };
      const answer = await ask('{ __typename }', { ...key, ...from(`203.0.113.${n}`) });
      statuses.push(answer.status);
      expect(answer.headers.get('ratelimit-policy')).toContain('"requests";q=6;w=60');
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429]);
  });

  test('an unknown key is told so', async () => {
    const answer = await ask('{ __typename }', { 'x-api-key': 'wrong' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(((await answer.json()) as Errors).errors[0]?.extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
      remedy: expect.any(String),
    });
  });

  test('are counted', async () => {
    const text = await (await fetch(`${http.url}/metrics`)).text();
    expect(text).toMatch(/credatlas_budget_spent_total\{budget="requests"\} [1-9]/);
    expect(text).toMatch(/credatlas_budget_spent_total\{budget="cost"\} [1-9]/);
    expect(text).toContain('credatlas_lane_wait_seconds_count{lane="unread"}');
  });

  test('a minute of a portal fits into the published one', () => {
    // A reader a second who opens three pages a minute, each page three requests of a search's cost.
    expect(ANONYMOUS.requests).toBeGreaterThanOrEqual(60 * 3 * 3);
    expect(ANONYMOUS.cost).toBeGreaterThanOrEqual(60 * 3 * 3 * 3_000);
  });
});

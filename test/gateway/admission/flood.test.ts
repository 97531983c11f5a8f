import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { listen } from '../../../commands/listen.ts';
import { createGateway } from '../../../gateway/gateway.ts';
import { createServerApp } from '../../../gateway/server.ts';
import { createFixtureCatalogue } from '../fixture-catalogue.ts';

const { catalogue, calls, close } = await createFixtureCatalogue();
const report = () => {};
const gateway = await createGateway({ catalogue, report });
const http = await listen(createServerApp({ gateway, catalogue, report }), { host: '127.0.0.1', port: 5_626 });
afterAll(async () => {
  await http.stop();
  await gateway.close();
  await close();
});

const GRAPH = 'application/graphql-response+json';
function send(agent: Agent, path: string, body?: unknown): Promise<{ status: number; took: number }> {
  const began = performance.now();
  return new Promise((done, failed) => {
    const headers = body ? { 'content-type': 'application/json', accept: GRAPH } : { accept: 'text/html' };
    const asked = request(`${http.url}${path}`, { agent, method: body ? 'POST' : 'GET', headers }, (answer) => {
      answer.resume();
      answer.on('end', () => done({ status: answer.statusCode ?? 0, took: performance.now() - began }));
    });
    asked.on('error', failed);
    asked.end(body && JSON.stringify(body));
  });
}

/** `connections` clients, each on a connection of its own, that ask without a pause; answers how many answers each got. */
async function flood(connections: number, seconds: number, path: (n: number) => string, body?: (n: number) => unknown) {
  const statuses = new Map<number, number>();
  const end = performance.now() + seconds * 1000;
  let n = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      while (performance.now() < end) {
        const { status } = await send(agent, path(n++), body?.(n));
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
      agent.destroy();
    }),
  );
  return statuses;
}
const graph = () => '/graphql';

describe('floods over HTTP', () => {
  /** The most that waited in any of the lanes meanwhile: what is held back, whatever else the machine has to do. */
  async function mostWaiting(lanes: readonly ('answer' | 'unread')[], work: () => Promise<unknown>): Promise<number> {
    let most = 0;
    const look = setInterval(() => {
      // Others are there all the time, so that lanes keep to their shares.
      gateway.lanes.others();
      most = Math.max(most, ...lanes.map((name) => gateway.lanes[name].waiting));
    }, 1);
    await work();
    clearInterval(look);
    return most;
  }

  test('one client that makes 300 mistakes in a row is not held back', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const most = await mostWaiting(['answer', 'unread'], async () => {
      for (let n = 0; n < 300; n++) await send(agent, '/graphql', { query: `{ nope${n} }` });
    });
    agent.destroy();
    expect(most).toBe(0);
  });

  test.each([
    ['refusals, cheap as they are', 'answer', () => ({ query: '{ nope }' })],
    ['introspection from the cache', 'answer', () => ({ query: '{ __schema { types { name } } }' })],
    ['texts never seen before', 'unread', (n: number) => ({ query: `{ never${n} }` })],
  ] as const)(
    '%s are held back for forty connections beside others',
    async (_, lane, body) => {
      let most = 0;
      // On a machine that does much else the clients may not come to ask fast enough at once.
      for (let round = 0; round < 5 && most <= 10; round++)
        most = Math.max(most, await mostWaiting([lane], () => flood(40, 1.5, graph, body)));
      expect(most).toBeGreaterThan(10);
    },
    30_000,
  );

  test('pages that many ask for at once are not made anew for each who queues', async () => {
    const before = calls['search.query'] ?? 0;
    const reader = setInterval(() => gateway.lanes.others(), 100);
    const pages = await flood(40, 2, () => '/?q=data');
    clearInterval(reader);
    // Each page made anew is one search.
    expect((calls['search.query'] ?? 0) - before).toBeLessThan((pages.get(200) ?? 0) * 0.9);
  });

  test('readers who pause are served while searches without a pause fill their lane', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const query =
      'query S($t: String) { search(text: $t, first: 20) { totalCount edges { node { id title { text } } } } }';
    const read = async (count: number) => {
      const statuses = [];
      for (let n = 0; n < count; n++) {
        await sleep(60);
        statuses.push((await send(agent, '/graphql', { query, variables: { t: 'data' } })).status);
      }
      return statuses;
    };
    await read(6);
    const loops = flood(40, 3, graph, (n) => ({ query, variables: { t: `data ${n}` } }));
    const statuses = await read(20);
    await loops;
    agent.destroy();
    expect(statuses).toEqual(statuses.map(() => 200));
  });
});

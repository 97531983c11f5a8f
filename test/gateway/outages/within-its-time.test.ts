import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { createGateway, type GatewayOptions } from '../../../gateway/gateway.ts';
import { createReadiness, type Part } from '../../../gateway/readiness.ts';
import type { ErrorReport } from '../../../subgraphs/shared/errors.ts';
import { createFixtureCatalogue } from '../fixture-catalogue.ts';
import { createUnrulyServer } from './unruly-server.ts';

const { catalogue, fail, close } = await createFixtureCatalogue();
afterAll(close);
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const closer of closers.splice(0)) await closer();
});

/** The catalogue with some reads replaced. */
const altered = (parts: { [K in keyof Catalogue]?: Partial<Catalogue[K]> }): Catalogue => ({
  ...catalogue,
  ...Object.fromEntries(
    Object.entries(parts).map(([name, methods]) => [name, { ...catalogue[name as keyof Catalogue], ...methods }]),
  ),
});
async function graph(options: Partial<GatewayOptions> = {}) {
  const reports: ErrorReport[] = [];
  const gateway = await createGateway({ catalogue, report: (entry) => reports.push(entry), ...options });
  closers.push(() => gateway.close());
  const ask = async (query: string) => {
    const began = performance.now();
    const answer = await gateway.execute({ query });
    return { ...answer, milliseconds: performance.now() - began };
  };
  return { gateway, reports, ask, out: () => gateway.subgraphs.filter((link) => link.state().state === 'out') };
}
const never = () => new Promise<never>(() => {});

describe('the time of an operation', () => {
  test('what the steps before have used is not waited for again; being cut short says nothing about a subgraph', async () => {
    const slow = altered({
      credentials: {
        byIds: async (ids) => {
          await sleep(900);
          return catalogue.credentials.byIds(ids);
        },
      },
      sources: { byIds: never },
    });
    const { ask, out } = await graph({
      catalogue: slow,
      limits: { timeout: 4_000 },
      patience: { limit: 3_900, probeLimit: 100, failures: 1 },
    });
    await ask('{ search(first: 1) { totalCount } }');
    const { status, result } = await ask(
      '{ search(first: 2) { edges { node { id title { text } source { id title } } } } }',
    );
    // An operation that has not answered by its own time is 504.
    expect(status).toBe(200);
    expect(result.data).toMatchObject({
      search: { edges: [0, 1].map(() => ({ node: { title: { text: expect.any(String) }, source: { title: null } } })) },
    });
    expect(result.errors).toMatchObject(
      [0, 1].map((i) => ({
        path: ['search', 'edges', i, 'node', 'source', 'title'],
        extensions: { code: 'TIMEOUT', subgraph: 'source', remedy: expect.any(String) },
      })),
    );
    expect(out()).toEqual([]);
  });

  test('a subgraph that was waited for in vain is not waited for again in a later step', async () => {
    const { ask } = await graph({
      catalogue: altered({ sources: { byIds: never, list: never } }),
      patience: { limit: 2_000, failures: 100 },
    });
    const { result, milliseconds } = await ask(
      '{ sources { id } search(first: 1) { totalCount edges { node { source { id title } } } } }',
    );
    expect(milliseconds).toBeLessThan(3_900);
    expect(result.data).toMatchObject({
      sources: null,
      search: { totalCount: 38, edges: [{ node: { source: { id: expect.any(String), title: null } } }] },
    });
    expect(result.errors).toHaveLength(2);
  });

  test('a process that has had no time to read answers does not blame its subgraphs', async () => {
    const slow = altered({
      sources: {
        byIds: async (ids) => {
          await sleep(100);
          return catalogue.sources.byIds(ids);
        },
      },
    });
    const { ask, out } = await graph({ catalogue: slow, patience: { limit: 300, probeLimit: 300, failures: 1 } });
    await ask('{ source(id: "x") { id } }');
    const answer = ask('{ source(id: "example-north") { id } }');
    await sleep(20);
    const until = performance.now() + 1_200;
    while (performance.now() < until);
    const { result } = await answer;
    if (result.errors) expect(result.errors[0]?.extensions?.code).toBe('TIMEOUT');
    await sleep(500);
    expect(out()).toEqual([]);
  });

  test('what is still under way for an operation that has been answered sends no more statements', async () => {
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    const read: string[] = [];
    const { ask } = await graph({
      catalogue: altered({
        providers: {
          byIds: (ids) => {
            read.push(...ids);
            return catalogue.providers.byIds(ids);
          },
          resolve: async (ids) => {
            await held;
            return catalogue.providers.resolve(ids);
          },
        },
      }),
      patience: { limit: 300 },
    });
    const { result } = await ask('{ provider(id: "https://body-0.example/") { id } }');
    expect(result.data).toEqual({ provider: null });
    release();
    await sleep(100);
    // The question that finds out whether the subgraph answers is for a provider that there is not.
    expect(read.filter((id) => id !== 'prv_00000000000000000000')).toEqual([]);
  });
});

describe('a subgraph that is out', () => {
  const hanging = () => {
    let asked = 0;
    const hangs = altered({
      sources: {
        byIds: () => {
          asked += 1;
          return never();
        },
      },
    });
    return { hangs, asked: () => asked };
  };

  test('costs its store one question at a time, and no reader any time', async () => {
    const { hangs, asked } = hanging();
    const { ask, out } = await graph({
      catalogue: hangs,
      patience: { limit: 200, probeLimit: 100, pause: 40, failures: 2 },
    });
    await ask('{ source(id: "x") { id } }');
    await expect.poll(out, { timeout: 3_000, interval: 10 }).toHaveLength(1);
    for (let i = 0; i < 20; i++) await ask('{ source(id: "x") { id } }');
    await sleep(600);
    // One reader's, and one that waits to find out.
    expect(asked()).toBe(2);
  });

  test('is found out after one reader has waited, not after several', async () => {
    const { hangs } = hanging();
    const { ask, out } = await graph({
      catalogue: hangs,
      patience: { limit: 300, probeLimit: 100, pause: 1_000, failures: 3 },
    });
    await ask('{ source(id: "x") { id } }');
    await expect.poll(out, { timeout: 3_000 }).toHaveLength(1);
  });
});

describe('what is told', () => {
  test('each place up to a hundred, and how many more there are', async () => {
    const { ask } = await graph({ subgraphUrls: { credential: 'http://127.0.0.1:9/graphql' } });
    const { result } = await ask(
      '{ search(first: 38) { edges { node { id title { text } level { eqf } kind { state } skills { state } } } } }',
    );
    expect(result.errors).toHaveLength(100);
    expect(result.errors?.at(-1)?.extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', omitted: 38 * 4 - 100 });
    expect(result.errors?.[5]?.path).toEqual(['search', 'edges', 1, 'node', 'level']);
  });

  test('a failure of many is one line in the log', async () => {
    const { ask, reports } = await graph();
    fail('credentials.byIds', new Error('a slip of ours'));
    const { result } = await ask('{ search(first: 20) { edges { node { id title { text } level { eqf } } } } }');
    fail('credentials.byIds', undefined);
    expect(result.errors).toHaveLength(40);
    expect(new Set(result.errors?.map(({ extensions }) => extensions?.errorId)).size).toBe(1);
    expect(reports).toHaveLength(1);
  });

  test('facets whose names cannot be read do not cost the hits', async () => {
    const { ask, out } = await graph();
    fail('providers.byIds', Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' }));
    const { result } = await ask(
      '{ search(first: 1, facets: [PROVIDER]) { totalCount edges { cursor } facets { name values { label } } } }',
    );
    fail('providers.byIds', undefined);
    expect(result.data).toMatchObject({ search: { totalCount: 38, edges: [{}], facets: null } });
    expect(result.errors).toMatchObject([{ path: ['search', 'facets'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
    expect(JSON.stringify(result)).not.toContain('10.0.0.7');
    expect(out()).toEqual([]);
  });
});

test('an answer without an end is read no further than an answer can be', async () => {
  let sent = 0;
  const server = await createUnrulyServer(() => Promise.reject(new Error('never asked')));
  closers.push(server.close);
  const chunk = Buffer.alloc(1024 * 1024, ' ');
  server.behave((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n');
    // A socket that fails calls back for what is still to be written, again and again.
    const pour = (error?: Error | null): void => {
      if (error || socket.destroyed) return;
      sent += chunk.length;
      socket.write(chunk, pour);
    };
    pour();
  });
  const { ask } = await graph({
    subgraphUrls: { source: server.url },
    patience: { limit: 8_000, probeLimit: 1, failures: 1 },
  });
  const { result } = await ask('{ sources { id } providers { totalCount } }');
  expect(result.data).toMatchObject({ sources: null, providers: { totalCount: 8 } });
  expect(sent).toBeGreaterThan(60e6);
  expect(sent).toBeLessThan(100e6);
});

describe('/ready', () => {
  const part = (name: string, check: Part['check']): Part => ({ name, down: `${name} does not answer`, check });

  test('asks each part once a second, however often it is asked', async () => {
    let asked = 0;
    const ready = createReadiness(
      [
        part('counted', () => {
          asked += 1;
          return 'ok';
        }),
      ],
      () => ({ ready: true }),
    );
    await Promise.all(Array.from({ length: 500 }, ready));
    for (let i = 0; i < 20; i++) await ready();
    expect(asked).toBe(1);
    await sleep(1_050);
    await ready();
    expect(asked).toBe(2);
  });

  test('answers within two seconds when parts hang, and does not pile up questions', async () => {
    let asked = 0;
    const hangs = () => {
      asked += 1;
      return never();
    };
    const ready = createReadiness([part('a', hangs), part('b', hangs), part('c', () => 'ok')], () => ({ ready: true }));
    for (let i = 0; i < 2; i++) {
      const began = performance.now();
      expect(await ready()).toMatchObject({
        ready: false,
        reason: expect.stringMatching(/^a does not answer .*; b does not answer/),
        parts: { a: { state: expect.stringMatching(/^down: /) }, c: { state: 'ok' } },
      });
      expect(performance.now() - began).toBeLessThan(2_000);
      await sleep(1_050);
    }
    expect(asked).toBe(2);
  });

  test('a part that is degraded is said so, and readers are still served; what throws is down, without its words', async () => {
    const lags = part('index', () => 'degraded: 5000 changes behind');
    expect(await createReadiness([lags], () => ({ ready: true }))()).toEqual({
      ready: true,
      parts: { index: { state: 'degraded: 5000 changes behind' }, start: { state: 'ok' } },
    });
    const throws = part('store', () => Promise.reject(new Error('password=hunter2')));
    expect(await createReadiness([throws], () => ({ ready: true }))()).toMatchObject({
      ready: false,
      reason: 'store does not answer',
    });
  });
});

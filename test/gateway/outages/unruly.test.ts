import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createGateway, type Gateway } from '../../../gateway/gateway.ts';
import type { GraphAnswer } from '../../../gateway/graph-request.ts';
import { createSubgraphService } from '../../../gateway/subgraph-service.ts';
import type { ErrorReport } from '../../../subgraphs/shared/errors.ts';
import { createSubgraphs } from '../../../subgraphs/subgraphs.ts';
import { createFixtureCatalogue } from '../fixture-catalogue.ts';
import { askEverything, expectOnlyLost, type Name, SUBGRAPHS, wholeAnswer } from './everything.ts';
import { createUnrulyServer, QUICK, REFUSES, SLOW } from './unruly-server.ts';

/** Shorter than in service, with room for a busy machine. */
const patience = { limit: 1_500, probeLimit: 700, pause: 300, failures: 3 };

interface Victim {
  name: Name;
  gateway: Gateway;
  server: Awaited<ReturnType<typeof createUnrulyServer>>;
  reports: ErrorReport[];
}

describe('one subgraph does not behave', () => {
  const victims: Victim[] = [];
  const closers: (() => Promise<unknown>)[] = [];
  let whole: GraphAnswer['result']['data'];

  beforeAll(async () => {
    const { catalogue, close } = await createFixtureCatalogue();
    closers.push(close);
    for (const subgraph of createSubgraphs()) {
      const service = await createSubgraphService(subgraph, { catalogue, report: () => {} });
      const server = await createUnrulyServer(async (body, headers) =>
        service.app.request('/graphql', { method: 'POST', headers, body }),
      );
      const reports: ErrorReport[] = [];
      const gateway = await createGateway({
        catalogue,
        subgraphUrls: { [subgraph.name]: server.url },
        patience,
        report: (entry) => reports.push(entry),
      });
      victims.push({ name: subgraph.name as Name, gateway, server, reports });
      closers.unshift(
        () => gateway.close(),
        () => server.close(),
        () => service.stop(),
      );
    }
    for (const { gateway } of victims) whole = await wholeAnswer(gateway);
    expect(victims.map(({ name }) => name).sort()).toEqual([...SUBGRAPHS].sort());
  });
  afterAll(async () => {
    for (const close of closers) await close();
  });

  afterEach(async () => {
    for (const victim of victims) victim.server.behave('obey');
    await expect.poll(() => victims.some(isOut), { timeout: 10_000 }).toBe(false);
  });

  const isOut = ({ gateway, name }: Victim): boolean =>
    gateway.subgraphs.find((link) => link.name === name)?.state().state === 'out';

  describe.each([
    ...Object.entries(QUICK).map(([what, manner]) => ({ what, manner, first: 1_450 })),
    ...Object.entries(SLOW).map(([what, manner]) => ({ what, manner, first: 3_500 })),
  ])('$what', ({ manner, first }) => {
    test('only what it knows is missing, told at each place; it is taken out, and comes back by itself', async () => {
      for (const victim of victims) {
        const { gateway, server, reports, name } = victim;
        reports.splice(0);
        server.behave(manner);
        const once = await askEverything(gateway);
        expectOnlyLost(gateway, whole, once, name);
        expect(once.milliseconds).toBeLessThan(first);

        await expect.poll(() => isOut(victim), { timeout: 8_000, interval: 20 }).toBe(true);
        const asked = server.requests();
        const soon = await askEverything(gateway);
        expectOnlyLost(gateway, whole, soon, name);
        // A tenth of that on a machine that has nothing else to do; those who ask and wait take 1,500 at least.
        expect(soon.milliseconds).toBeLessThan(600);
        // At most a probe: nobody's request goes there.
        expect(server.requests() - asked).toBeLessThanOrEqual(1);

        server.behave('obey');
        await expect.poll(() => isOut(victim), { timeout: 5_000, interval: 20 }).toBe(false);
        expect(await wholeAnswer(gateway)).toEqual(whole);
        // Once that it failed, once that it is out, once that it is back: whoever runs it is not flooded.
        expect(reports.length).toBeLessThanOrEqual(3);
        expect(String(reports.at(-1)?.error)).toContain('answers again');
      }
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    }, 60_000);
  });

  test('one that refuses a question, as an older version does, is not taken out for the others', async () => {
    for (const victim of victims) {
      victim.server.behave(REFUSES);
      for (let i = 0; i < 4; i++)
        expectOnlyLost(victim.gateway, whole, await askEverything(victim.gateway), victim.name);
      expect(isOut(victim)).toBe(false);
      victim.server.behave('obey');
      expect(await wholeAnswer(victim.gateway)).toEqual(whole);
    }
  });

  test('a connection that was cut between two requests costs nobody an answer', async () => {
    for (const { gateway, server, name } of victims) {
      server.behave('obey');
      let cut = 1;
      server.behave((socket) => {
        if (cut-- > 0) socket.destroy();
        server.behave('obey');
      });
      expect(await wholeAnswer(gateway), name).toEqual(whole);
    }
  });

  test('errors of readers never take a subgraph out', async () => {
    for (const victim of victims) {
      for (let i = 0; i < 5; i++) {
        const { result } = await victim.gateway.execute({
          query: '{ search(after: "made up") { totalCount } providers(after: "made up") { totalCount } }',
        });
        expect(result.data).toEqual({ search: null, providers: null });
        expect(result.errors?.map(({ path, extensions }) => [path?.[0], extensions?.code]).sort()).toEqual([
          ['providers', 'BAD_USER_INPUT'],
          ['search', 'BAD_USER_INPUT'],
        ]);
      }
      expect(isOut(victim)).toBe(false);
    }
  });
});

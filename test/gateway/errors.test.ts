import { describe, expect, test } from 'vitest';
import { SearchUnavailable, SearchWindowExceeded } from '../../catalogue/search/search-engine.ts';
import { listen } from '../../commands/listen.ts';
import { createGateway, type GatewayOptions } from '../../gateway/gateway.ts';
import { createSubgraphService } from '../../gateway/subgraph-service.ts';
import type { ErrorReport } from '../../subgraphs/shared/errors.ts';
import { createSubgraphs } from '../../subgraphs/subgraphs.ts';
import { createFixtureCatalogue } from './fixture-catalogue.ts';

async function graph(options: Partial<GatewayOptions> = {}) {
  const fixture = await createFixtureCatalogue();
  const reports: ErrorReport[] = [];
  const gateway = await createGateway({
    catalogue: fixture.catalogue,
    report: (entry) => reports.push(entry),
    ...options,
  });
  return { ...fixture, gateway, reports, [Symbol.asyncDispose]: () => gateway.close() };
}

describe('unexpected errors', () => {
  test('are masked; the log has what the reader has not, under the same id', async () => {
    await using g = await graph();
    g.fail('providers.byIds', new Error('password=hunter2 at 10.0.0.7'));
    const { status, result } = await g.gateway.execute({
      query:
        '{ search(first: 2) { edges { node { id title { text } awardingBody { providers { name { text } } } } } } }',
    });
    expect(status).toBe(200);
    expect(JSON.stringify(result)).not.toContain('hunter2');
    const error = result.errors?.[0];
    expect(error?.extensions).toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      errorId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const logged = g.reports.find((entry) => entry.id === error?.extensions?.errorId);
    expect(String(logged?.error)).toContain('hunter2');
    expect(logged?.where).toBe('provider');
  });

  test('are masked in the subgraph itself when it is a service, under one id', async () => {
    const { catalogue, fail } = await createFixtureCatalogue();
    const inService: ErrorReport[] = [];
    const search = createSubgraphs().find((subgraph) => subgraph.name === 'search');
    if (!search) throw new Error('no search subgraph');
    const service = await createSubgraphService(search, { catalogue, report: (entry) => inService.push(entry) });
    const listening = await listen(service.app, { port: 0, host: '127.0.0.1' });
    await using g = await graph({ subgraphUrls: { search: `${listening.url}/graphql` } });
    fail('search.query', new Error('password=hunter2'));
    const direct = await fetch(`${listening.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ search { totalCount } }' }),
    });
    expect(await direct.text()).not.toMatch(/hunter2|stacktrace/);
    const { result } = await g.gateway.execute({ query: '{ search { totalCount } }' });
    expect(JSON.stringify(result)).not.toContain('hunter2');
    expect(result.errors?.[0]?.extensions).toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      errorId: inService.at(-1)?.id,
    });
    await listening.stop();
    await service.stop();
  });

  test('what other subgraphs know is still answered', async () => {
    await using g = await graph();
    g.fail('sources.byIds', new Error('gone'));
    const { result } = await g.gateway.execute({
      query: '{ search(first: 1) { totalCount edges { node { title { text } source { id title } } } } }',
    });
    expect(result.data).toMatchObject({
      search: { totalCount: 38, edges: [{ node: { source: { id: 'example-north', title: null } } }] },
    });
    expect(result.errors?.length).toBeGreaterThan(0);
  });

  test('a search engine that does not answer is said so, without its address', async () => {
    await using g = await graph();
    g.fail('search.query', new SearchUnavailable('connect ECONNREFUSED 10.0.0.9:7700'));
    const { result } = await g.gateway.execute({ query: '{ search { totalCount } }' });
    expect(result.errors?.[0]?.extensions?.code).toBe('SEARCH_UNAVAILABLE');
    expect(JSON.stringify(result)).not.toContain('10.0.0.9');
  });

  test('a subgraph that does not answer is named; the rest is served', async () => {
    await using g = await graph({ subgraphUrls: { provider: 'http://127.0.0.1:9/graphql' } });
    const { result } = await g.gateway.execute({ query: '{ provider(id: "x") { id } sources { id } }' });
    expect(result.data).toMatchObject({ provider: null, sources: [{ id: 'example-north' }, { id: 'example-south' }] });
    expect(result.errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'provider' });
    expect(JSON.stringify(result)).not.toContain('127.0.0.1');
  });

  test('an operation answers within its own time what it knows by then', async () => {
    const { catalogue } = await createFixtureCatalogue();
    const slow = { ...catalogue, sources: { ...catalogue.sources, list: () => new Promise<never>(() => {}) } };
    await using g = await graph({ catalogue: slow, limits: { timeout: 2_000 } });
    const began = performance.now();
    const { status, result } = await g.gateway.execute({ query: '{ sources { id } providers { totalCount } }' });
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(status).toBe(200);
    expect(result.data).toMatchObject({ sources: null, providers: { totalCount: 8 } });
    expect(result.errors).toMatchObject([{ path: ['sources'], extensions: { code: 'TIMEOUT', subgraph: 'source' } }]);
  });
});

test('search beyond the window is refused with a remedy', async () => {
  await using g = await graph();
  g.catalogue.search.query = async () => {
    throw new SearchWindowExceeded();
  };
  const { result } = await g.gateway.execute({ query: '{ search(text: "data") { totalCount } }' });
  expect(result.errors?.[0]?.extensions).toMatchObject({
    code: 'SEARCH_WINDOW_EXCEEDED',
    remedy: expect.stringMatching(/NEWEST/),
  });
});

test('a hit that has left the catalogue is an edge without a node, not a failed page', async () => {
  await using g = await graph();
  const { query } = g.catalogue.search;
  g.catalogue.search.query = async (request) => {
    const result = await query(request);
    return { ...result, hits: [{ id: 'crd_00000000000000000000', position: [], highlights: [] }, ...result.hits] };
  };
  const { result } = await g.gateway.execute({
    query: '{ search(first: 2) { edges { node { id title { text } } } } }',
  });
  const { edges } = (result.data as { search: { edges: { node: { id: string } | null }[] } }).search;
  expect(edges[0]?.node).toBeNull();
  expect(edges[1]?.node?.id).toMatch(/^crd_/);
});

test('a URL for a subgraph that the supergraph lacks is a configuration error', async () => {
  const { catalogue } = await createFixtureCatalogue();
  const options = { catalogue, report: () => {}, subgraphUrls: { serach: 'http://x.example/' } };
  await expect(createGateway(options)).rejects.toThrow(/SUBGRAPH_SERACH_URL/);
});

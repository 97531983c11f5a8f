import { afterAll, describe, expect, test } from 'vitest';
import { listen } from '../../../commands/listen.ts';
import { createSubgraphService } from '../../../gateway/subgraph-service.ts';
import type { ErrorReport } from '../../../subgraphs/shared/errors.ts';
import { createSubgraphs } from '../../../subgraphs/subgraphs.ts';
import { createFixtureCatalogue } from '../fixture-catalogue.ts';

const fixture = await createFixtureCatalogue();
const reports: ErrorReport[] = [];
const search = createSubgraphs().find(({ name }) => name === 'search');
if (!search) throw new Error('no search subgraph');
const service = await createSubgraphService(search, {
  catalogue: fixture.catalogue,
  report: (entry) => void reports.push(entry),
});
const http = await listen(service.app, { host: '127.0.0.1', port: 0 });
afterAll(async () => {
  await http.stop();
  await service.stop();
  await fixture.close();
});

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${http.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

describe('a subgraph as a service', () => {
  test('answers', async () => {
    const answer = await post('{"query":"{ search { totalCount } }","variables":null,"operationName":null}');
    expect([answer.status, await answer.json()]).toEqual([200, { data: { search: { totalCount: 38 } } }]);
  });

  test.each<[string, string, Record<string, string>, number]>([
    ['nothing', '', {}, 400],
    ['no JSON', '{"query"', {}, 400],
    ['a batch', '[{"query":"{ __typename }"}]', {}, 400],
    ['null', 'null', {}, 400],
    ['no query', '{}', {}, 400],
    ['a number as query', '{"query":7}', {}, 400],
    ['a list of variables', '{"query":"{ __typename }","variables":[]}', {}, 400],
    ['a form', 'query={ __typename }', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a coding', '{}', { 'content-encoding': 'gzip' }, 415],
    ['four megabytes', 'x'.repeat(4_000_001), {}, 413],
  ])('%s is refused as GraphQL is, and is no error of ours', async (_, body, headers, status) => {
    const answer = await post(body, headers);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({
      errors: [{ message: expect.any(String), extensions: { code: expect.any(String) } }],
    });
    expect((await fetch(`${http.url}/health`)).status).toBe(200);
    expect(reports).toEqual([]);
  });

  test('other methods and paths', async () => {
    const put = await fetch(`${http.url}/graphql`, { method: 'PUT', body: 'x' });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'POST']);
    const elsewhere = await fetch(`${http.url}/%00`);
    expect([elsewhere.status, await elsewhere.json()]).toMatchObject([404, { errors: [{}] }]);
  });
});

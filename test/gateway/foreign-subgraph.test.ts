import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { listen } from '../../commands/listen.ts';
import { composeSupergraph } from '../../gateway/compose.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { createSubgraphService } from '../../gateway/subgraph-service.ts';
import { createSubgraphs } from '../../subgraphs/subgraphs.ts';
import { createFixtureCatalogue } from './fixture-catalogue.ts';
import { credentials } from './fixture-records.ts';

test('a national agency adds a field to Credential from its own server', async () => {
  const { catalogue, calls } = await createFixtureCatalogue();
  const report = () => {};
  const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Credential @key(fields: "id") { id: ID! nationalCode: String }`;
  const agency = {
    name: 'agency',
    sdl,
    typeDefs: parse(sdl),
    resolvers: {
      Credential: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        nationalCode: ({ id }: { id: string }) => `N-${id.slice(4, 8)}`,
      },
    },
  };
  const service = await createSubgraphService(agency, { catalogue, report });
  const listening = await listen(service.app, { port: 0, host: '127.0.0.1' });
  const supergraph = composeSupergraph([...createSubgraphs(), { ...agency, url: `${listening.url}/graphql` }]);
  const gateway = await createGateway({ catalogue, supergraph, report });
  const query = '{ search(text: "Data literacy 0", first: 1) { edges { node { id title { text } nationalCode } } } }';

  const id = credentials[0]?.record.id ?? '';
  const answer = await gateway.execute({ query });
  expect(answer.result.errors).toBeUndefined();
  expect(answer.result.data).toMatchObject({
    search: {
      edges: [{ node: { id, title: { text: 'Data literacy 0' }, nationalCode: `N-${id.slice(4, 8)}` } }],
    },
  });
  expect(calls['credentials.byIds']).toBe(1);

  await listening.stop();
  await service.stop();
  const without = await gateway.execute({ query });
  expect(without.result.data).toMatchObject({
    search: { edges: [{ node: { title: { text: 'Data literacy 0' }, nationalCode: null } }] },
  });
  expect(without.result.errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'agency' });
  await gateway.close();
});

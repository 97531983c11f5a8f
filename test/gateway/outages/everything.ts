import { expect } from 'vitest';
import type { Gateway } from '../../../gateway/gateway.ts';
import type { GraphAnswer } from '../../../gateway/graph-request.ts';
import { brokenPromises, losses } from '../../support/promises-kept.ts';
import { credentials, providers } from '../fixture-records.ts';

export const SUBGRAPHS = ['search', 'credential', 'provider', 'source'] as const;
export type Name = (typeof SUBGRAPHS)[number];

export const VARIABLES = { id: credentials[0]?.record.id, provider: providers[0]?.record.id };

/** Asks something of every subgraph, from every side: by root, by reference, in lists, under aliases. */
export const EVERYTHING = `query Everything($id: ID!, $provider: ID!) {
  search(first: 3, text: "data") {
    totalCount
    edges { cursor node {
      id
      naming: title { text language }
      level { state }
      awardingBody { providers { id name { text } credentialCount } references { name { text } provider { id url } } }
      source { id title records }
    } }
    pageInfo { hasNextPage endCursor }
  }
  suggest(prefix: "da")
  one: credential(id: $id) { id status title { text origin { path source { id title } } } source { id licence } }
  credentials(ids: [$id]) { id version }
  provider(id: $provider) { id name { text } source { id title } }
  providers(first: 2) { totalCount edges { node { id names { text } } } }
  sources { id title example }
  operations { heldRuns }
}`;

/** What is lost when a subgraph is away, and nothing else. */
export const LOST: Readonly<Record<Name, readonly string[]>> = {
  search: ['search', 'suggest'],
  credential: [
    'credentials',
    'one',
    'search.edges.node.awardingBody',
    'search.edges.node.level',
    'search.edges.node.naming',
    'search.edges.node.source',
  ],
  provider: [
    'provider',
    'providers',
    'search.edges.node.awardingBody.providers.credentialCount',
    'search.edges.node.awardingBody.providers.name',
    'search.edges.node.awardingBody.references.provider.url',
  ],
  source: [
    'one.source.licence',
    'one.title.origin.source.title',
    'operations',
    'provider.source.title',
    'search.edges.node.source.records',
    'search.edges.node.source.title',
    'sources',
  ],
};

export interface Timed extends GraphAnswer {
  milliseconds: number;
}

export async function askEverything(gateway: Gateway): Promise<Timed> {
  const began = performance.now();
  const answer = await gateway.execute({ query: EVERYTHING, variables: VARIABLES });
  return { ...answer, milliseconds: performance.now() - began };
}

/** The answer when everything is there; throws where something is not. */
export async function wholeAnswer(gateway: Gateway): Promise<GraphAnswer['result']['data']> {
  const { result } = await askEverything(gateway);
  expect(result.errors).toBeUndefined();
  return result.data;
}

/** Everything that must hold of an answer without one subgraph. */
export function expectOnlyLost(
  gateway: Gateway,
  whole: GraphAnswer['result']['data'],
  { status, result }: GraphAnswer,
  name: Name,
  codes: readonly string[] = ['SUBGRAPH_UNAVAILABLE'],
): void {
  const { lost, untold, wrong } = losses(whole, result.data, result.errors);
  const odd = (result.errors ?? []).filter(
    ({ extensions }) =>
      !(codes.includes(String(extensions?.code)) && extensions?.subgraph === name && extensions?.remedy),
  );
  expect({
    status,
    broken: brokenPromises(gateway.schema, EVERYTHING, VARIABLES, result.data),
    lost,
    untold,
    wrong,
    odd,
    many: (result.errors?.length ?? 0) > 100,
  }).toEqual({ status: 200, broken: [], lost: LOST[name], untold: [], wrong: [], odd: [], many: false });
  expect(JSON.stringify(result.errors)).not.toMatch(/127\.0\.0\.1|ECONN/);
}

import { type DocumentNode, parse } from 'graphql';
import { createSubgraphs } from '../../subgraphs/subgraphs.ts';
import { askHttp } from './ask-http.ts';
import { type Check, unusable } from './check.ts';
import { NotYet, patiently } from './patiently.ts';
import type { Elsewhere } from './subgraph-urls.ts';

/** A service that serves this subgraph; of ours it must be the one named, with all its root fields. */
export const checkSubgraph = (subgraph: Elsewhere, patienceMs: number): Check => ({
  variable: subgraph.variable,
  look: () =>
    patiently(patienceMs, (limitMs) => attempt(subgraph, limitMs)).catch((error) => {
      throw error instanceof NotYet
        ? unusable(subgraph.variable, error.message, 'Start that service, or correct the address.')
        : error;
    }),
});

async function attempt({ variable, name, url }: Elsewhere, limitMs: number): Promise<void> {
  const { host, pathname, username, password } = new URL(url);
  const tried = `the subgraph "${name}" at ${host}${pathname} was asked`;
  const fail = (words: string, remedy: string) => unusable(variable, `${tried}: ${words}`, remedy);
  if (username || password) throw fail('the URL carries a user name or password', 'Leave them out.');
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  };
  const { status, type, json } = await askHttp(url, request, limitMs, tried, fail);
  if (status === 502 || status === 503) throw new NotYet(`${tried}: it is not ready (status ${status})`);
  const answer = json as { data?: { _service?: { sdl?: unknown } | null } | null; errors?: unknown } | undefined;
  if (!answer || typeof answer !== 'object' || (!('data' in answer) && !('errors' in answer))) {
    throw fail(
      `what answers there is no GraphQL service (status ${status}${type ? `, ${type}` : ''})`,
      'Name the address that takes GraphQL, with its path, such as http://host:4001/graphql.',
    );
  }
  const sdl = answer.data?._service?.sdl;
  if (typeof sdl !== 'string') {
    throw fail('it serves GraphQL, but is no subgraph of a federation', 'Name a Federation 2 subgraph.');
  }
  const lacking = fieldsOf(name).filter((field) => !rootFields(parsed(sdl)).has(field));
  if (lacking.length) {
    throw fail(`it serves another subgraph, without ${lacking.join(', ')}`, `Name the service of "${name}".`);
  }
}

/** Root fields that one of our own subgraphs has; none known of a foreign one. */
function fieldsOf(name: string): string[] {
  const own = createSubgraphs().find((subgraph) => subgraph.name === name);
  return own ? [...rootFields(own.typeDefs)] : [];
}

function rootFields(document: DocumentNode | undefined): Set<string> {
  const fields = new Set<string>();
  for (const definition of document?.definitions ?? []) {
    const root = definition.kind === 'ObjectTypeDefinition' || definition.kind === 'ObjectTypeExtension';
    if (!root || definition.name.value !== 'Query') continue;
    for (const field of definition.fields ?? []) fields.add(field.name.value);
  }
  return fields;
}

function parsed(sdl: string): DocumentNode | undefined {
  try {
    return parse(sdl, { noLocation: true });
  } catch {
    return undefined;
  }
}

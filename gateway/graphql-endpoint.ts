import { getOperationAST, parse } from 'graphql';
import { type Context, Hono } from 'hono';
import { parseAcceptLanguage } from '../subgraphs/shared/languages.ts';
import type { Gateway } from './gateway.ts';
import type { GraphAnswer } from './graph-request.ts';
import { graphiqlAssets, graphiqlPage } from './graphiql.ts';
import { GRAPH_METHODS } from './http/graph-cors.ts';
import { GRAPH_TYPES, requireAcceptable, sendGraph } from './http/graphql-answer.ts';
import { type GraphParameters, parametersFromBody, parametersFromUrl } from './http/graphql-request.ts';
import { createPersistedQueries } from './http/persisted-queries.ts';
import { preferredType } from './http/preferred-type.ts';
import { Refusal } from './http/refusal.ts';
import type { Metrics } from './metrics.ts';
import type { ExampleQuery } from './pages/example-queries.ts';

/** `/graphql`: queries by POST, or by GET with an ETag; GraphiQL for browsers (GraphQL over HTTP, draft). */
export function graphqlEndpoint({
  gateway,
  metrics,
  queries,
  bodyMilliseconds,
}: {
  gateway: Gateway;
  metrics: Metrics;
  queries: readonly ExampleQuery[];
  bodyMilliseconds: number;
}): Hono {
  const app = new Hono();
  const persisted = createPersistedQueries();
  const limits = { bytes: gateway.limits.bodyBytes, milliseconds: bodyMilliseconds };
  app.route('/assets', graphiqlAssets());

  app.get('/', async (c) => {
    const parameters = parametersFromUrl(c.req.url);
    if (parameters.query === undefined && parameters.extensions === undefined) {
      c.header('vary', 'accept');
      if (preferredType(c.req.header('accept'), [...GRAPH_TYPES, 'text/html']) === 'text/html') {
        return c.html(graphiqlPage(queries));
      }
    }
    requireAcceptable(c);
    const answer = await run(c, parameters);
    if (answer.status === 400 && isMutation(parameters, gateway.limits.tokens)) {
      throw new Refusal(405, 'a mutation is not served by GET', 'the catalogue is read-only: send a query', {
        headers: { allow: 'POST' },
      });
    }
    return sendGraph(c, answer);
  });

  app.post('/', async (c) => {
    requireAcceptable(c);
    return sendGraph(c, await run(c, await parametersFromBody(c, limits)));
  });

  app.all('/', (c) => {
    throw new Refusal(405, `${c.req.method} is not served`, 'use POST, or GET for queries', {
      headers: { allow: GRAPH_METHODS },
    });
  });

  async function run(c: Context, parameters: GraphParameters): Promise<GraphAnswer> {
    const { query, keep } = persisted(parameters);
    const { operationName, variables } = parameters;
    c.set('query', query);
    const languages = parseAcceptLanguage(c.req.header('accept-language'));
    const answer = await gateway.execute({ query, operationName, variables, languages });
    if (answer.status === 200) keep?.();
    metrics.graphqlErrors((answer.result.errors ?? []).map((e) => String(e.extensions?.code ?? 'UNKNOWN')));
    return answer;
  }

  return app;
}

/** Whether a refused request meant a mutation; hardly any holds the word, and only those are parsed once more. */
function isMutation({ query, operationName }: GraphParameters, maxTokens: number): boolean {
  if (typeof query !== 'string' || !query.includes('mutation')) return false;
  try {
    const document = parse(query, { maxTokens, noLocation: true });
    return getOperationAST(document, (operationName as string) || undefined)?.operation === 'mutation';
  } catch {
    return false;
  }
}

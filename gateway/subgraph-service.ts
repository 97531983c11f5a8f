import { randomUUID } from 'node:crypto';
import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLError } from 'graphql';
import { Hono } from 'hono';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { createSubgraphContext, type SubgraphContext } from '../subgraphs/shared/context.ts';
import { maskError, type ReportError } from '../subgraphs/shared/errors.ts';
import { parseAcceptLanguage } from '../subgraphs/shared/languages.ts';
import { type SubgraphModule, subgraphSchema } from '../subgraphs/shared/subgraph.ts';
import { sendRefusal } from './http/graphql-answer.ts';
import { objectFromBody } from './http/graphql-request.ts';
import { internalRefusal, Refusal } from './http/refusal.ts';
import { inReach } from './in-reach.ts';
import { DEFAULT_LIMITS } from './limits.ts';

/** Representations of a page of hits are small; four times the public limit leaves room for variables handed on. */
const BODY = { bytes: DEFAULT_LIMITS.bodyBytes * 4, milliseconds: 20_000 };

export interface SubgraphService {
  app: Hono;
  stop(): Promise<void>;
}

/** One subgraph as a service of its own: @apollo/server over HTTP, for the gateway and for any Federation 2 router. */
export async function createSubgraphService(
  subgraph: SubgraphModule,
  { catalogue, report }: { catalogue: Catalogue; report: ReportError },
): Promise<SubgraphService> {
  const server = new ApolloServer<SubgraphContext>({
    schema: subgraphSchema(subgraph),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    formatError: (formatted, error) =>
      maskError(
        { ...formatted, originalError: (error as GraphQLError).originalError ?? error },
        `subgraph ${subgraph.name}`,
        report,
      ),
  });
  await server.start();

  const app = new Hono();
  app.get('/health', (c) => c.json({ status: 'ok', subgraph: subgraph.name }));
  app.get('/ready', async (c) => {
    try {
      await inReach(catalogue.sources.byIds(['-']));
      return c.json({ status: 'ready', subgraph: subgraph.name });
    } catch {
      return c.json({ status: 'not ready', reason: 'the store does not answer' }, 503);
    }
  });
  app.post('/graphql', async (c) => {
    const body = await objectFromBody(c, BODY);
    const headers = new HeaderMap();
    for (const [name, value] of c.req.raw.headers) headers.set(name, value);
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers, search: new URL(c.req.url).search, body },
      context: async () => createSubgraphContext(catalogue, parseAcceptLanguage(c.req.header('accept-language'))),
    });
    if (answer.body.kind !== 'complete') throw new Error('subgraphs answer in one piece');
    return c.body(answer.body.string, (answer.status ?? 200) as 200, Object.fromEntries(answer.headers));
  });
  app.all('/graphql', (c) => {
    throw new Refusal(405, `${c.req.method} is not served`, 'use POST', { headers: { allow: 'POST' } });
  });
  app.notFound((c) => sendRefusal(c, new Refusal(404, 'there is nothing here', 'ask /graphql')));
  app.onError((error, c) =>
    sendRefusal(
      c,
      error instanceof Refusal ? error : internalRefusal(error, randomUUID(), `subgraph ${subgraph.name}`, report),
    ),
  );
  return { app, stop: () => server.stop() };
}

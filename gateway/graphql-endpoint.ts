import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { parseAcceptLanguage } from '../subgraphs/shared/languages.ts';
import type { Gateway, GraphAnswer, GraphRequest } from './gateway.ts';
import { graphiqlAssets, graphiqlPage } from './graphiql.ts';
import type { Metrics } from './metrics.ts';
import type { ExampleQuery } from './pages/example-queries.ts';

const JSON_TYPES = ['application/graphql-response+json', 'application/json'];

/** `/graphql`: queries by POST, or by GET with an ETag; GraphiQL for browsers (GraphQL over HTTP, draft). */
export function graphqlEndpoint({
  gateway,
  metrics,
  queries,
}: {
  gateway: Gateway;
  metrics: Metrics;
  queries: readonly ExampleQuery[];
}): Hono {
  const app = new Hono();
  app.use(
    cors({
      origin: '*',
      allowMethods: ['GET', 'POST'],
      allowHeaders: ['content-type', 'accept-language'],
      maxAge: 86_400,
    }),
  );
  app.route('/assets', graphiqlAssets());

  app.get('/', async (c) => {
    const { query, operationName, variables } = c.req.query();
    if (query === undefined) {
      c.header('vary', 'accept');
      if (wantsHtml(c)) return c.html(graphiqlPage(queries));
      return refuse(c, 400, 'no query', 'send {"query": "{ … }"} by POST as application/json, or ?query= by GET');
    }
    let parsed: unknown;
    try {
      parsed = variables ? JSON.parse(variables) : undefined;
    } catch {
      return refuse(c, 400, 'variables is not JSON', 'send variables as a JSON object, URL-encoded');
    }
    const answer = await run(c, { query, operationName, variables: parsed });
    const body = JSON.stringify(answer.result);
    if (answer.status !== 200 || answer.result.errors) return send(c, answer, body);
    const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    c.header('etag', tag);
    c.header('cache-control', 'public, max-age=0, must-revalidate');
    c.header('vary', 'accept, accept-language');
    const known = c.req
      .header('if-none-match')
      ?.split(',')
      .map((t) => t.trim().replace(/^W\//, ''));
    if (known?.some((t) => t === tag || t === '*')) return c.body(null, 304);
    return send(c, answer, body);
  });

  app.post(
    '/',
    bodyLimit({
      maxSize: gateway.limits.bodyBytes,
      onError: (c) =>
        refuse(
          c,
          413,
          `the body is larger than ${gateway.limits.bodyBytes} bytes`,
          'use variables, or split the request',
          {
            limit: 'body',
            allowed: gateway.limits.bodyBytes,
          },
        ),
    }),
    async (c) => {
      // A form cannot send this type without asking first (CORS), so no page can make a browser query in passing.
      if (!/^application\/(graphql-response\+)?json\b/i.test(c.req.header('content-type') ?? '')) {
        return refuse(c, 415, 'the body is not application/json', 'set content-type: application/json');
      }
      let body: unknown;
      try {
        body = await c.req.json();
      } catch {
        return refuse(c, 400, 'the body is not JSON', 'send {"query": "{ … }", "variables": {}}');
      }
      if (Array.isArray(body)) {
        return refuse(
          c,
          400,
          'batches are not served',
          'send one operation per request; several root fields may stand in it',
        );
      }
      if (typeof body !== 'object' || body === null) {
        return refuse(c, 400, 'the body is not an object', 'send {"query": "{ … }", "variables": {}}');
      }
      const answer = await run(c, body as GraphRequest);
      c.header('cache-control', 'no-store');
      return send(c, answer, JSON.stringify(answer.result));
    },
  );

  app.all('/', (c) => {
    c.header('allow', 'GET, POST, OPTIONS');
    return refuse(c, 405, `${c.req.method} is not served`, 'use POST, or GET for queries');
  });

  async function run(c: Context, request: GraphRequest): Promise<GraphAnswer> {
    const { query, operationName, variables } = request;
    c.set('query', query);
    const languages = parseAcceptLanguage(c.req.header('accept-language'));
    const answer = await gateway.execute({ query, operationName, variables, languages });
    metrics.graphqlErrors((answer.result.errors ?? []).map((e) => String(e.extensions?.code ?? 'UNKNOWN')));
    return answer;
  }

  return app;
}

const wantsHtml = (c: Context): boolean => /\btext\/html\b/.test(c.req.header('accept') ?? '');

function send(c: Context, { status }: GraphAnswer, body: string) {
  const accept = c.req.header('accept') ?? '';
  const type = JSON_TYPES.find((t) => accept.includes(t)) ?? 'application/json';
  return c.body(body, status as 200, { 'content-type': `${type}; charset=utf-8` });
}

function refuse(c: Context, status: number, message: string, remedy: string, more: Record<string, unknown> = {}) {
  const code = status === 413 ? 'OPERATION_TOO_LARGE' : 'BAD_REQUEST';
  return c.json({ errors: [{ message, extensions: { code, remedy, ...more } }] }, status as 400);
}

import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

/** The methods of the graph, for Allow. */
export const GRAPH_METHODS = 'GET, HEAD, POST, OPTIONS';

/**
 * CORS for the graph: any origin may ask, nothing here knows cookies. Stands before everything that may refuse, since a page
 * can read a refusal only with these headers.
 */
export function graphCors(): MiddlewareHandler {
  const allowed = cors({
    origin: '*',
    allowMethods: ['GET', 'HEAD', 'POST'],
    // What clients of the graph send beyond the simple headers.
    allowHeaders: [
      'accept',
      'accept-language',
      'apollo-require-preflight',
      'apollographql-client-name',
      'apollographql-client-version',
      'authorization',
      'cache-control',
      'content-type',
      'graphql-require-preflight',
      'if-none-match',
      'traceparent',
      'x-api-key',
      'x-apollo-operation-name',
      'x-request-id',
    ],
    exposeHeaders: ['Allow', 'ETag', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'],
    maxAge: 86_400,
  });
  return (c, next) => {
    if (c.req.method === 'OPTIONS') c.header('allow', GRAPH_METHODS);
    return allowed(c, next);
  };
}

import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';

declare module 'hono' {
  interface ContextVariableMap {
    requestId: string;
    /** The GraphQL document of the request, as it was sent. */
    query: unknown;
  }
}

type Facts = Readonly<Record<string, unknown>>;

/** Where the log of requests goes; every line that is logged within a request carries its id. */
export interface RequestLogger {
  within<T>(facts: Facts, work: () => T): T;
  warn(line: string, facts: Facts): void;
  error(line: string, facts: Facts): void;
}

/** Ids that a proxy or client may give; anything else is replaced by one of ours. */
const TRUSTED = /^[A-Za-z0-9._-]{1,64}$/;
const SLOW_MS = 3_000;
const QUERY_LENGTH = 200;

const silent: RequestLogger = { within: (_, work) => work(), warn: () => {}, error: () => {} };

/**
 * Gives every request an id (`x-request-id`, the client's own where it is fit) and logs those that failed on our side or were slow:
 * route, status, milliseconds, what kind of client, and of a query its shape. No address, no values, no search words.
 */
export function requestLog(
  { within, warn, error }: RequestLogger = silent,
  { slowMs = SLOW_MS }: { slowMs?: number } = {},
): MiddlewareHandler {
  return async (c, next) => {
    const given = c.req.header('x-request-id') ?? '';
    const requestId = TRUSTED.test(given) ? given : randomUUID();
    c.set('requestId', requestId);
    c.header('x-request-id', requestId);
    const began = performance.now();
    await within({ requestId }, async () => {
      await next();
      const ms = Math.round(performance.now() - began);
      const { status } = c.res;
      if (status < 500 && ms < slowMs) return;
      const query = c.get('query');
      const route = `${c.req.method} ${routePath(c, -1)}`;
      const facts = {
        route,
        status,
        ms,
        client: clientKind(c.req.header()),
        ...(typeof query === 'string' && { query: shapeOf(query) }),
        ...(c.req.raw.signal?.aborted && { aborted: true }),
      };
      if (status < 500) warn(`${route} was slow`, facts);
      else (status === 500 ? error : warn)(`${route} answered ${status} ${STATUS_CODES[status] ?? ''}`.trim(), facts);
    });
    // A handler may answer with a response of its own making.
    if (c.res.headers.get('x-request-id') !== requestId) c.header('x-request-id', requestId);
  };
}

/** `browser`, the name of a program as it says itself (`curl`), with `, key` when it showed one; nothing that leads to a person. */
export function clientKind(headers: Readonly<Record<string, string | undefined>>): string {
  const agent = headers['user-agent'] ?? '';
  const program = /^[A-Za-z][A-Za-z0-9._-]{0,39}(?=[/ ]|$)/.exec(agent)?.[0];
  const kind = /^mozilla\//i.test(agent) || headers['sec-fetch-mode'] ? 'browser' : (program ?? 'unknown');
  return headers['x-api-key'] || headers.authorization ? `${kind}, key` : kind;
}

/** A query without its texts and comments: what was asked, not what for. */
export const shapeOf = (query: string): string =>
  query
    .slice(0, 4_000)
    .replace(/"""[\s\S]*?(?:"""|$)|"(?:\\.|[^"\\\n])*"?|#[^\n\r]*/g, (part) => (part.startsWith('#') ? ' ' : '"…"'))
    .replace(/[\s,]+/g, ' ')
    .trim()
    .slice(0, QUERY_LENGTH);

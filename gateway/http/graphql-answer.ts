import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { GraphAnswer } from '../graph-request.ts';
import { preferredType } from './preferred-type.ts';
import { Refusal } from './refusal.ts';

/** The media types of an answer; the first one when the client does not mind, as the audit of GraphQL over HTTP asks. */
export const GRAPH_TYPES = ['application/json', 'application/graphql-response+json'] as const;

/** The media type the client wants, or a refusal: asked before anything is executed. */
export function requireAcceptable(c: Context): void {
  if (preferredType(c.req.header('accept'), GRAPH_TYPES)) return;
  throw new Refusal(406, 'no media type that is accepted can be given', `accept ${GRAPH_TYPES.join(' or ')}`);
}

/** Sends an answer of the gateway in the media type asked for. */
export function sendGraph(c: Context, answer: GraphAnswer): Response {
  const type = preferredType(c.req.header('accept'), GRAPH_TYPES) ?? GRAPH_TYPES[0];
  const status = statusFor(type, answer);
  for (const [name, value] of Object.entries(answer.headers ?? {})) c.header(name, value);
  c.header('content-type', `${type}; charset=utf-8`);
  c.header('vary', 'accept, accept-language');
  c.header('cache-control', 'no-store');
  const body = JSON.stringify(answer.result.errors ? withShortMessages(answer.result) : answer.result);
  if (c.req.method !== 'POST' && status === 200 && !answer.result.errors) {
    const tag = `"${createHash('sha256').update(type).update(body).digest('base64url').slice(0, 27)}"`;
    c.header('etag', tag);
    c.header('cache-control', 'public, max-age=0, must-revalidate');
    if (isKnown(c.req.header('if-none-match'), tag)) return c.body(null, 304);
  }
  return c.body(body, status as 200);
}

/** Messages quote what was sent: a request of a megabyte would be answered with several. */
const LONGEST_MESSAGE = 1_000;
const withShortMessages = ({ errors = [], ...result }: GraphAnswer['result']): GraphAnswer['result'] => ({
  ...result,
  errors: errors.map((error) =>
    error.message.length <= LONGEST_MESSAGE
      ? error
      : { ...error, message: `${error.message.slice(0, LONGEST_MESSAGE)}…` },
  ),
});

/** A refusal as a GraphQL answer, so that a client of the graph finds its code where it looks for it. */
export const sendRefusal = (c: Context, { status, message, remedy, details }: Refusal): Response =>
  sendGraph(c, {
    status,
    headers: details.headers,
    result: {
      errors: [{ message, extensions: { code: details.code ?? 'BAD_REQUEST', remedy, ...details.extensions } }],
    },
  });

const isKnown = (header: string | undefined, tag: string): boolean =>
  header?.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag) ?? false;

/** Errors of a well-formed request that could not be executed. */
const REQUEST_ERRORS = new Set<unknown>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/**
 * Who only knows application/json trusts a GraphQL answer with status 200 alone: request errors of the GraphQL specification are
 * sent with it. What we refuse beyond the specification (sizes, budgets, methods, types) keeps its status in both media types.
 */
function statusFor(type: (typeof GRAPH_TYPES)[number], { status, result: { errors = [] } }: GraphAnswer): number {
  if (type !== 'application/json' || status !== 400) return status;
  const spoken = errors.every(({ extensions: e }) => REQUEST_ERRORS.has(e?.code) && e?.limit === undefined);
  return spoken ? 200 : 400;
}

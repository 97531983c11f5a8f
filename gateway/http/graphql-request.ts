import { MIMEType } from 'node:util';
import type { Context } from 'hono';
import { type BodyLimits, readBody } from './read-body.ts';
import { Refusal } from './refusal.ts';

/** The parameters of a GraphQL request as they were sent; all but `extensions` is judged by the gateway. */
export interface GraphParameters {
  query?: unknown;
  operationName?: unknown;
  variables?: unknown;
  extensions?: Readonly<Record<string, unknown>>;
}

const NAMES = ['query', 'operationName', 'variables', 'extensions'] as const;
const EXAMPLE = 'send {"query": "{ … }", "variables": {}}';

const bad = (message: string, remedy: string): Refusal => new Refusal(400, message, remedy);

/** The parameters of a GET: in the query string, each once, `variables` and `extensions` as JSON; an empty one counts as absent. */
export function parametersFromUrl(url: string): GraphParameters {
  const { searchParams } = new URL(url);
  const given = new Map<string, string>();
  for (const name of NAMES) {
    const [value, again] = searchParams.getAll(name);
    if (again !== undefined) throw bad(`${name} is given more than once`, `give ${name} once`);
    if (value) given.set(name, value);
  }
  const json = (name: string): unknown => {
    const text = given.get(name);
    try {
      return text === undefined ? undefined : JSON.parse(text);
    } catch {
      throw bad(`${name} is not JSON`, `send ${name} as a JSON object, URL-encoded`);
    }
  };
  return {
    query: given.get('query'),
    operationName: given.get('operationName'),
    variables: json('variables'),
    extensions: asExtensions(json('extensions')),
  };
}

/** The parameters of a POST. Whatever else the body holds is passed over, as the specification asks. */
export async function parametersFromBody(c: Context, limits: BodyLimits): Promise<GraphParameters> {
  const { query, operationName, variables, extensions } = await objectFromBody(c, limits);
  return { query, operationName, variables, extensions: asExtensions(extensions) };
}

/** The body of a POST: one JSON object in UTF-8. */
export async function objectFromBody(c: Context, limits: BodyLimits): Promise<Readonly<Record<string, unknown>>> {
  requireJson(c);
  const bytes = await readBody(c, limits);
  if (bytes.length === 0) throw bad('the body is empty', EXAMPLE);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw bad('the body is not valid UTF-8', 'encode the JSON in UTF-8');
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw bad('the body is not JSON', EXAMPLE);
  }
  if (Array.isArray(body)) {
    throw bad('batches are not served', 'send one operation per request; several root fields may stand in it');
  }
  if (typeof body !== 'object' || body === null) throw bad('the body is not an object', EXAMPLE);
  return body as Record<string, unknown>;
}

function asExtensions(value: unknown): GraphParameters['extensions'] {
  if (value == null) return undefined;
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  throw bad('extensions is not an object', 'send extensions as an object, or leave it out');
}

/** A form or a script of another site cannot send this type without asking first (CORS), so no page makes a browser query in passing. */
function requireJson(c: Context): void {
  const type = mimeType(c.req.header('content-type'));
  if (type?.essence !== 'application/json' && type?.essence !== 'application/graphql-response+json') {
    throw new Refusal(415, 'the body is not application/json', 'set content-type: application/json');
  }
  const charset = type.params.get('charset');
  if (charset && !/^utf-?8$/i.test(charset)) {
    throw new Refusal(415, `the body is in ${charset}`, 'encode the JSON in UTF-8');
  }
  const coding = c.req.header('content-encoding')?.trim().toLowerCase();
  if (coding && coding !== 'identity') {
    throw new Refusal(415, `the body is compressed (${coding})`, 'send the body as it is, without content-encoding', {
      headers: { 'accept-encoding': 'identity' },
    });
  }
}

function mimeType(header: string | undefined): MIMEType | undefined {
  try {
    return header === undefined ? undefined : new MIMEType(header);
  } catch {
    return undefined;
  }
}

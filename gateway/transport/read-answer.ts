import { GraphQLError, type SelectionSetNode } from 'graphql';
import type { SubgraphAnswer } from './operation-context.ts';
import { type Fetch, representationsOf, selectedOf } from './selected.ts';
import { SubgraphDown, SubgraphRefused } from './subgraph-down.ts';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names that are no data: merged into another object they would change what all objects inherit. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * What came over HTTP as the answer to a fetch: exactly the keys asked for, each of the shape its question has. Whatever
 * else came is left out, since the runtime merges what it is given; what has another shape came from no GraphQL server.
 */
export function readAnswer(body: unknown, fetch: Fetch): SubgraphAnswer {
  if (!isObject(body)) throw new SubgraphDown('the answer is not an object');
  const errors = Array.isArray(body.errors) ? body.errors.flatMap(readError) : [];
  if (body.data == null) {
    const [first] = errors;
    if (!first) throw new SubgraphDown('the answer has neither data nor errors');
    // Without `data` it was not executed: the question is the query plan's, so that is no reader's mistake, but for values.
    const values = errors.every(({ extensions }) => extensions.code === 'BAD_USER_INPUT');
    if (body.data === undefined && !values) throw new SubgraphRefused(`it refuses the question: ${first.message}`);
    return { data: null, errors };
  }
  const data = readObject(body.data, [fetch.root], fetch, 'data');
  return errors.length > 0 ? { data, errors } : { data };
}

function readObject(value: unknown, sets: readonly SelectionSetNode[], fetch: Fetch, place: string): Json {
  if (!isObject(value)) throw new SubgraphDown(`${place} is not an object`);
  const read: Json = {};
  for (const [key, selected] of selectedOf(sets, fetch, value.__typename)) {
    const found = Object.hasOwn(value, key) ? value[key] : undefined;
    if (found === undefined) {
      if (selected.certain) throw new SubgraphDown(`${place}.${key} is missing`);
      continue;
    }
    const below = selected.fields.flatMap((field) => field.selectionSet ?? []);
    const entities = representationsOf(selected, fetch);
    if (entities && found !== null && !(Array.isArray(found) && found.length === entities.length)) {
      throw new SubgraphDown(`${place}.${key} does not have the ${entities.length} entities asked for`);
    }
    if (!FORBIDDEN.has(key)) read[key] = readValue(found, below, fetch, `${place}.${key}`);
  }
  return read;
}

function readValue(value: unknown, below: readonly SelectionSetNode[], fetch: Fetch, place: string): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item) => readValue(item, below, fetch, place));
  return below.length > 0 ? readObject(value, below, fetch, place) : readLeaf(value, place);
}

/** A scalar of somebody's own may be an object. */
function readLeaf(value: unknown, place: string): unknown {
  if (Array.isArray(value)) for (const item of value) readLeaf(item, place);
  else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (FORBIDDEN.has(key)) throw new SubgraphDown(`${place} has a key "${key}"`);
      readLeaf(inner, place);
    }
  }
  return value;
}

function readError(error: unknown): GraphQLError[] {
  if (!isObject(error) || typeof error.message !== 'string') return [];
  const path = Array.isArray(error.path)
    ? error.path.filter((s) => typeof s === 'string' || typeof s === 'number')
    : [];
  return [
    new GraphQLError(error.message, {
      ...(path.length > 0 && { path }),
      ...(isObject(error.extensions) && { extensions: error.extensions }),
    }),
  ];
}

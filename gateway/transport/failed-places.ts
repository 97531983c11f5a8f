import { GraphQLError } from 'graphql';
import type { SubgraphAnswer, SubgraphRequest } from './operation-context.ts';
import { type Fetch, readFetch, representationsOf, selectedOf } from './selected.ts';

/** Errors of one fetch; a page of hits without its titles is told in full, a hundred hits without anything are not. */
export const MOST_ERRORS = 100;

/** Marks an entity that its own subgraph does not have; taken off again by `withoutGone`, never shown. */
export const GONE = '__GONE';

type Path = readonly (string | number)[];

/**
 * The errors of an answer, each at a field that was asked for. The runtime moves errors of `_entities` to where the
 * entities stand in the operation, list indices and aliases included, but only those that say which entity they are
 * about. So an error that is about the whole fetch, or about an entity as such, is told for each field of it.
 */
export function atPlaces(
  request: SubgraphRequest,
  { data, errors = [] }: SubgraphAnswer,
  { gone }: { gone: boolean },
): SubgraphAnswer {
  const fetch = readFetch(request.document, request.operationName, request.variables);
  const lost = gone ? goneEntities(fetch, data, errors) : [];
  if (errors.length === 0 && lost.length === 0) return { data };
  const placed: GraphQLError[] = [];
  let omitted = 0;
  for (const error of errors) {
    for (const path of placesOf(fetch, error.path ?? [], data)) {
      if (placed.length < MOST_ERRORS)
        placed.push(new GraphQLError(error.message, { path, extensions: error.extensions }));
      else omitted += 1;
    }
  }
  const last = placed.at(-1);
  if (last && omitted > 0) {
    placed[placed.length - 1] = new GraphQLError(last.message, {
      path: last.path,
      extensions: { ...last.extensions, omitted },
    });
  }
  return { data, errors: [...placed, ...lost] };
}

/** The data of a fetch that failed as a whole: every root field is there, and null. */
export function nothing(request: SubgraphRequest): Record<string, unknown> {
  const { root, ...fetch } = readFetch(request.document, request.operationName, request.variables);
  return Object.fromEntries([...selectedOf([root], { root, ...fetch }, undefined).keys()].map((key) => [key, null]));
}

function* placesOf(fetch: Fetch, path: Path, data: SubgraphAnswer['data']): Generator<Path> {
  const [key, index, ...deeper] = path;
  const roots = selectedOf([fetch.root], fetch, undefined);
  const root = typeof key === 'string' ? roots.get(key) : undefined;
  const representations = root && representationsOf(root, fetch);
  if (!root) {
    // About the whole: what has no answer is what it is about.
    for (const name of roots.keys()) if (data?.[name] == null) yield* placesOf(fetch, [name], data);
  } else if (!representations || deeper.length > 0) yield path;
  else if (typeof index === 'number') yield* fieldsOf(fetch, key as string, index, representations[index]);
  else {
    for (const [i, one] of representations.entries()) yield* fieldsOf(fetch, key as string, i, one);
  }
}

function* fieldsOf(fetch: Fetch, key: string, index: number, representation: unknown): Generator<Path> {
  const root = selectedOf([fetch.root], fetch, undefined).get(key);
  const below = root?.fields.flatMap((field) => field.selectionSet ?? []) ?? [];
  const { __typename: typename } = (representation ?? {}) as { __typename?: unknown };
  for (const [field, { certain }] of selectedOf(below, fetch, typename)) {
    if (certain && field !== '__typename') yield [key, index, field];
  }
}

/** Entities that are null although nothing went wrong: their own subgraph has them no more. */
function goneEntities(fetch: Fetch, data: SubgraphAnswer['data'], errors: readonly GraphQLError[]): GraphQLError[] {
  if (!data) return [];
  const lost: GraphQLError[] = [];
  for (const [key, selected] of selectedOf([fetch.root], fetch, undefined)) {
    const entities = data[key];
    if (!representationsOf(selected, fetch) || !Array.isArray(entities)) continue;
    const failed = new Set(errors.filter(({ path }) => path?.[0] === key).map(({ path }) => path?.[1]));
    if (failed.has(undefined)) continue;
    for (const [index, entity] of entities.entries()) {
      if (entity === null && !failed.has(index)) {
        lost.push(new GraphQLError('gone', { path: [key, index], extensions: { code: GONE } }));
      }
    }
  }
  return lost;
}

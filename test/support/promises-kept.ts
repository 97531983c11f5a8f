import { executeSync, type GraphQLFormattedError, type GraphQLSchema, parse } from 'graphql';

type Data = Record<string, unknown> | null | undefined;
type Path = readonly (string | number)[];

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

/**
 * What an answer breaks of its schema's promises: the answer is executed as if it were the data behind the schema, so
 * that graphql-js itself says where null stands in a non-null place, or a value is of another kind. The query selects
 * `__typename` wherever the type is abstract.
 */
export function brokenPromises(
  schema: GraphQLSchema,
  query: string,
  variables: Record<string, unknown>,
  data: Data,
): string[] {
  const { data: kept, errors = [] } = executeSync({
    schema,
    document: parse(query),
    variableValues: variables,
    rootValue: data ?? {},
    fieldResolver: (source, _, __, info) => (source as Record<string, unknown>)[info.path.key],
    typeResolver: (value: { __typename?: string }) => value.__typename,
  });
  const broken = errors.map(({ message, path }) => `${path?.join('.')}: ${message}`);
  if (broken.length === 0 && JSON.stringify(json(kept)) !== JSON.stringify(json(data)))
    broken.push('other keys, or another order');
  return broken;
}

/** How an answer differs from the one that the whole catalogue gives. */
export interface Losses {
  /** Places that are null and should not be, list indices left out. */
  lost: string[];
  /** Of those, the ones for which no error stands at exactly this place. */
  untold: string[];
  /** Places that have another value. */
  wrong: string[];
}

export function losses(whole: unknown, answer: unknown, errors: readonly GraphQLFormattedError[] = []): Losses {
  const told = new Set(errors.map(({ path }) => JSON.stringify(path ?? [])));
  const lost = new Set<string>();
  const untold: string[] = [];
  const wrong: string[] = [];
  const walk = (expected: unknown, found: unknown, path: Path): void => {
    if (found === null && expected !== null) {
      lost.add(path.filter((step) => typeof step === 'string').join('.'));
      if (!told.has(JSON.stringify(path))) untold.push(path.join('.'));
    } else if (typeof expected !== 'object' || expected === null || typeof found !== 'object' || found === null) {
      if (expected !== found) wrong.push(path.join('.'));
    } else {
      const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
      for (const key of keys) {
        const step = Array.isArray(expected) ? Number(key) : key;
        walk((expected as never)[key], (found as never)[key], [...path, step]);
      }
    }
  };
  walk(json(whole), json(answer), []);
  return { lost: [...lost].sort(), untold, wrong };
}

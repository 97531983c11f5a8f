import {
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { OwnersOf } from './field-owners.ts';
import type { Shape, ShapeField } from './shape.ts';

type Data = Record<string, unknown>;
type Path = (string | number)[];
type AnyError = GraphQLError | GraphQLFormattedError;

export interface Completed {
  data: Data | null;
  errors: AnyError[];
}

/** More places than these are not told one by one. */
export const MOST_ERRORS = 100;

/** What stands where a value was promised and there is none: it travels up to the nearest place that may be null. */
const NOTHING = Symbol('no value where one is promised');

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Brings what the runtime gathered into the form that the operation promises (GraphQL §6.4.3, CompleteValue): keys in order,
 * `__typename`, values of the right kind, null up to the nearest place that may be null, an error with its path for each such
 * null and for each field that a failed subgraph owes. Errors with the path of a field are kept; those that only say that a
 * subgraph failed are told once for each place that lacks its answer, at most {@link MOST_ERRORS} in all.
 */
export function complete(
  schema: GraphQLSchema,
  ownersOf: OwnersOf,
  shape: Shape,
  raw: { data?: Data | null; errors?: readonly AnyError[] },
): Completed {
  const failed = new Map<string, AnyError>();
  const errors: AnyError[] = [];
  for (const error of raw.errors ?? []) {
    const subgraph = error.extensions?.subgraph;
    const vague = isVague(error.path, raw.data);
    if (typeof subgraph === 'string' && (vague || !error.path)) {
      if (!failed.has(subgraph)) failed.set(subgraph, error);
    } else errors.push(vague ? withoutPath(error) : error);
  }
  const told = new Set<AnyError>();
  const placed = new Set(errors.map(({ path }) => JSON.stringify(path ?? [])));
  let left = Math.max(0, MOST_ERRORS - errors.length);
  const path: Path = [];
  const root = schema.getQueryType() as GraphQLObjectType;

  const tell = (make: (path: Path) => AnyError): void => {
    const key = JSON.stringify(path);
    if (placed.has(key) || left === 0) return;
    placed.add(key);
    left -= 1;
    errors.push(make([...path]));
  };
  const tellFailure = (cause: AnyError): void => {
    told.add(cause);
    tell((at) => new GraphQLError(cause.message, { path: at, extensions: cause.extensions }));
  };
  const failureBehind = (type: GraphQLObjectType, field: string): AnyError | undefined => {
    if (failed.size === 0) return undefined;
    for (const name of ownersOf(type.name, field) ?? []) {
      const cause = failed.get(name);
      if (cause) return cause;
    }
    return undefined;
  };
  /** Whether an error stands at this place or below it, or for the whole: then the null there is explained. */
  const explained = (): boolean => {
    if (placed.has('[]')) return true;
    const here = JSON.stringify(path).slice(0, -1);
    for (const at of placed) if (at === `${here}]` || at.startsWith(`${here},`)) return true;
    return false;
  };

  const value = (type: GraphQLOutputType, below: Shape | undefined, given: unknown): unknown => {
    if (isNonNullType(type)) {
      const inner = value(type.ofType, below, given);
      return inner === null ? NOTHING : inner;
    }
    if (given === null || given === undefined) return null;
    if (isListType(type)) {
      if (!Array.isArray(given)) return unfit('a list');
      const items: unknown[] = [];
      for (let i = 0; i < given.length; i++) {
        path.push(i);
        const item = value(type.ofType, below, given[i]);
        if (item === NOTHING && !explained()) tell(gone);
        path.pop();
        if (item === NOTHING) return null;
        items.push(item);
      }
      return items;
    }
    if (isLeafType(type)) return fits(type, given) ? given : unfit(type.name);
    if (!below || !isData(given)) return unfit(type.name);
    const concrete = isObjectType(type) ? type : schema.getType(String(given.__typename));
    const possible = isObjectType(concrete) && (concrete === type || schema.isSubType(type as never, concrete));
    return possible ? object(concrete, below.fieldsOf(concrete), given) : unfit(type.name);
  };

  const unfit = (wanted: string): null => {
    tell(
      (at) =>
        new GraphQLError(`a subgraph answers something else than ${wanted}`, {
          path: at,
          extensions: { code: 'UNFIT_ANSWER', remedy: 'ask for the rest without this field' },
        }),
    );
    return null;
  };
  const object = (type: GraphQLObjectType, fields: readonly ShapeField[], given: Data): Data | null => {
    const out: Data = Object.create(null);
    let missing = false;
    for (const { key, name, type: promised, below } of fields) {
      if (name.startsWith('__')) {
        out[key] = name === '__typename' ? type.name : given[key];
        continue;
      }
      path.push(key);
      const found = value(promised, below, given[key]);
      if (found === null || found === NOTHING) {
        const cause = given[key] == null ? failureBehind(type, name) : undefined;
        if (cause && !explained()) tellFailure(cause);
        // A record whose fields are all missing is gone. That is no error by itself, only where a promise breaks by it.
        else if (found === NOTHING && (type === root ? placed.size === 0 : given[key] != null && !explained()))
          tell(gone);
        missing ||= found === NOTHING;
      }
      path.pop();
      out[key] = found === NOTHING ? null : found;
    }
    return missing ? null : out;
  };

  const data = object(root, shape.fieldsOf(root), raw.data ?? {});
  for (const cause of failed.values())
    if (!told.has(cause) && errors.length < MOST_ERRORS) errors.push(withoutPath(cause));
  return { data, errors: bounded(errors) };
}

/** The first errors; the last of them says how many places are not told. */
function bounded(errors: AnyError[]): AnyError[] {
  const told = errors.slice(0, MOST_ERRORS);
  const last = told.at(-1);
  if (!last || errors.length === told.length) return told;
  const omittedOf = ({ extensions }: AnyError): number => Number(extensions?.omitted ?? 0);
  const omitted = errors.slice(MOST_ERRORS).reduce((sum, error) => sum + 1 + omittedOf(error), omittedOf(last));
  return told.with(
    -1,
    new GraphQLError(last.message, { path: last.path, extensions: { ...last.extensions, omitted } }),
  );
}

/** A path that leads into a list without saying which item. */
function isVague(path: AnyError['path'], data: unknown): boolean {
  let at = data;
  for (const step of path ?? []) {
    if (Array.isArray(at) && typeof step !== 'number') return true;
    at = (at as Data | undefined | null)?.[step];
  }
  return false;
}

const gone = (path: Path): AnyError =>
  new GraphQLError('a record that is referred to is not there', {
    path,
    extensions: { code: 'NOT_FOUND', remedy: 'leave this field out; the record may have left the catalogue meanwhile' },
  });

const withoutPath = ({ message, extensions }: AnyError): AnyError => new GraphQLError(message, { extensions });

/** Whether a value of the answer is of this kind; a scalar of somebody's own may be anything. */
function fits(type: GraphQLLeafType, value: unknown): boolean {
  if (isEnumType(type)) return typeof value === 'string' && type.getValue(value) != null;
  switch (type.name) {
    case 'String':
    case 'ID':
      return typeof value === 'string';
    case 'Int':
      return Number.isInteger(value);
    case 'Float':
      return typeof value === 'number';
    case 'Boolean':
      return typeof value === 'boolean';
    default:
      return true;
  }
}

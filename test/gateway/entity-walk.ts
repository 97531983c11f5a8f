import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql';

/** Arguments given wherever a field takes them: pages as long as they may be. */
export type Given = Readonly<Record<string, string>>;

/** Types that client caches file under type and `id`. Read from the schema, so that a new one is among them by itself. */
export const entityTypes = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__') && 'id' in type.getFields(),
  );

const isEntity = (type: unknown): boolean => isObjectType(type) && 'id' in type.getFields();

/** Everything that can be asked of a type. What it refers to is followed `levels` far, then only named by its id. */
export function selectionOf(
  type: GraphQLObjectType,
  levels: number,
  given: Given,
  above: readonly string[] = [],
): string {
  const parts = ['__typename'];
  for (const field of Object.values(type.getFields())) {
    if (field.args.some((arg) => isRequiredArgument(arg) && !(arg.name in given))) continue;
    const below = selectionBelow(field, levels, given, [...above, type.name]);
    if (below !== undefined) parts.push(`${field.name}${argumentsOf(field, given)}${below}`);
  }
  return `{ ${parts.join(' ')} }`;
}

function selectionBelow(field: GraphQLField<unknown, unknown>, levels: number, given: Given, above: string[]) {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return '';
  if (isUnionType(type)) return ' { __typename }';
  if (isInterfaceType(type)) {
    // What the types have in common; each of them stands on a field of its own too.
    const common = Object.values(type.getFields()).filter((one) => isLeafType(getNamedType(one.type)));
    return ` { __typename ${common.map(({ name }) => name).join(' ')} }`;
  }
  if (!isObjectType(type)) return undefined;
  if (isEntity(type)) return ` ${levels > 0 ? selectionOf(type, levels - 1, given) : '{ __typename id }'}`;
  // A value within a value of its own kind (`derived`) is followed once.
  return above.filter((name) => name === type.name).length < 2
    ? ` ${selectionOf(type, levels, given, above)}`
    : undefined;
}

export function argumentsOf(field: GraphQLField<unknown, unknown>, given: Given): string {
  const known = field.args.filter((arg) => arg.name in given);
  return known.length ? `(${known.map(({ name }) => `${name}: ${given[name]}`).join(', ')})` : '';
}

/** One way into the graph: a root field, how to page it, and by what it looks records up. */
export interface Root {
  field: GraphQLField<unknown, unknown>;
  type: GraphQLObjectType;
  /** `after` and a page info. */
  pages: boolean;
  /** The argument that takes one id or several. */
  by?: 'id' | 'ids';
}

/** Root fields that answer objects, of whatever name: those to be walked, and those that look ids up. */
export function rootsOf(schema: GraphQLSchema): Root[] {
  return Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field): Root[] => {
    const type = getNamedType(field.type);
    if (!isObjectType(type)) return [];
    const by = (['id', 'ids'] as const).find((name) => field.args.some((arg) => arg.name === name));
    const needs = field.args.some((arg) => isRequiredArgument(arg) && arg.name !== by);
    const pages = field.args.some((arg) => arg.name === 'after') && 'pageInfo' in type.getFields();
    return needs ? [] : [{ field, type, pages, ...(by ? { by } : {}) }];
  });
}

/** An object with an id, as an answer had it: its own facts, and ids in place of the objects it refers to. */
export interface Sighting {
  type: string;
  id: unknown;
  facts: Record<string, unknown>;
}

/** Every object with an id in an answer, however deep. Objects of which only the id was asked are no sightings. */
export function sightings(answer: unknown): Sighting[] {
  const found: Sighting[] = [];
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const facts = Object.fromEntries(entries.map(([name, part]) => [name, visit(part)]));
    if (!('id' in value) || !('__typename' in value)) return facts;
    const type = String(value.__typename);
    if (entries.length > 2) found.push({ type, id: value.id, facts });
    return { ref: `${type}:${String(value.id)}` };
  };
  visit(answer);
  return found;
}

/** Whether a field of this type answers a list. */
export const isList = (type: unknown): boolean => isListType(type) || (isNonNullType(type) && isListType(type.ofType));

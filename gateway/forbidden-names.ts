import { type DocumentNode, type GraphQLError, Kind, visit } from 'graphql';
import { badUserInput, expectedError } from '../subgraphs/shared/errors.ts';

/**
 * Names that every plain object has by birth. Response names become keys of objects in the runtime, in clients and in
 * caches, so an answer under such a name would overwrite or pass for what is not data.
 */
const INBORN: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  '__proto__',
  'prototype',
]);

const refusal = (kind: string, name: string): GraphQLError =>
  expectedError('BAD_REQUEST', `${kind}: "${name}" is not served as a name`, {
    remedy: 'choose another name; names of JavaScript object members and aliases that begin with "__" are refused',
  });

/**
 * The first name in a document that must not become a key: aliases (those that begin with `__` too: GraphQL keeps them for
 * introspection), variables, arguments, input fields, fragments, operations.
 */
export function forbiddenName(document: DocumentNode): GraphQLError | undefined {
  let wrong: GraphQLError | undefined;
  const look = (kind: string, name: string | undefined): void => {
    if (name !== undefined && INBORN.has(name)) wrong ??= refusal(kind, name);
  };
  visit(document, {
    enter(node) {
      if (wrong) return false;
      switch (node.kind) {
        case Kind.FIELD:
          if (node.alias?.value.startsWith('__') && node.alias.value !== node.name.value) {
            wrong ??= refusal('alias', node.alias.value);
          }
          look('alias', node.alias?.value);
          look('field', node.name.value);
          break;
        case Kind.VARIABLE:
        case Kind.ARGUMENT:
        case Kind.OBJECT_FIELD:
        case Kind.FRAGMENT_SPREAD:
        case Kind.FRAGMENT_DEFINITION:
        case Kind.OPERATION_DEFINITION:
          look(KINDS.get(node.kind) ?? 'name', node.name?.value);
          break;
      }
      return undefined;
    },
  });
  return wrong;
}

const KINDS: ReadonlyMap<string, string> = new Map([
  [Kind.VARIABLE, 'variable'],
  [Kind.ARGUMENT, 'argument'],
  [Kind.OBJECT_FIELD, 'input field'],
  [Kind.FRAGMENT_SPREAD, 'fragment'],
  [Kind.FRAGMENT_DEFINITION, 'fragment'],
  [Kind.OPERATION_DEFINITION, 'operation'],
]);

/** The first key in the values of variables, however deep, that must not become a key of ours. */
export function forbiddenKey(variables: unknown): GraphQLError | undefined {
  const open: { value: unknown; place: string }[] = [{ value: variables, place: 'variables' }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, place } = next;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (!Array.isArray(value) && INBORN.has(key)) {
        return badUserInput(`${place}: "${key}" is not served as a key`, {
          argument: place,
          remedy: 'send the fields of the input type only',
        });
      }
      if (typeof inner === 'object') open.push({ value: inner, place: `${place}.${key}` });
    }
  }
  return undefined;
}

import { type DocumentNode, type GraphQLError, type ValueNode, visit } from 'graphql';
import { badUserInput } from '../../subgraphs/shared/errors.ts';
import type { Limits } from '../limits.ts';
import { nestedTooDeep } from './document-scan.ts';

const outOfBounds = (place: string, limit: string, allowed: number, asked: number, what: string, remedy: string) =>
  badUserInput(`${place}: at most ${allowed} ${what}, ${asked} given`, {
    argument: place.replace(/^\$/, ''),
    limit,
    allowed,
    asked,
    remedy,
  });
const listTooLong = (place: string, { listValues }: Limits, asked: number): GraphQLError =>
  outOfBounds(place, 'list', listValues, asked, 'values', `split the request: ${listValues} values at a time`);
const textTooLong = (place: string, { textLength }: Limits, asked: number): GraphQLError =>
  outOfBounds(place, 'text', textLength, asked, 'characters', 'shorten the text');

/** Beyond what a Float can hold (GraphQL §3.5.2, IEEE 754); a query plan could not carry it. */
const tooGreat = (place: string): GraphQLError =>
  badUserInput(`${place}: a number is too great`, {
    argument: place.replace(/^\$/, ''),
    remedy: 'give a number between -1.7e308 and 1.7e308',
  });

/** Names in messages, also made-up ones, stay readable. */
const named = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name);

/**
 * Walks over the variables as they came, before graphql-js coerces them: coercion of a hundred thousand values holds
 * the process for a long time, even if they are refused afterwards.
 */
export function checkVariables(variables: Readonly<Record<string, unknown>>, limits: Limits): GraphQLError | undefined {
  let values = 0;
  const walk = (value: unknown, place: string, depth: number): GraphQLError | undefined => {
    values += 1;
    if (values > limits.values) {
      return outOfBounds('variables', 'values', limits.values, values, 'values in all', 'split the request');
    }
    if (typeof value === 'string') {
      return value.length > limits.textLength ? textTooLong(place, limits, value.length) : undefined;
    }
    if (typeof value !== 'object' || value === null) return undefined;
    if (depth >= limits.valueDepth) return nestedTooDeep(place.replace(/^\$/, ''), limits.valueDepth);
    if (Array.isArray(value)) {
      if (value.length > limits.listValues) return listTooLong(place, limits, value.length);
      for (const one of value) {
        const wrong = walk(one, place, depth + 1);
        if (wrong) return wrong;
      }
      return undefined;
    }
    for (const key in value) {
      const wrong = walk((value as Record<string, unknown>)[key], `${place}.${named(key)}`, depth + 1);
      if (wrong) return wrong;
    }
    return undefined;
  };
  for (const name in variables) {
    const wrong = walk(variables[name], `$${named(name)}`, 0);
    if (wrong) return wrong;
  }
  return undefined;
}

/** The same for values that stand in the document itself. */
export function checkLiterals(document: DocumentNode, limits: Limits): GraphQLError | undefined {
  let wrong: GraphQLError | undefined;
  const walk = (value: ValueNode, place: string): void => {
    if (wrong) return;
    if (value.kind === 'StringValue') {
      if (value.value.length > limits.textLength) wrong = textTooLong(place, limits, value.value.length);
    } else if (value.kind === 'FloatValue' || value.kind === 'IntValue') {
      if (!Number.isFinite(Number(value.value))) wrong = tooGreat(place);
    } else if (value.kind === 'ListValue') {
      if (value.values.length > limits.listValues) wrong = listTooLong(place, limits, value.values.length);
      else for (const one of value.values) walk(one, place);
    } else if (value.kind === 'ObjectValue') {
      for (const { name, value: inside } of value.fields) walk(inside, `${place}.${named(name.value)}`);
    }
  };
  visit(document, {
    Argument: ({ name, value }) => {
      walk(value, named(name.value));
      return false;
    },
    VariableDefinition: ({ variable, defaultValue }) => {
      if (defaultValue) walk(defaultValue, `$${named(variable.name.value)}`);
      return false;
    },
  });
  return wrong;
}

import { isObject, own } from '../../../schema/index.ts';

/** A JSON object of a JSON-LD document, as it is written there. */
export type JsonNode = Record<string, unknown>;

/** A node with plain names: what JSON-LD, microdata and RDFa of a page are turned into, so that one mapping serves all three. */
export interface LinkedNode {
  '@type'?: string[];
  '@id'?: string;
  [property: string]: unknown;
}

/** A node, not a value with its language or type (JSON-LD 1.1, section 3: node objects, value objects). */
export const isNode = (value: unknown): value is LinkedNode => isObject(value) && !('@value' in value);

/** Values of a property as a list. */
export const list = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** Adds a value to a property: one value stands bare, several as an array. */
export function append(node: LinkedNode, name: string, value: unknown): void {
  const old = own(node, name);
  if (old === undefined) node[name] = value;
  else if (Array.isArray(old)) old.push(value);
  else node[name] = [old, value];
}

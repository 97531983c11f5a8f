import { isObject } from '../../schema/index.ts';
import { langStrings } from '../../schema/parse/text.ts';
import { pointerStep } from './pointer.ts';
import type { Placed, Syntax } from './spot.ts';

/** JSON: members by name, places are JSON Pointers (RFC 6901). */
export const jsonSyntax: Syntax = {
  member: ({ value, path }: Placed, name) => ({ value: memberOf(value, name), path: `${path}/${pointerStep(name)}` }),
  values(at, name) {
    const value = memberOf(at.value, name);
    // Most members are not there: no path is made for them.
    if (value === undefined) return [];
    const path = `${at.path}/${pointerStep(name)}`;
    return Array.isArray(value) ? value.map((item, n) => ({ value: item, path: `${path}/${n}` })) : [{ value, path }];
  },
  names: (value) => (isObject(value) ? Object.keys(value) : []),
  texts: langStrings,
  scalar: (value) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined,
  node: (at) => (isObject(at.value) ? at : undefined),
};

/** A member of a list is that of its first object; an index leads to one item. */
function memberOf(value: unknown, name: string): unknown {
  const from = Array.isArray(value) && !/^\d+$/.test(name) ? value.find(isObject) : value;
  return typeof from === 'object' && from !== null && Object.hasOwn(from, name)
    ? (from as Record<string, unknown>)[name]
    : undefined;
}

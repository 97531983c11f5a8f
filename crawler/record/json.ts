import { isObject } from '../../schema/index.ts';
import { langStrings } from '../../schema/parse/text.ts';
import { pointerStep } from './pointer.ts';
import type { Placed, Syntax } from './spot.ts';

/** JSON: members by name, places are JSON Pointers (RFC 6901). */
export const jsonSyntax: Syntax = {
  member({ value, path }: Placed, name) {
    // A member of a list is that of its first object; an index leads to one item.
    const from = Array.isArray(value) && !/^\d+$/.test(name) ? value.find(isObject) : value;
    const found =
      typeof from === 'object' && from !== null && Object.hasOwn(from, name)
        ? (from as Record<string, unknown>)[name]
        : undefined;
    return { value: found, path: `${path}/${pointerStep(name)}` };
  },
  values(at, name) {
    const { value, path } = jsonSyntax.member(at, name);
    if (!Array.isArray(value)) return value === undefined ? [] : [{ value, path }];
    return value.map((item, n) => ({ value: item, path: `${path}/${n}` }));
  },
  names: (value) => (isObject(value) ? Object.keys(value) : []),
  texts: langStrings,
  scalar: (value) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined,
  node: (at) => (isObject(at.value) ? at : undefined),
};

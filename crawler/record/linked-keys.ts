import { isObject } from '../../schema/index.ts';
import { linkedSyntax } from './linked.ts';
import { pointerStep } from './pointer.ts';
import type { Placed, Syntax } from './spot.ts';

const NOTHING: Placed[] = [];

const placeOf = (path: string, name: string): string =>
  `${path}/${name.includes('/') || name.includes('~') ? pointerStep(name) : name}`;

function heldAt(value: unknown, name: string): unknown {
  const node: unknown = Array.isArray(value) ? value.find(isObject) : value;
  if (!isObject(node) || !Object.hasOwn(node, name)) return undefined;
  const held = node[name] ?? undefined;
  return isObject(held) && Array.isArray(held['@list']) ? held['@list'] : held;
}

/**
 * Linked data whose keys are the names already, as the reader of pages writes schema.org: a member is looked up instead of looked
 * for, and several values stand where their list does. References are put in their place by that reader, so none are followed.
 */
export const linkedByKey: Syntax = {
  ...linkedSyntax(),
  member({ value, path }: Placed, name) {
    return { value: heldAt(value, name), path: placeOf(path, name) };
  },
  values({ value, path }, name) {
    const held = heldAt(value, name);
    if (held === undefined) return NOTHING;
    const place = placeOf(path, name);
    if (!Array.isArray(held)) return [{ value: held, path: place }];
    return held.map((item: unknown, n) => ({ value: item, path: `${place}/${n}` }));
  },
  names: (value) => (isObject(value) ? Object.keys(value) : []),
};

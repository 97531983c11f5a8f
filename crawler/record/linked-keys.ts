import { isObject } from '../../schema/index.ts';
import { linkedSyntax } from './linked.ts';
import { pointerStep } from './pointer.ts';
import type { Placed, Syntax } from './spot.ts';

const listed = (held: unknown): unknown => (isObject(held) && Array.isArray(held['@list']) ? held['@list'] : held);

/**
 * Linked data whose keys are the names already, as the reader of pages writes schema.org: a member is looked up instead of looked
 * for, and several values stand where their list does. References are put in their place by that reader, so none are followed.
 */
export const linkedByKey: Syntax = {
  ...linkedSyntax(),
  member({ value, path }: Placed, name) {
    const node: unknown = Array.isArray(value) ? value.find(isObject) : value;
    const held = isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined;
    return { value: listed(held) ?? undefined, path: `${path}/${pointerStep(name)}` };
  },
  values(at, name) {
    const { value, path } = linkedByKey.member(at, name);
    if (!Array.isArray(value)) return value === undefined ? [] : [{ value, path }];
    return value.map((item: unknown, n) => ({ value: item, path: `${path}/${n}` }));
  },
  names: (value) => (isObject(value) ? Object.keys(value) : []),
};

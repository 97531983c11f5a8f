import { DEEPEST, isBodyType } from './person-types.ts';

/** An object of a record. */
export type Members = Readonly<Record<string, unknown>>;

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the bodies that a record describes are referred to by. */
export function bodiesIn(raw: unknown): ReadonlySet<string> {
  const ids = new Set<string>();
  const look = (value: unknown, depth: number): void => {
    if (depth > 2 * DEEPEST) return;
    if (Array.isArray(value)) for (const item of value) look(item, depth + 1);
    if (!isMembers(value)) return;
    const id = value['@id'] ?? value.id;
    if (typeof id === 'string' && isBodyType(value['@type'] ?? value.type)) ids.add(id);
    for (const key of Object.keys(value)) look(value[key], depth + 1);
  };
  look(raw, 0);
  return ids;
}

/** What a person that went was referred to by. */
export function collectIds(value: unknown, into: Set<string>, depth: number): void {
  if (depth > 4 || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const item of value) collectIds(item, into, depth + 1);
  else
    for (const key of ['@id', 'id', 'personId']) {
      const id = (value as Members)[key];
      if (typeof id === 'string' && id.length > 1) into.add(id);
    }
}

/** References to persons that went: the address of one may say the name. */
export function withoutReferences(value: unknown, gone: ReadonlySet<string>): unknown {
  const isGone = (item: unknown): boolean => {
    if (typeof item === 'string') return gone.has(item) && !/^https?:/i.test(item);
    if (!isMembers(item)) return false;
    const id = item['@id'] ?? item.id;
    return typeof id === 'string' && gone.has(id) && Object.keys(item).length === 1;
  };
  if (Array.isArray(value)) return value.filter((item) => !isGone(item)).map((item) => withoutReferences(item, gone));
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => !gone.has(key) && (key === '@id' || key === 'id' || !isGone(member)))
      .map(([key, member]) => [key, withoutReferences(member, gone)]),
  );
}

/**
 * A table that words from outside are looked up in. Not a plain object: those have members by birth, so that
 * `"constructor"` or `"toString"` from a feed would find a function in it.
 */
export const table = <V>(entries: Readonly<Record<string, V>>): ReadonlyMap<string, V> =>
  new Map(Object.entries(entries));

/** A record that grows by names from outside. It has no members by birth, and `__proto__` is a name in it like all others. */
export const bareRecord = <T extends object = Record<string, unknown>>(start?: T): T =>
  Object.assign(Object.create(null), start);

/** A member that a record really has; undefined for what all objects are born with (`constructor`, `toString`, …). */
export function own<V>(record: Readonly<Record<string, V>> | null | undefined, name: string): V | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

/**
 * `String(value)` for a value of a feed: an object there may have a `toString` of its own that is none, or no prototype,
 * and `String` would throw.
 */
export function asText(value: unknown): string {
  if (Array.isArray(value))
    return value.map((item) => (item === undefined || item === null ? '' : asText(item))).join(',');
  return typeof value === 'object' && value !== null ? '[object Object]' : String(value);
}

/** An object with members: neither null nor a list. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

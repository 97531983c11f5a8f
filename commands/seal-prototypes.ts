/**
 * Nothing in this process may add members to the objects that all others come from, whatever name comes in from outside.
 * `__proto__` as an accessor goes (as with Node's `--disable-proto=delete`): assigning to it makes an own member then.
 * Existing members stay writable, so that libraries may still override `toString` and the like on objects of their own.
 */
export function sealPrototypes(): void {
  Reflect.deleteProperty(Object.prototype, '__proto__');
  for (const { prototype } of [Object, Array, Function, String, Number, Boolean]) Object.seal(prototype);
}

/** JSON Pointers (RFC 6901) through objects only; a step `*` is any member. */
export interface JsonPointers {
  /** How many steps the longest has. */
  depth: number;
  /** The pointer that leads to the members named by `keys` (its first step at index 1), written with their names. */
  at(keys: readonly string[], depth: number, inObject: (level: number) => boolean): string | undefined;
}

const decoded = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~');
const encoded = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Pointers to look out for while a document streams by. */
export function jsonPointers(paths: readonly string[]): JsonPointers {
  const pointers = paths.filter(Boolean).map((path) => path.split('/').slice(1).map(decoded));
  return {
    depth: Math.max(0, ...pointers.map((steps) => steps.length)),
    at(keys, depth, inObject) {
      const fits = (step: string, level: number) => inObject(level + 1) && (step === '*' || keys[level + 1] === step);
      const found = pointers.find((steps) => steps.length === depth && steps.every(fits));
      return found?.map((_, level) => `/${encoded(keys[level + 1] ?? '')}`).join('');
    },
  };
}

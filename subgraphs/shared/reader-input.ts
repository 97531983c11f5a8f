import { badUserInput } from './errors.ts';
import { LARGEST_PAGE } from './page-size.ts';

/**
 * What a reader sends, looked through before any resolver sees it: no text holds U+0000 or half a surrogate pair (no
 * database keeps them), numbers are finite (`1e400` is not), lists have an end. Named after the argument and its place.
 */
export function checkInput(value: unknown, place = ''): void {
  if (typeof value === 'string') {
    const what = value.includes('\0') ? 'U+0000' : value.isWellFormed() ? undefined : 'half of a surrogate pair';
    if (what === undefined) return;
    throw badUserInput(`${place}: the text holds ${what}`, {
      argument: place,
      remedy: 'send Unicode text without it',
    });
  }
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return;
    throw badUserInput(`${place}: not a number that can be counted with`, {
      argument: place,
      remedy: 'give a number between -1.7e308 and 1.7e308',
    });
  }
  if (Array.isArray(value)) {
    if (value.length > LARGEST_PAGE) {
      throw badUserInput(`${place}: at most ${LARGEST_PAGE} values, ${value.length} given`, {
        argument: place,
        remedy: `ask for ${LARGEST_PAGE} at a time`,
      });
    }
    for (const each of value) checkInput(each, place);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  for (const [name, each] of Object.entries(value)) checkInput(each, place ? `${place}.${name}` : name);
}

type Resolver = (parent: unknown, args: unknown, ...rest: unknown[]) => unknown;

/** Resolvers whose arguments are looked through first. */
export const guarded = <T extends object>(resolvers: T): T =>
  Object.fromEntries(
    Object.entries(resolvers).map(([type, fields]) => [
      type,
      typeof fields === 'object' ? guardedFields(fields) : fields,
    ]),
  ) as T;

const guardedFields = (fields: object) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, resolve]) => {
      // `__resolveReference` and `__resolveType` are not a reader's
      if (typeof resolve !== 'function' || name.startsWith('__')) return [name, resolve];
      const checked: Resolver = (parent, args, ...rest) => {
        checkInput(args);
        return (resolve as Resolver)(parent, args, ...rest);
      };
      return [name, checked];
    }),
  );

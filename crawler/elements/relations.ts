import type { z } from 'zod';
import {
  type Element,
  type LangString,
  type Relation,
  type RelationType,
  type StackabilityValue,
  statedIf,
} from '../../schema/index.ts';
import type { Spot } from '../record/spot.ts';

/** The form in which two spellings of an address are one: scheme, `www.` and the slash at the end do not matter. */
const addressKey = (name: string): string =>
  name
    .replace(/^https?:\/\/(?:www\.)?/i, '')
    .replace(/#$/, '')
    .replace(/\/(?=[?#]|$)/, '');
const withoutFragment = (key: string): string => key.replace(/#.*$/, '');

/**
 * Collects the relations of a record, each once. A relation of a record to itself is none, and told. A record whose names have a
 * fragment is one of several of its page: the page is its own place, another fragment is another record.
 */
export function createRelations(self: readonly (string | undefined)[]) {
  const relations = new Map<string, Relation>();
  const own = new Set(self.flatMap((name) => (name ? [addressKey(name)] : [])));
  const pages = new Set([...own].map(withoutFragment));
  const several = new Set([...own].filter((key) => key.includes('#')).map(withoutFragment));
  const isOwn = (key: string): boolean => {
    const page = withoutFragment(key);
    return own.has(key) || (pages.has(page) && (key === page || !several.has(page)));
  };
  return {
    add(type: RelationType, target: string | undefined, spot: Spot, label: readonly LangString[] = []): void {
      if (!target) return;
      if (isOwn(addressKey(target))) {
        spot.note('relation-to-itself', undefined, target);
        return;
      }
      const key = `${type} ${target}`;
      if (!relations.has(key))
        relations.set(key, {
          type,
          target,
          ...(label.length ? { label: [...label] } : {}),
          origin: { path: spot.path },
        });
    },
    all: (): Relation[] => [...relations.values()],
  };
}
export type Relations = ReturnType<typeof createRelations>;

/** A record that leads to another one, or is a part of one, stacks. */
export function stackabilityOf(relations: readonly Relation[]): Element<z.infer<typeof StackabilityValue>> {
  const up = relations.find(({ type }) => type === 'stacksInto' || type === 'partOf');
  return statedIf(up && { code: 'stackable' as const }, up?.origin.path ?? '');
}

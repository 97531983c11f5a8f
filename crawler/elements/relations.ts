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

/** An address without what does not tell pages apart. Its query and fragment may: `?id=7` and `?id=8` are two courses. */
const sameAs = (address: string): string => address.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '');

/** Collects the relations of a record, each once. A relation of a record to itself is none, and told. */
export function createRelations(self: readonly (string | undefined)[]) {
  const relations = new Map<string, Relation>();
  const own = new Set(self.flatMap((name) => (name ? [sameAs(name)] : [])));
  return {
    add(type: RelationType, target: string | undefined, spot: Spot, label: readonly LangString[] = []): void {
      if (!target) return;
      if (own.has(sameAs(target))) {
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

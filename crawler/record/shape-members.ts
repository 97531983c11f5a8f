import type { Members } from '../documentation.ts';
import { isEmpty, isKeptWhole, type Shape } from './shape.ts';

/** Keywords of JSON-LD: they say of a node which one it is. */
const KEYWORDS = new Set(['@context', '@id', '@type', '@reverse']);

/** Objects with the same members, and the ways to them from the record. */
interface Kind {
  read: readonly string[];
  kept: readonly string[];
  ways: (readonly string[])[];
}

/**
 * A shape for people, from the record inwards. Objects with the same members are told of once, by the names of the members in which
 * they stand; a name that stands for several kinds of objects has those of the objects around it before it, as many as are needed, or a
 * slash where it is one of the record itself.
 */
export function membersOf(shape: Shape): Members[] {
  const kinds = new Map<string, Kind>();
  const open: { object: Shape; way: readonly string[] }[] = [{ object: shape, way: [] }];
  for (const { object, way } of open) {
    const members = [...object.members].filter(([name, of]) => !KEYWORDS.has(name) && !isEmpty(of));
    const named = (kept: boolean) => members.flatMap(([name, of]) => (isKeptWhole(of) === kept ? [name] : []));
    const [read, kept] = [named(false), named(true)];
    const key = JSON.stringify([read.toSorted(), kept.toSorted()]);
    const kind = kinds.get(key) ?? { read, kept, ways: [] };
    kind.ways.push(way);
    if (members.length) kinds.set(key, kind);
    for (const [name, of] of members) if (of.members.size) open.push({ object: of, way: [...way, name] });
  }
  const meant = new Map<string, Set<Kind>>();
  for (const kind of kinds.values())
    for (const way of kind.ways)
      for (const name of endsOf(way)) meant.set(name, (meant.get(name) ?? new Set()).add(kind));
  const nameOf = (way: readonly string[]): string[] =>
    endsOf(way)
      .filter((name) => meant.get(name)?.size === 1)
      .slice(0, 1);
  return [...kinds.values()].map(({ ways, read, kept }) => ({ of: [...new Set(ways.flatMap(nameOf))], read, kept }));
}

/** `c`, `b/c`, `a/b/c`, `/a/b/c`. */
const endsOf = (way: readonly string[]): string[] =>
  way.length ? [...way.map((_, n) => way.slice(-1 - n).join('/')), `/${way.join('/')}`] : [];

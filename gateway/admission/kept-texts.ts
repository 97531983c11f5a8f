import { LRUCache } from 'lru-cache';

/** Bounds of each cache in characters of its keys: a parsed document takes about a hundred times its text. */
const BOUNDS = { known: 500_000, fresh: 250_000, refused: 500_000 } as const;

/**
 * What was worked out of a text, by text. Three caches, so that a flood washes out only its own: texts that were
 * asked for again, texts seen once, and refused ones.
 */
export function createKeptTexts<Good extends object, Bad extends object>(
  isRefused: (value: Good | Bad) => value is Bad,
) {
  const cache = <V extends object>(maxSize: number) =>
    new LRUCache<string, V>({ max: 2_000, maxSize, sizeCalculation: (_, key) => key.length + 100 });
  const known = cache<Good>(BOUNDS.known);
  const fresh = cache<Good>(BOUNDS.fresh);
  const refused = cache<Bad>(BOUNDS.refused);

  return {
    has: (key: string): boolean => known.has(key) || fresh.has(key) || refused.has(key),
    get(key: string): Good | Bad | undefined {
      const again = fresh.get(key);
      if (again) {
        fresh.delete(key);
        known.set(key, again);
        return again;
      }
      return known.get(key) ?? refused.get(key);
    },
    keep(key: string, value: Good | Bad): void {
      if (isRefused(value)) refused.set(key, value);
      else fresh.set(key, value);
    },
    sizes: () => ({ known: known.size, fresh: fresh.size, refused: refused.size }),
  };
}

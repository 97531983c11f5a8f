import { bareRecord } from '../../../schema/index.ts';
import type { PlacedNode } from './document-record.ts';
import { append, type JsonNode, list } from './node.ts';

/** What a statement says of its subject: a node (by its id, blank ones begin with `_:`) or a text with its language. */
export type Said = { node: string } | { text: string; language?: string | undefined };

/** Blank nodes inside of each other; beyond, a chain of them (a list of thousands) stays a chain of references. */
const LEVELS = 12;

/**
 * Collects statements (RDF triples) into nodes as JSON-LD would have them: `@id`, `@type`, texts as they stand or with their language.
 * A blank node that one other refers to stands inside of it, for its name is another one in every file; others get names by order.
 */
export function createStatements() {
  const nodes = new Map<string, JsonNode>();
  const places = new Map<string, string>();
  const referred = new Map<string, number>();
  const blank = (id: string): boolean => id.startsWith('_:');

  return {
    /** `property`: as the node is to have it; `@type` for its types. */
    add(subject: string, property: string, said: Said, place = subject): void {
      let node = nodes.get(subject);
      if (!node) {
        node = Object.assign(bareRecord<JsonNode>(), { '@id': subject });
        nodes.set(subject, node);
        places.set(subject, place);
      }
      if ('node' in said) {
        if (property === '@type') append(node, property, said.node);
        else {
          append(node, property, { '@id': said.node });
          if (blank(said.node)) referred.set(said.node, (referred.get(said.node) ?? 0) + 1);
        }
      } else append(node, property, said.language ? { '@value': said.text, '@language': said.language } : said.text);
    },
    get empty(): boolean {
      return nodes.size === 0;
    },
    /** Forgets a subject of which not all is known. */
    forget: (subject: string): void => void nodes.delete(subject),
    /** The nodes that stand by themselves. */
    nodes(): PlacedNode[] {
      const names = new Map<string, string>();
      const inside = new Set<string>();
      const nameOf = (id: string): string => {
        const name = names.get(id) ?? `_:b${names.size + 1}`;
        names.set(id, name);
        return name;
      };
      const embed = (node: JsonNode, level: number): JsonNode => {
        for (const [property, value] of Object.entries(node)) {
          if (property.startsWith('@')) continue;
          const own = list(value).map((one) => {
            const id = (one as JsonNode | null)?.['@id'];
            if (typeof id !== 'string' || !blank(id)) return one;
            const target = nodes.get(id);
            if (!target || referred.get(id) !== 1 || target === node || inside.has(id) || level >= LEVELS)
              return { '@id': nameOf(id) };
            inside.add(id);
            const { '@id': _, ...rest } = embed(target, level + 1);
            return rest;
          });
          node[property] = Array.isArray(value) ? own : own[0];
        }
        return node;
      };
      for (const [id, node] of nodes) if (!blank(id)) embed(node, 0);
      // What only blank nodes refer to, or nobody.
      for (const [id, node] of nodes)
        if (blank(id) && !inside.has(id)) embed(Object.assign(node, { '@id': nameOf(id) }), 0);
      return [...nodes].flatMap(([id, node]) => (inside.has(id) ? [] : [{ node, path: places.get(id) ?? id }]));
    },
  };
}
export type Statements = ReturnType<typeof createStatements>;

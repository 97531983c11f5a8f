import { isObject, own, type Problem } from '../../../schema/index.ts';
import { LIMITS } from './limits.ts';
import { isNode, type JsonNode, type LinkedNode, list } from './node.ts';

/** Documents read into nodes: which of them stand by themselves, by what they are referred to, and where each stands. */
export interface LinkedGraph<N extends JsonNode = LinkedNode> {
  roots: N[];
  /** Nodes by the form under which references to them meet. */
  byId: Map<string, N>;
  /** Place of each node in the page or document. */
  places: Map<object, string>;
  /** Places below which nesting was too deep to be read. */
  tooDeep: string[];
  /** Types of a vocabulary that is not known though it may have been meant to be, with what the document says of it. */
  foreign: { type: string; place: string; context: unknown }[];
  /** What had to be repaired to read the documents. */
  notes: Problem[];
}

export const createGraph = <N extends JsonNode = LinkedNode>(): LinkedGraph<N> => ({
  roots: [],
  byId: new Map(),
  places: new Map(),
  tooDeep: [],
  foreign: [],
  notes: [],
});

/** The node itself, or the one that its `@id` refers to. */
export const resolve = (graph: LinkedGraph, node: LinkedNode): LinkedNode =>
  (node['@id'] ? graph.byId.get(node['@id']) : undefined) ?? node;

/** Where a node stands: below which node, as the value of which property. */
export interface Occurrence {
  node: LinkedNode;
  parent?: LinkedNode;
  property?: string;
}

/** Every node once for each place in which it stands, in the order of the page; references stand for their node. */
export function* occurrences(graph: LinkedGraph): Generator<Occurrence> {
  const seen = new Set<LinkedNode>();
  const stack: Occurrence[] = graph.roots.map((node) => ({ node })).reverse();
  for (let item = stack.pop(); item; item = stack.pop()) {
    const node = resolve(graph, item.node);
    yield { ...item, node };
    if (seen.has(node)) continue;
    seen.add(node);
    const children: Occurrence[] = [];
    for (const [property, value] of Object.entries(node)) {
      for (const child of list(value)) if (isNode(child)) children.push({ node: child, parent: node, property });
    }
    for (const child of children.reverse()) stack.push(child);
  }
}

/** Something that a node refers to. */
export interface Reference {
  id: string;
  /** A property on the way there leads to other records. */
  away: boolean;
  /** The node there says more than this id: it is described where it stands. */
  described: boolean;
}

/**
 * What a value refers to, by whatever is written like an identifier: contexts are not fetched, so it is not known which texts are
 * addresses of nodes. `leadsAway` knows the properties that lead to other records.
 */
export function* references(
  value: unknown,
  leadsAway: (key: string) => boolean,
  away = false,
  described = false,
): Generator<Reference> {
  if (typeof value === 'string') {
    if (value.length < LIMITS.reference && /^(_:|https?:|urn:|ce-)/i.test(value)) yield { id: value, away, described };
  } else if (Array.isArray(value)) {
    for (const item of value) yield* references(item, leadsAway, away);
  } else if (isObject(value)) {
    const entries = Object.entries(value);
    for (const [key, member] of entries) {
      if (key === '@type' || key === '@context') continue;
      yield* references(member, leadsAway, away || leadsAway(key), entries.length > 1 && /^@?id$/.test(key));
    }
  }
}

/**
 * Turns the `@reverse` of nodes into the statements it stands for: on the other node, about this one. What `find` does not find
 * stays where it was.
 */
export function applyReverse<N extends JsonNode>(
  graph: LinkedGraph<N>,
  nodes: Iterable<N>,
  find: (other: unknown) => N | undefined,
  idOf: (node: N) => string | undefined,
): void {
  let roots: Set<N> | undefined;
  for (const node of nodes) {
    const reverse = node['@reverse'];
    if (!isObject(reverse)) continue;
    const id = idOf(node);
    const left = Object.entries(reverse).flatMap(([property, value]) => {
      const lost = list(value).filter((other) => {
        const subject: JsonNode | undefined = find(other);
        if (!subject) return true;
        const value = [...list(own(subject, property)), id === undefined ? node : { '@id': id }];
        // Not assigned: the name comes from outside.
        Object.defineProperty(subject, property, { value, writable: true, enumerable: true, configurable: true });
        roots ??= new Set(graph.roots);
        if (!roots.has(subject as N)) graph.roots.push(subject as N);
        roots.add(subject as N);
        return false;
      });
      return lost.length ? [[property, lost] as const] : [];
    });
    const rest: JsonNode = node;
    if (left.length) rest['@reverse'] = Object.fromEntries(left);
    else delete rest['@reverse'];
    if (id !== undefined) graph.byId.set(id, node);
  }
}

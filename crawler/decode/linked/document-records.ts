import { bareRecord, isObject, type Problem } from '../../../schema/index.ts';
import type { JsonLdRaw, JsonLdRecord, PlacedNode } from './document-record.ts';
import { applyReverse, createGraph, type LinkedGraph, references } from './graph.ts';
import { LIMITS } from './limits.ts';
import type { JsonNode } from './node.ts';
import { separate } from './same-identifier.ts';
import { createTerms, idOf, type JsonLdProfile, keysOf, scalarsAt, typesOf } from './terms.ts';

/** A document whose nodes stay as they are written, with what its names mean. */
interface Document extends LinkedGraph<JsonNode> {
  profile: JsonLdProfile;
  term: (key: string) => string;
  /** The nodes that the document lists; the others stand inside of them. */
  listed: ReadonlySet<JsonNode>;
}

/**
 * Finds the records of one graph: the main node by its identifier (never by position), else every node that is a
 * credential, a learning opportunity, or an organisation that no record of the graph refers to. A blank node that
 * others refer to is part of theirs; one that stands alone is a record. Several nodes with one identifier: of the same name they are
 * one record and its further `part`s, of different names (a page that lists several programmes) they are records of their own.
 */
export function graphRecords(
  placed: readonly PlacedNode[],
  context: unknown,
  profile: JsonLdProfile,
  mainId?: string,
): JsonLdRecord[] {
  const at = documentOf(placed, context, profile);
  const { term, roots } = at;
  const isRecord = (node: JsonNode) => typesOf(node, term).some(profile.isRecord);
  const main = mainId ? profile.key(mainId) : undefined;
  const referred = referredBlanks(at);
  const named = roots.filter(
    (node) =>
      !isBlank(node, at) ||
      (main && keysOf(node, term, profile).includes(main)) ||
      (isRecord(node) && !keysOf(node, term, profile).some((key) => referred.has(key))),
  );
  const records: JsonLdRecord[] = [];
  const used = new Set<JsonNode>();
  const add = (node: JsonNode, identifier: string | undefined, nodes?: Record<string, JsonNode>): void => {
    const raw: JsonLdRaw = { main: prune(node, at) };
    if (context !== undefined) raw.context = context;
    if (nodes && Object.keys(nodes).length) raw.nodes = nodes;
    records.push({ path: at.places.get(node) ?? '', raw, ...(identifier ? { identifier } : {}) });
  };
  const take = (node: JsonNode): void => {
    const { nodes, visited } = closure(node, at);
    for (const other of visited) used.add(other);
    add(node, identifierOf(node, at), nodes);
  };
  for (const node of named) if (isRecord(node)) take(node);
  // Blank nodes that only each other or an organisation refers to are part of no record: they are records, too.
  for (const node of roots) if (isRecord(node) && isBlank(node, at) && !used.has(node)) take(node);
  for (const node of named) {
    if (used.has(node) || isRecord(node) || !typesOf(node, term).some(profile.isOrganisation)) continue;
    const identifier = identifierOf(node, at);
    if (identifier) add(node, identifier);
  }
  return separate(records, term, profile);
}

function documentOf(placed: readonly PlacedNode[], context: unknown, profile: JsonLdProfile): Document {
  const graph = createGraph<JsonNode>();
  const term = createTerms(context, profile);
  for (const { node, path } of placed) {
    graph.roots.push(node);
    graph.places.set(node, path);
    for (const key of keysOf(node, term, profile)) if (!graph.byId.has(key)) graph.byId.set(key, node);
  }
  const find = (other: unknown): JsonNode | undefined => {
    const id = typeof other === 'string' ? other : isObject(other) ? idOf(other, term) : undefined;
    return (id === undefined ? undefined : graph.byId.get(profile.key(id))) ?? (isObject(other) ? other : undefined);
  };
  applyReverse(graph, [...graph.roots], find, (node) => idOf(node, term));
  const listed = new Set(graph.roots);
  for (const node of graph.roots) indexInside(node, graph, profile, listed);
  return { ...graph, profile, term, listed };
}

/** Nodes that are described inside of others are known by their `@id` as well, unless the document lists them itself. */
function indexInside(
  root: JsonNode,
  { byId }: LinkedGraph<JsonNode>,
  profile: JsonLdProfile,
  listed: ReadonlySet<unknown>,
): void {
  const stack: unknown[] = [root];
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (isObject(value) && value !== root) {
      if (listed.has(value)) continue;
      const id = value['@id'] ?? value.id;
      if (typeof id === 'string' && id !== '' && Object.keys(value).length > 1) {
        const key = profile.key(id);
        if (!byId.has(key)) byId.set(key, value);
      }
    }
    for (const member of Object.values(value)) if (typeof member === 'object' && member !== null) stack.push(member);
  }
}

const isBlank = (node: JsonNode, { term }: Document): boolean => idOf(node, term)?.startsWith('_:') ?? false;

/** The keys of blank nodes that another node of the graph refers to, by whichever of their keys. */
function referredBlanks(at: Document): Set<string> {
  const { roots, term, profile } = at;
  const referred = new Set<string>();
  const blanks = new Set(roots.flatMap((node) => (isBlank(node, at) ? keysOf(node, term, profile) : [])));
  if (!blanks.size) return referred;
  for (const node of roots) {
    const own = keysOf(node, term, profile);
    for (const { id } of references(node, () => false)) {
      const key = profile.key(id);
      if (blanks.has(key) && !own.includes(key)) referred.add(key);
    }
  }
  return referred;
}

/** The identifying property before the `@id`, both before the address of the page. */
function identifierOf(node: JsonNode, { term, profile }: Document): string | undefined {
  const own = keysOf(node, term, profile).find((key) => !key.startsWith('_:'));
  return own ?? profile.pages.flatMap((page) => scalarsAt(node, page, term))[0];
}

/** The nodes that a record refers to, directly or through others, in the order of reference. */
function closure(main: JsonNode, at: Document) {
  const { byId, term, profile, listed } = at;
  const leadsAway = (key: string) => profile.toOthers.has(term(key));
  const nodes = bareRecord<Record<string, JsonNode>>();
  const own = keysOf(main, term, profile);
  const visited = new Set<JsonNode>([main]);
  let wave: { node: JsonNode; hops: number }[] = [{ node: main, hops: 0 }];
  while (wave.length) {
    const next: typeof wave = [];
    for (const { node, hops } of wave) {
      for (const { id, away, described } of references(node, leadsAway)) {
        const key = profile.key(id);
        const target = byId.get(key);
        if (!target || visited.has(target) || visited.size > LIMITS.referred) continue;
        // Another record of the same identifier is none that this one refers to; what stands inside of a node is there already.
        if (own.includes(key) || (described && !listed.has(target))) continue;
        visited.add(target);
        nodes[key] = away ? identity(target, at) : prune(target, at);
        if (!away && hops + 1 < LIMITS.hops) next.push({ node: target, hops: hops + 1 });
      }
    }
    wave = next;
  }
  return { nodes, visited };
}

const IDENTITY = new Set(['@id', '@type', 'id', 'type', 'name', 'title']);

/** What a reference to another record needs: who it is and where it stands. */
function identity(node: JsonNode, { profile, term }: Document): JsonNode {
  const kept = (name: string) => IDENTITY.has(name) || name === profile.identifier || profile.pages.includes(name);
  return Object.fromEntries(Object.entries(node).filter(([key]) => kept(term(key))));
}

function prune(node: JsonNode, { profile, term }: Document): JsonNode {
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !profile.leftOut.has(term(key)))
        .map(([key, member]) => [key, clean(member)]),
    );
  };
  return clean(node) as JsonNode;
}

import { createHash } from 'node:crypto';
import { asText, bareRecord, type Problem } from '../../schema/index.ts';
import { problemOf } from '../problems/notes.ts';
import { createTerms, isNode, type JsonLdProfile, type JsonNode, keysOf, typesOf } from './json-ld-terms.ts';

/** A record with all it needs to be read alone: its node, and the nodes it refers to, by reference key. */
export interface JsonLdRaw {
  context?: unknown;
  main: JsonNode;
  nodes?: Record<string, JsonNode>;
  notes?: Problem[];
}

export interface JsonLdRecord {
  identifier?: string;
  part?: string;
  /** Place of the main node in the document. */
  path: string;
  raw: JsonLdRaw;
}

export interface PlacedNode {
  node: JsonNode;
  path: string;
}

const MAX_NODES = 500;
const MAX_HOPS = 4;
/**
 * Finds the records of one graph: the main node by its identifier (never by position), else every node that is a
 * credential, a learning opportunity, or an organisation that no record of the graph refers to. A blank node that
 * others refer to is part of theirs; one that stands alone is a record. Several nodes with one `@id`: of the same name they are one record and its further `part`s, of
 * different names (a page that lists several programmes) they are records `@id#name`.
 */
export function graphRecords(
  nodes: readonly PlacedNode[],
  context: unknown,
  profile: JsonLdProfile,
  mainId?: string,
): JsonLdRecord[] {
  const at: Graph = { profile, term: createTerms(context, profile), index: new Map() };
  const { term, index } = at;
  for (const { node } of nodes) {
    for (const key of keysOf(node, term, profile)) if (!index.has(key)) index.set(key, node);
  }
  const isRecord = (node: JsonNode) => typesOf(node, term).some(profile.isRecord);
  const main = mainId ? profile.key(mainId) : undefined;
  const referred = referredBlanks(nodes, at);
  const named = nodes.filter(
    ({ node }) =>
      !isBlank(node) ||
      (main && keysOf(node, term, profile).includes(main)) ||
      (isRecord(node) && !keysOf(node, term, profile).some((key) => referred.has(key))),
  );
  const chosen = named.filter(({ node }) => isRecord(node));
  const records: JsonLdRecord[] = [];
  const used = new Set<JsonNode>();
  const take = ({ node, path }: PlacedNode): void => {
    const raw: JsonLdRaw = { main: prune(node, at) };
    if (context !== undefined) raw.context = context;
    const { references, visited } = closure(node, at);
    for (const other of visited) used.add(other);
    if (Object.keys(references).length) raw.nodes = references;
    const identifier = identifierOf(node, at);
    records.push({ path, raw, ...(identifier ? { identifier } : {}) });
  };
  for (const placed of chosen) take(placed);
  // Blank nodes that only each other or an organisation refers to are part of no record: they are records, too.
  for (const placed of nodes) {
    if (isRecord(placed.node) && isBlank(placed.node) && !used.has(placed.node)) take(placed);
  }
  for (const { node, path } of named) {
    if (used.has(node) || isRecord(node) || !typesOf(node, term).some(profile.isOrganisation)) continue;
    const identifier = identifierOf(node, at);
    if (!identifier) continue;
    records.push({ path, identifier, raw: { main: prune(node, at), ...(context === undefined ? {} : { context }) } });
  }
  return separate(records, term);
}

interface Graph {
  profile: JsonLdProfile;
  term: (key: string) => string;
  index: Map<string, JsonNode>;
}

const isBlank = (node: JsonNode): boolean => asText(node['@id'] ?? node.id ?? '').startsWith('_:');

/** The keys of blank nodes that another node of the graph refers to, by whichever of their keys. */
function referredBlanks(nodes: readonly PlacedNode[], at: Graph): Set<string> {
  const referred = new Set<string>();
  const blanks = new Set(
    nodes.filter(({ node }) => isBlank(node)).flatMap(({ node }) => keysOf(node, at.term, at.profile)),
  );
  if (!blanks.size) return referred;
  for (const { node } of nodes) {
    const own = keysOf(node, at.term, at.profile);
    for (const { key } of referencesIn(node, at)) if (blanks.has(key) && !own.includes(key)) referred.add(key);
  }
  return referred;
}

/** The identifying property before the `@id`, both before the address of the page. */
function identifierOf(node: JsonNode, { term, profile }: Graph): string | undefined {
  const keys = keysOf(node, term, profile).filter((key) => !key.startsWith('_:'));
  const page = Object.entries(node).find(([key]) => profile.pages.includes(term(key)))?.[1];
  return keys[0] ?? (typeof page === 'string' && page ? page : undefined);
}

/** Takes records apart that share an identifier. */
function separate(records: JsonLdRecord[], term: (key: string) => string): JsonLdRecord[] {
  const groups = new Map<string, JsonLdRecord[]>();
  for (const record of records) {
    if (record.identifier === undefined) continue;
    groups.set(record.identifier, [...(groups.get(record.identifier) ?? []), record]);
  }
  const nameOf = ({ raw }: JsonLdRecord): string =>
    JSON.stringify(Object.entries(raw.main).find(([key]) => term(key) === 'name')?.[1] ?? '').replace(/^"|"$/g, '');
  for (const [identifier, group] of groups) {
    if (group.length === 1) continue;
    const names = new Set(group.map(nameOf));
    for (const name of names) {
      const same = group.filter((record) => nameOf(record) === name);
      const id = names.size > 1 ? `${identifier}#${name}` : identifier;
      // The fullest one is the record; the others are its parts, in an order that does not depend on the feed's.
      const sorted = same
        .map((record) => ({ record, text: JSON.stringify(record.raw.main) }))
        .sort((a, b) => b.text.length - a.text.length || (a.text < b.text ? -1 : 1));
      const times = new Map<string, number>();
      sorted.forEach(({ record, text }, i) => {
        record.identifier = id;
        const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
        times.set(hash, (times.get(hash) ?? 0) + 1);
        if (i > 0) record.part = `${hash}-${times.get(hash)}`;
      });
      const first = sorted[0]?.record;
      if (first && names.size > 1) {
        const what = `${names.size} records with different names have the identifier ${identifier}`;
        first.raw.notes = [problemOf('/main/@id', 'identifier-used-twice', what)];
      }
    }
  }
  // Main records before their parts.
  return [...records.filter((r) => r.part === undefined), ...records.filter((r) => r.part !== undefined)];
}

/** The nodes that a record refers to, directly or through others, in the order of reference. */
function closure(main: JsonNode, at: Graph) {
  const { index } = at;
  const references = bareRecord<Record<string, JsonNode>>();
  const visited = new Set<JsonNode>([main]);
  let wave: { node: JsonNode; hops: number }[] = [{ node: main, hops: 0 }];
  while (wave.length) {
    const next: typeof wave = [];
    for (const { node, hops } of wave) {
      for (const { key, stub } of referencesIn(node, at)) {
        const target = index.get(key);
        if (!target || visited.has(target) || Object.keys(references).length >= MAX_NODES) continue;
        visited.add(target);
        references[key] = stub ? identity(target, at) : prune(target, at);
        if (!stub && hops + 1 < MAX_HOPS) next.push({ node: target, hops: hops + 1 });
      }
    }
    wave = next;
  }
  return { references, visited };
}

function* referencesIn(value: unknown, at: Graph, stub = false): Generator<{ key: string; stub: boolean }> {
  if (typeof value === 'string') {
    if (value.length < 500 && /^(_:|https?:|urn:|ce-)/i.test(value)) yield { key: at.profile.key(value), stub };
  } else if (Array.isArray(value)) {
    for (const item of value) yield* referencesIn(item, at, stub);
  } else if (isNode(value)) {
    for (const [key, member] of Object.entries(value)) {
      if (key === '@type' || key === '@context') continue;
      yield* referencesIn(member, at, stub || at.profile.toOthers.has(at.term(key)));
    }
  }
}

const IDENTITY = new Set(['@id', '@type', 'id', 'type', 'name']);

/** What a reference to another record needs: who it is and where it stands. */
function identity(node: JsonNode, { profile, term }: Graph): JsonNode {
  const kept = (name: string) => IDENTITY.has(name) || name === profile.identifier || profile.pages.includes(name);
  return Object.fromEntries(Object.entries(node).filter(([key]) => kept(term(key))));
}

function prune(node: JsonNode, { profile, term }: Graph): JsonNode {
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    if (!isNode(value)) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !profile.leftOut.has(term(key)))
        .map(([key, member]) => [key, clean(member)]),
    );
  };
  return clean(node) as JsonNode;
}

import { createHash } from 'node:crypto';
import { found, type Problem } from '../../schema/index.ts';
import {
  createTerms,
  credentialKind,
  ctidOf,
  isNode,
  isOrganisation,
  type JsonNode,
  keysOf,
  referenceKey,
  typesOf,
} from './ctdl-terms.ts';

/** A record with all it needs to be read alone: its node, and the nodes it refers to, by reference key. */
export interface CtdlRaw {
  context?: unknown;
  main: JsonNode;
  nodes?: Record<string, JsonNode>;
  notes?: Problem[];
}

export interface CtdlRecord {
  identifier?: string;
  part?: string;
  /** Place of the main node in the document. */
  path: string;
  raw: CtdlRaw;
}

export interface PlacedNode {
  node: JsonNode;
  path: string;
}

const MAX_NODES = 500;
const MAX_HOPS = 4;
/** Properties that lead to other records of the catalogue: of those only name and identity are taken along. */
const TO_OTHERS = new Set(
  (
    'isPartOf hasPart isMemberOf hasMember isSimilarTo hasChild isChildOf isTopChildOf hasTopChild narrowAlignment broadAlignment ' +
    'exactAlignment owns offers accredits approves recognizes regulates renews revokes parentOrganization subOrganization department'
  ).split(' '),
);
/** Contact data and people are no part of a catalogue. */
const LEFT_OUT = new Set(
  'email telephone faxNumber contactPoint targetContactPoint contactType employee founder instructor image'.split(' '),
);

/**
 * Finds the records of one graph: the main node by its CTID (never by position), else every node that is a
 * credential, a learning opportunity, or an organisation that no record of the graph refers to. Blank nodes are
 * never records. Several nodes with one `@id`: of the same name they are one record and its further `part`s, of
 * different names (a page that lists several programmes) they are records `@id#name`.
 */
export function ctdlRecords(nodes: readonly PlacedNode[], context: unknown, mainId?: string): CtdlRecord[] {
  const term = createTerms(context);
  const index = new Map<string, JsonNode>();
  for (const { node } of nodes) {
    for (const key of keysOf(node, term)) if (!index.has(key)) index.set(key, node);
  }
  const isRecord = (node: JsonNode) => typesOf(node, term).some((type) => credentialKind(type));
  const main = mainId ? referenceKey(mainId) : undefined;
  const named = nodes.filter(({ node }) => !isBlank(node) || (main && keysOf(node, term).includes(main)));
  const chosen = named.filter(({ node }) => isRecord(node));
  const records: CtdlRecord[] = [];
  const used = new Set<JsonNode>();
  for (const { node, path } of chosen) {
    const raw: CtdlRaw = { main: prune(node, term) };
    if (context !== undefined) raw.context = context;
    const { references, visited } = closure(node, index, term);
    for (const other of visited) used.add(other);
    if (Object.keys(references).length) raw.nodes = references;
    const identifier = identifierOf(node, term);
    records.push({ path, raw, ...(identifier ? { identifier } : {}) });
  }
  for (const { node, path } of named) {
    if (used.has(node) || isRecord(node) || !typesOf(node, term).some(isOrganisation)) continue;
    const identifier = identifierOf(node, term);
    if (!identifier) continue;
    records.push({ path, identifier, raw: { main: prune(node, term), ...(context === undefined ? {} : { context }) } });
  }
  return separate(records, term);
}

const isBlank = (node: JsonNode): boolean => String(node['@id'] ?? node.id ?? '').startsWith('_:');

/** CTIDs are the same in any case, so they are kept in lower case; other identifiers stay to the letter. */
function identifierOf(node: JsonNode, term: (key: string) => string): string | undefined {
  const keys = keysOf(node, term).filter((key) => !key.startsWith('_:'));
  const page = Object.entries(node).find(([key]) => ['subjectWebpage', 'url'].includes(term(key)))?.[1];
  return keys.find((key) => ctidOf(key)) ?? keys[0] ?? (typeof page === 'string' && page ? page : undefined);
}

/** Takes records apart that share an identifier. */
function separate(records: CtdlRecord[], term: (key: string) => string): CtdlRecord[] {
  const groups = new Map<string, CtdlRecord[]>();
  for (const record of records) {
    if (record.identifier === undefined) continue;
    groups.set(record.identifier, [...(groups.get(record.identifier) ?? []), record]);
  }
  const nameOf = ({ raw }: CtdlRecord): string =>
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
        first.raw.notes = [
          {
            path: '/main/@id',
            rule: 'identifier-used-twice',
            severity: 'warning',
            found: found(`${names.size} records with different names have the identifier ${identifier}`),
            remedy: 'give every record an identifier of its own',
          },
        ];
      }
    }
  }
  // Main records before their parts.
  return [...records.filter((r) => r.part === undefined), ...records.filter((r) => r.part !== undefined)];
}

/** The nodes that a record refers to, directly or through others, in the order of reference. */
function closure(main: JsonNode, index: ReadonlyMap<string, JsonNode>, term: (key: string) => string) {
  const references: Record<string, JsonNode> = {};
  const visited = new Set<JsonNode>([main]);
  let wave: { node: JsonNode; hops: number }[] = [{ node: main, hops: 0 }];
  while (wave.length) {
    const next: typeof wave = [];
    for (const { node, hops } of wave) {
      for (const { key, stub } of referencesIn(node, term)) {
        const target = index.get(key);
        if (!target || visited.has(target) || Object.keys(references).length >= MAX_NODES) continue;
        visited.add(target);
        references[key] = stub ? identity(target, term) : prune(target, term);
        if (!stub && hops + 1 < MAX_HOPS) next.push({ node: target, hops: hops + 1 });
      }
    }
    wave = next;
  }
  return { references, visited };
}

function* referencesIn(
  value: unknown,
  term: (key: string) => string,
  stub = false,
): Generator<{ key: string; stub: boolean }> {
  if (typeof value === 'string') {
    if (value.length < 500 && /^(_:|https?:|urn:|ce-)/i.test(value)) yield { key: referenceKey(value), stub };
  } else if (Array.isArray(value)) {
    for (const item of value) yield* referencesIn(item, term, stub);
  } else if (isNode(value)) {
    for (const [key, member] of Object.entries(value)) {
      if (key === '@type' || key === '@context') continue;
      yield* referencesIn(member, term, stub || TO_OTHERS.has(term(key)));
    }
  }
}

const IDENTITY = new Set(['@id', '@type', 'id', 'type', 'ctid', 'name', 'subjectWebpage', 'url']);
const identity = (node: JsonNode, term: (key: string) => string): JsonNode =>
  Object.fromEntries(Object.entries(node).filter(([key]) => IDENTITY.has(term(key))));

function prune(node: JsonNode, term: (key: string) => string): JsonNode {
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    if (!isNode(value)) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !LEFT_OUT.has(term(key)))
        .map(([key, member]) => [key, clean(member)]),
    );
  };
  return clean(node) as JsonNode;
}

import { bareRecord, own, table } from '../../schema/index.ts';
import { maskContacts } from '../persons/mask-contacts.ts';
import { resolveUrl } from './html-data.ts';
import type { LinkedNode } from './html-microdata.ts';

const MAX_DEPTH = 60;
const SCHEMA = /^https?:\/\/(?:www\.)?schema\.org\/+/i;
const PREFIXES = table({
  schema: 'https://schema.org/',
  sdo: 'https://schema.org/',
  dct: 'http://purl.org/dc/terms/',
  dcterms: 'http://purl.org/dc/terms/',
});

/** The part of a JSON-LD context that matters for reading schema.org out of it. */
interface Context {
  /** Undefined as long as no context was seen: bare names are then taken for schema.org's. */
  schema?: boolean;
  prefixes: ReadonlyMap<string, string>;
  language?: string;
  /** Whether `type` and `id` stand for the keywords, as schema.org's own context has it. */
  keywords?: boolean;
}

/** A set of documents of one page, read into nodes with plain schema.org names and absolute ids. */
export interface LinkedGraph {
  roots: LinkedNode[];
  byId: Map<string, LinkedNode>;
  /** Place of each node in the page. */
  paths: Map<object, string>;
  /** Places below which nesting was too deep to be read. */
  tooDeep: string[];
}

export const createGraph = (): LinkedGraph => ({ roots: [], byId: new Map(), paths: new Map(), tooDeep: [] });

/** Names that schema.org's own context gives to JSON-LD's keywords. */
const KEYWORDS = table({ type: '@type', id: '@id' });

/**
 * Adds a document (JSON-LD, or what microdata and RDFa came to) to the graph. Not a JSON-LD processor: contexts are not
 * fetched (a harvester must not follow URLs that a page chooses), so only names of schema.org, its usual prefixes and
 * prefixes declared in the document are understood. Everything else keeps its name and is ignored by the mapping.
 */
export function addDocument(
  graph: LinkedGraph,
  document: unknown,
  place: string,
  base: string,
  syntax: 'json-ld' | 'html' = 'json-ld',
): void {
  const scope = place.replace(/[^a-z0-9]+/gi, '');
  const value = clean(document, { prefixes: PREFIXES, keywords: syntax === 'json-ld' }, place, 0);
  for (const root of Array.isArray(value) ? value.flat(2) : [value]) if (isNode(root)) graph.roots.push(root);

  function clean(input: unknown, context: Context, path: string, depth: number): unknown {
    // Before identifiers are made of names.
    if (typeof input === 'string') return maskContacts(input).text;
    if (input === null || typeof input !== 'object') return input ?? undefined;
    if (depth > MAX_DEPTH) {
      if (graph.tooDeep.length < 20) graph.tooDeep.push(path.slice(0, 200));
      return undefined;
    }
    if (Array.isArray(input)) {
      return input.flatMap((item, i) => clean(item, context, `${path}/${i}`, depth + 1) ?? []);
    }
    const entries = Object.entries(input).map(([key, item]) => [key.trim(), item] as const);
    const declared = entries.find(([key]) => key === '@context');
    const inner = declared ? readContext(declared[1], context) : context;
    const out = bareRecord<LinkedNode>();
    for (const [key, item] of entries) {
      if (key === '@context') continue;
      const name = propertyName(key, inner);
      const at = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (name === '@type') {
        const types = (Array.isArray(item) ? item : [item]).filter((type) => typeof type === 'string');
        out['@type'] = [...new Set([...(out['@type'] ?? []), ...types.map((type) => typeName(type, inner))])];
      } else if (name === '@id') {
        if (typeof item === 'string' && item.trim()) out['@id'] = resolveId(item.trim());
      } else {
        const cleaned = clean(item, inner, at, depth + 1);
        if (cleaned === undefined) continue;
        const old = own(out, name);
        out[name] = old === undefined ? cleaned : [old, cleaned].flat();
      }
    }
    if ('@value' in out) {
      const language = out['@language'] ?? inner.language;
      return typeof language === 'string' ? { '@value': out['@value'], '@language': language } : out['@value'];
    }
    if ('@list' in out || '@set' in out) return out['@list'] ?? out['@set'];
    graph.paths.set(out, path);
    register(out);
    return out;
  }

  function resolveId(id: string): string {
    if (id.startsWith('_:')) return syntax === 'html' ? id : `_:${scope}-${id.slice(2)}`;
    const colon = id.indexOf(':');
    const prefix = colon > 0 ? PREFIXES.get(id.slice(0, colon)) : undefined;
    if (prefix) return prefix + id.slice(colon + 1);
    return resolveUrl(id, base) ?? id;
  }

  function register(node: LinkedNode): void {
    const id = node['@id'];
    if (!id || Object.keys(node).every((key) => key === '@id' || key === '@type')) return;
    const known = graph.byId.get(id);
    if (!known) graph.byId.set(id, node);
    else if (known !== node) {
      // The same node described in two places: what the first does not say, the second adds.
      for (const [key, value] of Object.entries(node)) if (!Object.hasOwn(known, key)) known[key] = value;
    }
  }
}

function readContext(input: unknown, outer: Context): Context {
  const parts = Array.isArray(input) ? input : [input];
  const prefixes = new Map(outer.prefixes);
  let schema: boolean | undefined;
  let language = outer.language;
  for (const part of parts) {
    if (typeof part === 'string') schema = schema || SCHEMA.test(`${part.trim()}/`);
    else if (part && typeof part === 'object') {
      for (const [key, value] of Object.entries(part)) {
        if (key === '@vocab' && typeof value === 'string') schema = schema || SCHEMA.test(`${value}/`);
        else if (key === '@language' && typeof value === 'string') language = value;
        else if (typeof value === 'string' && /^https?:\/\/.*[/#]$/.test(value)) prefixes.set(key, value);
      }
      schema ??= false;
    }
  }
  return { schema: schema ?? false, prefixes, keywords: outer.keywords ?? true, ...(language ? { language } : {}) };
}

function expandPrefix(name: string, context: Context): string {
  const colon = name.indexOf(':');
  const prefix = colon > 0 ? name.slice(0, colon) : '';
  const iri = context.prefixes.get(prefix);
  return iri ? iri + name.slice(colon + 1) : name;
}

function propertyName(key: string, context: Context): string {
  const keyword = context.keywords && context.schema ? KEYWORDS.get(key) : undefined;
  return keyword ?? expandPrefix(key, context).replace(SCHEMA, '');
}

/** `Course` for schema.org's type however it is written; names of other vocabularies are marked so as not to be mistaken. */
function typeName(type: string, context: Context): string {
  const full = expandPrefix(type.trim(), context);
  if (SCHEMA.test(full)) return full.replace(SCHEMA, '');
  if (/[:/]/.test(full) || context.schema !== false) return full;
  return `other:${full}`;
}

export const isNode = (value: unknown): value is LinkedNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('@value' in value);

/** The node itself, or the one that its `@id` refers to. */
export const resolve = (graph: LinkedGraph, node: LinkedNode): LinkedNode =>
  (node['@id'] ? graph.byId.get(node['@id']) : undefined) ?? node;

/** Values of a property as a list. */
export const list = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

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

/** Turns `@reverse` into the statements it stands for: on the other node, about this one. */
export function applyReverse(graph: LinkedGraph): void {
  for (const { node } of [...occurrences(graph)]) {
    const reverse = node['@reverse'];
    if (!isNode(reverse)) continue;
    delete node['@reverse'];
    for (const [property, value] of Object.entries(reverse)) {
      for (const other of list(value)) {
        if (!isNode(other)) continue;
        const subject = resolve(graph, other);
        subject[property] = [...list(own(subject, property)), node['@id'] ? { '@id': node['@id'] } : node];
        if (!graph.roots.includes(subject)) graph.roots.push(subject);
        if (node['@id']) graph.byId.set(node['@id'], node);
      }
    }
  }
}

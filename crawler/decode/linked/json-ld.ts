import { bareRecord, own, table } from '../../../schema/index.ts';
import { maskContacts } from '../../persons/mask-contacts.ts';
import { problemOf } from '../../problems/notes.ts';
import { pointerStep } from '../../record/pointer.ts';
import { isEscapedAddress, resolveUrl } from './addresses.ts';
import { Context, OTHER } from './context.ts';
import type { LinkedGraph } from './graph.ts';
import { LIMITS } from './limits.ts';
import { isNode, type LinkedNode, list } from './node.ts';
import { SCHEMA_ORG } from './schema-org.ts';

/** Names that schema.org's own context gives to JSON-LD's keywords. */
const KEYWORDS = table({ type: '@type', id: '@id' });

/**
 * Reads documents of one page (JSON-LD, or what microdata and RDFa came to) into a graph of nodes with plain schema.org names and
 * absolute ids: compact and expanded forms, `@graph`, `@list`, `@set`, nested nodes. Not a JSON-LD processor: what stands in no
 * known vocabulary keeps its name and is ignored by the mapping. `base`: what relative ids are relative to.
 */
export function documentReader(
  graph: LinkedGraph,
  base: string,
  syntax: 'json-ld' | 'html' = 'json-ld',
): (document: unknown, place: string) => void {
  const told = new Set<string>();
  let place = '';
  let scope = '';
  const tell = (rule: 'vocabulary-respelled' | 'escaped-address', address: string): void => {
    if (told.has(address) || told.size >= LIMITS.told) return;
    told.add(address);
    graph.notes.push(problemOf(place, rule, address));
  };
  const first = new Context(SCHEMA_ORG, {
    prefixes: new Map(),
    aliases: new Map(),
    // The names of a vocabulary all have its spelling.
    onRespelled: (address) => tell('vocabulary-respelled', address.replace(/(\borg).*$/is, '$1')),
  });
  /** Most documents declare the same. */
  const contexts = new Map<string, Context>();
  const declare = (declared: unknown, outer: Context): Context => {
    if (typeof declared !== 'string' || outer !== first) return outer.with(declared);
    const known = contexts.get(declared) ?? outer.with(declared);
    if (contexts.size < LIMITS.told) contexts.set(declared, known);
    return known;
  };

  function clean(input: unknown, context: Context, declared: unknown, path: string, depth: number): unknown {
    // Before identifiers are made of names.
    if (typeof input === 'string') return maskContacts(input).text;
    if (input === null || typeof input !== 'object') return input ?? undefined;
    if (depth > LIMITS.depth) {
      if (graph.tooDeep.length < LIMITS.told) graph.tooDeep.push(path.slice(0, 200));
      return undefined;
    }
    if (Array.isArray(input)) {
      return input.flatMap((item, i) => clean(item, context, declared, `${path}/${i}`, depth + 1) ?? []);
    }
    const entries = Object.entries(input).map(([key, item]) => [key.trim(), item] as const);
    const declaring = entries.find(([key]) => key === '@context');
    const inner = declaring ? declare(declaring[1], context) : context;
    const said = declaring ? declaring[1] : declared;
    const keywords = syntax === 'json-ld' && inner.declared.ours;
    const out = bareRecord<LinkedNode>();
    for (const [key, item] of entries) {
      if (key === '@context') continue;
      const name = (keywords ? KEYWORDS.get(key) : undefined) ?? inner.name(key);
      if (name === '@type') {
        const types = list(item).flatMap((type) => (typeof type === 'string' ? [inner.type(type)] : []));
        out['@type'] = [...new Set([...(out['@type'] ?? []), ...types])];
        tellForeign(types, path, said);
      } else if (name === '@id') {
        if (typeof item === 'string' && item.trim()) out['@id'] = resolveId(item.trim());
      } else {
        const cleaned = clean(item, inner, said, `${path}/${pointerStep(key)}`, depth + 1);
        if (cleaned === undefined) continue;
        const old = own(out, name);
        out[name] = old === undefined ? cleaned : [old, cleaned].flat();
      }
    }
    if ('@value' in out) {
      const language = out['@language'] ?? inner.declared.language;
      return typeof language === 'string' ? { '@value': out['@value'], '@language': language } : out['@value'];
    }
    if ('@list' in out || '@set' in out) return out['@list'] ?? out['@set'];
    graph.places.set(out, path);
    register(out);
    return out;
  }

  /** What may have been meant as schema.org, and is not read because its address cannot be made out. */
  function tellForeign(types: readonly string[], path: string, context: unknown): void {
    for (const type of types) {
      if (!type.startsWith(OTHER) || graph.foreign.length >= LIMITS.told) continue;
      if (/sc?he?ma/i.test(JSON.stringify(context).slice(0, 500))) {
        graph.foreign.push({ type: type.slice(OTHER.length), place: path, context });
      }
    }
  }

  function resolveId(id: string): string {
    if (id.startsWith('_:')) return syntax === 'html' ? id : `_:${scope}-${id.slice(2)}`;
    const colon = id.indexOf(':');
    const prefix = colon > 0 ? SCHEMA_ORG.usual?.get(id.slice(0, colon)) : undefined;
    if (prefix) return prefix + id.slice(colon + 1);
    if (isEscapedAddress(id)) tell('escaped-address', id);
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

  return (document, where) => {
    place = where;
    scope = where.replace(/[^a-z0-9]+/gi, '');
    const value = clean(document, first, undefined, where, 0);
    for (const root of Array.isArray(value) ? value.flat(2) : [value]) if (isNode(root)) graph.roots.push(root);
  };
}

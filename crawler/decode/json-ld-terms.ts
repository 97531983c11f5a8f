/** A JSON object of a JSON-LD document. */
export type JsonNode = Record<string, unknown>;

export const isNode = (value: unknown): value is JsonNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asList = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** What a format that reads JSON-LD by local names says of its vocabularies. */
export interface JsonLdProfile {
  /** Prefixes in use; within one node the local names of these vocabularies must not clash. */
  prefixes: ReadonlySet<string>;
  /** Where the vocabularies stand, without scheme. */
  bases: readonly string[];
  /** A property that identifies a node beside its `@id`, by local name. */
  identifier: string;
  /** Properties that hold the address of a node's page, by local name. */
  pages: readonly string[];
  /** The form under which references to a node meet. */
  key(reference: string): string;
  /** Types, by local name, that are records of the catalogue. */
  isRecord(type: string): boolean;
  isOrganisation(type: string): boolean;
  /** Properties that lead to other records: of those only name and identity are taken along. */
  toOthers: ReadonlySet<string>;
  /** Properties that are never kept. */
  leftOut: ReadonlySet<string>;
}

/**
 * Local names of the keys and types of one document: `ceterms:name`, `https://purl.org/ctdl/terms/name`,
 * `http://credreg.net/ctdl/terms/name` and a bare `name` under a context are all `name`. Prefixes and aliases that an
 * inline `@context` defines are followed; remote contexts are never fetched.
 */
export function createTerms(context: unknown, { prefixes: known, bases }: JsonLdProfile): (key: string) => string {
  const prefixes = new Set(known);
  const aliases = new Map<string, string>();
  for (const part of asList(context)) {
    if (!isNode(part)) continue;
    for (const [term, meaning] of Object.entries(part)) {
      const iri = isNode(meaning) ? meaning['@id'] : meaning;
      if (typeof iri !== 'string' || term.startsWith('@')) continue;
      if (bases.some((base) => withoutScheme(iri) === base)) prefixes.add(term);
      else if (iri.includes(':')) aliases.set(term, iri);
    }
  }
  const local = (key: string, depth: number): string => {
    if (/^https?:\/\//i.test(key)) {
      const bare = withoutScheme(key);
      const base = bases.find((b) => bare.startsWith(b));
      return base ? bare.slice(base.length) : key;
    }
    const colon = key.indexOf(':');
    if (colon > 0) return prefixes.has(key.slice(0, colon)) ? key.slice(colon + 1) : key;
    const alias = depth > 0 ? aliases.get(key) : undefined;
    if (alias === '@type' || alias === '@id') return alias;
    const meant = alias ? local(alias, depth - 1) : key;
    // A term that means something outside these vocabularies is not to be mistaken for one of ours.
    return /^https?:/.test(meant) ? key : meant;
  };
  return (key) => local(key, 3);
}

const withoutScheme = (iri: string): string => iri.replace(/^https?:\/\//i, '');

/** The `@type`s of a node as local names. */
export const typesOf = (node: JsonNode, term: (key: string) => string): string[] =>
  asList(node['@type'] ?? node.type)
    .filter((type) => typeof type === 'string')
    .map(term);

/** The keys a node answers to: its identifying property and its `@id`. */
export function keysOf(node: JsonNode, term: (key: string) => string, profile: JsonLdProfile): string[] {
  const id = node['@id'] ?? node.id;
  const own = asList(Object.entries(node).find(([key]) => term(key) === profile.identifier)?.[1])[0];
  return [isNode(own) ? own['@value'] : own, id]
    .filter((key) => typeof key === 'string' && key.trim() !== '')
    .map((key) => profile.key(key as string));
}

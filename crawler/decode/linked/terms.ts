import { isObject } from '../../../schema/index.ts';
import { Context, type Vocabulary } from './context.ts';
import { type JsonNode, list } from './node.ts';

/** What a format that reads JSON-LD by local names says of its vocabularies. */
export interface JsonLdProfile extends Vocabulary {
  /** Prefixes in use; within one node the local names of these vocabularies must not clash. */
  prefixes: ReadonlySet<string>;
  /** Where the vocabularies stand, without scheme. */
  bases: readonly string[];
  /** A property that identifies a node beside its `@id`, by local name. */
  identifier: string;
  /** Properties that hold the address of a node's page, by local name. */
  pages: readonly string[];
  /** Properties that hold a code under which the publisher knows the node, by local name. */
  codes?: readonly string[];
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
 * `http://credreg.net/ctdl/terms/name` and a bare `name` under a context are all `name`.
 */
export function createTerms(context: unknown, vocabulary: Vocabulary): Term {
  const names = new Context(vocabulary).with(context);
  return (key) => names.name(key);
}

type Term = (key: string) => string;

/** What stands for a keyword of JSON-LD in a node, under whatever alias. */
const keyword = (node: JsonNode, name: '@id' | '@type', term: Term): unknown =>
  node[name] ?? node[name.slice(1)] ?? Object.entries(node).find(([key]) => term(key) === name)?.[1];

/** The `@type`s of a node as local names. */
export const typesOf = (node: JsonNode, term: Term): string[] =>
  list(keyword(node, '@type', term))
    .filter((type) => typeof type === 'string')
    .map(term);

/** The `@id` of a node. */
export function idOf(node: JsonNode, term: Term): string | undefined {
  const id = keyword(node, '@id', term);
  return typeof id === 'string' && id.trim() !== '' ? id : undefined;
}

/** The texts and numbers at a property, by local name; what is tagged or refers to something without its wrapping. */
export function scalarsAt(node: JsonNode, name: string, term: Term): string[] {
  return Object.entries(node).flatMap(([key, value]) =>
    term(key) !== name
      ? []
      : list(value).flatMap((one) => {
          const bare = isObject(one) ? (one['@value'] ?? one['@id']) : one;
          return (typeof bare === 'string' && bare.trim()) || typeof bare === 'number' ? [String(bare)] : [];
        }),
  );
}

/** The keys a node answers to: its identifying property and its `@id`. */
export function keysOf(node: JsonNode, term: Term, profile: JsonLdProfile): string[] {
  const id = idOf(node, term);
  const own = list(Object.entries(node).find(([key]) => term(key) === profile.identifier)?.[1])[0];
  return [isObject(own) ? own['@value'] : own, id]
    .filter((key) => typeof key === 'string' && key.trim() !== '')
    .map((key) => profile.key(key as string));
}

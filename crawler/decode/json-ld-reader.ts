import { type LangString, own } from '../../schema/index.ts';
import { langStrings } from '../../schema/parse/text.ts';
import type { JsonLdRaw } from './json-ld-graph.ts';
import { createTerms, isNode, type JsonLdProfile, type JsonNode, typesOf } from './json-ld-terms.ts';

/** A value with its JSON Pointer inside the raw record. */
export interface At<T> {
  value: T;
  path: string;
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
const NOT_LANGUAGE_MAP = new Set(['@id', '@type']);

/** Walks one raw record: properties by local name, references resolved, compact and expanded JSON-LD alike. */
export function createReader(raw: JsonLdRaw, language: string | undefined, profile: JsonLdProfile) {
  const term = createTerms(raw.context, profile);
  const nodes = raw.nodes ?? {};

  /** The members of a property, one by one, whatever its key is called. */
  function values(at: At<JsonNode> | undefined, ...names: string[]): At<unknown>[] {
    if (!at) return [];
    const out: At<unknown>[] = [];
    for (const name of names) {
      for (const [key, member] of Object.entries(at.value)) {
        if (term(key) !== name) continue;
        const path = `${at.path}/${escaped(key)}`;
        const list = isNode(member) && Array.isArray(member['@list']) ? member['@list'] : member;
        if (Array.isArray(list)) out.push(...list.map((value, i) => ({ value, path: `${path}/${i}` })));
        else if (list !== undefined && list !== null) out.push({ value: list, path });
      }
    }
    return out;
  }

  function resolve(at: At<unknown>): At<JsonNode> | undefined {
    const { value } = at;
    const reference = referenceIn(value);
    if (reference === undefined) return isNode(value) ? (at as At<JsonNode>) : undefined;
    const key = profile.key(reference);
    const target = own(nodes, key);
    return target && { value: target, path: `/nodes/${escaped(key)}` };
  }

  /** The objects that a property holds or refers to; `missing` hears of references that lead nowhere. */
  function objects(at: At<JsonNode> | undefined, names: string[], missing?: (at: At<string>) => void): At<JsonNode>[] {
    return values(at, ...names).flatMap((item) => {
      const node = resolve(item);
      if (node) return [node];
      const reference = referenceIn(item.value);
      if (reference !== undefined) missing?.({ value: reference, path: item.path });
      return [];
    });
  }

  function scalar(at: At<JsonNode> | undefined, ...names: string[]): At<string | number | boolean> | undefined {
    for (const { value, path } of values(at, ...names)) {
      const bare = isNode(value) ? (value['@value'] ?? value['@id']) : value;
      if (typeof bare === 'string' ? bare.trim() : typeof bare === 'number' || typeof bare === 'boolean') {
        return { value: typeof bare === 'string' ? bare.trim() : bare, path } as At<string | number | boolean>;
      }
    }
    return undefined;
  }

  function text(at: At<JsonNode> | undefined, ...names: string[]): At<LangString[]> | undefined {
    const found = values(at, ...names).filter(({ value }) => typeof value === 'string' || isTextNode(value));
    const strings = langStrings(
      found.map(({ value }) => value),
      language,
    );
    return found[0] && strings.length ? { value: strings, path: found[0].path } : undefined;
  }

  /** The local names of all members of a node, each once. */
  const names = (at: At<JsonNode>): string[] => [...new Set(Object.keys(at.value).map(term))];

  return { names, values, objects, scalar, text, types: (at: At<JsonNode>) => typesOf(at.value, term) };
}

const isTextNode = (value: unknown): boolean =>
  isNode(value) && !Object.keys(value).some((key) => NOT_LANGUAGE_MAP.has(key));

/** A string, or an object that is nothing but an `@id`. */
function referenceIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isNode(value)) return undefined;
  const id = value['@id'] ?? value.id;
  return typeof id === 'string' && Object.keys(value).length === 1 ? id : undefined;
}

export type JsonLdReader = ReturnType<typeof createReader>;

import { isObject, own } from '../../schema/index.ts';
import { langStrings } from '../../schema/parse/text.ts';
import { pointerStep } from './pointer.ts';
import type { Placed, Syntax } from './spot.ts';

/** What walking linked data needs of the vocabularies and of the record. */
export interface LinkedOptions {
  /** The local name of a key: `ceterms:name` and `https://purl.org/ctdl/terms/name` are `name`. */
  term?: (key: string) => string;
  /** The nodes that the record refers to, by the key of the reference. */
  nodes?: Readonly<Record<string, unknown>>;
  /** The key under which references to a node meet; as it stands unless told. */
  key?: (reference: string) => string;
  /** Where the raw record stands among those of one identifier (`/parts/0`); nowhere unless told. */
  place?: string;
}

/** Types are terms, too: they are given by local name. */
const TYPES = new Set(['@type', 'type']);

/**
 * Linked data (JSON-LD, microdata, RDFa, CTDL graphs): properties by local name, however their keys are written; values are opened
 * out of lists, `@list` and `@set`; references lead to `/nodes/<key>`. Places are JSON Pointers into the raw record.
 */
export function linkedSyntax({
  term = (key) => key,
  nodes = {},
  key = (reference) => reference,
  place: record = '',
}: LinkedOptions = {}): Syntax {
  // Several keys may be one name; which, is looked for once a node.
  const indexes = new WeakMap<object, Map<string, string[]>>();
  const indexOf = (node: object): Map<string, string[]> => {
    let index = indexes.get(node);
    if (!index) {
      index = new Map();
      for (const member of Object.keys(node)) {
        const name = term(member);
        const same = index.get(name);
        if (same) same.push(member);
        else index.set(name, [member]);
      }
      indexes.set(node, index);
    }
    return index;
  };
  const values = ({ value, path }: Placed, name: string): Placed[] => {
    const node: unknown = Array.isArray(value) ? value.find(isObject) : value;
    const members = isObject(node) ? indexOf(node).get(name) : undefined;
    if (!isObject(node) || !members) return [];
    const said = (one: unknown): unknown => (TYPES.has(name) && typeof one === 'string' ? term(one) : one);
    return members.flatMap((member): Placed[] => {
      const held = node[member];
      if (held === undefined || held === null) return [];
      const place = `${path}/${pointerStep(member)}`;
      return opened(held, place).map((one) => ({ ...one, value: said(one.value) }));
    });
  };
  return {
    values,
    member(at, name) {
      const all = values(at, name);
      const [first] = all;
      if (!first) return { value: undefined, path: `${at.path}/${pointerStep(name)}` };
      return all.length === 1 ? first : { value: all.map(({ value }) => value), path: first.path };
    },
    names: (value) => (isObject(value) ? [...indexOf(value).keys()] : []),
    texts: (value, language) =>
      langStrings(
        (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string' || isTagged(one)),
        language,
      ),
    scalar(value) {
      const one: unknown = Array.isArray(value) ? value[0] : value;
      const bare = isObject(one) ? (one['@value'] ?? one['@id']) : one;
      return typeof bare === 'string' || typeof bare === 'number' || typeof bare === 'boolean' ? bare : undefined;
    },
    node({ value, path }) {
      const one: unknown = Array.isArray(value) ? value[0] : value;
      const reference = referenceIn(one);
      if (reference === undefined) return isObject(one) && !('@value' in one) ? { value: one, path } : undefined;
      const target = own(nodes, key(reference));
      if (target !== undefined) return { value: target, path: `${record}/nodes/${pointerStep(key(reference))}` };
      // A node that nobody describes still has its address.
      return undefined;
    },
  };
}

/** The values of a list, an `@list` or an `@set`, one by one with the place of each. */
function opened(value: unknown, path: string): Placed[] {
  if (Array.isArray(value)) return value.flatMap((item, n) => opened(item, `${path}/${n}`));
  if (isObject(value)) {
    for (const list of ['@list', '@set']) if (list in value) return opened(value[list], `${path}/${list}`);
  }
  return [{ value, path }];
}

/** A text with its language, or a language map: an object without the marks of a node. */
const isTagged = (value: unknown): boolean =>
  isObject(value) && !('@id' in value) && (!('@type' in value) || '@value' in value);

/** What a value refers to: a text, or an object that is nothing but an `@id`. */
export function referenceIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isObject(value)) return undefined;
  const id = value['@id'] ?? value.id;
  return typeof id === 'string' && Object.keys(value).length === 1 ? id : undefined;
}

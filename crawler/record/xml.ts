import type { LangString } from '../../schema/index.ts';
import { isFiller, langStrings, plainText } from '../../schema/parse/text.ts';
import type { XmlElement } from '../decode/xml-element.ts';
import type { Placed, Syntax } from './spot.ts';

/**
 * XML: children by local name (namespaces and prefixes differ between the feeds of one format), attributes as `@name`. Places are
 * XPaths without prefixes: `/course/presentation[2]/start`, `/course/presentation/start/@dtf`.
 */
export const xmlSyntax: Syntax = {
  member(at, name) {
    const element = oneOf(at.value);
    const path = `${at.path}/${name}`;
    if (!element) return { value: undefined, path };
    if (name.startsWith('@')) return { value: attributeOf(element, name.slice(1)), path };
    const same = childrenOf(element, name);
    const [first] = same;
    if (!first) return { value: undefined, path };
    return same.length === 1 ? placed(first, path) : { ...placed(first, `${path}[1]`), value: same };
  },
  speaking(value) {
    const element = oneOf(value);
    if (!element) return [];
    const names = new Set<string>();
    for (const child of element.children ?? []) if (!names.has(child.name) && !isSilent(child)) names.add(child.name);
    for (const [name, text] of Object.entries(element.attributes ?? {})) if (!isFiller(text)) names.add(`@${name}`);
    return [...names];
  },
  values({ value, path }: Placed, name): Placed[] {
    const element = oneOf(value);
    if (!element) return [];
    if (name.startsWith('@')) {
      const attribute = attributeOf(element, name.slice(1));
      return attribute === undefined ? [] : [{ value: attribute, path: `${path}/${name}` }];
    }
    const same = childrenOf(element, name);
    if (same.length === 0) return [];
    if (same.length === 1) return [placed(same[0] as XmlElement, `${path}/${name}`)];
    return same.map((child, n) => placed(child, `${path}/${name}[${n + 1}]`));
  },
  names(value) {
    const element = oneOf(value);
    if (!element) return [];
    const { children, attributes } = element;
    if (!children && !attributes) return NO_NAMES;
    const names = new Set<string>();
    for (const { name } of children ?? []) names.add(name);
    for (const name of attributes ? Object.keys(attributes) : []) names.add(`@${name}`);
    return [...names];
  },
  texts: (value, language): LangString[] =>
    (Array.isArray(value) ? value : [value]).flatMap((one): LangString[] =>
      typeof one === 'string'
        ? langStrings(one, language)
        : isElement(one) && one.text
          ? langStrings(one.language ? { '@value': one.text, '@language': one.language } : one.text, language)
          : [],
    ),
  scalar: (value) => (typeof value === 'string' ? value : wordsOf(oneOf(value)?.text)),
  node: (at) => (oneOf(at.value) ? at : undefined),
  silent(value) {
    if (value === undefined || value === null) return true;
    if (typeof value === 'string') return isFiller(value);
    if (Array.isArray(value)) return value.every((one) => xmlSyntax.silent?.(one) === true);
    return !isElement(value) || isSilent(value);
  },
  shown: (value) => (Array.isArray(value) ? value.map(shownOf).join('; ') : shownOf(value)),
};

const shownOf = (value: unknown): unknown =>
  isElement(value)
    ? value.text ||
      Object.values(value.attributes ?? {}).join('; ') ||
      value.children?.map(shownOf).filter(Boolean).join(', ')
    : value;

const placed = (element: XmlElement, path: string): Placed =>
  element.language === undefined ? { value: element, path } : { value: element, path, language: element.language };

const isSilent = ({ children, attributes, text }: XmlElement): boolean =>
  !children?.length && attributes === undefined && (!text || isFiller(text));

const isElement = (value: unknown): value is XmlElement =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';

const oneOf = (value: unknown): XmlElement | undefined => {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return isElement(one) ? one : undefined;
};

const attributeOf = ({ attributes }: XmlElement, name: string): string | undefined =>
  attributes && Object.hasOwn(attributes, name) ? attributes[name] : undefined;

/** Markup and entities inside a text are read, except in an address: its escapes are told where it is read. */
const wordsOf = (text: string | undefined): string | undefined =>
  text !== undefined && /[<&]/.test(text) && !/^https?:\/\/\S+$/i.test(text) ? plainText(text) : text;

const WIDE = 100;
const NONE: readonly XmlElement[] = [];
const NO_NAMES: readonly string[] = [];
const indexes = new WeakMap<XmlElement, Map<string, XmlElement[]>>();

/** The children of a name; of an element with very many of them from an index, or walking it would be quadratic. */
function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  const { children } = element;
  if (!children) return NONE;
  if (children.length < WIDE) {
    let found: XmlElement[] | undefined;
    for (const child of children)
      if (child.name === name) {
        if (found) found.push(child);
        else found = [child];
      }
    return found ?? NONE;
  }
  let index = indexes.get(element);
  if (!index) {
    index = Map.groupBy(children, (child) => child.name);
    indexes.set(element, index);
  }
  return index.get(name) ?? NONE;
}

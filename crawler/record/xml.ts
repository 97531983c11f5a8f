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
    const all = xmlSyntax.values(at, name);
    const [first] = all;
    if (!first) return { value: undefined, path: `${at.path}/${name}` };
    return all.length === 1 ? first : { ...first, value: all.map(({ value }) => value) };
  },
  values({ value, path }: Placed, name): Placed[] {
    const element = oneOf(value);
    if (!element) return [];
    if (name.startsWith('@')) {
      const attribute = attributeOf(element, name.slice(1));
      return attribute === undefined ? [] : [{ value: attribute, path: `${path}/${name}` }];
    }
    const same = childrenOf(element, name);
    return same.map((child, n) => ({
      value: child,
      path: `${path}/${name}${same.length > 1 ? `[${n + 1}]` : ''}`,
      ...(child.language === undefined ? {} : { language: child.language }),
    }));
  },
  names(value) {
    const element = oneOf(value);
    if (!element) return [];
    const attributes = Object.keys(element.attributes ?? {}).map((name) => `@${name}`);
    return [...new Set([...(element.children ?? []).map(({ name }) => name), ...attributes])];
  },
  texts: (value, language): LangString[] =>
    (Array.isArray(value) ? value : [value]).flatMap((one): LangString[] =>
      typeof one === 'string'
        ? langStrings(one, language)
        : isElement(one)
          ? langStrings({ '@value': one.text ?? '', '@language': one.language ?? '' }, language)
          : [],
    ),
  scalar: (value) => (typeof value === 'string' ? value : wordsOf(oneOf(value)?.text)),
  node: (at) => (oneOf(at.value) ? at : undefined),
  silent(value) {
    if (value === undefined || value === null) return true;
    if (typeof value === 'string') return isFiller(value);
    if (Array.isArray(value)) return value.every((one) => xmlSyntax.silent?.(one) === true);
    if (!isElement(value)) return true;
    return !value.children?.length && value.attributes === undefined && (!value.text || isFiller(value.text));
  },
  shown: (value) => (Array.isArray(value) ? value.map(shownOf).join('; ') : shownOf(value)),
};

const shownOf = (value: unknown): unknown =>
  isElement(value)
    ? value.text ||
      Object.values(value.attributes ?? {}).join('; ') ||
      value.children?.map(shownOf).filter(Boolean).join(', ')
    : value;

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
const indexes = new WeakMap<XmlElement, Map<string, XmlElement[]>>();

/** The children of a name; of an element with very many of them from an index, or walking it would be quadratic. */
function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  const { children = [] } = element;
  if (children.length < WIDE) return children.filter((child) => child.name === name);
  let index = indexes.get(element);
  if (!index) {
    index = Map.groupBy(children, (child) => child.name);
    indexes.set(element, index);
  }
  return index.get(name) ?? [];
}

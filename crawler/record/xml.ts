import type { LangString } from '../../schema/index.ts';
import { langStrings } from '../../schema/parse/text.ts';
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
      const attribute =
        element.attributes && Object.hasOwn(element.attributes, name.slice(1))
          ? element.attributes[name.slice(1)]
          : undefined;
      return attribute === undefined ? [] : [{ value: attribute, path: `${path}/${name}` }];
    }
    const same = element.children?.filter((child) => child.name === name) ?? [];
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
  scalar: (value) => (typeof value === 'string' ? value : oneOf(value)?.text),
  node: (at) => (oneOf(at.value) ? at : undefined),
};

const isElement = (value: unknown): value is XmlElement =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';

const oneOf = (value: unknown): XmlElement | undefined => {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return isElement(one) ? one : undefined;
};

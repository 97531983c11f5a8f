/** One element. `name` is the local name; text is without markup, XHTML inside is flattened with block breaks. */
export interface XmlElement {
  name: string;
  /** Namespace URI; absent when there is none. */
  namespace?: string;
  /** By local name; `xsi:type` and the like keep their usual prefix. Namespace declarations are left out. */
  attributes?: Record<string, string>;
  /** The effective `xml:lang`, own or inherited. */
  language?: string;
  text?: string;
  children?: XmlElement[];
}

const PICTURES = new Set(['image', 'logo']);

/** A copy without pictures. */
export function withoutPictures(element: XmlElement): XmlElement {
  const children = element.children
    ?.filter((child) => !PICTURES.has(child.name.toLowerCase()))
    .map((child) => withoutPictures(child));
  return { ...element, ...(children ? { children } : {}) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** No document is read deeper than this. */
const DEEPEST = 1000;

/** A stored tree as an element, with what has not the shape of one left out: `normalise` may not stumble over it. */
export function toElement(value: unknown, depth = 0): XmlElement | undefined {
  if (!isRecord(value) || typeof value.name !== 'string' || depth > DEEPEST) return undefined;
  const element: XmlElement = { name: value.name };
  if (typeof value.namespace === 'string') element.namespace = value.namespace;
  if (typeof value.language === 'string') element.language = value.language;
  if (typeof value.text === 'string') element.text = value.text;
  if (isRecord(value.attributes)) {
    const texts = Object.entries(value.attributes).filter((e): e is [string, string] => typeof e[1] === 'string');
    element.attributes = Object.fromEntries(texts);
  }
  if (Array.isArray(value.children)) {
    element.children = value.children.flatMap((child) => toElement(child, depth + 1) ?? []);
  }
  return element;
}

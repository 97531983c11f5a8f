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

/** The same without pictures; a copy only where there was one. */
export function withoutPictures(element: XmlElement): XmlElement {
  const { children = [] } = element;
  let kept: XmlElement[] | undefined;
  for (const [n, child] of children.entries()) {
    const left = PICTURES.has(child.name.toLowerCase()) ? undefined : withoutPictures(child);
    if (left !== child) kept ??= children.slice(0, n);
    if (kept && left) kept.push(left);
  }
  return kept ? { ...element, children: kept } : element;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** No document is read deeper than this. */
const DEEPEST = 1000;

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';

/** Whether a stored tree is an element in all its parts, as nearly every one is: then no copy is needed. */
function isElement(value: unknown, depth: number): value is XmlElement {
  if (!isRecord(value) || typeof value.name !== 'string' || depth > DEEPEST) return false;
  const { namespace, language, text, attributes, children } = value;
  if (!isText(namespace) || !isText(language) || !isText(text)) return false;
  if (attributes !== undefined && !(isRecord(attributes) && Object.values(attributes).every(isText))) return false;
  if (children === undefined) return true;
  if (!Array.isArray(children)) return false;
  for (const child of children) if (!isElement(child, depth + 1)) return false;
  return true;
}

/** A stored tree as an element, with what has not the shape of one left out: `normalise` may not stumble over it. */
export const toElement = (value: unknown): XmlElement | undefined =>
  isElement(value, 0) ? value : mendedElement(value, 0);

function mendedElement(value: unknown, depth: number): XmlElement | undefined {
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
    element.children = value.children.flatMap((child) => mendedElement(child, depth + 1) ?? []);
  }
  return element;
}

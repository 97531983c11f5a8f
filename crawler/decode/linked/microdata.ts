import { bareRecord } from '../../../schema/index.ts';
import { type Budget, elements, type HtmlElement, textOf } from './html-tree.ts';
import { LIMITS } from './limits.ts';
import { append, type LinkedNode } from './node.ts';

export interface ExtractContext {
  /** Resolves a URL against the page's base; undefined when it is none of http(s), mailto, tel, urn, …. */
  resolve(url: string): string | undefined;
  /** Language of the page; text in another language is tagged. */
  language?: string;
  budget: Budget;
}

const SOURCES = new Set(['audio', 'embed', 'iframe', 'img', 'source', 'track', 'video']);
const LINKS = new Set(['a', 'area', 'link']);

/** The top-level items of a page by the algorithm of the HTML standard, §5 Microdata. */
export function extractMicrodata(root: HtmlElement, context: ExtractContext): LinkedNode[] {
  const byId = new Map<string, HtmlElement>();
  const tops: HtmlElement[] = [];
  for (const element of elements(root)) {
    const id = element.attributes.id;
    if (id && !byId.has(id)) byId.set(id, element);
    if ('itemscope' in element.attributes && !element.attributes.itemprop?.trim()) tops.push(element);
  }
  return tops.map((top) => readItem(top, byId, context, new Set()));
}

function readItem(
  item: HtmlElement,
  byId: ReadonlyMap<string, HtmlElement>,
  context: ExtractContext,
  open: Set<HtmlElement>,
): LinkedNode {
  open.add(item);
  const node = bareRecord<LinkedNode>();
  const types = (item.attributes.itemtype ?? '').split(/\s+/).filter(Boolean);
  if (types.length) node['@type'] = types;
  const id = item.attributes.itemid?.trim();
  const resolved = id ? context.resolve(id) : undefined;
  if (resolved) node['@id'] = resolved;
  for (const element of propertiesOf(item, byId, context.budget)) {
    // An item that contains itself, or nesting that no honest page has.
    if (open.has(element) || open.size > LIMITS.items) continue;
    const value =
      'itemscope' in element.attributes ? readItem(element, byId, context, open) : propertyValue(element, context);
    if (value === undefined) continue;
    for (const name of new Set((element.attributes.itemprop ?? '').split(/\s+/).filter(Boolean))) {
      append(node, name, value);
    }
  }
  open.delete(item);
  return node;
}

/** The elements that carry an item's properties, in document order, those that `itemref` names included. */
function propertiesOf(item: HtmlElement, byId: ReadonlyMap<string, HtmlElement>, budget: Budget): HtmlElement[] {
  const found: HtmlElement[] = [];
  const seen = new Set<HtmlElement>([item]);
  const references = (item.attributes.itemref ?? '').split(/\s+/).flatMap((id) => byId.get(id) ?? []);
  const walk = (start: HtmlElement) => {
    const stack = [start];
    for (let element = stack.pop(); element && budget.left > 0; element = stack.pop()) {
      if (seen.has(element)) continue;
      seen.add(element);
      budget.left--;
      if (element.attributes.itemprop?.trim()) found.push(element);
      if ('itemscope' in element.attributes || element.name === 'template') continue;
      for (let i = element.children.length - 1; i >= 0; i--) {
        const child = element.children[i];
        if (typeof child === 'object') stack.push(child);
      }
    }
  };
  for (const child of item.children) if (typeof child === 'object') walk(child);
  for (const reference of references) walk(reference);
  return found;
}

function propertyValue(element: HtmlElement, context: ExtractContext): unknown {
  const { attributes, name } = element;
  const url = (attribute: string) => {
    const value = attributes[attribute]?.trim();
    return value ? context.resolve(value) : undefined;
  };
  // The standard reads `content` on `meta` only; publishers and search engines read it everywhere.
  if (attributes.content !== undefined) return tagged(attributes.content.trim(), element, context);
  if (SOURCES.has(name)) return url('src');
  if (LINKS.has(name) && attributes.href !== undefined) return url('href');
  if (name === 'object') return url('data');
  if (name === 'data' || name === 'meter') return attributes.value ?? tagged(text(element, context), element, context);
  if (name === 'time' && attributes.datetime) return attributes.datetime.trim();
  return tagged(text(element, context), element, context);
}

const text = (element: HtmlElement, context: ExtractContext): string => textOf(element, context.budget);

/** Text in a language other than the page's is tagged with it. */
export function tagged(value: string, element: HtmlElement, context: ExtractContext): unknown {
  const language = element.language?.trim();
  return language && language !== context.language ? { '@value': value, '@language': language } : value;
}

import { unescaped } from '../../elements/links.ts';
import { isNode, type LinkedNode, list } from './node.ts';

/**
 * An absolute URL of a scheme that identifies or locates something; never `javascript:`, `data:` and the like. `&amp;` in it is an
 * `&` that went through an HTML escaper once too often.
 */
export function resolveUrl(text: string, base: string): string | undefined {
  const value = unescaped(text.trim());
  if (/^(urn|mailto|tel|info|doi):/i.test(value)) return value;
  const url = URL.parse(value, base || undefined);
  return url && /^(https?|file):$/.test(url.protocol) ? url.href : undefined;
}

/** Whether a text is an address that went through an HTML escaper once too often. */
export const isEscapedAddress = (text: string): boolean =>
  text.includes('&') && text.length <= 8000 && /^\s*(?:https?:\/\/|\/)\S+\s*$/i.test(text) && unescaped(text) !== text;

const TRACKING = /^(utm_\w+|fbclid|gclid|mc_[ce]id)$/i;

/** The web address of a node (`url`, else `@id`), absolute and without tracking parameters. */
export function nodeUrl(node: LinkedNode, base: string): string | undefined {
  for (const value of [...list(node.url), node['@id']]) {
    const text = isNode(value) ? value['@id'] : value;
    if (typeof text !== 'string' || text.startsWith('_:') || /^[.#\s]*$/.test(text) || /[${}<>\s]/.test(text.trim()))
      continue;
    const resolved = resolveUrl(text, base);
    if (!resolved || !/^https?:/.test(resolved)) continue;
    const url = new URL(resolved);
    for (const key of [...url.searchParams.keys()]) if (TRACKING.test(key)) url.searchParams.delete(key);
    return url.href;
  }
  return undefined;
}

/** An address without fragment. */
export const withoutHash = (url: string): string => url.replace(/#.*$/, '');

/** The path of an address; the text itself where it is none. */
export const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : url);

/** Where a page's relative addresses lead; a file on a disk has no site. */
export const siteOf = (url: string): string => (/^https?:/i.test(url) ? url : '');

import { resolveUrl } from './addresses.ts';
import { type JsonLdText, parseJsonLd } from './broken-json.ts';
import { elements, type HtmlElement, parseHtml, textOf } from './html-tree.ts';
import { LIMITS } from './limits.ts';
import { type ExtractContext, extractMicrodata } from './microdata.ts';
import type { LinkedNode } from './node.ts';
import { extractRdfa } from './rdfa.ts';

/** Structured data of one page, in each syntax as JSON-LD-like nodes, and what the page says of itself. */
export interface HtmlData {
  /** Language of the page: `<html lang>`, else `<meta http-equiv="content-language">`. */
  language?: string;
  /** What relative URLs are relative to: `<base href>`, else the page's own URL; empty for a file, which has no site. */
  base: string;
  /** `<link rel="canonical">`, when it is a web address. */
  canonical?: string;
  title?: string;
  jsonLd: ({ block: number; text: string } & JsonLdText)[];
  microdata: LinkedNode[];
  rdfa: LinkedNode[];
  /** The page costs too much to read: only a part of it was. */
  cut: boolean;
}

/** Takes all structured data out of a page. Never throws: a broken JSON-LD block is reported, the rest still comes. */
export function extractHtmlData(html: string, url: string, options: { xhtml?: boolean } = {}): HtmlData {
  const { root, cut } = parseHtml(html, { selfClosing: options.xhtml ?? false });
  const head = readHead(root, url);
  const budget = { left: LIMITS.steps };
  const context: ExtractContext = {
    // Where there is no site, a relative address stays as it is: better seen than lost.
    resolve: (text) =>
      resolveUrl(text, head.base) ??
      (head.base || /^\s*[a-z][a-z\d+.-]*:/i.test(text) ? undefined : text.trim() || undefined),
    budget,
    ...(head.language ? { language: head.language } : {}),
  };
  return {
    ...head,
    jsonLd: readJsonLd(root),
    microdata: extractMicrodata(root, context),
    rdfa: extractRdfa(root, head.base, context),
    cut: cut || budget.left <= 0,
  };
}

function readHead(root: HtmlElement, url: string): Pick<HtmlData, 'language' | 'base' | 'canonical' | 'title'> {
  let base: string | undefined;
  let language: string | undefined;
  let declared: string | undefined;
  let canonical: string | undefined;
  let title: string | undefined;
  for (const element of elements(root)) {
    const { attributes: a, name } = element;
    if (name === 'html') language ??= (a.lang ?? a['xml:lang'])?.trim() || undefined;
    if (name === 'base' && a.href && !base) base = webAddress(a.href, url);
    if (name === 'link' && /(^|\s)canonical(\s|$)/i.test(a.rel ?? '') && a.href) canonical ??= a.href;
    if (name === 'title') title ??= textOf(element, { left: 10_000 }, 1000) || undefined;
    if (name === 'meta' && a['http-equiv']?.toLowerCase() === 'content-language') declared ??= a.content?.trim();
  }
  const found: Pick<HtmlData, 'language' | 'base' | 'canonical' | 'title'> = { base: base ?? url };
  // A list of languages says for whom the page is, not in which language it is.
  const tag = language ?? (declared && !declared.includes(',') ? declared : undefined);
  if (tag) found.language = tag;
  const address = canonical ? webAddress(canonical, found.base) : undefined;
  if (address) found.canonical = address;
  if (title) found.title = title;
  return found;
}

const webAddress = (text: string, base: string): string | undefined => {
  const resolved = resolveUrl(text, base);
  return resolved && /^https?:/.test(resolved) ? resolved : undefined;
};

function readJsonLd(root: HtmlElement): HtmlData['jsonLd'] {
  const blocks: HtmlData['jsonLd'] = [];
  for (const element of elements(root)) {
    if (element.name !== 'script') continue;
    const type = (element.attributes.type ?? '').split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/ld+json') continue;
    const text = element.children.filter((child) => typeof child === 'string').join('');
    blocks.push({ block: blocks.length + 1, text, ...parseJsonLd(text) });
  }
  return blocks;
}

import { Parser } from 'htmlparser2';
import { EMAIL_REMOVED, isContactAddress } from '../../persons/mask-contacts.ts';

/** One element of a page. Plain objects, so that trees of any depth can be walked without recursion. */
export interface HtmlElement {
  name: string;
  attributes: Record<string, string>;
  parent?: HtmlElement;
  children: (HtmlElement | string)[];
  /** `lang` in scope, as written. */
  language?: string;
}

export interface HtmlTree {
  root: HtmlElement;
  /** Reading stopped before the end: the page costs too much to parse. */
  cut: boolean;
}

const CHUNK = 1 << 16;
/** Only hostile pages get there: tens of thousands of open elements and as many end tags that fit none of them. */
const TIME_LIMIT = 8_000;

/**
 * Parses HTML as leniently as browsers do, in linear time for honest pages. htmlparser2 and not parse5: parse5 looks
 * through all open elements at every start tag, which takes minutes on 100,000 nested elements.
 */
export function parseHtml(text: string, options: { selfClosing?: boolean; timeLimit?: number } = {}): HtmlTree {
  const root: HtmlElement = { name: '#root', attributes: {}, children: [] };
  let open = root;
  let buffer = '';
  const flush = () => {
    if (buffer) open.children.push(buffer);
    buffer = '';
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        flush();
        const element: HtmlElement = { name, attributes, parent: open, children: [] };
        const language = attributes.lang ?? attributes['xml:lang'] ?? open.language;
        if (language) element.language = language;
        open.children.push(element);
        open = element;
      },
      ontext(data) {
        buffer += data;
      },
      onclosetag() {
        flush();
        open = open.parent ?? root;
      },
    },
    { recognizeSelfClosing: options.selfClosing ?? false, recognizeCDATA: options.selfClosing ?? false },
  );
  const started = Date.now();
  const limit = options.timeLimit ?? TIME_LIMIT;
  for (let at = 0; at < text.length; at += CHUNK) {
    if (Date.now() - started > limit) return { root, cut: true };
    parser.write(text.slice(at, at + CHUNK));
  }
  parser.end();
  flush();
  return { root, cut: false };
}

/** All elements in document order, without those inside `template`. */
export function* elements(root: HtmlElement): Generator<HtmlElement> {
  const stack: HtmlElement[] = [root];
  for (let element = stack.pop(); element; element = stack.pop()) {
    if (element.name !== '#root') yield element;
    if (element.name === 'template') continue;
    for (let i = element.children.length - 1; i >= 0; i--) {
      const child = element.children[i];
      if (typeof child === 'object') stack.push(child);
    }
  }
}

const SILENT = new Set(['script', 'style', 'template', 'noscript', 'svg', 'head']);
const BLOCKS = new Set(
  'address article aside blockquote br dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul'.split(
    ' ',
  ),
);

/** What one page may cost in all: overlapping properties make text extraction quadratic otherwise. */
export interface Budget {
  left: number;
}

/** The text of an element as a reader sees it: white space collapsed, a line for each block, `- ` before list items. */
export function textOf(element: HtmlElement, budget: Budget, limit = 200_000): string {
  const out: string[] = [];
  let length = 0;
  const stack: (HtmlElement | string | '\n')[] = [element];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    if (--budget.left < 0 || length > limit) break;
    if (typeof item === 'string') {
      const text = item === '\n' ? item : item.replace(/[^\S\u00a0]+/g, ' ');
      out.push(text);
      length += text.length;
      budget.left -= text.length >> 6;
      continue;
    }
    if (item !== element && SILENT.has(item.name)) continue;
    if (item.name === 'a' && isContactAddress(item.attributes.href)) {
      out.push(EMAIL_REMOVED);
      continue;
    }
    const block = BLOCKS.has(item.name);
    if (block) stack.push('\n');
    for (let i = item.children.length - 1; i >= 0; i--) {
      const child = item.children[i];
      if (child !== undefined) stack.push(child === '\n' ? ' ' : child);
    }
    if (item.name === 'td' || item.name === 'th') stack.push(' ');
    if (block) out.push('\n');
    if (item.name === 'li' && item !== element) out.push('- ');
  }
  return out
    .join('')
    .replace(/ *\n[ \n]*/g, '\n')
    .replace(/ {2,}/g, ' ')
    .trim();
}

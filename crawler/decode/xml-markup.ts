import type { XmlElement } from './xml-element.ts';

const XHTML = 'http://www.w3.org/1999/xhtml';
const BLOCK = new Set(
  'p div br ul ol li h1 h2 h3 h4 h5 h6 table tr blockquote pre dl dt dd hr section article caption'.split(' '),
);

/** Names safe to take for markup when the XHTML namespace is missing; `code` or `section` may be data elsewhere. */
const BARE = new Set('p div br ul ol li h1 h2 h3 h4 h5 h6 table tr td th span b i em strong u sup sub'.split(' '));

/** Whether an element is markup inside a text: XHTML, or the well-known names used without its namespace. */
export const isMarkup = (element: XmlElement): boolean =>
  element.namespace === XHTML || BARE.has(element.name.toLowerCase());

/** Whether markup breaks the line. */
export const isBlock = (name: string): boolean => BLOCK.has(name.toLowerCase());

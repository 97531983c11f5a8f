import type { SaxesTagNS } from 'saxes';
import { bareRecord } from '../../schema/index.ts';
import { EMAIL_REMOVED, isContactAddress } from '../persons/mask-contacts.ts';
import type { XmlElement } from './xml-element.ts';
import { isBlock, isMarkup } from './xml-markup.ts';

/** An element that is open. */
export interface XmlFrame {
  element: XmlElement;
  role: 'container' | 'record' | 'part';
  path: string;
  start: number;
  line: number;
  /** Own text and that of XHTML inside. */
  own: string;
  /** All text inside, in document order. */
  all: string;
  /** How often each name came inside; most elements have none inside. */
  counts?: Map<string, number>;
  /** Of a container: how much it says of itself. */
  size: number;
}

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** The element that a tag opens; its language is inherited. */
export function elementOf(tag: SaxesTagNS, parent: XmlElement | undefined): XmlElement {
  const element: XmlElement = { name: tag.local };
  if (tag.uri) element.namespace = tag.uri;
  const attributes = bareRecord<Record<string, string>>();
  let language = parent?.language;
  for (const attribute of Object.values(tag.attributes)) {
    if (attribute.uri === XMLNS || attribute.name === 'xmlns' || attribute.prefix === 'xmlns') continue;
    if (attribute.uri === XML && attribute.local === 'lang') language = attribute.value.trim() || undefined;
    else if (attribute.uri === XSI) attributes[`xsi:${attribute.local}`] = attribute.value;
    else if (!(attribute.local in attributes)) attributes[attribute.local] = attribute.value;
  }
  if (Object.keys(attributes).length) element.attributes = attributes;
  if (language) element.language = language;
  return element;
}

/** Counts siblings of one name, so that each has a path. */
export function countIn(frame: XmlFrame, name: string): number {
  frame.counts ??= new Map();
  const { counts } = frame;
  const count = (counts.get(name) ?? 0) + 1;
  // Counting every sibling name of an outer element would let the map grow: only records and containers recur there.
  if (counts.size < 1000 || counts.has(name)) counts.set(name, count);
  return count;
}

/** Adds text to an open element. Inside markup, line ends are layout: only blocks break lines. */
export function addText(frame: XmlFrame, text: string): void {
  const kept = isMarkup(frame.element) && frame.element.name.toLowerCase() !== 'pre' ? text.replace(/\s+/g, ' ') : text;
  frame.own += kept;
  frame.all += kept;
}

/** What a piece of markup adds to the text around it. */
export function markupText({ element, all }: XmlFrame): string {
  const said = isContactAddress(element.attributes?.href) ? EMAIL_REMOVED : all;
  const name = element.name.toLowerCase();
  if (!isBlock(name)) return said;
  return name === 'br' ? '\n' : `\n${name === 'li' || name === 'dd' ? '- ' : ''}${said.trim()}\n`;
}

/** Gives an element its text: its own, or all there is inside when text and elements are mixed. */
export function finishText({ element, own, all }: XmlFrame): void {
  const mixed = element.children?.length && own.trim();
  const text = isMarkup(element) ? '' : tidy(mixed ? all : own);
  if (text) element.text = text;
}

const tidy = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

import { SaxesParser } from 'saxes';
import { bareRecord, type Problem } from '../../schema/index.ts';
import { SourceBroken } from '../errors.ts';
import type { RecordFault } from '../format.ts';
import { EMAIL_REMOVED, isContactAddress } from '../persons/mask-contacts.ts';
import { problemOf } from '../problems/notes.ts';
import { fault, type RuleId } from '../problems/rules.ts';
import { createAmpersands } from './xml-ampersands.ts';
import { isBlock, isMarkup } from './xml-markup.ts';
import { xmlText } from './xml-text.ts';

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

/** A complete record element with what its containers said before it. */
export interface XmlRecord {
  record: XmlElement;
  /** `/catalog/provider[1]/course[3]` */
  path: string;
  line: number;
  /** The open containers, outermost first, each with its own children (records and containers left out) so far. */
  containers: XmlElement[];
  /** What had to be repaired since the record before. */
  notes: Problem[];
}

/** A container ended; now all its own children are known. */
export interface XmlContainerEnd {
  ended: XmlElement;
  path: string;
}

export interface XmlRecordsOptions {
  /** Local names of the record elements. */
  records: readonly string[];
  /** Local names of the elements that hold records and whose own children records inherit. */
  containers: readonly string[];
  /** What the document ought to be, for messages: `an XCRI-CAP catalogue`. */
  what: string;
  /** From the Content-Type. */
  charset?: string;
  /** Deepest nesting, default 200. */
  maxDepth?: number;
  /** Largest record, in characters of XML, default 8 Mi. */
  maxRecord?: number;
}

interface Frame {
  element: XmlElement;
  role: 'container' | 'record' | 'part' | 'outside';
  path: string;
  start: number;
  line: number;
  /** Own text and that of XHTML inside. */
  own: string;
  /** All text inside, in document order. */
  all: string;
  counts: Map<string, number>;
  /** Of a container: how much it says of itself. */
  size: number;
}

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const TOLERATED = /: (undefined entity|malformed character entity|unbound namespace prefix)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters XML 1.0 forbids
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

class Stop extends Error {
  readonly rule: RuleId;
  readonly remedy: string;
  constructor(rule: RuleId, message: string, remedy: string) {
    super(message);
    this.rule = rule;
    this.remedy = remedy;
  }
}

/**
 * Streams the record elements of an XML document. Memory holds one record and the containers' own children.
 *
 * What cannot be read further (not well-formed, truncated, entity declarations, too deep) comes as one fault with
 * `incomplete`, after every record that was complete before it; a record that is too large is skipped with a fault.
 *
 * @throws SourceBroken when the document is not XML of this kind at all.
 */
export async function* xmlRecords(
  body: AsyncIterable<Uint8Array>,
  options: XmlRecordsOptions,
): AsyncGenerator<XmlRecord | XmlContainerEnd | RecordFault> {
  const reader = createReader(options);
  try {
    for await (const text of xmlText(body, options.charset, reader.encodingRepaired)) {
      reader.write(text);
      yield* reader.take();
    }
    reader.close();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    yield* reader.take();
    yield reader.fault(error);
    return;
  }
  yield* reader.take();
}

function createReader(options: XmlRecordsOptions) {
  const maxDepth = options.maxDepth ?? 200;
  const maxRecord = options.maxRecord ?? 8 * 1024 * 1024;
  const parser = new SaxesParser({ xmlns: true, position: true });
  const ampersands = createAmpersands();
  const stack: Frame[] = [];
  let items: (XmlRecord | XmlContainerEnd | RecordFault)[] = [];
  let notes: Problem[] = [];
  let oversize = false;
  let position = 0;
  let lastEvent = 0;
  let head = '';
  let root: string | undefined;

  const here = () => `line ${parser.line}, column ${parser.columnIndex}`;
  const path = () => stack.at(-1)?.path ?? '/';
  const note = (rule: RuleId, message: string, remedy?: string) => {
    if (notes.length < 20 && !notes.some((n) => n.rule === rule && n.path === path())) {
      notes.push(problemOf(path(), rule, message, remedy));
    }
  };

  parser.on('error', (error) => {
    if (TOLERATED.test(error.message)) {
      note('xml-repaired', error.message);
      return;
    }
    if (root === undefined) {
      const kind = /^\s*<(!doctype )?html/i.test(head) ? 'an HTML page' : 'not XML';
      throw new SourceBroken(
        `this is ${kind}, not ${options.what} (${error.message})`,
        `give the address of ${options.what}`,
      );
    }
    throw new Stop(
      'xml-not-well-formed',
      `${here()}: ${error.message.replace(/^\S*\d+:\d+: /, '')}`,
      'mend the XML there',
    );
  });

  parser.on('doctype', (doctype) => {
    if (/<!ENTITY/i.test(doctype)) {
      throw new Stop(
        'xml-entity-declaration',
        `${here()}: the document type declares entities`,
        'leave the entity declarations out; they are never expanded, for safety',
      );
    }
  });

  parser.on('opentag', (tag) => {
    lastEvent = position;
    const parent = stack.at(-1);
    if (root === undefined) {
      root = tag.local;
      if (![...options.containers, ...options.records].includes(tag.local)) {
        throw new SourceBroken(
          `the document is <${tag.name.slice(0, 60)}>, not ${options.what}`,
          `give the address of ${options.what}`,
        );
      }
    }
    if (stack.length >= maxDepth) {
      throw new Stop('xml-too-deep', `${here()}: elements nested deeper than ${maxDepth}`, 'nest less deeply');
    }
    const role = roleOf(tag.local, parent);
    const count = (parent?.counts.get(tag.local) ?? 0) + 1;
    // Counting every sibling name of an outer element would let the map grow: only records and containers recur there.
    if (parent && (parent.counts.size < 1000 || parent.counts.has(tag.local))) parent.counts.set(tag.local, count);
    const index = parent ? `[${count}]` : '';
    const element: XmlElement = { name: tag.local };
    if (tag.uri) element.namespace = tag.uri;
    const attributes = bareRecord<Record<string, string>>();
    let language = parent?.element.language;
    for (const attribute of Object.values(tag.attributes)) {
      if (attribute.uri === XMLNS || attribute.name === 'xmlns' || attribute.prefix === 'xmlns') continue;
      if (attribute.uri === XML && attribute.local === 'lang') language = attribute.value.trim() || undefined;
      else if (attribute.uri === XSI) attributes[`xsi:${attribute.local}`] = attribute.value;
      else if (!(attribute.local in attributes)) attributes[attribute.local] = attribute.value;
    }
    if (Object.keys(attributes).length) element.attributes = attributes;
    if (language) element.language = language;
    stack.push({
      element,
      role,
      path: `${parent?.path ?? ''}/${tag.name}${index}`,
      start: position,
      line: parser.line,
      own: '',
      all: '',
      counts: new Map(),
      size: 0,
    });
    if (role === 'record') oversize = false;
  });

  function roleOf(name: string, parent: Frame | undefined): Frame['role'] {
    if (!parent || parent.role === 'container') {
      if (options.records.includes(name)) return 'record';
      if (options.containers.includes(name)) return 'container';
      return parent ? 'part' : 'container';
    }
    return 'part';
  }

  const addText = (text: string) => {
    lastEvent = position;
    const frame = stack.at(-1);
    if (!frame || oversize) return;
    if (frame.role === 'container') return;
    // Inside markup, line ends are layout: only blocks break lines.
    const kept =
      isMarkup(frame.element) && frame.element.name.toLowerCase() !== 'pre' ? text.replace(/\s+/g, ' ') : text;
    frame.own += kept;
    frame.all += kept;
    checkSize();
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('comment', () => {
    lastEvent = position;
  });

  /** A record, or what a container says of itself, may not grow without end. */
  function checkSize() {
    if (oversize) return;
    const start = stack.find((frame) => frame.role !== 'container')?.start ?? position;
    if (position - start > maxRecord) {
      oversize = true;
      for (const frame of stack) {
        if (frame.role === 'container') continue;
        frame.own = '';
        frame.all = '';
        delete frame.element.children;
      }
    }
  }

  parser.on('closetag', () => {
    lastEvent = position;
    const frame = stack.pop();
    if (!frame) return;
    const parent = stack.at(-1);
    const { element } = frame;
    if (frame.role !== 'container') finishText(frame);
    if (frame.role === 'record') {
      if (oversize) items.push(tooLarge(frame));
      else items.push({ record: element, path: frame.path, line: frame.line, containers: openContainers(), notes });
      notes = [];
      oversize = false;
      return;
    }
    if (frame.role === 'container') {
      items.push({ ended: element, path: frame.path });
      return;
    }
    if (!parent) return;
    if (oversize) {
      if (parent.role !== 'container') return;
      items.push(tooLarge(frame));
      oversize = false;
      return;
    }
    if (isMarkup(element)) {
      const said = isContactAddress(element.attributes?.href) ? EMAIL_REMOVED : frame.all;
      const text = isBlock(element.name) ? blockText(element, said) : said;
      parent.own += text;
      parent.all += text;
      return;
    }
    parent.all += `\n${frame.all}\n`;
    parent.element.children ??= [];
    if (parent.role === 'container') {
      parent.size += position - frame.start + 64;
      if (parent.size > 4 * maxRecord) {
        throw new Stop('xml-too-large', `${here()}: <${parent.element.name}> says too much of itself`, 'shorten it');
      }
    }
    parent.element.children.push(element);
    checkSize();
  });

  const openContainers = () =>
    stack
      .filter((f) => f.role === 'container')
      .map((f) => ({ ...f.element, children: [...(f.element.children ?? [])] }));

  const tooLarge = (frame: Frame): RecordFault => {
    const what = `<${frame.element.name}> at line ${frame.line} has more than ${maxRecord} characters`;
    return fault(null, frame.path, 'xml-record-too-large', what);
  };

  /** The pieces, with the ampersands that were missing between them. */
  function parse(pieces: readonly string[]) {
    pieces.forEach((piece, n) => {
      if (n > 0 && root !== undefined) note('xml-repaired', `${here()}: a bare "&"`, 'write "&amp;"');
      const text = n > 0 ? `&amp;${piece}` : piece;
      // Small steps, so that positions (and with them the size limits) stay close to the truth.
      for (let at = 0; at < text.length; at += 16_384) {
        const step = text.slice(at, at + 16_384);
        parser.write(step);
        position += step.length;
        checkSize();
        if (position - lastEvent > 4 * maxRecord) {
          throw new Stop(
            'xml-record-too-large',
            `${here()}: more than ${4 * maxRecord} characters without any markup`,
            'shorten the text',
          );
        }
      }
    });
  }

  return {
    encodingRepaired: (what: string) => {
      note('wrong-encoding', what, 'write the document in the encoding that its XML declaration names');
    },
    write(text: string) {
      if (head.length < 200) head += text.slice(0, 200);
      let clean = text;
      if (FORBIDDEN.test(text)) {
        clean = text.replace(FORBIDDEN, ' ');
        note('xml-forbidden-character', 'control characters were replaced by spaces', 'leave control characters out');
      }
      FORBIDDEN.lastIndex = 0;
      parse(ampersands.take(clean));
    },
    close() {
      parse(ampersands.take('', true));
      if (root === undefined) {
        throw new SourceBroken('the document is empty or not XML', `give the address of ${options.what}`);
      }
      if (stack.length) {
        throw new Stop(
          'xml-truncated',
          `${here()}: the document ends inside <${stack.at(-1)?.element.name}>`,
          'send the whole document',
        );
      }
      parser.close();
    },
    take() {
      const taken = items;
      items = [];
      return taken;
    },
    fault: (stop: Stop): RecordFault => fault(null, path(), stop.rule, stop.message, stop.remedy, true),
  };
}

const blockText = (element: XmlElement, text: string): string =>
  element.name.toLowerCase() === 'br' ? '\n' : `\n${element.name.toLowerCase() === 'li' ? '- ' : ''}${text.trim()}\n`;

/** Gives an element its text: its own, or all there is inside when text and elements are mixed. */
function finishText(frame: Frame): void {
  const { element } = frame;
  const mixed = element.children?.length && frame.own.trim();
  const text = isMarkup(element) ? '' : tidy(mixed ? frame.all : frame.own);
  if (text) element.text = text;
}

const tidy = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

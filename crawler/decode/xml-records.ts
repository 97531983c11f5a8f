import type { SaxesTagNS } from 'saxes';
import type { Problem } from '../../schema/index.ts';
import { SourceBroken } from '../errors.ts';
import type { RecordFault } from '../format.ts';
import { problemOf } from '../problems/notes.ts';
import { fault, type RuleId } from '../problems/rules.ts';
import type { XmlElement } from './xml-element.ts';
import { addText, countIn, elementOf, finishText, markupText, type XmlFrame } from './xml-frame.ts';
import { isMarkup } from './xml-markup.ts';
import { createXmlParser, XmlStop } from './xml-parser.ts';
import { xmlText } from './xml-text.ts';

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
  /** Local names of the record elements; `*`: all that stand in a container and are none. */
  records: readonly string[] | '*';
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

type Item = XmlRecord | XmlContainerEnd | RecordFault;

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
    if (!(error instanceof XmlStop)) throw error;
    yield* reader.take();
    yield reader.fault(error);
    return;
  }
  yield* reader.take();
}

function createReader({ records, containers, what, maxDepth = 200, maxRecord = 8 * 1024 * 1024 }: XmlRecordsOptions) {
  const stack: XmlFrame[] = [];
  let items: Item[] = [];
  let notes: Problem[] = [];
  let oversize = false;

  const path = () => stack.at(-1)?.path ?? '/';
  const note = (rule: RuleId, message: string, remedy?: string) => {
    if (notes.length < 20 && !notes.some((n) => n.rule === rule && n.path === path())) {
      notes.push(problemOf(path(), rule, message, remedy));
    }
  };

  const parser = createXmlParser(what, 4 * maxRecord, {
    open,
    text,
    close,
    step: checkSize,
    end() {
      const open = stack.at(-1);
      if (!open) return;
      const message = `${parser.here()}: the document ends inside <${open.element.name}>`;
      throw new XmlStop('xml-truncated', message, 'send the whole document');
    },
    repaired: note,
  });

  function open(tag: SaxesTagNS): void {
    const parent = stack.at(-1);
    if (!parent) checkRoot(tag);
    if (stack.length >= maxDepth) {
      const message = `${parser.here()}: elements nested deeper than ${maxDepth}`;
      throw new XmlStop('xml-too-deep', message, 'nest less deeply');
    }
    const role = roleOf(tag.local, parent);
    const index = parent ? `[${countIn(parent, tag.local)}]` : '';
    stack.push({
      element: elementOf(tag, parent?.element),
      role,
      path: `${parent?.path ?? ''}/${tag.name}${index}`,
      start: parser.position,
      line: parser.line,
      own: '',
      all: '',
      size: 0,
    });
    if (role === 'record') oversize = false;
  }

  function checkRoot({ local, name }: SaxesTagNS): void {
    if (containers.includes(local) || (records !== '*' && records.includes(local))) return;
    throw new SourceBroken(`the document is <${name.slice(0, 60)}>, not ${what}`, `give the address of ${what}`);
  }

  function roleOf(name: string, parent: XmlFrame | undefined): XmlFrame['role'] {
    if (parent && parent.role !== 'container') return 'part';
    if (records !== '*' && records.includes(name)) return 'record';
    if (!parent || containers.includes(name)) return 'container';
    return records === '*' ? 'record' : 'part';
  }

  function text(words: string): void {
    const frame = stack.at(-1);
    if (!frame || oversize || frame.role === 'container') return;
    addText(frame, words);
    checkSize();
  }

  /** A record, or what a container says of itself, may not grow without end. */
  function checkSize(): void {
    if (oversize) return;
    const start = stack.find((frame) => frame.role !== 'container')?.start;
    if (start === undefined || parser.position - start <= maxRecord) return;
    oversize = true;
    for (const frame of stack) {
      if (frame.role === 'container') continue;
      frame.own = '';
      frame.all = '';
      delete frame.element.children;
    }
  }

  function close(): void {
    const frame = stack.pop();
    if (!frame) return;
    if (frame.role === 'container') {
      items.push({ ended: frame.element, path: frame.path });
      return;
    }
    finishText(frame);
    if (frame.role === 'record') closeRecord(frame);
    else closePart(frame, stack.at(-1) as XmlFrame);
  }

  function closeRecord(frame: XmlFrame): void {
    const { element: record, path, line } = frame;
    if (oversize) items.push(tooLarge(frame));
    else items.push({ record, path, line, containers: openContainers(), notes });
    notes = [];
    oversize = false;
  }

  function closePart(frame: XmlFrame, parent: XmlFrame): void {
    if (oversize) {
      if (parent.role !== 'container') return;
      items.push(tooLarge(frame));
      oversize = false;
      return;
    }
    if (isMarkup(frame.element)) {
      const said = markupText(frame);
      parent.own += said;
      parent.all += said;
      return;
    }
    parent.all += `\n${frame.all}\n`;
    if (parent.role === 'container') {
      parent.size += parser.position - frame.start + 64;
      if (parent.size > 4 * maxRecord) {
        const message = `${parser.here()}: <${parent.element.name}> says too much of itself`;
        throw new XmlStop('xml-too-large', message, 'shorten it');
      }
    }
    parent.element.children ??= [];
    parent.element.children.push(frame.element);
    checkSize();
  }

  const openContainers = (): XmlElement[] =>
    stack
      .filter((frame) => frame.role === 'container')
      .map(({ element }) => ({ ...element, children: [...(element.children ?? [])] }));

  const tooLarge = ({ element, path, line }: XmlFrame): RecordFault =>
    fault(
      null,
      path,
      'xml-record-too-large',
      `<${element.name}> at line ${line} has more than ${maxRecord} characters`,
    );

  return {
    encodingRepaired: (what: string) =>
      note('wrong-encoding', what, 'write the document in the encoding that its XML declaration names'),
    write: parser.write,
    close: parser.close,
    take(): Item[] {
      const taken = items;
      items = [];
      return taken;
    },
    fault: (stop: XmlStop): RecordFault => fault(null, path(), stop.rule, stop.message, stop.remedy, true),
  };
}

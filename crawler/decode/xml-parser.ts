import { SaxesParser, type SaxesTagNS } from 'saxes';
import { SourceBroken } from '../errors.ts';
import type { RuleId } from '../problems/rules.ts';
import { createAmpersands } from './xml-ampersands.ts';

const TOLERATED = /: (undefined entity|malformed character entity|unbound namespace prefix)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters XML 1.0 forbids
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** Small steps, so that positions (and with them the size limits) stay close to the truth. */
const STEP = 16_384;

/** Why a document cannot be read further. */
export class XmlStop extends Error {
  readonly rule: RuleId;
  readonly remedy: string;
  constructor(rule: RuleId, message: string, remedy: string) {
    super(message);
    this.rule = rule;
    this.remedy = remedy;
  }
}

/** What hears of the document as it is read. Any of them may throw. */
export interface XmlEvents {
  open(tag: SaxesTagNS): void;
  text(text: string): void;
  close(): void;
  /** After each step of the document: the place to look at sizes. */
  step(): void;
  /** The document is over, well-formed or not. */
  end(): void;
  /** Something had to be mended. */
  repaired(rule: RuleId, what: string, remedy?: string): void;
}

export interface XmlParser {
  /** Characters read so far, exact to a step. */
  readonly position: number;
  readonly line: number;
  /** `line 3, column 7` */
  here(): string;
  write(text: string): void;
  close(): void;
}

/**
 * Well-formed XML and what people send for it: bare ampersands, HTML entities, unbound prefixes and control characters are mended,
 * entity declarations refused. `maxText`: characters without any markup. `what` the document ought to be, for messages.
 */
export function createXmlParser(what: string, maxText: number, events: XmlEvents): XmlParser {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const ampersands = createAmpersands();
  let position = 0;
  let lastEvent = 0;
  let head = '';
  let begun = false;
  // Between two steps the parser's own column counts the last step twice.
  let within = false;
  let column = 0;

  const here = () => `line ${parser.line}, column ${within ? parser.columnIndex : column}`;

  parser.on('error', (error) => {
    if (TOLERATED.test(error.message)) {
      events.repaired('xml-repaired', error.message);
      return;
    }
    if (!begun) {
      const kind = /^\s*<(!doctype )?html/i.test(head) ? 'an HTML page' : 'not XML';
      throw new SourceBroken(`this is ${kind}, not ${what} (${error.message})`, `give the address of ${what}`);
    }
    throw new XmlStop(
      'xml-not-well-formed',
      `${here()}: ${error.message.replace(/^\S*\d+:\d+: /, '')}`,
      'mend the XML there',
    );
  });
  parser.on('doctype', (doctype) => {
    if (!/<!ENTITY/i.test(doctype)) return;
    throw new XmlStop(
      'xml-entity-declaration',
      `${here()}: the document type declares entities`,
      'leave the entity declarations out; they are never expanded, for safety',
    );
  });
  parser.on('opentag', (tag) => {
    lastEvent = position;
    begun = true;
    events.open(tag);
  });
  const text = (words: string) => {
    lastEvent = position;
    events.text(words);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('comment', () => {
    lastEvent = position;
  });
  parser.on('closetag', () => {
    lastEvent = position;
    events.close();
  });

  /** The pieces, with the ampersands that were missing between them. */
  function parse(pieces: readonly string[]) {
    pieces.forEach((piece, n) => {
      if (n > 0 && begun) events.repaired('xml-repaired', `${here()}: a bare "&"`, 'write "&amp;"');
      const whole = n > 0 ? `&amp;${piece}` : piece;
      for (let at = 0; at < whole.length; at += STEP) {
        const step = whole.slice(at, at + STEP);
        within = true;
        parser.write(step);
        within = false;
        position += step.length;
        const newline = step.lastIndexOf('\n');
        column = newline < 0 ? column + step.length : step.length - newline - 1;
        events.step();
        if (position - lastEvent > maxText) {
          throw new XmlStop(
            'xml-record-too-large',
            `${here()}: more than ${maxText} characters without any markup`,
            'shorten the text',
          );
        }
      }
    });
  }

  return {
    get position() {
      return position;
    },
    get line() {
      return parser.line;
    },
    here,
    write(words) {
      if (head.length < 200) head += words.slice(0, 200);
      const clean = words.replace(FORBIDDEN, ' ');
      if (clean !== words) {
        const what = 'control characters were replaced by spaces';
        events.repaired('xml-forbidden-character', what, 'leave control characters out');
      }
      parse(ampersands.take(clean));
    },
    close() {
      parse(ampersands.take('', true));
      if (!begun) throw new SourceBroken('the document is empty or not XML', `give the address of ${what}`);
      events.end();
      parser.close();
    },
  };
}

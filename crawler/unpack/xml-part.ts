import { SaxesParser } from 'saxes';
import { decodeText } from '../decode/text.ts';
import { ArchiveBroken } from './zip.ts';

/** What hears of a part's elements. Names are without prefix. */
export interface PartHandlers {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** A text or tag of a part that is longer than this would be held in memory. */
const LONGEST = 10_000_000;

/**
 * Reads an XML part of a workbook as it comes: what the handlers emit is given on. A document type is refused, so nothing is ever
 * fetched or expanded.
 * @throws ArchiveBroken
 */
export async function* readPart<T>(
  part: AsyncIterable<Uint8Array>,
  handle: (emit: (value: T) => void) => PartHandlers,
): AsyncGenerator<T> {
  let ready: T[] = [];
  let waiting = 0;
  const handlers = handle((value) => void ready.push(value));
  const parser = new SaxesParser();
  const progress = () => {
    waiting = 0;
  };
  parser.on('error', (error) => {
    throw new ArchiveBroken(`it is damaged: ${error.message}`);
  });
  parser.on('doctype', () => {
    throw new ArchiveBroken('a part of it declares a document type');
  });
  parser.on('opentag', ({ name, attributes }) => {
    progress();
    handlers.open?.(local(name), attributes as Record<string, string>);
  });
  parser.on('text', (text) => {
    progress();
    handlers.text?.(text);
  });
  parser.on('cdata', (text) => handlers.text?.(text));
  parser.on('closetag', ({ name }) => {
    progress();
    handlers.close?.(local(name));
  });
  for await (const text of decodeText(part)) {
    waiting += text.length;
    parser.write(text);
    if (waiting > LONGEST) throw new ArchiveBroken('a text in it is longer than any cell');
    yield* ready;
    ready = [];
  }
  parser.close();
  yield* ready;
}

/** Reads a part for what its handlers keep. */
export async function hearPart(part: AsyncIterable<Uint8Array>, handlers: PartHandlers): Promise<void> {
  for await (const _ of readPart<never>(part, () => handlers));
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Characters that XML cannot hold stand as `_x000D_` (ISO/IEC 29500-1, 22.9.2.19 ST_Xstring). */
export const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

import iconv from 'iconv-lite';
import { SourceBroken } from '../errors.ts';
import { decodeText } from './text.ts';

const HEAD = 1024;

/**
 * Decodes the bytes of an XML document: byte order mark first, then the charset of the HTTP answer, then the XML
 * declaration (RFC 7303 §3), else UTF-8. `onRepair` hears of it when the bytes are not what was declared.
 *
 * @throws SourceBroken when the declaration names an encoding that does not exist.
 */
export async function* xmlText(
  body: AsyncIterable<Uint8Array>,
  charset: string | undefined,
  onRepair: (what: string) => void = () => {},
): AsyncGenerator<string> {
  const chunks = body[Symbol.asyncIterator]();
  try {
    let head: Uint8Array = new Uint8Array(0);
    let ended = false;
    while (!ended && head.length < HEAD && !latin(head).includes('?>')) {
      const next = await chunks.next();
      if (next.done) ended = true;
      else head = head.length ? Buffer.concat([head, next.value]) : next.value;
    }
    async function* all(): AsyncGenerator<Uint8Array> {
      yield head;
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
    }
    const hint = charset ?? declaredEncoding(head);
    yield* decodeText(all(), { ...(hint ? { charset: hint } : {}), onRepair });
  } finally {
    await chunks.return?.();
  }
}

/** What the XML declaration names, unless the document plainly is not that (UTF-16 that can be read as ASCII). */
function declaredEncoding(head: Uint8Array): string | undefined {
  const name = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)["']/.exec(latin(head.subarray(0, HEAD)))?.[1]?.trim();
  if (!name || /^(utf-?16|ucs-?2|utf-?32)/i.test(name)) return undefined;
  const exists: boolean = iconv.encodingExists(name);
  if (exists) return name;
  throw new SourceBroken(
    `the XML declaration names the encoding "${name.slice(0, 40)}", which does not exist`,
    'name the real encoding, best UTF-8',
  );
}

const latin = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

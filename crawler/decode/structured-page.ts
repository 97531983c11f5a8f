import { gunzipSync } from 'node:zlib';
import { SourceBroken } from '../errors.ts';
import { isRobots, isSitemapXml, isTextSitemap } from './sitemap.ts';
import { decodeText } from './text.ts';

/** What a body turned out to be, whatever its media type says. */
export type BodyKind = 'sitemap' | 'text-sitemap' | 'robots' | 'html' | 'json' | 'feed' | 'empty' | 'other';

export interface OpenedBody {
  kind: BodyKind;
  /** The first characters, byte order mark removed. */
  head: string;
  /** The whole text, head included; can be read once. */
  text: AsyncIterable<string>;
  /** What had to be done because the bytes were not in the encoding they claim; grows while `text` is read. */
  repairs: readonly string[];
}

const HEAD_BYTES = 16_384;
const HEAD_CHARACTERS = 65_536;
/** What a gzip file may come to: the sitemap protocol's own limit. */
const MAX_UNZIPPED = 50 * 1024 * 1024;
const PIECE = 64 * 1024;

/**
 * Opens a body: unzips it when its first bytes are gzip's (a `.xml.gz` sitemap is still packed after the transfer),
 * finds its charset (byte order mark, Content-Type, `<meta charset>`, XML declaration, UTF-8) and says what it is.
 */
export async function openBody(
  body: AsyncIterable<Uint8Array>,
  hint: { charset?: string | undefined; where: string },
): Promise<OpenedBody> {
  const raw = await peek(body, 2);
  const packed = raw.head[0] === 0x1f && raw.head[1] === 0x8b;
  const bytes = await peek(packed ? unzip(raw.all, hint.where) : raw.all, HEAD_BYTES);
  const charset = hint.charset ?? declaredCharset(bytes.head);
  const repairs: string[] = [];
  const onRepair = (what: string) => {
    repairs.push(what);
  };
  const decoded = decodeText(bytes.all, { ...(charset ? { charset } : {}), onRepair })[Symbol.asyncIterator]();
  let head = '';
  let done = false;
  while (head.length < HEAD_CHARACTERS && !done) {
    const next = await decoded.next();
    if (next.done) done = true;
    else head += next.value;
  }
  async function* text(): AsyncGenerator<string> {
    yield head;
    for (let next = done ? undefined : await decoded.next(); next && !next.done; next = await decoded.next()) {
      yield next.value;
    }
  }
  return { kind: kindOf(head), head, text: text(), repairs };
}

/** An object or array, perhaps escaped for HTML; the last: as a text of JSON (`"{\"a\":…}"`). */
const JSON_START =
  /^(?:\{\s*(?:["}]|\/[/*])|\[\s*[[{"\]]|[[{]\s*$|[[{][\s[{]{0,40}&(?:amp;){0,3}(?:quot|#0*34|#x0*22);)/;
const TEXT_OF_JSON = /^"(?:\s|\\{1,8}[nrt"]){0,50}[[{](?:\s|\\{1,8}[nrt]){0,50}(?:\\{1,8}"|[[{]|&)/;

/** `{% … %}` starts a template that slipped out, not JSON. */
export const startsAsJson = (text: string): boolean => JSON_START.test(text) || TEXT_OF_JSON.test(text);

function kindOf(head: string): BodyKind {
  const start = head.trimStart();
  if (!start) return 'empty';
  if (start.startsWith('<')) {
    if (isSitemapXml(start)) return 'sitemap';
    if (/^(?:<\?xml[^>]*>|<!--[\s\S]{0,2000}?-->|\s)*<(rss|feed|rdf:RDF)[\s>]/i.test(start.slice(0, 4096)))
      return 'feed';
    return 'html';
  }
  if (startsAsJson(start)) return 'json';
  if (isTextSitemap(start)) return 'text-sitemap';
  if (isRobots(start)) return 'robots';
  return /<(html|body|div|script|span|p|section|main|article|meta)[\s>]/i.test(start) ? 'html' : 'other';
}

/** Charset that an HTML page or XML document declares in its first bytes (HTML standard, prescan). */
function declaredCharset(head: Uint8Array): string | undefined {
  const text = Buffer.from(head.subarray(0, 4096)).toString('latin1');
  const label =
    /^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]+)["']/i.exec(text)?.[1] ??
    /<meta\s[^>]{0,300}charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(text)?.[1];
  // A page that can be read so far is not UTF-16, whatever it says.
  return label && /^utf-?16/i.test(label) ? 'utf-8' : label?.toLowerCase();
}

/** Takes the first bytes without losing them. */
async function peek(
  body: AsyncIterable<Uint8Array>,
  wanted: number,
): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const iterator = body[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let size = 0;
  let done = false;
  while (size < wanted && !done) {
    const next = await iterator.next();
    if (next.done) done = true;
    else {
      chunks.push(next.value);
      size += next.value.length;
    }
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* chunks;
    for (let next = done ? undefined : await iterator.next(); next && !next.done; next = await iterator.next()) {
      yield next.value;
    }
  }
  return { head: Buffer.concat(chunks), all: all() };
}

/** Whole and at once, for it is small: nothing waits for another thread, so what reads it can be interrupted. */
async function* unzip(body: AsyncIterable<Uint8Array>, where: string): AsyncGenerator<Uint8Array> {
  const packed: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_UNZIPPED) throw tooLarge(where);
    packed.push(chunk);
  }
  let whole: Buffer;
  try {
    whole = gunzipSync(Buffer.concat(packed), { maxOutputLength: MAX_UNZIPPED });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(where);
    throw new SourceBroken(`${where}: the gzip file is broken (${String(error)})`, 'publish the file anew', {
      cause: error,
    });
  }
  for (let at = 0; at < whole.length; at += PIECE) yield whole.subarray(at, at + PIECE);
}

const tooLarge = (where: string): SourceBroken =>
  new SourceBroken(
    `${where}: the gzip file comes to more than ${MAX_UNZIPPED / 1024 / 1024} MB`,
    'split the sitemap: the protocol allows 50 MB unpacked',
  );

/** Reads a text whole; beyond `limit` characters the source is broken. */
export async function readWhole(text: AsyncIterable<string>, limit: number, where: string): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  for await (const part of text) {
    length += part.length;
    if (length > limit) {
      throw new SourceBroken(
        `${where}: longer than ${Math.round(limit / 1024 / 1024)} MB of text`,
        'publish one page a course, or JSON lines with one course a line',
      );
    }
    parts.push(part);
  }
  return parts.join('');
}

import { pipeline, Readable, type Transform } from 'node:stream';
import zlib from 'node:zlib';
import { SourceBroken } from '../errors.ts';
import { fetchFailure, overLimit, unreachable } from './fetch-failure.ts';
import type { FetchLimits } from './limits.ts';
import { redactUrl } from './redact-url.ts';

type Coding = 'gzip' | 'deflate' | 'br' | 'zstd';

const chunkSize = 64 * 1024;

/** Accept-Encoding of every request. */
export const acceptEncoding = 'gzip, deflate, br, zstd';

interface Context {
  url: URL;
  limits: FetchLimits;
  bytes: { wire: number; decoded: number };
}

/**
 * Undoes the content encodings (outermost last in the header) and, for feeds published packed, gzip that is recognised
 * by its magic bytes. Every step is counted, so a bomb that collapses again in the next step is stopped too.
 */
export async function* decodedBody(
  wire: AsyncIterable<Uint8Array>,
  contentEncoding: string | undefined,
  context: Context,
): AsyncGenerator<Uint8Array> {
  const codings = contentCodings(contentEncoding, context);
  let stream = wire;
  for (const coding of codings.reverse()) stream = metered(inflate(stream, coding, context), context);
  // Whatever it is called and sent as: no feed begins with these bytes by chance.
  stream = gunzipIfGzip(stream, context);
  for await (const chunk of metered(stream, context)) {
    context.bytes.decoded += chunk.byteLength;
    yield chunk;
  }
}

/** The codings of a Content-Encoding header in the order they were applied. */
export function contentCodings(header: string | undefined, { url, limits }: Pick<Context, 'url' | 'limits'>): Coding[] {
  const names = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  const codings = names.filter((name) => name !== '' && name !== 'identity').map((name) => name.replace(/^x-/, ''));
  if (codings.length > limits.encodings) {
    throw overLimit(url, `the body is encoded ${codings.length} times over`, 'encodings');
  }
  for (const coding of codings) {
    if (!['gzip', 'deflate', 'br', 'zstd'].includes(coding)) {
      throw new SourceBroken(
        `${redactUrl(url)}: unknown content encoding`,
        'Serve the feed plain or with gzip, br or zstd.',
      );
    }
  }
  return codings as Coding[];
}

async function* metered(
  stream: AsyncIterable<Uint8Array>,
  { url, limits, bytes }: Context,
): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const chunk of stream) {
    seen += chunk.byteLength;
    if (seen > limits.decodedBytes) {
      throw overLimit(url, `the decoded body is larger than ${limits.decodedBytes} bytes`, 'decodedBytes');
    }
    if (seen > limits.ratioFloorBytes && seen > bytes.wire * limits.ratio) {
      throw overLimit(url, `the body unpacks to more than ${limits.ratio} times its size`, 'ratio');
    }
    yield chunk;
  }
}

async function* inflate(
  stream: AsyncIterable<Uint8Array>,
  coding: Coding,
  context: Context,
): AsyncGenerator<Uint8Array> {
  const { url } = context;
  const [first, rest] = await peek(stream);
  // An empty body needs no trailer, whatever the header promises.
  if (!first) return;
  const decoder = decoderFor(coding, first);
  // The error reaches the loop below through the decoder; the callback only keeps it from being unhandled.
  pipeline(Readable.from(rest), decoder, () => {});
  try {
    yield* decoder as AsyncIterable<Uint8Array>;
  } catch (error) {
    const code = String((error as { code?: unknown }).code ?? '');
    if (code === 'Z_BUF_ERROR' || (error as Error).message === 'unexpected end of file') {
      throw unreachable(url, `the ${coding} body is cut short`, error);
    }
    if (/^(Z_|ERR_?_?BROTLI|ERR__?ERROR_FORMAT|ZSTD_|ERR_PADDING|ERR_)/.test(code)) {
      throw new SourceBroken(
        `${redactUrl(url)}: the body is not valid ${coding}`,
        'The provider must mend the encoding.',
        {
          cause: error,
        },
      );
    }
    throw fetchFailure(url, error);
  }
}

function decoderFor(coding: Coding, first: Uint8Array): Transform {
  if (coding === 'gzip') return zlib.createGunzip({ chunkSize });
  if (coding === 'br') return zlib.createBrotliDecompress({ chunkSize });
  // A window over 8 MiB is not allowed in HTTP (RFC 9659) and would be held in memory for each body.
  if (coding === 'zstd') {
    return zlib.createZstdDecompress({ chunkSize, params: { [zlib.constants.ZSTD_d_windowLogMax]: 23 } });
  }
  // "deflate" means zlib (RFC 9110 §8.4.1.2), but some servers send it bare.
  const [a = 0, b = 0] = first;
  const wrapped = (a & 0x0f) === 8 && (first.length < 2 || ((a << 8) | b) % 31 === 0);
  return wrapped ? zlib.createInflate({ chunkSize }) : zlib.createInflateRaw({ chunkSize });
}

async function* gunzipIfGzip(stream: AsyncIterable<Uint8Array>, context: Context): AsyncGenerator<Uint8Array> {
  const [first, rest] = await peek(stream);
  const gzip = first && first[0] === 0x1f && first[1] === 0x8b;
  yield* gzip ? inflate(rest, 'gzip', context) : rest;
}

/** The first chunk (of at least two bytes where there are two), and the whole again. */
async function peek(stream: AsyncIterable<Uint8Array>): Promise<[Uint8Array | undefined, AsyncGenerator<Uint8Array>]> {
  const source = stream[Symbol.asyncIterator]();
  let first = new Uint8Array();
  while (first.byteLength < 2) {
    const next = await source.next();
    if (next.done) break;
    first = first.byteLength === 0 ? new Uint8Array(next.value) : new Uint8Array([...first, ...next.value]);
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      if (first.byteLength > 0) yield first;
      while (true) {
        const next = await source.next();
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await source.return?.();
    }
  }
  return [first.byteLength > 0 ? first : undefined, whole()];
}

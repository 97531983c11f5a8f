import type { GateResponse } from '../fetch/gate-contract.ts';
import type { Sample } from '../format.ts';

const SAMPLE_BYTES = 65_536;

/** The start of an answer, by which a format knows its own, and the whole body again. */
export async function sampled(
  response: GateResponse,
): Promise<{ sample: Sample; body: AsyncGenerator<Uint8Array, void, undefined> }> {
  const chunks = response.body[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let size = 0;
  while (size < SAMPLE_BYTES) {
    const next = await chunks.next();
    if (next.done) break;
    head.push(next.value);
    size += next.value.byteLength;
  }
  async function* whole() {
    try {
      yield* head;
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
    } finally {
      await chunks.return?.();
    }
  }
  const name = new URL(response.url).pathname.split('/').at(-1)?.replace(/\.gz$/i, '');
  // What kind of text it is may be known only now: that of an archive is what is in it.
  const { mediaType } = response;
  return { sample: { text: textOf(Buffer.concat(head).subarray(0, SAMPLE_BYTES)), name, mediaType }, body: whole() };
}

function textOf(bytes: Uint8Array): string {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(utf16).decode(bytes);
}

import { startOf } from '../decode/body-start.ts';
import type { GateResponse } from '../fetch/gate-contract.ts';
import type { Sample } from '../format.ts';

export const SAMPLE_BYTES = 65_536;

/** The start of an answer, by which a format knows its own, and the whole body again. */
export async function sampled(
  response: GateResponse,
): Promise<{ sample: Sample; body: AsyncGenerator<Uint8Array, void, undefined> }> {
  const { held, cut, whole } = await startOf(response.body, (_, bytes) => bytes >= SAMPLE_BYTES);
  if (cut) throw cut.error;
  // What kind of text it is may be known only now: that of an archive is what is in it.
  return { sample: sampleOf(held, response), body: whole };
}

/** What a format is shown of a body that begins so. */
export function sampleOf(
  held: readonly Uint8Array[],
  { url, mediaType }: { url: string; mediaType?: string | undefined },
): Sample {
  const name = new URL(url).pathname.split('/').at(-1)?.replace(/\.gz$/i, '');
  return { text: textOf(Buffer.concat(held).subarray(0, SAMPLE_BYTES)), name, mediaType };
}

function textOf(bytes: Uint8Array): string {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(utf16).decode(bytes);
}

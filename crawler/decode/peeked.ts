import { startOf } from './body-start.ts';

const firstOf = (chunk: Uint8Array): string =>
  new TextDecoder()
    .decode(chunk)
    .replace(/^[\uFEFF\s\uFFFD]+/, '')
    .slice(0, 1);

/** The first byte that is no white space, and the whole body again. */
export async function peeked(
  body: AsyncIterable<Uint8Array>,
): Promise<{ first: string; body: AsyncGenerator<Uint8Array> }> {
  let first = '';
  const { cut, whole } = await startOf(body, (held) => {
    const last = held.at(-1);
    if (last) first = firstOf(last);
    return first !== '';
  });
  if (cut) throw cut.error;
  return { first, body: whole };
}

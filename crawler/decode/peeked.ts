/** The first byte that is no white space, and the whole body again. */
export async function peeked(
  body: AsyncIterable<Uint8Array>,
): Promise<{ first: string; body: AsyncGenerator<Uint8Array> }> {
  const iterator = body[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let first = '';
  while (!first) {
    const step = await iterator.next();
    if (step.done) break;
    held.push(step.value);
    first = new TextDecoder()
      .decode(step.value)
      .replace(/^[\uFEFF\s\uFFFD]+/, '')
      .slice(0, 1);
  }
  async function* again(): AsyncGenerator<Uint8Array> {
    try {
      yield* held;
      for (let step = await iterator.next(); !step.done; step = await iterator.next()) yield step.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { first, body: again() };
}

/** What came first of a body, and the whole of it again. */
export interface BodyStart {
  held: readonly Uint8Array[];
  /** Reading it met trouble; who reads the whole meets it after what is held. */
  cut: { error: unknown } | undefined;
  whole: AsyncGenerator<Uint8Array, void, undefined>;
}

/** Reads on until there is enough to tell what a body is. Nobody waits for more: a feed may come drop by drop. */
export async function startOf(
  body: AsyncIterable<Uint8Array>,
  enough: (held: readonly Uint8Array[], bytes: number) => boolean,
): Promise<BodyStart> {
  const chunks = body[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let bytes = 0;
  let cut: BodyStart['cut'];
  try {
    while (!enough(held, bytes)) {
      const next = await chunks.next();
      if (next.done) break;
      held.push(next.value);
      bytes += next.value.byteLength;
    }
  } catch (error) {
    cut = { error };
  }
  async function* whole() {
    try {
      yield* held;
      if (cut) throw cut.error;
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
    } finally {
      await chunks.return?.();
    }
  }
  return { held, cut, whole: whole() };
}

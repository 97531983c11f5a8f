import { createHash } from 'node:crypto';

/** A body is held back up to here to be compared; what is longer is read as it comes. */
const MOST_BYTES = 2 * 1024 * 1024;

/**
 * Whether a body is, to the letter, the one with this SHA-256 (base64url): a server without validators has then said "not
 * modified" all the same. If not, the body is answered whole, cut where and how it was cut.
 */
export async function compareBody(
  body: AsyncIterable<Uint8Array>,
  hash: string,
): Promise<{ same: true } | { same: false; body: AsyncIterable<Uint8Array> }> {
  const digest = createHash('sha256');
  const held: Uint8Array[] = [];
  let bytes = 0;
  let cut: { error: unknown } | undefined;
  const rest = body[Symbol.asyncIterator]();
  let open = true;
  try {
    while (bytes <= MOST_BYTES) {
      const { value, done } = await rest.next();
      if (done) {
        open = false;
        break;
      }
      held.push(value);
      digest.update(value);
      bytes += value.length;
    }
  } catch (error) {
    cut = { error };
  }
  if (!open && digest.digest('base64url') === hash) return { same: true };
  return { same: false, body: whole() };

  async function* whole() {
    try {
      yield* held;
      if (cut) throw cut.error;
      while (open) {
        const { value, done } = await rest.next();
        if (done) return;
        yield value;
      }
    } finally {
      await rest.return?.();
    }
  }
}

import { fetchFailure, overLimit, unreachable } from './fetch-failure.ts';
import type { FetchLimits } from './limits.ts';
import type { Patience } from './patience.ts';

/**
 * The body as it comes over the wire, counted and timed. Time runs only while a chunk is waited for, so a slow reader is
 * never taken for a slow source; and a source that drips is stopped though it is never silent for long.
 */
export async function* watchedBody(
  body: AsyncIterable<Uint8Array>,
  context: { url: URL; limits: FetchLimits; patience: Patience; bytes: { wire: number } },
): AsyncGenerator<Uint8Array> {
  const { url, limits, patience, bytes } = context;
  const source = body[Symbol.asyncIterator]();
  let windowStart = patience.waited;
  let windowBytes = 0;
  try {
    while (true) {
      const next = await patience.wait(url, source.next(), limits.idleMs, 'the body is silent');
      if (next.done) return;
      bytes.wire += next.value.byteLength;
      windowBytes += next.value.byteLength;
      const over = bytes.wire - limits.wireBytes;
      if (over > 0) {
        // How much comes at once is chance: all that is allowed is read.
        if (over < next.value.byteLength) yield next.value.subarray(0, next.value.byteLength - over);
        throw overLimit(url, `the body is larger than ${limits.wireBytes} bytes`, 'wireBytes');
      }
      const window = patience.waited - windowStart;
      if (window >= limits.throughputWindowMs) {
        if (windowBytes / (window / 1000) < limits.minBytesPerSecond) {
          throw unreachable(url, `the body comes at less than ${limits.minBytesPerSecond} bytes a second`);
        }
        windowStart = patience.waited;
        windowBytes = 0;
      }
      yield next.value;
    }
  } catch (error) {
    throw fetchFailure(url, error);
  }
}

import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** What is thrown away so that a connection goes on, and what so that an answer is not lost. */
const SMALL = { bytes: 1_000_000, milliseconds: 1_000 };
const LINGERING = { bytes: 16_000_000, milliseconds: 2_000 };

/**
 * Brings the connection of a request whose body was not read to an honest end. A small rest is read and thrown away, and the
 * connection goes on. Otherwise the answer says that it closes, and we read on for a moment after it: a socket that is closed over
 * unread bytes is reset, and the client would lose the answer with it.
 */
export async function settleBody(answer: Response, incoming: IncomingMessage): Promise<Response> {
  if (incoming.complete || incoming.destroyed) return answer;
  const asked = incoming.headers.expect !== undefined;
  const announced = Number(incoming.headers['content-length'] ?? 0);
  if (!asked && announced <= SMALL.bytes && (await discard(incoming, SMALL))) return answer;
  answer.headers.set('connection', 'close');
  // Who waits for our word before sending has nothing under way; an answer without a body (204) has nothing to hold back.
  if (asked || answer.body === null) return answer;
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const headers = new Headers(answer.headers);
  headers.set('content-length', String(bytes.length));
  const lingering = new ReadableStream({
    async start(controller) {
      controller.enqueue(bytes);
      await discard(incoming, LINGERING);
      controller.close();
    },
  });
  return new Response(lingering, { status: answer.status, headers });
}

/** Reads on within limits; whether the body has come to its end. */
async function discard(incoming: IncomingMessage, most: typeof SMALL): Promise<boolean> {
  let size = 0;
  const stop = new AbortController();
  const ended = new Promise<void>((done) => {
    // Whoever began to read has given up; what he was handed would be kept for nobody.
    incoming.removeAllListeners('data');
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > most.bytes) done();
    });
    incoming.once('end', done).once('close', done);
    incoming.resume();
  });
  await Promise.race([ended, wait(most.milliseconds, undefined, { signal: stop.signal }).catch(() => {})]);
  stop.abort();
  incoming.removeAllListeners('data');
  return incoming.complete;
}

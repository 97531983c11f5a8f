import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { inTime } from '../in-time.ts';
import { Refusal } from './refusal.ts';

export interface BodyLimits {
  /** Most bytes of a body. */
  bytes: number;
  /** Milliseconds within which it must be in. */
  milliseconds: number;
}

/** The whole body, or a refusal: 413 beyond the size (at once, when it is announced), 408 when it takes too long, 400 when it breaks off. */
export async function readBody(c: Context, { bytes, milliseconds }: BodyLimits): Promise<Uint8Array> {
  const announced = c.req.header('content-length');
  if (announced !== undefined && Number(announced) > bytes) throw tooLarge(bytes);
  // Who asks before sending is told to go on here, and nowhere else: a body that would be refused is never sent.
  if (c.req.header('expect')) (c.env as Partial<HttpBindings> | undefined)?.outgoing?.writeContinue();
  const late = () =>
    new Refusal(
      408,
      `the body was not in within ${Math.ceil(milliseconds / 1000)} s`,
      'send the request anew, in one go',
    );
  try {
    // The server keeps a body to the length announced, so that only one without is counted.
    const body = announced === undefined ? readCounted(c.req.raw.body, bytes) : c.req.arrayBuffer();
    return new Uint8Array(await inTime<ArrayBuffer | Uint8Array>(body, milliseconds, late));
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(400, 'the body broke off', 'send the request anew');
  }
}

async function readCounted(stream: ReadableStream<Uint8Array> | null, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done || !value) return Buffer.concat(chunks, size);
    size += value.length;
    if (size > most) throw tooLarge(most);
    chunks.push(value);
  }
}

const tooLarge = (bytes: number): Refusal =>
  new Refusal(413, `the body is larger than ${bytes} bytes`, 'use variables, or split the request', {
    code: 'OPERATION_TOO_LARGE',
    extensions: { limit: 'body', allowed: bytes },
  });

import { createFetchGate } from '../../../crawler/fetch/fetch-gate.ts';
import type { GateRequest, GateResponse } from '../../../crawler/fetch/gate-contract.ts';
import { createInProcessClock } from '../../../crawler/fetch/in-process-clock.ts';

type GateOptions = Partial<Parameters<typeof createFetchGate>[0]>;

/** Keeps rate and concurrency but forgives every failure, for tests that make one failure after another on one server. */
export const forgivingClock = () => createInProcessClock({ backoff: (mood) => ({ mood, closedSeconds: 0 }) });

/** A gate with a clock of its own. */
export const newGate = (options: GateOptions = {}) =>
  createFetchGate({
    clock: forgivingClock(),
    contact: 'https://example.org/about',
    ...options,
  });

/** A request to loopback with leave for it, and in no hurry to be polite. */
export const local = (url: string, more: Partial<GateRequest> = {}): GateRequest => ({
  url,
  politeness: { requestsPerSecond: 1000, concurrency: 10 },
  allowLoopback: true,
  ...more,
});

export async function text(response: Pick<GateResponse, 'body'>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Reads a body without keeping it: its length. */
export async function drained(response: Pick<GateResponse, 'body'>): Promise<number> {
  let length = 0;
  for await (const chunk of response.body) length += chunk.byteLength;
  return length;
}

/** The error of a promise that must fail. */
export async function failure(
  promise: Promise<unknown>,
): Promise<Error & { remedy?: string; seconds?: number; status?: number }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
}

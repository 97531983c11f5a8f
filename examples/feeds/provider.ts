import { createHash } from 'node:crypto';

/** One answer of an example provider. */
export interface ExampleAnswer {
  /** Content-Type, with charset where one is sent. */
  type: string;
  body: string | Uint8Array;
}

/** A provider that the example server serves under `/providers/<name>/`. */
export interface ExampleProvider {
  name: string;
  /**
   * The answer to a path below the provider's own folder; undefined is 404. `base` is the folder's address, for the
   * few links that must be fetched. Everything else in a feed stands on `.example` domains (RFC 2606).
   */
  answer(path: string, query: URLSearchParams, base: string): ExampleAnswer | undefined;
}

export const jsonAnswer = (value: unknown): ExampleAnswer => ({
  type: 'application/json',
  body: JSON.stringify(value),
});

/** A UUID that is the same for the same text, for ever: example data has no chance and no clock in it. */
export function stableUuid(text: string): string {
  const hex = createHash('sha256').update(`credatlas example ${text}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

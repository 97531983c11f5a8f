/** What one fetch may cost. Sizes in bytes, times in milliseconds; times count only while the source is waited for. */
export interface FetchLimits {
  /** Body after decoding, and the output of every decoding step on the way. */
  decodedBytes: number;
  /** Body as it comes over the wire. */
  wireBytes: number;
  /** Decoded bytes per wire byte, looked at once `ratioFloorBytes` are decoded. */
  ratio: number;
  ratioFloorBytes: number;
  /** Nested content encodings. */
  encodings: number;
  redirects: number;
  urlLength: number;
  /** From the request (name resolution and connecting included) to the end of the headers, per hop. */
  headersMs: number;
  /** Longest silence inside a body. */
  idleMs: number;
  /** All waiting for the source together, redirects included; waiting for the host clock or for the reader is not counted. */
  totalMs: number;
  /** Slowest body that is put up with, averaged over `throughputWindowMs`. */
  minBytesPerSecond: number;
  throughputWindowMs: number;
  /** A reader that takes nothing for this long has gone: the connection and the host's slot are given back. */
  abandonedMs: number;
}

/** Limits that hold for a whole gate, because they belong to its connections. */
export interface ConnectionLimits {
  headerBytes: number;
  connectMs: number;
}

export const MiB = 1024 * 1024;

export const defaultLimits: FetchLimits & ConnectionLimits = {
  decodedBytes: 200 * MiB,
  wireBytes: 200 * MiB,
  ratio: 200,
  ratioFloorBytes: MiB,
  encodings: 2,
  redirects: 10,
  urlLength: 8192,
  headersMs: 30_000,
  idleMs: 30_000,
  totalMs: 15 * 60_000,
  minBytesPerSecond: 100,
  throughputWindowMs: 20_000,
  abandonedMs: 15 * 60_000,
  headerBytes: 64 * 1024,
  connectMs: 10_000,
};

/** `base` with what is given in `changes`. An `undefined` or NaN there must not lift a limit. */
export function withLimits<T extends object>(base: T, changes: Partial<T> = {}): T {
  const given = Object.entries(changes).filter(([, value]) => typeof value === 'number' && !Number.isNaN(value));
  return { ...base, ...Object.fromEntries(given) };
}

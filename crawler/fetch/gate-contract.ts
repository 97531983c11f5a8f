import type { Pace } from './host-clock.ts';
import type { FetchLimits } from './limits.ts';

/** What a server said of a body when it was last read; given back so that it can answer "not modified". */
export interface Validators {
  etag?: string;
  /** As the server wrote it. */
  lastModified?: string;
  /** Final address they came from. If given, they are sent to that address only: the same ETag elsewhere means nothing. */
  url?: string;
}

export interface GateRequest {
  url: string;
  /** Further request headers. User-Agent, Accept-Encoding, conditions and everything that frames the message are the gate's own. */
  headers?: Record<string, string>;
  method?: 'GET';
  /** Fields of a form to be posted instead of a GET (a token endpoint). Its redirects are not followed: the form holds secrets. */
  form?: Record<string, string>;
  /** JSON text to be posted instead of a GET (a webhook). Its redirects are not followed. */
  json?: string;
  /** Further headers made when the request goes out, after any waiting: a signature must be fresh. Only on the first origin. */
  sign?: (url: URL) => Promise<Record<string, string>>;
  /** Accept header. Default: anything. */
  accept?: string;
  validators?: Validators;
  /** Leave to read from 127.0.0.0/8 and ::1 (any port), on the first hop and after redirects. Other private networks stay closed. */
  allowLoopback?: boolean;
  /** Breaking off: the promise or the body then throws the signal's reason. */
  signal?: AbortSignal;
  /**
   * Asked before a redirect is followed: throws when its target must not be read, answers the pace there. The gate itself
   * holds every hop to its own rules (addresses, limits, host clock); what else the first address was asked is the caller's.
   */
  onRedirect?: (target: URL) => Promise<Pace>;
  /** Told of each request that is made, redirects included; not of one that its host's clock did not let through. */
  onRequest?: () => void;
  politeness: Pace;
  limits?: Partial<FetchLimits>;
}

export interface GateResponse {
  /** 2xx, or 304 if validators were sent. */
  status: number;
  /** Address after redirects, without fragment; `file:///…` for a local file. */
  url: string;
  /** Lower-case names; repeated ones joined by a comma; no cookies; values over 8 KiB left out. */
  headers: Record<string, string>;
  /** Lower case, without parameters. */
  mediaType?: string;
  /** Lower case. */
  charset?: string;
  /** The server has nothing newer than `validators`; the body is empty. */
  notModified: boolean;
  etag?: string;
  lastModified?: string;
  /**
   * The decoded body, to be read once. Throws `RetryLater` when it stalls, drips, or is cut short, `SourceBroken` when it
   * breaks a limit or its own encoding. Reading to the end, leaving the loop or an error frees the host's slot. A body that ends
   * with its connection (neither Content-Length nor chunks) cannot be known to be whole: the format must tell.
   */
  body: AsyncIterable<Uint8Array>;
  /** Bytes of the body so far. */
  bytes: { wire: number; decoded: number };
  /** Whether the message said where it ends (Content-Length or chunked); false for a body that ends with its connection. */
  framed: boolean;
  /** Gives up a body that is not read (to the end). Safe to call at any time, any number of times. */
  dispose(): Promise<void>;
}

/** The one way out: every byte that Credatlas asks of another machine passes here. */
export interface FetchGate {
  /**
   * @throws AddressRefused for an address that must not be read (never retried)
   * @throws RetryLater when the host is busy, slow or not reachable
   * @throws SourceBroken for any other bad answer; `StatusRefused` among them carries the status
   * @throws ConfigError for headers that are not the caller's to set
   */
  fetch(request: GateRequest): Promise<GateResponse>;
  /** Closes idle connections and breaks off the others. */
  close(): Promise<void>;
}

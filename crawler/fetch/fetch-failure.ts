import { AddressRefused, ConfigError, RetryLater, SourceBroken } from '../errors.ts';
import type { ConnectionLimits, FetchLimits } from './limits.ts';
import { redactUrl } from './redact-url.ts';

/** The server answered with a status that is of no use. */
export class StatusRefused extends SourceBroken {
  readonly status: number;
  constructor(url: string | URL, status: number) {
    super(`${redactUrl(url)}: the server answered ${status}`, statusRemedy(status));
    this.status = status;
  }
}

/** The server could not make an answer (500, 502, 504): its fault, or that of what was asked for. */
export class ServerFailed extends RetryLater {}

/** The redirects of an address lead nowhere: too many, in a circle, or without a target. */
export class RedirectsBroken extends SourceBroken {}

function statusRemedy(status: number): string {
  if (status === 401 || status === 403) {
    return 'Check the credentials of the source, or ask the provider to let the User-Agent Credatlas in.';
  }
  if (status === 404 || status === 410) return 'Check the URL of the source; the feed may have moved.';
  return 'Open the address in a browser and tell the provider what it shows.';
}

export const unreachable = (
  url: string | URL,
  reason: string,
  cause?: unknown,
  seconds = 60,
  status?: number,
): RetryLater =>
  new RetryLater(
    `${redactUrl(url)}: ${reason}`,
    'Nothing to do at first: the next harvest tries again. If it stays so, tell the provider.',
    seconds,
    { cause, status },
  );

/** A limit was broken; `setting` names it in limits.ts. The size of a body is the operator's to allow. */
export const overLimit = (
  url: string | URL,
  what: string,
  setting: keyof FetchLimits | keyof ConnectionLimits,
): SourceBroken =>
  new SourceBroken(
    `${redactUrl(url)}: ${what}`,
    setting === 'wireBytes' || setting === 'decodedBytes'
      ? 'If the feed is really that large, set largestBody (in MiB) of the source; best is that the provider sends it in pages.'
      : `The provider should send it smaller, in pages or with less compression (limit ${setting} in crawler/fetch/limits.ts).`,
  );

const certificate = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT|ERR_SSL|EPROTO|HOSTNAME_MISMATCH)/;
const passing =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EAI_AGAIN|ESERVFAIL|ETIMEOUT|UND_ERR_(CONNECT_TIMEOUT|SOCKET|HEADERS_TIMEOUT|BODY_TIMEOUT))$/;

/** Any error of the connection, put into the class that carries the policy. Our own pass unchanged. */
export function fetchFailure(url: string | URL, error: unknown): Error {
  if (error instanceof RetryLater || error instanceof SourceBroken) return error;
  if (error instanceof ConfigError) return error;
  if (error instanceof AddressRefused) {
    return new AddressRefused(`${redactUrl(url)}: the host is not on the public internet`, error.remedy);
  }
  const code = errorCode(error);
  if (passing.test(code)) return unreachable(url, `no connection, or it broke off (${code})`, error);
  if (code === 'ENOTFOUND' || code === 'ENODATA') {
    return new SourceBroken(`${redactUrl(url)}: the host name does not exist`, 'Check the URL of the source.', {
      cause: error,
    });
  }
  if (certificate.test(code)) {
    return new SourceBroken(
      `${redactUrl(url)}: its certificate or TLS set-up is not valid (${code})`,
      'The provider must mend it (often the intermediate certificate is missing). It is not overridden.',
      { cause: error },
    );
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return overLimit(url, 'the response headers are too large', 'headerBytes');
  return new SourceBroken(`${redactUrl(url)}: the answer is not proper HTTP (${code})`, 'Tell the provider.', {
    cause: error,
  });
}

function errorCode(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown error';
}

import { NotYet } from './patiently.ts';

/** Names and servers of a network that starts are not there at once. */
const LATER = new Set(['ECONNREFUSED', 'EAI_AGAIN', 'ENOTFOUND', 'ENOENT', 'EHOSTUNREACH', 'ECONNRESET', 'EPIPE']);

const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ECONNREFUSED: 'it refuses the connection',
    ECONNRESET: 'it breaks the connection off',
    EPIPE: 'it breaks the connection off',
    UND_ERR_SOCKET: 'it breaks the connection off',
    ENOTFOUND: 'there is no host of that name',
    EAI_AGAIN: 'its name cannot be looked up now',
    EHOSTUNREACH: 'no way leads to that host',
    ENETUNREACH: 'no way leads to that network',
    EADDRNOTAVAIL: 'no way leads to that address',
    ETIMEDOUT: 'it does not answer',
    ESOCKETTIMEDOUT: 'it does not answer',
    UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
    UND_ERR_HEADERS_TIMEOUT: 'it does not answer',
    UND_ERR_BODY_TIMEOUT: 'it does not answer to the end',
    ENOENT: 'there is no such socket',
    EACCES: 'this user may not connect',
    ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
    ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS',
    EPROTO: 'it does not speak TLS',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody known',
    SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody known',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by nobody known',
    CERT_HAS_EXPIRED: 'its certificate has expired',
    ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  }),
);

/** The code of an error, of what caused it, or of one of several tries. */
export function codeOf(error: unknown): string | undefined {
  for (let e = error, depth = 0; e && depth < 5; depth++) {
    const { code, cause, errors } = e as { code?: unknown; cause?: unknown; errors?: unknown[] };
    if (typeof code === 'string' && (WORDS.has(code) || !cause)) return code;
    e = cause ?? errors?.[0];
  }
  return undefined;
}

/** What went wrong on the way to a server, in words; undefined when it was not the way. */
export function networkWords(error: unknown): string | undefined {
  const code = codeOf(error);
  if (!code) return (error as Error)?.name === 'TimeoutError' ? 'it does not answer' : undefined;
  if (code.startsWith('HPE_')) return 'what answers there does not speak HTTP';
  const known = WORDS.get(code);
  return known
    ? `${known} (${code})`
    : /^E[A-Z]+$|^ERR_(SSL|TLS)/.test(code)
      ? `it cannot be reached (${code})`
      : undefined;
}

/** Throws `NotYet` with the words when waiting may help. */
export function orNotYet(error: unknown, words: string): void {
  if (LATER.has(codeOf(error) ?? '')) throw new NotYet(words);
}

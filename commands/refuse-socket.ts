import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** What is said to a client whose bytes are no request: by the code of Node's error. */
const WORDS = new Map<string | undefined, [status: number, error: string, remedy: string]>([
  [
    'HPE_HEADER_OVERFLOW',
    [
      431,
      'The address and the headers together are larger than 16 KiB',
      'Send long queries by POST, and fewer headers.',
    ],
  ],
  ['ERR_HTTP_REQUEST_TIMEOUT', [408, 'The request was not in within the time', 'Send it anew, in one go.']],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', [413, 'The chunk extensions are too large', 'Leave them out.']],
]);
const BROKEN: [number, string, string] = [400, 'This is no HTTP/1.1 request', 'Send a request by RFC 9112.'];

/** How long what the client still sends is swallowed, so that the answer is not lost to a reset. */
const LINGER_MS = 500;

/** Answers bytes that are no request, and closes. Nothing is known of what the client accepts: the answer is JSON. */
export function refuseSocket(error: NodeJS.ErrnoException, socket: Duplex): void {
  const { _httpMessage: current } = socket as { _httpMessage?: ServerResponse | null };
  if (!socket.writable || error.code === 'ECONNRESET' || current?.headersSent) {
    socket.destroy();
    return;
  }
  answer(socket, ...(WORDS.get(error.code) ?? BROKEN));
}

/** Answers CONNECT: this is no proxy. */
export const refuseTunnel = (socket: Duplex): void => answer(socket, 405, 'CONNECT is not served', 'Use GET.');

function answer(socket: Duplex, status: number, error: string, remedy: string): void {
  const body = JSON.stringify({ error, remedy });
  socket.on('error', () => {}); // more of the same, or a client that has gone
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `${status === 405 ? 'Allow: GET, HEAD, POST, OPTIONS\r\n' : ''}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

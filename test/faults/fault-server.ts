import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface LoggedRequest {
  /** Milliseconds of the monotonic clock. */
  at: number;
  path: string;
  headers: IncomingHttpHeaders;
  status?: number;
  /** When the answer was over or the connection broken. */
  end?: number;
}

export type Handler = (request: IncomingMessage, response: ServerResponse, entry: LoggedRequest) => void;
export type Answer =
  | string
  | Buffer
  | { status?: number; headers?: Record<string, string | string[]>; body?: string | Buffer }
  | Handler;

/**
 * A provider on loopback whose routes are faults, and whose log is the oracle: what was asked, when, with which headers,
 * and how it was answered. A route is a path with or without its query; the one with it goes first.
 */
export async function createFaultServer(
  routes: Record<string, Answer> = {},
  { host = '127.0.0.1', port = 0, maxHeaderSize = 65_536 } = {},
) {
  const log: LoggedRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ maxHeaderSize }, (request, response) => {
    const path = request.url ?? '/';
    const entry: LoggedRequest = { at: performance.now(), path, headers: request.headers };
    log.push(entry);
    response.on('error', () => {});
    response.on('close', () => {
      entry.end = performance.now();
      entry.status = response.statusCode;
    });
    const answer = routes[path] ?? routes[path.split('?')[0] as string] ?? routes['*'];
    if (answer === undefined) return void response.writeHead(404).end('nothing here');
    if (typeof answer === 'function') return answer(request, response, entry);
    const plain = typeof answer === 'string' || Buffer.isBuffer(answer);
    const { status = 200, headers = {}, body = '' } = plain ? { body: answer } : answer;
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  const counter = { connections: 0 };
  server.on('connection', (socket) => {
    counter.connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const given = (server.address() as AddressInfo).port;
  return {
    port: given,
    origin: `http://127.0.0.1:${given}`,
    routes,
    log,
    counter,
    /** Requests for feed pages, robots.txt left out. */
    pages: () => log.filter((entry) => entry.path !== '/robots.txt'),
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

export type FaultServer = Awaited<ReturnType<typeof createFaultServer>>;

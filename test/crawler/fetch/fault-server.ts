import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';

export interface LoggedRequest {
  path: string;
  at: number;
  /** When the answer was finished or the connection broken. */
  end?: number;
  headers: IncomingMessage['headers'];
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A loopback server with one handler a path, and a log as the oracle for politeness. */
export async function startFaultServer(routes: Record<string, Handler>) {
  const log: LoggedRequest[] = [];
  const server: Server = createServer((request, response) => {
    const entry: LoggedRequest = { path: request.url ?? '', at: performance.now(), headers: request.headers };
    log.push(entry);
    response.on('close', () => {
      entry.end = performance.now();
    });
    const path = entry.path.split('?')[0] ?? '';
    const handler = routes[path] ?? routes['*'];
    if (handler) handler(request, response);
    else response.writeHead(404).end('nothing here');
  });
  return { ...(await listen(server)), log, routes };
}

/** A server that counts connections and says nothing: the canary. */
export async function startTcpServer(
  onConnection: (socket: Socket) => void = (socket) => socket.destroy(),
  host = '127.0.0.1',
) {
  const counter = { connections: 0 };
  const server = createTcpServer((socket) => {
    counter.connections += 1;
    socket.on('error', () => {});
    onConnection(socket);
  });
  return { ...(await listen(server, host)), counter };
}

/** Answers the first bytes of every connection with these raw bytes, and closes unless told otherwise. */
export const raw =
  (text: string, { close = true } = {}) =>
  (socket: Socket) => {
    socket.once('data', () => (close ? socket.end(text, 'latin1') : socket.write(text, 'latin1')));
  };

async function listen(server: Server | TcpServer, host = '127.0.0.1') {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

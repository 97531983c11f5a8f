import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer =
  | string
  | Buffer
  | { status?: number; headers?: Record<string, string>; body?: string | Buffer }
  | ((req: IncomingMessage, res: ServerResponse) => void);

/** A provider on loopback whose answers a test changes as it goes; `requests` is what was asked of it. */
export async function createFeedServer(routes: Record<string, Answer> = {}) {
  const requests: { path: string; headers: IncomingMessage['headers'] }[] = [];
  const server = createServer((req, res) => {
    const path = req.url ?? '/';
    requests.push({ path, headers: req.headers });
    const answer = routes[path] ?? routes[path.split('?')[0] as string];
    if (answer === undefined) return void res.writeHead(404).end('nothing here');
    if (typeof answer === 'function') return answer(req, res);
    const {
      status = 200,
      headers = {},
      body = '',
    } = typeof answer === 'string' || Buffer.isBuffer(answer) ? { body: answer } : answer;
    res.writeHead(status, { 'content-type': 'application/json', ...headers });
    res.end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    routes,
    requests,
    /** Requests since the last call, robots.txt left out. */
    asked() {
      const paths = requests.map((r) => r.path).filter((path) => path !== '/robots.txt');
      requests.length = 0;
      return paths;
    },
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

export type FeedServer = Awaited<ReturnType<typeof createFeedServer>>;

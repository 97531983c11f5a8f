import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExampleAnswer } from './feeds/provider.ts';
import { exampleProviders } from './providers/index.ts';

/** A running example server. `origin` is `http://127.0.0.1:<port>`. */
export interface ExampleServer {
  origin: string;
  close(): Promise<void>;
}

/** The day the example data were last written; nothing in them depends on the clock. */
const LAST_MODIFIED = 'Mon, 05 Oct 2026 08:00:00 GMT';

/**
 * Serves the example providers on this machine, as providers serve feeds: robots.txt, paging, sitemaps, validators
 * (ETag, Last-Modified, 304). `port` 0 takes any free one; the feeds are the same on every start.
 */
export async function createExampleServer(options: { port?: number } = {}): Promise<ExampleServer> {
  const server = createServer((request, response) => {
    const host = request.headers.host ?? '127.0.0.1';
    const url = new URL(request.url ?? '/', `http://${host}`);
    send(request, response, answerTo(url));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** What the server says to a GET of an address; undefined is 404. Pure: the same address, the same bytes. */
export function answerTo(url: URL): ExampleAnswer | undefined {
  const { pathname, searchParams, origin } = url;
  if (pathname === '/') {
    const list = exampleProviders.map((p) => `- /providers/${p.name}/`).join('\n');
    return { type: 'text/plain; charset=utf-8', body: `Example providers of Credatlas. Invented data.\n${list}\n` };
  }
  if (pathname === '/robots.txt') {
    return { type: 'text/plain; charset=utf-8', body: 'User-agent: *\nDisallow: /private/\nAllow: /\n' };
  }
  const [, name, rest] = /^\/providers\/([^/]+)\/(.*)$/.exec(pathname) ?? [];
  const provider = exampleProviders.find((p) => p.name === name);
  return provider?.answer(rest?.replace(/\/$/, '') ?? '', searchParams, `${origin}/providers/${name}`);
}

function send(request: IncomingMessage, response: ServerResponse, answer: ExampleAnswer | undefined): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  if (!answer) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('No example stands here.\n');
    return;
  }
  const body = Buffer.from(answer.body as string);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const validators = { etag, 'last-modified': LAST_MODIFIED, 'cache-control': 'no-cache' };
  if (notModified(request, etag)) {
    response.writeHead(304, validators).end();
    return;
  }
  response.writeHead(200, { ...validators, 'content-type': answer.type, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** RFC 9110 §13.2.2: If-None-Match decides where it is given, else If-Modified-Since. */
function notModified(request: IncomingMessage, etag: string): boolean {
  const match = request.headers['if-none-match'];
  if (match !== undefined) return match.split(',').some((tag) => ['*', etag, `W/${etag}`].includes(tag.trim()));
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return since >= Date.parse(LAST_MODIFIED);
}

import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { listenFailed } from './start/check-address.ts';

const DRAIN_MS = 10_000;

/** Serves an app on host and port; answers its address and how to stop it when open requests are done. */
export async function listen(app: Pick<Hono, 'fetch'>, { host, port }: { host: string; port: number }) {
  const server = serve({ fetch: app.fetch, hostname: host, port }) as Server;
  // Headers that drip in, and connections that say nothing, do not hold a socket for ever.
  server.headersTimeout = 20_000;
  server.requestTimeout = 60_000;
  await new Promise<void>((done, failed) => {
    server.once('listening', done);
    server.once('error', (error) => failed(listenFailed(error, host, port)));
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  const shown = host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? '127.0.0.1' : host;
  return {
    url: `http://${shown}:${bound}`,
    stop: () =>
      new Promise<void>((done) => {
        const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
        cut.unref();
        server.close(() => {
          clearTimeout(cut);
          done();
        });
        server.closeIdleConnections();
      }),
  };
}

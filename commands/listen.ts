import { createServer, type ServerOptions } from 'node:http';
import { getRequestListener, type HttpBindings, RequestError } from '@hono/node-server';
import type { Hono } from 'hono';
import { refuseSocket, refuseTunnel } from './refuse-socket.ts';
import { settleBody } from './settle-body.ts';
import { listenFailed } from './start/check-address.ts';

const DRAIN_MS = 10_000;

/** How long clients are waited for, in milliseconds: `silence` is that of a socket, in the midst of an answer too. */
type Patience = ServerOptions & { silence: number };

/** Headers that drip in, connections that say nothing, and answers that nobody reads do not hold a socket for ever. */
const PATIENCE: Patience = {
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 5_000,
  silence: 60_000,
};

/** Serves an app on host and port; answers its address and how to stop it when open requests are done. */
export async function listen(
  app: Pick<Hono, 'fetch'>,
  { host, port, patience = PATIENCE }: { host: string; port: number; patience?: Patience },
) {
  const named = host.includes(':') ? `[${host}]` : host;
  const serve = getRequestListener(
    async (request, env) => {
      const { incoming } = env as HttpBindings;
      // Which of two hosts a proxy meant is not for us to guess (RFC 9112 §3.2).
      if (incoming.rawHeaders.filter(isHost).length > 1) throw new RequestError('two hosts');
      return settleBody(await app.fetch(request, env), incoming);
    },
    { hostname: named, errorHandler: refuseRequest },
  );
  const server = createServer(patience, serve)
    .setTimeout(patience.silence)
    // Whether the body is wanted is said by who reads it.
    .on('checkContinue', serve)
    .on('clientError', refuseSocket)
    .on('connect', (_, socket) => refuseTunnel(socket))
    .listen(port, host);
  await new Promise<void>((done, failed) => {
    server.once('listening', done);
    server.once('error', (error) => failed(listenFailed(error, host, port)));
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  const shown = host === '0.0.0.0' ? '127.0.0.1' : named;
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

const isHost = (text: string, index: number): boolean => index % 2 === 0 && text.toLowerCase() === 'host';

/** A request of which no address can be made, before any app has seen it. */
function refuseRequest(error: unknown): Response {
  return error instanceof RequestError
    ? Response.json(
        { error: 'The address or the Host is malformed', remedy: 'Check both; encode the address.' },
        { status: 400 },
      )
    : Response.json({ error: 'Something went wrong on our side', remedy: 'Try again.' }, { status: 500 });
}

import { createHash, timingSafeEqual } from 'node:crypto';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import { Queue } from 'bullmq';
import { Hono } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import { timeout } from 'hono/timeout';
import { Redis } from 'ioredis';
import { QUEUE_NAME } from '../crawler/harvest/queue.ts';

export const BOARD_PATH = '/queues';

/** Everything from here alone; the board sets styles on elements. */
const CSP = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'self'"],
  frameAncestors: ["'none'"],
};

/** With Redis away the queue would be waited for without end. */
const TIMEOUT_MS = 5_000;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Bull Board over the queue on Redis, at /queues, behind a password (any user name). Close it when done. */
export function createQueueBoard({ redisUrl, password }: { redisUrl: string; password: string }) {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: 1 });
  connection.on('error', () => {}); // the board answers 504 as long as Redis is away
  const queue = new Queue(QUEUE_NAME, { connection });
  queue.on('error', () => {});
  const adapter = new HonoAdapter(serveStatic).setBasePath(BOARD_PATH);
  createBullBoard({
    queues: [new BullMQAdapter(queue)],
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Credatlas' } },
  });

  const expected = digest(password);
  const app = new Hono();
  app.use(secureHeaders({ contentSecurityPolicy: CSP, strictTransportSecurity: false }));
  app.use(
    basicAuth({
      realm: 'Credatlas queues',
      // Digests are of one length, so the time says nothing of how much of a guess was right.
      verifyUser: (_, given) => timingSafeEqual(digest(given), expected),
    }),
  );
  app.use(csrf());
  app.use(timeout(TIMEOUT_MS));
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.get('content-type')?.startsWith('text/html')) return;
    // The page asks for fonts of another host; it does without.
    const page = (await c.res.text()).replace(/<link[^>]+fonts\.googleapis\.com[^>]*>/g, '');
    c.res = new Response(page, { status: c.res.status, headers: c.res.headers });
  });
  app.route(BOARD_PATH, adapter.registerPlugin() as Hono);
  return {
    app,
    async close() {
      connection.disconnect();
      await queue.close().catch(() => {});
    },
  };
}

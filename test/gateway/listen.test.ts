import { setTimeout as wait } from 'node:timers/promises';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { listen } from '../../commands/listen.ts';

const slow = (milliseconds: number) => {
  const app = new Hono();
  app.get('/', async (c) => {
    await wait(milliseconds);
    return c.text('done');
  });
  return app;
};

test('closing lets an open request end and takes no new ones', async () => {
  const listening = await listen(slow(200), { port: 0, host: '127.0.0.1' });
  const open = fetch(listening.url).then((answer) => answer.text());
  await wait(80);
  const closed = listening.stop();
  await expect(fetch(listening.url, { signal: AbortSignal.timeout(2_000) })).rejects.toThrow();
  expect(await open).toBe('done');
  await closed;
});

test('a port that is taken is an error with a remedy', async () => {
  const first = await listen(slow(0), { port: 0, host: '127.0.0.1' });
  const port = Number(new URL(first.url).port);
  await expect(listen(slow(0), { port, host: '127.0.0.1' })).rejects.toThrow(/in use/);
  await first.stop();
});

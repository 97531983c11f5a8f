import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
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

test('an answer that nobody reads is given up', async () => {
  const size = 50_000_000;
  const app = new Hono().get('/', (c) => c.body('x'.repeat(size)));
  const patience = { silence: 500 };
  const listening = await listen(app, { port: 0, host: '127.0.0.1', patience });
  const socket = connect(Number(new URL(listening.url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.pause();
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await wait(3_000);
  let got = 0;
  socket.on('data', (chunk) => {
    got += chunk.length;
  });
  socket.resume();
  await new Promise((done) => socket.once('close', done));
  expect(got).toBeGreaterThan(1_000);
  expect(got).toBeLessThan(size);
  await listening.stop();
});

const ipv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
test.skipIf(!ipv6)('an address by IPv6 is one that requests without a host can be read with', async () => {
  const app = new Hono().get('/', (c) => c.text(c.req.url));
  const listening = await listen(app, { port: 0, host: '::1' });
  const socket = connect(Number(new URL(listening.url).port), '::1');
  socket.write('GET / HTTP/1.0\r\n\r\n');
  let text = '';
  for await (const chunk of socket) text += chunk;
  expect(text).toMatch(/^HTTP\/1\.1 200 /);
  expect(text).toMatch(/http:\/\/\[::1\]\/$/);
  await listening.stop();
});

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { RetryLater } from '../../../crawler/errors.ts';
import { afterOutcome, calm } from '../../../crawler/fetch/host-backoff.ts';
import { createInProcessClock } from '../../../crawler/fetch/in-process-clock.ts';
import { startFaultServer } from './fault-server.ts';
import { drained, failure, local, newGate } from './gate-fixture.ts';

const a = 'https://a.example';
const fast = { requestsPerSecond: 1000, concurrency: 1 };

test('the server’s log: starts keep their distance, no more than allowed run at once, nobody else waits', async () => {
  const slow = await startFaultServer({ '*': (_, response) => void setTimeout(() => response.end('x'), 120) });
  const quick = await startFaultServer({ '*': (_, response) => void response.end('y') });
  const gate = newGate({ clock: createInProcessClock() });
  const politeness = { requestsPerSecond: 20, concurrency: 2 };
  const many = Array.from({ length: 8 }, async (_, i) =>
    drained(await gate.fetch(local(`${slow.origin}/${i}`, { politeness }))),
  );
  for (let i = 0; i < 20; i++) await drained(await gate.fetch(local(`${quick.origin}/${i}`)));
  // All of another host's requests are through before the slow one has answered its eight.
  expect(slow.log.filter(({ end }) => end !== undefined).length).toBeLessThan(8);
  await Promise.all(many);
  expect(slow.log.map(({ path }) => path)).toEqual(Array.from({ length: 8 }, (_, i) => `/${i}`));
  for (const [i, { at }] of slow.log.entries()) {
    // Counted from the first, since a busy machine may deliver two starts close together, and the first one late.
    expect(at - (slow.log[0]?.at ?? 0)).toBeGreaterThanOrEqual(i * 50 - 45);
    expect(slow.log.filter((one) => one.at <= at && (one.end ?? 0) > at + 1).length).toBeLessThanOrEqual(2);
  }
  await gate.close();
  await Promise.all([slow.close(), quick.close()]);
});

test('a host that says when to come back is not asked before', async () => {
  let busy = true;
  const server = await startFaultServer({
    '*': (_, response) => {
      if (busy) response.writeHead(503, { 'retry-after': '1' }).end();
      else response.end('ready');
      busy = false;
    },
  });
  const gate = newGate({ clock: createInProcessClock({ patienceMs: 5000 }) });
  expect((await failure(gate.fetch(local(server.origin)))).seconds).toBe(1);
  await drained(await gate.fetch(local(server.origin)));
  expect((server.log[1]?.at ?? 0) - (server.log[0]?.at ?? 0)).toBeGreaterThanOrEqual(990);
  const hasty = newGate({ clock: createInProcessClock({ patienceMs: 100 }) });
  busy = true;
  await failure(hasty.fetch(local(server.origin)));
  const seen = server.log.length;
  expect(await failure(hasty.fetch(local(server.origin)))).toBeInstanceOf(RetryLater);
  expect(server.log).toHaveLength(seen);
  await Promise.all([gate.close(), hasty.close(), server.close()]);
});

test('closed, parked, and the end of it, by a clock of our own', async () => {
  let time = 0;
  const clock = createInProcessClock({ now: () => time });
  const bad = async (retryAfter?: number) => (await clock.acquire(a, fast)).release({ kind: 'busy', retryAfter });
  await bad(3600);
  const closed = (await failure(clock.acquire(a, fast))) as RetryLater;
  expect(closed).toBeInstanceOf(RetryLater);
  expect(closed.seconds).toBe(3600);
  expect(closed.message).toContain('left alone until');
  await (await clock.acquire('https://b.example', fast)).release({ kind: 'ok' });
  time += 3_600_001;
  await bad(2 * 86_400);
  const parked = (await failure(clock.acquire(a, fast))) as RetryLater;
  expect(parked.message).toContain('parked until');
  expect(parked.seconds).toBe(172_800);
  time += 172_800_001;
  await bad(1e12);
  expect(((await failure(clock.acquire(a, fast))) as RetryLater).seconds).toBe(30 * 86_400);
});

test('those who wait when the host closes are told so', async () => {
  const clock = createInProcessClock();
  const lease = await clock.acquire(a, fast);
  const waiting = [clock.acquire(a, fast), clock.acquire(a, fast)].map(failure);
  await lease.release({ kind: 'busy', retryAfter: 600 });
  for (const error of await Promise.all(waiting)) expect(error).toBeInstanceOf(RetryLater);
});

test('waiting can be broken off, also behind another, and leaves no gap in the queue', async () => {
  const clock = createInProcessClock();
  const first = await clock.acquire(a, fast);
  const controller = new AbortController();
  const second = clock.acquire(a, fast, controller.signal);
  const third = clock.acquire(a, fast);
  controller.abort(new Error('stop'));
  expect((await failure(second)).message).toBe('stop');
  await first.release({ kind: 'ok' });
  await first.release({ kind: 'busy', retryAfter: 600 });
  const lease = await third;
  await lease.release({ kind: 'cancelled' });
  expect((await failure(clock.acquire(a, fast, AbortSignal.abort(new Error('before'))))).message).toBe('before');
});

test('sources of different pace on one host: the slower gap holds', async () => {
  const clock = createInProcessClock();
  await (await clock.acquire(a, { requestsPerSecond: 10, concurrency: 1 })).release({ kind: 'ok' });
  const started = performance.now();
  await (await clock.acquire(a, fast)).release({ kind: 'ok' });
  expect(performance.now() - started).toBeGreaterThanOrEqual(90);
  await sleep(0);
});

test('a small answer that nobody wants leaves the connection open for the next request', async () => {
  const ports = new Set<number | undefined>();
  const server = await startFaultServer({
    '*': (request, response) => {
      ports.add(request.socket.remotePort);
      if (request.url === '/moved') response.writeHead(302, { location: '/304', 'content-length': 5 }).end('moved');
      else if (request.url === '/304') response.writeHead(304).end();
      else response.writeHead(404, { 'content-length': 4 }).end('none');
    },
  });
  const gate = newGate();
  // With a little room between: undici opens a second connection while the first is still tidying up.
  const more = { validators: { etag: '"x"' }, politeness: { requestsPerSecond: 50, concurrency: 1 } };
  await gate.fetch(local(`${server.origin}/moved`, more));
  await failure(gate.fetch(local(`${server.origin}/404`, more)));
  await gate.fetch(local(`${server.origin}/304`, more));
  expect(server.log).toHaveLength(4);
  expect(ports.size).toBe(1);
  await gate.close();
  await server.close();
});

test('backing off grows, is bounded, and decays', () => {
  let mood = calm;
  const closed: number[] = [];
  for (let i = 0; i < 12; i++) {
    const step = afterOutcome(mood, { kind: 'busy' });
    mood = step.mood;
    closed.push(step.closedSeconds);
  }
  expect(closed.slice(0, 4)).toEqual([10, 20, 40, 80]);
  expect(closed.at(-1)).toBe(3600);
  expect(mood.slowdown).toBe(32);
  for (let i = 0; i < 20; i++) mood = afterOutcome(mood, { kind: 'ok' }).mood;
  expect(mood).toEqual(calm);
  expect(afterOutcome(calm, { kind: 'busy', retryAfter: 0 }).closedSeconds).toBe(1);
  expect(afterOutcome(calm, { kind: 'failed' })).toEqual({ mood: { strikes: 1, slowdown: 1 }, closedSeconds: 2 });
  expect(afterOutcome(calm, { kind: 'cancelled' })).toEqual({ mood: calm, closedSeconds: 0 });
});

import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { AddressRefused, RetryLater } from '../../../crawler/errors.ts';
import { createRobots, withCrawlDelay } from '../../../crawler/fetch/robots.ts';
import { type Handler, startFaultServer } from './fault-server.ts';
import { failure, newGate } from './gate-fixture.ts';

const routes: Record<string, Handler> = {};
const server = await startFaultServer(routes);
const gate = newGate();
const leave = { allowLoopback: true, politeness: { requestsPerSecond: 1000, concurrency: 2 } };
let time = 0;
const newRobots = () => createRobots({ fetch: gate.fetch, now: () => time });
const answer = (handler: Handler) => {
  routes['/robots.txt'] = handler;
};
const say = (text: string, headers = {}) => answer((_, response) => void response.writeHead(200, headers).end(text));
const page = `${server.origin}/courses/1`;

beforeEach(() => {
  server.log.length = 0;
});
afterAll(async () => {
  await gate.close();
  await server.close();
});

describe('robots.txt', () => {
  test('is asked once a day, one at a time, and its reason is told', async () => {
    const robots = newRobots();
    say('User-agent: *\nCrawl-delay: 4\nDisallow: /private');
    const verdicts = await Promise.all([page, `${server.origin}/private/x`].map((url) => robots.allowed(url, leave)));
    expect(verdicts).toEqual([
      { allowed: true, crawlDelay: 4 },
      { allowed: false, crawlDelay: 4, reason: `${server.origin}/robots.txt says "Disallow: /private"` },
    ]);
    expect(await robots.allowed(`${server.origin}/robots.txt`, leave)).toEqual({ allowed: true });
    time += 23 * 3_600_000;
    await robots.allowed(page, leave);
    expect(server.log.map(({ path }) => path)).toEqual(['/robots.txt']);
    time += 3_600_001;
    say('User-agent: *\nDisallow: /');
    expect((await robots.allowed(page, leave)).allowed).toBe(false);
    expect(server.log).toHaveLength(2);
  });

  test.each([400, 401, 403, 404, 410])('%i: everything is allowed, and that is remembered', async (status) => {
    const robots = newRobots();
    answer((_, response) => void response.writeHead(status).end('Disallow: /'));
    expect(await robots.allowed(page, leave)).toEqual({ allowed: true });
    expect(await robots.allowed(page, leave)).toEqual({ allowed: true });
    expect(server.log).toHaveLength(1);
  });

  test.each([429, 500, 503])('%i: the host is left alone, and not asked again at once', async (status) => {
    const robots = newRobots();
    answer((_, response) => void response.writeHead(status).end());
    expect(await failure(robots.allowed(page, leave))).toBeInstanceOf(RetryLater);
    expect(await failure(robots.allowed(page, leave))).toBeInstanceOf(RetryLater);
    expect(server.log).toHaveLength(1);
    time += 61_000;
    say('');
    expect((await robots.allowed(page, leave)).allowed).toBe(true);
  });

  test('a caller that leaves does not take the answer from another', async () => {
    const robots = newRobots();
    answer((_, response) => void setTimeout(() => response.end('User-agent: *\nDisallow: /'), 60));
    const controller = new AbortController();
    const leaving = failure(robots.allowed(page, { ...leave, signal: controller.signal }));
    const staying = robots.allowed(page, leave);
    controller.abort(new Error('stop'));
    expect((await leaving).message).toBe('stop');
    expect((await staying).allowed).toBe(false);
    expect(server.log).toHaveLength(1);
  });

  test('the last known rules hold while the host cannot be asked', async () => {
    const robots = newRobots();
    say('User-agent: *\nDisallow: /private');
    await robots.allowed(page, leave);
    time += 25 * 3_600_000;
    answer((_, response) => void response.writeHead(500).end());
    expect((await robots.allowed(page, leave)).allowed).toBe(true);
    expect((await robots.allowed(`${server.origin}/private`, leave)).allowed).toBe(false);
  });

  test('garbage in its encoding is not a yes', async () => {
    say('not gzip', { 'content-encoding': 'gzip' });
    expect(await failure(newRobots().allowed(page, leave))).toBeInstanceOf(RetryLater);
  });

  test('five redirects are followed, also to another host; with six there is none', async () => {
    const other = await startFaultServer({
      '*': (_, response) => void response.end('User-agent: credatlas\nDisallow: /courses'),
    });
    let hops = 4;
    for (let i = 1; i <= 6; i++) {
      routes[`/r${i}`] = (_, response) => {
        const location = i < hops ? `/r${i + 1}` : `${other.origin}/elsewhere.txt`;
        response.writeHead(301, { location }).end();
      };
    }
    answer((_, response) => void response.writeHead(302, { location: '/r1' }).end());
    expect((await newRobots().allowed(page, leave)).allowed).toBe(false);
    hops = 5;
    expect((await newRobots().allowed(page, leave)).allowed).toBe(true);
    await other.close();
  });

  test('500 KiB are read, the rest is left', async () => {
    const filler = `# ${'x'.repeat(1020)}\n`;
    say(`User-agent: *\nDisallow: /courses\n${filler.repeat(1024)}Disallow: /late\n`);
    const robots = newRobots();
    expect((await robots.allowed(page, leave)).allowed).toBe(false);
    expect((await robots.allowed(`${server.origin}/late`, leave)).allowed).toBe(true);
  });

  test('it opens no way past the gate', async () => {
    const robots = newRobots();
    say('');
    await robots.allowed(page, leave);
    const { politeness } = leave;
    expect(await failure(robots.allowed('http://169.254.169.254/x', leave))).toBeInstanceOf(AddressRefused);
    expect(await failure(robots.allowed(page, { politeness }))).toBeInstanceOf(AddressRefused);
    expect(await failure(robots.allowed('http://127.0.0.1:1/x', { politeness }))).toBeInstanceOf(AddressRefused);
    expect(await failure(robots.allowed('file:///etc/passwd', leave))).toBeInstanceOf(AddressRefused);
    answer((_, response) => void response.writeHead(302, { location: 'http://10.0.0.1/robots.txt' }).end());
    expect(await failure(newRobots().allowed(page, leave))).toBeInstanceOf(AddressRefused);
  });
});

test('a crawl delay slows, and never quickens', () => {
  const pace = { requestsPerSecond: 1, concurrency: 2 };
  expect(withCrawlDelay(pace, undefined)).toBe(pace);
  expect(withCrawlDelay(pace, 0)).toBe(pace);
  expect(withCrawlDelay(pace, 4)).toEqual({ requestsPerSecond: 0.25, concurrency: 1 });
  expect(withCrawlDelay(pace, 0.1).requestsPerSecond).toBe(1);
});

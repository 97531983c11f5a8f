import { setTimeout as sleep } from 'node:timers/promises';
import { Hono } from 'hono';
import { afterAll, describe, expect, test } from 'vitest';
import { createLog } from '../../commands/log/create-log.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { clientKind, requestLog, shapeOf } from '../../gateway/request-log.ts';
import { createServerApp } from '../../gateway/server.ts';
import { createFixtureCatalogue } from './fixture-catalogue.ts';

type Line = Record<string, unknown> & { msg: string };

function capture() {
  const lines: Line[] = [];
  const write = (text: string) => void lines.push(JSON.parse(text));
  const root = createLog({ level: 'info', format: 'json', colour: false, secrets: [], write });
  return { root, lines, requests: { ...root.log.child('http'), within: root.within } };
}

describe('requests that fail on our side', async () => {
  const { catalogue, fail } = await createFixtureCatalogue();
  const { root, lines, requests } = capture();
  const gateway = await createGateway({ catalogue, report: root.reportError });
  const app = createServerApp({ gateway, catalogue, report: root.reportError, requests });
  afterAll(() => gateway.close());
  const post = (query: string, headers = {}) =>
    app.request('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });

  test('the error id that a reader gets stands in the log with the id of his request', async () => {
    fail('providers.byIds', new Error('no such table'));
    fail('credentials.byIds', new Error('out of memory'));
    const query =
      '{ credentials(ids: ["x"]) { id } search(first: 2) { edges { node { id awardingBody { providers { id } } } } } }';
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((id) => post(query, { 'x-request-id': id, 'user-agent': 'portal/1.0' })),
    );
    root.flush();
    const where = JSON.stringify(lines);
    for (const [at, answer] of answers.entries()) {
      expect(answer.headers.get('x-request-id')).toBe(['one', 'two', 'three'][at]);
      const { errors } = (await answer.json()) as { errors: { extensions: { errorId?: string } }[] };
      const ids = errors.flatMap(({ extensions }) => extensions.errorId ?? []);
      expect(ids.length).toBeGreaterThan(0);
      for (const errorId of ids) {
        const told =
          lines.find((line) => line.errorId === errorId) ??
          lines.flatMap(({ ids: more = [] }) => more as Line[]).find((one) => one.errorId === errorId);
        expect(told, where).toMatchObject({ errorId, requestId: ['one', 'two', 'three'][at] });
      }
    }
    expect(JSON.stringify(answers)).not.toContain('out of memory');
    fail('providers.byIds', undefined);
    fail('credentials.byIds', undefined);
  });

  test('an answer of 500 is told with route, status, time and kind of client, without what was searched for', async () => {
    lines.length = 0;
    fail('credentials.byIds', new Error('disk on fire'));
    const answer = await app.request('/credentials/abc?q=anna.muster%40example.org', {
      headers: { 'user-agent': 'curl/8.5 (anna)', 'x-request-id': 'a b\n'.trim() },
    });
    fail('credentials.byIds', undefined);
    expect(answer.status).toBe(500);
    const requestId = answer.headers.get('x-request-id');
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(lines.filter((line) => line.component === 'http')).toEqual([
      expect.objectContaining({
        level: 'error',
        requestId,
        route: 'GET /credentials/:id',
        status: 500,
        ms: expect.any(Number),
        client: 'curl',
        msg: 'GET /credentials/:id answered 500 Internal Server Error',
      }),
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/anna|muster/);
    expect(lines.find((line) => 'errorId' in line)).toMatchObject({ errorId: requestId, requestId });
  });

  test('what readers do wrong is not trouble of ours', async () => {
    lines.length = 0;
    expect((await post('{')).status).toBeGreaterThanOrEqual(200);
    expect((await app.request('/nowhere')).status).toBe(404);
    expect(lines).toEqual([]);
  });

  test.each(['/', '/health', '/ready', '/metrics', '/graphql', '/nowhere', '/assets/page.css', '/credentials/none'])(
    '%s answers with an id',
    async (path) => {
      const own = await app.request(path, { headers: { 'x-request-id': 'trace.1_A-9' } });
      expect(own.headers.get('x-request-id')).toBe('trace.1_A-9');
      for (const bad of ['', ' ', 'a b', 'x'.repeat(65), '<script>', 'ü', '{"a":1}', 'a=b']) {
        const id = (await app.request(path, { headers: { 'x-request-id': bad } })).headers.get('x-request-id');
        expect(id).toMatch(/^[0-9a-f-]{36}$/);
      }
    },
  );
});

describe('any app', () => {
  test('slow requests, 5xx by any handler; the same again is counted, with the ids of the requests', async () => {
    const { root, lines, requests } = capture();
    const app = new Hono();
    app.use(requestLog(requests, { slowMs: 50 }));
    app.get('/slow/:name', async (c) => {
      await sleep(80);
      c.set('query', '{ search(text: "Anna Muster, Hauptstraße 1") { totalCount } } # 0123 456');
      return c.text('late');
    });
    app.get('/busy', () => new Response('shed', { status: 503 }));
    app.get('/late', () => new Response('late', { status: 504 }));
    await app.request('/slow/anna', { headers: { 'user-agent': 'Mozilla/5.0' } });
    for (let n = 0; n < 20; n++) await app.request('/busy', { headers: { 'x-request-id': `r${n}` } });
    const raw = await app.request('/late', { headers: { authorization: 'Bearer s3cr3t-s3cr3t' } });
    expect(raw.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    root.flush();
    expect(lines.map((line) => line.msg)).toEqual([
      'GET /slow/:name was slow',
      'GET /busy answered 503 Service Unavailable',
      'GET /late answered 504 Gateway Timeout',
      expect.stringMatching(/^GET \/busy answered 503 Service Unavailable … 19 more times in \d+ s/),
    ]);
    expect(lines[0]).toMatchObject({ level: 'warn', client: 'browser', query: '{ search(text: "…") { totalCount } }' });
    expect(lines[0]?.ms).toBeGreaterThanOrEqual(50);
    expect(lines[1]).toMatchObject({ level: 'warn', requestId: 'r0' });
    expect(lines[3]?.ids).toContain('r7');
    expect(lines[3]).not.toHaveProperty('requestId');
    expect(lines[2]).toMatchObject({ client: 'unknown, key' });
    expect(JSON.stringify(lines)).not.toMatch(/anna|Muster|0123|s3cr3t/i);
  });

  test.each([
    ['{ a(t: "x") }', '{ a(t: "…") }'],
    ['{ a(t: "x\\"y") b(t: """block "quoted" text""") }', '{ a(t: "…") b(t: "…") }'],
    ['{ a(t: "never closed', '{ a(t: "…"'],
    ['{ a(t: """never closed "', '{ a(t: "…"'],
    ['{ a # my name is Anna\n b }', '{ a b }'],
    [`{ ${'f '.repeat(500)} }`, `{ ${'f '.repeat(99)}`],
  ])('the shape of %s', (query, shape) => {
    expect(shapeOf(query)).toBe(shape);
  });

  test('a hostile query is shortened in no time', () => {
    const started = performance.now();
    for (const part of ['"', '"""', '\\"', '#', '" ', '"\\', ',']) shapeOf(part.repeat(500_000));
    expect(performance.now() - started).toBeLessThan(500);
  });

  test('kinds of clients', () => {
    expect(clientKind({ 'user-agent': 'python-requests/2.31' })).toBe('python-requests');
    expect(clientKind({ 'user-agent': '\u001b[31mX' })).toBe('unknown');
    expect(clientKind({ 'user-agent': 'x'.repeat(5000) })).toBe('unknown');
    expect(clientKind({ 'user-agent': 'Mozilla/5.0 (X11)', 'x-api-key': 'k' })).toBe('browser, key');
    expect(clientKind({})).toBe('unknown');
  });
});

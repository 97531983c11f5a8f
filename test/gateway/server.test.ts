import { afterAll, describe, expect, test } from 'vitest';
import { createGateway } from '../../gateway/gateway.ts';
import type { Started } from '../../gateway/readiness.ts';
import { createServerApp } from '../../gateway/server.ts';
import type { ErrorReport } from '../../subgraphs/shared/errors.ts';
import { createFixtureCatalogue } from './fixture-catalogue.ts';
import { credentials } from './fixture-records.ts';

const { catalogue, fail } = await createFixtureCatalogue();
const reports: ErrorReport[] = [];
const report = (entry: ErrorReport) => void reports.push(entry);
const gateway = await createGateway({ catalogue, report });
let readiness: Started = { ready: true };
const app = createServerApp({ gateway, catalogue, report, ready: () => readiness });
afterAll(() => gateway.close());

const id = (index: number): string => credentials[index]?.record.id ?? '';
const post = (body: unknown, headers: Record<string, string> = {}) =>
  app.request('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });
const browser = { accept: 'text/html,application/xhtml+xml' };

describe('/graphql', () => {
  test('POST answers JSON in the languages of the request', async () => {
    const query = `{ credential(id: "${id(0)}") { title { text language } } }`;
    const answer = await post({ query }, { 'accept-language': 'nl-NL,nl;q=0.9,en;q=0.5' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await answer.json()).toEqual({
      data: { credential: { title: { text: 'Datageletterdheid 0', language: 'nl' } } },
    });
  });

  test.each([
    ['syntax', { query: '{' }, 200, 'GRAPHQL_PARSE_FAILED'],
    ['unknown field', { query: '{ nope }' }, 200, 'GRAPHQL_VALIDATION_FAILED'],
    ['bad variables', { query: 'query($n: Int!) { search(first: $n) { totalCount } }' }, 200, 'BAD_USER_INPUT'],
    ['over a size', { query: '{ search(first: 101) { totalCount } }' }, 400, 'BAD_USER_INPUT'],
    ['over a limit', { query: `{ ${'__typename '.repeat(11)} }` }, 400, 'OPERATION_TOO_LARGE'],
    ['batch', [{ query: '{ __typename }' }], 400, 'BAD_REQUEST'],
    ['not JSON', '{query', 400, 'BAD_REQUEST'],
    ['too large', { query: `{ __typename } # ${'x'.repeat(1_000_001)}` }, 413, 'OPERATION_TOO_LARGE'],
  ])('%s: HTTP status and code', async (_, body, status, code) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    const { errors } = (await answer.json()) as { errors: { extensions: Record<string, unknown> }[] };
    expect(errors[0]?.extensions).toMatchObject({ code, remedy: expect.any(String) });
  });

  test('a form cannot query in passing; other methods are named', async () => {
    expect((await post('query=x', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
    const put = await app.request('/graphql', { method: 'PUT' });
    expect(put.status).toBe(405);
    expect(put.headers.get('allow')).toContain('POST');
  });

  test('GET carries an ETag and answers 304 to who has it', async () => {
    const path = `/graphql?${new URLSearchParams({ query: 'query($n: Int) { search(first: $n) { totalCount } }', variables: '{"n":1}' })}`;
    const first = await get(path);
    expect(first.status).toBe(200);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^".+"$/);
    const second = await get(path, { 'if-none-match': `W/${tag}` });
    expect(second.status).toBe(304);
    expect(await second.text()).toBe('');
    expect((await get('/graphql')).status).toBe(400);
    expect((await get('/graphql?query={a}&variables={')).status).toBe(400);
  });

  test('any origin may ask (CORS)', async () => {
    const preflight = await app.request('/graphql', {
      method: 'OPTIONS',
      headers: { origin: 'https://portal.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type');
  });

  test('a browser gets GraphiQL, whose files are all here', async () => {
    const page = await get('/graphql', browser);
    const text = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
    for (const [, path] of text.matchAll(/(?:src|href)="(\/graphql\/assets\/[^"]+)"/g)) {
      expect((await get(path ?? '')).status).toBe(200);
    }
    expect((await get('/graphql/assets/package.json')).status).toBe(404);
  });
});

describe('pages', () => {
  test('the front page shows counts, sources, the first query and labels example data', async () => {
    const page = await get('/', browser);
    const text = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(text).toContain('<strong>38</strong> credentials');
    expect(text).toContain('Example source North');
    expect(text).toContain('example data');
    expect(text).toContain('query FirstSearch');
    expect(text).not.toContain('<script');
  });

  test('hits are links to pages that are there', async () => {
    const text = await (await get('/?q=data', browser)).text();
    const links = [...text.matchAll(/href="(\/credentials\/crd_[0-9a-z]{20})"/g)].map((m) => m[1] ?? '');
    expect(links).toHaveLength(8);
    const page = await get(links[0] ?? '', { ...browser, 'accept-language': 'nl' });
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(/<h1 lang="nl">Datageletterdheid \d+<\/h1>/);
  });

  test('more hits than a page go on', async () => {
    const text = await (await get('/?q=about', browser)).text();
    const next = /href="(\/\?q=about&amp;after=[^"]+)"/.exec(text)?.[1]?.replace('&amp;', '&') ?? '';
    const second = await (await get(next, browser)).text();
    expect(second.match(/\/credentials\/crd_/g)).toHaveLength(18);
  });

  test.each(['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onfocus=alert(1) x='"])(
    'what a reader types is never markup: %s',
    async (typed) => {
      const text = await (await get(`/?${new URLSearchParams({ q: typed })}`, browser)).text();
      expect(text).not.toContain(typed);
      expect(text).not.toMatch(/<(script|img)/);
    },
  );

  test('a record shows every element with state and origin, escaped', async () => {
    const text = await (await get(`/credentials/${id(0)}`, browser)).text();
    expect(text).toContain('About data literacy &amp; &lt;practice&gt;.');
    expect(text).toContain('derived (nqf-to-eqf)');
    expect(text).toContain('not stated');
    expect(text).toContain('only on the issued credential');
    expect(text).toContain('rule country-of-awarding-body');
  });

  test('withdrawn, merged, alternate and unknown ids', async () => {
    const gone = await get(`/credentials/${id(38)}`, browser);
    expect(gone.status).toBe(410);
    expect(await gone.text()).toContain('withdrawn: gone from the source');
    const merged = await get(`/credentials/${id(39)}`, browser);
    expect([merged.status, merged.headers.get('location')]).toEqual([301, `/credentials/${id(0)}`]);
    const alternate = await get(`/credentials/${encodeURIComponent('urn:example:3')}`, browser);
    expect([alternate.status, alternate.headers.get('location')]).toEqual([301, `/credentials/${id(3)}`]);
    expect((await get('/credentials/crd_00000000000000000000', browser)).status).toBe(404);
  });

  test('the record as JSON', async () => {
    for (const answer of [
      await get(`/credentials/${id(0)}`, { accept: 'application/json' }),
      await get(`/credentials/${id(0)}?format=json`, browser),
    ]) {
      expect(await answer.json()).toMatchObject({
        record: { id: id(0), identifier: 'course-0' },
        status: 'live',
        version: 1,
      });
    }
  });
});

describe('for those who run it', () => {
  test('/health lives while the store does not; /ready says what is missing', async () => {
    expect((await get('/ready')).status).toBe(200);
    readiness = { ready: false, reason: 'the first harvest is not in yet' };
    const early = await get('/ready');
    expect(early.status).toBe(503);
    expect(await early.json()).toMatchObject({
      status: 'not ready',
      reason: 'the first harvest is not in yet',
      parts: { start: { state: 'down: the first harvest is not in yet' }, store: { state: 'ok' } },
    });
    readiness = { ready: true };
    fail('sources.list', new Error('down'));
    // What was found out holds for a second.
    await expect.poll(async () => (await get('/ready')).status, { timeout: 3_000 }).toBe(503);
    expect((await get('/health')).status).toBe(200);
    fail('sources.list', undefined);
  });

  test('/metrics counts requests, errors, records and freshness', async () => {
    const text = await (await get('/metrics')).text();
    expect(text).toMatch(/credatlas_http_requests_total\{route="\/graphql",method="POST",status="200"\} \d+/);
    expect(text).toMatch(/credatlas_graphql_errors_total\{code="GRAPHQL_PARSE_FAILED"\} [1-9]/);
    expect(text).toContain('credatlas_catalogue_records{kind="credential"} 38');
    expect(text).toContain('credatlas_source_records{source="example-south"} 18');
    expect(text).toContain(
      `credatlas_source_last_complete_harvest_timestamp_seconds{source="example-north"} ${Date.parse('2026-11-20T06:00:00Z') / 1000}`,
    );
  });

  test('a page that fails says so with an id that the log has', async () => {
    fail('credentials.byIds', new Error('secret detail'));
    const answer = await get(`/credentials/${id(0)}`, browser);
    fail('credentials.byIds', undefined);
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(text).not.toContain('secret detail');
    const logged = reports.find((entry) => String(entry.error).includes('secret detail'));
    expect(text).toContain(logged?.id ?? 'no report');
  });

  test('what is not there is 404', async () => {
    expect((await get('/nothing', browser)).status).toBe(404);
  });
});

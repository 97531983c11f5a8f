import { type Case, type Context, check, crawlerIn, same, scene, sourceOf } from '../context.ts';
import type { LoggedRequest } from '../fault-server.ts';
import { courses, page } from '../feed.ts';

const family = '10 caches and clocks';
const DAY = 86_400_000;

/** A feed with an ETag; `etag` says which one it has now, and whether it is the one asked about. */
const tagged =
  (state: { body: string; etag: string }) =>
  (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => {
    if (request.headers['if-none-match'] === state.etag)
      return void response.writeHead(304, { etag: state.etag }).end();
    response.writeHead(200, { 'content-type': 'application/json', etag: state.etag }).end(state.body);
  };

const conditional = (entry: LoggedRequest | undefined) =>
  Boolean(entry?.headers['if-none-match'] ?? entry?.headers['if-modified-since']);

/** The server answers `headers` with a 429 once; how long the host is then left alone. */
const retryAfter = (
  name: string,
  headers: Record<string, string> | (() => Record<string, string>),
  wanted: { atLeast: number; atMost: number },
): Case => ({
  family,
  name,
  async run(context) {
    const answer = { status: 429, headers: typeof headers === 'function' ? headers() : headers };
    const s = await scene(context, 'retry', { '/courses': answer }, { clock: 'store' });
    const run = await s.harvest();
    same(run.state, 'failed', 'state');
    const [host] = await s.store.db.query<{ seconds: number; parked: boolean }>(
      `select closed_for as seconds, parked from hosts where origin = $1 and closed_until > clock_timestamp()`,
      [s.server.origin],
    );
    const seconds = host?.seconds ?? 0;
    check(seconds >= wanted.atLeast && seconds <= wanted.atMost, `left alone for ${seconds.toFixed(0)} s`);
    same(host?.parked, wanted.atLeast > 86_400, 'parked');
    s.server.log.length = 0;
    s.server.routes['/courses'] = page(courses(1, 3));
    const second = await s.harvest();
    if (wanted.atLeast > 35) {
      same([s.server.log.length, second.state], [0, 'failed'], 'requests before the time');
      if (wanted.atLeast > 86_400) check(/parked until/.test(second.reason ?? ''), `reason: ${second.reason}`);
    }
  },
});

/** robots.txt is asked for crawled pages: a sitemap source with two pages. */
const robots = (name: string, answer: unknown, wanted: { pages: number; state?: string }): Case => ({
  family,
  name,
  async run(context) {
    const s = await scene(context, 'robots', {}, { source: { format: 'schema-org' } });
    const elsewhere = await context.server({
      '/robots.txt': { headers: { 'content-type': 'text/plain' }, body: 'User-agent: *\nDisallow: /b' },
    });
    Object.assign(s.server.routes, {
      '/robots.txt': typeof answer === 'function' ? answer(elsewhere.origin) : answer,
      '/courses': {
        headers: { 'content-type': 'application/xml' },
        body: `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${s.server.origin}/a</loc></url><url><loc>${s.server.origin}/b</loc></url></urlset>`,
      },
      ...Object.fromEntries(
        ['/a', '/b'].map((path) => [
          path,
          {
            headers: { 'content-type': 'text/html' },
            body: `<html><script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', '@type': 'Course', '@id': path, url: `${s.server.origin}${path}`, name: `Course ${path}`, description: 'About it.' })}</script></html>`,
          },
        ]),
      ),
    });
    const run = await s.harvest();
    const read = s.server.log.filter((entry) => /^\/[ab]$/.test(entry.path)).length;
    same(read, wanted.pages, `pages read (${run.state}: ${run.reason})`);
    if (wanted.state) same(run.state, wanted.state, `state (${run.reason})`);
    check(s.server.log.filter((entry) => entry.path === '/robots.txt').length <= 1, 'robots.txt was asked for again');
    await s.ledger();
  },
});

/** A provider that takes its time and counts how many requests it has at once. */
async function counting(context: Context, answerMs: number) {
  const atOnce = { now: 0, most: 0 };
  const server = await context.server({
    '*': (_, response) => {
      atOnce.most = Math.max(atOnce.most, ++atOnce.now);
      setTimeout(() => {
        atOnce.now--;
        response.end(page([]));
      }, answerMs);
    },
  });
  return { server, atOnce };
}

export const cases: Case[] = [
  {
    family,
    name: 'an ETag that never changes: a full read after some days finds what is new',
    async run(context) {
      const state = { body: page(courses(1, 5)), etag: '"frozen"' };
      const s = await scene(context, 'frozen', { '/courses': tagged(state) });
      await s.harvest();
      state.body = page(courses(1, 9));
      const readAt = async () =>
        (
          await s.store.db.query<{ at: Date }>('select read_at as at from resources where source = $1', [s.id])
        )[0]?.at.getTime();
      const first = await readAt();
      same((await s.harvest()).created, 0, 'found by a conditional request');
      same(await readAt(), first, 'the time of the last full read, after a 304');
      await s.store.db.query(`update resources set read_at = now() - interval '6 days' where source = $1`, [s.id]);
      same((await s.harvest()).created, 0, 'found after six days');
      await s.store.db.query(`update resources set read_at = now() - interval '8 days' where source = $1`, [s.id]);
      same((await s.harvest()).created, 4, 'found after eight days');
      check(!conditional(s.server.pages().at(-1)), 'the full read was conditional');
      await s.store.db.query(`update resources set read_at = now() - interval '2 days' where source = $1`, [s.id]);
      s.server.log.length = 0;
      await s.harvest({ fullReadDays: 1 });
      check(!conditional(s.server.pages()[0]), 'fullReadDays of the source is passed by');
      await s.ledger();
    },
  },
  {
    family,
    name: 'ETags hold only after a complete run: one failed page, and the next run reads all in full',
    async run(context) {
      const one = { body: page(courses(1, 5), 1, true), etag: '"one"' };
      const two = { body: page(courses(6, 9), 2), etag: '"two"' };
      const s = await scene(context, 'incomplete', {
        '/courses': tagged(one),
        '/courses?pageNumber=2': { status: 403, body: 'not now' },
      });
      const asked = async (state: string, wanted: boolean[]) => {
        s.server.log.length = 0;
        const run = await s.harvest();
        same(run.state, state, `state (${run.reason})`);
        same(s.server.pages().map(conditional), wanted, 'which requests were conditional');
      };
      await asked('incomplete', [false, false]);
      await asked('incomplete', [false, false]);
      s.server.routes['/courses?pageNumber=2'] = tagged(two);
      await asked('complete', [false, false]);
      await asked('complete', [true, true]);
      await s.ledger();
    },
  },
  {
    family,
    name: 'records that were read at another address meanwhile: "not modified" at the old one does not pass them over',
    async run(context) {
      const one = { body: page(courses(1, 10)), etag: '"one"' };
      const s = await scene(context, 'moved', { '/courses': tagged(one) });
      same((await s.harvest()).created, 10, 'created');
      same((await s.harvest({ url: `${s.source.url}?q=1` })).unchanged, 10, 'at the other address');
      const back = await s.harvest();
      same([back.state, back.seen, back.missing], ['complete', 10, 0], `back at the first (${back.reason})`);
      await s.ledger();
    },
  },
  {
    family,
    name: 'a record that is gone stays gone when the page that held it answers "not modified"',
    async run(context) {
      const state = { body: page(courses(1, 20)), etag: '"20"' };
      const s = await scene(context, 'gone', { '/courses': tagged(state) });
      await s.harvest();
      Object.assign(state, { body: page(courses(1, 19)), etag: '"19"' });
      const counts = async (live: number, missing: number, withdrawn: number) => {
        const run = await s.harvest();
        same(run.state, 'complete', `state (${run.reason})`);
        same(await s.counts(), { live, missing, withdrawn }, 'records');
      };
      await counts(19, 1, 0);
      await counts(19, 0, 1);
      await counts(19, 0, 1);
      same(s.server.pages().map(conditional), [false, true, true, true], 'which requests were conditional');
      await s.ledger();
    },
  },
  {
    family,
    name: 'what an approval has withdrawn stays so when the page answers "not modified"',
    async run(context) {
      const state = { body: page(courses(1, 20)), etag: '"20"' };
      const s = await scene(context, 'approved', { '/courses': tagged(state) });
      await s.harvest();
      Object.assign(state, { body: page(courses(1, 8)), etag: '"8"' });
      const held = await s.harvest();
      same(held.state, 'held', 'state');
      await s.store.holds.approve(held.id, 'the tests');
      same(await s.counts(), { live: 8, missing: 0, withdrawn: 12 }, 'approved');
      for (let n = 0; n < 3; n++) same((await s.harvest()).state, 'complete', 'state');
      check(s.server.pages().slice(-2).every(conditional), 'the last requests were not conditional');
      same(await s.counts(), { live: 8, missing: 0, withdrawn: 12 }, 'records');
      await s.ledger();
    },
  },
  {
    family,
    name: 'an ETag that changes each time costs a full read, and no change is invented',
    async run(context) {
      let n = 0;
      const s = await scene(context, 'restless', {
        '/courses': (_, response) =>
          void response
            .writeHead(200, { 'content-type': 'application/json', etag: `"${++n}"` })
            .end(page(courses(1, 5))),
      });
      await s.harvest();
      same((await s.harvest()).unchanged, 5, 'unchanged');
      same(n, 2, 'requests');
      await s.ledger();
    },
  },
  {
    family,
    name: '304 to a request that asked about nothing: no records, nothing swept',
    async run(context) {
      const s = await scene(context, 'bare-304', { '/courses': page(courses(1, 5)) });
      await s.harvest();
      s.server.routes['/courses'] = { status: 304 };
      await s.store.db.query('delete from resources where source = $1', [s.id]);
      const run = await s.harvest();
      same(run.state, 'failed', `state (${run.reason})`);
      check(/not modified/.test(run.reason ?? ''), `reason: ${run.reason}`);
      same((await s.counts()).live, 5, 'live');
    },
  },
  {
    family,
    name: 'the ETag of a page that was not read cleanly is forgotten',
    async run(context) {
      const state = { body: page(courses(1, 5)), etag: '"v1"' };
      const s = await scene(context, 'unclean', { '/courses': tagged(state) });
      await s.harvest();
      const whole = page(courses(1, 8));
      Object.assign(state, { body: whole.slice(0, whole.length - 400), etag: '"v2"' });
      same((await s.harvest()).state, 'incomplete', 'the cut page');
      state.body = whole;
      const run = await s.harvest();
      check(
        !conditional(s.server.pages().at(-1)),
        'it was asked about the ETag of a page that was not read to its end',
      );
      same([run.state, (await s.counts()).live], ['complete', 8], 'the whole page');
      await s.ledger();
    },
  },
  {
    family,
    name: 'Last-Modified in the future and one that is no date',
    async run(context) {
      const future = new Date(Date.now() + 400 * DAY).toUTCString();
      const s = await scene(context, 'future', {
        '/courses': { headers: { 'last-modified': future }, body: page(courses(1, 5)) },
      });
      await s.harvest();
      s.server.routes['/courses'] = { headers: { 'last-modified': 'yesterday evening' }, body: page(courses(1, 7)) };
      same((await s.harvest()).created, 2, 'created');
      s.server.log.length = 0;
      same((await s.harvest()).unchanged, 7, 'unchanged');
      check(!s.server.pages()[0]?.headers['if-modified-since'], 'it asked about a date that is none');
      await s.ledger();
    },
  },
  {
    family,
    name: 'a 304 for a page in the middle: the pages after it are read all the same',
    async run(context) {
      const two = { body: page(courses(6, 10), 2, true), etag: '"two"' };
      const s = await scene(context, 'middle', {
        '/courses': page(courses(1, 5), 1, true),
        '/courses?pageNumber=2': tagged(two),
        '/courses?pageNumber=3': page(courses(11, 15), 3),
      });
      await s.harvest();
      s.server.routes['/courses?pageNumber=3'] = page(courses(11, 17), 3);
      const run = await s.harvest();
      same([run.state, run.seen, run.created, run.missing], ['complete', 17, 2, 0], 'the run');
      await s.ledger();
    },
  },
  {
    family,
    name: 'a feed with a duplicate and a total answers 304: still complete',
    async run(context) {
      const state = { body: page([...courses(1, 5), ...courses(5, 5)], 1, false, { totalItems: 6 }), etag: '"t"' };
      const s = await scene(context, 'total-304', { '/courses': tagged(state) });
      same((await s.harvest()).state, 'complete', 'first');
      const run = await s.harvest();
      same(run.state, 'complete', `second (${run.reason})`);
      await s.ledger();
    },
  },
  retryAfter('429 with Retry-After: 3600', { 'retry-after': '3600' }, { atLeast: 3590, atMost: 3600 }),
  retryAfter(
    '429 with Retry-After as a date',
    () => ({ 'retry-after': new Date(Date.now() + 1_800_000).toUTCString() }),
    { atLeast: 1_500, atMost: 1_800 },
  ),
  retryAfter(
    '429 with Retry-After of three days: parked, and it says so',
    { 'retry-after': '259200' },
    { atLeast: 259_000, atMost: 259_200 },
  ),
  retryAfter('429 with Retry-After: 0', { 'retry-after': '0' }, { atLeast: 0.2, atMost: 30 }),
  retryAfter('429 with Retry-After: -5', { 'retry-after': '-5' }, { atLeast: 5, atMost: 60 }),
  retryAfter('429 with Retry-After: soon', { 'retry-after': 'soon' }, { atLeast: 5, atMost: 60 }),
  {
    family,
    name: '429 twice, then well: the run waits, asks again not before the time, and is complete',
    async run(context) {
      let n = 0;
      const s = await scene(
        context,
        'busy',
        {
          '/courses': (_, response) =>
            ++n < 3
              ? void response.writeHead(429, { 'retry-after': '1' }).end()
              : void response.end(page(courses(1, 5))),
        },
        { clock: 'store', patienceSeconds: 10 },
      );
      same((await s.harvest()).state, 'complete', 'state');
      const times = s.server.pages().map((entry) => entry.at);
      same(times.length, 3, 'requests');
      for (const [i, at] of times.slice(1).entries())
        check(at - (times[i] as number) > 950, 'it asked before the time');
      await s.ledger();
    },
  },
  robots('robots.txt 404: everything may be read', { status: 404 }, { pages: 2, state: 'complete' }),
  robots('robots.txt 503: the host is left alone', { status: 503 }, { pages: 0, state: 'incomplete' }),
  robots(
    'robots.txt that is an HTML page: everything may be read',
    { headers: { 'content-type': 'text/html' }, body: '<html><body>Not found</body></html>' },
    { pages: 2 },
  ),
  robots(
    'robots.txt of 1 MB: its first 500 KiB hold',
    {
      headers: { 'content-type': 'text/plain' },
      body: `User-agent: *\nDisallow: /b\n${`# ${'x'.repeat(98)}\n`.repeat(10_000)}Disallow: /a\n`,
    },
    { pages: 1 },
  ),
  robots(
    'robots.txt that redirects to another host: its rules hold',
    (origin: string) => ({ status: 301, headers: { location: `${origin}/robots.txt` } }),
    { pages: 1 },
  ),
  robots(
    'rules for Credatlas go before those for all',
    {
      headers: { 'content-type': 'text/plain' },
      body: 'User-agent: *\nDisallow: /\n\nUser-agent: Credatlas\nDisallow: /a\n',
    },
    { pages: 1 },
  ),
  {
    family,
    name: 'Crawl-delay in robots.txt is kept between the pages of a site',
    async run(context) {
      const s = await scene(context, 'delay', {}, { source: { format: 'schema-org' }, clock: 'store' });
      const paths = ['/a', '/b', '/c'];
      const locations = paths.map((path) => `<url><loc>${s.server.origin}${path}</loc></url>`).join('');
      Object.assign(s.server.routes, {
        '/robots.txt': { headers: { 'content-type': 'text/plain' }, body: 'User-agent: *\nCrawl-delay: 0.5' },
        '/courses': {
          headers: { 'content-type': 'application/xml' },
          body: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${locations}</urlset>`,
        },
        '*': { headers: { 'content-type': 'text/html' }, body: '<html><title>nothing</title></html>' },
      });
      await s.harvest();
      const times = s.server.log.filter((entry) => paths.includes(entry.path)).map((entry) => entry.at);
      same(times.length, 3, 'pages read');
      for (const [i, at] of times.slice(1).entries())
        check(at - (times[i] as number) > 450, `${(at - (times[i] as number)).toFixed(0)} ms after the page before`);
    },
  },
  {
    family,
    name: 'the pace of a host holds though it would take more at once, and so does what it takes at once',
    async run(context) {
      const store = await context.store();
      const crawlers = [crawlerIn(context, store, { clock: 'store' }), crawlerIn(context, store, { clock: 'store' })];
      const read = async (politeness: { requestsPerSecond: number; concurrency: number }, answerMs: number) => {
        const { server, atOnce } = await counting(context, answerMs);
        const sources = Array.from({ length: 8 }, (_, n) =>
          sourceOf({
            id: context.id('pace'),
            url: `${server.origin}/${n}`,
            politeness: { ...politeness, blackout: [] },
          }),
        );
        await Promise.all(sources.map((source, n) => crawlers[n % 2]?.harvest(source)));
        const times = server.pages().map((entry) => entry.at);
        same(times.length, 8, 'requests');
        return { most: atOnce.most, ms: Math.max(...times) - Math.min(...times) };
      };
      const slow = await read({ requestsPerSecond: 10, concurrency: 2 }, 10);
      check(slow.ms > 650, `eight requests in ${slow.ms.toFixed(0)} ms, 700 ms is the pace`);
      const wide = await read({ requestsPerSecond: 200, concurrency: 2 }, 100);
      same(wide.most, 2, 'requests at once');
      await Promise.all(crawlers.map((crawler) => crawler.close()));
    },
  },
  {
    family,
    name: 'twenty sources on one host share its clock: rate and concurrency hold for all of them together',
    async run(context) {
      const store = await context.store();
      const { server, atOnce } = await counting(context, 30);
      const crawler = crawlerIn(context, store, { clock: 'store' });
      const other = crawlerIn(context, store, { clock: 'store' });
      const started = performance.now();
      await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          (n % 2 ? crawler : other).harvest(
            sourceOf({
              id: context.id('shared'),
              url: `${server.origin}/${n}`,
              politeness: { requestsPerSecond: 10, concurrency: 1, blackout: [] },
            }),
          ),
        ),
      );
      same(server.pages().length, 20, 'requests');
      const times = server
        .pages()
        .map((entry) => entry.at)
        .sort((a, b) => a - b);
      const closest = Math.min(...times.slice(1).map((at, i) => at - (times[i] as number)));
      check(closest > 85, `two requests ${closest.toFixed(0)} ms apart, 100 ms is the pace`);
      check(atOnce.most <= 1, `${atOnce.most} requests at once`);
      check(performance.now() - started > 1_800, 'faster than the pace');
      await Promise.all([crawler.close(), other.close()]);
    },
  },
];

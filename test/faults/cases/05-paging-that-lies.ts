import { type Case, type Context, check, same, scene } from '../context.ts';
import type { Answer, Handler } from '../fault-server.ts';
import { course, courses, page, pagedRoutes } from '../feed.ts';

const family = '5 paging that lies';

/** After a healthy run of 30 records the feed's paging goes wrong: bounded requests, a reason, nothing swept. */
const paging = (
  name: string,
  lie: (count: { n: number }) => Answer,
  wanted: { atMost: number; states?: string[]; reason?: RegExp; options?: object; restUrl?: string },
): Case => ({
  family,
  name,
  async run(context: Context) {
    const s = await scene(context, name, pagedRoutes(courses(1, 30), 10));
    await s.harvest();
    for (const path of Object.keys(s.server.routes)) delete s.server.routes[path];
    s.server.log.length = 0;
    s.server.routes['/courses'] = lie({ n: 0 });
    const run = await s.harvest();
    const asked = s.server.pages().length;
    check(asked <= wanted.atMost, `${asked} requests, at most ${wanted.atMost} are fair`);
    check(
      (wanted.states ?? ['incomplete']).includes(run.state),
      `the run ended ${run.state} (${run.reason ?? 'no reason'})`,
    );
    check(run.reason && run.reason.length > 20, `no reason: ${run.reason}`);
    if (wanted.reason) check(wanted.reason.test(run.reason), `reason: ${run.reason}`);
    same(await s.counts(), { live: 30, missing: 0, withdrawn: 0 }, 'records');
    await s.ledger();
  },
});

const numberOf = (path: string | undefined) =>
  Number(new URL(path ?? '/', 'http://x').searchParams.get('pageNumber') ?? '1');
const json = { 'content-type': 'application/json' };

/** A page of the drill format, whose `next` is whatever the case wants. */
const drill = (from: number, to: number, next?: string, more: object = {}) =>
  JSON.stringify({
    items: Array.from({ length: to - from + 1 }, (_, i) => ({ id: `d${from + i}`, title: `Drill ${from + i}` })),
    next,
    ...more,
  });

/** Twenty records in two pages; then `next` lies. */
const circle = (name: string, routes: Record<string, Answer>, atMost: number): Case => ({
  family,
  name,
  async run(context) {
    const s = await scene(
      context,
      name,
      { '/courses': drill(1, 10, '/b'), '/b': drill(11, 20) },
      { source: { format: 'drill' } },
    );
    same((await s.harvest()).state, 'complete', 'the healthy run');
    Object.assign(s.server.routes, routes);
    s.server.log.length = 0;
    const run = await s.harvest();
    same(run.state, 'incomplete', `state (${run.reason})`);
    check(/leads back|gave nothing new|repeats/.test(run.reason ?? ''), `reason: ${run.reason}`);
    check(s.server.pages().length <= atMost, `${s.server.pages().length} requests`);
    same(await s.counts(), { live: 20, missing: 0, withdrawn: 0 }, 'records');
    await s.ledger();
  },
});

/** A provider that gives the size asked for, if it likes it, and falls over some of its records. */
const sized = (
  of: number,
  usual: number,
  bad: number[],
  { likes = () => true, more = {} }: { likes?: (size: number) => boolean; more?: object } = {},
): Record<string, Answer> => ({
  '/courses': (request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://x');
    const n = Number(searchParams.get('pageNumber') ?? 1);
    const asked = Number(searchParams.get('pageSize') ?? usual);
    const pageSize = likes(asked) ? asked : usual;
    const [from, to] = [(n - 1) * pageSize + 1, Math.min(n * pageSize, of)];
    if (bad.some((one) => one >= from && one <= to)) return void response.writeHead(500).end('oops');
    response.writeHead(200, json).end(page(courses(from, to), n, to < of, { pageSize, ...more }));
  },
});

/** What is bad is left out, and only that; where it may be is told. */
const poisoned = (what: string, of: number, size: number, bad: number[], atMost: number): Case => ({
  family,
  name: `the server falls over ${what}: all others are in`,
  async run(context) {
    const s = await scene(context, 'poisoned', sized(of, size, []));
    await s.harvest();
    Object.assign(s.server.routes, sized(of, size, bad));
    s.server.log.length = 0;
    const run = await s.harvest();
    check(s.server.pages().length <= atMost, `${s.server.pages().length} requests`);
    same(
      [run.state, run.missing, run.created, run.rejected],
      [atMost > 1 ? 'incomplete' : 'failed', 0, 0, 0],
      'the run',
    );
    same(run.unchanged, atMost > 1 ? of - bad.length : 0, 'records read again');
    check(/500/.test(run.reason ?? ''), `reason: ${run.reason}`);
    same(await s.counts(), { live: of, missing: 0, withdrawn: 0 }, 'records');
    const again = Object.assign(s.server.routes, sized(of, size, [])) && (await s.harvest());
    same([again.state, again.seen], ['complete', of], 'the next run');
    await s.ledger();
  },
});

/** One page fails, and the smaller ones asked for instead are not what was asked for: nothing is proven by them. */
const unproven = (
  what: string,
  feed: { url: string; of: number; usual: number; bad: number; likes: (size: number) => boolean },
): Case => ({
  family,
  name: `one page fails, and the server ${what}: incomplete, nothing swept`,
  async run(context) {
    const { of, usual, bad, likes } = feed;
    const s = await scene(context, 'unproven', sized(of, usual, [], { likes }));
    const url = { url: `${s.server.origin}/courses${feed.url}` };
    same((await s.harvest(url)).created, of, 'created');
    const healthy = s.server.routes['/courses'] as Handler;
    const failing = sized(of, usual, [bad], { likes })['/courses'] as Handler;
    // It fails in the size that the feed is read in, not in others.
    s.server.routes['/courses'] = (request, response, entry) => {
      const size = new URL(request.url ?? '', 'http://x').searchParams.get('pageSize');
      const usualSize = size === (new URL(url.url).searchParams.get('pageSize') ?? null);
      (usualSize ? failing : healthy)(request, response, entry);
    };
    const run = await s.harvest(url);
    same([run.state, run.missing], ['incomplete', 0], `the run (${run.reason})`);
    same(await s.counts(), { live: of, missing: 0, withdrawn: 0 }, 'records');
    await s.ledger();
  },
});

export const cases: Case[] = [
  paging(
    'every page says there is one more, with ever-new numbers and the same old records',
    () => (request, response) => {
      const n = numberOf(request.url);
      response.writeHead(200, json).end(page(courses(1, 10), n, true));
    },
    { atMost: 7 },
  ),
  paging(
    'the last page is repeated for ever',
    () => (request, response) => {
      const n = numberOf(request.url);
      const at = Math.min(n, 3);
      response.writeHead(200, json).end(page(courses((at - 1) * 10 + 1, at * 10), n, true));
    },
    { atMost: 8 },
  ),
  paging('the page number is ignored: page 1 is all there ever is', () => page(courses(1, 10), 1, true), { atMost: 5 }),
  paging('the page number is ignored and not told', () => page(courses(1, 10), 1, true, { pageNumber: undefined }), {
    atMost: 3,
    reason: /page repeats/,
  }),
  paging(
    'a page of which no record can be named is repeated for ever',
    () =>
      page(
        courses(1, 10, () => ({ courseId: undefined })),
        1,
        true,
        { pageNumber: undefined },
      ),
    { atMost: 4, reason: /page repeats|missing-identifier/ },
  ),
  paging(
    'more is promised, and the next page is empty',
    () => (request, response) => {
      const n = numberOf(request.url);
      response.writeHead(200, json).end(page(n === 1 ? courses(1, 10) : [], n, true));
    },
    { atMost: 4 },
  ),
  {
    family,
    name: 'page 7 of 10 answers 500: incomplete, nothing swept, the other pages are in',
    async run(context) {
      const s = await scene(context, 'page-seven', pagedRoutes(courses(1, 100), 10));
      await s.harvest();
      s.server.routes['/courses?pageNumber=7'] = { status: 500, body: 'oops' };
      s.server.routes['/courses'] = page(
        [course(1, { name: [{ language: 'en-GB', value: 'New name' }] }), ...courses(2, 10)],
        1,
        true,
      );
      s.server.log.length = 0;
      const run = await s.harvest();
      check(s.server.pages().length <= 12, `${s.server.pages().length} requests`);
      same(run.state, 'incomplete', 'state');
      check(/500/.test(run.reason ?? ''), `reason: ${run.reason}`);
      same(run.updated, 1, 'updated');
      same(await s.counts(), { live: 100, missing: 0, withdrawn: 0 }, 'records');
      await s.ledger();
    },
  },
  poisoned('one record in the middle of a page', 100, 10, [67], 21),
  poisoned('the last record of a page', 100, 10, [70], 21),
  poisoned('the first of all', 100, 10, [1], 1),
  poisoned('two records of a page of 250', 750, 250, [301, 498], 38),
  unproven('keeps to its own page size', { url: '', of: 105, usual: 10, bad: 95, likes: (size) => size === 10 }),
  unproven('knows one other page size only', {
    url: '?pageSize=250',
    of: 1_700,
    usual: 20,
    bad: 600,
    likes: (size) => size === 250,
  }),
  {
    family,
    name: 'the only page fails, its parts are one record short of the total: incomplete',
    async run(context) {
      const more = { totalItems: 10 };
      const url = (s: { server: { origin: string } }) => ({ url: `${s.server.origin}/courses?pageSize=10` });
      const s = await scene(context, 'short', sized(10, 10, [], { more }));
      same((await s.harvest(url(s))).created, 10, 'created');
      Object.assign(s.server.routes, sized(9, 10, [], { more }));
      const whole = s.server.routes['/courses'] as Handler;
      s.server.routes['/courses'] = (request, response, entry) =>
        request.url?.endsWith('pageSize=10')
          ? void response.writeHead(500).end('oops')
          : whole(request, response, entry);
      const run = await s.harvest(url(s));
      same([run.state, run.seen, run.missing], ['incomplete', 9, 0], 'the run');
      await s.ledger();
    },
  },
  {
    family,
    name: 'the totals of offerings do not make up for courses that are not there',
    async run(context) {
      const s = await scene(context, 'offerings', {}, { source: { options: { offerings: true } } });
      s.server.routes['/courses'] = page(courses(1, 10), 1, false, { totalItems: 10 });
      for (let n = 1; n <= 10; n++) {
        const offering = { offeringId: `run-${n}`, course: `course-${n}`, startDate: '2031-05-05' };
        s.server.routes[`/courses/course-${n}/offerings`] = page([offering], 1, false, { totalItems: 1 });
      }
      same((await s.harvest()).state, 'complete', 'the healthy run');
      s.server.routes['/courses'] = page(courses(1, 9), 1, false, { totalItems: 10 });
      const run = await s.harvest();
      same([run.state, run.missing], ['incomplete', 0], `the run (${run.reason})`);
      await s.ledger();
    },
  },
  poisoned('the last of all', 60, 10, [60], 17),
  {
    family,
    name: 'from page 3 on the server fails whatever it is asked for: soon left alone',
    async run(context) {
      const s = await scene(context, 'out-of-order', sized(200, 50, []));
      await s.harvest();
      s.server.routes['*'] = { status: 500, body: 'oops' };
      const whole = s.server.routes['/courses'] as Handler;
      s.server.routes['/courses'] = (request, response, entry) => {
        const n = Number(new URL(request.url ?? '', 'http://x').searchParams.get('pageNumber') ?? 1);
        if (n > 2) return void response.writeHead(500).end('oops');
        whole(request, response, entry);
      };
      s.server.log.length = 0;
      const run = await s.harvest();
      same([run.state, run.seen, run.missing], ['incomplete', 100, 0], 'the run');
      check(s.server.pages().length <= 60, `${s.server.pages().length} requests`);
      same(await s.counts(), { live: 200, missing: 0, withdrawn: 0 }, 'records');
      await s.ledger();
    },
  },
  {
    family,
    name: 'one bad record in a page of 250: that record alone is rejected',
    async run(context) {
      const s = await scene(context, 'one-bad', { '/courses': page(courses(1, 250)) });
      await s.harvest();
      s.server.routes['/courses'] = page([
        ...courses(1, 100),
        { ...course(101), name: 'x'.repeat(0) },
        ...courses(102, 250),
      ]);
      const run = await s.harvest();
      same([run.state, run.seen, run.rejected, run.unchanged], ['complete', 250, 1, 249], 'the run');
      same(await s.counts(), { live: 250, missing: 0, withdrawn: 0 }, 'records');
      await s.ledger();
    },
  },
  {
    family,
    name: 'a record moves to a later page while paging: seen twice, taken in once',
    async run(context) {
      const all = courses(1, 30);
      const s = await scene(context, 'moving', {
        '/courses': page(all.slice(0, 10), 1, true),
        '/courses?pageNumber=2': page([all[9], ...all.slice(10, 19)], 2, true),
        '/courses?pageNumber=3': page(all.slice(19), 3),
      });
      const run = await s.harvest();
      same([run.state, run.seen, run.created], ['complete', 31, 30], 'the run');
      same(await s.counts(), { live: 30, missing: 0, withdrawn: 0 }, 'records');
      await s.ledger();
    },
  },
  {
    family,
    name: 'a record slips off the pages while paging: the total does not add up, nothing is swept',
    async run(context) {
      const more = { totalItems: 30 };
      const s = await scene(context, 'slipping', pagedRoutes(courses(1, 30), 10, '/courses', more));
      await s.harvest();
      s.server.routes['/courses?pageNumber=2'] = page(courses(12, 20), 2, true, more);
      const run = await s.harvest();
      same([run.state, run.missing], ['incomplete', 0], 'the run');
      same(await s.counts(), { live: 30, missing: 0, withdrawn: 0 }, 'records');
      await s.ledger();
    },
  },
  {
    family,
    name: 'a sitemap that lists itself and its siblings in a circle',
    async run(context) {
      const s = await scene(context, 'sitemap-circle', {}, { source: { format: 'schema-org' } });
      const index = (...urls: string[]) => ({
        headers: { 'content-type': 'application/xml' },
        body: `<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls
          .map((u) => `<sitemap><loc>${s.server.origin}${u}</loc></sitemap>`)
          .join('')}</sitemapindex>`,
      });
      s.server.routes['/courses'] = index('/a.xml', '/courses');
      s.server.routes['/a.xml'] = index('/b.xml');
      s.server.routes['/b.xml'] = index('/a.xml', '/courses');
      const run = await s.harvest();
      same(
        [run.state, s.server.pages().map((entry) => entry.path)],
        ['complete', ['/courses', '/a.xml', '/b.xml']],
        `the run (${run.reason}) and its requests`,
      );
      await s.ledger();
    },
  },
  circle('next = self', { '/courses': drill(1, 10, '/courses') }, 2),
  circle('A → B → A', { '/b': drill(11, 15, '/courses') }, 3),
  circle('A → B → C → B', { '/b': drill(11, 15, '/c'), '/c': drill(16, 18, '/b') }, 4),
  circle(
    'next is ever new, the records are ever the same in another order',
    {
      '/courses': drill(1, 5, '/more?cursor=1'),
      '/more': (request, response) => {
        const n = Number(new URL(request.url ?? '', 'http://x').searchParams.get('cursor'));
        response.end(drill(1 + (n % 3), 3 + (n % 3), `/more?cursor=${n + 1}`));
      },
    },
    5,
  ),
  circle(
    'next is ever new and the pages are empty',
    {
      '/courses': drill(1, 5, '/more?cursor=1'),
      '/more': (request, response) => {
        const n = Number(new URL(request.url ?? '', 'http://x').searchParams.get('cursor'));
        response.end(drill(1, 0, `/more?cursor=${n + 1}`, { at: n }));
      },
    },
    60,
  ),
];

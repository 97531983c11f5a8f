import { type Case, type Context, check, same, scene } from '../context.ts';
import { course, courses, page, pagedRoutes } from '../feed.ts';

const family = '4 feed that shrinks';

/** Harvests `before`, then what `after` makes of the routes; nothing that was live may have gone. */
const shrinks = (
  name: string,
  before: number,
  after: (routes: Record<string, unknown>) => void,
  wanted: { states: string[]; reason?: RegExp },
): Case => ({
  family,
  name,
  async run(context: Context) {
    const s = await scene(context, name, pagedRoutes(courses(1, before), 25));
    const first = await s.harvest();
    same([first.state, first.created], ['complete', before], 'the first run');
    for (const path of Object.keys(s.server.routes)) delete s.server.routes[path];
    after(s.server.routes as Record<string, unknown>);
    const second = await s.harvest();
    same(await s.counts(), { live: before, missing: 0, withdrawn: 0 }, 'records');
    check(
      wanted.states.includes(second.state),
      `the run ended ${second.state} (${second.reason}), not ${wanted.states}`,
    );
    if (wanted.reason) check(wanted.reason.test(second.reason ?? ''), `reason: ${second.reason}`);
    same([second.missing, second.withdrawn], [0, 0], 'what the run says it took');
    await s.ledger();
  },
});

/** A site of twelve pages, some of which answer 404 while the sitemap still names them. */
const site = (name: string, gone: number, state: string, counts: Record<string, number>): Case => ({
  family,
  name,
  async run(context) {
    const s = await scene(context, name, {}, { source: { format: 'schema-org' } });
    const paths = Array.from({ length: 12 }, (_, n) => `/pages/${n}`);
    const urls = paths.map((path) => `<url><loc>${s.server.origin}${path}</loc></url>`).join('');
    s.server.routes['/courses'] = {
      headers: { 'content-type': 'application/xml' },
      body: `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls}</urlset>`,
    };
    for (const path of paths) {
      const data = {
        '@context': 'https://schema.org',
        '@type': 'Course',
        '@id': `${s.server.origin}${path}`,
        name: `About ${path}`,
      };
      s.server.routes[path] = {
        headers: { 'content-type': 'text/html' },
        body: `<script type="application/ld+json">${JSON.stringify(data)}</script>`,
      };
    }
    same((await s.harvest()).created, 12, 'created');
    for (const path of paths.slice(0, gone)) s.server.routes[path] = { status: 404, body: 'gone' };
    const run = await s.harvest();
    same(run.state, state, `state (${run.reason})`);
    same(await s.counts(), counts, 'records');
    same((await s.problems('page-gone')).length, gone, 'pages told of');
    await s.ledger();
  },
});

export const cases: Case[] = [
  shrinks('100 records become 10: held', 100, (r) => Object.assign(r, pagedRoutes(courses(1, 10), 25)), {
    states: ['held'],
    reason: /90/,
  }),
  shrinks('100 records become none: held', 100, (r) => (r['/courses'] = page([])), { states: ['held', 'incomplete'] }),
  shrinks('2 records become none: held', 2, (r) => (r['/courses'] = page([])), { states: ['held', 'incomplete'] }),
  shrinks('half the feed is gone: held', 60, (r) => Object.assign(r, pagedRoutes(courses(1, 30), 25)), {
    states: ['held'],
  }),
  shrinks(
    'an HTML error page with status 200: nothing goes',
    30,
    (r) =>
      (r['/courses'] = {
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><html><body><h1>We are being upgraded</h1></body></html>',
      }),
    { states: ['failed', 'incomplete'] },
  ),
  shrinks('an empty body with status 200: nothing goes', 30, (r) => (r['/courses'] = ''), {
    states: ['failed', 'incomplete', 'held'],
  }),
  shrinks(
    'ids are missing from most records: nothing goes',
    40,
    (r) => (r['/courses'] = page(courses(1, 40, (n) => (n > 4 ? { courseId: undefined } : {})))),
    { states: ['held', 'incomplete'] },
  ),
  shrinks(
    'two thirds of the records lose their title: held, though all of them are still named',
    30,
    (r) => (r['/courses'] = page(courses(1, 30, (n) => (n > 10 ? { name: [] } : {})))),
    { states: ['held'], reason: /could not be read/ },
  ),
  shrinks(
    'the feed says 1,000 and gives 900',
    30,
    (r) => (r['/courses'] = page(courses(1, 27), 1, false, { totalItems: 30 })),
    {
      states: ['incomplete'],
      reason: /30 records.*27/,
    },
  ),
  shrinks(
    'the body is cut short in the middle of a record',
    30,
    (r) => {
      const whole = page(courses(1, 30));
      r['/courses'] = whole.slice(0, Math.floor(whole.length / 2));
    },
    { states: ['incomplete'] },
  ),
  {
    family,
    name: 'a healthy run after a hold clears it, and nothing was lost',
    async run(context) {
      const routes = pagedRoutes(courses(1, 50), 50);
      const s = await scene(context, 'hold-clears', routes);
      await s.harvest();
      s.server.routes['/courses'] = page(courses(1, 5));
      same((await s.harvest()).state, 'held', 'the shrunken run');
      s.server.routes['/courses'] = page(courses(1, 50));
      same((await s.harvest()).state, 'complete', 'the healthy run');
      same(await s.counts(), { live: 50, missing: 0, withdrawn: 0 }, 'records');
      const open = await s.store.db.query(`select run from holds where source = $1 and cleared_at is null`, [s.id]);
      same(open.length, 0, 'open holds');
      await s.ledger();
    },
  },
  {
    family,
    name: 'an ordinary 5 % goes: first missing, in the next run withdrawn, both in the change log',
    async run(context) {
      const s = await scene(context, 'churn', pagedRoutes(courses(1, 60), 60));
      await s.harvest();
      s.server.routes['/courses'] = page(courses(4, 60));
      same((await s.harvest()).state, 'complete', 'the run');
      same(await s.counts(), { live: 57, missing: 3, withdrawn: 0 }, 'after one run');
      const second = await s.harvest();
      same([second.state, second.withdrawn], ['complete', 3], 'the second run');
      same(await s.counts(), { live: 57, missing: 0, withdrawn: 3 }, 'after two runs');
      await s.ledger();
    },
  },
  {
    family,
    name: 'a record that is no JSON any more, but still tells its id, is not gone',
    async run(context) {
      const s = await scene(context, 'broken', { '/courses': page(courses(1, 20)) });
      await s.harvest();
      s.server.routes['/courses'] = page(courses(1, 20)).replace('"course-7",', '"course-7","x":tru,');
      for (let n = 0; n < 3; n++) {
        const run = await s.harvest();
        same([run.state, run.rejected, run.missing, run.withdrawn], ['complete', 1, 0, 0], `the run (${run.reason})`);
      }
      same(await s.counts(), { live: 20, missing: 0, withdrawn: 0 }, 'records');
      await s.ledger();
    },
  },
  site('one page of a site of 12 is gone: its record is missing, and the run complete', 1, 'complete', {
    live: 11,
    missing: 1,
    withdrawn: 0,
  }),
  site('a third of the pages of a site is gone: held', 4, 'held', { live: 12, missing: 0, withdrawn: 0 }),
  site('all pages of a site are gone: held', 12, 'held', { live: 12, missing: 0, withdrawn: 0 }),
  {
    family,
    name: 'a record that cannot be read keeps its last good version and is never swept',
    async run(context) {
      const s = await scene(context, 'unreadable', { '/courses': page(courses(1, 20)) });
      await s.harvest();
      s.server.routes['/courses'] = page([{ ...course(1), name: [] }, ...courses(2, 20)]);
      for (let n = 0; n < 3; n++) {
        const run = await s.harvest();
        same([run.state, run.rejected, run.missing, run.withdrawn], ['complete', 1, 0, 0], 'the run');
      }
      same(await s.counts(), { live: 20, missing: 0, withdrawn: 0 }, 'records');
      check((await s.titles()).includes('Course 1'), 'the last good version is gone');
      await s.ledger();
    },
  },
];

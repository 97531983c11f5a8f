import { mintCredentialId } from '../../../schema/index.ts';
import { type Case, check, same, scene } from '../context.ts';
import { course, courses, page } from '../feed.ts';

const family = '9 identity';

export const cases: Case[] = [
  {
    family,
    name: 'all ids change overnight: held, nothing goes',
    async run(context) {
      const s = await scene(context, 'all-ids', { '/courses': page(courses(1, 40)) });
      await s.harvest();
      s.server.routes['/courses'] = page(courses(1, 40, (n) => ({ courseId: `https://new.example/${n}` })));
      const run = await s.harvest();
      same(run.state, 'held', `state (${run.reason})`);
      const old = await s.store.db.query<{ n: number }>(
        `select count(*)::int as n from credentials where source = $1 and status = 'live' and identifier like 'course-%'`,
        [s.id],
      );
      same(old[0]?.n, 40, 'old records that are live');
      await s.ledger();
    },
  },
  {
    family,
    name: 'the few ids of a small feed change: held, nothing goes',
    async run(context) {
      const s = await scene(context, 'few-ids', { '/courses': page(courses(1, 4)) });
      await s.harvest();
      s.server.routes['/courses'] = page([...courses(1, 2), ...courses(13, 14)]);
      const run = await s.harvest();
      same([run.state, run.missing], ['held', 0], `the run (${run.reason})`);
      check(/identifiers may have changed/.test(run.reason ?? ''), `reason: ${run.reason}`);
      same(await s.counts(), { live: 6, missing: 0, withdrawn: 0 }, 'records');
      await s.ledger();
    },
  },
  {
    family,
    name: 'id "TODO" forty times: one record at most, each of the others is told',
    async run(context) {
      const s = await scene(context, 'todo', {
        '/courses': page([...courses(1, 10), ...courses(11, 50, () => ({ courseId: 'TODO' }))]),
      });
      const run = await s.harvest();
      same([run.seen, run.created + run.rejected], [50, 50], `seen and taken or turned away (${run.state})`);
      check((await s.counts()).live <= 11, `${(await s.counts()).live} records`);
      const told = (await s.problems()).filter((p) => p.severity === 'rejected').length;
      check(told >= 39, `${told} of 39 were told`);
      await s.ledger();
    },
  },
  {
    family,
    name: 'the same id twice with two texts: the first stays, in every run',
    async run(context) {
      const twin = course(3, { name: [{ language: 'en-GB', value: 'The other' }] });
      const s = await scene(context, 'twins', { '/courses': page([...courses(1, 5), twin]) });
      for (let n = 0; n < 3; n++) {
        const run = await s.harvest();
        same([run.seen, run.rejected, run.updated], [6, 1, 0], `run ${n + 1}`);
        check((await s.titles()).includes('Course 3'), 'the second has taken its place');
      }
      await s.ledger();
    },
  },
  {
    family,
    name: 'ids that differ in case and in white space are different records, and stay so',
    async run(context) {
      const ids = ['abc', 'ABC', 'Abc', ' abc', 'abc '];
      const s = await scene(context, 'variants', {
        '/courses': page(ids.map((courseId) => course('x', { courseId }))),
      });
      const first = await s.harvest();
      same(first.seen, first.created + first.rejected, 'the sum');
      const second = await s.harvest();
      same([second.created, second.updated, second.unchanged], [0, 0, first.created], 'the second run');
      await s.ledger();
    },
  },
  {
    family,
    name: 'two courses swap their ids: two updates, no new record, nothing gone',
    async run(context) {
      const s = await scene(context, 'swap', { '/courses': page(courses(1, 10)) });
      await s.harvest();
      const name = (n: number) => ({ name: [{ language: 'en-GB', value: `Course ${n}` }] });
      s.server.routes['/courses'] = page([course(1, name(2)), course(2, name(1)), ...courses(3, 10)]);
      const run = await s.harvest();
      same([run.created, run.updated, run.missing], [0, 2, 0], 'the run');
      await s.ledger();
    },
  },
  {
    family,
    name: 'the same id from two sources: two records with ids of their own',
    async run(context) {
      const one = await scene(context, 'source-one', { '/courses': page(courses(1, 3)) });
      const two = await scene(context, 'source-two', { '/courses': page(courses(1, 3)) });
      await one.harvest();
      same((await two.harvest()).created, 3, 'created');
      check(mintCredentialId(one.id, 'course-1') !== mintCredentialId(two.id, 'course-1'), 'one id for both');
      same((await one.counts()).live + (await two.counts()).live, 6, 'records');
      await one.ledger();
    },
  },
  {
    family,
    name: 'the source moves to another host: its records stay what they were',
    async run(context) {
      const s = await scene(context, 'moves', { '/courses': page(courses(1, 8)) });
      await s.harvest();
      const other = await context.server({ '/api/courses': page(courses(1, 8)) });
      const run = await s.harvest({ url: `${other.origin}/api/courses` });
      same([run.state, run.created, run.updated, run.unchanged], ['complete', 0, 0, 8], 'the run');
      await s.ledger();
    },
  },
  {
    family,
    name: 'a record that was withdrawn comes back under its old id',
    async run(context) {
      const s = await scene(context, 'back', { '/courses': page(courses(1, 12)) });
      await s.harvest();
      s.server.routes['/courses'] = page(courses(1, 11));
      await s.harvest();
      await s.harvest();
      same((await s.counts()).withdrawn, 1, 'withdrawn');
      s.server.routes['/courses'] = page(courses(1, 12));
      const run = await s.harvest();
      same([run.created, run.updated], [0, 1], 'the run');
      same(await s.counts(), { live: 12, missing: 0, withdrawn: 0 }, 'records');
      await s.ledger();
    },
  },
];

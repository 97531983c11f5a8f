import { describe, expect, test } from 'vitest';
import { answerOf } from '../../../crawler/formats/openedx/answers.ts';
import { openedx as unguarded } from '../../../crawler/formats/openedx/index.ts';
import { behindDoor } from '../../../crawler/persons/format-door.ts';
import { factsOf } from '../../contract/facts.ts';
import { suiteSource } from '../../contract/format-suite.ts';
import { normalisedOf, readFeed } from '../../contract/read-feed.ts';

const openedx = behindDoor(unguarded);

async function read(body: unknown, url = 'https://tarn.example/api/courses') {
  const reading = await readFeed(openedx, { body: JSON.stringify(body), url, mediaType: 'application/json' });
  const results = [...normalisedOf(openedx, suiteSource('openedx', url), reading.records).values()];
  const records = results.flatMap((result) => ('credential' in result && result.credential ? [result.credential] : []));
  return {
    ...reading,
    records,
    facts: records.map(factsOf),
    rules: results.flatMap(({ problems }) => problems.map(({ rule }) => rule)),
  };
}

const RUN = { key: 'course-v1:TarnX+C1+1', pacing_type: 'self_paced' };
const COURSE = { uuid: 'c-1', key: 'TarnX+C1', title: 'Lakes', owners: [], course_runs: [] };
const RICHIE = { id: '1', title: 'Les haies', absolute_url: '/haies/', state: {} };
const COURSERA = { id: 'k', slug: 'k', name: 'Knots', courseType: 'v2.ondemand', partnerIds: ['26'] };

describe('which API an item is of is told by its members', () => {
  test.each<[string, unknown, string | undefined]>([
    ['a course of discovery', COURSE, 'discovery-course'],
    ['a run of discovery', { ...RUN, title: 'Lakes' }, 'discovery-run'],
    [
      'a programme of discovery',
      { uuid: 'p', title: 'P', type: 'MicroMasters', authoring_organizations: [] },
      'discovery-program',
    ],
    [
      'a programme with its weeks',
      { uuid: 'p', title: 'P', authoring_organizations: [], weeks_to_complete: 4 },
      'discovery-program',
    ],
    [
      'a programme of the old API',
      { uuid: 'p', name: 'P', organizations: [], marketing_slug: 'x' },
      'discovery-program',
    ],
    ['a course of the LMS', { course_id: 'course-v1:a+b+c', name: 'B', org: 'a', pacing: 'self' }, 'lms'],
    ['FutureLearn', { uuid: 'f', name: 'F', hours_per_week: 4, organisation: {} }, 'futurelearn'],
    ['Coursera', COURSERA, 'coursera'],
    ['Richie', RICHIE, 'richie'],
    ['something else', { id: 1, title: 'x' }, undefined],
    ['no object', 'x', undefined],
  ])('%s', (_, item, name) => expect(answerOf(item)).toBe(name));
});

describe('pages, and whether they prove their end', () => {
  test.each<[string, unknown, string, string[], boolean]>([
    [
      'Django REST: next',
      { count: 3, next: 'https://tarn.example/api?offset=1', previous: null, results: [COURSE] },
      '',
      ['https://tarn.example/api?offset=1'],
      false,
    ],
    [
      'Django REST: the last page',
      { count: 3, next: null, previous: 'https://tarn.example/api', results: [COURSE] },
      '',
      [],
      false,
    ],
    ['Django REST: all there is', { count: 1, next: null, previous: null, results: [COURSE] }, '', [], false],
    [
      'Django REST: fewer than are said, and no next',
      { count: 3, next: null, previous: null, results: [COURSE] },
      '',
      [],
      true,
    ],
    [
      'LMS: pagination.next',
      { pagination: { next: 'https://tarn.example/api?page=2', count: 9 }, results: [COURSE] },
      '',
      ['https://tarn.example/api?page=2'],
      false,
    ],
    [
      'LMS: the last page',
      { pagination: { next: null, previous: 'https://x.example', count: 9 }, results: [COURSE] },
      '',
      [],
      false,
    ],
    [
      'Richie: the next offset',
      { meta: { count: 1, offset: 2, total_count: 9 }, objects: [RICHIE] },
      '?limit=1&offset=2',
      ['https://tarn.example/api/courses?limit=1&offset=3'],
      false,
    ],
    [
      'Richie: the end',
      { meta: { count: 1, offset: 8, total_count: 9 }, objects: [RICHIE] },
      '?limit=1&offset=8',
      [],
      false,
    ],
    [
      'Richie: an empty page before the end',
      { meta: { count: 0, offset: 2, total_count: 9 }, objects: [] },
      '',
      [],
      true,
    ],
    [
      'Coursera: the next start',
      { elements: [COURSERA], paging: { next: '1', total: 2 } },
      '?limit=1',
      ['https://tarn.example/api/courses?limit=1&start=1'],
      false,
    ],
    ['Coursera: the end', { elements: [COURSERA], paging: { total: 2 } }, '?start=1', [], false],
    [
      'Coursera: partners are no courses',
      { elements: [COURSERA], paging: { total: 2 }, linked: { 'partners.v1': [{ id: '26', name: 'R' }] } },
      '',
      [],
      true,
    ],
    ['FutureLearn: one list', [{ uuid: 'f', name: 'F', hours_per_week: 4 }], '', [], false],
  ])('%s', async (_, body, query, next, incomplete) => {
    const reading = await read(body, `https://tarn.example/api/courses${query}`);
    expect(reading.next.map(({ url }) => url)).toEqual(next);
    expect(reading.faults.some((fault) => fault.incomplete === true)).toBe(incomplete);
  });

  test('a file leads on to what an upload cannot follow; what has no address cannot lead on', async () => {
    const body = { meta: { count: 1, offset: 0, total_count: 9 }, objects: [RICHIE] };
    expect(await read(body, 'file:///courses.json')).toMatchObject({
      next: [{ url: 'file:///courses.json?offset=1' }],
      faults: [],
    });
    expect(await read(body, 'courses.json')).toMatchObject({
      next: [],
      faults: [{ incomplete: true, rejection: { rule: 'paging' } }],
    });
  });
});

describe('hours a week are no hours', () => {
  const runs = (...more: Record<string, unknown>[]) => ({
    ...COURSE,
    course_runs: more.map((one, n) => ({ ...RUN, key: `course-v1:a+b+${n}`, ...one })),
  });
  test.each<[string, Record<string, unknown>, number | undefined]>([
    ['effort and weeks of one run', runs({ min_effort: 3, max_effort: 5, weeks_to_complete: 6 }), 18],
    ['runs alike', runs({ min_effort: 3, weeks_to_complete: 6 }, { min_effort: 3, weeks_to_complete: 6 }), 18],
    [
      'runs of other lengths',
      runs({ min_effort: 3, weeks_to_complete: 6 }, { min_effort: 3, weeks_to_complete: 8 }),
      undefined,
    ],
    [
      'runs of other efforts',
      runs({ min_effort: 3, weeks_to_complete: 6 }, { min_effort: 4, weeks_to_complete: 6 }),
      undefined,
    ],
    ['no weeks', runs({ min_effort: 3 }), undefined],
    ['no effort', runs({ weeks_to_complete: 6 }), undefined],
    ['words of Richie', { ...RICHIE, effort: '2 à 4 h/semaine', duration: '5 semaines' }, 10],
    ['words of Richie that are no hours a week', { ...RICHIE, effort: '2 leçons', duration: '5 semaines' }, undefined],
    [
      'words of the LMS, without an end',
      { course_id: 'course-v1:a+b+c', name: 'B', org: 'a', pacing: 'self', effort: '7 hours per week' },
      undefined,
    ],
  ])('%s', async (_, item, derived) => {
    const [facts] = (await read([item])).facts;
    expect(facts?.hours).toBeUndefined();
    expect(facts?.['hours.derived']).toBe(derived);
  });

  test('the most of a range, too', async () => {
    const [record] = (await read([runs({ min_effort: 3, max_effort: 5, weeks_to_complete: 6 })])).records;
    expect(record?.workload).toMatchObject({
      state: 'stated',
      value: { durationText: '3–5 h/week' },
      derived: { value: { hours: 18, hoursMax: 30 } },
    });
  });
});

describe('what is not stated although naive code would say it', () => {
  test.each<[string, Record<string, unknown>, string, unknown]>([
    ['advanced is no level of the EQF', { ...COURSE, level_type: 'Advanced' }, 'eqf', undefined],
    ['nor a cycle', { ...COURSE, level_type: 'Advanced' }, 'cycle', undefined],
    [
      'a verified seat is no supervision',
      { ...COURSE, course_runs: [{ ...RUN, seats: [{ type: 'verified', price: '49.00', currency: 'USD' }] }] },
      'supervision',
      undefined,
    ],
    [
      '2030 is how Open edX stores no start',
      { ...COURSE, course_runs: [{ ...RUN, start: '2030-01-01T00:00:00Z' }] },
      'start',
      undefined,
    ],
    ['nothing says that it is online', COURSE, 'modes', []],
    [
      'MicroMasters is no degree',
      { uuid: 'p', title: 'P', type: 'MicroMasters', authoring_organizations: [] },
      'kind',
      undefined,
    ],
    [
      'weeks are no workload of their own',
      { ...COURSE, course_runs: [{ ...RUN, weeks_to_complete: 6 }] },
      'workload.state',
      'not-stated',
    ],
  ])('%s', async (_, item, name, value) => {
    const [facts] = (await read([item])).facts;
    expect(facts?.[name]).toEqual(value);
  });

  test('another day of 2030 is a start', async () => {
    const [facts] = (await read([{ ...COURSE, course_runs: [{ ...RUN, start: '2030-01-02T00:00:00Z' }] }])).facts;
    expect(facts?.start).toBe('2030-01-02');
  });
});

test('partners of Coursera come to the courses that name them, wherever they stand', async () => {
  const partner = { id: '26', name: 'Ropewalk College', links: { website: 'https://ropewalk.example/' } };
  const bodies = [
    { elements: [COURSERA], linked: { 'partners.v1': [partner] }, paging: { total: 1 } },
    { linked: { 'partners.v1': [partner] }, elements: [COURSERA], paging: { total: 1 } },
  ];
  for (const body of bodies) {
    const { facts, records } = await read(body);
    expect(facts[0]).toMatchObject({ offeredBy: ['Ropewalk College'] });
    expect(records[0]?.offeredBy.origin?.path).toBe('/parts/0');
  }
});

test('staff, educators and instructors leave; hidden courses are not taken', async () => {
  const { records, faults } = await read([
    {
      uuid: 'f',
      name: 'F',
      hours_per_week: 4,
      organisation: { name: 'University of the Shore' },
      educator: 'Ottokar Ebbe',
    },
    { ...COURSE, hidden: true },
    { ...COURSE, uuid: 'c-2', course_runs: [{ ...RUN, staff: [{ given_name: 'Berthild', family_name: 'Seekuh' }] }] },
  ]);
  expect(records).toHaveLength(2);
  expect(faults.map(({ rejection }) => rejection.rule)).toEqual(['private-record']);
  expect(JSON.stringify(records)).not.toMatch(/Ottokar|Berthild/);
});

import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { openedx as unguarded } from '../../crawler/formats/openedx/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import type { Credential, Problem } from '../../schema/index.ts';
import { type Fact, factsOf } from '../contract/facts.ts';
import { suiteSource } from '../contract/format-suite.ts';
import { normalisedOf, type Reading, readFeed } from '../contract/read-feed.ts';

const openedx = behindDoor(unguarded);
const FEEDS = new URL('../../../shared/feeds/openedx/', import.meta.url);
const FILES = ['mock_data.json', 'mammooc-specs/coursera_0.json', 'mammooc-specs/future_learn_0.json'];
const text = (file: string): string => readFileSync(new URL(file, FEEDS), 'utf8');

interface Read {
  reading: Reading;
  records: Credential[];
  facts: Record<string, Fact>[];
  problems: Problem[];
}

async function read(body: string, url: string): Promise<Read> {
  const reading = await readFeed(openedx, { body, url, mediaType: 'application/json' });
  const results = [...normalisedOf(openedx, suiteSource('openedx', url), reading.records).values()];
  const records = results.flatMap((one) => ('credential' in one && one.credential ? [one.credential] : []));
  return { reading, records, facts: records.map(factsOf), problems: results.flatMap(({ problems }) => problems) };
}

describe.skipIf(FILES.some((file) => !existsSync(new URL(file, FEEDS))))(
  'real answers of MOOC platforms, and those of the tests of edX (needs ../shared/feeds)',
  () => {
    let coursera: Read;
    let futurelearn: Read;
    let lms: Read;
    let programs: Read;

    beforeAll(async () => {
      const mock = JSON.parse(text('mock_data.json'));
      coursera = await read(
        text('mammooc-specs/coursera_0.json'),
        'https://api.coursera.org/api/courses.v1?start=0&limit=2',
      );
      futurelearn = await read(text('mammooc-specs/future_learn_0.json'), 'https://www.futurelearn.com/feeds/courses');
      lms = await read(JSON.stringify(mock.COURSES_API_BODIES), 'https://lms.example/api/courses/v1/courses/');
      programs = await read(JSON.stringify(mock.PROGRAMS_API_BODIES), 'https://programs.example/api/v1/programs/');
    });

    test('counts: courses and programmes; a hidden course is not taken', () => {
      expect([coursera, futurelearn, lms, programs].map(({ records }) => records.length)).toEqual([2, 1, 2, 3]);
      expect(lms.reading.faults.map(({ rejection }) => rejection.rule)).toEqual(['private-record']);
      for (const { reading } of [coursera, futurelearn, programs]) expect(reading.faults).toEqual([]);
    });

    test('Coursera goes on with the start it names, FutureLearn is whole', () => {
      expect(coursera.reading.next).toEqual([{ url: 'https://api.coursera.org/api/courses.v1?start=2&limit=2' }]);
      expect(futurelearn.reading.next).toEqual([]);
    });

    test('no instructor or educator is kept', () => {
      for (const { reading, records } of [coursera, futurelearn])
        expect(JSON.stringify([reading.records, records])).not.toMatch(/Gillies|Yee-King|Grierson|Lundqvist/);
    });

    test.each<[string, unknown]>([
      ['title', ['Creative Programming for Digital Media & Mobile Apps']],
      ['offeredBy', ['University of London']],
      ['languages', ['en']],
      ['durationText', '5-10 hours/week'],
      ['url', 'https://www.coursera.org/learn/digitalmedia'],
      ['hours', undefined],
      ['hours.derived', undefined],
      ['kind', undefined],
      ['runs', 0],
    ])('Coursera, the first: %s', (name, value) => expect(coursera.facts[0]?.[name]).toEqual(value));

    test.each<[string, unknown]>([
      ['title', ['Gamification']],
      ['awarding', ['University of Pennsylvania']],
      ['start', '2015-11-09'],
      ['kind', 'certificate'],
      // The certificate is a verified one, which says nothing of supervision.
      ['supervision', undefined],
      ['eqf', undefined],
    ])('Coursera, the second: %s', (name, value) => expect(coursera.facts[1]?.[name]).toEqual(value));

    test.each<[string, unknown]>([
      ['title', ['Begin Programming: Build Your First Mobile Game']],
      ['languagesOfTitle', ['en']],
      ['offeredBy', ['University of Reading']],
      ['runs', 3],
      ['start', '2013-10-28'],
      ['duration', 'P7W'],
      ['durationText', '4 h/week'],
      ['hours.derived', 28],
      ['hours', undefined],
      ['ects', undefined],
      ['kind', undefined],
      ['assessment', []],
      ['country', undefined],
      ['modes', []],
    ])('FutureLearn: %s', (name, value) => expect(futurelearn.facts[0]?.[name]).toEqual(value));

    test('FutureLearn: certificates are offered; who awards them is derived', () => {
      expect(futurelearn.records[0]?.certificationFormat).toMatchObject({
        state: 'stated',
        origin: { path: '/has_certificates' },
      });
      expect(futurelearn.records[0]?.awardingBody).toMatchObject({
        state: 'derived',
        origin: { rule: 'provider-as-awarding-body' },
      });
    });

    test.each<[number, string, unknown]>([
      [0, 'title', ['Making Science and Engineering Pictures: A Practical Guide to Presenting Your Work']],
      [0, 'offeredBy', ['MITx']],
      [0, 'start', '2015-06-15'],
      [0, 'deadline', '2015-06-29'],
      [0, 'pace', 'self'],
      [1, 'pace', 'instructor'],
      [1, 'end', '2015-12-11'],
      [1, 'deadline', undefined],
      [1, 'workload.state', 'not-stated'],
    ])('LMS %i: %s', (n, name, value) => expect(lms.facts[n]?.[name]).toEqual(value));

    test.each<[number, string, unknown]>([
      [0, 'title', ['Water Management']],
      [0, 'awarding', ['Delft University of Technology']],
      [0, 'kind', undefined],
      [0, 'stackability', undefined],
      [1, 'title', ['Supply Chain Management']],
    ])('programme %i: %s', (n, name, value) => expect(programs.facts[n]?.[name]).toEqual(value));
  },
);

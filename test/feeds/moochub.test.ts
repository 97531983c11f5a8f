import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { moochub as unguarded } from '../../crawler/formats/moochub/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import type { Credential, Problem } from '../../schema/index.ts';
import { type Fact, factsOf } from '../contract/facts.ts';
import { suiteSource } from '../contract/format-suite.ts';
import { normalisedOf, type Reading, readFeed } from '../contract/read-feed.ts';

const moochub = behindDoor(unguarded);
const FEEDS = new URL('../../../shared/feeds/moochub/schema/', import.meta.url);
const VERSIONS = [
  'v2.1-moochub-api.v2',
  'v2.2-moochub-api.v2',
  'v2.3-moochub-api.v2',
  'v3.0-moochub-api.v3',
  'v3.0.1-moochub-api.v3',
  'main-moochub-api.v3',
];
const files = VERSIONS.map((version) => new URL(`${version}.yml`, FEEDS));
const URL_OF_PAGE = 'https://open.hpi.de/bridges/moochub/courses?page=2';

interface Read {
  reading: Reading;
  record: Credential;
  problems: Problem[];
  facts: Record<string, Fact>;
}

/** The answer that the specification gives as an example of its version. */
async function read(file: URL): Promise<Read> {
  const { content } = parse(readFileSync(file, 'utf8')).paths['/courses'].get.responses['200'];
  const [answer] = Object.values<{ examples: { openHPI: { value: unknown } } }>(content);
  const feed = {
    body: JSON.stringify(answer?.examples.openHPI.value),
    url: URL_OF_PAGE,
    mediaType: 'application/vnd.api+json',
  };
  const reading = await readFeed(moochub, feed);
  const [result] = normalisedOf(moochub, suiteSource('moochub', URL_OF_PAGE), reading.records).values();
  if (!result || !('credential' in result) || !result.credential) throw new Error(`nothing read of ${file.pathname}`);
  return { reading, record: result.credential, problems: result.problems, facts: factsOf(result.credential) };
}

describe.skipIf(files.some((file) => !existsSync(file)))(
  'the answers in the specifications of MOOChub (needs ../shared/feeds)',
  () => {
    let all: Read[];
    const of = (version: string): Read => all[VERSIONS.indexOf(version)] as Read;

    beforeAll(async () => {
      all = await Promise.all(files.map(read));
    });

    test('each gives its one course and leads to the next page', () => {
      for (const { reading } of all) {
        expect(reading.records).toHaveLength(1);
        expect(reading.faults).toEqual([]);
        expect(reading.next).toEqual([{ url: 'https://open.hpi.de/bridges/moochub/courses?page=3' }]);
      }
    });

    test('no person is kept: neither instructor nor creator', () => {
      for (const { reading, record } of all) expect(JSON.stringify([reading, record])).not.toMatch(/Meinel|Christoph/);
    });

    test.each(
      Object.entries({
        title: ['Course - the complete example'],
        ects: 0,
        duration: 'P2W',
        durationText: '3 h/week',
        outcomes: ['PROTECTING PERSONAL DATA AND PRIVACY'],
        'level.text': ['DigComp: INTERMEDIATE'],
        fields: ['0611'],
        prices: ['0 EUR', '50 EUR'],
        kind: 'certificate',
        venue: 'Hasso-Plattner-Institut, Prof.-Dr.-Helmert-Str. 2-3, 14482, Potsdam',
        'run.country': 'DE',
        start: '2021-01-13',
        end: '2021-01-27',
        deadline: '2022-01-31',
        offeredBy: ['openHPI'],
        'hours.derived': 6,
        // What naive code would state.
        hours: undefined,
        eqf: undefined,
        'eqf.derived': undefined,
        cycle: undefined,
        country: undefined,
        modes: [],
        assessment: [],
        supervision: undefined,
      }),
    )('3.0.1: %s', (name, value) => expect(of('v3.0.1-moochub-api.v3').facts[name]).toEqual(value));

    test('3.0.1: a level of DigComp is no level of the EQF, a skill keeps its framework, who awards is derived', () => {
      const { record, problems } = of('v3.0.1-moochub-api.v3');
      expect(record.level.value).toEqual({ text: [{ language: 'en', value: 'DigComp: INTERMEDIATE' }] });
      expect(record.skills.value).toEqual([
        { text: [{ language: 'en', value: 'PROTECTING PERSONAL DATA AND PRIVACY' }], framework: 'DigComp' },
      ]);
      expect(record.awardingBody.state).toBe('derived');
      expect(record.awardingBody.origin?.rule).toBe('moochub-creator');
      expect(problems.map(({ rule }) => rule)).toContain('zero-credits');
    });

    test.each(
      Object.entries({
        title: ['A Half Century of Internet: How it works today'],
        outcomes: ['Be able to understand and recognize security issues in the internet.'],
        modes: ['online'],
        duration: 'P2M4D',
        durationText: '5 h/week',
        awarding: ['HPI Academy GmbH'],
        offeredBy: ['HPI Academy GmbH', 'openHPI'],
        end: '2020-10-20',
        // Two months and four days have no number of weeks; nothing says what is awarded, or for how much.
        'hours.derived': undefined,
        hours: undefined,
        ects: undefined,
        kind: undefined,
        eqf: undefined,
      }),
    )('2.3: %s', (name, value) => expect(of('v2.3-moochub-api.v2').facts[name]).toEqual(value));
  },
);

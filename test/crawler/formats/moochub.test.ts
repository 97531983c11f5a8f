import { describe, expect, test } from 'vitest';
import { moochub } from '../../../crawler/formats/moochub/index.ts';
import { factsOf } from '../../contract/facts.ts';
import { suiteSource } from '../../contract/format-suite.ts';
import { normalisedOf, readFeed } from '../../contract/read-feed.ts';

const URL_OF_PAGE = 'https://moor.example/courses?page=1';

async function read(attributes: Record<string, unknown>, links?: unknown) {
  const feed = {
    body: JSON.stringify({
      ...(links ? { links } : {}),
      data: [{ id: '1', type: 'Course', attributes: { name: 'N', ...attributes } }],
    }),
    url: URL_OF_PAGE,
    mediaType: 'application/vnd.api+json',
  };
  const reading = await readFeed(moochub, feed);
  const [result] = normalisedOf(moochub, suiteSource('moochub', URL_OF_PAGE), reading.records).values();
  if (!result || !('credential' in result) || !result.credential) throw new Error('no record');
  return {
    ...reading,
    facts: factsOf(result.credential),
    record: result.credential,
    rules: result.problems.map(({ rule }) => rule),
  };
}

describe('MOOChub: the end of a feed', () => {
  test.each([
    ['no links at all (JSON:API: none that is absent is available)', undefined, false],
    ['next is an empty text', { self: URL_OF_PAGE, first: URL_OF_PAGE, last: URL_OF_PAGE, next: '' }, false],
    ['the last one', { self: URL_OF_PAGE, last: URL_OF_PAGE }, false],
    ['not the last by its own links', { self: URL_OF_PAGE, last: 'https://moor.example/courses?page=3' }, true],
  ])('%s', async (_, links, incomplete) => {
    const { faults, next } = await read({}, links);
    expect(faults.some((fault) => fault.incomplete === true)).toBe(incomplete);
    expect(next).toEqual([]);
  });
});

describe('MOOChub: hours a week are no workload by themselves', () => {
  test.each<[string, Record<string, unknown>, number | undefined]>([
    ['h/week in whole weeks', { workload: { timeValue: 3, timeUnit: 'h/week' }, duration: 'P6W' }, 18],
    ['h/week in days that are weeks', { workload: { timeValue: 3, timeUnit: 'h/week' }, duration: 'P14D' }, 6],
    ['h/week in days that are none', { workload: { timeValue: 3, timeUnit: 'h/week' }, duration: 'P10D' }, undefined],
    ['h/week in months', { workload: { timeValue: 3, timeUnit: 'h/week' }, duration: 'P2M' }, undefined],
    ['h/month in months', { workload: { timeValue: 20, timeUnit: 'h/month' }, duration: 'P3M' }, 60],
    ['h/day in days', { workload: { timeValue: 6, timeUnit: 'h/day' }, duration: 'P5D' }, 30],
    ['h/day in weeks', { workload: { timeValue: 6, timeUnit: 'h/day' }, duration: 'P2W' }, undefined],
    ['without a duration', { workload: { timeValue: 3, timeUnit: 'h/week' } }, undefined],
    ['of v2, a number', { workload: 4, duration: 'P3W' }, 12],
    ['of v2, a number as text', { workload: '4', duration: 'P3W' }, 12],
    ['minutes', { workload: 1080, duration: 'P3W' }, undefined],
    ['no unit', { workload: { timeValue: 3 }, duration: 'P3W' }, undefined],
  ])('%s', async (_, attributes, derived) => {
    const { facts, record } = await read(attributes);
    expect(facts.hours).toBeUndefined();
    expect(facts['hours.derived']).toBe(derived);
    if (derived) expect(record.workload.derived?.origin.rule).toBe('hours-a-week-times-duration');
  });
});

test('starts and ends that are not as many are not put together', async () => {
  const { record, rules } = await read({ startDate: ['2027-03-01', '2027-09-06'], endDate: ['2027-10-01'] });
  expect(record.opportunities.map(({ startDate, endDate }) => [startDate, endDate])).toEqual([
    ['2027-03-01', undefined],
    ['2027-09-06', undefined],
  ]);
  expect(rules).toContain('not-mapped');
});

test.each([
  [['record of achievement'], undefined],
  [['confirmation of participation'], undefined],
  [['confirmation of participation', 'certificate'], 'certificate'],
  [[], undefined],
])('what is awarded: %j', async (awards, kind) => {
  const { facts } = await read({ educationalCredentialsAwarded: awards });
  expect(facts.kind).toBe(kind);
});

test.each([
  ['online', ['online']],
  ['hybrid', ['hybrid']],
  ['Hasenheide', []],
])('a place called %s', async (name, modes) => {
  const { facts } = await read({ contentLocation: { name } });
  expect(facts.modes).toEqual(modes);
  expect(facts.venue).toBe(modes.length ? undefined : name);
});

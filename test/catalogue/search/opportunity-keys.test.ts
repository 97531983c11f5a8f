import { describe, expect, test } from 'vitest';
import { dayNumber, opportunityKeys, opportunityRanges } from '../../../catalogue/search/opportunity-keys.ts';
import type { OpportunityFilter } from '../../../catalogue/search/search-engine.ts';

const run = {
  start: '2026-05-04',
  country: 'FR',
  place: ['Lyon', 'Croix-Rousse'],
  mode: ['online'],
  language: ['fr'],
  free: true,
};
const holds = (filter: OpportunityFilter, runs = [run]) => {
  const keys = opportunityKeys(runs);
  return opportunityRanges(filter).some(([low, high]) => keys.some((key) => key >= low && key <= high));
};

test('days are counted from 1 on 1 January 1900', () => {
  expect(dayNumber('1900-01-01')).toBe(1);
  expect(dayNumber('2026-05-05')).toBe((dayNumber('2026-05-04') ?? 0) + 1);
  expect([dayNumber(undefined), dayNumber('soon'), dayNumber('1899-12-31'), dayNumber('2400-01-01')]).toEqual(
    Array(4).fill(undefined),
  );
});

test('a number for every subset of the facts, all exact in a double', () => {
  const keys = opportunityKeys([run]);
  expect(keys).toHaveLength(2 * 3 * 2 * 2 * 2);
  expect(keys.every(Number.isSafeInteger)).toBe(true);
  expect(opportunityKeys([run, run])).toEqual(keys);
  expect(opportunityKeys([])).toEqual([]);
});

describe('a filter holds', () => {
  test.each<[boolean, OpportunityFilter]>([
    [true, {}],
    [true, { place: ['LYON'] }],
    [true, { place: ['Paris', 'croix-rousse'] }],
    [true, { startFrom: '2026-05-04', startTo: '2026-05-04' }],
    [false, { startFrom: '2026-05-05' }],
    [false, { startTo: '2026-05-03' }],
    [
      true,
      { country: ['FR'], place: ['lyon'], mode: ['online'], language: ['fr'], free: true, startFrom: '2026-01-01' },
    ],
    [false, { country: ['FR'], place: ['lyon'], mode: ['blended'] }],
    [false, { free: false }],
  ])('%s: %j', (wanted, filter) => expect(holds(filter)).toBe(wanted));

  test('of one run, never of two', () => {
    const runs = [
      { ...run, start: '2026-05-04', place: ['Genève'] },
      { ...run, start: '2026-09-01', place: ['Lyon'] },
    ];
    expect(holds({ startTo: '2026-05-31', place: ['lyon'] }, runs)).toBe(false);
    expect(holds({ startFrom: '2026-09-01', place: ['lyon'] }, runs)).toBe(true);
  });
  test('a run without a start has no start to hold', () => {
    const undated = [{ place: ['Lyon'], mode: [], language: [] }];
    const keys = opportunityKeys(undated);
    const any = (filter: OpportunityFilter) =>
      opportunityRanges(filter).some(([low, high]) => keys.some((key) => key >= low && key <= high));
    expect([any({ place: ['lyon'] }), any({ place: ['lyon'], startTo: '2099-01-01' })]).toEqual([true, false]);
  });
});

test('too many combinations are refused with a remedy', () => {
  const many = Array.from({ length: 50 }, (_, i) => `v${i}`);
  expect(() => opportunityRanges({ place: many, mode: many })).toThrow(/2500 combinations.*fewer/);
});

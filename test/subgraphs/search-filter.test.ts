import { describe, expect, test } from 'vitest';
import type { SearchFilterInput } from '../../subgraphs/search/filter-input.ts';
import { searchFilter } from '../../subgraphs/search/search-filter.ts';

const given = (filter: object | undefined) => filter && JSON.parse(JSON.stringify(filter)); // leaves out what is undefined

describe('a filter becomes what the engine takes', () => {
  test.each<[string, SearchFilterInput | null, object | undefined]>([
    ['nothing', null, undefined],
    ['empty', {}, {}],
    ['nulls mean nothing', { country: null, ects: null, free: null, opportunity: null, startDate: null }, {}],
    ['letters of countries', { country: ['ee'] }, { country: ['EE'] }],
    ['regions of languages', { language: ['pt-BR', 'nld'] }, { language: ['pt', 'nl'] }],
    ['one end of a range', { hours: { min: 10, max: null } }, { hours: { min: 10 } }],
    ['a range of nothing', { hours: {} }, {}],
    ['free: false is kept', { free: false }, { free: false }],
    ['currency letters', { cost: { max: 0, currency: 'eur' } }, { cost: { max: 0, currency: 'EUR' } }],
    [
      'conformance',
      { conformance: { assessed: ['yes', 'unknown'], qualityAssured: null } },
      { conformance: ['assessed:yes', 'assessed:unknown'] },
    ],
    ['start date', { startDate: { from: '2027-05-01' } }, { opportunity: { startFrom: '2027-05-01' } }],
    [
      'start date and opportunity: the narrower of both',
      {
        startDate: { from: '2027-05-01', to: '2027-05-31' },
        opportunity: { startFrom: '2027-05-10', startTo: '2027-06-30', place: ['Lyon'] },
      },
      { opportunity: { startFrom: '2027-05-10', startTo: '2027-05-31', place: ['Lyon'] } },
    ],
    ['ISCED-F of any depth', { field: ['06', '061', '0612'] }, { field: ['06', '061', '0612'] }],
  ])('%s', (_, input, expected) => {
    expect(given(searchFilter(input))).toEqual(expected);
  });
});

describe('what cannot be is refused with place and remedy', () => {
  test.each<[string, SearchFilterInput]>([
    ['filter.kind', { kind: ['Micro credential'] }],
    ['filter.assessment', { assessment: ['oram_exam'] }],
    ['filter.opportunity.mode', { opportunity: { mode: ['distance'] } }],
    ['filter.opportunity.startTo', { opportunity: { startTo: '2027-02-30' } }],
    ['filter.ects', { ects: { min: -1 } }],
    ['filter.cost', { cost: { max: -5, currency: 'EUR' } }],
    ['filter.eqf', { eqf: [0] }],
    ['filter.provider', { provider: Array(101).fill('prv_x') }],
  ])('%s', (argument, input) => {
    expect(() => searchFilter(input)).toThrow(
      expect.objectContaining({
        extensions: expect.objectContaining({ code: 'BAD_USER_INPUT', argument, remedy: expect.any(String) }),
      }),
    );
  });
});

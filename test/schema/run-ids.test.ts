import { describe, expect, test } from 'vitest';
import { completeCredential, distinctRunIds, mintOpportunityId, type Opportunity } from '../../schema/index.ts';

const run = (id: string, facts: Partial<Opportunity> = {}): Opportunity => ({ id, path: '/x', ...facts });
const may = { startDate: '2027-05-01', place: 'Lyon', prices: [{ amount: 10, currency: 'EUR' }] };
const june = { startDate: '2027-06-01', place: 'Lyon', prices: [{ amount: 10, currency: 'EUR' }] };

describe('ids of the runs of a credential', () => {
  test("the source's own stay to the letter", () => {
    expect(distinctRunIds([run('A 1'), run(' a#2 '), run('run')])).toEqual(['A 1', ' a#2 ', 'run']);
  });

  test.each([
    ['one identifier twice', [run('a', may), run('a', june), run('b')]],
    ['none', [run('', may), run('', june)]],
    [
      'one identifier and the same dates twice, other prices',
      [run('a', may), run('a', { ...may, prices: [{ amount: 9 }] })],
    ],
    ['the very same, twice and thrice', [run('a', may), run('a', may), run('', june), run('', june), run('', june)]],
    ['no facts at all', [run(''), run(''), run('a'), run('a')]],
  ])('%s: no two alike', (_, runs) => {
    const ids = distinctRunIds(runs);
    expect(new Set(ids).size).toBe(runs.length);
    expect(ids).not.toContain('');
    expect(distinctRunIds(runs.map((one, n) => ({ ...one, id: ids[n] as string })))).toEqual(ids);
  });

  test('an identifier that looks like one of ours does not collide with it', () => {
    const [, made = ''] = distinctRunIds([run('a', may), run('a', june)]);
    const ids = distinctRunIds([run('a', may), run('a', june), run(made), run(`${made}#2`)]);
    expect(new Set(ids).size).toBe(4);
  });

  test('of 40,000 that say the very same, in time', () => {
    const began = performance.now();
    const ids = distinctRunIds(Array.from({ length: 40_000 }, () => run('a', may)));
    expect(new Set(ids).size).toBe(40_000);
    // Numbering each from the first took minutes.
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test('they hold when runs come, go or change places, and when a price or a deadline changes', () => {
    const runs = [run('a', may), run('a', june), run('', may), run('', june), run('own')];
    const ids = distinctRunIds(runs);
    expect(distinctRunIds(runs.toReversed())).toEqual(ids.toReversed());
    expect(distinctRunIds([run('', { startDate: '2027-01-01' }), ...runs, run('new')]).slice(1, -1)).toEqual(ids);
    expect(distinctRunIds(runs.slice(2))).toEqual(ids.slice(2));
    const dearer = { prices: [{ amount: 99, currency: 'EUR' }], applicationDeadline: '2027-04-01', path: '/elsewhere' };
    expect(distinctRunIds(runs.map((one) => ({ ...one, ...dearer })))).toEqual(ids);
  });

  test('the order in which a store keeps members does not matter', () => {
    const name = [{ language: 'en', value: 'Spring' }];
    const shuffled = [{ value: 'Spring', language: 'en' }];
    expect(distinctRunIds([run('', { name, ...may })])).toEqual(distinctRunIds([run('', { ...may, name: shuffled })]));
  });

  test('a completed record has them', () => {
    const { opportunities } = completeCredential({
      source: 's',
      identifier: 'i',
      opportunities: [run('a', may), run('a', june)],
    });
    expect(new Set(opportunities.map(({ id }) => id)).size).toBe(2);
  });

  test('across the catalogue: by credential and run, and never ambiguous', () => {
    const pairs = [
      ['crd_a', 'run'],
      ['crd_b', 'run'],
      ['crd_a', 'run2'],
      ['crd_a2', 'run'],
      ['crd_ar', 'un'],
    ] as const;
    const ids = pairs.map(([credential, id]) => mintOpportunityId(credential, id));
    expect(new Set(ids).size).toBe(pairs.length);
    for (const id of ids) expect(id).toMatch(/^opp_[0-9a-z]{20}$/);
    expect(mintOpportunityId('crd_a', 'run')).toBe(ids[0]);
  });
});

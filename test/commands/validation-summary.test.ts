import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../commands/terminal/width.ts';
import { createTally, summaryLines, type Tally } from '../../commands/validation-summary.ts';
import { completeCredential, derived, notApplicable, type Severity, stated } from '../../schema/index.ts';

const SCREEN = { width: 80, height: 24 };
const title = stated([{ language: 'en', value: 'Soil' }], 'title');
const record = (identifier: string, more: object = {}) =>
  completeCredential({ source: 's', identifier, title, ...more });
const problem = (rule: string, severity: Severity = 'warning', remedy = 'mend it') => ({
  path: '/level',
  rule,
  severity,
  found: 'EQF tbc',
  remedy,
});
const reject = (tally: Tally, identifier: string | null, rule: string) =>
  tally.reject({ identifier, rule, path: 'line 7', found: 'nothing', remedy: 'give one' });
const told = (tally: Tally, screen = SCREEN) => summaryLines(tally, screen);

describe('the summary of a validation', () => {
  test('each element with how many state it, from how many it was derived, and how many say nothing', () => {
    const tally = createTally('csv');
    const level = derived({ eqf: 6 }, 'level', 'a-rule');
    tally.accept('a', record('a', { level }), []);
    tally.accept('b', record('b', { level, supervision: notApplicable('supervision') }), []);
    tally.accept('c', record('c'), []);
    const lines = told(tally);
    expect(lines[0]).toBe('3 records (csv): 3 accepted, 0 rejected, 0 problems');
    const all = lines.join('\n');
    expect(all).toMatch(/title +3 +0 +0\b/);
    expect(all).toMatch(/level +0 +2 +1\b/);
    expect(all).toMatch(/supervision +1 +0 +2\b/);
    expect(all).toMatch(/conditionsToEarn +0 +0 +3$/m);
    // No feed can state those of a credential that is not issued.
    expect(all).not.toMatch(/learner\b|issueDate|grade/);
  });

  test('findings by weight: rejected first, then errors, warnings and what is worth knowing; more often goes before', () => {
    const tally = createTally('csv');
    tally.accept('a', record('a'), [problem('i', 'info'), problem('w', 'warning'), problem('i', 'info')]);
    tally.accept('b', record('b'), [problem('e2', 'error'), problem('e1', 'error'), problem('e1', 'error')]);
    reject(tally, 'k9', 'missing-title');
    expect(tally.findings().map(({ severity, rule, times }) => `${severity} ${times} ${rule}`)).toEqual([
      'rejected 1 missing-title',
      'error 2 e1',
      'error 1 e2',
      'warning 1 w',
      'info 2 i',
    ]);
    const lines = told(tally);
    expect(lines).toContain('rejected 1 × missing-title: k9 at line 7, found "nothing". give one');
    expect(lines).toContain('error 2 × e1: b at /level, found "EQF tbc". mend it');
  });

  test('it fits one screen, however many rules there are: those without room are named with how often', () => {
    const tally = createTally('csv');
    const remedy = 'write it as the specification says, with a word of the vocabulary and nothing beside it';
    const rules = Array.from({ length: 12 }, (_, n) => problem(`rule-${n}`, 'warning', remedy));
    for (let n = 0; n < 99_999; n++) tally.accept(`r${n}`, n ? undefined : record('r0'), n % 2 ? rules : []);
    const lines = told(tally);
    expect(lines.length).toBeLessThan(24);
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    expect(lines.join(' ')).toMatch(/rule-0: r1 at.*further, told by --all:.*49999 × rule-11/);
  });

  test.each([20, 40, 79, 200])('no line is wider than %i columns', (width) => {
    const tally = createTally('csv');
    for (let n = 0; n < 3; n++) tally.accept(`学习${n}`, record('a'), [problem('e', 'error', '数据'.repeat(90))]);
    tally.cutShort('the JSON ends too early');
    for (const line of told(tally, { width, height: 24 })) expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });

  test('hundreds of thousands of records state an element: numbers still stand apart', () => {
    const tally = createTally('csv');
    for (const n of [1_234_567]) {
      tally.accept('a', record('a'), []);
      for (const states of Object.values(tally.summary.elements))
        for (const state of Object.keys(states)) states[state] = n;
    }
    expect(told(tally).join('\n')).toMatch(/title +1234567 +0 +0/);
  });

  test('a feed that was not read to its end is told first, and a long value is cut', () => {
    const tally = createTally('csv');
    tally.cutShort('the JSON ends too early');
    tally.accept('a', record('a'), [{ ...problem('e'), found: 'x'.repeat(500) }]);
    const lines = told(tally);
    expect(lines[1]).toBe('the feed was not read to its end: the JSON ends too early');
    expect(lines.join('')).toMatch(/x{20,60}…/);
  });

  test('of a feed without an accepted record no elements are told', () => {
    const tally = createTally('csv');
    reject(tally, null, 'missing-identifier');
    expect(told(tally, { width: 100, height: 24 })).toEqual([
      '1 records (csv): 0 accepted, 1 rejected, 0 problems',
      'rejected 1 × missing-identifier: (no record) at line 7, found "nothing". give one',
    ]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fault, RULES, rejection, ruleOf } from '../../../crawler/problems/rules.ts';

const root = new URL('../../../crawler/', import.meta.url);
const sources = ['formats/', 'decode/', 'elements/', 'record/', 'problems/', 'persons/', 'harvest/', ''].flatMap(
  (folder) =>
    readdirSync(new URL(folder || './', root), { recursive: folder !== '', encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && file !== 'rules.ts' && file !== 'rule-links.ts')
      .map((file) => ({ file: `${folder}${file}`, text: readFileSync(new URL(`${folder}${file}`, root), 'utf8') })),
);
const text = sources.map((source) => source.text).join('\n');

describe('the table of rules', () => {
  // `notes.add`, `fault`, `rejection`, `turnAway` take a RuleId, so tsc holds them to the table; this holds the rest.
  test('has every id that is written out where something is reported', () => {
    const unknown = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/\brule: '([^']+)'/g)]
        .map((match) => match[1] as string)
        .filter((id) => !ruleOf(id))
        .map((id) => `${file}: ${id}`),
    );
    expect(unknown).toEqual([]);
  });

  test('lets nobody build a problem or rejection around it', () => {
    const builders = sources
      .filter(({ text }) => /severity: '(error|warning|info)'/.test(text))
      .map(({ file }) => file);
    // The harvester's own report of a second record with the same identifier, whose rule is in the table too.
    expect(builders).toEqual(['harvest/take-in.ts']);
    expect(ruleOf('duplicate-identifier')).toBeDefined();
  });

  test.each(Object.keys(RULES))('%s is in use, kebab-case, and says what to do', (id) => {
    expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
    expect(text).toContain(`'${id}'`);
    const rule = ruleOf(id);
    expect(rule?.meaning.length).toBeGreaterThan(5);
    expect(rule?.remedy.length).toBeGreaterThan(5);
  });

  test('only what makes a record unusable or false rejects it', () => {
    const rejecting = Object.keys(RULES).filter((id) => ruleOf(id)?.rejects);
    expect(rejecting.sort()).toEqual([
      'impossible-date',
      'missing-identifier',
      'missing-name',
      'missing-title',
      'negative-number',
      'normaliser-failed',
      'not-a-record',
      'quarantined',
      'record-invalid',
      'record-too-large',
      'title-too-long',
    ]);
  });

  test('gives the usual remedy unless a better one is at hand', () => {
    expect(rejection('a', '/x', 'negative-number', -3)).toEqual({
      identifier: 'a',
      path: '/x',
      rule: 'negative-number',
      found: '-3',
      remedy: RULES['negative-number'].remedy,
    });
    expect(fault(null, '', 'json-syntax', 'x', 'mend it', true)).toMatchObject({
      incomplete: true,
      rejection: { remedy: 'mend it' },
    });
    expect(ruleOf('toString')).toBeUndefined();
  });
});

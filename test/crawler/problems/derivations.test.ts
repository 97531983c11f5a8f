import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DERIVATIONS, derivationOf } from '../../../crawler/problems/derivations.ts';
import { createRuleBook } from '../../../crawler/problems/rule-book.ts';
import { RULES } from '../../../crawler/problems/rules.ts';

const root = new URL('../../../crawler/', import.meta.url);
const text = ['formats/', 'elements/', 'record/']
  .flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map((file) => folder + file),
  )
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(new URL(file, root), 'utf8'))
  .join('\n');

describe('the table of derivations', () => {
  test.each(Object.keys(DERIVATIONS))('%s is in use, kebab-case, and says what it means', (id) => {
    expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
    expect(text).toContain(`'${id}'`);
    expect(derivationOf(id)?.meaning.length).toBeGreaterThan(15);
  });

  test('no rule has the id of a derivation, so that an id means one thing', () => {
    expect(Object.keys(RULES).filter((id) => id in DERIVATIONS)).toEqual([]);
    const book = createRuleBook();
    expect(book.all()).toHaveLength(Object.keys(RULES).length + Object.keys(DERIVATIONS).length);
    expect(book.get('nqf-to-eqf')).toMatchObject({ kind: 'derivation', link: expect.stringMatching(/^https:/) });
    expect(book.get('impossible-date')).toMatchObject({ kind: 'problem', remedy: expect.any(String) });
    expect(book.get('constructor')).toBeUndefined();
  });
});

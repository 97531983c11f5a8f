import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { vocabularyImport, vocabularyStatus } from '../../commands/vocabulary.ts';
import { readConfig } from '../../config.ts';
import { ConfigError } from '../../crawler/errors.ts';
import { conceptFile, conceptsOf, SHIPPED_CONCEPTS } from '../../schema/vocabularies/concepts/index.ts';

let folder: string;
let tables: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'credatlas-vocabulary-'));
  tables = mkdtempSync(join(tmpdir(), 'credatlas-esco-'));
});
afterAll(() => {
  for (const one of [folder, tables]) rmSync(one, { recursive: true, force: true });
});

/** What a command said on stdout, one JSON value a line. */
async function told(command: () => Promise<number>): Promise<{ code: number; values: Record<string, unknown>[] }> {
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    const code = await command();
    return {
      code,
      values: lines
        .join('')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    };
  } finally {
    write.mockRestore();
  }
}

describe('credatlas vocabulary', { timeout: 240_000 }, () => {
  const config = () => readConfig({ DATA_DIR: folder });
  const SKILL = 'http://data.europa.eu/esco/skill/0005c151-5b5a-4a66-8aac-60e734beb1ab';

  test('status tells what ships: file, whose it is, languages', async () => {
    const { code, values } = await told(() => vocabularyStatus(config(), { json: true }));
    expect(code).toBe(0);
    expect(values[0]).toMatchObject({ file: SHIPPED_CONCEPTS, labels: expect.any(Number) });
    const languages = values[0]?.languages as { language: string; skills: number }[];
    expect(languages.find(({ language }) => language === 'et')?.skills).toBe(0);
    expect(languages.find(({ language }) => language === 'mt')).toBeDefined();
  });

  test('import completes a language in a file of the operator’s own, which is used from then on', async () => {
    const rows = [
      'conceptType,conceptUri,preferredLabel,altLabels',
      `Skill,${SKILL},muusikuid juhendama,"muusikute juhendamine\nansambli juhtimine"`,
    ];
    writeFileSync(join(tables, 'skills_et.csv'), `\uFEFF${rows.join('\n')}\n`);
    writeFileSync(join(tables, 'dictionary_et.csv'), 'a,b\n1,2\n');
    const { code, values } = await told(() => vocabularyImport(config(), { path: tables, json: true }));
    expect(code).toBe(1);
    expect(values[0]).toMatchObject({ labels: { et: 3 }, unknown: 0, passedOver: ['dictionary_et.csv'] });
    expect(conceptFile(folder)).toBe(join(folder, 'concepts.zst'));
    const { concepts, linker } = conceptsOf(conceptFile(folder))();
    expect(concepts.labelsOf(concepts.find(SKILL) ?? -1)).toContainEqual({
      language: 'et',
      text: 'muusikuid juhendama',
      preferred: true,
    });
    expect(linker.link('muusikute juhendamine')[0]?.uri).toBe(SKILL);
    expect(concepts.size).toBe(conceptsOf(SHIPPED_CONCEPTS)().concepts.size);
  });

  test('what has no labels is refused with what to give, and a broken file says what to do', async () => {
    const nothing = join(tables, 'other.csv');
    writeFileSync(nothing, 'a,b\n1,2\n');
    for (const path of [nothing, join(tables, 'nowhere'), join(folder, 'concepts.zst')])
      await expect(vocabularyImport(config(), { path, json: true })).rejects.toThrow(ConfigError);
    writeFileSync(join(folder, 'concepts.zst'), 'x');
    await expect(vocabularyStatus(config(), { json: true })).rejects.toThrow(
      'concepts.zst: the concept file cannot be unpacked',
    );
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isFault } from '../../crawler/format.ts';
import { ofqual as unguarded } from '../../crawler/formats/ofqual/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { type Credential, SourceDefinition } from '../../schema/index.ts';

const FILE = new URL('../../../shared/feeds/ofqual/run-report-2026-03-26.json', import.meta.url);
const ofqual = behindDoor(unguarded);
const source = SourceDefinition.parse({
  id: 'ofqual',
  title: 'Ofqual',
  format: 'ofqual',
  url: 'https://ofqual.example/',
  publisher: 'Ofqual',
  licence: 'OGL-UK-3.0',
  defaults: { country: 'GB' },
});

/** The columns of the extract, of which the report has the names of its own tables. */
const COLUMNS: Record<string, string> = {
  qualification_number: 'Qualification Number',
  qualification_title: 'Qualification Title',
  owner_org_recognition_number: 'Owner Organisation Recognition Number',
  owner_org_name: 'Owner Organisation Name',
  owner_org_acronym: 'Owner Organisation Acronym',
  qualification_ssa: 'Qualification SSA',
  eqf_level: 'EQF Level',
};
const headed = (name: string): string =>
  COLUMNS[name] ??
  name
    .split('_')
    .map((word) => (word === 'of' ? word : `${word[0]?.toUpperCase()}${word.slice(1)}`))
    .join(' ');

// Three real rows of the register, put back into the columns of its extract; read by hand.
describe.skipIf(!existsSync(FILE))('the register of Ofqual (needs ../shared/feeds)', async () => {
  const rows: Record<string, string>[] = existsSync(FILE)
    ? JSON.parse(readFileSync(FILE, 'utf8')).samples.qualifications
    : [];
  const names = Object.keys(rows[0] ?? {});
  const body = [names.map(headed), ...rows.map((row) => names.map((name) => row[name] ?? ''))]
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
    .join('\r\n');
  const records = new Map<string, { record: Credential; rules: string[] }>();
  async function* bytes() {
    yield new TextEncoder().encode(body);
  }
  for await (const item of ofqual.records(bytes(), { url: 'file:///x', source, envelope: {} })) {
    if (isFault(item)) continue;
    const result = ofqual.normalise(item.raw, source, item.identifier, []);
    if ('rejection' in result || !result.credential) throw new Error(JSON.stringify(result));
    records.set(item.identifier, { record: result.credential, rules: result.problems.map(({ rule }) => rule) });
  }
  const one = (number: string) => records.get(number) ?? expect.fail(`no ${number}`);

  test('three qualifications, no longer awarded', () => {
    expect([...records.keys()]).toEqual(['500/1514/X', '500/2056/0', '500/2100/X']);
    for (const { record, rules } of records.values()) {
      expect(rules).toContain('not-active');
      expect(record.qualityAssurance.value?.claims[0]?.text?.[0]?.value).toBe('No longer awarded');
      expect(record.awardingBody.value?.[0]?.name?.[0]?.value).toBe('Pearson Education Ltd');
      expect(record.assessment.value?.codes).toEqual(['portfolio']);
      expect(record.fields.value).toEqual([
        { scheme: 'SSA', code: '13.1', text: [{ language: 'en', value: 'Teaching and lecturing' }] },
      ]);
    }
  });

  test('levels by their own columns, credits and guided hours', () => {
    expect(
      [...records.values()].map(({ record }) => [record.level.value?.nqf?.level, record.level.value?.eqf]),
    ).toEqual([
      ['3', 4],
      ['4', 5],
      ['5', 5],
    ]);
    expect(one('500/1514/X').record.workload.value?.credits).toEqual([
      { scheme: 'Guided Learning Hours', value: 30 },
      { scheme: 'RQF', value: 6 },
    ]);
    expect(one('500/2100/X').record.workload.value?.credits).toEqual([
      { scheme: 'Guided Learning Hours', value: 360 },
      { scheme: 'RQF', value: 120 },
    ]);
    expect(one('500/1514/X').record.issueDate.value).toEqual({ from: '2006-12-01', until: '2016-12-31' });
    expect(one('500/1514/X').record.alternates).toContain('5001514X');
    expect(one('500/1514/X').record.grade.value?.scheme[0]?.value).toBe('Pass/Fail');
  });

  test('what the register does not say stays unsaid', () => {
    for (const { record } of records.values()) {
      // Guided learning is not the whole, and credits of the RQF are not ECTS.
      expect(record.workload.value?.hours).toBeUndefined();
      expect(record.workload.value?.ects).toBeUndefined();
      expect(record.workload.derived).toBeUndefined();
      // "Level 3 Award" in the title is no kind, "QCF" neither.
      expect(record.kind.value?.code).toBeUndefined();
      expect(record.kind.derived).toBeUndefined();
      expect(record.learningOutcomes.state).toBe('not-stated');
      expect(record.offeredBy.state).toBe('not-stated');
      expect(record.languages.state).toBe('not-stated');
      expect(record.fields.value?.[0]?.isced).toBeUndefined();
      expect(record.url).toBeUndefined();
    }
    // The EQF level is stated in its column, and not made of the national one.
    expect(one('500/2100/X').record.level.value?.eqf).toBe(5);
  });
});

import { createReadStream, existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { isFault, type RawRecord } from '../../crawler/format.ts';
import { esse3 as unguarded } from '../../crawler/formats/esse3/index.ts';
import { normaliseRecord } from '../../crawler/harvest/normalise-record.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { type Credential, mintCredentialId, SourceDefinition } from '../../schema/index.ts';
import { gathered } from '../contract/read-feed.ts';

/** `src/main/java/eu/ec2u/data/datasets/offerings/OfferingsPaviaUGov.xml` of the public repository ec2u/data. */
const FILE = new URL('../../../shared/feeds/esse3/OfferingsPaviaUGov.xml', import.meta.url);
const esse3 = behindDoor(unguarded);
const source = SourceDefinition.parse({
  id: 'pavia',
  title: 'Pavia',
  format: 'esse3',
  url: 'https://pavia.example/',
  publisher: 'Pavia',
  licence: 'none stated',
});

// The values were read in the file itself.
describe.skipIf(!existsSync(FILE))('Pavia, U-GOV (needs ../shared/feeds/esse3)', () => {
  const read = new Map<string, Credential>();
  const items: RawRecord[] = [];
  let everything = '';
  beforeAll(async () => {
    for await (const item of esse3.records(createReadStream(FILE), { url: 'file:///x', source, envelope: {} })) {
      if (isFault(item)) throw new Error(JSON.stringify(item));
      items.push(item);
    }
    for (const [identifier, { raw, parts }] of gathered(items)) {
      const result = normaliseRecord(esse3, source, identifier, raw, parts);
      if ('rejection' in result || !result.credential) throw new Error(JSON.stringify(result));
      read.set(identifier, result.credential);
      everything += JSON.stringify([raw, parts, result]);
    }
  });
  const one = (identifier: string): Credential => {
    const found = read.get(identifier);
    if (!found) throw new Error(`no ${identifier}`);
    return found;
  };

  test('41 activities are 34 records', () => {
    expect(items).toHaveLength(41);
    expect(read.size).toBe(34);
  });

  test('copyright law: title, texts in two languages, credits, exam, semester', () => {
    const c = one('502808');
    expect(c.title.value).toEqual([
      { language: 'it', value: "DIRITTO D'AUTORE E DELLA PUBBLICITA'" },
      { language: 'en', value: 'COPYRIGHT AND ADVERTISING LAW' },
    ]);
    expect(c.workload.value).toEqual({
      ects: 6,
      credits: [
        { scheme: 'ore di didattica frontale', value: 40 },
        { scheme: 'ore di studio individuale', value: 90 },
      ],
    });
    expect(c.assessment.value?.codes).toEqual(['oral-examination']);
    expect(c.grade.value?.scheme).toEqual([{ language: 'it', value: 'Voto' }]);
    expect(c.grade.origin?.rule).toBe('cineca-grade');
    expect(c.participation.value?.codes).toEqual(['presential']);
    expect(c.languages.value).toEqual(['it']);
    expect(c.fields.value).toMatchObject([{ scheme: 'settore scientifico-disciplinare', code: 'IUS/04' }]);
    expect(c.prerequisites.value?.[1]?.value).toMatch(
      /^During the lectures, the topics covered by the course will be treated in ways .* in legal matters\.$/,
    );
    expect(c.learningOutcomes.value?.[0]?.text[1]?.value).toMatch(
      /^The course aims to provide students with knowledge of the basic features of the Italian and Euro-unitary/,
    );
    expect(c.opportunities).toMatchObject([{ id: '410884', startDate: '2024-09-30', endDate: '2024-12-13' }]);
    expect(c.relations).toMatchObject([{ type: 'partOf', target: mintCredentialId('pavia', 'cds:32400') }]);
  });

  test('a workshop in two plans, each with two parts of the students', () => {
    const c = one('506637');
    expect(c.opportunities.map(({ id }) => id).sort()).toEqual([
      '410891',
      '450865',
      '511030',
      '511032',
      '511034',
      '511036',
    ]);
    expect(c.workload.value?.ects).toBe(9);
    expect(c.assessment.value?.codes).toEqual(['written-examination']);
    expect(one('502786').assessment.value?.codes).toEqual(['written-examination', 'oral-examination']);
    expect(one('502786').languages.value).toContain('en');
  });

  test('what the file does not say stays unsaid', () => {
    // 40 and 90 hours are not said to be all, and 6 credits not to be 150 hours.
    expect(one('502808').workload.value?.hours).toBeUndefined();
    expect(one('502808').workload.derived).toBeUndefined();
    // Not texts: an activity without `testi`.
    expect(one('510397').learningOutcomes.state).toBe('not-stated');
    expect(one('510397').description.state).toBe('not-stated');
    // Cannot be offered: no run, though its plan has it.
    expect(one('OFA-INF/01').opportunities).toEqual([]);
    // 0.0 hours are none; parts of the students say no semester.
    expect(one('OFA-INF/01').workload.value?.credits).toBeUndefined();
    expect(one('506637').opportunities.find(({ id }) => id === '511030')?.startDate).toBeUndefined();
    for (const c of read.values()) {
      expect(c.level.state).toBe('not-stated');
      expect(c.kind.state).toBe('not-stated');
      expect(c.awardingBody.state).toBe('not-stated');
      expect(c.offeredBy.state).toBe('not-stated');
      expect(c.issuerCountry.state).toBe('not-stated');
      expect(c.costs.state).toBe('not-stated');
      expect(c.fields.value?.some(({ isced }) => isced) ?? false).toBe(false);
      expect(
        [...(c.prerequisites.value ?? []), ...(c.furtherInformation.value?.text ?? [])].map(({ value }) => value),
      ).not.toContain('=');
    }
    // Tax numbers, dates of birth, addresses.
    expect(everything).not.toMatch(/[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]|27\/08\/1970|@unipv/);
  });
});

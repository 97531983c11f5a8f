import { createReadStream, existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { isFault } from '../../crawler/format.ts';
import { ewpCourses as unguarded } from '../../crawler/formats/ewp-courses/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { type Credential, mintCredentialId, SourceDefinition } from '../../schema/index.ts';

const FILE = new URL('../../../shared/feeds/other/ewp-courses/response-example.xml', import.meta.url);
const ewpCourses = behindDoor(unguarded);
const source = SourceDefinition.parse({
  id: 'ewp',
  title: 'EWP',
  format: 'ewp-courses',
  url: 'https://ewp.example/',
  publisher: 'EWP',
  licence: 'MIT',
});

// The values were read in the example of the specification.
describe.skipIf(!existsSync(FILE))('EWP Courses API (needs ../shared/feeds)', () => {
  const read: Credential[] = [];
  beforeAll(async () => {
    for await (const item of ewpCourses.records(createReadStream(FILE), { url: 'file:///x', source, envelope: {} })) {
      if (isFault(item)) throw new Error(JSON.stringify(item));
      const result = ewpCourses.normalise(item.raw, source, item.identifier, []);
      if ('rejection' in result || !result.credential) throw new Error(JSON.stringify(result));
      read.push(result.credential);
    }
  });

  test('a course with two instances and a programme', () => {
    expect(read.map(({ identifier }) => identifier)).toEqual([
      'CR/f6d14b1f-f330-4956-8819-e24feb12d519',
      'DEP/a1a43018-558c-45ed-a187-3c966e7bac77',
    ]);
    const [course, programme] = read;
    expect(course?.title.value).toEqual([
      { language: 'no', value: 'Grunnkurs i matematikk' },
      { language: 'en', value: 'Introductory calculus' },
    ]);
    expect(course?.description.value).toEqual([
      { language: 'no', value: 'En eller annen beskrivelse' },
      { language: 'en', value: 'Some description' },
    ]);
    expect(course?.url).toBe('http://example.com/');
    expect(course?.kind.value?.code).toBe('course');
    expect(course?.fields.value).toMatchObject([{ isced: '0541' }, { scheme: 'Erasmus subject area', code: '12345' }]);
    expect(course?.workload.value).toEqual({
      ects: 15,
      credits: [
        { scheme: 'no-vt', value: 5 },
        { scheme: 'hours of classes', value: 60 },
      ],
    });
    expect(course?.level.value?.text?.map(({ value }) => value)).toEqual(['Bachelor']);
    expect(course?.level.derived?.value.cycle).toBe('first');
    expect(course?.grade.value?.scheme.map(({ value }) => value)).toEqual([
      '0-100',
      'Optional description of the grading scheme.',
    ]);
    expect(course?.opportunities).toMatchObject([
      { id: 'CRI/13466290', startDate: '2016-07-01', endDate: '2016-12-31', languages: ['en'] },
      { id: 'CRI/14061212', startDate: '2015-07-01', endDate: '2015-12-31' },
    ]);
    expect(course?.opportunities[0]?.name?.map(({ value }) => value)).toEqual(['Fall 2016/2017', 'Høst 2016/2017']);
    expect(course?.relations.map(({ type, target }) => [type, target])).toEqual([
      ['hasPart', mintCredentialId('ewp', 'CLS/95153879-1ba9-43a0-a845-0a50b4d52f9b')],
      ['hasPart', mintCredentialId('ewp', 'CLS/06e518cc-a67c-4595-a7bb-367978d93e70')],
    ]);
    expect(programme?.title.value?.map(({ value }) => value)).toEqual([
      'Statsvitenskap hovedfag',
      'Political science, main subject',
    ]);
    expect(programme?.kind.value?.text?.[0]?.value).toBe('Degree Programme');
    expect(programme?.kind.derived).toMatchObject({ value: { code: 'degree' }, origin: { rule: 'ewp-type-in-id' } });
  });

  test('what the example does not say stays unsaid', () => {
    const [course, programme] = read;
    // The hours are those of the classes, and the second instance states no language.
    expect(course?.workload.value?.hours).toBeUndefined();
    expect(course?.opportunities[1]?.languages).toBeUndefined();
    expect(course?.opportunities[0]?.hours).toBeUndefined();
    // Bachelor is a level of credits: no EQF level is said. 15 ECTS of one instance are not said of hours either.
    expect(course?.level.value?.eqf).toBeUndefined();
    expect(course?.level.derived?.value.eqf).toBeUndefined();
    expect(course?.workload.derived).toBeUndefined();
    expect(programme?.kind.value?.code).toBeUndefined();
    expect(programme?.opportunities).toEqual([]);
    expect(programme?.workload.state).toBe('not-stated');
    expect(programme?.level.state).toBe('not-stated');
    for (const one of read) {
      expect(one.offeredBy.state).toBe('not-stated');
      expect(one.awardingBody.state).toBe('not-stated');
      expect(one.issuerCountry.state).toBe('not-stated');
      expect(one.assessment.state).toBe('not-stated');
      expect(one.stackability.state).toBe('not-stated');
    }
  });
});

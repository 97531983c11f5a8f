import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { occapi as unguarded } from '../../crawler/formats/occapi/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { Credential } from '../../schema/index.ts';
import { factsOf, isFact } from '../contract/facts.ts';
import { suiteSource } from '../contract/format-suite.ts';
import { normalisedOf, readFeed } from '../contract/read-feed.ts';
import { FEEDS } from '../support/real-feeds.ts';

/** As the registry gives it. */
const occapi = behindDoor(unguarded);

const ROOT = `${FEEDS}other/occapi/data/v1`;
const SANDBOX = 'https://occapi.uni-foundation.eu/occapi/v1';
const HEI = 'hei/domain.tld';
const COURSE = 'aabbccdd-eeff-1122-3344-556677889900';
const PROGRAMME = 'abcdef12-3456-7890-abcd-ef1234567890';
const UNIT = '11223344-5566-7788-9900-aabbccddeeff';

/** A page of the sandbox, or that page as a file. */
async function read(path: string, { role, saved = false }: { role?: string; saved?: boolean } = {}) {
  const url = saved ? 'file:///srv/answer.json' : [SANDBOX, path].filter(Boolean).join('/');
  const body = readFileSync(`${ROOT}/${path ? `${path}/` : ''}index.json`);
  const source = suiteSource('occapi', url);
  const reading = await readFeed(occapi, { body, url, mediaType: 'application/vnd.api+json' }, { source, role });
  return { ...reading, results: normalisedOf(occapi, source, reading.records) };
}
const urlsOf = (next: readonly { url: string; role?: string }[]) =>
  next.map(({ url, role }) => [url.slice(SANDBOX.length + 1), role].filter(Boolean).join(' '));

async function recordOf(path: string, saved = false): Promise<{ record: Credential; rules: string[] }> {
  const [result] = (await read(path, saved ? { saved } : { role: 'page' })).results.values();
  if (!result || !('credential' in result) || !result.credential) throw new Error('no record');
  return { record: result.credential, rules: result.problems.map(({ rule }) => rule) };
}

describe.skipIf(!existsSync(ROOT))('the demonstration of OCCAPI 1 (needs ../shared/feeds)', () => {
  test.each<[string, string[]]>([
    ['', ['hei']],
    ['hei', [HEI]],
    [HEI, [`${HEI}/programme`, `${HEI}/course`]],
    [`${HEI}/course`, [`${HEI}/course/${COURSE} page`]],
    [`${HEI}/programme`, [`${HEI}/programme/${PROGRAMME} page`]],
    [`${HEI}/programme/${PROGRAMME}/course`, [`${HEI}/course/${COURSE} page`]],
    [`${HEI}/ounit`, [`${HEI}/ounit/${UNIT}`]],
    [`${HEI}/ounit/${UNIT}`, [`${HEI}/ounit/${UNIT}/programme`, `${HEI}/ounit/${UNIT}/course`]],
    [`${HEI}/ounit/${UNIT}/course`, [`${HEI}/course/${COURSE} page`]],
    [`${HEI}/ounit/${UNIT}/programme`, [`${HEI}/programme/${PROGRAMME} page`]],
    [`${HEI}/course/${COURSE}`, []],
  ])('/%s leads on to %j', async (path, wanted) => {
    const { faults, broken, next } = await read(path, path.endsWith(COURSE) ? { role: 'page' } : {});
    expect([broken, faults]).toEqual([undefined, []]);
    expect(urlsOf(next)).toEqual(wanted);
  });

  test('institution and unit are bodies', async () => {
    for (const [path, identifier, name, url] of [
      [HEI, 'domain.tld', 'Example Institution', 'https://www.domain.tld/'],
      [`${HEI}/ounit/${UNIT}`, UNIT, 'Example Organisational Unit', 'https://www.domain.tld/eou'],
    ] as const) {
      const [result] = (await read(path)).results.values();
      if (!result || 'rejection' in result) throw new Error('no body');
      expect(result.credential).toBeUndefined();
      expect(result.providers).toMatchObject([{ identifier, name: [{ language: 'en', value: name }], url }]);
    }
  });

  test('an answer that is an error proves nothing', async () => {
    const body = readFileSync(`${ROOT}/404/resource.json`);
    const { records, faults } = await readFeed(occapi, { body, url: `${SANDBOX}/x`, mediaType: 'application/json' });
    expect(records).toEqual([]);
    expect(faults.map(({ incomplete }) => incomplete)).toEqual([true]);
  });

  test.each([
    [`${HEI}/course/${COURSE}`, false],
    [`${HEI}/course`, true],
    [`${HEI}/programme/${PROGRAMME}`, false],
    [`${HEI}/programme`, true],
  ])('%s is valid, and nothing of it is doubtful', async (path, saved) => {
    const { record, rules } = await recordOf(path, saved);
    Credential.parse(record);
    expect(rules).toEqual([]);
  });

  // The bodies that award and offer are named on their own page: here they have an id alone.
  test.each<[string, string, string | number | readonly string[] | null]>([
    ['course', 'title', ['Example Course']],
    ['course', 'languagesOfTitle', ['en']],
    ['course', 'ects', 6],
    ['course', 'languages', ['en']],
    ['course', 'fields', ['0000']],
    ['course', 'outcomes', ['These are the learning outcomes of the Course.', 'This is a long text field.']],
    ['course', 'prerequisites', ['These are the prerequisites of the Course.\n\nThis is a long text field.']],
    ['course', 'modes.text', ['This is the teaching method for the Course.\n\nThis is a long text field.']],
    [
      'course',
      'further',
      ['These are other factors impacting enrollment in the Course.\n\nThis is a long text field.'],
    ],
    ['course', 'url', 'https://www.domain.tld/example/course'],
    ['course', 'kind', 'course'],
    ['course', 'stackability', 'stackable'],
    ['course', 'eqf.derived', 6],
    // The level of its programmes is not stated of the course; half of a year is no run; a method is no mode.
    ['course', 'eqf', null],
    ['course', 'runs', 0],
    ['course', 'start', null],
    ['course', 'startText', null],
    ['course', 'hours', null],
    ['course', 'duration', null],
    ['course', 'modes', null],
    ['course', 'assessment', null],
    ['course', 'targetGroup', null],
    ['course', 'country', null],
    ['course', 'amounts', null],
    ['programme', 'title', ['Example Programme']],
    ['programme', 'ects', 120],
    ['programme', 'eqf', 5],
    ['programme', 'eqf.derived', null],
    ['programme', 'duration', 'P2Y'],
    ['programme', 'hours', null],
    ['programme', 'fields', ['0000']],
    ['programme', 'kind', 'programme'],
    ['programme', 'relations', null],
    ['programme', 'outcomes', null],
    ['programme', 'stackability', null],
  ])('%s: %s', async (which, fact, wanted) => {
    const { record } = await recordOf(which === 'course' ? `${HEI}/course/${COURSE}` : `${HEI}/programme/${PROGRAMME}`);
    const found = factsOf(record)[fact];
    expect(isFact(fact, found, wanted), JSON.stringify(found)).toBe(true);
  });

  test('the collection writes the code of the programme as the number 0: that is no field of ISCED-F', async () => {
    const { record } = await recordOf(`${HEI}/programme`, true);
    expect(factsOf(record).fields).toEqual([]);
    expect(record.fields.value).toEqual([{ scheme: 'ISCED-F 2013', code: '0' }]);
  });

  test('who offers is stated, that it awards is derived, and how it is assessed are words', async () => {
    const { record } = await recordOf(`${HEI}/course/${COURSE}`);
    expect([record.offeredBy.state, record.awardingBody.state, record.assessment.state]).toEqual([
      'stated',
      'derived',
      'stated',
    ]);
    expect(record.assessment.value?.codes).toEqual([]);
  });
});

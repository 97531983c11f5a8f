import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isFault, type Normalised, type Page, type RawRecord, type RecordFault } from '../../../crawler/format.ts';
import { ooapi as unguarded } from '../../../crawler/formats/ooapi/index.ts';
import { behindDoor } from '../../../crawler/persons/format-door.ts';
import { Credential, mintCredentialId, mintProviderId, SourceDefinition } from '../../../schema/index.ts';

/** As the registry gives it. */
const ooapi = behindDoor(unguarded);

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/ooapi/${name}`, import.meta.url));
const source = (more: object = {}) =>
  SourceDefinition.parse({
    id: 'delta',
    title: 'Delta',
    format: 'ooapi',
    url: 'https://delta.example/v5/courses',
    publisher: 'Delta',
    licence: 'CC0-1.0',
    ...more,
  });

async function* pieces(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 97) yield bytes.subarray(at, at + 97);
}

async function read(body: Uint8Array | string, page: Partial<Page> = {}) {
  const whole: Page = { url: 'https://delta.example/v5/courses?pageSize=250', source: source(), envelope: {}, ...page };
  const items: (RawRecord | RecordFault)[] = [];
  for await (const item of ooapi.records(pieces(Buffer.from(body)), whole)) items.push(item);
  const records = items.filter((item) => !isFault(item)) as RawRecord[];
  return { records, faults: items.filter(isFault), page: whole };
}

function credential(result: Normalised): Credential {
  if (!('credential' in result) || !result.credential) throw new Error(`no credential: ${JSON.stringify(result)}`);
  return Credential.parse(result.credential);
}

const one = (raw: object, parts: object[] = [], more: object = {}) =>
  ooapi.normalise({ courseId: 'c1', name: [{ language: 'en', value: 'T' }], ...raw }, source(more), 'c1', parts);

const v5 = await read(fixture('courses-v5.json'));
const runs = await read(fixture('offerings-v5.json'));
const v6 = await read(fixture('courses-v6.json'));
const ID = '6f1c1f3e-0000-4000-8000-00000000000';

describe('reading', () => {
  test('courses of a page; one without id is a fault with its place', () => {
    expect(v5.records.map((record) => record.identifier)).toEqual([
      `${ID}1`,
      `${ID}2`,
      `${ID}3`,
      '12345678901234567890',
    ]);
    expect(v5.faults).toMatchObject([{ rejection: { path: '/items/3', rule: 'missing-identifier' } }]);
    expect(v5.faults[0]?.incomplete).toBeFalsy();
  });

  test('no person is left in what is kept', () => {
    const all = [v5.records, runs.records, v6.records];
    const kept = JSON.stringify(all, (key, value) => (key === '@persons' ? undefined : value));
    expect(kept).not.toMatch(/Anna|Voorbeeld|anna@|Bijvoorbeeld|coordinator|instructor|personId|"p9"/i);
    expect(kept).toContain('contactHours');
  });

  test('offerings are parts of their course; an expanded course is a record; one without course is a fault', () => {
    expect(runs.records.map((record) => [record.identifier, record.part])).toEqual([
      [`${ID}1`, 'offering:0ff00000-0000-4000-8000-000000000001'],
      [`${ID}1`, 'offering:0ff00000-0000-4000-8000-000000000002'],
      [`${ID}9`, undefined],
      [`${ID}9`, 'offering:0ff00000-0000-4000-8000-000000000003'],
    ]);
    expect(runs.faults).toMatchObject([{ rejection: { path: '/items/3', rule: 'run-without-credential' } }]);
    expect(JSON.stringify(runs.records)).not.toContain('geoLocation "');
  });

  test('the course of an offering may stand in the address alone', async () => {
    const body = '[{"offeringId":"o1","startDate":"2027-01-01"}]';
    const { records, faults } = await read(body, { url: 'https://x.example/v5/courses/c%2F7/offerings?pageSize=250' });
    expect(records).toMatchObject([{ identifier: 'c/7', part: 'offering:o1' }]);
    expect(faults).toEqual([]);
  });

  test('a single course, a bare array, v6 with offerings inside', async () => {
    expect((await read('{"courseId":"a","name":[]}')).records).toMatchObject([{ identifier: 'a', path: '' }]);
    expect((await read('[{"courseId":"a"},{"programId":"b"}]')).records.map((r) => r.identifier)).toEqual(['a', 'b']);
    expect(v6.records.map((record) => record.part)).toEqual([
      undefined,
      'offering:0ff60000-0000-4000-8000-000000000001',
      undefined,
    ]);
    expect(v6.records[0]?.raw).not.toHaveProperty('programmeOfferings');
  });

  test.each([
    ['HTML', '<!DOCTYPE html><title>Log in</title>', 'not-json'],
    ['nothing', '', 'not-json'],
    [
      'the service document',
      '{"contactEmail":"a@b.example","specification":"https://x.example/"}',
      'missing-identifier',
    ],
  ])('%s gives one fault', async (_what, body, rule) => {
    const { records, faults } = await read(body);
    expect(records).toEqual([]);
    expect(faults).toMatchObject([{ rejection: { rule } }]);
    expect(JSON.stringify(faults)).not.toContain('a@b.example');
  });

  test.each([
    ['a component of a course', '[{"componentId":"t","courseId":"c","name":[]}]'],
    ['a group', '[{"groupId":"g","organizationId":"o"}]'],
    ['a person', '[{"personId":"p","givenName":"Anna"}]'],
  ])('%s is none of ours', async (_what, body) => {
    const { records, faults } = await read(body);
    expect(records).toEqual([]);
    expect(faults).toMatchObject([{ rejection: { rule: 'other-resource' } }]);
  });

  test('truncated: what is whole comes, the page is incomplete', async () => {
    const body = fixture('courses-v5.json');
    const { records, faults } = await read(body.subarray(0, body.indexOf('Empty-handed course') + 5));
    expect(records).toHaveLength(1);
    expect(faults).toMatchObject([{ incomplete: true, rejection: { identifier: `${ID}2`, rule: 'json-truncated' } }]);
  });

  test('a broken record is named where it can be; where not, the page is incomplete', async () => {
    const { records, faults } = await read('[{"courseId":"a","x":},{"x":},{"courseId":"c"}]');
    expect(records.map((record) => record.identifier)).toEqual(['c']);
    expect(faults).toMatchObject([
      { incomplete: false, rejection: { identifier: 'a' } },
      { incomplete: true, rejection: { identifier: null } },
    ]);
  });

  test('100,000 levels deep', async () => {
    const { records, faults } = await read(
      `[{"courseId":"a","x":${'['.repeat(100_000)}${']'.repeat(100_000)}},{"courseId":"b"}]`,
    );
    expect(records.map((record) => record.identifier)).toEqual(['b']);
    expect(faults).toMatchObject([{ rejection: { identifier: 'a', rule: 'json-too-deep' } }]);
  });
});

describe('paging', () => {
  const following = (
    envelope: object,
    url = 'https://x.example/v5/courses?consumer=eduxchange&pageSize=250',
    count = 250,
  ) =>
    ooapi
      .next?.({ url, source: source(), envelope: envelope as Record<string, unknown> }, count)
      .map((request) => request.url);

  test('the next page keeps all other parameters', () => {
    expect(following({ pageNumber: 1, hasNextPage: true })).toEqual([
      'https://x.example/v5/courses?consumer=eduxchange&pageSize=250&pageNumber=2',
    ]);
    expect(following({ pageNumber: 2, totalPages: 3 }, 'https://x.example/c?pageNumber=2')).toEqual([
      'https://x.example/c?pageNumber=3',
    ]);
  });

  test('the last page has none; an uploaded page leads on, which no upload can, so its run is incomplete', () => {
    expect(following({ pageNumber: 3, hasNextPage: false, totalPages: 3 })).toEqual([]);
    expect(following({}, undefined, 249)).toEqual([]);
    expect(following({ pageNumber: 1, hasNextPage: true }, 'file:///tmp/page.json')).toEqual([
      'file:///tmp/page.json?pageNumber=2',
    ]);
  });

  test('a server that does not move on, or is empty though it has more, makes the run incomplete', async () => {
    expect(following({ pageNumber: 1, hasNextPage: true }, 'https://x.example/c?pageNumber=2')).toEqual([]);
    const stuck = await read('{"pageNumber":1,"hasNextPage":true,"items":[{"courseId":"a"}]}', {
      url: 'https://x.example/c?pageNumber=2',
    });
    expect(stuck.faults).toMatchObject([{ incomplete: true, rejection: { rule: 'paging' } }]);
    const empty = await read('{"pageNumber":1,"hasNextPage":true,"items":[]}');
    expect(empty.faults).toMatchObject([{ incomplete: true, rejection: { rule: 'paging' } }]);
  });

  test('offerings are asked for only when the source says so', async () => {
    expect(ooapi.next?.(v5.page, 5)).toHaveLength(1);
    const asked = await read('{"items":[{"courseId":"a b"},{"programId":"p"}]}', {
      url: 'https://x.example/v5/courses?apikey=k&pageSize=250&level=master',
      source: source({ options: { offerings: true } }),
    });
    expect(ooapi.next?.(asked.page, 2)).toEqual([
      { url: 'https://x.example/v5/courses/a%20b/offerings?apikey=k&pageSize=250', role: 'offerings' },
      { url: 'https://x.example/v5/programs/p/offerings?apikey=k&pageSize=250', role: 'offerings' },
    ]);
    const six = await read('{"items":[{"courseId":"a","teachingLanguages":["fi"]}]}', {
      source: source({ options: { offerings: true } }),
    });
    expect(ooapi.next?.(six.page, 1)[0]?.url).toBe('https://delta.example/v5/courses/a/course-offerings?pageSize=250');
  });
});

describe('meaning, v5', () => {
  const parts = runs.records
    .filter((record) => record.part && record.identifier === `${ID}1`)
    .map((record) => record.raw);
  const result = ooapi.normalise(v5.records[0]?.raw, source(), `${ID}1`, parts);
  const c = credential(result);

  test('texts are plain and keep their languages', () => {
    expect(c.title.value).toEqual([
      { language: 'en-GB', value: 'Dyke & Delta Basics' },
      { language: 'nl-NL', value: "Basis dijken en delta's" },
    ]);
    expect(c.description.value).toEqual([{ language: 'en-GB', value: 'Water, clay and people.\nBring boots.' }]);
    expect(c.learningOutcomes.value?.map((outcome) => outcome.text[0]?.value)).toEqual([
      'name the parts of a dyke',
      'judge a breach.',
    ]);
  });

  test('workload, level, modes, languages, fields', () => {
    expect(c.workload.value).toEqual({ ects: 2.5, duration: 'P10W' });
    expect(c.level).toMatchObject({
      state: 'stated',
      value: { text: [{ language: 'und', value: 'bachelor' }] },
      derived: { value: { eqf: 6, cycle: 'first' }, origin: { rule: 'ooapi-level-to-cycle' } },
    });
    expect(c.level.value?.eqf).toBeUndefined();
    expect(c.participation.value).toEqual({ codes: ['presential', 'online'] });
    expect(c.languages.value).toEqual(['nl']);
    expect(c.fields.value?.[0]).toEqual({ isced: '0732' });
  });

  test('the eduXchange mark makes it a micro-credential', () => {
    expect(c.kind).toMatchObject({
      state: 'stated',
      value: { code: 'micro-credential' },
      origin: { path: '/consumers/1/alliances/0/microcredential' },
    });
    expect(c.stackability.value?.code).toBe('stackable');
    expect(c.targetGroup.value?.text).toEqual([{ language: 'und', value: 'forProfessionals' }]);
  });

  test('the organisation offers; that it awards, and its country, are derived', () => {
    const id = mintProviderId('delta', '0a000000-0000-4000-8000-00000000000a');
    expect(c.offeredBy).toMatchObject({ state: 'stated', value: [{ id }] });
    expect(c.awardingBody).toMatchObject({ state: 'derived', origin: { rule: 'ooapi-organisation-awards' } });
    expect(c.issuerCountry).toMatchObject({ state: 'derived', value: { country: 'NL' } });
    expect('providers' in result && result.providers[0]).toMatchObject({
      id,
      country: 'NL',
      locality: 'Waterstad',
      identifiers: [{ scheme: 'schac', value: 'delta.example' }],
    });
  });

  test('offerings are opportunities; their own dates count, not those of the session', () => {
    expect(c.opportunities).toHaveLength(2);
    expect(c.opportunities[0]).toEqual({
      id: '0ff00000-0000-4000-8000-000000000001',
      path: '/parts/0',
      name: [{ language: 'en-GB', value: 'Quartile 2' }],
      place: 'Waterstad',
      locality: 'Waterstad',
      country: 'NL',
      startDate: '2026-11-16',
      endDate: '2027-01-18',
      applicationStart: '2026-06-01',
      applicationDeadline: '2026-10-01',
      participation: ['hybrid'],
      languages: ['en'],
      prices: [{ amount: 340.84, currency: 'EUR' }],
      url: 'https://delta.example/enrol/1',
    });
    expect(c.grade).toMatchObject({
      state: 'stated',
      value: { scheme: [{ value: '1-10' }] },
      origin: { path: '/parts/0/resultValueType' },
    });
  });

  test('impossible dates and prices are dropped and reported', () => {
    expect(c.opportunities[1]).not.toHaveProperty('startDate');
    expect(c.opportunities[1]).not.toHaveProperty('endDate');
    expect(c.opportunities[1]).not.toHaveProperty('prices');
    const errors = result.problems
      .filter((problem) => problem.severity === 'error')
      .map((problem) => [problem.path, problem.rule]);
    expect(errors).toContainEqual(['/parts/1/startDate', 'impossible-date']);
    expect(errors).toContainEqual(['/parts/1/endDate', 'placeholder-date']);
    expect(errors).toContainEqual(['/parts/1/priceInformation/0/amount', 'negative-number']);
  });

  test('relations go to the programme', () => {
    expect(c.relations).toEqual([
      {
        type: 'partOf',
        target: mintCredentialId('delta', '7e000000-0000-4000-8000-000000000007'),
        origin: { path: '/programs' },
      },
    ]);
  });

  test('empty strings, empty lists and fillers are nothing', () => {
    const empty = ooapi.normalise(v5.records[1]?.raw, source(), `${ID}2`, []);
    const e = credential(empty);
    for (const name of [
      'learningOutcomes',
      'level',
      'participation',
      'languages',
      'fields',
      'assessment',
      'stackability',
      'offeredBy',
      'awardingBody',
      'issuerCountry',
      'qualityAssurance',
      'supervision',
      'targetGroup',
    ] as const) {
      expect(e[name], name).toEqual({ state: 'not-stated' });
    }
    expect(e.kind.value).toEqual({ code: 'course' });
    expect(e.workload).toMatchObject({
      value: { credits: [{ scheme: 'sbu', value: 70 }] },
      derived: { value: { hours: 70 }, origin: { rule: 'ooapi-sbu-is-hours' } },
    });
    expect(e.workload.value?.ects).toBeUndefined();
    expect(e.title.value?.[0]?.language).toBe('nl-NL');
    expect(empty.problems.map((problem) => problem.rule)).toEqual(['same-text-in-two-languages']);
  });

  test('a filler for a title is no title', () => {
    expect(ooapi.normalise(v5.records[2]?.raw, source(), `${ID}3`, [])).toMatchObject({
      rejection: { identifier: `${ID}3`, path: '/name', rule: 'missing-title' },
    });
  });

  test('values outside of the specification are reported, never guessed', () => {
    const odd = ooapi.normalise(v5.records[3]?.raw, source(), '12345678901234567890', []);
    const o = credential(odd);
    expect(o.workload.value, 'the duration is the example of the specification').toBeUndefined();
    expect(o.level.value).toEqual({
      text: [{ language: 'und', value: 'wizard' }],
      nqf: { country: 'NL', framework: 'NLQF', level: '4+' },
    });
    expect(o.level.derived, 'the Netherlands have referenced it').toMatchObject({ value: { eqf: 4 } });
    expect(o.participation.value).toEqual({ codes: [], text: [{ language: 'und', value: 'telepathy' }] });
    expect(o.languages.state).toBe('not-stated');
    expect(o.fields.value).toEqual([{ scheme: 'fieldsOfStudy', code: '0777' }]);
    expect(o.url).toBeUndefined();
    expect(new Set(odd.problems.map((problem) => problem.rule))).toEqual(
      new Set([
        'negative-number',
        'unknown-code',
        'unknown-language',
        'unknown-code',
        'specification-example',
        'not-a-url',
      ]),
    );
    for (const problem of odd.problems) expect(problem.remedy.length).toBeGreaterThan(10);
  });
});

describe('meaning, v6', () => {
  const parts = v6.records.filter((record) => record.part).map((record) => record.raw);
  const c = credential(ooapi.normalise(v6.records[0]?.raw, source(), '9a000000-0000-4000-8000-000000000001', parts));

  test('a formal document makes it a micro-credential', () => {
    expect(c.kind).toMatchObject({ value: { code: 'micro-credential' }, origin: { path: '/formalDocument' } });
    expect(c.stackability.state).toBe('not-stated');
  });

  test('study load in several units stays apart', () => {
    expect(c.workload.value).toEqual({
      ects: 5,
      credits: [
        { scheme: 'contact_time', value: 24 },
        { scheme: 'sp', value: 5 },
      ],
    });
    expect(c.workload.derived).toBeUndefined();
  });

  test('EQF as stated, outcomes expanded, modes of the EU, tests', () => {
    expect(c.level).toMatchObject({
      value: { eqf: 7 },
      origin: { path: '/levelOfQualification' },
      derived: { value: { cycle: 'second' } },
    });
    expect(c.learningOutcomes.value).toEqual([
      {
        text: [
          { language: 'fi', value: 'laskee metsikön hiilivaraston' },
          { language: 'sv', value: 'beräknar beståndets kolförråd' },
        ],
      },
      { text: [{ language: 'fi', value: 'vertaa menetelmiä' }] },
    ]);
    expect(c.participation.value).toEqual({ codes: ['work-based'], text: [{ language: 'und', value: 'coil' }] });
    expect(c.assessment.value?.codes).toEqual(['oral-examination']);
    expect(c.languages.value).toEqual(['fi', 'sv-FI']);
    expect(c.fields.value).toEqual([{ isced: '0821', scheme: 'ISCED-F 2013 vSOI 2021', code: '082101' }]);
    expect(c.conditionsToEarn.value?.[0]?.value).toBe('Molemmat osat hyväksytty');
    expect(c.prerequisites.state).toBe('not-stated');
  });

  test('its offering', () => {
    expect(c.opportunities).toEqual([
      expect.objectContaining({
        id: '0ff60000-0000-4000-8000-000000000001',
        startDate: '2027-03-01',
        applicationStart: '2026-12-01',
        applicationDeadline: '2027-01-31',
        country: 'FI',
        locality: 'Kuusela',
        pace: 'self_paced',
        status: 'cancelled',
        url: 'https://kuusi.example/apply',
      }),
    ]);
    expect(c.opportunities[0]).not.toHaveProperty('endDate');
  });

  test('a degree is kept and is no micro-credential; ids of outcomes alone state none', () => {
    const result = ooapi.normalise(v6.records[2]?.raw, source(), 'x', []);
    const degree = credential(result);
    expect(degree.kind.value?.code).toBe('degree');
    expect(degree.conformance.smallVolume.answer).toBe('no');
    expect(degree.learningOutcomes.state).toBe('not-stated');
    expect(degree.level.state).toBe('not-stated');
    expect(result.problems).toMatchObject([{ rule: 'outcomes-not-expanded', severity: 'info' }]);
  });
});

describe('single rules', () => {
  test.each([
    ['standalone', 'stand-alone'],
    ['STACKABLE', 'stackable'],
    ['Stand-alone', 'stand-alone'],
  ])('microcredential %s', (said, code) => {
    const c = credential(
      one({ consumer: { consumerKey: 'eduxchange', alliances: [{ name: 'lde', microcredential: said }] } }),
    );
    expect(c.kind.value?.code).toBe('micro-credential');
    expect(c.stackability.value?.code).toBe(code);
  });

  test('"Test" is an answer to how one is assessed', () => {
    expect(credential(one({ assessment: [{ language: 'en-GB', value: 'Test' }] })).assessment.value).toEqual({
      codes: [],
      text: [{ language: 'en-GB', value: 'Test' }],
    });
  });

  test('an unknown mark claims nothing', () => {
    const result = one({
      consumers: [{ consumerKey: 'eduxchange', alliances: [{ name: 'lde', microcredential: 'maybe' }] }],
    });
    expect(credential(result).kind.value?.code).toBe('course');
    expect(result.problems).toMatchObject([{ rule: 'unusable-code', severity: 'error' }]);
  });

  test('source defaults are derived; look-ups give levels', () => {
    const c = credential(
      one({ level: 'LEVEL_A' }, [], {
        defaults: { country: 'BE', awardingBody: 'Alliance' },
        lookups: { level: { LEVEL_A: '7' } },
      }),
    );
    expect(c.issuerCountry).toEqual({
      state: 'derived',
      value: { country: 'BE' },
      origin: { path: '', rule: 'source-default' },
    });
    expect(c.awardingBody).toMatchObject({ state: 'derived', origin: { rule: 'source-default' } });
    expect(c.level.derived).toMatchObject({ value: { eqf: 7 }, origin: { rule: 'source-lookup' } });
  });

  test('modes and languages of the offerings alone are derived', () => {
    const c = credential(one({}, [{ offeringId: 'o', modeOfDelivery: ['online'], teachingLanguage: 'deu' }]));
    expect(c.participation).toMatchObject({ state: 'derived', value: { codes: ['online'] } });
    expect(c.languages).toMatchObject({ state: 'derived', value: ['de'] });
  });

  test('a 5 MB title is rejected with its length', async () => {
    const body = JSON.stringify([
      { courseId: 'big', name: [{ language: 'en', value: 'x'.repeat(4_900_000) }] },
      { courseId: 'ok', name: [] },
    ]);
    const { records } = await read(body);
    expect(records.map((record) => record.identifier)).toEqual(['big', 'ok']);
    expect(ooapi.normalise(records[0]?.raw, source(), 'big', [])).toMatchObject({
      rejection: { identifier: 'big', rule: 'title-too-long', found: expect.stringMatching(/^4900000 characters/) },
    });
    const larger = await read(JSON.stringify([{ courseId: 'huge', name: 'x'.repeat(6_000_000) }, { courseId: 'ok' }]));
    expect(larger.records.map((record) => record.identifier)).toEqual(['ok']);
    expect(larger.faults).toMatchObject([{ rejection: { identifier: 'huge', rule: 'json-too-large' } }]);
  });

  test.each([
    null,
    7,
    'x',
    [],
    { courseId: 'c' },
    { courseId: 'c', name: 5 },
    {
      courseId: 'c',
      name: { en: 'ok' },
      studyLoad: [null, 5, {}],
      learningOutcomes: [null, 5, [[[]]]],
      consumers: [null, 5],
      addresses: 'x',
      level: {},
      fieldsOfStudy: 7,
      duration: [],
    },
  ])('normalise never throws: %j', (raw) => {
    expect(() =>
      ooapi.normalise(raw, source(), 'c', [null, 5, {}, { enrolmentPeriods: [null], priceInformation: 5 }]),
    ).not.toThrow();
  });

  test('detects its own and nothing else', () => {
    for (const name of ['courses-v5.json', 'offerings-v5.json', 'courses-v6.json']) {
      expect(ooapi.detect({ text: fixture(name).toString() })).toBeGreaterThan(0.9);
    }
    expect(ooapi.detect({ text: '{"@context":"https://credreg.net/","@graph":[{"courseId":"x"}]}' })).toBe(0);
    expect(ooapi.detect({ text: '<courseId>' })).toBe(0);
    expect(ooapi.detect({ text: '{"data":[{"type":"courses"}]}' })).toBe(0);
    expect(ooapi.detect({ text: 'identifier,title\n1,2' })).toBe(0);
  });
});

describe('what a stranger found', () => {
  test('codes are alternates together with their source, those of a kind of course are none', () => {
    const primaryCode = { codeType: 'identifier', code: 'INFOB1' };
    const otherCodes = [{ codeType: 'crohoCode', code: '56980' }];
    expect(credential(one({ primaryCode, otherCodes, abbreviation: 'INF-1' })).alternates).toEqual([
      'code:delta:INFOB1',
      'code:delta:INF-1',
    ]);
  });

  test('what no element takes is named once', () => {
    expect(one({ ext: { x: 1 }, resources: ['Book'], link: '' }).problems).toMatchObject([
      { rule: 'not-mapped', severity: 'info', found: 'ext, resources' },
    ]);
  });

  test('bytes that are no UTF-8 are told once', async () => {
    const items = [1, 2].map((n) => ({ courseId: `c${n}`, name: [{ language: 'de', value: 'Über' }] }));
    const { records } = await read(Buffer.from(JSON.stringify({ items }), 'latin1'));
    const told = records.map(({ raw, identifier }) => {
      const out = ooapi.normalise(raw, source(), identifier, []);
      return 'problems' in out ? out.problems.map(({ rule }) => rule) : undefined;
    });
    expect(told).toEqual([['wrong-encoding'], []]);
  });
});

describe('full pages that prove nothing', () => {
  const ten = (more: object = {}, n = 10) =>
    JSON.stringify({ ...more, items: Array.from({ length: n }, (_, i) => ({ courseId: `c${i}`, name: 'T' })) });
  const nextOf = async (body: string, url = 'https://x.example/v5/courses?pageSize=10', more: Partial<Page> = {}) => {
    const { page, faults } = await read(body, { url, ...more });
    expect(faults).toEqual([]);
    return ooapi.next?.(page, 10).map((request) => request.url);
  };
  const SECOND = ['https://x.example/v5/courses?pageSize=10&pageNumber=2'];

  test.each([
    ['nothing is said', {}],
    ['nothing but its number and size', { pageNumber: 1, pageSize: 10 }],
    ['lastPageNumber', { pageNumber: 1, lastPageNumber: 2 }],
    ['totalPages', { totalPages: 2 }],
    ['nextPageNumber', { nextPageNumber: 2 }],
    ['a number of records', { totalItems: 20 }],
    ['next', { next: 'http://behind-the-proxy:8080/courses?pageSize=10&pageNumber=2' }],
    ['_links', { _links: { next: { href: '/v5/courses?pageNumber=2' } } }],
  ])('the next one is asked for: %s', async (_what, envelope) => expect(await nextOf(ten(envelope))).toEqual(SECOND));

  test.each([
    ['hasNextPage', ten({ hasNextPage: false })],
    ['lastPageNumber', ten({ pageNumber: 1, lastPageNumber: 1 })],
    ['a number of records', ten({ totalItems: 10 })],
    ['next is null', ten({ next: null })],
    ['the page is not full', ten({}, 9)],
    ['the page is not full by its own size', ten({ pageSize: 20 })],
  ])('no further one is: %s', async (_what, body) => expect(await nextOf(body)).toEqual([]));

  test('a link that is no number of a page is followed with what the address said besides', async () => {
    const next = '/v5/courses?cursor=abc';
    expect(await nextOf(ten({ next }), 'https://x.example/v5/courses?pageSize=10&consumer=eduxchange')).toEqual([
      'https://x.example/v5/courses?cursor=abc&pageSize=10&consumer=eduxchange',
    ]);
    expect(await nextOf(ten({ next: 'https://y.example/c?cursor=1' }))).toEqual(['https://y.example/c?cursor=1']);
  });

  test('the field Link says it as well', async () => {
    const list = JSON.stringify([{ courseId: 'c', name: 'T' }]);
    const at = 'https://x.example/v5/courses';
    expect(await nextOf(list, at, { link: '<https://x.example/v5/courses?cursor=2>; rel="next"' })).toEqual([
      `${at}?cursor=2`,
    ]);
    expect(await nextOf(ten(), undefined, { link: '<https://x.example/v5/courses>; rel="first"' })).toEqual([]);
  });

  test('a server that keeps to a size of its own; a list that nobody speaks of as a page', async () => {
    expect(await nextOf(ten({}, 20), 'https://x.example/v5/courses?pageSize=250')).toHaveLength(1);
    expect(await nextOf(ten({}, 21), 'https://x.example/v5/courses?pageSize=250')).toEqual([]);
    const list = JSON.stringify(JSON.parse(ten()).items);
    expect(await nextOf(list, 'https://x.example/v5/courses')).toEqual([]);
    expect(await nextOf(list)).toHaveLength(1);
  });

  test('a file is whole, unless it says itself that it is not', async () => {
    expect(await nextOf(ten(), 'file:///tmp/courses.json')).toEqual([]);
    expect(await nextOf(ten({ lastPageNumber: 2 }), 'file:///tmp/courses.json')).toHaveLength(1);
    const next = 'https://elsewhere.example/courses?cursor=2';
    expect(await nextOf(ten({ next }), 'file:///tmp/courses.json')).toEqual(['file:///tmp/courses.json?pageNumber=2']);
  });
});

describe('envelopes', () => {
  const course = { courseId: 'h1', name: 'Drie dammen', ects: 7.5, _links: { self: { href: '/courses/h1' } } };

  test('HAL, as OOAPI 3 had it: whatever the list is called, and its pages', async () => {
    for (const list of ['items', 'courses']) {
      const body = {
        pageSize: 1,
        pageNumber: 1,
        _embedded: { [list]: [course] },
        _links: { next: { href: '?pageNumber=2' } },
      };
      const { records, faults, page } = await read(JSON.stringify(body), { url: 'https://x.example/v3/courses' });
      expect(records).toMatchObject([{ identifier: 'h1', path: `/_embedded/${list}/0` }]);
      expect(faults).toEqual([]);
      expect(ooapi.next?.(page, 1)).toEqual([{ url: 'https://x.example/v3/courses?pageNumber=2' }]);
    }
    expect(credential(ooapi.normalise(course, source(), 'h1', [])).workload.value).toEqual({ ects: 7.5 });
  });

  test('other names for the list', async () => {
    for (const list of ['data', 'content', 'results', 'records', 'value']) {
      const { records, faults } = await read(JSON.stringify({ [list]: [course] }));
      expect([records.length, faults.length], list).toEqual([1, 0]);
    }
  });

  test.each([
    ['no list that is known', { courses_in_here: [course], hasNextPage: false }],
    ['an empty object', {}],
    ['HAL without anything in it', { _links: { self: { href: '/' } }, _embedded: {} }],
    ['a wrapper more', { data: { items: [course] } }],
    ['no list', { items: null, hasNextPage: false }],
    ['items without identifiers', { items: [{ name: 'T' }] }],
    ['problem+json with status 200', { type: 'about:blank', title: 'Not found', status: 404 }],
  ])('%s: nothing is proven', async (_what, body) => {
    const { records, faults } = await read(JSON.stringify(body));
    expect(records).toEqual([]);
    expect(faults.filter(({ incomplete }) => incomplete)).toHaveLength(1);
  });
});

describe('education specifications', () => {
  const specification = (id: string) => ({
    educationSpecificationId: id,
    name: [{ language: 'nl', value: `Spec ${id}` }],
  });
  const programme = { programId: 'p', name: 'P', educationSpecification: 's1' };
  const identities = (records: readonly RawRecord[]) =>
    records.map(({ identifier, part }) => (part ? `${identifier}/${part}` : identifier));
  const at = (path: string) => ({ url: `https://x.example/v5/${path}?pageSize=250` });

  test('alone they are what is offered', async () => {
    const body = JSON.stringify({ items: [specification('s1'), specification('s2')], hasNextPage: false });
    for (const path of ['education-specifications', 'organizations/o/education-specifications', 'feed'])
      expect(identities((await read(body, at(path))).records), path).toEqual(['s1', 's2']);
  });

  test('beside a programme that carries one out it is a part of that, whatever comes first', async () => {
    for (const items of [
      [specification('s1'), specification('s2'), programme],
      [programme, specification('s1'), specification('s2')],
    ]) {
      const { records, faults } = await read(JSON.stringify(items), { url: 'file:///tmp/all.json' });
      expect(identities(records).sort()).toEqual(['p', 'p/specification:s1', 's2']);
      expect(faults).toEqual([]);
      const raws = new Map(records.map((record) => [identities([record])[0], record.raw]));
      const c = credential(ooapi.normalise(raws.get('p'), source(), 'p', [raws.get('p/specification:s1')]));
      expect(c.relations).toEqual([
        {
          type: 'partOf',
          target: mintCredentialId('delta', 's1'),
          label: [{ language: 'nl', value: 'Spec s1' }],
          origin: { path: '/educationSpecification' },
        },
      ]);
      expect(c.opportunities).toEqual([]);
      expect(c.stackability.state).toBe('not-stated');
    }
  });

  test('expanded, or by an identifier that the feed does not describe', () => {
    const expanded = { ...programme, courseId: undefined, educationSpecification: specification('s1') };
    const c = credential(ooapi.normalise(expanded, source(), 'p', []));
    expect(c.relations).toMatchObject([{ type: 'partOf', label: [{ value: 'Spec s1' }] }]);
    expect(credential(one({ educationSpecificationId: 's3' })).relations).toMatchObject([
      { target: mintCredentialId('delta', 's3') },
    ]);
  });

  test('a specification is no part of itself, but of its parent', () => {
    const raw = { ...specification('s1'), parent: 's0', children: ['s2', 's1'] };
    const result = ooapi.normalise(raw, source(), 's1', []);
    expect(credential(result).relations.map(({ type, target }) => [type, target])).toEqual([
      ['partOf', mintCredentialId('delta', 's0')],
      ['hasPart', mintCredentialId('delta', 's2')],
    ]);
    expect(result.problems).toMatchObject([{ rule: 'relation-to-itself' }]);
  });
});

describe('what careful readers found', () => {
  const load = (studyLoad: unknown) => one({ studyLoad });
  const workload = (studyLoad: unknown) => credential(load(studyLoad)).workload;
  const rules = (result: Normalised) => ('problems' in result ? result.problems.map(({ rule }) => rule) : []);

  test.each<[unknown, object]>([
    [
      { ects: 3, hour: 74 },
      { ects: 3, hours: 74 },
    ],
    [[{ ects: 3 }, { contactTime: '20' }], { ects: 3, credits: [{ scheme: 'contact_time', value: 20 }] }],
    [{ unit: 'ECTS', value: '2,5' }, { ects: 2.5 }],
    [{ studyLoadUnit: 'hours', amount: 40 }, { hours: 40 }],
    ['3 ECTS', { ects: 3 }],
    [['2.5 ECTS', '70 hours'], { ects: 2.5, hours: 70 }],
    [{ value: '7,5 ECTS' }, { ects: 7.5 }],
    [{ studyLoadUnit: 'ECTS credits', value: 4 }, { ects: 4 }],
    [{ studyLoadUnit: 'x-weeks', value: 4 }, { credits: [{ scheme: 'x-weeks', value: 4 }] }],
    [
      [
        { studyLoadUnit: 'ects', value: 3 },
        { studyLoadUnit: 'hour', value: 84 },
      ],
      { ects: 3, hours: 84 },
    ],
  ])('study load %j', (studyLoad, wanted) => {
    expect(workload(studyLoad).value).toEqual(wanted);
    expect(rules(load(studyLoad))).toEqual([]);
  });

  test.each([
    [5, 'number-without-unit'],
    [{ value: 5 }, 'number-without-unit'],
    [{ ects: 3, weeks: 4 }, 'not-mapped'],
    [
      [
        { studyLoadUnit: 'ects', value: 3 },
        { studyLoadUnit: 'ects', value: 365 },
      ],
      'contradiction',
    ],
    [{ studyLoadUnit: 'ects', value: 5000 }, 'implausible-number'],
    [{ studyLoadUnit: 'ects', value: 'some' }, 'not-a-number'],
    [{ studyLoadUnit: 'ects', value: 0 }, 'zero-credits'],
  ])('study load %j is told by %s', (studyLoad, rule) => expect(rules(load(studyLoad))).toEqual([rule]));

  test('0 ECTS are stated, and so the reason says', () => {
    const c = credential(load({ ects: 0 }));
    expect(c.workload).toMatchObject({ state: 'stated', value: { ects: 0 } });
    expect(c.conformance.smallVolume).toMatchObject({ answer: 'unknown', reason: 'the source states 0 ECTS' });
  });

  test.each(['P1DT30H4S', 'P1DT10H30M'])('the duration %s is the example of a specification', (duration) => {
    const result = one({ duration });
    expect(credential(result).workload.state).toBe('not-stated');
    expect(rules(result)).toEqual(['specification-example']);
  });

  const text = (value: string) => [{ language: 'en', value }];
  test.each<[unknown, unknown]>([
    [{ displayAmount: text('free') }, [{ amount: 0, text: 'free' }]],
    [{ costType: 'total costs', displayAmount: text('€ 450') }, [{ amount: 450, currency: 'EUR' }]],
    [{ costType: 'free' }, [{ amount: 0, text: 'free' }]],
    [{ amount: 'free' }, [{ amount: 0, text: 'free' }]],
    [{ description: text('€ 450') }, [{ amount: 450, currency: 'EUR' }]],
    [{ amount: '340.84', currency: 'EUR', displayAmount: text('€340,84') }, [{ amount: 340.84, currency: 'EUR' }]],
    [{ amount: '340.84', displayAmount: text('€ 340.84') }, [{ amount: 340.84, currency: 'EUR' }]],
    [{ amount: 0, currency: 'EUR' }, [{ amount: 0, currency: 'EUR' }]],
    ['€ 450', [{ amount: 450, currency: 'EUR' }]],
    [{ costType: 'exam fee', amount: '50', currency: 'EUR' }, [{ amount: 50, currency: 'EUR', text: 'exam fee' }]],
    [{ amount: '30', currency: 'EUR', displayAmount: text('€30 per month') }, [{ text: '30 EUR €30 per month' }]],
    [{ amount: '30', currency: 'EUR', costType: 'deposit' }, [{ text: 'deposit: 30 EUR' }]],
  ])('price %j', (priceInformation, wanted) => {
    const c = credential(one({}, [{ offeringId: 'o', priceInformation: [priceInformation] }]));
    expect(c.opportunities[0]?.prices).toEqual(wanted);
    expect(credential(one({ priceInformation: [priceInformation] })).costs.value).toEqual(wanted);
  });

  test.each<[object, number | undefined, string[]]>([
    [{ level: 'EQF level 6' }, 6, []],
    [{ levelOfQualification: 'EQF level 6' }, 6, []],
    [{ levelOfQualification: 'EQR-Niveau 5' }, 5, []],
    [{ levelOfQualification: 'eqf_7' }, 7, []],
    [{ levelOfQualification: 5 }, 5, []],
    [{ levelOfQualification: 'EQF 5 to 6' }, undefined, []],
    [{ level: 'EQF n/a – SCQF 7' }, undefined, []],
    [{ levelOfQualification: 'hbo' }, undefined, ['unknown-code']],
    [{ level: 'bachelor', levelOfQualification: '7' }, 7, ['contradiction']],
  ])('level %j', (raw, eqf, told) => {
    const result = one(raw);
    const { level } = credential(result);
    expect(level.value?.eqf).toBe(eqf);
    expect(rules(result)).toEqual(told);
    const words = Object.values(raw).find((said) => typeof said === 'string' && !/^(?:\d|eqf_\d)$/.test(said));
    if (words) expect(level.value?.text?.map(({ value }) => value)).toContain(words);
  });

  test('languages of ISO 639-3, sign languages among them', () => {
    expect(credential(one({ teachingLanguages: ['eso', 'en', 'dse', 'xas'] })).languages.value).toEqual([
      'eso',
      'en',
      'dse',
      'xas',
    ]);
  });

  test('an instant is a day in the zone of the source; without one that is told', () => {
    const offering = {
      offeringId: 'o',
      startDateTime: '2026-08-31T22:00:00Z',
      enrolmentPeriods: [{ endDateTime: '2026-06-30T21:59:59.000Z' }],
    };
    const known = one({}, [offering], { defaults: { country: 'NL' } });
    expect(credential(known).opportunities[0]).toMatchObject({
      startDate: '2026-09-01',
      applicationDeadline: '2026-06-30',
    });
    expect(rules(known)).toEqual([]);
    const unknown = one({}, [offering]);
    expect(credential(unknown).opportunities[0]).toMatchObject({ startDate: '2026-08-31' });
    expect(rules(unknown)).toEqual(['day-depends-on-zone', 'day-depends-on-zone']);
  });

  test('a course is no part of itself, and does not stack for it', () => {
    const result = one({ programs: ['c1', 'p'], parent: { courseId: 'c1' } });
    const c = credential(result);
    expect(c.relations).toMatchObject([{ target: mintCredentialId('delta', 'p') }]);
    expect(c.stackability.state).toBe('not-stated');
    expect(rules(result)).toEqual(['relation-to-itself', 'relation-to-itself']);
  });

  test('codes are kept as identifiers, or told', () => {
    const result = one({
      primaryCode: { codeType: 'course_code', code: 'INF1' },
      otherCodes: [
        { codeType: 'crohoCreboCode', code: '59312' },
        { codeType: 'uuid', code: 'c1' },
        { codeType: 'x-urn', code: 'urn:x:1' },
      ],
    });
    expect(credential(result).alternates).toEqual(['code:delta:INF1', 'urn:x:1']);
    expect(result.problems).toMatchObject([
      { rule: 'not-mapped', path: '/otherCodes/0', found: 'crohoCreboCode 59312' },
    ]);
  });

  test('an entity in an address is read, and told', () => {
    const result = one({ link: 'https://d.example/c?id=7&amp;lang=en' });
    expect(credential(result).url).toBe('https://d.example/c?id=7&lang=en');
    expect(rules(result)).toEqual(['escaped-address']);
  });

  test('distance learning is online; pace is no way of taking part', () => {
    const c = credential(one({ modeOfDelivery: ['distance-learning', 'full-time'] }, [{ offeringId: 'o' }]));
    expect(c.participation.value).toEqual({ codes: ['online'] });
    expect(c.opportunities[0]?.pace).toBe('full-time');
    const without = one({ modeOfDelivery: ['Evening'], modeOfStudy: 'part-time' });
    expect(credential(without).participation.state).toBe('not-stated');
    expect(without.problems).toMatchObject([{ rule: 'not-mapped', path: '/modeOfStudy', found: 'part-time, Evening' }]);
  });

  test('a place that says "online" is none; street and postcode are kept; a course lends its place', () => {
    const addresses = [
      {
        addressType: 'teaching',
        street: 'Dijk',
        streetNumber: '3',
        postalCode: '1234 AB',
        city: 'Zoom',
        countryCode: 'NL',
      },
    ];
    const c = credential(
      one({ addresses: [{ city: 'Polderdam' }] }, [{ offeringId: 'o', addresses }, { offeringId: 'p' }]),
    );
    expect(c.opportunities).toMatchObject([
      { place: 'Dijk 3, 1234 AB', country: 'NL', participation: ['online'] },
      { place: 'Polderdam' },
    ]);
    expect(rules(one({ addresses: [{ city: 'Polderdam' }] }))).toEqual(['not-mapped']);
  });

  test('a document that is no kind of credential stays in words', () => {
    const { kind } = credential(one({ formalDocument: 'testimonial' }));
    expect(kind).toMatchObject({
      value: { text: [{ value: 'testimonial' }] },
      derived: { value: { code: 'course' }, origin: { rule: 'ooapi-resource' } },
    });
  });

  test('members of an offering that nobody reads are told, where they stand', () => {
    const result = one({}, [
      { offeringId: 'o', maxNumberStudents: 20, priceInformation: [{ amount: '5', vatAmount: '1' }] },
    ]);
    expect(result.problems).toMatchObject([
      { path: '/parts/0', rule: 'not-mapped', found: 'maxNumberStudents, priceInformation/vatAmount' },
    ]);
  });
});

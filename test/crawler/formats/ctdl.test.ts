import { createReadStream } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isFault, type Page, type RawRecord, type RecordFault } from '../../../crawler/format.ts';
import { ctdl as unguarded } from '../../../crawler/formats/ctdl/index.ts';
import { behindDoor } from '../../../crawler/persons/format-door.ts';
import { Credential, mintCredentialId, type Problem, Provider, SourceDefinition } from '../../../schema/index.ts';

/** As the registry gives it. */
const ctdl = behindDoor(unguarded);

const FIXTURES = new URL('../../fixtures/ctdl/', import.meta.url);
const source = SourceDefinition.parse({
  id: 'test',
  title: 'Test',
  format: 'ctdl',
  url: 'https://feed.example/',
  publisher: 'Test',
  licence: 'CC0-1.0',
});

async function collect(body: AsyncIterable<Uint8Array>) {
  const page: Page = { url: 'file:///x', source, envelope: {} };
  const records: RawRecord[] = [];
  const faults: RecordFault[] = [];
  for await (const item of ctdl.records(body, page)) {
    if (isFault(item)) faults.push(item);
    else records.push(JSON.parse(JSON.stringify(item)));
  }
  return { records, faults, page };
}
const read = (name: string, highWaterMark = 65_536) =>
  collect(createReadStream(new URL(name, FIXTURES), { highWaterMark }));
async function* bytes(text: string) {
  yield Buffer.from(text);
}

function normal(records: RawRecord[], identifier: string, definition = source) {
  const main = records.find((r) => r.identifier === identifier && r.part === undefined);
  const parts = records.filter((r) => r.identifier === identifier && r.part !== undefined).map((r) => r.raw);
  const result = ctdl.normalise(main?.raw, definition, identifier, parts);
  if ('rejection' in result || !result.credential) throw new Error(`rejected: ${JSON.stringify(result)}`);
  Credential.parse(result.credential);
  for (const provider of result.providers) Provider.parse(provider);
  return { credential: result.credential, providers: result.providers, problems: result.problems };
}
const rules = (problems: Problem[]) => problems.map((p) => `${p.rule} ${p.path}`);
const SEAWEED = 'ce-11111111-1111-4111-8111-111111111111';
const KELP = 'ce-33333333-3333-4333-8333-33333333333a';

describe('ctdl graph', async () => {
  const { records, faults } = await read('graph.jsonld');
  const seaweed = normal(records, SEAWEED);
  const kelp = normal(records, KELP);

  test('takes credentials, courses and unreferenced organisations, not assessments, competencies or blank nodes', () => {
    expect(faults).toEqual([]);
    expect(records.map((r) => [r.identifier, r.path])).toEqual([
      [SEAWEED, '/@graph/1'],
      [KELP, '/@graph/4'],
      ['ce-55555555-5555-4555-8555-555555555555', '/@graph/7'],
    ]);
  });

  test('an organisation alone gives a provider and no credential', () => {
    const lonely = ctdl.normalise(records[2]?.raw, source, records[2]?.identifier ?? '', []);
    expect(lonely).toMatchObject({ providers: [{ name: [{ value: 'Lonely Institute' }] }] });
    expect(lonely).not.toHaveProperty('credential');
  });

  test('reads language maps with strings and arrays', () => {
    expect(seaweed.credential.title.value).toEqual([
      { language: 'en-IE', value: 'Seaweed Farming' },
      { language: 'ga', value: 'Feirmeoireacht Feamainne' },
    ]);
    expect(seaweed.credential.kind.value).toEqual({ code: 'micro-credential' });
  });

  test('finds owner and country through a blank node; jurisdiction is not the country of the issuer', () => {
    expect(seaweed.credential.awardingBody).toMatchObject({
      state: 'stated',
      origin: { path: '/main/ceterms:ownedBy/0' },
    });
    expect(seaweed.credential.awardingBody.value?.[0]?.name?.[0]?.value).toBe('Invented University of Skibbereen');
    expect(seaweed.credential.issuerCountry).toMatchObject({ state: 'stated', value: { country: 'IE' } });
    expect(JSON.stringify(records)).not.toContain('jane.doe');
  });

  test('a body that is only referred to has no name; an undefined blank node is a problem', () => {
    expect(seaweed.credential.offeredBy.value).toEqual([{ id: expect.stringMatching(/^prv_/) }]);
    expect(
      seaweed.providers.find((p) => p.identifier === 'ce-22222222-2222-4222-8222-222222222222')?.name,
    ).toBeUndefined();
    expect(rules(seaweed.problems)).toContain('unresolved-reference /main/ceterms:offeredBy/1');
  });

  test('what a required course teaches and takes is derived, and US credits are never ECTS', () => {
    expect(seaweed.credential.learningOutcomes).toMatchObject({
      state: 'derived',
      origin: { rule: 'ctdl-required-learning' },
    });
    expect(kelp.credential.learningOutcomes.state).toBe('stated');
    expect(kelp.credential.learningOutcomes.value).toEqual([
      {
        text: [{ language: 'en', value: 'Tie a seeded line' }],
        uri: 'https://skills.example/1',
        framework: 'Kelp skills',
      },
      {
        text: [{ language: 'en', value: 'Judge water quality' }],
        uri: 'https://registry.example/resources/ce-44444444-4444-4444-8444-444444444444',
      },
    ]);
    expect(kelp.credential.workload.value).toEqual({
      credits: [{ scheme: 'Semester Hours', value: 3 }],
      hours: 50,
      duration: 'P10W',
    });
  });

  test('EQF only from atLevel, audience levels as text', () => {
    expect(seaweed.credential.level.value).toEqual({
      eqf: 7,
      text: [{ language: 'en', value: 'Masters Degree Level' }],
    });
    expect(kelp.credential.level.state).toBe('not-stated');
  });

  test('assessment, supervision, conditions and quality assurance from where they stand', () => {
    expect(seaweed.credential.assessment.value?.codes).toEqual(['portfolio']);
    expect(seaweed.credential.supervision.value?.code).toBeUndefined();
    expect(seaweed.credential.supervision.value?.text?.[0]?.value).toBe('Proctored');
    expect(seaweed.credential.conditionsToEarn.value?.[0]?.value).toBe('Pass the assessment.');
    expect(seaweed.credential.prerequisites.value?.[0]?.value).toBe('Own boots.');
    expect(seaweed.credential.qualityAssurance.value).toEqual({
      kinds: [],
      claims: [{ name: 'accredited by Kelp Board' }],
    });
  });

  test('validity dates are never the date of issuing; impossible ones are dropped with a problem', () => {
    expect(seaweed.credential.issueDate).toEqual({ state: 'at-issuance' });
    expect(seaweed.credential.furtherInformation.value?.text?.[0]?.value).toBe('dateEffective: 2026-01-15');
    expect(rules(seaweed.problems)).toContain('impossible-date /main/ceterms:expirationDate');
  });

  test('a price of 0 is a price, a negative one a problem, and renewal is another matter', () => {
    expect(seaweed.credential.costs.value).toEqual([{ amount: 0, currency: 'EUR', text: 'EU residents' }]);
    expect(rules(seaweed.problems)).toContain('negative-number /main/ceterms:estimatedCost/1/ceterms:price');
  });

  test('variable site names no mode; offerings are opportunities', () => {
    expect(seaweed.credential.participation.value).toEqual({
      codes: [],
      text: [{ language: 'en', value: 'Variable Site' }],
    });
    expect(kelp.credential.opportunities).toMatchObject([
      {
        id: expect.stringMatching(/^run#/),
        participation: ['online'],
        place: 'Brest',
        country: 'FR',
        name: [{ value: 'Spring' }],
      },
    ]);
    expect(kelp.credential.issuerCountry.value).toEqual({ country: 'IE' });
    // The run of the course that the credential requires is a run of the credential.
    expect(seaweed.credential.opportunities).toEqual(kelp.credential.opportunities);
  });

  test('relations and status', () => {
    expect(seaweed.credential.relations).toMatchObject([
      { type: 'stacksInto', target: 'https://elsewhere.example/msc' },
    ]);
    expect(seaweed.credential.stackability.value).toEqual({ code: 'stackable' });
    expect(rules(kelp.problems)).toContain('not-active /main/ceterms:lifeCycleStatusType');
    expect(kelp.credential.stackability.state).toBe('not-stated');
    expect(kelp.credential.id).toBe(mintCredentialId('test', KELP));
  });

  test('the raw record stands alone and does not depend on the pieces', async () => {
    expect((await read('graph.jsonld', 3)).records).toEqual(records);
  });
});

describe('credential commons profile', async () => {
  const { records, faults } = await read('haridus.jsonld');
  const bread = normal(records, 'https://leiutatud.example/mikro/rukkileib');
  const [FIRST, SECOND] = ['Esimene', 'Teine'].map(
    (name) => records.find(({ raw }) => JSON.stringify(raw).includes(name))?.identifier ?? '',
  ) as [string, string];

  test('one @id of one name is one record with parts, of two names two records', () => {
    expect(records.map((r) => [r.identifier, r.part !== undefined])).toEqual([
      ['https://leiutatud.example/mikro/rukkileib', false],
      [FIRST, false],
      [SECOND, false],
      ['https://leiutatud.example/mikro/nimetu', false],
      ['https://leiutatud.example/mikro/rukkileib', true],
    ]);
    for (const id of [FIRST, SECOND]) expect(id).toMatch(/^https:\/\/leiutatud\.example\/mikro#[a-z0-9]{8}$/);
    expect(faults.map((f) => f.rejection.rule)).toEqual(['missing-identifier']);
    expect(bread.credential.alternates).toEqual([]);
  });

  test('reads Estonian as Estonian, ECTS, outcomes, price and dates', () => {
    expect(bread.credential.title.value).toEqual([{ language: 'et', value: 'Rukkileiva küpsetamine' }]);
    expect(bread.credential.workload.value).toEqual({ ects: 6 });
    expect(bread.credential.learningOutcomes.value?.map((o) => o.text[0])).toEqual([
      { language: 'et', value: 'küpsetab leiba' },
      { language: 'et', value: 'hindab juuretist' },
    ]);
    expect(bread.credential.costs.value).toEqual([{ amount: 250, currency: 'EUR' }]);
    expect(bread.credential.fields.value).toEqual([{ text: [{ language: 'et', value: 'muu' }] }]);
    expect(bread.credential.opportunities).toMatchObject([
      { startDate: '2026-10-17', applicationDeadline: '2026-10-08' },
      { applicationDeadline: '2027-02-01' },
    ]);
    expect(bread.credential.opportunities[1]?.startDate).toBeUndefined();
    expect(rules(bread.problems)).toEqual(
      expect.arrayContaining(['impossible-date /parts/0/main/startDate', 'contradiction /parts/0/main/ectsCredits']),
    );
  });

  test('the provider offers; that it awards is derived; the country is not known', () => {
    expect(bread.credential.offeredBy.state).toBe('stated');
    expect(bread.credential.awardingBody).toMatchObject({
      state: 'derived',
      origin: { rule: 'credential-commons-crosswalk' },
    });
    expect(bread.credential.issuerCountry.state).toBe('not-stated');
    const estonian = normal(records, FIRST, {
      ...source,
      defaults: { country: 'EE' },
    });
    expect(estonian.credential.issuerCountry).toMatchObject({ state: 'derived', value: { country: 'EE' } });
  });

  test('academic hours are not hours, negative ECTS not ECTS, a lead-in no outcome, a national level no EQF level', () => {
    const first = normal(records, FIRST).credential;
    expect(first.workload.value).toEqual({ durationText: '26 academic hours' });
    expect(first.level.value).toEqual({
      nqf: { framework: 'EKR', country: 'EE', level: '6', label: 'EKR 6' },
      text: [{ language: 'et', value: 'EKR 6' }],
    });
    expect(first.level.derived).toMatchObject({ value: { eqf: 6 }, origin: { rule: 'nqf-to-eqf' } });
    const second = normal(records, SECOND);
    expect(second.credential.workload.value).toEqual({ hours: 78 });
    expect(second.credential.learningOutcomes.state).toBe('not-stated');
    expect(rules(second.problems)).toEqual(
      expect.arrayContaining([
        'negative-number /main/ectsCredits',
        'lead-in-only /main/learningOutcome/0',
        'identifier-used-twice /main/@id',
      ]),
    );
  });

  test('rejects what has no title, too long a title, or is no record', () => {
    const nameless = records.find((r) => r.identifier.endsWith('nimetu'));
    expect(ctdl.normalise(nameless?.raw, source, 'x', [])).toMatchObject({ rejection: { rule: 'missing-title' } });
    const long = { main: { '@type': 'ceterms:Badge', 'ceterms:name': { en: 'x'.repeat(10_001) } } };
    expect(ctdl.normalise(long, source, 'x', [])).toMatchObject({ rejection: { rule: 'title-too-long' } });
    for (const rubbish of [
      null,
      undefined,
      'x',
      3,
      [],
      {},
      { main: 1 },
      { main: {} },
      { main: { '@type': 7, name: [[]] } },
    ]) {
      expect(ctdl.normalise(rubbish, source, 'x', [null, 3])).toHaveProperty('rejection');
    }
  });
});

describe('ctdl envelopes and forms', () => {
  test.each(['envelopes.json', 'envelopes.ndjson'])(
    '%s: decoded and token envelopes, main node by CTID, tombstones and other types passed over',
    async (name) => {
      const { records, faults } = await read(name, 50);
      expect(records.map((r) => r.identifier)).toEqual([
        'ce-aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
        'ce-bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb',
      ]);
      expect(normal(records, records[1]?.identifier ?? '').credential.title.value?.[0]?.value).toBe('Täpsed võtted');
      expect(normal(records, records[0]?.identifier ?? '').providers.map((p) => p.identifier)).toEqual([
        'name:blank body',
      ]);
      expect(faults.map((f) => [f.rejection.rule, f.rejection.identifier])).toEqual([
        ['envelope-without-resource', 'ce-ffffffff-ffff-4fff-8fff-ffffffffffff'],
      ]);
    },
  );

  test('expanded JSON-LD, both vocabulary hosts, references across the array', async () => {
    const { records } = await read('expanded.jsonld');
    const { credential } = normal(records, 'http://inverbervie.example/micro/1');
    expect(credential.title.value).toEqual([{ language: 'en-GB', value: 'Net mending' }]);
    expect(credential.awardingBody.value?.[0]?.name?.[0]?.value).toBe('Inverbervie Harbour School');
    expect(credential.url).toBe('http://inverbervie.example/nets');
    expect(credential.workload.value).toEqual({ ects: 1.5 });
    expect(credential.kind.value?.code).toBe('badge');
  });

  test('a broken node costs only itself', async () => {
    const { records, faults } = await read('broken.jsonld');
    expect(records.map((r) => r.identifier)).toEqual(['https://x.example/1', 'https://x.example/3']);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.rejection.rule).toBe('json-syntax');
  });

  test('truncated: what was complete and one incomplete fault', async () => {
    const text =
      '{"@context":"https://credreg.net/ctdl/schema/context/json","@graph":[{"@id":"https://x.example/1","@type":"ceterms:Badge","ceterms:name":{"en":"A"}},{"@id":"htt';
    const { records, faults } = await collect(bytes(text));
    expect(records).toHaveLength(1);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.incomplete).toBe(true);
  });

  test('HTML where JSON was promised breaks the source', async () => {
    await expect(collect(bytes('<!doctype html><html><body>Sorry</body></html>'))).rejects.toThrow(/CTDL/);
  });

  test.each(['{"error": "try later"}', '{"@graph": 3}'])('%s is no empty catalogue', async (text) => {
    const { records, faults } = await collect(bytes(text));
    expect(records).toEqual([]);
    expect(faults[0]).toMatchObject({ incomplete: true, rejection: { rule: 'not-a-ctdl-document' } });
  });

  test('names a bare UUID as a malformed CTID', () => {
    const raw = {
      main: {
        '@type': 'ceterms:Badge',
        'ceterms:ctid': 'b55f88e3-dfd4-430b-ab47-3e5f9986e1e4',
        'ceterms:name': { en: 'B' },
      },
    };
    expect(ctdl.normalise(raw, source, 'x', [])).toMatchObject({ problems: [{ rule: 'ctid-malformed' }] });
  });

  test('months that were meant as minutes are doubted', () => {
    const raw = {
      main: {
        '@type': 'ceterms:Course',
        'ceterms:name': { en: 'B' },
        'ceterms:estimatedDuration': [{ 'ceterms:exactDuration': 'P60M' }],
      },
    };
    const result = ctdl.normalise(raw, source, 'x', []);
    expect(result).toMatchObject({
      problems: [{ rule: 'doubtful-duration' }],
      credential: { workload: { value: { durationText: 'P60M' } } },
    });
    expect(JSON.stringify(result)).not.toContain('"duration":"P60M"');
  });

  describe('what a credential requires', () => {
    const credit = (value: number) => [
      { '@type': 'schema:QuantitativeValue', 'schema:value': value, 'ceterms:creditUnitType': 'creditUnit:ECTS' },
    ];
    const raw = (main: object) => ({
      main: {
        '@type': 'ceterms:MicroCredential',
        'ceterms:name': { en: 'Knots' },
        'ceterms:requires': [
          { '@type': 'ceterms:ConditionProfile', 'ceterms:targetLearningOpportunity': ['https://k.example/course'] },
        ],
        ...main,
      },
      nodes: {
        'https://k.example/course': {
          '@id': 'https://k.example/course',
          '@type': 'ceterms:Course',
          'ceterms:creditValue': credit(2),
          'ceterms:hasOffering': [
            {
              '@id': 'https://k.example/spring',
              '@type': 'ceterms:ScheduledOffering',
              'ceterms:name': { en: 'Spring' },
            },
          ],
        },
      },
    });
    const one = (main: object) => normal([{ identifier: 'k', path: '', raw: raw(main) }], 'k').credential;

    test('offerings of the course are runs of the credential', () => {
      expect(one({}).opportunities).toMatchObject([{ id: 'https://k.example/spring', name: [{ value: 'Spring' }] }]);
    });

    test('its ECTS are derived, beside a duration that the credential states itself', () => {
      const rule = 'ctdl-required-learning';
      expect(one({}).workload).toMatchObject({ state: 'derived', value: { ects: 2 }, origin: { rule } });
      const own = one({ 'ceterms:estimatedDuration': [{ 'ceterms:exactDuration': 'P10W' }] }).workload;
      expect(own).toMatchObject({ state: 'stated', value: { duration: 'P10W' } });
      expect(own.value?.ects).toBeUndefined();
      expect(own.derived).toMatchObject({ value: { ects: 2 }, origin: { rule } });
      const both = one({ 'ceterms:creditValue': credit(4) }).workload;
      expect(both).toMatchObject({ state: 'stated', value: { ects: 4 } });
      expect(both.derived).toBeUndefined();
    });
  });

  test('an exam of no known kind keeps its words and description, without a code', () => {
    const main = {
      '@type': 'ceterms:MicroCredential',
      'ceterms:name': { en: 'Knots' },
      'ceterms:requires': [
        {
          'ceterms:targetAssessment': [
            {
              'ceterms:assessmentMethodType': [
                { 'ceterms:targetNode': 'assessMethod:Exam' },
                'assessMethod:Performance',
              ],
              'ceterms:description': { en: 'Tie ten knots in an hour.' },
            },
          ],
        },
      ],
    };
    expect(normal([{ identifier: 'k', path: '', raw: { main } }], 'k').credential.assessment).toMatchObject({
      state: 'stated',
      value: {
        codes: ['practical-assessment'],
        text: [{ value: 'Performance' }, { value: 'Exam' }, { value: 'Tie ten knots in an hour.' }],
      },
    });
  });

  test('what is said of a price stays with the price: it is no funding', () => {
    const main = {
      '@type': 'ceterms:MicroCredential',
      'ceterms:name': { en: 'Knots' },
      'ceterms:estimatedCost': [
        {
          'ceterms:name': { en: 'Fee' },
          'ceterms:price': 40,
          'ceterms:currency': 'EUR',
          'ceterms:description': { en: 'The rope fund pays half.' },
        },
        { 'ceterms:description': { en: 'Ask for the price of the exam.' } },
      ],
    };
    const { credential } = normal([{ identifier: 'k', path: '', raw: { main } }], 'k');
    expect(credential.costs.value).toEqual([
      { amount: 40, currency: 'EUR', text: 'Fee: The rope fund pays half.' },
      { text: 'Ask for the price of the exam.' },
    ]);
    expect(credential.funding.state).toBe('not-stated');
  });

  test('follows a registry while its pages are full', () => {
    const page: Page = {
      url: 'https://registry.example/envelopes?page=3&per_page=100',
      source,
      envelope: { envelopes: 100 },
    };
    expect(ctdl.next?.(page, 12)).toEqual([{ url: 'https://registry.example/envelopes?page=4&per_page=100' }]);
    expect(ctdl.next?.({ ...page, envelope: { envelopes: 99 } }, 99)).toEqual([]);
    expect(ctdl.next?.({ ...page, url: 'https://x.example/catalog.jsonld' }, 1000)).toEqual([]);
  });

  test('detects its own and leaves schema.org alone', () => {
    expect(ctdl.detect({ text: '{"envelope_community":"x","envelope_ctdl_type":"ceterms:Badge"}' })).toBeGreaterThan(
      0.9,
    );
    expect(
      ctdl.detect({ text: '{"@context":"https://credentialcommons.org/profiles/context/haridus.jsonld","@graph":[]}' }),
    ).toBeGreaterThan(0.9);
    expect(ctdl.detect({ text: '[{"http://purl.org/ctdl/terms/name":[{"@value":"x"}]}]' })).toBeGreaterThan(0.9);
    expect(ctdl.detect({ text: '{"@context":"https://schema.org","@type":"Course","name":"x"}' })).toBe(0);
    const badge =
      '{"@context":["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"alignment":[{"targetType":"ceterms:Credential"}]}';
    expect(ctdl.detect({ text: badge })).toBeLessThan(0.4);
    expect(ctdl.detect({ text: '<html>"ceterms:name"</html>' })).toBe(0);
    expect(ctdl.detect({ text: '' })).toBe(0);
  });
});

describe('what a stranger found', () => {
  const graph = (...nodes: object[]) =>
    collect(bytes(JSON.stringify({ '@context': 'https://credreg.net/ctdl/schema/context/json', '@graph': nodes })));
  const certificate = (more: object) => ({
    '@id': 'https://a.example/1',
    '@type': 'ceterms:Certificate',
    'ceterms:name': { en: 'C' },
    ...more,
  });
  const only = async (more: object) => {
    const { records } = await graph(certificate(more));
    return normal(records, 'https://a.example/1');
  };

  test('a blank node that stands alone is a record or a fault, never nothing', async () => {
    const { records, faults } = await graph(
      certificate({ '@id': '_:b1', 'ceterms:ctid': SEAWEED }),
      certificate({ '@id': '_:b2', 'ceterms:subjectWebpage': 'https://a.example/2' }),
      certificate({ '@id': '_:b3' }),
      certificate({ '@id': '_:b4', 'ceterms:ctid': KELP }),
      certificate({
        'ceterms:requires': { '@type': 'ceterms:ConditionProfile', 'ceterms:targetCredential': ['_:b4'] },
      }),
    );
    expect(records.map((r) => r.identifier)).toEqual([SEAWEED, 'https://a.example/2', 'https://a.example/1']);
    expect(faults).toMatchObject([{ rejection: { rule: 'missing-identifier', path: '/@graph/2' } }]);
    const owner = { '@id': 'https://a.example/org', '@type': 'ceterms:Organization', 'ceterms:name': { en: 'O' } };
    const owned = await graph(
      { ...owner, 'ceterms:owns': ['_:b1'] },
      certificate({ '@id': '_:b1', 'ceterms:ctid': KELP }),
    );
    expect(owned.records.map((r) => r.identifier)).toEqual([KELP, 'https://a.example/org']);
  });

  test('no application fee beside tuition is not free; free for some is', async () => {
    const cost = (price: number, type: string, audience?: string) => ({
      '@type': 'ceterms:CostProfile',
      'ceterms:currency': 'USD',
      'ceterms:price': price,
      'ceterms:directCostType': { 'ceterms:targetNode': `costType:${type}` },
      ...(audience ? { 'ceterms:audienceType': { 'ceterms:targetNodeName': { en: audience } } } : {}),
    });
    const tuition = { amount: 2500, currency: 'USD', text: 'Tuition' };
    const { credential } = await only({ 'ceterms:estimatedCost': [cost(2500, 'Tuition'), cost(0, 'Application')] });
    expect(credential.costs.value).toEqual([tuition, { text: 'Application: 0 USD' }]);
    const some = await only({
      'ceterms:estimatedCost': [cost(2500, 'Tuition'), cost(0, 'Tuition', 'Members')],
    });
    expect(some.credential.costs.value).toEqual([
      tuition,
      { amount: 0, currency: 'USD', audience: 'Members', text: 'Tuition' },
    ]);
  });

  test('an EQF level among the audience levels is the level; two are none', async () => {
    const level = (more: object) => ({ '@type': 'ceterms:CredentialAlignmentObject', ...more });
    const uri = level({ 'ceterms:targetNode': 'http://data.europa.eu/snb/eqf/6' });
    const name = level({ 'ceterms:targetNodeName': { en: 'EQF level 5' } });
    const other = level({ 'ceterms:targetNodeName': { en: 'Level 7' } });
    const levels = async (...list: object[]) => await only({ 'ceterms:audienceLevelType': list });
    expect((await levels(uri)).credential.level).toMatchObject({ state: 'stated', value: { eqf: 6 } });
    expect((await levels(name)).credential.level).toMatchObject({ state: 'stated', value: { eqf: 5 } });
    expect((await levels(other)).credential.level.value?.eqf).toBeUndefined();
    const both = await levels(uri, name);
    expect(both.credential.level.value?.eqf).toBeUndefined();
    expect(rules(both.problems)).toEqual(['contradiction /main/ceterms:audienceLevelType/0']);
  });

  test('what has no element stands under further information, or is named', async () => {
    const { credential, problems } = await only({
      'ceterms:keyword': { en: ['kelp'] },
      'ceterms:renewal': { 'ceterms:description': { en: 'every 2 years' } },
      'ceterms:availableAt': { '@type': 'ceterms:Place', 'ceterms:addressLocality': { en: 'Dayton' } },
      'ceterms:targetAssessment': { '@type': 'ceterms:AssessmentProfile', 'ceterms:name': { en: 'Final exam' } },
      'ceterms:industryType': { 'ceterms:targetNodeName': { en: 'Metal' } },
    });
    expect(credential.furtherInformation.value?.text?.[0]?.value.split(/\n+/)).toEqual([
      'keyword: kelp',
      'renewal: every 2 years',
      'availableAt: Dayton',
    ]);
    expect(credential.assessment.value?.text).toEqual([{ language: 'en', value: 'Final exam' }]);
    expect(problems).toMatchObject([{ rule: 'not-mapped', severity: 'info', found: 'industryType' }]);
  });

  test('bytes that are no UTF-8 and JSON in a text of JSON are told once; a deleted envelope is passed over', async () => {
    async function* latin() {
      const nodes = [1, 2].map((n) => certificate({ '@id': `https://a.example/${n}`, 'ceterms:name': { en: 'Über' } }));
      yield Buffer.from(JSON.stringify({ '@graph': nodes }), 'latin1');
    }
    const { records } = await collect(latin());
    expect([1, 2].map((n) => rules(normal(records, `https://a.example/${n}`).problems))).toEqual([
      ['wrong-encoding '],
      [],
    ]);
    const twice = { envelope_type: 'resource_data', decoded_resource: JSON.stringify(certificate({})) };
    const read = await collect(bytes(JSON.stringify([twice])));
    expect(read.faults).toEqual([]);
    expect(rules(normal(read.records, 'https://a.example/1').problems)).toEqual(['json-repaired ']);
    const envelope = { envelope_type: 'resource_data', deleted_at: '2026-01-01', decoded_resource: certificate({}) };
    expect(await collect(bytes(JSON.stringify([envelope])))).toMatchObject({ records: [], faults: [] });
  });
});

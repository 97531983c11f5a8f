import { describe, expect, test } from 'vitest';
import type { Page, RawRecord } from '../../../crawler/format.ts';
import { isFault } from '../../../crawler/format.ts';
import { loadFormats } from '../../../crawler/registry.ts';
import { Credential, type Problem, SourceDefinition } from '../../../schema/index.ts';

const ctdl = (await loadFormats()).get('ctdl');
if (!ctdl) throw new Error('there is no format ctdl');
const format = ctdl;

type Json = Record<string, unknown>;

const definition = (defaults: Json = {}) =>
  SourceDefinition.parse({
    id: 'test',
    title: 'Test',
    format: 'ctdl',
    url: 'https://feed.example/',
    publisher: 'Test',
    licence: 'CC0-1.0',
    defaults,
  });
const CTX = 'https://credreg.net/ctdl/schema/context/json';
const SELF = 'https://dune.example/courses?id=7';

interface Reading {
  credential: Credential;
  problems: Problem[];
  /** `rule path`, without what is only not mapped. */
  told: string[];
  unread: string;
}

/** One course of a graph, with what stands beside it. */
async function course(
  more: Json,
  { beside = [], context = CTX, defaults = {} }: { beside?: Json[]; context?: unknown; defaults?: Json } = {},
): Promise<Reading> {
  const main = { '@id': SELF, '@type': 'ceterms:Course', 'ceterms:name': { en: 'Marram' }, ...more };
  return read({ '@context': context, '@graph': [main, ...beside] }, defaults);
}

async function recordsOf(document: unknown, source = definition()): Promise<RawRecord[]> {
  const page: Page = { url: 'https://feed.example/', source, envelope: {} };
  async function* body() {
    yield Buffer.from(JSON.stringify(document));
  }
  const raws: RawRecord[] = [];
  for await (const item of format.records(body(), page)) {
    if (isFault(item)) throw new Error(JSON.stringify(item));
    raws.push(JSON.parse(JSON.stringify(item)));
  }
  return raws;
}

async function read(document: unknown, defaults: Json = {}): Promise<Reading> {
  const source = definition(defaults);
  const [first] = await recordsOf(document, source);
  const result = format.normalise(first?.raw, source, first?.identifier ?? '', []);
  if ('rejection' in result || !result.credential) throw new Error(JSON.stringify(result));
  const { problems } = result;
  return {
    credential: Credential.parse(result.credential),
    problems,
    told: problems.filter(({ rule }) => rule !== 'not-mapped').map(({ rule, path }) => `${rule} ${path}`),
    unread: problems.find(({ rule }) => rule === 'not-mapped')?.found ?? '',
  };
}

const named = (name: string, more: Json = {}, language = 'en'): Json => ({
  '@type': 'ceterms:CredentialAlignmentObject',
  'ceterms:targetNodeName': { [language]: name },
  ...more,
});
const offering = (more: Json): Json => ({
  'ceterms:hasOffering': [{ '@id': '_:spring', '@type': 'ceterms:ScheduledOffering', ...more }],
});

describe('credits', () => {
  const credit = (value: Json) => ({ 'ceterms:creditValue': [{ '@type': 'schema:QuantitativeValue', ...value }] });

  test('of a scheme and level that are given by address, in expanded JSON-LD, in a node of their own', async () => {
    const terms = 'https://purl.org/ctdl/terms/';
    const { credential, told } = await read([
      {
        '@id': 'https://dune.example/c',
        '@type': [`${terms}Course`],
        [`${terms}codedNotation`]: [{ '@value': 'D20MA' }],
        [`${terms}creditValue`]: [{ '@id': 'https://dune.example/v' }],
        [`${terms}name`]: [{ '@language': 'en', '@value': 'Marram' }],
      },
      {
        '@id': 'https://dune.example/v',
        '@type': [`${terms}ValueProfile`],
        [`${terms}creditLevelType`]: [{ '@id': 'https://dune.example/scqf/levels/8' }],
        [`${terms}creditUnitType`]: [{ '@id': 'https://dune.example/scqf/credits/' }],
        [`${terms}value`]: [{ '@value': 15 }],
      },
    ]);
    expect(credential.workload.value).toEqual({ credits: [{ scheme: 'SCQF', value: 15, level: '8' }] });
    expect(credential.alternates).toEqual(['code:test:D20MA']);
    expect(told).toEqual([]);
  });

  test.each([
    ['creditUnit:SCQF', { scheme: 'SCQF', value: 15 }],
    ['https://frames.example/cats#points', { scheme: 'CATS', value: 15 }],
    [{ 'ceterms:targetNode': 'https://frames.example/scqf/credit' }, { scheme: 'SCQF', value: 15 }],
    [{ '@id': 'creditUnit:QuarterHour' }, { scheme: 'QuarterHour', value: 15 }],
  ])('unit %j', async (unit, wanted) => {
    const { credential } = await course(credit({ 'schema:value': 15, 'ceterms:creditUnitType': unit }));
    expect(credential.workload.value).toEqual({ credits: [wanted] });
  });

  test.each(['creditUnit:ECTS', 'http://data.europa.eu/snb/education-credit/6fcec5c5af', named('ECTS credits')])(
    'unit %j is ECTS',
    async (unit) => {
      const range = { 'schema:minValue': 3, 'schema:maxValue': 5, 'ceterms:creditUnitType': unit };
      expect((await course(credit(range))).credential.workload.value).toEqual({ ects: 3, ectsMax: 5 });
    },
  );

  test.each([
    { 'schema:description': { en: 'about 6 ECTS' } },
    { 'ceterms:creditUnitTypeDescription': { en: 'no ECTS' } },
    { 'schema:description': { de: 'kein ECTS' } },
  ])('%j makes no ECTS of a number', async (words) => {
    const { credential } = await course(credit({ 'schema:value': 3, ...words }));
    expect(credential.workload.value?.ects).toBeUndefined();
    expect(JSON.stringify(credential.workload.value)).toContain('ECTS');
  });

  test.each([
    { 'qdata:percentage': 30 },
    { 'schema:value': 30, 'schema:unitText': 'percent' },
    { 'schema:value': 30, 'ceterms:creditUnitType': [named('Percentage')] },
    { 'schema:value': '30 %', 'ceterms:creditUnitType': 'creditUnit:DegreeCredit' },
  ])('a percentage is none, and told: %j', async (value) => {
    const { credential, problems } = await course(credit(value));
    expect(credential.workload.state).toBe('not-stated');
    expect(problems).toMatchObject([{ rule: 'not-a-number', found: expect.stringContaining('30') }]);
  });

  test('an upper end alone is words; a bare text with its unit is read', async () => {
    const most = await course(credit({ 'schema:maxValue': 5, 'ceterms:creditUnitType': [named('ECTS')] }));
    expect(most.credential.workload.value).toEqual({ durationText: '≤ 5 ECTS' });
    expect((await course({ 'ceterms:creditValue': '3 ECTS' })).credential.workload.value).toEqual({ ects: 3 });
    expect((await course({ 'ceterms:creditValue': 3 })).told).toEqual([
      'number-without-unit /main/ceterms:creditValue',
    ]);
  });

  test('what describes the unit stands in the words when it says no amount', async () => {
    const { credential } = await course({ 'ceterms:creditUnitTypeDescription': { en: 'no ECTS' } });
    expect(credential.workload.state).toBe('not-stated');
    expect(credential.furtherInformation.value?.text?.[0]?.value).toBe('credits: no ECTS');
  });
});

describe('durations', () => {
  const lasts = async (...profiles: Json[]) =>
    (await course({ 'ceterms:estimatedDuration': profiles })).credential.workload.value;

  test('ranges: hours keep both ends, a range of time is words', async () => {
    expect(await lasts({ 'ceterms:minimumDuration': 'PT10H', 'ceterms:maximumDuration': 'PT12H' })).toEqual({
      hours: 10,
      hoursMax: 12,
    });
    expect(
      await lasts({
        'ceterms:minimumDuration': 'P2Y0M',
        'ceterms:maximumDuration': 'P4Y',
        'ceterms:timeRequired': 'PT300H0M',
      }),
    ).toEqual({ hours: 300, durationText: 'P2Y – P4Y' });
    expect(await lasts({ 'ceterms:maximumDuration': 'P4Y' })).toEqual({ durationText: '≤ P4Y' });
    expect(await lasts({ 'ceterms:minimumDuration': 'P2M', 'ceterms:maximumDuration': 'P0Y2M' })).toEqual({
      duration: 'P2M',
    });
  });

  test('words in the description are read as such', async () => {
    expect(await lasts({ 'ceterms:description': { de: '75 Stunden' } })).toMatchObject({ hours: 75 });
    expect(await lasts({ 'ceterms:description': { en: '10 hours per week' } })).toEqual({
      durationText: '10 hours per week',
    });
  });
});

describe('prices', () => {
  const costs = async (...profiles: unknown[]) => {
    const { credential, told } = await course({ 'ceterms:estimatedCost': profiles });
    return { costs: credential.costs.value, told, funding: credential.funding.state };
  };
  const euros = (price: unknown, more: Json = {}): Json => ({
    'ceterms:price': price,
    'ceterms:currency': 'EUR',
    ...more,
  });

  test('in words: as the price, in the description, in the name, or plainly', async () => {
    expect((await costs({ 'ceterms:price': '€ 450' })).costs).toEqual([{ amount: 450, currency: 'EUR' }]);
    expect((await costs({ 'ceterms:price': 'free' })).costs).toEqual([{ amount: 0, text: 'free' }]);
    expect((await costs({ 'ceterms:description': { fr: '1 250,50 €' } })).costs).toEqual([
      { amount: 1250.5, currency: 'EUR' },
    ]);
    expect((await costs({ 'ceterms:name': { en: 'Fee' }, 'ceterms:description': { de: 'kostenlos' } })).costs).toEqual([
      { amount: 0, text: 'Fee: kostenlos' },
    ]);
    expect((await costs({ 'ceterms:name': { en: 'Free of charge' } })).costs).toMatchObject([{ amount: 0 }]);
    expect((await costs('€ 450')).costs).toEqual([{ amount: 450, currency: 'EUR' }]);
    expect((await costs({ 'ceterms:description': { en: 'no fee waiver' } })).costs).toEqual([
      { text: 'no fee waiver' },
    ]);
  });

  test('what is said of a price is no funding, and a sentence in passing takes no amount away', async () => {
    const said = 'Who takes only one part of it pays per credit, as everybody did before.';
    expect(await costs(euros(500, { 'ceterms:name': { en: 'Tuition' }, 'ceterms:description': { en: said } }))).toEqual(
      {
        costs: [{ amount: 500, currency: 'EUR', text: `Tuition: ${said}` }],
        told: [],
        funding: 'not-stated',
      },
    );
  });

  test.each([
    ['a pattern', { 'ceterms:paymentPattern': { en: 'per semester' } }, '30 EUR per semester'],
    ['a term', { 'ceterms:paymentPatternType': ['payPattern:Monthly'] }, '30 EUR Monthly'],
    ['what it is for', { 'ceterms:directCostType': [named('Tuition per credit')] }, 'Tuition per credit: 30 EUR'],
    ['its name', { 'ceterms:name': { en: 'Monthly fee' } }, 'Monthly fee: 30 EUR'],
    ['a remark', { 'ceterms:description': { en: 'Per credit hour' } }, 'Per credit hour: 30 EUR'],
    ['billing', { 'schema:unitText': 'month' }, '30 EUR month'],
  ])('of a part or a period, by %s, is no price of the whole', async (_, more, text) => {
    const found = await costs(euros(30, more));
    expect(found.costs).toEqual([{ text }]);
    expect(found.told).toEqual(['price-of-a-part /main/ceterms:estimatedCost/0/ceterms:price']);
  });

  test('paid once is a plain price', async () => {
    for (const pattern of ['One-time payment', 'once', 'paid in full'])
      expect((await costs(euros(30, { 'ceterms:paymentPattern': { en: pattern } }))).costs).toEqual([
        { amount: 30, currency: 'EUR' },
      ]);
  });

  test('two prices of nothing for two audiences are two, however the audience is given', async () => {
    const found = await costs(
      euros(0, { 'ceterms:audienceType': [named('Members')] }),
      euros(0, { 'ceterms:residencyType': ['residency:InState'] }),
    );
    expect(found.costs).toEqual([
      { amount: 0, currency: 'EUR', audience: 'Members' },
      { amount: 0, currency: 'EUR', audience: 'In State' },
    ]);
  });

  test('an amount that is a part keeps its digits though the words have some', async () => {
    const found = await costs(
      euros(0, { 'ceterms:name': { en: 'Application 2027' }, 'ceterms:directCostType': ['costType:Application'] }),
      euros(100, { 'ceterms:directCostType': ['costType:Tuition'] }),
    );
    expect(found.costs?.[0]).toEqual({ text: 'Application 2027: 0 EUR' });
  });
});

describe('levels', () => {
  const level = async (more: Json) => (await course(more)).credential.level;

  // The first four of ../shared/cases/eqf-in-words.json, in CTDL's places.
  test.each(['EQF n/a - SCQF 7', 'No EQF level (SCQF 7)', 'EQF tbc, ISCED 5', 'EQF aligned, RQF 4', 'EQF 5 to 6'])(
    '"%s" names no level of the EQF, wherever it stands',
    async (words) => {
      for (const place of [
        { 'ceterms:atLevel': [named(words)] },
        { 'ceterms:atLevel': [named(words, { 'ceterms:frameworkName': { en: 'EQF' } })] },
        { 'ceterms:audienceLevelType': [named(words)] },
        { 'ceterms:educationLevelType': words },
        { level: words },
      ]) {
        const { value, derived } = await level(place);
        expect([value?.eqf, derived?.value.eqf]).toEqual([undefined, undefined]);
        expect(value?.text?.map((text) => text.value)).toEqual([words]);
      }
    },
  );

  test('the EQF beside another framework: both are kept', async () => {
    const words = 'SCQF Level 7 / EQF Level 5';
    for (const place of [
      { 'ceterms:atLevel': [named(words)] },
      { 'ceterms:atLevel': [named(words, { 'ceterms:frameworkName': { en: 'SCQF' } })] },
      { level: words },
    ])
      expect((await level(place)).value).toMatchObject({ eqf: 5, nqf: { framework: 'SCQF', level: '7' } });
    const two = [
      named('Level 7', { 'ceterms:frameworkName': { en: 'SCQF' } }),
      named('Level 5', { 'ceterms:frameworkName': { en: 'European Qualifications Framework' } }),
    ];
    expect((await level({ 'ceterms:atLevel': two })).value).toMatchObject({
      eqf: 5,
      nqf: { framework: 'SCQF', level: '7' },
    });
  });

  test('by address', async () => {
    expect((await level({ 'ceterms:atLevel': ['http://data.europa.eu/snb/eqf/6'] })).value).toEqual({ eqf: 6 });
    expect(await level({ 'ceterms:atLevel': [{ '@id': 'https://dune.example/scqf/levels/8' }] })).toMatchObject({
      value: { nqf: { framework: 'SCQF', level: '8' } },
      derived: { value: { eqf: 5 } },
    });
    expect((await level({ 'ceterms:audienceLevelType': 'audLevel:BeginnerLevel' })).value?.text?.[0]?.value).toBe(
      'Beginner Level',
    );
    const lost = await course({ 'ceterms:atLevel': ['https://dune.example/steps/third'] });
    expect(lost.told).toEqual(['unresolved-reference /main/ceterms:atLevel/0']);
  });

  test('a level of no framework is words; for whom it is takes nothing from the level', async () => {
    expect((await level({ 'ceterms:atLevel': [named('Level 7')] })).value).toEqual({
      text: [{ language: 'en', value: 'Level 7' }],
    });
    const both = await course({
      'ceterms:atLevel': [named('EQF level 6')],
      'ceterms:audienceLevelType': [named('EQF level 5')],
    });
    expect(both.credential.level.value).toEqual({ eqf: 6, text: [{ language: 'en', value: 'EQF level 5' }] });
    expect(both.told).toEqual([]);
  });
});

describe('ways of taking part', () => {
  const modes = async (more: Json) => (await course(more)).credential.participation.value;

  test('in words, as the vocabulary says', async () => {
    expect(await modes({ 'ceterms:learningDeliveryType': [named('Distance learning')] })).toEqual({
      codes: ['online'],
    });
    expect(await modes({ 'ceterms:deliveryType': [named('Präsenz', {}, 'de')] })).toEqual({ codes: ['presential'] });
    expect(await modes({ 'ceterms:deliveryType': 'blended' })).toEqual({ codes: ['blended'] });
    expect(await modes({ 'ceterms:deliveryTypeDescription': { en: 'Distance learning' } })).toMatchObject({
      codes: ['online'],
    });
    expect(await modes({ 'ceterms:learningMethodType': ['learnMethod:Seminar'] })).toEqual({
      codes: [],
      text: [{ language: 'en', value: 'Seminar' }],
    });
    expect(await modes({ 'ceterms:deliveryType': [named('not online')] })).toMatchObject({ codes: [] });
  });

  test('a pace is none: it stands with the run, or among what else is said', async () => {
    const { credential } = await course({
      'ceterms:deliveryType': [named('Full Time'), 'deliveryType:OnlineOnly'],
      'ceterms:learningMethodType': ['learnMethod:SelfPaced'],
    });
    expect(credential.participation.value).toEqual({ codes: ['online'] });
    expect(credential.furtherInformation.value?.text?.[0]?.value).toBe('pace: Full Time, Self Paced');
    const run = await course(
      offering({
        'ceterms:deliveryType': [named('Part-time')],
        'ceterms:scheduleTimingType': ['scheduleTiming:Evening'],
      }),
    );
    expect(run.credential.opportunities[0]).toMatchObject({ pace: 'Part-time, Evening' });
    expect(run.credential.opportunities[0]).not.toHaveProperty('participationText');
  });

  test('"Online" is no place', async () => {
    for (const place of [{ '@type': 'ceterms:Place', 'ceterms:name': { en: 'Online' } }, 'Online']) {
      const { credential, told } = await course(offering({ 'ceterms:availableAt': [place] }));
      expect(credential.opportunities[0]?.place).toBeUndefined();
      expect(credential.opportunities[0]?.participation).toEqual(['online']);
      expect(told).toEqual(['online-place /main/ceterms:hasOffering/0/ceterms:availableAt/0']);
      const whole = (await course({ 'ceterms:availableAt': [place] })).credential;
      expect(whole.participation.value?.codes).toEqual(['online']);
      expect(whole.furtherInformation.state).toBe('not-stated');
    }
  });

  test('a place keeps street and postcode; of two places none is lost', async () => {
    const at = (town: string, more: Json = {}) => ({ 'ceterms:addressLocality': { en: town }, ...more });
    const street = { 'ceterms:streetAddress': { en: 'Quay 1' }, 'ceterms:postalCode': 'T12' };
    const { credential } = await course(offering({ 'ceterms:availableAt': [at('Cork', street), at('Galway')] }));
    expect(credential.opportunities[0]).toMatchObject({ place: 'Quay 1, T12, Cork; Galway', locality: 'Cork' });
  });
});

describe('identity and relations', () => {
  test('codes are alternates within their source', async () => {
    const { credential, unread } = await course({
      'ceterms:codedNotation': ['D20', 'D21'],
      'ceterms:identifier': [
        {
          '@type': 'ceterms:IdentifierValue',
          'ceterms:identifierTypeName': { en: 'State code' },
          'ceterms:identifierValueCode': 'K-9',
        },
        { '@type': 'ceterms:IdentifierValue', 'ceterms:identifierValueCode': 'urn:dune:7' },
      ],
    });
    expect(credential.alternates).toEqual(['code:test:D20', 'code:test:D21', 'code:test:K-9', 'urn:dune:7']);
    expect(unread).toBe('');
  });

  test('a record is not related to itself, and does not stack on itself', async () => {
    for (const self of [SELF, { '@id': SELF }, 'http://www.dune.example/courses?id=7']) {
      const { credential, told } = await course({ 'ceterms:isPartOf': [self] });
      expect(credential.relations).toEqual([]);
      expect(credential.stackability.state).toBe('not-stated');
      expect(told).toEqual(['relation-to-itself /main/ceterms:isPartOf/0']);
    }
    const other = (await course({ 'ceterms:isPartOf': ['https://dune.example/courses?id=8'] })).credential;
    expect(other.relations).toMatchObject([{ type: 'partOf', target: 'https://dune.example/courses?id=8' }]);
    expect(other.stackability.value).toEqual({ code: 'stackable' });
  });

  test.each([
    ['MasterCertificate', 'qualification'],
    ['ApprenticeshipCertificate', 'qualification'],
    ['PostMasterCertificate', 'certificate'],
    ['MasterOfArtsDegree', 'degree'],
  ])('a %s named "Modern Apprenticeship (MA)" is a %s', async (type, kind) => {
    const { credential } = await course({
      '@type': `ceterms:${type}`,
      'ceterms:name': { en: 'Modern Apprenticeship (MA)' },
    });
    expect(credential.kind.value).toEqual({ code: kind });
  });
});

describe('languages, dates, contexts', () => {
  test('small languages and sign languages', async () => {
    const { credential, told } = await course({ 'ceterms:inLanguage': ['eso', 'vro', { '@value': 'bfi' }, 'en'] });
    expect(credential.languages.value).toEqual(['eso', 'vro', 'bfi', 'en']);
    expect(told).toEqual([]);
  });

  test('an instant is a day in the time zone of the source, and doubtful without one', async () => {
    const dates = { startDate: '2026-08-31T22:00:00Z', registrationDeadline: '2026-06-30T21:59:59Z' };
    expect((await course(dates, { defaults: { country: 'NL' } })).credential.opportunities).toMatchObject([
      { startDate: '2026-09-01', applicationDeadline: '2026-06-30' },
    ]);
    expect((await course({ startDate: dates.startDate })).told).toEqual(['day-depends-on-zone /main/startDate']);
  });

  test('a run is never lost for its dates', async () => {
    const { credential, told } = await course({ startDate: '03/04/2027' });
    expect(credential.opportunities).toEqual([expect.not.objectContaining({ startDate: expect.anything() })]);
    expect(told).toEqual(['ambiguous-date /main/startDate']);
    expect((await course({ startDate: 'autumn 2027' })).credential.opportunities).toMatchObject([
      { startText: 'autumn 2027' },
    ]);
  });

  test('terms under another prefix, an alias, a default language', async () => {
    const { credential } = await course(
      { '@type': 'K:Course', 'ceterms:name': undefined, 'K:name': 'Luide', tase: [named('EQF 5')] },
      { context: [{ K: 'https://purl.org/ctdl/terms/', tase: { '@id': 'K:atLevel' }, '@language': 'et' }] },
    );
    expect(credential.title.value).toEqual([{ language: 'et', value: 'Luide' }]);
    expect(credential.kind.value).toEqual({ code: 'course' });
    expect(credential.level.value?.eqf).toBe(5);
    const aliased = await course(
      { '@type': undefined, type: 'Kurs' },
      { context: [{ Kurs: 'https://credreg.net/ctdl/terms/Course' }] },
    );
    expect(aliased.credential.kind.value).toEqual({ code: 'course' });
  });
});

describe('what nobody reads is told', () => {
  test('at any depth, also in what the record refers to, the record’s own members first', async () => {
    const { problems } = await course(
      {
        'ceterms:estimatedCost': [{ 'ceterms:price': 3, 'ceterms:costDetails': 'https://dune.example/costs' }],
        'ceterms:ownedBy': ['_:dune'],
        'ceterms:requires': [{ '@type': 'ceterms:ConditionProfile', 'ceterms:weight': 3 }],
        'ceterms:industryType': [named('Dunes')],
      },
      {
        beside: [
          {
            '@id': '_:dune',
            '@type': 'ceterms:CredentialOrganization',
            'ceterms:name': { en: 'Dune Institute' },
            'ceterms:agentPurpose': 'https://dune.example/why',
          },
        ],
      },
    );
    expect(problems.map(({ path, found }) => `${path}: ${found}`)).toEqual([
      '/main: industryType, estimatedCost/costDetails, requires/weight',
      '/nodes/_:dune: agentPurpose',
    ]);
  });

  test('of a part and of a body as well', async () => {
    const node = {
      '@id': SELF,
      '@type': 'ceterms:Course',
      'ceterms:name': { en: 'Marram' },
      'ceterms:description': { en: 'Long.' },
    };
    const part = { ...node, 'ceterms:description': undefined, 'ceterms:sced': 'x' };
    const body = {
      '@id': 'https://dune.example/',
      '@type': 'ceterms:CredentialOrganization',
      'ceterms:name': { en: 'Dune' },
      'ceterms:sced': 'x',
    };
    const raws = await recordsOf({ '@context': CTX, '@graph': [node, part, body] });
    const [main, further, alone] = ['', 'part', 'body'].map((what) =>
      raws.find(
        ({ identifier, part: key }) =>
          (identifier === SELF) === (what !== 'body') && (key !== undefined) === (what === 'part'),
      ),
    );
    const course = format.normalise(main?.raw, definition(), SELF, [further?.raw]);
    expect(course.problems).toMatchObject([{ rule: 'not-mapped', path: '/parts/0/main', found: 'sced' }]);
    expect(format.normalise(alone?.raw, definition(), alone?.identifier ?? '', []).problems).toMatchObject([
      { rule: 'not-mapped', path: '/main', found: 'sced' },
    ]);
  });

  test('a text in its languages, where a profile may stand, is read whole', async () => {
    const { credential, unread } = await course({
      'ceterms:entryCondition': { en: 'Own boots', et: 'Oma saapad' },
      'ceterms:estimatedCost': [{ 'ceterms:price': 3, 'ceterms:paymentPattern': { en: 'once' } }],
    });
    expect(credential.prerequisites.value).toHaveLength(2);
    expect(unread).toBe('');
  });
});

test.each([
  ['words', { en: 'Open Badge' }],
  ['a node', { '@type': 'ceterms:Badge', 'ceterms:name': { en: 'Open Badge' } }],
])('what is awarded, as %s, is said in words', async (_, awarded) => {
  const { credential, told } = await course({ 'ceterms:awardedCredential': awarded });
  expect(credential.certificationFormat.value).toEqual([{ language: 'en', value: 'Open Badge' }]);
  expect(told).toEqual([]);
});

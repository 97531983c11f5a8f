import { createReadStream, existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isFault, type RawRecord, type RecordFault } from '../../crawler/format.ts';
import { elm as unguarded } from '../../crawler/formats/elm/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { Credential, type Problem, Provider } from '../../schema/index.ts';
import { factsOf } from '../contract/facts.ts';
import { suiteSource } from '../contract/format-suite.ts';
import { normalisedOf } from '../contract/read-feed.ts';

/** As the registry gives it. */
const elm = behindDoor(unguarded);
const FEEDS = new URL('../../../shared/feeds/elm/', import.meta.url);
const source = suiteSource('elm', 'https://feeds.example/');

async function harvest(name: string) {
  const records: RawRecord[] = [];
  const faults: RecordFault[] = [];
  for await (const item of elm.records(createReadStream(new URL(name, FEEDS)), {
    url: 'file:///x',
    source,
    envelope: {},
  }))
    if (isFault(item)) faults.push(item);
    else records.push(item);
  const credentials = new Map<string, Credential>();
  const providers = new Map<string, Provider>();
  const problems: Problem[] = [];
  for (const [identifier, result] of normalisedOf(elm, source, records)) {
    if ('rejection' in result) faults.push({ rejection: result.rejection });
    else {
      if (result.credential) credentials.set(identifier, Credential.parse(result.credential));
      for (const one of result.providers) providers.set(one.identifier, Provider.parse(one));
    }
    problems.push(...result.problems);
  }
  const at = (id: string): Credential => {
    const found = credentials.get(id);
    if (!found) throw new Error(`no record ${id} among ${[...credentials.keys()]}`);
    return found;
  };
  return {
    records,
    faults,
    credentials,
    providers,
    problems,
    at,
    rules: faults.map(({ rejection }) => rejection.rule),
  };
}

// The values below were read in the files themselves.
describe.skipIf(!existsSync(FEEDS))('the European Learning Model (needs ../shared/feeds)', () => {
  const SPEC = 'https://mc.example.eu/spec/1';

  test.each(['loq/AUTHORED-microcredential-loq.ttl', 'loq/AUTHORED-microcredential-loq.ontology-ns.ttl'])(
    '%s',
    async (name) => {
      const { at, credentials, faults, providers } = await harvest(name);
      expect([credentials.size, providers.size, faults.length]).toEqual([1, 1, 0]);
      const record = at(SPEC);
      expect(factsOf(record)).toMatchObject({
        title: ['Digital micro-credential creation'],
        description: ['Short course.'],
        eqf: 6,
        nqf: 'IE NQF 6',
        'eqf.derived': undefined, // Irish level 6 is EQF 5 elsewhere: the two are each as stated
        ects: 2,
        hours: 60,
        duration: 'P1M', // of the run
        amounts: ['150 EUR'],
        outcomes: ['Can create a micro-credential in EDC'],
        modes: ['online'],
        pace: 'part time light',
        assessment: ['portfolio'],
        start: '2026-02-01',
        end: '2026-03-01',
        fields: ['0611'],
        qualityAssurance: ['institutional-quality-assurance'],
        awarding: ['Example University'],
        country: 'IE',
        prerequisites: [], // "None"
        kind: 'micro-credential',
        url: 'https://mc.example.eu/en/offer/1',
      });
      expect(record.kind.origin?.rule).toBe('micro-credential-in-title'); // no list of the EU has the word
      expect(record.supervision.state).toBe('not-stated');
      expect(record.workload.value?.duration).toBeUndefined(); // the run takes a month, the learning 60 hours
      expect(record.opportunities.map(({ id }) => id)).toEqual(['https://mc.example.eu/offer/1']);
      expect(record.sourceModified).toBeUndefined(); // that of the opportunity is not that of the specification
    },
  );

  test('LOQ XML 3.3.1', async () => {
    const { at, faults } = await harvest('loq/AUTHORED-microcredential-loq-3.3.1.xml');
    expect(faults).toEqual([]);
    const record = at(SPEC);
    expect(factsOf(record)).toMatchObject({
      eqf: 6,
      nqf: 'IE NQF 6',
      ects: 2,
      hours: 60,
      country: 'IE',
      pace: undefined,
      amounts: [],
      qualityAssurance: [],
    });
    expect(record.skills.value?.map(({ uri }) => uri)).toEqual([
      'http://data.europa.eu/esco/skill/21d2f96d-35f7-4e3f-9745-c533d2dd6e97',
    ]);
    expect(record.opportunities[0]?.name).toEqual([
      { language: 'en', value: 'Digital micro-credential creation' },
      { language: 'fi', value: 'Digitaalisen pienen osaamiskokonaisuuden luominen' },
    ]);
  });

  test('without credits, outcomes and EQF level none of them is made up', async () => {
    const record = (await harvest('loq/AUTHORED-INVALID-missing-point-outcome-eqf.ttl')).at(SPEC);
    expect(factsOf(record)).toMatchObject({
      ects: undefined,
      credits: [],
      eqf: undefined,
      'eqf.derived': 5,
      nqf: 'IE NQF 6',
    });
    expect(factsOf(record).outcomes).toEqual(['The learner can issue EDCs.']); // of the summary
  });

  test('the least that is valid', async () => {
    const record = (await harvest('loq/AUTHORED-minimal-valid-loq.ttl')).at('http://ex.org/las/1');
    expect(factsOf(record)).toMatchObject({
      title: ['Intro'],
      ects: 2,
      hours: 60,
      country: 'IE',
      offeredBy: ['Uni'],
      awarding: [],
      eqf: undefined,
      kind: undefined,
    });
    expect(record.issuerCountry.state).toBe('derived'); // of the provider: nobody says who awards
  });

  test.each([
    'loq/official-random-loq-3.1.xml',
    'loq/official-random-loq-3.2.xml',
    'loq/official-random-loq_withLearningAchievementSpecification-3.2.xml',
  ])('%s: nothing in it is released', async (name) => {
    const { credentials, rules, providers } = await harvest(name);
    expect([credentials.size, providers.size]).toEqual([0, 2]);
    expect(new Set(rules)).toEqual(new Set(['not-released']));
    expect(rules.length).toBe(4);
  });

  const MC = [
    'edc/Sample-MC-Annex1-signed.jsonld',
    'edc/Sample-MC-Annex1-unsigned.jsonld',
    'edc/Sample-MC-Annex1-unsigned-uploadable.json',
  ];
  test.each(MC)("the Commission's micro-credential: %s", async (name) => {
    const { credentials, records, faults, providers } = await harvest(name);
    expect([credentials.size, faults.length]).toEqual([1, 0]);
    const [record] = [...credentials.values()] as [Credential];
    expect(factsOf(record)).toMatchObject({
      title: ['Digital micro-credential creation'],
      outcomes: ['Communication, collaboration and creativity', 'Developing digital content / Contento digital'],
      eqf: 6,
      nqf: 'RQF 6',
      ects: 2,
      hours: 60,
      durationText: '≤ P1M',
      modes: ['blended'],
      assessment: ['artefact-assessment'], // a type without an address, known by its words
      fields: ['003', '0688'],
      languages: ['en'],
      awarding: ['University of Zed'], // not who sealed it
      country: 'IE', // nor where
      start: undefined, // dates of the learner
      runs: 0,
    });
    expect(record.kind).toMatchObject({
      state: 'stated',
      value: { text: [{ value: 'Short learning programme' }] },
      derived: { value: { code: 'micro-credential' } },
    });
    expect(record.kind.value?.code).toBeUndefined(); // its profile is "Generic"
    expect(record.supervision.state).toBe('not-stated'); // how this learner was supervised
    expect(record.skills.value?.length).toBe(6);
    expect(record.identifier).toMatch(/^made:/);
    const raw = JSON.stringify(records);
    expect(raw).not.toMatch(
      /Andromeda|Ana\b|1999|IT-12345678|"Pass"|C012|c598449d64|3ef0ac26|1018d05f|ORGANIZACION|2023-0/,
    );
    expect(raw.length).toBeLessThan(20_000); // no pictures
    expect([...providers.values()].map(({ country, url }) => [country, url])).toEqual([['IE', 'https://uniz.edu/']]);
  });

  test('a credential that specifies nothing is told, in JSON-LD and in Turtle', async () => {
    for (const name of ['edc/elm32-credential-sample.jsonld', 'edc/elm32-credential-sample.ttl']) {
      const { records, rules } = await harvest(name);
      expect(records).toEqual([]);
      expect(rules).toEqual(['credential-without-specification', 'no-elm-record']);
    }
  });

  test("test data of the Commission's software", async () => {
    const { credentials, records } = await harvest('edc/edci-cred1.jsonld');
    const [record] = [...credentials.values()] as [Credential];
    expect(factsOf(record)).toMatchObject({
      title: ['TITLE'],
      country: 'FR',
      awarding: ['Legal Name S.L'],
      eqf: undefined,
    });
    expect(records[0]?.identifier).not.toBe('urn:achs:1'); // a number within the document
  });

  test('QualityLink: Slovenia', async () => {
    const { at, credentials, faults } = await harvest('quality-link/SI0001.ttl');
    expect([credentials.size, faults.length]).toEqual([2, 0]);
    const record = at('urn:schac:courseId:uni-lj.si:123');
    expect(factsOf(record)).toMatchObject({
      title: ['Computer Science - Linked Open Data'],
      eqf: 7,
      fields: ['0611'],
      outcomes: ['The learner is able to explain different serialisation formats for RDF data.'],
      startText: 'Sommersemester 2025',
      start: undefined,
      runs: 1,
      url: undefined, // the front page of the project
      country: undefined,
      ects: undefined,
    });
    expect(at('http://course.are.cool/123').level.value?.eqf).toBe(6);
  });

  test('QualityLink: an opportunity of a specification that is not there is a record of its own', async () => {
    const { at, credentials } = await harvest('quality-link/AT0002.ttl');
    expect(credentials.size).toBe(3);
    const record = at('http://data.quality-link.eu/examples/learning-opportunity/4711/sose2025');
    expect(factsOf(record)).toMatchObject({ runs: 1, startText: 'Sommersemester 2025', outcomes: [], eqf: undefined });
    expect(record.languages.state).toBe('not-stated'); // elm:defaultLanguage is that of the text
  });

  test('made-up JSON-LD of a third party', async () => {
    const { at } = await harvest('loq/conform-ed-fixtures/loq/canonical.jsonld');
    expect(factsOf(at('urn:elm:fixture:lo:1'))).toMatchObject({
      title: ['Introduction to Digital Credentials'],
      offeredBy: ['Open Learning Institute'],
      country: 'BE',
    });
    expect((await harvest('loq/conform-ed-fixtures/loq/invalid-missing-title.jsonld')).rules).toEqual([
      'missing-title',
    ]);
  });

  test.each([
    'shapes/elm-3.2/ontology/ELM.ttl',
    'shapes/LOQ-constraints-3.2.js-regex-patched.ttl',
    'quality-link/alliance.ttl',
    'loq/conform-ed-fixtures/ams/canonical.jsonld',
    'quality-link/ontology-shacl.ttl',
  ])('%s is no catalogue, and does not pass for an empty one', async (name) => {
    const { credentials, faults } = await harvest(name);
    expect(credentials.size).toBe(0);
    expect(faults.some(({ incomplete }) => incomplete)).toBe(true);
  });
});

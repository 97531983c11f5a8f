import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { patternsIn } from '../../../crawler/decode/linked/sparql-query.ts';
import { isFault, type RawRecord, type RecordFault } from '../../../crawler/format.ts';
import { loadFormats } from '../../../crawler/registry.ts';
import type { Credential, Problem, SourceDefinition } from '../../../schema/index.ts';
import { factsOf } from '../../contract/facts.ts';
import { suiteSource } from '../../contract/format-suite.ts';
import { normalisedOf } from '../../contract/read-feed.ts';
import { FIXTURES } from '../../support/fixture-files.ts';

const elm = (await loadFormats()).get('elm');
if (!elm) throw new Error('no elm');
const URL_OF_PAGE = 'https://marsh.example/feed';
const source: SourceDefinition = suiteSource('elm', URL_OF_PAGE);

async function harvest(body: string | AsyncIterable<Uint8Array>, url = URL_OF_PAGE) {
  const records: RawRecord[] = [];
  const faults: RecordFault[] = [];
  async function* bytes() {
    yield Buffer.from(body as string);
  }
  for await (const item of elm?.records(typeof body === 'string' ? bytes() : body, { url, source, envelope: {} }) ?? [])
    if (isFault(item)) faults.push(item);
    else records.push(item);
  const results = elm ? normalisedOf(elm, source, records) : new Map();
  return { records, faults, results, rules: faults.map(({ rejection }) => rejection.rule) };
}

/** What the one record of a document comes to. */
async function read(body: string): Promise<{ record: Credential; told: string[] }> {
  const { results } = await harvest(body);
  const [result] = [...results.values()];
  if (!result || 'rejection' in result || !result.credential) throw new Error(`no record: ${JSON.stringify(result)}`);
  return { record: result.credential, told: result.problems.map(({ rule }: Problem) => rule) };
}

const PREFIXES = `@prefix dc: <http://purl.org/dc/terms/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rov: <http://www.w3.org/ns/regorg#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n`;
const turtle = (more: string, base = 'http://data.europa.eu/snb/model/elm/') =>
  `@prefix elm: <${base}> .\n${PREFIXES}<https://marsh.example/q/1> a elm:Qualification ; dc:title "Salt marsh"@en ${more} .\n`;

describe('the same record, whatever it is written in', () => {
  const body =
    ';dc:language <http://publications.europa.eu/resource/authority/language/ENG>; elm:EQFLevel <http://data.europa.eu/snb/eqf/5>; elm:ISCEDFCode <http://data.europa.eu/snb/isced-f/0521>; elm:learningOutcome [ dc:title "Tell rushes apart"@en ]; elm:volumeOfLearning "PT50H"';
  const json = (context: unknown) =>
    JSON.stringify({
      '@context': context,
      id: 'https://marsh.example/q/1',
      type: 'Qualification',
      title: { en: 'Salt marsh' },
      language: { id: 'http://publications.europa.eu/resource/authority/language/ENG', type: 'Concept' },
      eqfLevel: { id: 'http://data.europa.eu/snb/eqf/5', type: 'Concept' },
      thematicArea: [{ id: 'http://data.europa.eu/snb/isced-f/0521', type: 'Concept' }],
      learningOutcome: [{ type: 'LearningOutcome', title: { en: ['Tell rushes apart'] } }],
      volumeOfLearning: 'PT50H',
    });
  const rdf = (base: string) =>
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="${base}" xmlns:dc="http://purl.org/dc/terms/"><e:Qualification rdf:about="https://marsh.example/q/1"><dc:title xml:lang="en">Salt marsh</dc:title><dc:language rdf:resource="http://publications.europa.eu/resource/authority/language/ENG"/><e:EQFLevel rdf:resource="http://data.europa.eu/snb/eqf/5"/><e:ISCEDFCode rdf:resource="http://data.europa.eu/snb/isced-f/0521"/><e:learningOutcome rdf:parseType="Resource"><dc:title xml:lang="en">Tell rushes apart</dc:title></e:learningOutcome><e:volumeOfLearning>PT50H</e:volumeOfLearning></e:Qualification></rdf:RDF>`;
  const loq = (base: string) =>
    `<Courses xmlns="${base}"><learningAchievementSpecificationReferences><qualification id="https://marsh.example/q/1"><title language="en">Salt marsh</title><ISCEDFCode uri="http://data.europa.eu/snb/isced-f/0521"/><volumeOfLearning>PT50H</volumeOfLearning><language uri="http://publications.europa.eu/resource/authority/language/ENG"/><learningOutcome idref="urn:o:1"/><EQFLevel uri="http://data.europa.eu/snb/eqf/5"/></qualification></learningAchievementSpecificationReferences><learningOutcomeReferences><learningOutcome id="urn:o:1"><title language="en">Tell rushes apart</title></learningOutcome></learningOutcomeReferences></Courses>`;

  test.each([
    ['Turtle, ELM 3.2', turtle(body)],
    ['Turtle, ELM 3.3', turtle(body, 'http://data.europa.eu/snb/model/ontology/')],
    ['Turtle, a pre-release', turtle(body, 'http://data.europa.eu/snb/model/')],
    ['Turtle, the slash of the namespace missing', turtle(body, 'http://data.europa.eu/snb/model/elm')],
    ['RDF/XML, ELM 3.2', rdf('http://data.europa.eu/snb/model/elm/')],
    ['RDF/XML, ELM 3.3', rdf('http://data.europa.eu/snb/model/ontology/')],
    ['LOQ XML, old namespace', loq('http://data.europa.eu/snb/model/ap/loq-constraints/')],
    ['LOQ XML, new namespace', loq('http://data.europa.eu/snb/model/application-profile/loq-constraints/')],
    ['JSON-LD, the context of EDC', json('http://data.europa.eu/snb/model/context/edc-ap')],
    ['JSON-LD, a namespace for a context', json('http://data.europa.eu/snb/model/elm/')],
    ['JSON-LD, no context', json(undefined)],
  ])('%s', async (_, document) => {
    expect(elm.detect({ text: document })).toBeGreaterThanOrEqual(0.8);
    const { record, told } = await read(document);
    expect(told).toEqual([]);
    expect(record.identifier).toBe('https://marsh.example/q/1');
    expect(factsOf(record)).toMatchObject({
      title: ['Salt marsh'],
      languages: ['en'],
      eqf: 5,
      fields: ['0521'],
      hours: 50,
      outcomes: ['Tell rushes apart'],
    });
  });
});

test('a context that stands in the document is followed', async () => {
  const { record } = await read(
    JSON.stringify({
      '@context': {
        elm: 'http://data.europa.eu/snb/model/elm/',
        dct: 'http://purl.org/dc/terms/',
        Kennung: '@id',
        Art: '@type',
        Titel: { '@id': 'dct:title', '@container': '@language' },
        Stufe: 'elm:EQFLevel',
        Sorte: 'dct:type',
      },
      Kennung: 'https://marsh.example/q/1',
      Art: 'elm:Qualification',
      Titel: { de: 'Salzwiese' },
      Stufe: { Kennung: 'http://data.europa.eu/snb/eqf/5' },
      Sorte: { Kennung: 'http://data.europa.eu/snb/learning-opportunity/05053c1cbe' },
    }),
  );
  expect(factsOf(record)).toMatchObject({ title: ['Salzwiese'], languagesOfTitle: ['de'], eqf: 5, kind: 'course' });
});

describe('nothing is fetched, nothing is expanded', () => {
  const connect = vi.spyOn(Socket.prototype, 'connect');
  const fetched = vi.spyOn(globalThis, 'fetch');

  test.each([
    [
      'a context',
      JSON.stringify({
        '@context': ['https://evil.example/context', { '@import': 'https://evil.example/i' }],
        '@id': 'https://a.example/1',
        '@type': 'http://data.europa.eu/snb/model/elm/Qualification',
        'http://purl.org/dc/terms/title': 'X',
      }),
    ],
    [
      'owl:imports',
      `${turtle('')}<https://a.example/> <http://www.w3.org/2002/07/owl#imports> <https://evil.example/o> .`,
    ],
    [
      'xsi:schemaLocation',
      '<Courses xmlns="http://data.europa.eu/snb/model/ap/loq-constraints/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x https://evil.example/x.xsd"><learningAchievementSpecificationReferences><qualification id="https://a.example/1"><title>X</title></qualification></learningAchievementSpecificationReferences></Courses>',
    ],
  ])('%s', async (_, document) => {
    expect((await harvest(document)).records.length).toBeGreaterThan(0);
    expect(connect).not.toHaveBeenCalled();
    expect(fetched).not.toHaveBeenCalled();
  });

  const bomb = '<!DOCTYPE x [ <!ENTITY a "aaaaaaaaaa"> <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"> ]>';
  const external = '<!DOCTYPE x [ <!ENTITY b SYSTEM "file:///etc/passwd"> ]>';
  const rdf =
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://data.europa.eu/snb/model/elm/"><e:Qualification rdf:about="https://a.example/1"><e:title>&b;</e:title></e:Qualification></rdf:RDF>';
  const loq =
    '<Courses xmlns="http://data.europa.eu/snb/model/ap/loq-constraints/"><learningAchievementSpecificationReferences><qualification id="https://a.example/1"><title>&b;</title></qualification></learningAchievementSpecificationReferences></Courses>';
  test.each([
    ['an entity bomb, RDF/XML', bomb + rdf],
    ['an external entity, RDF/XML', external + rdf],
    ['an entity bomb, LOQ XML', bomb + loq],
    ['an external entity, LOQ XML', external + loq],
    ['behind a comment with a tag in it', `<!-- <a> -->${bomb}${rdf}`],
  ])('%s', async (_, document) => {
    const { records, faults } = await harvest(document);
    expect(records).toEqual([]);
    expect(faults).toMatchObject([{ rejection: { rule: 'xml-entity-declaration' }, incomplete: true }]);
  });
});

describe('what would take memory or time', () => {
  test('elements nested 100,000 deep', async () => {
    const open =
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://data.europa.eu/snb/model/elm/">';
    expect((await harvest(open + '<e:Qualification><e:hasPart>'.repeat(50_000))).rules).toContain('xml-too-deep');
  });

  test('a list of 20,000 and blank nodes in a ring', async () => {
    const { results } = await harvest(
      turtle(
        `; elm:hasPart (${'"x" '.repeat(20_000)}) ; elm:isPartOf _:a . _:a elm:isPartOf _:b . _:b elm:isPartOf _:a`,
      ),
    );
    expect([...results.keys()]).toContain('https://marsh.example/q/1');
  });

  test('a catalogue beyond 64 Mi characters is refused', async () => {
    async function* endless() {
      yield Buffer.from(turtle(''));
      const mebibyte = Buffer.from(`${'# '.padEnd(1023, 'x')}\n`.repeat(1024));
      for (let n = 0; n < 65; n++) yield mebibyte;
    }
    await expect(harvest(endless())).rejects.toThrow(/more than 67108864 characters/);
  }, 60_000);
});

test('LOQ XML of any size: its records find what stands behind all of them', async () => {
  const HOW_MANY = 3000;
  async function* long() {
    const numbers = Array.from({ length: HOW_MANY }, (_, n) => n);
    const padding = 'Long words. '.repeat(900);
    yield Buffer.from(
      '<Courses xmlns="http://data.europa.eu/snb/model/application-profile/loq-constraints/"><learningOpportunityReferences>',
    );
    for (const n of numbers)
      yield Buffer.from(
        `<learningOpportunity id="https://l.example/o/${n}"><title language="en">Group ${n}</title><description language="en">${padding}</description><providedBy idref="https://l.example/org"/><learningAchievementSpecification idref="https://l.example/s/${n}"/></learningOpportunity>`,
      );
    yield Buffer.from('</learningOpportunityReferences><learningAchievementSpecificationReferences>');
    for (const n of numbers)
      yield Buffer.from(
        `<qualification id="https://l.example/s/${n}"><title language="en">Subject ${n}</title><description language="en">${padding}</description><learningOutcome idref="https://l.example/lo/${n}"/>${n % 3 ? '' : '<status>obsolete</status>'}</qualification>`,
      );
    yield Buffer.from('</learningAchievementSpecificationReferences><learningOutcomeReferences>');
    for (const n of numbers)
      yield Buffer.from(
        `<learningOutcome id="https://l.example/lo/${n}"><title language="en">Do ${n}</title></learningOutcome>`,
      );
    yield Buffer.from(
      '</learningOutcomeReferences><agentReferences><organisation id="https://l.example/org"><legalName language="en">Long School</legalName></organisation></agentReferences></Courses>',
    );
  }
  const { results, faults, records } = await harvest(long());
  expect(faults.map(({ rejection }) => [rejection.rule, rejection.found])).toEqual([
    ['not-released', `${HOW_MANY / 3} × obsolete`],
  ]);
  // Opportunities of what is not released stand alone.
  expect([records.length, results.size]).toEqual([HOW_MANY * 2 - HOW_MANY / 3, HOW_MANY]);
  const record = results.get('https://l.example/s/2000').credential;
  expect(factsOf(record)).toMatchObject({
    title: ['Subject 2000'],
    outcomes: ['Do 2000'],
    offeredBy: ['Long School'],
    runs: 1,
  });
}, 60_000);

describe('a graph that breaks off', () => {
  const second = '<https://marsh.example/q/2> a elm:Qualification ; dc:title "Whole"@en ; elm:volumeOfLearning "PT';

  test('gives what was whole before, not what it was about, and says so', async () => {
    const { results, faults } = await harvest(turtle('') + second);
    expect([...results.keys()]).toEqual(['https://marsh.example/q/1']);
    expect(faults).toMatchObject([{ rejection: { rule: 'turtle-syntax' }, incomplete: true }]);
  });

  test.each([
    ['before anything is said of the next', '<https://marsh.example/q/2> a "', ['1']],
    ['in the middle of an address', '<https://marsh.exa', ['1']],
    ['in the middle of a record', '<https://marsh.example/q/2> a elm:Qualification ;\n  dc:title "Two"@en ;\n', ['1']],
    [
      'in a subject with a prefix',
      '@prefix m: <https://marsh.example/q/> .\nm:2 a elm:Qualification ; dc:title "Two"@en ; elm:mode',
      ['1'],
    ],
  ])('%s', async (_, end, whole) => {
    const { results } = await harvest(turtle('') + end);
    expect([...results.keys()].map((id) => id.split('/').at(-1))).toEqual(whole);
  });

  test.each([
    [
      'a literal without its end',
      '<https://marsh.example/q/2> a elm:Qualification ;\n  dc:title "Half ;\n  elm:status "released" .\n',
    ],
    [
      'an address with a space',
      '<https://marsh.example/q/2> a elm:Qualification ;\n  dc:title "Half"@en ; elm:hasPart <https://marsh.example/a b> .\n',
    ],
    ['a prefix that nobody declared', '<https://marsh.example/q/2> a elm:Qualification ; nix:title "Half" .\n'],
    ['a point too few', '<https://marsh.example/q/2> a elm:Qualification ; dc:title "Half"@en\n'],
  ])('one bad statement costs its own record: %s', async (_, bad) => {
    const good = (n: number) =>
      `<https://marsh.example/q/${n}> a elm:Qualification ;\n  dc:title "Good ${n}"@en ; elm:learningOutcome [ dc:title "Do"@en ] .\n\n`;
    const { results, faults } = await harvest(`${turtle('')}${good(3)}${bad}\n${good(4)}${good(5)}`);
    expect([...results.keys()]).toEqual([1, 3, 4, 5].map((n) => `https://marsh.example/q/${n}`));
    expect(faults).toMatchObject([{ rejection: { rule: 'turtle-syntax', path: 'https://marsh.example/q/2' } }]);
  });

  test('is no Turtle at all', async () => {
    await expect(harvest('Please log in to see this page')).rejects.toThrow(/no Turtle/);
    await expect(harvest('PK\u0003\u0004 and so on')).rejects.toThrow(/ZIP/);
    await expect(harvest('<html><body>Log in</body></html>')).rejects.toThrow(/HTML|not a catalogue/);
  });

  test('says nothing of ELM: no empty catalogue', async () => {
    const { faults } = await harvest('<https://a.example/1> a <https://schema.org/Course> .');
    expect(faults).toMatchObject([{ rejection: { rule: 'no-elm-record' }, incomplete: true }]);
  });
});

describe('credentials are read as what they are of', () => {
  test.each(['credential.jsonld', 'sealed.json'])('%s says nothing of the holder', async (name) => {
    const { records } = await harvest(readFileSync(new URL(`elm/${name}`, FIXTURES), 'utf8'));
    const raw = JSON.stringify(records);
    expect(records.length).toBeGreaterThan(0);
    expect(raw).not.toMatch(
      /Quirina|Holderby|1999|XX-99|passed with|awardingDate|c598449d64|SEALER|urn:credential|2026-05|eyJ/,
    );
  });

  test('also where the graph has all its nodes side by side', async () => {
    const { records } = await harvest(`@prefix elm: <http://data.europa.eu/snb/model/elm/> . ${PREFIXES}
<urn:c:1> a elm:EuropeanDigitalCredential ; <https://www.w3.org/2018/credentials#credentialSubject> <urn:p:1> ; elm:credentialSubject <urn:p:1> .
<urn:p:1> a elm:Person ; elm:givenName "Quirina"@en ; elm:hasClaim <urn:cl:1> .
<urn:cl:1> a elm:LearningAchievement ; dc:title "Quirina's bees"@en ; elm:specifiedBy <https://hive.example/bees> .
<https://hive.example/bees> a elm:LearningAchievementSpecification ; dc:title "Bees"@en .`);
    expect(records.map(({ identifier }) => identifier)).toEqual(['https://hive.example/bees']);
    expect(JSON.stringify(records)).not.toContain('Quirina');
  });
});

describe('only what is released', () => {
  test('a word, a concept, a flag of QualityLink', async () => {
    const { results, faults } = await harvest(
      `${turtle('; elm:status "released"')}<https://marsh.example/q/2> a elm:Qualification ; dc:title "A"@en ; elm:status [ skos:prefLabel "obsolete"@en ] .
<https://marsh.example/q/3> a elm:Qualification ; dc:title "B"@en ; elm:status "obsolete" .
<https://marsh.example/q/4> a elm:Qualification ; dc:title "C"@en ; elm:status <https://publications.europa.eu/resource/authority/snb/status/released> .
<https://marsh.example/q/5> a <http://data.quality-link.eu/ontology/v1#LearningOpportunitySpecification> ; dc:title "D"@en ; <http://data.quality-link.eu/ontology/v1#isActive> false .`,
    );
    expect([...results.keys()].sort()).toEqual(['https://marsh.example/q/1', 'https://marsh.example/q/4']);
    expect(faults.map(({ rejection, incomplete }) => [rejection.rule, rejection.found, incomplete])).toEqual([
      ['not-released', '2 × obsolete', undefined],
      ['not-released', '1 × not active', undefined],
    ]);
  });
});

describe('effort is not calendar time', () => {
  test.each([
    ['PT60H', { hours: 60, duration: undefined }, []],
    ['P2DT12H', { hours: 60, duration: undefined }, []],
    ['P1DT90M', { hours: 25.5 }, []],
    ['PT90M', { hours: 1.5 }, []],
    ['P2D', { hours: undefined, duration: 'P2D' }, ['workload-is-duration']],
    ['P6M', { hours: undefined, duration: 'P6M' }, ['workload-is-duration']],
    ['P60M', { hours: undefined, duration: undefined, durationText: 'P60M' }, ['doubtful-duration']],
    ['P15MT1500H', { hours: undefined, duration: undefined }, ['mixed-duration']],
    ['P0Y0M', { hours: undefined, duration: undefined }, ['not-a-duration']],
  ])('%s', async (volume, facts, rules) => {
    const { record, told } = await read(turtle(`; elm:volumeOfLearning "${volume}"^^xsd:duration`));
    expect(factsOf(record)).toMatchObject(facts);
    expect(told).toEqual(rules);
  });
});

describe('credits are ECTS where that is said', () => {
  const credit = (framework: string, point: string) =>
    turtle(`; elm:creditPoint [ ${framework ? `elm:framework ${framework} ;` : ''} elm:point "${point}" ]`);
  test.each([
    ['<http://data.europa.eu/snb/education-credit/6fcec5c5af>', '2', { ects: 2, credits: [] }],
    ['<http://data.europa.eu/snb/education-credit/60b314e826>', '4', { ects: undefined, credits: ['ECVET 4'] }],
    ['[ skos:prefLabel "European Credit Transfer System"@en ]', '3', { ects: 3 }],
    ['<http://data.europa.eu/snb/education-credit/ects>', '3', { ects: 3 }],
    ['<http://data.europa.eu/snb/education-credit/0000000000>', '3', { ects: undefined, credits: ['not named 3'] }],
    ['', '8 Semester / 240 ECTS', { ects: 240 }],
    ['', '8 Semester', { ects: undefined }],
    ['', '30', { ects: undefined, credits: ['not named 30'] }],
  ])('%s %s', async (framework, point, facts) => {
    const { record } = await read(credit(framework, point));
    expect(factsOf(record)).toMatchObject(facts);
  });
});

test.each([
  ['240', 240],
  ['1.250', 1.25],
  ['1250.50', 1250.5],
])('a price of %s is that of xsd:decimal', async (value, amount) => {
  const euro = '<http://publications.europa.eu/resource/authority/currency/EUR>';
  const { results } = await harvest(
    `${turtle('')}<https://marsh.example/o/1> a elm:LearningOpportunity ; dc:title "A"@en ; elm:learningAchievementSpecification <https://marsh.example/q/1> ; elm:priceDetail [ elm:amount [ <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> "${value}" ; elm:unit ${euro} ] ] .`,
  );
  expect(factsOf([...results.values()][0].credential).amounts).toEqual([`${amount} EUR`]);
});

test.each([
  ['the title of a degree, in Finland', 'https://rdf.oph.fi/tutkintonimike/10091', '"Leipuri-kondiittori"@fi'],
  ['the title of the record', 'https://marsh.example/outcome/1', '"salt  Marsh"@en'],
])('what is no outcome is not stated as one: %s', async (_, id, title) => {
  const outcome = `<${id}> a elm:LearningOutcome ; dc:title ${title} .`;
  const { record, told } = await read(`${turtle(`; elm:learningOutcome <${id}>`)}${outcome}`);
  expect(record.learningOutcomes.state).toBe('not-stated');
  expect(told).toEqual(['title-as-outcome']);
});

describe('kinds', () => {
  const kind = async (more: string) => (await read(turtle(more))).record.kind;
  test('are derived for micro-credentials, by the rule that says so', async () => {
    expect(await kind('; dc:type <http://data.europa.eu/snb/learning-opportunity/74a4a268e8>')).toMatchObject({
      state: 'derived',
      value: { code: 'micro-credential' },
      origin: { rule: 'elm-short-learning-programme' },
    });
    expect(await kind(', "Mikrokvalifikatsioon: sood"@et , "Micro-credential in marshes"@en')).toMatchObject({
      state: 'derived',
      origin: { rule: 'micro-credential-in-title' },
    });
    expect(await kind('; dc:type <http://data.europa.eu/snb/learning-opportunity/05053c1cbe>')).toMatchObject({
      state: 'stated',
      value: { code: 'course' },
    });
  });
  test('are not stated where only the class says qualification, nor where the flag does', async () => {
    expect((await kind('; elm:isPartialQualification false')).state).toBe('not-stated');
    expect((await kind('; elm:isPartialQualification true')).state).toBe('not-stated');
    expect((await kind('')).state).toBe('not-stated');
  });
  test('the words for a micro-credential stand as a type: stated', async () => {
    expect(await kind('; dc:type [ skos:prefLabel "Micro-credential"@en ]')).toMatchObject({
      state: 'stated',
      value: { code: 'micro-credential' },
    });
  });
});

describe('answers of the register', () => {
  const answer = (query: string, rows: readonly object[]) =>
    harvest(
      JSON.stringify({ head: { vars: ['q', 'v'] }, results: { bindings: rows } }),
      `https://register.example/sparql?query=${encodeURIComponent(query)}`,
    );
  const q = { type: 'uri', value: 'http://data.europa.eu/snb/data/qualification/1' };
  const literal = (value: string, language?: string) => ({
    type: 'literal',
    value,
    ...(language ? { 'xml:lang': language } : {}),
  });

  test('the query says what they are of', async () => {
    const { results } = await answer(
      'PREFIX elm: <http://data.europa.eu/snb/model/elm/> SELECT ?q ?v ?f ?t WHERE { ?q elm:EQFLevel <http://data.europa.eu/snb/eqf/5> ; elm:status "released" . ?q dc:title ?t . ?q elm:creditPoint ?c . ?c elm:point ?v . ?c elm:framework ?f }',
      [
        {
          q,
          t: literal('Lace', 'en'),
          v: literal('3'),
          f: { type: 'uri', value: 'http://data.europa.eu/snb/education-credit/6fcec5c5af' },
        },
      ],
    );
    const [result] = [...results.values()];
    expect(factsOf(result.credential)).toMatchObject({ title: ['Lace'], languagesOfTitle: ['en'], eqf: 5, ects: 3 });
  });

  test('else the names of the variables do', async () => {
    const { results } = await answer('', [
      {
        qualification: q,
        title: literal('Lace', 'en'),
        EQFLevel: { type: 'uri', value: 'http://data.europa.eu/snb/eqf/4' },
      },
      {
        qualification: q,
        title: literal('Bizzilla', 'mt'),
        EQFLevel: { type: 'uri', value: 'http://data.europa.eu/snb/eqf/4' },
      },
    ]);
    expect(factsOf([...results.values()][0].credential)).toMatchObject({ title: ['Lace', 'Bizzilla'], eqf: 4 });
  });

  test('patterns of a query', () => {
    expect(
      patternsIn(
        'SELECT ?q WHERE { ?q a elm:Qualification ; foaf:homepage/elm:contentUrl ?v ; <http://purl.org/dc/terms/title> ?t . }',
      ),
    ).toEqual([
      { subject: '?q', way: ['@type'], object: 'elm:Qualification' },
      { subject: '?q', way: ['foaf:homepage', 'elm:contentUrl'], object: '?v' },
      { subject: '?q', way: ['http://purl.org/dc/terms/title'], object: '?t' },
    ]);
  });
});

test('QualityLink: what only its profile has', async () => {
  const { record, told } = await read(
    `@prefix ql: <http://data.quality-link.eu/ontology/v1#> . @prefix elm: <http://data.europa.eu/snb/model/elm/> . ${PREFIXES}
<https://marsh.example/q/1> a ql:LearningOpportunitySpecification ; dc:title "Salt marsh"@en ; ql:isActive true ; ql:ISCEDFNarrowField <http://data.europa.eu/snb/isced-f/052> ;
  ql:entryRequirementLearningOpportunity <https://marsh.example/q/0> ; elm:gradingScheme [ a elm:GradingScheme ; dc:title "1 to 5"@en ] ;
  dc:publisher [ a ql:HigherEducationInstitution ; rov:legalName "Marsh University"@en ] .`,
  );
  expect(told).toEqual([]);
  expect(factsOf(record)).toMatchObject({
    fields: ['052'],
    grade: ['1 to 5'],
    offeredBy: ['Marsh University'],
    awarding: [],
  });
  expect(record.relations.map(({ type, target }) => [type, target])).toEqual([
    ['requires', 'https://marsh.example/q/0'],
  ]);
});

test('ECIU: a list of texts that are JSON', async () => {
  const text = (n: number) =>
    JSON.stringify({
      Id: `https://a.example/${n}`,
      Type: 'LearningOpportunity',
      Title: { en: `Maps ${n}` },
      EQFLevel: { Id: 'http://data.europa.eu/snb/eqf/7' },
    });
  const list = JSON.stringify([text(1), 'no JSON', text(2)]);
  expect(elm.detect({ text: list })).toBeGreaterThanOrEqual(0.8);
  const { results, faults } = await harvest(list);
  expect([...results.keys()]).toEqual(['https://a.example/1', 'https://a.example/2']);
  expect(faults).toMatchObject([{ rejection: { rule: 'not-a-record', path: '/1' } }]);
});

test('several opportunities of one specification are its runs; what they share is the credential', async () => {
  const offer = (n: number, more: string) =>
    `<https://marsh.example/o/${n}> a elm:LearningOpportunity ; dc:title "Marsh, group ${n}"@en ; elm:learningAchievementSpecification <https://marsh.example/q/1> ; dc:temporal [ elm:startDate "2027-0${n}-01" ] ${more} .\n`;
  const { results } = await harvest(
    turtle('') + offer(1, '; dc:description "One."@en') + offer(2, '; dc:description "Two."@en'),
  );
  expect([...results.keys()]).toEqual(['https://marsh.example/q/1']);
  const record = [...results.values()][0].credential as Credential;
  expect(record.opportunities.map(({ id, startDate }) => [id, startDate])).toEqual([
    ['https://marsh.example/o/1', '2027-01-01'],
    ['https://marsh.example/o/2', '2027-02-01'],
  ]);
  // Which of the two would be that of the whole?
  expect(record.description.state).toBe('not-stated');
});

describe('a credential in XML (EDCI, second version)', () => {
  const document = readFileSync(new URL('elm/credential-2.xml', FIXTURES), 'utf8');

  test('nothing of its holder, what that one did and when, and no contact is in raw, record or report', async () => {
    const { records, faults, results } = await harvest(document);
    expect(results.size).toBe(2);
    expect(JSON.stringify([records, faults, [...results]])).not.toMatch(
      /Marged|Prydderch|Rhydderch|she achieved|of a holder|9\.5|2000-10|2021-06|autumn|mailto|urn:epass:person/i,
    );
  });

  test('one that names no specification gives nothing, and does not say that the catalogue is empty', async () => {
    const bare = document.replace(/<learningSpecificationReferences>[\s\S]*<\/learningSpecificationReferences>/, '');
    const { records, faults } = await harvest(bare);
    expect(records).toEqual([]);
    expect(faults).toMatchObject([{ incomplete: true, rejection: { rule: 'no-elm-record' } }]);
  });
});

import { createReadStream } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isFault, type Page, type RawRecord, type RecordFault } from '../../../crawler/format.ts';
import { xcriCap as unguarded } from '../../../crawler/formats/xcri-cap/index.ts';
import { behindDoor } from '../../../crawler/persons/format-door.ts';
import { Credential, type Problem, Provider, SourceDefinition } from '../../../schema/index.ts';

/** As the registry gives it. */
const xcriCap = behindDoor(unguarded);

const FIXTURES = new URL('../../fixtures/xcri-cap/', import.meta.url);
const source = SourceDefinition.parse({
  id: 'test',
  title: 'Test',
  format: 'xcri-cap',
  url: 'https://feed.example/',
  publisher: 'Test',
  licence: 'CC0-1.0',
});

async function read(name: string, highWaterMark = 65_536) {
  const page: Page = { url: 'file:///x', source, envelope: {} };
  const records: RawRecord[] = [];
  const faults: RecordFault[] = [];
  for await (const item of xcriCap.records(createReadStream(new URL(name, FIXTURES), { highWaterMark }), page)) {
    if (isFault(item)) faults.push(item);
    else records.push(JSON.parse(JSON.stringify(item)));
  }
  return { records, faults };
}

function normal(records: RawRecord[], identifier: string, definition = source) {
  const main = records.find((r) => r.identifier === identifier && r.part === undefined);
  const parts = records.filter((r) => r.identifier === identifier && r.part !== undefined).map((r) => r.raw);
  const result = xcriCap.normalise(main?.raw, definition, identifier, parts);
  if ('rejection' in result || !result.credential) throw new Error(`rejected: ${JSON.stringify(result)}`);
  Credential.parse(result.credential);
  for (const provider of result.providers) Provider.parse(provider);
  return { credential: result.credential, providers: result.providers, problems: result.problems };
}
const rules = (problems: Problem[]) => problems.map((p) => `${p.rule} ${p.path}`);

describe('xcri-cap', async () => {
  const { records, faults } = await read('catalogue.xml');
  const peat = normal(records, 'https://glenmorlich.example/courses/peat');
  const erasmus = normal(records, 'https://glenmorlich.example/courses/erasmus');

  test('yields every course once, with faults for those without identifier', () => {
    expect(records.map((r) => r.path)).toEqual([
      '/catalog/provider[1]/course[1]',
      '/catalog/provider[1]/course[3]',
      '/catalog/provider[1]/course[4]',
      '/catalog/provider[2]/course[1]',
    ]);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.rejection).toMatchObject({ rule: 'missing-identifier', path: '/catalog/provider[1]/course[2]' });
    expect(faults[0]?.rejection.found).toContain('Glenmorlich College');
  });

  test.each([1, 7, 100])('gives the same records from pieces of %i bytes', async (size) => {
    expect(await read('catalogue.xml', size)).toEqual({ records, faults });
  });

  test('keeps titles in their languages and the stable identifier', () => {
    expect(peat.credential.title.value).toEqual([
      { language: 'en', value: 'Peatland Restoration' },
      { language: 'gd', value: 'Ath-nuadhachadh mòintich' },
    ]);
    expect(peat.credential.alternates).toEqual(['PB-07']);
  });

  test('flattens XHTML, splits outcomes, keeps objective and outcomes apart', () => {
    expect(peat.credential.description.value?.[0]?.value).toBe(
      'Two weeks on the bog.\n\n- Boots needed\n\n- Rain likely',
    );
    expect(peat.credential.learningOutcomes.value?.map((o) => o.text[0]?.value)).toEqual([
      'measure peat depth',
      'plan a dam & build it',
    ]);
    expect(peat.credential.purpose.value?.[0]?.value).toBe('To bring water back.');
    expect(peat.credential.furtherInformation.value?.text?.[0]?.value).toBe('Graduates work as rangers.');
  });

  test('keeps credit schemes; a level of SCQF is an NQF level, its EQF level is derived', () => {
    expect(peat.credential.workload.value).toEqual({
      credits: [
        { scheme: 'SCQF', value: 15, level: '8' },
        { scheme: 'CATS', value: 0 },
      ],
    });
    expect(peat.credential.level.value?.nqf).toEqual({ country: 'GB', framework: 'SCQF', level: '8' });
    expect(peat.credential.level.value?.eqf).toBeUndefined();
    expect(peat.credential.level.derived).toMatchObject({ value: { eqf: 5 }, origin: { rule: 'nqf-to-eqf' } });
    expect(rules(peat.problems)).toContain('zero-credits /course/credit[2]/value');
  });

  test('a vague qualification title is no kind', () => {
    expect(peat.credential.kind.state).toBe('not-stated');
    expect(erasmus.credential.kind.state).toBe('not-stated');
    expect(erasmus.credential.level.state).toBe('not-stated');
  });

  test('takes the machine-readable date and interval, and reports contradictions', () => {
    const run = peat.credential.opportunities[0];
    expect(run).toMatchObject({
      id: 'PB-07-A',
      startDate: '2027-03-01',
      endDate: '2027-03-14',
      duration: 'P2W',
      durationText: '3 weeks',
      pace: 'full-time',
      participation: ['presential'],
      place: 'Bog Hut, Aviemore',
      country: 'GB',
      languages: ['en'],
      url: 'https://glenmorlich.example/apply',
    });
    expect(run?.applicationDeadline).toBeUndefined();
    expect(run?.prices).toMatchObject([
      { amount: 155, currency: 'GBP', audience: 'UK fee' },
      { amount: 340, currency: 'GBP', audience: 'Ireland fee' },
    ]);
    expect(rules(peat.problems)).toEqual(
      expect.arrayContaining([
        'contradiction /course/presentation[1]/start',
        'contradiction /course/presentation[1]/duration',
        'impossible-date /course/presentation[1]/applyUntil',
      ]),
    );
    expect(peat.problems.find((p) => p.rule === 'not-mapped' && p.path === '')?.found).toBe(
      'course/presentation/places',
    );
  });

  test('distance without attendance is not called online, not known is not stated', () => {
    const run = peat.credential.opportunities[1];
    expect(run?.participation).toBeUndefined();
    expect(run).toMatchObject({
      startText: 'Any time',
      durationText: 'Variable',
      participationText: 'Distance without attendance',
    });
    expect(run?.startDate).toBeUndefined();
    expect(run?.duration).toBeUndefined();
    expect(run?.pace).toBeUndefined();
  });

  test('reads ECTS only from a scheme of that name; negative credits and dates of 1900 are dropped with a problem', () => {
    expect(erasmus.credential.workload.value).toEqual({ ects: 2.5 });
    expect(erasmus.credential.opportunities[0]).toMatchObject({ id: 'B01', hours: 20 });
    expect(erasmus.credential.opportunities[0]?.startDate).toBeUndefined();
    expect(rules(erasmus.problems)).toEqual(
      expect.arrayContaining([
        'negative-number /course/credit[2]/value',
        'placeholder-date /course/presentation/start',
      ]),
    );
  });

  test('knows the provider by the address after its courses, without contact data', () => {
    expect(peat.providers[0]).toMatchObject({
      identifier: 'https://glenmorlich.example/',
      country: 'GB',
      locality: 'Aviemore',
    });
    expect(peat.providers[0]?.identifiers).toEqual([{ scheme: 'ukprn', value: '10099999' }]);
    expect(peat.credential.awardingBody.value?.[0]?.id).toBe(peat.providers[0]?.id);
    expect(peat.credential.issuerCountry).toMatchObject({ state: 'stated', value: { country: 'GB' } });
    expect(JSON.stringify(records)).not.toMatch(/jane\.doe|567890|logo\.png/);
  });

  test('another awarding body is another provider, and its country is not known', () => {
    expect(erasmus.providers.map((p) => p.name?.[0]?.value)).toEqual(['Glenmorlich College', 'University of Nowhere']);
    expect(erasmus.credential.awardingBody.value?.[0]?.name?.[0]?.value).toBe('University of Nowhere');
    expect(erasmus.credential.issuerCountry.state).toBe('not-stated');
    const withDefault = normal(records, 'https://glenmorlich.example/courses/erasmus', {
      ...source,
      defaults: { country: 'GB' },
    });
    expect(withDefault.credential.issuerCountry).toMatchObject({
      state: 'derived',
      origin: { rule: 'source-default' },
    });
  });

  test('a stolen identifier makes two records, with a warning', () => {
    const stolen = records.find((r) => r.path === '/catalog/provider[2]/course[1]');
    expect(stolen?.identifier).toBe(
      'https://glenmorlich.example/courses/peat#https://second.example/ Another course with a stolen identifier',
    );
    const { credential, problems } = normal(records, stolen?.identifier ?? '');
    expect(rules(problems)).toContain('identifier-used-twice /course/identifier');
    expect(credential.kind).toMatchObject({
      value: { text: [{ value: 'BSc (Honours) Hydrology' }] },
      derived: { value: { code: 'degree' } },
    });
    expect(credential.kind.value?.code).toBeUndefined();
    expect(credential.awardingBody.state).toBe('not-stated');
  });

  test('rejects records without title, with too long a title, and rubbish', () => {
    const untitled = records.find((r) => r.identifier.endsWith('/untitled'));
    expect(xcriCap.normalise(untitled?.raw, source, 'x', [])).toMatchObject({ rejection: { rule: 'missing-title' } });
    const long = { course: { name: 'course', children: [{ name: 'title', text: 'x'.repeat(10_001) }] } };
    expect(xcriCap.normalise(long, source, 'x', [])).toMatchObject({ rejection: { rule: 'title-too-long' } });
    for (const rubbish of [null, undefined, 'x', 3, [], {}]) {
      expect(xcriCap.normalise(rubbish, source, 'x', [])).toHaveProperty('rejection');
    }
  });

  test('reads 1.1 in ISO-8859-15, prefixed, the same course twice as one with two runs', async () => {
    const old = await read('catalogue-1.1.xml');
    expect(old.records.map((r) => r.part)).toEqual([undefined, 'again-2']);
    const { credential } = normal(old.records, 'OT1');
    expect(credential.opportunities.map((o) => o.startDate)).toEqual(['2026-11-03', '2027-01-11']);
    expect(credential.opportunities[0]?.prices).toEqual(
      [{ amount: 90, currency: 'EUR', text: '€ 90' }].map(({ text: _, ...p }) => p),
    );
    expect(credential.purpose.value?.[0]?.value).toBe('To keep books.');
    expect(credential.prerequisites.value?.[0]?.value).toBe('Basic sums');
    expect(credential.level.value).toEqual({ text: [{ language: 'und', value: 'Level 2' }] });
    expect(credential.level.derived).toBeUndefined();
    expect(credential.kind.derived?.value.code).toBe('certificate');
  });

  describe('single elements', () => {
    type Element = { name: string; text?: string; attributes?: Record<string, string>; children?: Element[] };
    const course = (...children: Element[]) => ({
      course: { name: 'course', children: [{ name: 'title', text: 'Knots' }, ...children] },
    });
    const qualification = (...children: Element[]): Element => ({ name: 'qualification', children });

    test('a level that names the EQF is an EQF level; one that does not is words', () => {
      const level = (text: string) =>
        normal([{ identifier: 'k', path: '', raw: course(qualification({ name: 'educationLevel', text })) }], 'k')
          .credential.level;
      expect(level('EQF level 6')).toMatchObject({
        state: 'stated',
        value: { eqf: 6, text: [{ language: 'und', value: 'EQF level 6' }] },
      });
      expect(level('Level 6').value).toEqual({ text: [{ language: 'und', value: 'Level 6' }] });
    });

    test('a subject is ISCED-F when its type says so', () => {
      const subject = (attributes: Record<string, string>) =>
        normal([{ identifier: 'k', path: '', raw: course({ name: 'subject', text: 'Ropes', attributes }) }], 'k')
          .credential.fields.value?.[0]?.isced;
      expect(subject({ 'xsi:type': 'xcriTerms:ISCED-F', identifier: '0723' })).toBe('0723');
      expect(subject({ 'xsi:type': 'courseDataProgramme:JACS3', identifier: '0723' })).toBeUndefined();
      expect(subject({ identifier: '0723' })).toBeUndefined();
    });

    test('a qualification that is called micro-credential is one', () => {
      const kind = (text: string) =>
        normal([{ identifier: 'k', path: '', raw: course(qualification({ name: 'title', text })) }], 'k').credential
          .kind;
      expect(kind('Micro-credential').value?.code).toBe('micro-credential');
      expect(kind('Microcredential').value?.code).toBe('micro-credential');
      expect(kind('How micro-credentials work').value?.code).toBeUndefined();
    });

    test('negative hours of study are noted by the rule that rejects', () => {
      const hours = { name: 'description', text: '-4', attributes: { 'xsi:type': 'xcriTerms:studyHours' } };
      const { problems } = normal([{ identifier: 'k', path: '', raw: course(hours) }], 'k');
      expect(rules(problems)).toEqual(['negative-number /course/description']);
    });
  });

  describe('written here', () => {
    const catalogue = (course: string, provider = '') =>
      `<catalog xmlns="http://xcri.org/profiles/1.2/catalog" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo">
        <provider><dc:title>Quill College</dc:title>${provider}${course}</provider></catalog>`;
    const course = (n: number, more: string) =>
      `<course><dc:identifier>c${n}</dc:identifier><dc:title>Course ${n}</dc:title>${more}</course>`;
    async function readText(text: string, size = 65_536) {
      async function* pieces() {
        const bytes = Buffer.from(text);
        for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
      }
      const items: (RawRecord | RecordFault)[] = [];
      for await (const item of xcriCap.records(pieces(), { url: 'file:///x', source, envelope: {} })) items.push(item);
      return { records: items.filter((item) => !isFault(item)) as RawRecord[], faults: items.filter(isFault) };
    }

    test.each([1, 7, 65_536])('a bare ampersand costs no course, in pieces of %i bytes', async (size) => {
      const courses = [1, 2, 3, 4, 5, 6].map((n) => course(n, `<abstract>${n === 3 ? 'R & D' : 'x'}</abstract>`));
      const { records, faults } = await readText(catalogue(courses.join('')), size);
      expect(faults).toEqual([]);
      expect(records.map((record) => record.identifier)).toEqual(['c1', 'c2', 'c3', 'c4', 'c5', 'c6']);
      const { credential, problems } = normal(records, 'c3');
      expect(credential.description.value?.[0]?.value).toBe('R & D');
      expect(problems).toMatchObject([{ rule: 'xml-repaired', severity: 'warning', remedy: 'write "&amp;"' }]);
      expect(normal(records, 'c4').problems).toEqual([]);
    });

    test('persons are neither kept nor shown', async () => {
      const person = '<name>Jo Quince</name><email>jo.quince@quill.example</email><phone>01234 567890</phone>';
      const text = catalogue(
        course(
          1,
          `<enquireTo>Jo Quince, jo.quince@quill.example</enquireTo><mlo:contact>${person}</mlo:contact><staff>${person}</staff>
           <applicationProcedure>Write to <b>jo.quince@quill.example</b> or ring +44 (0)1234 567890 by 2027-03-01.</applicationProcedure>
           <hint>Ask jo.quince@quill.example</hint>
           <presentation><enquireTo>${person}</enquireTo><applyTo>mailto:jo.quince@quill.example</applyTo></presentation>`,
        ),
        `<contact>${person}</contact><description>Ring 100 bells, or jo.quince@quill.example</description>`,
      );
      const { records } = await readText(text);
      const result = normal(records, 'c1');
      for (const kept of [JSON.stringify(records), JSON.stringify(result)]) {
        expect(kept).not.toMatch(/quince|567890/i);
      }
      expect(result.credential.furtherInformation.value?.text?.[0]?.value).toBe(
        'Write to [e-mail removed] or ring [telephone removed] by 2027-03-01.',
      );
      expect(result.problems.map((problem) => [problem.rule, problem.found]).sort()).toEqual([
        ['not-a-url', '[e-mail removed]'],
        ['not-mapped', 'course/hint'],
        ['personal-data', '2 × contact, 4 × e-mail address, 2 × enquireto, 1 × staff, 1 × telephone number'],
      ]);
      // A raw record that was stored before persons were left out.
      const old = {
        name: 'course',
        children: [
          { name: 'title', text: 'T' },
          { name: 'enquireTo', text: 'Jo Quince' },
        ],
      };
      expect(JSON.stringify(xcriCap.normalise({ course: old }, source, 'k', []))).not.toContain('Quince');
    });

    test("hours of engagement are the run's; what has no place is said", async () => {
      const { records } = await readText(
        catalogue(
          course(
            1,
            `<dc:type>Short course</dc:type>
             <presentation><dc:identifier>a</dc:identifier><mlo:engagement>100 hours</mlo:engagement><dc:description>In the old mill.</dc:description></presentation>
             <presentation><dc:identifier>b</dc:identifier><mlo:engagement>10 hours per week</mlo:engagement>
               <venue><name>Ink Hall</name><street>1 Pen Row</street><town>Nibley</town></venue></presentation>`,
          ),
        ),
      );
      const { credential, problems } = normal(records, 'c1');
      expect(credential.opportunities).toMatchObject([
        { id: 'a', hours: 100 },
        { id: 'b', place: 'Ink Hall, 1 Pen Row, Nibley', locality: 'Nibley' },
      ]);
      expect(credential.opportunities[1]?.hours).toBeUndefined();
      expect(problems.map(({ rule, path, found }) => `${rule} ${path} ${found}`).sort()).toEqual([
        'not-mapped  course/type, course/presentation/description',
        'not-mapped /course/presentation[2]/engagement 10 hours per week',
      ]);
    });
  });

  test('a truncated document gives its complete courses and one incomplete fault', async () => {
    const cut = await read('truncated.xml');
    expect(cut.records.map((r) => r.path)).toEqual([
      '/catalog/provider[1]/course[1]',
      '/catalog/provider[1]/course[3]',
    ]);
    expect(cut.faults.filter((f) => f.incomplete)).toHaveLength(1);
  });

  test('entity declarations are refused', async () => {
    const { records: none, faults: refused } = await read('entities.xml');
    expect(none).toEqual([]);
    expect(refused[0]).toMatchObject({ incomplete: true, rejection: { rule: 'xml-entity-declaration' } });
  });

  test('detects its own and nothing else', () => {
    expect(
      xcriCap.detect({ text: '<?xml version="1.0"?><catalog xmlns="http://xcri.org/profiles/1.2/catalog"/>' }),
    ).toBeGreaterThan(0.9);
    expect(xcriCap.detect({ text: '<!DOCTYPE html><html><a href="http://xcri.org/profiles/1.2/catalog">' })).toBe(0);
    expect(xcriCap.detect({ text: '<rss><channel/></rss>' })).toBe(0);
    expect(xcriCap.detect({ text: '{"a": 1}' })).toBe(0);
    expect(xcriCap.detect({ text: '' })).toBe(0);
  });
});

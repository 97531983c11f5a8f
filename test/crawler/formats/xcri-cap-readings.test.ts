import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isFault, type RawRecord, type RecordFault } from '../../../crawler/format.ts';
import { loadFormats } from '../../../crawler/registry.ts';
import { Credential, type Opportunity, type Problem, Provider, SourceDefinition } from '../../../schema/index.ts';

const format = (await loadFormats()).get('xcri-cap');
if (!format) throw new Error('no xcri-cap');
const source = SourceDefinition.parse({
  id: 'readings',
  title: 'Readings',
  format: 'xcri-cap',
  url: 'https://quill.example/xcri.xml',
  publisher: 'Quill College',
  licence: 'CC0-1.0',
});

const catalogue = (courses: string, provider = '') => `<?xml version="1.0" encoding="UTF-8"?>
<catalog xmlns="http://xcri.org/profiles/1.2/catalog" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:mlo="http://purl.org/net/mlo" xmlns:credit="http://purl.org/net/cm" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:t="urn:terms"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><provider><dc:identifier>https://quill.example/</dc:identifier>
 <dc:title>Quill College</dc:title>${provider}${courses}</provider></catalog>`;

const course = (more: string) =>
  `<course><dc:identifier>https://quill.example/c/1</dc:identifier><dc:title>Bookbinding</dc:title>${more}</course>`;

interface Read {
  credential: Credential;
  providers: Provider[];
  problems: Problem[];
  told: string[];
}

async function recordsOf(body: string | Uint8Array) {
  const items: (RawRecord | RecordFault)[] = [];
  async function* bytes() {
    yield typeof body === 'string' ? Buffer.from(body) : body;
  }
  for await (const item of format?.records(bytes(), { url: source.url, source, envelope: {} }) ?? []) items.push(item);
  return items.flatMap((item) => (isFault(item) ? [] : [JSON.parse(JSON.stringify(item)) as RawRecord]));
}

/** The first record of a document. */
async function read(body: string | Uint8Array, identifier?: string): Promise<Read> {
  const records = await recordsOf(body);
  const main = records.find((one) => one.part === undefined && (!identifier || one.identifier === identifier));
  const parts = records.filter((one) => one.part !== undefined && one.identifier === main?.identifier);
  const result = format?.normalise(
    main?.raw,
    source,
    main?.identifier ?? '',
    parts.map(({ raw }) => raw),
  );
  if (!result || 'rejection' in result || !result.credential) throw new Error(`rejected: ${JSON.stringify(result)}`);
  const { credential, providers, problems } = result;
  Credential.parse(credential);
  for (const provider of providers) Provider.parse(provider);
  return { credential, providers, problems, told: problems.map(({ rule, path, found }) => `${rule} ${path} ${found}`) };
}

const said = (more: string, provider?: string) => read(catalogue(course(more), provider));
async function run(more: string): Promise<{ run: Opportunity; told: string[] }> {
  const { credential, told } = await said(`<presentation><dc:identifier>r-1</dc:identifier>${more}</presentation>`);
  return { run: credential.opportunities[0] as Opportunity, told };
}
const outcomesOf = async (more: string) =>
  (await said(more)).credential.learningOutcomes.value?.map(({ text }) => text.map(({ value }) => value).join(' / '));

describe('learning outcomes', () => {
  const wanted = ['the grain of paper', 'the weight of boards', 'sew a spine'];
  test.each([
    [
      'XHTML',
      '<h:h4>Knowledge</h:h4><h:p>You come to know:</h:p><h:ul><h:li>the grain of paper</h:li><h:li>the weight of <h:b>boards</h:b></h:li></h:ul><h:h4>Practical skills</h:h4><h:ol><h:li><h:p>sew a spine</h:p></h:li></h:ol>',
    ],
    [
      'XHTML in CDATA',
      '<![CDATA[<h4>Knowledge</h4><p>You come to know:</p><ul><li>the grain of paper</li><li>the weight of <b>boards</b></li></ul><h4>Practical skills</h4><ol><li><p>sew a spine</p></li></ol>]]>',
    ],
    [
      'a list of definitions',
      '<h:dl><h:dt>Knowledge</h:dt><h:dd>the grain of paper</h:dd><h:dd>the weight of boards</h:dd><h:dt>Practical skills</h:dt><h:dd>sew a spine</h:dd></h:dl>',
    ],
    [
      'definitions in CDATA',
      '<![CDATA[<dl><dt>Knowledge</dt><dd>the grain of paper</dd><dd>the weight of boards</dd><dt>Practical skills</dt><dd>sew a spine</dd></dl>]]>',
    ],
    [
      'a list in a list',
      '<![CDATA[<ul><li>You come to know:<ul><li>the grain of paper</li><li>the weight of boards</li></ul></li><li>sew a spine</li></ul>]]>',
    ],
  ])('%s: headings and lead-ins are none, and nothing is glued', async (_, words) => {
    expect(await outcomesOf(`<learningOutcome>${words}</learningOutcome>`)).toEqual(wanted);
  });

  test('an element a language is one statement in several languages', async () => {
    const words = (language: string, ...lines: string[]) =>
      `<learningOutcome xml:lang="${language}"><h:ul>${lines.map((line) => `<h:li>${line}</h:li>`).join('')}</h:ul></learningOutcome>`;
    expect(
      await outcomesOf(words('en', 'sew a spine', 'mix paste') + words('cy', 'gwnïo meingefn', 'cymysgu past')),
    ).toEqual(['sew a spine / gwnïo meingefn', 'mix paste / cymysgu past']);
    expect(await outcomesOf(words('en', 'sew a spine') + words('en', 'mix paste'))).toEqual([
      'sew a spine',
      'mix paste',
    ]);
  });

  test('a lead-in with nothing behind it is none, and told', async () => {
    const { credential, told } = await said('<learningOutcome>At the end you will be able to:</learningOutcome>');
    expect(credential.learningOutcomes.state).toBe('not-stated');
    expect(told).toEqual(['lead-in-only /course/learningOutcome At the end you will be able to:']);
  });
});

describe('credits', () => {
  const credit = (...parts: string[]) => `<mlo:credit>${parts.join('')}</mlo:credit>`;
  const [scheme, level, value] = ['scheme', 'level', 'value'].map(
    (name) => (text: string) => `<credit:${name}>${text}</credit:${name}>`,
  ) as [(text: string) => string, (text: string) => string, (text: string) => string];

  test('a second level is told, and no amount is made of it', async () => {
    const { credential, told } = await said(credit(level('6'), scheme('CATS'), level('40')));
    expect(credential.workload.value).toEqual({ credits: [{ scheme: 'CATS', level: '6' }] });
    expect(told).toEqual([
      'contradiction /course/credit/level[2] 40',
      'credits-without-amount /course/credit CATS, level 6',
    ]);
    expect((await said(credit(level('6'), scheme('CATS'), level('6'), value('40')))).told).toEqual([]);
  });

  test.each([
    [credit(scheme('ECTS')), 'credits-without-amount /course/credit ECTS'],
    [credit(scheme('ECTS'), level('7')), 'credits-without-amount /course/credit ECTS, level 7'],
    [credit(scheme('ECTS'), level('7'), value('')), 'credits-without-amount /course/credit ECTS, level 7'],
  ])('ECTS without a number: %s', async (words, problem) => {
    const { credential, told } = await said(words);
    expect(credential.workload.value?.ects).toBeUndefined();
    expect(told).toEqual([problem]);
  });

  test('a template that was not filled in says nothing', async () => {
    const { credential, told } = await said(credit(scheme(''), level(''), value('')));
    expect([credential.workload.state, told]).toEqual(['not-stated', []]);
  });

  test('words instead of a number: scheme and level stay', async () => {
    const { credential, told } = await said(credit(scheme('CATS'), level('6'), value('forty')));
    expect(credential.workload.value).toEqual({ credits: [{ scheme: 'CATS', level: '6' }] });
    expect(told).toEqual(['not-a-number /course/credit/value forty']);
  });

  test('credits in one text, and a second value', async () => {
    expect((await said('<mlo:credit>ECTS: 3</mlo:credit>')).credential.workload.value).toEqual({ ects: 3 });
    const { credential, told } = await said(credit(scheme('CATS'), value('10'), value('20')));
    expect(credential.workload.value?.credits).toEqual([{ scheme: 'CATS', value: 10 }]);
    expect(told).toEqual(['not-mapped /course/credit/value[2] 20']);
  });

  test('a level of SCQF or CQFW in words is a level of the framework', async () => {
    const { level: element } = (await said(credit(scheme('CQFW'), level('Level 4'), value('10')))).credential;
    expect(element.value?.nqf).toEqual({ country: 'GB', framework: 'CQFW', level: '4', label: 'Level 4' });
  });
});

describe('level', () => {
  test.each([
    ['on the course', '<mlo:level>EQF level 5</mlo:level>', { eqf: 5 }, '/course/level'],
    ['by another name', '<dcterms:educationLevel>EQF 4</dcterms:educationLevel>', { eqf: 4 }, '/course/educationLevel'],
    [
      'on a qualification of the run',
      '<presentation><mlo:qualification><level>EQF 5</level></mlo:qualification></presentation>',
      { eqf: 5 },
      '/course/presentation/qualification/level',
    ],
    [
      'with its framework as the type',
      '<mlo:qualification><dcterms:educationLevel xsi:type="t:RQF">Level 3</dcterms:educationLevel></mlo:qualification>',
      { nqf: { country: 'GB', framework: 'RQF', level: '3', label: 'Level 3' } },
      '/course/qualification/educationLevel',
    ],
    [
      'as an address',
      '<mlo:qualification><dcterms:educationLevel identifier="http://data.europa.eu/snb/eqf/6"/></mlo:qualification>',
      { eqf: 6 },
      '/course/qualification/educationLevel',
    ],
  ])('%s', async (_, words, value, path) => {
    const { level } = (await said(words)).credential;
    expect(level).toMatchObject({ state: 'stated', value, origin: { path } });
  });

  test('"Undergraduate" is no cycle, also of the course itself', async () => {
    const { level } = (await said('<mlo:level>Undergraduate</mlo:level>')).credential;
    expect(level).toEqual({
      state: 'stated',
      value: { text: [{ language: 'und', value: 'Undergraduate' }] },
      origin: { path: '/course/level' },
    });
  });
});

describe('places', () => {
  const venue = (inside: string) => `<venue><provider>${inside}</provider></venue>`;

  test('street and postcode stay', async () => {
    const street =
      '<mlo:street>4 Paste Lane</mlo:street><mlo:town>Nibley</mlo:town><mlo:postcode>GL13 9ZZ</mlo:postcode>';
    expect((await run(venue(`<dc:title>Pen Mill</dc:title><mlo:location>${street}</mlo:location>`))).run).toMatchObject(
      {
        place: 'Pen Mill, 4 Paste Lane, GL13 9ZZ, Nibley',
        locality: 'Nibley',
      },
    );
    const lines =
      '<mlo:town>Nibley</mlo:town><mlo:postcode>GL13 9ZZ</mlo:postcode><mlo:address>4 Paste Lane, Nibley, GL13 9ZZ</mlo:address>';
    expect((await run(venue(`<mlo:location>${lines}</mlo:location>`))).run.place).toBe(
      '4 Paste Lane, Nibley, GL13 9ZZ',
    );
    expect(
      (await run(`<venue><name>Pen Mill</name><street>4 Paste Lane</street><town>Nibley</town></venue>`)).run.place,
    ).toBe('Pen Mill, 4 Paste Lane, Nibley');
  });

  test('a venue in words, a location of the run, a second venue', async () => {
    expect((await run('<venue>Pen Mill, Nibley</venue>')).run.place).toBe('Pen Mill, Nibley');
    expect((await run('<location><mlo:town>Nibley</mlo:town></location>')).run.locality).toBe('Nibley');
    const two = await run(
      `${venue('<dc:title>The old mill</dc:title>')}${venue('<dc:title>The new mill, first floor</dc:title>')}`,
    );
    expect(two.run.place).toBe('The old mill');
    expect(two.told).toEqual(['not-mapped /course/presentation/venue[2] The new mill, first floor']);
  });

  test.each(['Online', 'Zoom', 'Streamed', 'Virtuell'])('"%s" is no place but a way of taking part', async (words) => {
    const { run: own, told } = await run(venue(`<dc:title>${words}</dc:title>`));
    expect(own.participation).toEqual(['online']);
    // What the code says already is not said again.
    expect(own.participationText).toBe(/^(?:Online|Virtuell)$/.test(words) ? undefined : words);
    expect(own.place).toBeUndefined();
    expect(told).toEqual([`online-place /course/presentation/venue/provider ${words}`]);
    const stated = await run(
      `<attendanceMode identifier="MM">Mixed mode</attendanceMode>${venue(`<dc:title>${words}</dc:title>`)}`,
    );
    expect(stated.run).toMatchObject({ participation: ['blended'], participationText: `Mixed mode; ${words}` });
  });
});

describe('pace and ways of taking part', () => {
  test.each([
    ['<studyMode>Full Time</studyMode>', { pace: 'full-time' }],
    ['<attendanceMode>Part Time</attendanceMode>', { pace: 'Part Time' }],
    ['<attendancePattern>Evening</attendancePattern>', { pace: 'Evening' }],
    ['<attendancePattern identifier="TW"/>', { pace: 'twilight' }],
    ['<attendancePattern>Mondays, 18:30–20:30</attendancePattern>', { pace: 'Mondays, 18:30–20:30' }],
    [
      '<studyMode identifier="PT">Part Time</studyMode><attendancePattern identifier="EV">Evening</attendancePattern>',
      { pace: 'part-time; Evening' },
    ],
    ['<studyMode>Distance learning</studyMode>', { participation: ['online'], participationText: 'Distance learning' }],
    [
      '<attendanceMode>distance learning</attendanceMode>',
      { participation: ['online'], participationText: 'distance learning' },
    ],
    ['<attendanceMode identifier="DS">Distance learning</attendanceMode>', { participationText: 'Distance learning' }],
    [
      '<attendanceMode>Distance without attendance</attendanceMode>',
      { participationText: 'Distance without attendance' },
    ],
    [
      '<attendanceMode identifier="DA"/>',
      { participation: ['blended'], participationText: 'Distance with attendance' },
    ],
    [
      '<attendanceMode identifier="ON">Online (no attendance)</attendanceMode>',
      { participation: ['online'], participationText: 'Online (no attendance)' },
    ],
    ['<attendanceMode identifier="NK">Not known</attendanceMode>', {}],
  ])('%s', async (words, wanted) => {
    const { id: _, path: __, ...own } = (await run(words)).run;
    expect(own).toEqual(wanted);
  });
});

describe('kind', () => {
  const kindOf = async (...titles: string[]) => {
    const { credential, told } = await said(
      titles.map((title) => `<mlo:qualification>${title}</mlo:qualification>`).join(''),
    );
    return { kind: credential.kind, told };
  };
  const title = (words: string, language = 'en') => `<dc:title xml:lang="${language}">${words}</dc:title>`;

  test('a Modern Apprenticeship (MA) is no degree', async () => {
    const { kind } = await kindOf(title('Modern Apprenticeship (MA)'));
    expect([kind.value?.code, kind.derived]).toEqual([undefined, undefined]);
    expect((await kindOf(title('MA Book History'))).kind.derived?.value.code).toBe('degree');
  });

  test('words that name no kind are none, and told', async () => {
    for (const words of ['May lead to a variety of qualifications', 'No certificate']) {
      const { kind, told } = await kindOf(title(words));
      expect(kind.state).toBe('not-stated');
      expect(told).toEqual([`not-mapped /course/qualification/title ${words}`]);
    }
    expect((await kindOf(title('Certificate of attendance'))).kind.derived).toBeUndefined();
  });

  test('a second qualification is told; the same in another language is its translation', async () => {
    const { kind, told } = await kindOf(
      title('Diploma in Bookbinding') + title('Diploma mewn Rhwymo', 'cy'),
      title('Award in Paste'),
    );
    expect(kind.value?.text?.map(({ language }) => language)).toEqual(['en', 'cy']);
    expect(told).toEqual(['not-mapped /course/qualification[2]/title Award in Paste']);
  });
});

describe('description', () => {
  const whole = 'You fold, sew and case in two books by hand, and learn which papers are worth their price.';
  const cut = `${whole.slice(0, 50)}…`;
  test.each([
    [
      'an abstract cut out of it, in a language of its own',
      `<dc:description xml:lang="en">${whole}</dc:description><abstract>${cut}</abstract>`,
    ],
    [
      'a second copy cut short, tagged with another language',
      `<dc:description xml:lang="en">${whole}</dc:description><dc:description xml:lang="cy">${cut}</dc:description>`,
    ],
    [
      'the description cut out of the abstract',
      `<dc:description xml:lang="en">${cut}</dc:description><abstract xml:lang="en">${whole}</abstract>`,
    ],
  ])('%s is the same text', async (_, words) => {
    expect((await said(words)).credential.description.value).toEqual([{ language: 'en', value: whole }]);
  });

  test('an abstract that says something else stands before it, a translation beside it', async () => {
    const other = `<abstract xml:lang="en">Two weekends.</abstract><abstract xml:lang="cy">Dau benwythnos.</abstract>`;
    expect(
      (await said(`<dc:description xml:lang="en">${whole}</dc:description>${other}`)).credential.description.value,
    ).toEqual([
      { language: 'en', value: `Two weekends.\n\n${whole}` },
      { language: 'cy', value: 'Dau benwythnos.' },
    ]);
  });

  test('the link of a description is a link', async () => {
    const { credential } = await said(
      '<dc:description xsi:type="t:structure" href="https://quill.example/structure"/>',
    );
    expect(credential.furtherInformation.value?.links).toEqual(['https://quill.example/structure']);
  });
});

describe('dates and durations', () => {
  test.each([
    ['<mlo:start dtf="2026-9-7"> Monday, 7th Sep 2026 </mlo:start>', { startDate: '2026-09-07' }, []],
    ['<mlo:start>30-Sep-2026</mlo:start>', { startDate: '2026-09-30' }, []],
    ['<mlo:start dtf="2026-09-07">7/9/2026</mlo:start>', { startDate: '2026-09-07' }, []],
    [
      '<mlo:start dtf="2026-09-07">9 September 2026</mlo:start>',
      { startDate: '2026-09-07' },
      ['contradiction /course/presentation/start dtf="2026-09-07" but text "9 September 2026"'],
    ],
    ['<mlo:start dtf="1970-01-01"/>', {}, ['placeholder-date /course/presentation/start 1970-01-01']],
    [
      '<mlo:start>2026-09-07</mlo:start><mlo:start>2027-01-04</mlo:start>',
      { startDate: '2026-09-07' },
      ['not-mapped /course/presentation/start[2] 2027-01-04'],
    ],
    ['<end>September 2027</end>', {}, ['not-a-date /course/presentation/end September 2027']],
    [
      '<mlo:duration interval="PT1">one year part-time</mlo:duration>',
      { durationText: 'one year part-time' },
      ['not-a-duration /course/presentation/duration/@interval PT1'],
    ],
    ['<mlo:duration interval="P14D">2 weeks</mlo:duration>', { duration: 'P14D', durationText: '2 weeks' }, []],
    [
      '<mlo:duration interval="P2W">3 weeks, part-time</mlo:duration>',
      { duration: 'P2W', durationText: '3 weeks, part-time' },
      ['contradiction /course/presentation/duration interval="P2W" but text "3 weeks, part-time"'],
    ],
    [
      '<mlo:duration interval="PT20H">30 hours</mlo:duration>',
      { hours: 20, durationText: '30 hours' },
      ['contradiction /course/presentation/duration interval="PT20H" but text "30 hours"'],
    ],
    ['<mlo:duration interval="P0Y2M0DT0H0M0S"/>', { duration: 'P2M' }, []],
    [
      '<mlo:duration interval="P1DT30H4S"/>',
      {},
      ['specification-example /course/presentation/duration/@interval P1DT30H4S'],
    ],
    ['<mlo:duration>10</mlo:duration>', {}, ['number-without-unit /course/presentation/duration 10']],
  ])('%s', async (words, wanted, problems) => {
    const { run: own, told } = await run(words);
    const { id: _, path: __, ...rest } = own;
    expect(rest).toEqual(wanted);
    expect(told).toEqual(problems);
  });
});

test('effort: hours of a run, a range of them with the workload, other words are told', async () => {
  expect((await run('<mlo:engagement>1,250 hours in total</mlo:engagement>')).run.hours).toBe(1250);
  const { credential, told } = await said(
    '<presentation><mlo:engagement>50 to 60 hours</mlo:engagement></presentation><presentation><mlo:engagement>6 hours a week</mlo:engagement></presentation>',
  );
  expect(credential.workload).toMatchObject({
    value: { hours: 50, hoursMax: 60 },
    origin: { path: '/course/presentation[1]/engagement' },
  });
  expect(told).toEqual(['not-mapped /course/presentation[2]/engagement 6 hours a week']);
});

describe('prices', () => {
  test('a price per year or month is none of the whole', async () => {
    for (const words of ['£4,770 per year', '£30 a month']) {
      const { run: own, told } = await run(`<mlo:cost>${words}</mlo:cost>`);
      expect(own.prices?.map(({ amount }) => amount)).toEqual([undefined]);
      expect(own.prices?.[0]?.text).toContain(words);
      expect(told).toEqual([`price-of-a-part /course/presentation/cost ${words}`]);
    }
  });

  test('a currency without an amount is no price', async () => {
    const { run: own, told } = await run('<mlo:cost>GBP</mlo:cost>');
    expect([own.prices, told]).toEqual([undefined, ['currency-without-amount /course/presentation/cost GBP']]);
  });

  test('an audience with a slash is one; the price of each is kept', async () => {
    const { run: own } = await run(
      '<mlo:cost>Full Time UK/EU: 9,535 GBP | Part Time Overseas: N/A</mlo:cost><mlo:cost>Part Time UK/EU: 0.89 GBP</mlo:cost>',
    );
    expect(own.prices?.map(({ amount, audience }) => [amount, audience])).toEqual([
      [9535, 'Full Time UK/EU'],
      [0.89, 'Part Time UK/EU'],
    ]);
  });
});

describe('identifiers, addresses, relations', () => {
  test('values and types of identifiers are kept', async () => {
    const { credential, providers } = await said(
      `<dc:identifier xsi:type="t:courseCode">BB-01</dc:identifier><dc:identifier>urn:quill:bb</dc:identifier>
       <mlo:qualification><awardedBy><dc:identifier xsi:type="t:UKPRN">10000001</dc:identifier><dc:title>Guild of Binders</dc:title></awardedBy></mlo:qualification>`,
      '<dc:identifier xsi:type="t:UKPRN">10000002</dc:identifier><dc:identifier>https://quill.example/about</dc:identifier>',
    );
    expect(credential.alternates).toEqual(
      ['urn:quill:bb', 'BB-01', 'https://quill.example/c/1'].filter((id) => id !== credential.identifier),
    );
    expect(
      providers.map(({ identifier, alternates, identifiers }) => ({ identifier, alternates, identifiers })),
    ).toEqual([
      {
        identifier: 'https://quill.example/',
        alternates: ['https://quill.example/about'],
        identifiers: [{ scheme: 'ukprn', value: '10000002' }],
      },
      { identifier: '10000001', alternates: [], identifiers: [{ scheme: 'ukprn', value: '10000001' }] },
    ]);
  });

  test('an address that was escaped twice is decoded, and told', async () => {
    const { credential, told } = await said('<mlo:url>https://quill.example/c?id=7&amp;amp;lang=en</mlo:url>');
    expect(credential.url).toBe('https://quill.example/c?id=7&lang=en');
    expect(told).toEqual(['escaped-address /course/url https://quill.example/c?id=7&amp;lang=en']);
  });

  test('what a course is part of is a relation; a part of itself is none, and told', async () => {
    const { credential, told } = await said('<mlo:isPartOf>https://quill.example/c/1</mlo:isPartOf>');
    expect([credential.relations, credential.stackability.state]).toEqual([[], 'not-stated']);
    expect(told).toEqual(['relation-to-itself /course/isPartOf https://quill.example/c/1']);
    const other = await said(
      '<mlo:isPartOf href="https://quill.example/p"><dc:title>Book arts</dc:title></mlo:isPartOf>',
    );
    expect(other.credential.relations).toMatchObject([{ type: 'partOf', target: 'https://quill.example/p' }]);
    expect(other.credential.stackability.value?.code).toBe('stackable');
  });
});

describe('nothing goes without a word', () => {
  test('elements and attributes that nobody reads are told, nested ones and those of the provider too', async () => {
    const { problems } = await said(
      '<mlo:qualification><dc:type>vocational</dc:type></mlo:qualification><presentation status="full"><places>12</places><venue><provider><lift>yes</lift></provider></venue></presentation>',
      '<motto>Ink</motto><mlo:location><mlo:town>Nibley</mlo:town><grid>ST 7</grid></mlo:location>',
    );
    expect(problems.map(({ found }) => found)).toEqual([
      'provider/motto, provider/location/grid, course/qualification/type, course/presentation/places, course/presentation/@status, course/presentation/venue/provider/lift',
    ]);
  });

  test('a further copy of a course gives its runs; what it says otherwise is told', async () => {
    const start = (day: string) => `<presentation><mlo:start dtf="${day}">${day}</mlo:start></presentation>`;
    const { credential, told } = await read(
      catalogue(
        course(`<abstract>Sew.</abstract>${start('2027-01-04')}`) +
          course(`<abstract>Sew and glue.</abstract>${start('2027-05-03')}`) +
          course(
            `<abstract>Sew.</abstract><presentation><places>9</places><mlo:start dtf="2027-09-06"/></presentation>`,
          ),
      ),
    );
    expect(credential.opportunities.map(({ startDate, path }) => [startDate, path])).toEqual([
      ['2027-01-04', '/course/presentation'],
      ['2027-05-03', '/parts[1]/course/presentation'],
      ['2027-09-06', '/parts[2]/course/presentation'],
    ]);
    expect(told).toEqual([
      'not-mapped /parts[1]/course/abstract Sew and glue.',
      'not-mapped /parts[2] course/presentation/places',
    ]);
  });

  test('what the second run asks for stays', async () => {
    const asks = (words: string) => `<presentation><mlo:prerequisite>${words}</mlo:prerequisite></presentation>`;
    const { credential } = await said(asks('An apron') + asks('A bone folder'));
    expect(credential.prerequisites.value?.[0]?.value).toBe('An apron\n\nA bone folder');
  });
});

const CASES = new URL('../../../../shared/cases/', import.meta.url);
const has = (() => {
  try {
    return readdirSync(CASES).length > 0;
  } catch {
    return false;
  }
})();

// What is right stands in ../shared/cases/README.md.
describe.skipIf(!has)('cases from bug reports (needs ../shared/cases)', () => {
  const of = (name: string) => read(readFileSync(new URL(name, CASES)));

  test('cost-audience-with-slash.xml', async () => {
    const [first, second] = (await of('cost-audience-with-slash.xml')).credential.opportunities;
    expect(first?.prices?.map(({ audience }) => audience)).toEqual([
      'Full Time UK/EU',
      'Full Time Overseas',
      'Part Time UK/EU',
    ]);
    expect(second?.prices?.some(({ amount }) => amount !== undefined)).toBe(false);
  });

  test('outcomes-under-headings.xml', async () => {
    const { credential } = await of('outcomes-under-headings.xml');
    expect(credential.learningOutcomes.value?.map(({ text }) => text[0]?.value)).toEqual([
      'the behaviour of joints under load',
      'the grading of softwood',
      'compare frame designs by cost and carbon',
      'report findings to a client',
      'plan a survey',
    ]);
  });

  test('credit-level-twice.xml', async () => {
    const { credential, told } = await of('credit-level-twice.xml');
    expect(credential.workload.value).toEqual({ credits: [{ scheme: 'CATS', level: '7' }] });
    expect(told.filter((one) => one.startsWith('contradiction'))).toHaveLength(2);
    expect(told).toContain('credits-without-amount /course/credit[2] ECTS, level 7');
  });

  test('currency-without-amount.xml', async () => {
    const { credential, told } = await of('currency-without-amount.xml');
    expect(credential.opportunities.map(({ startDate }) => startDate)).toEqual(['2026-09-07', '2027-01-04']);
    expect(credential.opportunities.map(({ prices }) => prices?.map(({ amount }) => amount))).toEqual([
      [450],
      undefined,
    ]);
    expect(told).toContain('currency-without-amount /course/presentation[2]/cost GBP');
  });
});

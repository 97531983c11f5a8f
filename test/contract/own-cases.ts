import type { Fact } from './facts.ts';
import type { Feed } from './format-suite.ts';

/** A small feed with a quirk, and what a careful reader publishes of it. */
export interface OwnCase {
  kind: string;
  format: string;
  feed: Feed;
  /** Facts of records, by identifier or title. */
  records?: Readonly<Record<string, Readonly<Record<string, Fact | null>>>>;
  /** All titles there are. */
  titles?: readonly string[];
  /** The reader may give the page up, or say that it is incomplete, instead. */
  orRefused?: true;
  /** What the record must carry. */
  kept?: Readonly<Record<string, readonly string[]>>;
  /** What must be kept or told of a record. */
  noted?: Readonly<Record<string, readonly string[]>>;
}

const csv = (rows: string, name = 'list.csv'): Feed => ({
  body: rows,
  url: `https://lists.example/${name}`,
  mediaType: 'text/csv',
});
const ooapi = (items: unknown[]): Feed => ({
  body: JSON.stringify({ pageSize: 50, pageNumber: 1, hasPreviousPage: false, hasNextPage: false, items }),
  url: 'https://dune.example/v6/courses?pageSize=50',
  mediaType: 'application/json',
});
const html = (head: string, body = '', url = 'https://wolds.example/course/'): Feed => ({
  body: `<!doctype html><html lang="en"><head><title>t</title>${head}</head>${body || '<body></body>'}</html>`,
  url,
  mediaType: 'text/html; charset=utf-8',
});
const ld = (node: unknown): string => `<script type="application/ld+json">${JSON.stringify(node)}</script>`;
const xcri = (course: string): Feed => ({
  body: `<?xml version="1.0"?><catalog xmlns="http://xcri.org/profiles/1.2/catalog" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:mlo="http://purl.org/net/mlo" xmlns:credit="http://purl.org/net/cm"><provider><dc:identifier>https://wolds.example/</dc:identifier><dc:title>Wolds College</dc:title><course><dc:identifier>https://wolds.example/c/1</dc:identifier><dc:title>Chalk walls</dc:title>${course}</course></provider></catalog>`,
  url: 'https://wolds.example/xcri.xml',
  mediaType: 'application/xml',
});
const ctdl = (node: Record<string, unknown>): Feed => ({
  body: JSON.stringify({
    '@context': 'https://credreg.net/ctdl/schema/context/json',
    '@graph': [
      {
        '@id': 'https://reg.example/resources/ce-9c000000-0000-4000-8000-000000000001',
        '@type': 'ceterms:Course',
        'ceterms:ctid': 'ce-9c000000-0000-4000-8000-000000000001',
        'ceterms:name': { en: 'Chalk walls' },
        ...node,
      },
    ],
  }),
  url: 'https://reg.example/one.jsonld',
  mediaType: 'application/ld+json',
});
const COURSE = {
  '@context': 'https://schema.org',
  '@type': 'Course',
  name: 'Chalk walls',
  url: 'https://wolds.example/course/',
};
const name = (value: string) => [{ language: 'en', value }];

export const OWN_CASES: readonly OwnCase[] = [
  // ------------------------------------------------------------------------------------------------ csv
  {
    kind: 'a header in Estonian',
    format: 'csv',
    feed: csv(
      'Kood;Nimetus;Maht (EAP);Õppekeel;Algus;Lõpp;Hind (€)\nKT-1;Kivimüüritis;3;eesti keel;01.09.2027;30.09.2027;150,00\n',
    ),
    records: {
      'KT-1': {
        title: ['Kivimüüritis'],
        ects: 3,
        languages: ['et'],
        start: '2027-09-01',
        end: '2027-09-30',
        amounts: ['150 EUR'],
      },
    },
  },
  {
    kind: 'a header in Czech',
    format: 'csv',
    feed: csv(
      'Kód;Název;Počet kreditů ECTS;Jazyk výuky;Počet hodin;Cena (Kč)\nCZ-1;Kamenné zdi;4;čeština;60;1 200,00\n',
    ),
    records: { 'CZ-1': { title: ['Kamenné zdi'], ects: 4, languages: ['cs'], hours: 60, amounts: ['1200 CZK'] } },
  },
  {
    kind: 'a header in Swedish',
    format: 'csv',
    feed: csv(
      'Kurskod;Kursnamn;Högskolepoäng;Undervisningsspråk;Startdatum;Slutdatum;Studieform\nSV-1;Kallmur;7,5;svenska;2027-09-01;2027-12-01;distans\n',
    ),
    records: {
      'SV-1': {
        title: ['Kallmur'],
        ects: 7.5,
        languages: ['sv'],
        start: '2027-09-01',
        end: '2027-12-01',
        modes: ['online'],
      },
    },
  },
  {
    kind: 'a header in Greek',
    format: 'csv',
    feed: csv('Κωδικός;Τίτλος;ECTS;Γλώσσα διδασκαλίας;Ημερομηνία έναρξης\nEL-1;Ξερολιθιά;2;Ελληνικά;01/10/2027\n'),
    records: { 'EL-1': { title: ['Ξερολιθιά'], ects: 2, languages: ['el'] } },
  },
  {
    kind: 'a header in Bulgarian',
    format: 'csv',
    feed: csv('Код;Заглавие;Кредити ECTS;Език на обучение;Цена (лв)\nBG-1;Сух градеж;3;български;200\n'),
    records: { 'BG-1': { title: ['Сух градеж'], ects: 3, languages: ['bg'], amounts: ['200 BGN'] } },
  },
  {
    kind: 'the currency in the header, as sign and as code',
    format: 'csv',
    feed: csv('id,title,Price [EUR],Cost (£)\nW-1,Walls,120,\nW-2,Gates,,95\n'),
    records: { 'W-1': { amounts: ['120 EUR'] }, 'W-2': { amounts: ['95 GBP'] } },
  },
  {
    kind: 'a duration whose unit stands in the next column, and one without any',
    format: 'csv',
    feed: csv('id,title,duration,duration unit\nD-1,Walls,3,days\nD-2,Gates,12,\nD-3,Stiles,40,hours\n'),
    records: { 'D-2': { duration: null, durationText: null, hours: null }, 'D-3': { hours: 40, duration: null } },
    noted: { 'D-2': ['12'] },
  },
  {
    kind: 'merged cells above the names',
    format: 'csv',
    feed: csv('Course,,When,,Price,\nID,Title,Begin,End,Price,Currency\nM-1,Walls,2027-05-01,2027-05-02,60,EUR\n'),
    titles: ['Walls'],
    records: { 'M-1': { start: '2027-05-01', end: '2027-05-02', amounts: ['60 EUR'] } },
  },
  {
    kind: 'identifiers as formulas keep their zeros',
    format: 'csv',
    feed: csv('id,title\n"=""00123""",Walls\n="00124",Gates\n'),
    records: { '00123': { title: ['Walls'] }, '00124': { title: ['Gates'] } },
  },
  {
    kind: 'dates of a spreadsheet: a month by name, a serial day',
    format: 'csv',
    feed: csv('id,title,start,end\nS-1,Walls,5-May-2027,07-May-2027\nS-2,Gates,46512,46515\n'),
    records: { 'S-1': { start: '2027-05-05', end: '2027-05-07' }, 'S-2': { start: null, runs: 1 } },
    noted: { 'S-2': ['46512', '46515'] },
  },
  // ------------------------------------------------------------------------------------------------ ooapi
  {
    kind: 'study load in three shapes',
    format: 'ooapi',
    feed: ooapi([
      {
        courseId: 'w-1',
        name: name('Walls'),
        studyLoad: [
          { studyLoadUnit: 'ects', value: 2 },
          { studyLoadUnit: 'ects', value: 56 },
        ],
      },
      { courseId: 'w-2', name: name('Gates'), studyLoad: { ects: 4, hour: 100 } },
      { courseId: 'w-3', name: name('Stiles'), studyLoad: { studyLoadUnit: 'ects', value: 0 } },
    ]),
    records: { 'w-1': { ects: 2 }, 'w-3': { ects: 0, 'workload.state': 'stated' } },
    noted: { 'w-1': ['56'], 'w-2': ['4', '100'] },
  },
  {
    kind: 'sign languages by their own codes',
    format: 'ooapi',
    feed: ooapi([{ courseId: 'g-1', name: name('Signs'), teachingLanguages: ['vgt', 'dsl', 'sfb'] }]),
    records: { 'g-1': { languages: ['dsl', 'sfb', 'vgt'] } },
  },
  {
    kind: 'street and postcode of a venue',
    format: 'ooapi',
    feed: ooapi([
      {
        courseId: 'v-1',
        name: name('Walls'),
        courseOfferings: [
          {
            courseOfferingId: 'v-1-a',
            name: name('May'),
            startDateTime: '2027-05-01T09:00:00+02:00',
            addresses: [
              {
                addressType: 'teaching',
                street: 'Duinweg',
                streetNumber: '12',
                postalCode: '1871 AA',
                city: 'Schoorl',
                countryCode: 'NL',
              },
            ],
          },
        ],
      },
    ]),
    records: { 'v-1': { start: '2027-05-01', locality: 'Schoorl', 'run.country': 'NL' } },
    kept: { 'v-1': ['Duinweg', '1871 AA'] },
  },
  {
    kind: 'a HAL envelope is read, or refused: never complete and empty',
    orRefused: true,
    format: 'ooapi',
    feed: {
      ...ooapi([]),
      body: JSON.stringify({
        _embedded: {
          items: [{ courseId: 'h-1', name: name('Walls'), studyLoad: { studyLoadUnit: 'ects', value: 1 } }],
        },
        _links: { self: { href: '/courses' } },
      }),
    },
    titles: ['Walls'],
  },
  // ------------------------------------------------------------------------------------------------ xcri-cap
  {
    kind: 'a level that stands on the course',
    format: 'xcri-cap',
    feed: xcri('<dcterms:educationLevel>EQF level 4</dcterms:educationLevel>'),
    records: { 'Chalk walls': { eqf: 4 } },
  },
  {
    kind: 'a second credit:level',
    format: 'xcri-cap',
    feed: xcri(
      '<mlo:credit><credit:scheme>ECTS</credit:scheme><credit:level>6</credit:level><credit:level>15</credit:level></mlo:credit>',
    ),
    records: { 'Chalk walls': { ects: null } },
    noted: { 'Chalk walls': ['15'] },
  },
  {
    kind: 'credits of a framework given by its address',
    format: 'xcri-cap',
    feed: xcri(
      '<mlo:credit><credit:scheme>http://www.scqf.org.uk/</credit:scheme><credit:level>7</credit:level><credit:value>8</credit:value></mlo:credit>',
    ),
    records: { 'Chalk walls': { nqf: 'SCQF 7', ects: null } },
    noted: { 'Chalk walls': ['8'] },
  },
  {
    kind: 'headings between outcomes',
    format: 'xcri-cap',
    feed: xcri(
      '<learningOutcome><![CDATA[<h4>Practical skills</h4><ul><li>dress a stone</li><li>batter a wall</li></ul><h4>Planning</h4><p>You will be able to:</p><ul><li>estimate a length</li></ul>]]></learningOutcome>',
    ),
    records: { 'Chalk walls': { outcomes: ['dress a stone', 'batter a wall', 'estimate a length'] } },
  },
  {
    kind: 'a copy of the description that was cut short is no second language',
    format: 'xcri-cap',
    feed: xcri(
      '<dc:description xml:lang="en">Two weekends on the wolds, for all who own a wall and would like to see it stand for another hundred years.</dc:description><abstract>Two weekends on the wolds, for all who own a wall and would like to see ...</abstract>',
    ),
    records: {
      'Chalk walls': {
        description: [
          'Two weekends on the wolds, for all who own a wall and would like to see it stand for another hundred years.',
        ],
      },
    },
  },
  // ------------------------------------------------------------------------------------------------ ctdl
  {
    kind: 'what is said of a price is no funding',
    format: 'ctdl',
    feed: ctdl({
      'ceterms:estimatedCost': [
        {
          '@type': 'ceterms:CostProfile',
          'ceterms:price': 90,
          'ceterms:currency': 'EUR',
          'ceterms:description': { en: 'Tools are included' },
        },
      ],
    }),
    records: { 'Chalk walls': { amounts: ['90 EUR'], funding: null } },
    noted: { 'Chalk walls': ['Tools are included'] },
  },
  {
    kind: 'a credential code is kept',
    format: 'ctdl',
    feed: ctdl({ 'ceterms:codedNotation': 'CW-17' }),
    kept: { 'Chalk walls': ['CW-17'] },
  },
  {
    kind: 'credits as a percentage are told',
    format: 'ctdl',
    feed: ctdl({
      'ceterms:creditValue': [
        {
          '@type': 'schema:QuantitativeValue',
          'schema:percentage': 50,
          'ceterms:creditUnitType': [{ 'ceterms:targetNodeName': { en: 'ECTS' } }],
        },
      ],
    }),
    records: { 'Chalk walls': { ects: null } },
    noted: { 'Chalk walls': ['50'] },
  },
  // ------------------------------------------------------------------------------------------------ schema-org
  ...[
    'https: //schema.org',
    'schema.org',
    '//schema.org',
    'https://schema.org#',
    'htps://schema.org',
    'http://www.schema.org/',
    'HTTPS://SCHEMA.ORG/',
  ].map(
    (context): OwnCase => ({
      kind: `a page whose @context is "${context}"`,
      format: 'schema-org',
      feed: html(ld({ ...COURSE, '@context': context, timeRequired: 'PT8H' })),
      titles: ['Chalk walls'],
      records: { 'Chalk walls': { hours: 8 } },
    }),
  ),
  {
    kind: 'JSON-LD encoded twice',
    format: 'schema-org',
    feed: html(`<script type="application/ld+json">${JSON.stringify(JSON.stringify(COURSE))}</script>`),
    titles: ['Chalk walls'],
  },
  {
    kind: 'one course in two scripts',
    format: 'schema-org',
    feed: html(
      ld({
        ...COURSE,
        '@id': 'https://wolds.example/course/#product',
        offers: { '@type': 'Offer', price: '80', priceCurrency: 'EUR' },
      }) +
        ld({
          '@context': 'https://schema.org',
          '@type': 'Course',
          name: 'Chalk walls',
          hasCourseInstance: { '@type': 'CourseInstance', courseMode: 'Onsite', courseWorkload: 'PT12H' },
        }),
    ),
    titles: ['Chalk walls'],
    records: { 'Chalk walls': { amounts: ['80 EUR'], hours: 12, modes: ['presential'] } },
  },
  {
    kind: 'two courses of one page stay two',
    format: 'schema-org',
    feed: html(
      ld({
        ...COURSE,
        url: 'https://wolds.example/course/#a',
        '@id': 'https://wolds.example/course/#a',
        offers: { '@type': 'Offer', price: '80', priceCurrency: 'EUR' },
      }) +
        ld({
          ...COURSE,
          name: 'Flint walls',
          url: 'https://wolds.example/course/#b',
          '@id': 'https://wolds.example/course/#b',
        }),
    ),
    titles: ['Chalk walls', 'Flint walls'],
  },
  {
    kind: 'a course on the body, in a file',
    format: 'schema-org',
    feed: html(
      '',
      '<body vocab="https://schema.org/" typeof="Course"><h1 property="name">Chalk walls</h1><span rel="hasCourseInstance" typeof="CourseInstance"><meta property="startDate" content="2027-05-01"><meta property="courseMode" content="online"></span></body>',
      'file:///tmp/course.html',
    ),
    titles: ['Chalk walls'],
    records: { 'Chalk walls': { start: '2027-05-01', modes: ['online'], runs: 1 } },
  },
  {
    kind: 'the audience of a price stands in its name',
    format: 'schema-org',
    feed: html(
      ld({
        ...COURSE,
        offers: [
          { '@type': 'Offer', name: 'Members', price: 240, priceCurrency: 'CHF' },
          { '@type': 'Offer', name: 'Companies', price: 1200, priceCurrency: 'CHF' },
        ],
      }),
    ),
    records: { 'Chalk walls': { amounts: ['1200 CHF', '240 CHF'] } },
    kept: { 'Chalk walls': ['Members', 'Companies'] },
  },
  {
    kind: 'two free offers for two audiences are two',
    format: 'schema-org',
    feed: html(
      ld({
        ...COURSE,
        offers: [
          {
            '@type': 'Offer',
            price: 0,
            priceCurrency: 'EUR',
            eligibleCustomerType: { '@type': 'Audience', audienceType: 'Students' },
          },
          {
            '@type': 'Offer',
            price: 0,
            priceCurrency: 'EUR',
            eligibleCustomerType: { '@type': 'Audience', audienceType: 'Job seekers' },
          },
        ],
      }),
    ),
    kept: { 'Chalk walls': ['Students', 'Job seekers'] },
  },
  {
    kind: 'a price per month, and a down payment',
    format: 'schema-org',
    feed: html(
      ld({
        ...COURSE,
        offers: {
          '@type': 'Offer',
          priceSpecification: [
            {
              '@type': 'UnitPriceSpecification',
              price: 19,
              priceCurrency: 'EUR',
              referenceQuantity: { '@type': 'QuantitativeValue', value: 1, unitCode: 'MON' },
            },
            {
              '@type': 'UnitPriceSpecification',
              priceComponentType: 'https://schema.org/Downpayment',
              price: 75,
              priceCurrency: 'EUR',
            },
          ],
        },
      }),
    ),
    records: { 'Chalk walls': { amounts: null } },
    noted: { 'Chalk walls': ['19', '75'] },
  },
  {
    kind: 'entities in an address',
    format: 'schema-org',
    feed: html(ld({ ...COURSE, url: 'https://wolds.example/c?n=3&amp;l=en' }), '', 'https://wolds.example/c?n=3&l=en'),
    records: { 'Chalk walls': { url: 'https://wolds.example/c?n=3&l=en' } },
  },
  {
    kind: 'a part of itself is no relation, and nothing stacks by it',
    format: 'schema-org',
    feed: html(
      ld({
        ...COURSE,
        '@id': 'https://wolds.example/course/',
        isPartOf: { '@type': 'Course', '@id': 'https://wolds.example/course/' },
      }),
    ),
    records: { 'Chalk walls': { relations: null, stackability: null } },
  },
];

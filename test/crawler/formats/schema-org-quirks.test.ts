import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isFault, type Page, type RawRecord } from '../../../crawler/format.ts';
import { schemaOrg as unguarded } from '../../../crawler/formats/schema-org/index.ts';
import { behindDoor } from '../../../crawler/persons/format-door.ts';
import { Credential, type Problem, SourceDefinition } from '../../../schema/index.ts';

const schemaOrg = behindDoor(unguarded);
const source = SourceDefinition.parse({
  id: 'src',
  title: 's',
  format: 'schema-org',
  url: 'https://x.example/',
  publisher: 'p',
  licence: 'l',
});
const CASES = new URL('../../../../shared/cases/', import.meta.url);

async function read(body: string | Buffer, url: string) {
  const page: Page = { url, source, envelope: {} };
  const records: RawRecord[] = [];
  async function* whole() {
    yield Buffer.from(body);
  }
  for await (const item of schemaOrg.records(whole(), page)) if (!isFault(item)) records.push(item);
  return records.map(({ raw, identifier }) => {
    const out = schemaOrg.normalise(JSON.parse(JSON.stringify(raw)), source, identifier, []);
    if ('rejection' in out) throw new Error(`rejected: ${out.rejection.rule}`);
    return { c: Credential.parse(out.credential), problems: out.problems };
  });
}

async function one(node: object, url = 'https://x.example/feed.json') {
  const course = {
    '@context': 'https://schema.org',
    '@type': 'Course',
    name: 'N',
    url: 'https://x.example/n',
    ...node,
  };
  const [first, ...others] = await read(JSON.stringify(course), url);
  if (!first || others.length) throw new Error('not one record');
  return first;
}

const told = (problems: readonly Problem[], ...rules: string[]) =>
  problems.filter(({ rule }) => rules.includes(rule)).map(({ rule, path, found }) => `${rule} ${path} ${found}`);

describe.skipIf(!existsSync(CASES))('cases from bug reports (need ../shared/cases)', () => {
  const at = (name: string) => read(readFileSync(new URL(name, CASES)), `https://x.example/${name}`);

  test('EQF levels in words: only where one is named; the words stay in all', async () => {
    const records = await at('eqf-in-words.json');
    expect(records.map(({ c }) => c.level.value?.eqf)).toEqual([...Array(7).fill(undefined), 5, undefined, 6]);
    expect(records.every(({ c }) => c.level.value?.text?.[0]?.value.includes('EQF'))).toBe(true);
    expect(records[7]?.c.level.value?.nqf).toMatchObject({ framework: 'SCQF', level: '7' });
  });

  test('recurring prices are none of the course', async () => {
    const [month, parts, once] = await at('recurring-prices.json');
    expect(month?.c.costs.value).toEqual([{ text: '29.99 EUR subscription, per month (12 times)' }]);
    expect(parts?.c.costs.value).toEqual([
      { text: '100 EUR down payment' },
      { text: '50 EUR instalment, per month (6 times)' },
    ]);
    expect(once?.c.costs.value).toEqual([{ amount: 240, currency: 'EUR' }]);
  });

  test('prices in words', async () => {
    const records = await at('prices-in-words.json');
    expect(records.map(({ c }) => c.costs.value)).toEqual([
      [{ amount: 0.89, currency: 'EUR' }],
      [{ amount: 4500, currency: 'SEK' }],
      [{ text: '€1.250 – €1.500' }],
    ]);
  });

  test('an escaped address', async () => {
    const [record] = await at('ampersand-in-address.html');
    expect(record?.c.url).toBe('https://ovenhuis.example/course?id=7&lang=en');
    expect(told(record?.problems ?? [], 'escaped-address')).toHaveLength(1);
  });
});

describe('for whom a price is', () => {
  const prices = async (...offers: object[]) =>
    (await one({ offers: offers.map((offer) => ({ '@type': 'Offer', priceCurrency: 'CHF', ...offer })) })).c.costs
      .value;

  test('the customer type, also as a node or as an entry of a list; the name stays beside it', async () => {
    expect(
      await prices(
        {
          price: 240,
          name: 'Academic price',
          eligibleCustomerType: { '@type': 'BusinessEntityType', name: 'Academic' },
        },
        {
          price: 1200,
          name: 'Industry price',
          eligibleCustomerType: { '@type': 'BusinessEntityType', name: 'Industrial' },
        },
        { price: 300, eligibleCustomerType: 'http://purl.org/goodrelations/v1#PublicInstitution' },
        { price: 100, audience: { '@type': 'Audience', audienceType: 'Apprentices' } },
      ),
    ).toEqual([
      { amount: 240, currency: 'CHF', audience: 'Academic', text: 'Academic price' },
      { amount: 1200, currency: 'CHF', audience: 'Industrial', text: 'Industry price' },
      { amount: 300, currency: 'CHF', audience: 'PublicInstitution' },
      { amount: 100, currency: 'CHF', audience: 'Apprentices' },
    ]);
  });

  test('the names of offers, where they tell them apart; two that cost nothing are two', async () => {
    expect(
      await prices({ price: 0, name: 'Students' }, { price: 0, name: 'Members' }, { price: 90, name: 'Early bird' }),
    ).toEqual([
      { amount: 0, currency: 'CHF', audience: 'Students' },
      { amount: 0, currency: 'CHF', audience: 'Members' },
      { amount: 90, currency: 'CHF', text: 'Early bird' },
    ]);
    expect(await prices({ price: 90, name: 'Weekend on the moor' })).toEqual([
      { amount: 90, currency: 'CHF', text: 'Weekend on the moor' },
    ]);
    expect(await prices({ price: 90, name: 'N' })).toEqual([{ amount: 90, currency: 'CHF' }]);
  });

  test('specifications, offers in an offer, regions and dates', async () => {
    expect(
      await prices({
        priceSpecification: [
          { price: 10, name: 'Residents' },
          { price: 20, name: 'Visitors' },
        ],
      }),
    ).toMatchObject([
      { amount: 10, audience: 'Residents' },
      { amount: 20, audience: 'Visitors' },
    ]);
    expect(
      await prices({
        '@type': 'AggregateOffer',
        lowPrice: 10,
        offers: [
          { '@type': 'Offer', price: 10, eligibleRegion: 'EU', validThrough: '2027-05-01' },
          { '@type': 'Offer', price: 30, eligibleRegion: { '@type': 'Country', name: 'Norway' } },
        ],
      }),
    ).toEqual([
      { amount: 10, currency: 'CHF', text: 'lowPrice' },
      { amount: 10, audience: 'EU', text: 'until 2027-05-01' },
      { amount: 30, audience: 'Norway' },
    ]);
  });

  test('categories that say for whom, and for what', async () => {
    expect(
      await prices(
        { price: 10, category: 'In-state' },
        { price: 30, category: 'Out-of-state' },
        { price: 5, category: 'Program Fees' },
      ),
    ).toEqual([
      { amount: 10, currency: 'CHF', audience: 'In-state' },
      { amount: 30, currency: 'CHF', audience: 'Out-of-state' },
      { amount: 5, currency: 'CHF', text: 'Program Fees' },
    ]);
    expect(await prices({ price: 10, category: 'Paid' }, { price: 30, category: 'Partially Free' })).toEqual([
      { amount: 10, currency: 'CHF' },
      { amount: 30, currency: 'CHF' },
    ]);
  });

  test('categories keep their audience as well', async () => {
    const { c } = await one({
      offers: [
        { '@type': 'Offer', category: 'Free', name: 'Students' },
        { '@type': 'Offer', category: 'Free', name: 'Members' },
      ],
    });
    expect(c.costs).toMatchObject({
      state: 'derived',
      value: [
        { amount: 0, audience: 'Students' },
        { amount: 0, audience: 'Members' },
      ],
    });
  });
});

describe('prices of a part or a period', () => {
  const offer = async (offers: object) => (await one({ offers })).c.costs.value;
  const amounts = async (offers: object) => (await offer(offers))?.flatMap(({ amount }) => amount ?? []);

  test.each([
    ['a monthly unit', { priceSpecification: { price: 9, unitCode: 'MON' } }, '9 per month'],
    [
      'the unit of a reference quantity',
      { priceSpecification: { price: 9, referenceQuantity: { value: 3, unitCode: 'MON' } } },
      '9 every 3 months',
    ],
    ['a unit as programmes have it', { priceSpecification: { price: 9, unitText: 'PER_CREDIT' } }, '9 per credit'],
    ['a unit in words', { priceSpecification: { price: 9, unitText: 'hour' } }, '9 per hour'],
    [
      'a component of a compound price',
      { priceSpecification: { priceComponent: { price: 9, priceComponentType: 'ActivationFee' } } },
      '9 activation fee',
    ],
    [
      'a duration of billing',
      { priceSpecification: { price: 9, billingDuration: 'P1Y', unitCode: 'MON' } },
      '9 per month (P1Y)',
    ],
    ['the category of the offer', { price: 9, category: 'Subscription' }, '9 Subscription'],
    ['the name of the offer', { price: 9, name: 'Monthly pass' }, 'Monthly pass: 9'],
  ])('%s', async (_, offers, text) => {
    expect(await offer(offers)).toEqual([{ text }]);
  });

  test('an offer that repeats the price of its specification', async () => {
    expect(await amounts({ price: '29.00', priceSpecification: { price: '29.00', unitCode: 'MON' } })).toEqual([]);
  });

  test.each([
    ['a piece', { price: 9, priceSpecification: { price: 9, unitCode: 'C62' } }],
    ['a person', { priceSpecification: { price: 9, unitText: 'participant' } }],
    ['a list price', { priceSpecification: { price: 9, priceType: 'https://schema.org/ListPrice' } }],
    [
      'a long description that speaks of weeks',
      { price: 9, description: `Two evenings per week. ${'All materials are in it. '.repeat(8)}` },
    ],
  ])('%s is none', async (_, offers) => {
    expect(await amounts(offers)).toEqual([9]);
  });

  test('a flag beside prices is no price, and told; a currency alone is told', async () => {
    const free = await one({ isAccessibleForFree: true, offers: { price: 50, priceCurrency: 'EUR' } });
    expect(free.c.costs.value).toEqual([{ amount: 50, currency: 'EUR' }]);
    expect(told(free.problems, 'free-and-priced')).toEqual(['free-and-priced /node/isAccessibleForFree true']);
    const paid = await one({ isAccessibleForFree: false, offers: { price: 0 } });
    expect(told(paid.problems, 'contradiction')).toHaveLength(1);
    const bare = await one({ offers: { priceCurrency: 'GBP' } });
    expect(bare.c.costs.state).toBe('not-stated');
    expect(told(bare.problems, 'currency-without-amount')).toHaveLength(1);
  });
});

describe('relations', () => {
  const related = async (isPartOf: object, more: object = {}, url?: string) => one({ isPartOf, ...more }, url);

  test.each([
    ['its address', { url: 'https://x.example/n' }],
    ['without www, with a slash', { url: 'http://www.x.example/n/' }],
    ['its page', { url: 'https://x.example/n#' }],
    ['its @id', { '@id': 'https://x.example/n#me' }],
  ])('a relation to itself is none: %s', async (_, target) => {
    const { c, problems } = await related({ '@type': 'Course', ...target }, { '@id': 'https://x.example/n#me' });
    expect(c.relations).toEqual([]);
    expect(told(problems, 'relation-to-itself')).toHaveLength(1);
  });

  test('a fragment of a course that has a page to itself is the course', async () => {
    const { c, problems } = await related({ '@type': 'Course', url: 'https://x.example/n#course' });
    expect(c.relations).toEqual([]);
    expect(told(problems, 'relation-to-itself')).toHaveLength(1);
  });

  test('the page is the course, unless the course has an address of its own', async () => {
    const page = 'https://x.example/programme';
    const course = { '@type': 'Course', name: 'N', isPartOf: { '@type': 'EducationalOccupationalProgram', url: page } };
    const html = (node: object) =>
      `<html><script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', ...node })}</script>`;
    const [lone] = await read(html(course), page);
    expect(lone?.c.relations).toEqual([]);
    expect(told(lone?.problems ?? [], 'relation-to-itself')).toHaveLength(1);
    const [part] = await read(html({ ...course, url: 'https://x.example/n' }), page);
    expect(part?.c.relations).toMatchObject([{ type: 'partOf', target: page }]);
  });

  test('other courses of one script or one page are others', async () => {
    const query = await related(
      { '@type': 'Course', url: 'https://x.example/show?id=8' },
      { url: 'https://x.example/show?id=7' },
    );
    expect(query.c.relations).toMatchObject([{ type: 'partOf', target: 'https://x.example/show?id=8' }]);
    const page = await related(
      { '@type': 'Course', '@id': 'https://x.example/all#b' },
      { '@id': 'https://x.example/all#a', url: undefined },
    );
    expect(page.c.relations).toMatchObject([{ target: 'https://x.example/all#b' }]);
  });
});

describe('what is said once must not be lost', () => {
  test('identifiers and codes', async () => {
    const { c } = await one({
      courseCode: 'BOG 101',
      identifier: [{ '@type': 'PropertyValue', propertyID: 'register', value: 'R-77' }, 'doi:10.1/x', 'n/a'],
    });
    expect(c.alternates).toEqual(['code:src:R-77', 'doi:10.1/x', 'code:src:BOG 101']);
  });

  test('nested properties that nobody reads are told, those of a run beside its course as well', async () => {
    const { problems } = await one({
      offers: { '@type': 'Offer', price: 3, eligibleQuantity: 2 },
      hasCourseInstance: { '@type': 'CourseInstance', startDate: '2027-01-01', doorTime: '9:00' },
      price: 9,
    });
    expect(told(problems, 'not-mapped')).toEqual([
      'not-mapped /node price, offers/eligibleQuantity, hasCourseInstance/doorTime',
    ]);
    const beside = schemaOrg.normalise(
      {
        type: 'CourseInstance',
        node: { name: 'N' },
        runs: [{ startDate: '2027-01-01', doorTime: '9' }],
        page: {},
        base: '',
      },
      source,
      'i',
      [],
    );
    expect(told(beside.problems, 'not-mapped')).toEqual(['not-mapped /runs/0 doorTime']);
  });

  test('a place of the course, where it has no runs; dates of several schedules', async () => {
    const { c } = await one({ location: { '@type': 'Place', name: 'Bog Hut', address: 'Peat Lane 1' } });
    expect(c.opportunities).toMatchObject([{ place: 'Bog Hut, Peat Lane 1' }]);
    const schedules = [
      { '@type': 'Schedule', startDate: '2027-01-01', byDay: 'Monday' },
      { '@type': 'Schedule', startDate: '2027-03-01', byDay: 'Friday' },
    ];
    const { c: twice } = await one({ hasCourseInstance: { '@type': 'CourseInstance', courseSchedule: schedules } });
    expect(twice.opportunities[0]).toMatchObject({ durationText: '2027-01-01 Monday; 2027-03-01 Friday' });
    expect(twice.opportunities[0]).not.toHaveProperty('startDate');
  });

  test('a level by its address alone', async () => {
    const { c, problems } = await one({
      educationalLevel: ['https://levels.example/5', { '@type': 'DefinedTerm', '@id': 'https://levels.example/6' }],
    });
    expect(c.level.state).toBe('not-stated');
    expect(told(problems, 'unknown-code')).toHaveLength(2);
    const known = await one({ educationalLevel: { '@id': 'http://data.europa.eu/snb/eqf/6', name: 'Bachelor' } });
    expect(known.c.level.value?.eqf).toBe(6);
    expect(told(known.problems, 'unknown-code')).toEqual([]);
  });

  test('credits that stand in the name of their node', async () => {
    const { c } = await one({ numberOfCredits: { '@type': 'StructuredValue', name: '5 ECTS' } });
    expect(c.workload.value).toEqual({ ects: 5 });
  });
});

describe('what nobody said', () => {
  test('an online place is no place', async () => {
    for (const location of [
      'Zoom',
      { '@type': 'Place', name: 'Streamed' },
      { '@type': 'Place', address: { addressLocality: 'Online' } },
    ]) {
      const { c, problems } = await one({
        hasCourseInstance: { '@type': 'CourseInstance', courseMode: 'Onsite', location },
      });
      expect(c.opportunities[0]).not.toHaveProperty('place');
      expect(c.opportunities[0]).not.toHaveProperty('locality');
      expect(told(problems, 'online-place')).toHaveLength(1);
    }
    const { c } = await one({ hasCourseInstance: { '@type': 'CourseInstance', location: 'Online' } });
    expect(c.opportunities[0]?.participation).toEqual(['online']);
  });

  test('a percentage is no number of credits; a number without a unit no duration', async () => {
    for (const numberOfCredits of ['5 %', { value: 5, unitText: '%' }, { value: 5, unitCode: 'P1' }]) {
      const { c, problems } = await one({ numberOfCredits });
      expect(c.workload.state).toBe('not-stated');
      expect(told(problems, 'not-a-number')).toHaveLength(1);
    }
    const { c, problems } = await one({ timeRequired: '10' });
    expect(c.workload.state).toBe('not-stated');
    expect(told(problems, 'number-without-unit')).toHaveLength(1);
  });

  test('outcomes under headings, in one text or as a list', async () => {
    const text = 'Knowledge\n- how a pump works\nSkills\n- take a pump apart';
    const split = await one({ teaches: text });
    expect(split.c.learningOutcomes.value?.map(({ text: [first] }) => first?.value)).toEqual([
      'how a pump works',
      'take a pump apart',
    ]);
    const list = await one({ teaches: ['You will be able to:', 'prune a vine'] });
    expect(list.c.learningOutcomes.value?.map(({ text: [first] }) => first?.value)).toEqual(['prune a vine']);
    expect(told(list.problems, 'lead-in-only')).toHaveLength(1);
  });

  test('an apprenticeship is no degree', async () => {
    const { c } = await one({ educationalCredentialAwarded: 'Modern Apprenticeship (MA)' });
    expect(c.kind.value?.code ?? c.kind.derived?.value.code).toBe('course');
    expect(c.kind.value?.text?.[0]?.value).toBe('Modern Apprenticeship (MA)');
  });

  test('an abstract cut from the description is not said twice', async () => {
    const description = 'How peat stores carbon, and what drains it away over the years.';
    const cut = await one({ description, abstract: 'How peat stores carbon, and what …' });
    expect(cut.c.furtherInformation.state).toBe('not-stated');
    const other = await one({ description, abstract: 'For people in boots.' });
    expect(other.c.furtherInformation.value?.text).toMatchObject([{ value: 'abstract: For people in boots.' }]);
  });
});

describe('languages, dates, contexts', () => {
  test('languages of ISO 639-3, as codes and in nodes', async () => {
    const { c } = await one({
      inLanguage: [
        'dse',
        { '@type': 'Language', name: 'Spanish', alternateName: 'es' },
        { name: 'Võro', alternateName: 'vro' },
      ],
    });
    expect(c.languages.value).toEqual(['dse', 'es', 'vro']);
  });

  test('instants are days in the zone of the source', () => {
    const dutch = { ...source, defaults: { ...source.defaults, country: 'NL' } };
    const raw = {
      type: 'CourseInstance',
      node: { name: 'N', startDate: '2026-08-31T22:00:00Z', endDate: '30-Sep-2026' },
      page: {},
      base: '',
    };
    const out = schemaOrg.normalise(raw, dutch, 'i', []);
    expect('credential' in out && out.credential?.opportunities[0]).toMatchObject({
      startDate: '2026-09-01',
      endDate: '2026-09-30',
    });
  });

  test.each([
    'https: //schema.org',
    'schema.org',
    '//schema.org',
    'https://schema.org#',
    'htps://schema.org',
    'http://www.schema.org',
  ])('a context written "%s" is schema.org\'s', (context) => {
    expect(schemaOrg.detect({ text: JSON.stringify({ '@context': context, '@type': 'Course', name: 'N' }) })).toBe(0.9);
  });
});

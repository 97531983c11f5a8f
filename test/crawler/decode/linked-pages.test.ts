import { describe, expect, test } from 'vitest';
import type { NodeKinds } from '../../../crawler/decode/linked/candidates.ts';
import { readLinkedPage } from '../../../crawler/decode/linked/linked-page.ts';
import { type LinkedNode, list } from '../../../crawler/decode/linked/node.ts';
import type { RawNode } from '../../../crawler/decode/linked/page-records.ts';
import { respelled } from '../../../crawler/decode/linked/schema-org.ts';
import { isFault, type Page } from '../../../crawler/format.ts';
import { createNotes } from '../../../crawler/problems/notes.ts';
import { SourceDefinition } from '../../../schema/index.ts';

const KINDS: NodeKinds = {
  kindOf: (node) => ['Course', 'CourseInstance'].find((type) => list(node['@type']).includes(type)),
  course: 'Course',
  run: 'CourseInstance',
  credential: 'Award',
  toCourse: ['isPartOf'],
  toRuns: ['hasCourseInstance', 'subEvent'],
  toCredential: ['awarded'],
  pointers: new Set(['isPartOf']),
  lists: new Set(['itemListElement', 'item']),
  substance: ['description'],
  noise: new Set(['image']),
  mentions: /\bCourse\b/,
};

const source = SourceDefinition.parse({
  id: 'src',
  title: 's',
  format: 'schema-org',
  url: 'https://x.example/',
  publisher: 'p',
  licence: 'l',
});

async function read(body: string, url = 'https://x.example/kurs') {
  const page: Page = { url, source, envelope: {} };
  const records: { identifier: string; raw: RawNode }[] = [];
  const faults: { rule: string; found: string; incomplete?: true }[] = [];
  async function* bytes() {
    yield Buffer.from(body);
  }
  for await (const item of readLinkedPage(bytes(), page, KINDS)) {
    if (!isFault(item)) records.push({ identifier: item.identifier, raw: item.raw as RawNode });
    else {
      const { rule, found } = item.rejection;
      faults.push({ rule, found, ...(item.incomplete ? { incomplete: true as const } : {}) });
    }
  }
  const rules = records.map(({ raw }) => (raw.notes ?? []).map(({ rule }) => rule));
  return { records, faults, rules, page };
}

const script = (...values: unknown[]): string =>
  values
    .map(
      (value) =>
        `<script type="application/ld+json">${typeof value === 'string' ? value : JSON.stringify(value)}</script>`,
    )
    .join('');
const course = (more: object, context: unknown = 'https://schema.org') => ({
  '@context': context,
  '@type': 'Course',
  name: 'Drystone',
  ...more,
});
const MISSPELT = 'vocabulary-respelled';

describe('a context as people write it', () => {
  test.each([
    'https://schema.org',
    'http://schema.org/',
    'https://www.schema.org',
    'HTTPS://Schema.Org/',
    ' https://schema.org/  ',
    'http://schema.org/docs/jsonldcontext.json',
    'https://schema.org/docs/jsonldcontext.jsonld',
    ['https://schema.org'],
    ['https://schema.org', { '@language': 'en' }],
    [{ ex: 'https://ex.example/ns#' }, 'https://schema.org/'],
    { '@vocab': 'https://schema.org/' },
    { '@vocab': 'http://schema.org' },
    // Nothing is said of the vocabulary.
    { '@language': 'en' },
    '',
    [],
  ])('%j is schema.org', async (context) => {
    const { records, faults, rules } = await read(script(course({}, context)));
    expect(records.map(({ raw }) => raw.type)).toEqual(['Course']);
    expect([faults, rules]).toEqual([[], [[]]]);
  });

  test.each([
    'https: //schema.org',
    'schema.org',
    'Schema.org/',
    'www.schema.org',
    '//schema.org',
    '/schema.org',
    'https://schema.org#',
    'htps://schema.org',
    'htpps://schema.org/',
    'ttps://schema.org',
    'https//schema.org',
    'https:/schema.org',
    'http:///schema.org',
    'http:schema.org',
    'https;//schema.org',
    'https:\\/\\/schema.org',
    'https:\\\\schema.org\\',
    'https://https://schema.org',
    'https://schema .org',
    'https://schema.org.',
    '"https://schema.org"',
    '<https://schema.org>',
    '\u200bhttps://schema.org',
    'https&#58;&#47;&#47;schema.org',
    'https%3A%2F%2Fschema.org',
    'https://schema.org?',
    'https://schema.org:443/',
    'https://pending.schema.org',
    'schema.org/docs/jsonldcontext.json',
    ['https: //schema.org', { '@language': 'en' }],
    { '@vocab': 'schema.org' },
    [{ '@vocab': 'htps://schema.org/' }],
  ])('%j is schema.org, and told', async (context) => {
    const { records, faults, rules } = await read(script(course({}, context)));
    expect(records.map(({ raw }) => [raw.type, raw.node.name])).toEqual([['Course', 'Drystone']]);
    expect([faults, rules]).toEqual([[], [[MISSPELT]]]);
  });

  test.each([
    'https://vocab.example/',
    'https://schema.org.example/',
    'https://myschema.org',
    'https://vocab.example/schema.org',
    'https://vocab.example/?for=https://schema.org',
    'https://purl.example/schema_org',
    { '@vocab': 'https://vocab.example/' },
    { Course: 'https://vocab.example/Course' },
    ['https://w3id.example/credentials', { name: 'https://vocab.example/name' }],
  ])('%j is another vocabulary', async (context) => {
    expect((await read(script(course({}, context)))).records).toEqual([]);
  });

  test('what may have been meant, and cannot be made out, is told', async () => {
    for (const context of ['https://shema.org', 'https://schemas.org/', { '@vocab': 'http://schema.ogr/' }]) {
      const { records, faults } = await read(script(course({}, context)));
      expect(records).toEqual([]);
      expect(faults).toMatchObject([{ rule: 'unknown-vocabulary', found: expect.stringMatching(/^Course in /) }]);
    }
    const thing = await read(script({ '@context': 'https://shema.org', '@type': 'Thing', name: 'x' }));
    expect(thing.faults).toEqual([]);
  });

  test('names by prefix and alias, with a prefix that is written wrongly', async () => {
    const aliases = { Kurs: 'https://schema.org/Course', titel: { '@id': 's:name' }, s: 'schema.org', typ: '@type' };
    const { records, rules } = await read(
      script({ '@context': aliases, typ: 'Kurs', titel: 'Hedging', 's:sku': 'H1' }),
    );
    expect(records[0]?.raw.node).toMatchObject({ '@type': ['Course'], name: 'Hedging', sku: 'H1' });
    expect(rules).toEqual([[]]);
  });

  test('a nested context adds to the one around; one of another vocabulary replaces it', async () => {
    const inside = (context: unknown) =>
      course({ about: { '@context': context, '@type': 'Course', name: 'In', description: 'd' } });
    const same = await read(script(inside({ ex: 'https://ex.example/' })));
    expect(same.records).toHaveLength(2);
    expect((await read(script(inside('https://vocab.example/')))).records).toHaveLength(1);
  });

  test('types and vocabularies of all syntaxes, told once', async () => {
    const types = await read(
      script({ '@type': 'schema.org/Course', name: 'A' }, { '@type': 'htps://schema.org/Course', name: 'B' }),
    );
    expect(types.rules).toEqual([[MISSPELT], [MISSPELT]]);
    const many = [1, 2, 3].map((n) => course({ name: `C${n}` }, 'schema.org'));
    expect((await read(JSON.stringify(many), 'https://x.example/all.json')).rules).toEqual([[MISSPELT], [], []]);
    for (const html of [
      '<div itemscope itemtype="schema.org/Course"><b itemprop="name">Drystone</b></div>',
      '<div vocab="schema.org" typeof="Course"><b property="name">Drystone</b></div>',
      '<div vocab="https: //schema.org/" typeof="Course"><b property="name">Drystone</b></div>',
    ]) {
      const { records, rules } = await read(html);
      expect(records.map(({ raw }) => [raw.type, raw.node.name])).toEqual([['Course', 'Drystone']]);
      expect(rules).toEqual([[MISSPELT]]);
    }
  });

  test('costs no time, however long or strange it is', () => {
    const start = performance.now();
    for (const text of [
      `${'h'.repeat(190)}schema.org`,
      `${'/'.repeat(1e6)}schema.org`,
      `schema${' '.repeat(1e6)}.org`,
    ]) {
      expect(respelled(text)).toBeUndefined();
    }
    expect(performance.now() - start).toBeLessThan(200);
  });
});

describe('JSON that is encoded twice', () => {
  const once = JSON.stringify(course({ description: 'a "b" <p>c &amp; d</p>' }));
  const escaped = once
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
  test.each([
    ['a text of JSON', JSON.stringify(once), ['encoded-twice']],
    ['three times', JSON.stringify(JSON.stringify(once)), ['encoded-twice']],
    ['a list of texts', JSON.stringify([once]), ['encoded-twice']],
    ['escaped for HTML', escaped, ['entities']],
    ['in a list', `[ ${escaped}]`, ['entities']],
    ['by number', escaped.replaceAll('&quot;', '&#34;'), ['entities']],
    ['escaped twice', escaped.replaceAll('&', '&amp;'), ['entities']],
    ['a text, escaped', JSON.stringify(escaped), ['encoded-twice', 'entities']],
  ])('%s', async (_, text, repairs) => {
    const inPage = await read(script(text));
    const asDocument = await read(text, 'https://x.example/feed.json');
    for (const { records, faults } of [inPage, asDocument]) {
      expect(faults).toEqual([]);
      expect(records[0]?.raw.node.description).toBe('a "b" <p>c &amp; d</p>');
      const notes = records[0]?.raw.notes ?? [];
      expect(notes.map(({ rule, found }) => [rule, found])).toEqual(repairs.map((repair) => ['json-repaired', repair]));
    }
  });
  test('a text that holds half of it is broken, and may have held a course', async () => {
    const { faults } = await read(script(JSON.stringify(once.slice(0, -5))));
    expect(faults).toMatchObject([{ rule: 'json-syntax', incomplete: true }]);
    expect((await read(script('"just words"'))).faults).toEqual([]);
  });
});

describe('what is said of the page itself', () => {
  const rdfa = (tag: string, inside = '') =>
    tag === 'html'
      ? `<html vocab="https://schema.org/" typeof="Course"><body><h1 property="name">Peat</h1>${inside}</body></html>`
      : `<html><body vocab="https://schema.org/" typeof="Course"><h1 property="name">Peat</h1>${inside}</body></html>`;
  // What is about "" inside of another node is said of the page.
  const run =
    '<span rel="hasCourseInstance" typeof="CourseInstance"><meta property="startDate" content="2027-03-01"><b about="" property="courseCode">P1</b></span>';
  const micro = (tag: string) =>
    `<html><body><p></p></body></html>`
      .replace(`<${tag}>`, `<${tag} itemscope itemtype="https://schema.org/Course">`)
      .replace(
        '<p></p>',
        '<b itemprop="name">Peat</b><i itemprop="hasCourseInstance" itemscope itemtype="https://schema.org/CourseInstance"><meta itemprop="startDate" content="2027-03-01"></i><b itemprop="courseCode">P1</b>',
      );
  const whole = (html: string) => html.replace(/<\/?html>/g, '');
  test.each([
    ['RDFa on body', rdfa('body', run)],
    ['RDFa on html', rdfa('html', run)],
    ['RDFa on a body alone', whole(rdfa('body', run))],
    ['microdata on body', micro('body')],
    ['microdata on html', micro('html')],
    ['microdata on a body alone', whole(micro('body'))],
  ])('%s: a file says the same as an address', async (_, html) => {
    const said = async (url: string) => {
      const { records, faults } = await read(html, url);
      expect(faults).toEqual([]);
      return records.map(({ raw: { type, node } }) => ({ type, ...node, '@id': undefined }));
    };
    const file = await said('file:///tmp/page.html');
    expect(file).toMatchObject([
      { type: 'Course', name: 'Peat', courseCode: 'P1', hasCourseInstance: { startDate: '2027-03-01' } },
    ]);
    expect(await said('https://x.example/kurs')).toEqual(file);
  });
});

describe('one course in two scripts', () => {
  const first = course({
    provider: { name: 'Wall School' },
    offers: { price: '120.00' },
    description: 'Stone on stone.',
  });
  const names = async (...nodes: unknown[]) => {
    const { records, faults } = await read(script(...nodes));
    expect(faults).toEqual([]);
    return records.map(({ raw }) => raw.node);
  };
  const list = course({ name: 'Hedging', url: 'https://x.example/hedging' });

  test.each([
    ['same name and provider', { provider: { name: 'Wall School' } }],
    [
      'the provider by address and a shorter name',
      { provider: { name: 'Wall School Ltd', url: 'https://wall.example' } },
    ],
    ['the same price, written otherwise', { provider: { name: 'Wall School' }, offers: [{ price: 120 }] }],
    ['an escaped name', { name: 'DRYSTONE', provider: 'Wall School' }],
  ])('%s: one, beside another course', async (_, more) => {
    const [one, other, ...rest] = await names(first, course({ teaches: 'hearting', ...more }), list);
    expect([one?.teaches, one?.description, other?.name, rest]).toEqual(['hearting', 'Stone on stone.', 'Hedging', []]);
  });

  test('nothing in common but the name: one when the page has no other course, else two', async () => {
    const bare = course({ teaches: 'hearting' });
    expect(await names(first, bare)).toMatchObject([{ teaches: 'hearting', offers: { price: '120.00' } }]);
    expect(await names(first, bare, list)).toHaveLength(3);
  });

  test('same address, a fragment of it, or one nameless', async () => {
    const at = (more: object) => course({ url: 'https://x.example/kurs', ...more });
    const other = { teaches: 'hearting' };
    expect(await names(at({ sku: '1' }), at(other), list)).toHaveLength(2);
    expect(await names(at({ sku: '1' }), at({ url: 'https://x.example/kurs#product', ...other }), list)).toHaveLength(
      2,
    );
    expect(await names(at({ sku: '1' }), at({ name: undefined, ...other }), list)).toMatchObject([
      { name: 'Drystone', teaches: 'hearting' },
      { name: 'Hedging' },
    ]);
  });

  test.each([
    ['providers', { provider: { name: 'Hill School' } }],
    ['addresses', { url: 'https://x.example/b', provider: { name: 'Wall School' } }],
    ['places of a page', { url: 'https://x.example/a#2', provider: { name: 'Wall School' } }],
    ['codes', { courseCode: 'D2', provider: { name: 'Wall School' } }],
    ['levels', { educationalLevel: 'advanced', provider: { name: 'Wall School' } }],
    ['prices', { offers: { price: 90 }, provider: { name: 'Wall School' } }],
  ])('two with other %s stay two', async (_, more) => {
    const one = { ...first, url: 'https://x.example/a#1', courseCode: 'D1', educationalLevel: 'beginner' };
    if (!('url' in more)) Reflect.deleteProperty(one, 'url');
    expect(await names(one, course(more))).toHaveLength(2);
  });

  test('two entries of one script stay two', async () => {
    expect(await names([first, course({ provider: { name: 'Wall School' } })])).toHaveLength(2);
  });

  test('runs: what may be one is one, what differs is kept', async () => {
    const runs = (...hasCourseInstance: object[]) =>
      course({ hasCourseInstance: hasCourseInstance.map((run) => ({ '@type': 'CourseInstance', ...run })) });
    const spring = { startDate: '2027-03-01' };
    const merged = async (a: object, b: object) =>
      (await names(a, b)).map((node) => node.hasCourseInstance as LinkedNode[]);
    expect(
      await merged(runs({ courseMode: 'Onsite', location: 'Kendal' }), runs({ courseWorkload: 'PT25H' })),
    ).toMatchObject([[{ courseMode: 'Onsite', location: 'Kendal', courseWorkload: 'PT25H' }]]);
    const [all] = await merged(
      runs({ ...spring, location: 'Kendal' }, { startDate: '2027-05-01' }),
      runs({ startDate: '2027-03-01T09:00:00Z', courseWorkload: 'PT25H' }, { startDate: '2027-09-01' }),
    );
    expect(all?.map(({ startDate, courseWorkload }) => [startDate, courseWorkload])).toEqual([
      ['2027-03-01', 'PT25H'],
      ['2027-05-01', undefined],
      ['2027-09-01', undefined],
    ]);
    expect((await merged(runs({ courseMode: 'Onsite' }), runs({ courseMode: 'Online' })))[0]).toHaveLength(2);
  });

  test('what the same address says in two ways is told', async () => {
    const at = (price: number) => course({ url: 'https://x.example/kurs', offers: { price } });
    const { records, rules } = await read(script(at(120), { ...at(99), sku: 'x' }));
    expect(records).toHaveLength(1);
    expect(rules).toEqual([['contradiction']]);
  });
});

describe('an address that went through an HTML escaper', () => {
  const url = 'https://x.example/course?id=7&amp;lang=en';
  test('is read, and told where it stands; the record keeps it as written', async () => {
    const { records } = await read(script(course({ url, offers: [{ url: '/buy?a=1&#038;b=2' }] })));
    expect(records).toMatchObject([{ identifier: 'https://x.example/course?id=7&lang=en', raw: { node: { url } } }]);
    const notes = records[0]?.raw.notes ?? [];
    expect(notes.map(({ path, rule }) => `${rule} ${path}`)).toEqual([
      'escaped-address /node/url',
      'escaped-address /node/offers/0/url',
    ]);
    // The format that reads the address there does not say it again.
    const again = createNotes(notes);
    again.add('/node/url', 'escaped-address', url);
    again.add('/node/provider/url', 'escaped-address', url);
    expect(again.problems.map(({ path }) => path)).toEqual(['/node/url', '/node/offers/0/url', '/node/provider/url']);
  });
  test('as an @id as well, where references still meet', async () => {
    const { records, rules } = await read(
      script({
        '@context': 'https://schema.org',
        '@graph': [
          course({ '@id': url, provider: { '@id': 'https://x.example/?org=1&amp;x=2' } }),
          { '@id': 'https://x.example/?org=1&amp;x=2', '@type': 'Organization', name: 'Wall School' },
        ],
      }),
    );
    expect(records).toMatchObject([
      { identifier: 'https://x.example/course?id=7&lang=en', raw: { node: { provider: { name: 'Wall School' } } } },
    ]);
    expect(rules).toEqual([['escaped-address', 'escaped-address']]);
  });
  test('in a list of links', async () => {
    const { page } = await read(
      script({
        '@context': 'https://schema.org',
        '@type': 'ItemList',
        itemListElement: [{ '@type': 'ListItem', url }],
      }),
    );
    expect(page.envelope.requests).toEqual([{ url: 'https://x.example/course?id=7&lang=en', role: 'page' }]);
  });
});

test('@list, @set, @reverse and expanded values', async () => {
  const { records } = await read(
    JSON.stringify([
      {
        '@id': 'https://x.example/a',
        '@type': ['http://schema.org/Course'],
        'http://schema.org/name': [{ '@value': 'Drystone', '@language': 'en' }],
        'http://schema.org/teaches': [{ '@list': [{ '@value': 'hearting' }, 'coping'] }],
        'http://schema.org/keywords': { '@set': ['stone'] },
      },
      {
        '@type': ['http://schema.org/CourseInstance'],
        'http://schema.org/startDate': [{ '@value': '2027-03-01' }],
        '@reverse': { 'http://schema.org/hasCourseInstance': [{ '@id': 'https://x.example/a' }] },
      },
    ]),
    'https://x.example/feed.json',
  );
  expect(records).toHaveLength(1);
  expect(records[0]?.raw.node).toMatchObject({
    name: [{ '@value': 'Drystone', '@language': 'en' }],
    teaches: ['hearting', 'coping'],
    keywords: ['stone'],
    hasCourseInstance: [{ startDate: ['2027-03-01'] }],
  });
});

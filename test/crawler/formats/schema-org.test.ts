import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isFault, type Page, type RawRecord, type RecordFault } from '../../../crawler/format.ts';
import { schemaOrg as unguarded } from '../../../crawler/formats/schema-org/index.ts';
import { behindDoor } from '../../../crawler/persons/format-door.ts';
import { Credential, Provider, SourceDefinition } from '../../../schema/index.ts';

/** As the registry gives it. */
const schemaOrg = behindDoor(unguarded);

const SOURCE = { id: 'src', title: 's', format: 'schema-org', publisher: 'p', licence: 'l' };
const source = (more: object = {}) => SourceDefinition.parse({ ...SOURCE, url: 'https://x.example/', ...more });
const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/schema-org/${name}`, import.meta.url));

async function read(body: string | Buffer, url: string, more: Partial<Page> = {}) {
  const page: Page = { url, source: source(), envelope: {}, ...more };
  const records: RawRecord[] = [];
  const faults: RecordFault[] = [];
  const bytes = Buffer.from(body);
  async function* chunks() {
    for (let i = 0; i < bytes.length; i += 4096) yield bytes.subarray(i, i + 4096);
  }
  for await (const item of schemaOrg.records(chunks(), page)) isFault(item) ? faults.push(item) : records.push(item);
  return { records, faults, page, next: schemaOrg.next?.(page, records.length) ?? [] };
}

/** Normalises what went through JSON, and holds every result against the published model. */
function normalise(record: RawRecord | undefined) {
  if (!record) throw new Error('no such record');
  const out = schemaOrg.normalise(JSON.parse(JSON.stringify(record.raw)), source(), record.identifier, []);
  if ('rejection' in out) return { rejection: out.rejection, rules: [] as string[], c: undefined, providers: [] };
  for (const provider of out.providers) Provider.parse(provider);
  return {
    rejection: undefined,
    c: Credential.parse(out.credential),
    providers: out.providers,
    rules: out.problems.map(({ rule }) => rule),
  };
}

async function one(node: object, url = 'https://x.example/feed.json') {
  const { records } = await read(
    JSON.stringify({ '@context': 'https://schema.org', '@type': 'Course', name: 'N', ...node }),
    url,
  );
  expect(records).toHaveLength(1);
  const out = normalise(records[0]);
  if (!out.c) throw new Error(`rejected: ${out.rejection?.rule}`);
  return { c: out.c, rules: out.rules, providers: out.providers };
}

describe('detect', () => {
  const detect = (text: string, mediaType?: string) => schemaOrg.detect({ text, ...(mediaType ? { mediaType } : {}) });
  test.each([
    'course-page.html',
    'microdata-page.html',
    'rdfa-page.html',
    'instances.json',
    'wrapped.jsonl',
    'sitemap.xml',
  ])('claims %s', (name) => expect(detect(fixture(name).toString())).toBeGreaterThanOrEqual(0.9));
  test.each([
    ['{"@context":"https://credreg.net/ctdl/schema/context/json","@graph":[{"@type":"ceterms:Course"}]}', 0],
    ['{"items":[{"courseId":"1","primaryCode":{"codeType":"x"}}]}', 0],
    ['{"@context":"https: //schema.org","@type":"Course"}', 0.9],
    ['{"@context":{"@vocab":"schema.org"},"@type":"Course"}', 0.9],
    ['{"@context":"https://schema.org.example/","@type":"Course"}', 0],
    ['{&quot;@context&quot;:&quot;https://schema.org&quot;}', 0.4],
    [JSON.stringify('{"@context":"https://schema.org"}'), 0.4],
    ['<body vocab="schema.org" typeof="Course">', 0.9],
    ['<rss version="2.0"><channel></channel></rss>', 0],
    ['<html><body>Course catalogue</body></html>', 0.2],
    ['a;b;c\n1;2;3', 0],
    ['', 0],
    ['{"data":[{"type":"Course","attributes":{"byDay":"https://schema.org/Monday"}}]}', 0.4],
  ])('%s', (text, score) => expect(detect(text)).toBe(score));
});

describe('files and lists', () => {
  const html = (...blocks: string[]) =>
    `<html>${blocks.map((text) => `<script type="application/ld+json">${text}</script>`).join('')}</html>`;
  const context = '"@context":"https://schema.org"';
  const links = html(
    `{${context},"@type":"ItemList","itemListElement":[{"@type":"ListItem","url":"https://x.example/a"},{"@type":"ListItem","url":"https://other.example/b"}]}`,
  );

  test('relative links of a file lead nowhere, and that is said once', async () => {
    const page = html(`{${context},"@type":"Course","@id":"/a.html","url":"/a.html","name":"A"}`);
    const micro =
      '<div itemscope itemtype="https://schema.org/Course"><b itemprop="name">A</b><a itemprop="url" href="/a.html">a</a></div>';
    for (const text of [page, micro]) {
      const { records } = await read(text, 'file:///tmp/page.html');
      expect(JSON.stringify(records)).not.toContain('file:');
      const out = schemaOrg.normalise(records[0]?.raw, source(), 'x', []);
      const told = 'problems' in out ? out.problems.filter(({ rule }) => /url|link/.test(rule)) : [];
      expect(told).toMatchObject([{ rule: 'relative-link', severity: 'info', found: '/a.html' }]);
    }
  });

  test('a list of links is followed on its site, and refused as a file', async () => {
    const site = await read(links, 'https://x.example/courses');
    expect(site.next).toEqual([{ url: 'https://x.example/a', role: 'page' }]);
    expect(site.faults.map(({ rejection }) => rejection.rule)).toEqual(['sitemap-foreign-host']);
    const json = await read(links.replace(/<[^>]*>/g, ''), 'https://x.example/list.json');
    expect(json.next).toEqual(site.next);
    const file = await read(links, 'file:///tmp/list.html');
    expect(file.next).toEqual([]);
    expect(file.faults).toMatchObject([
      { rejection: { rule: 'list-of-links', found: '2 link(s), the first is https://x.example/a' } },
    ]);
  });

  test('a repair is told once, with the record that it is in', async () => {
    const { records } = await read(
      html(
        `{${context},"@type":"Course","name":"A"}`,
        `{${context},"@graph":[{"@type":"Course","name":"B",},{"@type":"Course","name":"C"}]}`,
      ),
      'https://x.example/courses',
    );
    expect(records.map((record) => normalise(record).rules.filter((rule) => rule === 'json-repaired'))).toEqual([
      [],
      ['json-repaired'],
      [],
    ]);
  });

  test('bytes that are no UTF-8 are told once', async () => {
    const body = Buffer.from(
      `[{${context},"@type":"Course","name":"Über"},{${context},"@type":"Course","name":"B"}]`,
      'latin1',
    );
    const { records } = await read(body, 'https://x.example/feed.json');
    expect(records.map((record) => normalise(record).rules)).toEqual([['wrong-encoding'], []]);
  });

  test('a credential of its own says how long and where it is valid', async () => {
    const { c } = await one({
      '@type': 'EducationalOccupationalCredential',
      validFor: 'P3Y',
      validIn: { '@type': 'Country', name: 'Malta' },
    });
    expect(c.furtherInformation.value).toMatchObject({ validity: 'P3Y', text: [{ value: 'validIn: Malta' }] });
  });
});

describe('a page in three syntaxes', () => {
  test('JSON-LD and microdata of one course are one record', async () => {
    const { records, faults } = await read(fixture('course-page.html'), 'https://www.scheldehogeschool.example/x');
    expect(records.map(({ identifier }) => identifier)).toEqual([
      'https://www.scheldehogeschool.example/opleidingen/circulair-ontwerpen/',
    ]);
    expect(faults.map(({ rejection, incomplete }) => [rejection.path, rejection.rule, incomplete])).toEqual([
      ['/script[2]', 'json-syntax', undefined],
    ]);
    const { c, rules, providers } = normalise(records[0]);
    expect(c?.title.value).toEqual([{ language: 'nl-BE', value: 'Circulair ontwerpen' }]);
    expect(c?.description.value?.[0]?.value).toBe('Leer ontwerpen voor hergebruik.');
    expect(c?.workload.value).toEqual({ ects: 3, hours: 75 });
    expect(c?.level.value).toMatchObject({ eqf: 6, text: [{ value: 'Gevorderd' }, { value: 'EQF 6' }] });
    expect(c?.kind.value?.code).toBe('micro-credential');
    expect(c?.learningOutcomes.value).toHaveLength(3);
    expect(c?.assessment.state).toBe('not-stated');
    expect(c?.qualityAssurance.state).toBe('not-stated');
    // Who recognises a credential neither awards it nor assures its quality.
    expect(c?.awardingBody).toMatchObject({
      state: 'derived',
      value: [{ name: [{ value: 'Scheldehogeschool' }] }],
      origin: { rule: 'provider-as-awarding-body' },
    });
    expect(c?.furtherInformation.value?.text?.map(({ value }) => value)).toEqual(
      expect.arrayContaining([expect.stringContaining('recognizedBy: Sectorfonds Hout')]),
    );
    expect(c?.offeredBy).toMatchObject({ state: 'stated', value: [{ name: [{ value: 'Scheldehogeschool' }] }] });
    expect(c?.opportunities.map(({ status, startDate }) => [status, startDate])).toEqual([
      [undefined, '2026-10-05'],
      ['cancelled', undefined],
    ]);
    expect(c?.relations.map(({ type }) => type).sort()).toEqual(['partOf', 'requires']);
    expect(c?.furtherInformation.value?.validity).toBe('P5Y');
    expect(rules).toEqual(
      expect.arrayContaining([
        'json-repaired',
        'impossible-date',
        'unknown-language',
        'same-as-is-page',
        'free-and-priced',
        'personal-data',
      ]),
    );
    expect(providers?.find(({ country }) => country === 'BE')).toMatchObject({ identifiers: [{ scheme: 'ror' }] });
  });
  test('people are in no part of the record', async () => {
    for (const name of ['course-page.html', 'rdfa-page.html', 'wrapped.jsonl']) {
      const { records } = await read(fixture(name), `https://x.example/${name}`);
      expect(JSON.stringify(records)).not.toMatch(/Peeters|Morel|Nordmann|info@/);
    }
  });
  test('microdata: lectures are no runs; several courses share the page', async () => {
    const { records } = await read(fixture('microdata-page.html'), 'https://cursos.exemplo.example/lista');
    expect(records.map(({ identifier }) => identifier)).toEqual([
      'https://cursos.exemplo.example/base/cozinha',
      'https://cursos.exemplo.example/lista#gestao-de-redes',
    ]);
    const { c } = normalise(records[0]);
    expect(c?.opportunities).toMatchObject([
      { startDate: '2026-09-14', place: 'Aveiro', prices: [{ amount: 0, currency: 'EUR' }] },
    ]);
    expect(c?.learningOutcomes.value?.map(({ text }) => text[0]?.value)).toEqual([
      'Escolher produtos',
      'Planear um menu',
    ]);
  });
  test('RDFa as Richie writes it', async () => {
    const { records } = await read(fixture('rdfa-page.html'), 'https://dune.example/cours/hydro');
    const { c } = normalise(records[0]);
    expect(c?.opportunities.map(({ name, startDate, hours }) => [name?.[0]?.value, startDate, hours])).toEqual([
      ['Session 1', '2026-09-01', 12],
      ['Session 2', undefined, undefined],
    ]);
    expect(c?.languages.value).toEqual(['fr', 'en']);
    expect(c?.kind.value?.code).toBeUndefined();
    expect(c?.assessment.state).toBe('not-stated');
  });
});

describe('lists', () => {
  test('lone instances; what has no type is said; same name and address are runs of one thing', async () => {
    const { records, faults } = await read(fixture('instances.json'), 'file:///data/instances.json');
    expect(records.map(({ identifier }) => identifier)).toEqual([
      'instances.json#plotting-with-julia-2026-03-02',
      'instances.json#snakes-and-ladders',
      'https://nordlys.example/twice',
    ]);
    expect(faults.map(({ rejection }) => [rejection.path, rejection.rule])).toEqual([['/1', 'missing-type']]);
    const [first, second, third] = records.map(normalise);
    expect(first?.c?.opportunities).toMatchObject([
      { country: 'NO', pace: 'full-time', participation: ['presential'] },
    ]);
    expect(first?.c?.issuerCountry.state).toBe('not-stated');
    expect(first?.c?.awardingBody.state).toBe('not-stated');
    expect(second?.c?.participation).toMatchObject({ state: 'derived', origin: { rule: 'virtual-location' } });
    expect(third?.c?.opportunities.map(({ startDate }) => startDate)).toEqual(['2026-01-10', '2026-06-10']);
  });
  test('JSON lines with wrappers', async () => {
    const { records } = await read(fixture('wrapped.jsonl'), 'file:///data/wrapped.jsonl');
    const [grafting, residue, programme, apples] = records.map(normalise);
    expect(records).toHaveLength(4);
    expect(residue?.rejection).toMatchObject({ rule: 'template-residue', found: `\${title}` });
    expect(grafting?.c?.workload.value).toEqual({ duration: 'P2W', credits: [{ scheme: 'not named', value: 4 }] });
    expect(grafting?.c?.level.value?.eqf).toBeUndefined();
    expect(grafting?.c?.offeredBy.state).toBe('not-stated');
    expect(programme?.c?.kind).toMatchObject({ state: 'stated', derived: { value: { code: 'degree' } } });
    expect(programme?.c?.kind.value?.code).toBeUndefined();
    expect(programme?.c?.workload.value).toEqual({ duration: 'P3Y' });
    expect(programme?.rules).toContain('negative-number');
    expect(programme?.c?.opportunities).toMatchObject([{ applicationDeadline: '2026-05-31' }]);
    expect(apples?.c?.url).toBe('https://frukt.example/apples');
  });
  test('@reverse, ItemList, prefixed types, and instances found by their course', async () => {
    const { records } = await read(
      JSON.stringify({
        '@context': { sdo: 'https://schema.org/' },
        '@graph': [
          { '@id': '#a', '@type': 'sdo:Course', 'sdo:name': 'A' },
          {
            '@id': '#r',
            '@type': 'http://schema.org/CourseInstance',
            'http://schema.org/startDate': '2026-01-02',
            '@reverse': { 'sdo:hasCourseInstance': { '@id': '#a' } },
          },
          { '@type': 'sdo:CourseInstance', 'sdo:startDate': '2026-03-04', 'sdo:isPartOf': { '@id': '#a' } },
          {
            '@type': 'sdo:ItemList',
            'sdo:itemListElement': [
              { '@type': 'sdo:ListItem', 'sdo:item': { '@type': 'sdo:Course', 'sdo:name': 'B' } },
            ],
          },
        ],
      }),
      'https://x.example/g.jsonld',
    );
    expect(records.map(({ identifier }) => identifier)).toEqual([
      'https://x.example/g.jsonld',
      'https://x.example/g.jsonld#b',
    ]);
    expect(normalise(records[0]).c?.opportunities.map(({ startDate }) => startDate)).toEqual([
      '2026-01-02',
      '2026-03-04',
    ]);
  });
  test('sitemaps and robots give requests and no records', async () => {
    const sitemap = await read(fixture('sitemap.xml'), 'https://cursos.exemplo.example/sitemap.xml');
    expect(sitemap.records).toEqual([]);
    expect(sitemap.next).toHaveLength(3);
    expect(sitemap.faults.map(({ rejection }) => rejection.rule)).toEqual(['sitemap-entry', 'sitemap-foreign-host']);
    expect(
      (await read(fixture('robots.txt'), 'https://cursos.exemplo.example/robots.txt')).next.map(({ role }) => role),
    ).toEqual(['sitemap', 'sitemap']);
  });
  test('a list page whose entries are only addresses leads to their pages', async () => {
    const list = {
      '@context': 'https://schema.org',
      '@type': 'ItemList',
      itemListElement: [
        { '@type': 'ListItem', url: '/k/1#x' },
        { '@type': 'ListItem', url: 'https://other.example/' },
      ],
    };
    const html = `<html><script type="application/ld+json">${JSON.stringify(list)}</script>`;
    expect((await read(html, 'https://x.example/all')).next).toEqual([{ url: 'https://x.example/k/1', role: 'page' }]);
    expect((await read(html, 'https://x.example/all', { role: 'page' })).next).toEqual([]);
  });
});

describe('mapping', () => {
  test.each([
    ['a bare number is not ECTS', { numberOfCredits: 5 }, { credits: [{ scheme: 'not named', value: 5 }] }],
    ['ECTS by its unit', { numberOfCredits: { value: 7.5, unitText: 'ECTS credits' } }, { ects: 7.5 }],
    ['ECTS in words, comma', { numberOfCredits: '7,5 ECTS' }, { ects: 7.5 }],
    ['a range', { numberOfCredits: { minValue: 3, maxValue: 5, name: 'ECTS' } }, { ects: 3, ectsMax: 5 }],
    ['another scheme', { numberOfCredits: '20 CATS points' }, { credits: [{ scheme: 'CATS points', value: 20 }] }],
    ['hours are effort', { timeRequired: 'PT90M' }, { hours: 1.5 }],
    ['weeks are calendar', { timeRequired: 'P10W' }, { duration: 'P10W' }],
    ['words stay words', { timeRequired: '6 months or so' }, { durationText: '6 months or so' }],
  ])('%s', async (_, node, value) => {
    expect((await one(node)).c.workload).toMatchObject({ state: 'stated', value });
  });
  test('the workload of one run is its own; the same in every run is derived', async () => {
    const run = (courseWorkload: string) => ({ '@type': 'CourseInstance', courseWorkload });
    const same = (await one({ hasCourseInstance: [run('PT60M'), run('PT1H')] })).c;
    expect(same.workload).toMatchObject({
      state: 'derived',
      value: { hours: 1 },
      origin: { rule: 'workload-of-every-run' },
    });
    expect((await one({ hasCourseInstance: [run('PT60M'), run('PT2H')] })).c.workload.state).toBe('not-stated');
    const words = await one({ hasCourseInstance: run('2 hours a week') });
    expect(words.c.workload.state).toBe('not-stated');
    expect(words.c.furtherInformation.value?.text?.[0]?.value).toBe('courseWorkload: 2 hours a week');
  });
  test.each([
    ['http://data.europa.eu/snb/eqf/5', 5],
    ['EQF level 4', 4],
    [{ '@type': 'DefinedTerm', name: '7', inDefinedTermSet: 'European Qualifications Framework' }, 7],
    ['Beginner', undefined],
    ['Niveau 2', undefined],
    ['5', undefined],
    ['EQF 9', undefined],
  ])('level %s', async (educationalLevel, eqf) => {
    expect((await one({ educationalLevel })).c.level.value?.eqf).toBe(eqf);
  });
  test('a national level is kept as stated, its EQF level derived', async () => {
    const { c } = await one({
      educationalLevel: { '@type': 'DefinedTerm', name: 'Level 7', inDefinedTermSet: { name: 'SCQF' } },
    });
    expect(c.level.value).toEqual({
      nqf: { country: 'GB', framework: 'SCQF', level: '7', label: 'Level 7' },
      text: [{ language: 'und', value: 'Level 7' }],
    });
  });
  test.each([
    ['0 is a price', { offers: { price: 0, priceCurrency: 'EUR' } }, 'stated', [{ amount: 0, currency: 'EUR' }]],
    ['text', { offers: { price: '1.250,00', priceCurrency: '€' } }, 'stated', [{ amount: 1250, currency: 'EUR' }]],
    ['category Free', { offers: { category: 'Free' } }, 'derived', [{ amount: 0, text: 'Free' }]],
    ['category Paid', { offers: { category: 'Paid' } }, 'stated', [{ text: 'Paid' }]],
    ['accessible for free', { isAccessibleForFree: true }, 'derived', [{ amount: 0 }]],
    ['not accessible for free', { isAccessibleForFree: false }, 'not-stated', undefined],
    ['negative', { offers: { price: -5 } }, 'not-stated', undefined],
    ['0 that contradicts its category', { offers: { price: 0, category: 'Paid' } }, 'stated', [{ text: 'Paid' }]],
    [
      'specification',
      { offers: { priceSpecification: { price: 9, priceCurrency: 'SEK' } } },
      'stated',
      [{ amount: 9, currency: 'SEK' }],
    ],
  ])('price: %s', async (_, node, state, value) => {
    expect((await one(node)).c.costs).toMatchObject({ state, ...(value ? { value } : {}) });
  });
  test('modes: pace, words and codes apart', async () => {
    const { c } = await one({ courseMode: ['Onsite', 'part-time', 'Posted', 'distance learning'] });
    expect(c.participation.value).toEqual({
      codes: ['presential', 'online'],
      text: [{ language: 'und', value: 'Posted' }],
    });
    // A pace is none of a course: it is kept in words where there is no run.
    expect(c.furtherInformation.value?.text).toEqual([{ language: 'und', value: 'courseMode: part-time' }]);
  });
  test('the name of the course is no kind of credential; a licence is', async () => {
    const topic = await one({ educationalCredentialAwarded: 'N' });
    expect(topic.c.kind).toMatchObject({ state: 'derived', value: { code: 'course' } });
    expect(topic.rules).toContain('credential-is-title');
    expect((await one({ educationalCredentialAwarded: 'Microcredential in knots' })).c.kind.value?.code).toBe(
      'micro-credential',
    );
  });
  test('dates: placeholders are dropped, an end before its start is reported, words are kept', async () => {
    const { c, rules } = await one({
      hasCourseInstance: [
        { startDate: '0000-00-00' },
        { startDate: '2026-05-02', endDate: '2026-05-01' },
        { startDate: 'any time' },
      ],
    });
    expect(c.opportunities.map(({ startDate, endDate, startText }) => [startDate, endDate, startText])).toEqual([
      [undefined, undefined, undefined],
      ['2026-05-02', '2026-05-01', undefined],
      [undefined, undefined, 'any time'],
    ]);
    expect(rules).toEqual(expect.arrayContaining(['placeholder-date', 'ends-before-start']));
  });
  test('a schedule is words about time, never effort', async () => {
    const { c } = await one({
      hasCourseInstance: {
        courseSchedule: { duration: 'PT3H', repeatFrequency: 'Weekly', repeatCount: 10, startDate: '2026-02-01' },
      },
    });
    expect(c.opportunities).toMatchObject([{ startDate: '2026-02-01', durationText: 'PT3H Weekly × 10' }]);
    expect(c.workload.state).toBe('not-stated');
  });
  test('defaults of the source are derived', async () => {
    const { records } = await read(
      '{"@context":"https://schema.org","@type":"Course","name":"N"}',
      'https://x.example/f.json',
    );
    const given = source({ defaults: { country: 'EE', awardingBody: 'Kool', language: 'et' } });
    const out = schemaOrg.normalise(records[0]?.raw, given, 'i', []);
    if ('rejection' in out) throw new Error('rejected');
    expect(out.credential?.awardingBody).toMatchObject({ state: 'derived', origin: { rule: 'source-default' } });
    expect(out.credential?.issuerCountry).toMatchObject({ state: 'derived', value: { country: 'EE' } });
  });
});

describe('bad input', () => {
  const url = 'https://x.example/p';
  const html = (node: object) =>
    `<html><script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', ...node })}</script>`;
  test('no name, a filler, a title of 5 MB', async () => {
    for (const [name, rule] of [
      [undefined, 'missing-title'],
      ['n/a', 'missing-title'],
      ['x'.repeat(5_000_000), 'title-too-long'],
    ] as const) {
      const { records } = await read(html({ '@type': 'Course', name }), url);
      const out = normalise(records[0]);
      expect(out.rejection?.rule).toBe(rule);
      expect(out.rejection?.found.length).toBeLessThanOrEqual(200);
    }
  });
  test('100,000-deep JSON: the page is incomplete, nothing overflows', async () => {
    const deep = `{"@type":"Course","name":"N","about":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const { records, faults } = await read(deep, 'https://x.example/d.json');
    expect(records).toHaveLength(1);
    expect(faults).toMatchObject([{ incomplete: true, rejection: { rule: 'json-too-deep' } }]);
  });
  test('a broken block that may hold a course leaves the page incomplete', async () => {
    const { faults } = await read('<script type="application/ld+json">{"@type":"Course","name":"N</script>', url);
    expect(faults).toMatchObject([{ incomplete: true, rejection: { rule: 'json-syntax' } }]);
  });
  test('a truncated array: whole elements are in, the page is incomplete', async () => {
    const text = JSON.stringify(
      [1, 2, 3].map((n) => ({ '@context': 'https://schema.org', '@type': 'Course', name: `C${n}` })),
    );
    const { records, faults } = await read(text.slice(0, -20), 'https://x.example/a.json');
    expect(records).toHaveLength(2);
    expect(faults).toMatchObject([{ incomplete: true }]);
  });
  test.each([
    ['HTML where JSON was promised', '<!doctype html><p>Sign in', { mediaType: 'application/json' }],
    ['HTML where a sitemap was promised', '<!doctype html><p>Not found', { role: 'sitemap' }],
    ['nothing', '', {}],
    ['RSS', '<rss version="2.0"></rss>', {}],
    ['broken JSON', '{"@type": "Course"', {}],
  ])('%s breaks the source', async (_, body, more) => {
    await expect(read(body, url, more)).rejects.toMatchObject({ name: 'SourceBroken' });
  });
  test('a listed page without courses, empty, or a PDF, is no fault', async () => {
    for (const body of ['<html><p>About us</html>', '', '%PDF-1.7']) {
      expect(await read(body, url, { role: 'page' })).toMatchObject({ records: [], faults: [] });
    }
  });
  test('windows-1252 by <meta charset>', async () => {
    const body = Buffer.from(
      '<html lang=de><meta charset=iso-8859-1><div itemscope itemtype="http://schema.org/Course"><b itemprop=name>B\xe4ume f\xfcr alle</b></div>',
      'latin1',
    );
    const { records } = await read(body, url);
    expect(normalise(records[0]).c?.title.value).toEqual([{ language: 'de', value: 'Bäume für alle' }]);
  });
  test('a url that is the front page, javascript: or template residue is no identifier', async () => {
    for (const bad of ['https://x.example/', 'javascript:alert(1)', `https://x.example/\${slug}`, '...']) {
      const { records } = await read(html({ '@type': 'Course', name: 'N', url: bad }), url);
      expect(records[0]?.identifier).toBe(url);
    }
  });
  test('a cyclic and a heavily shared graph stay small', async () => {
    const nodes = Array.from({ length: 60 }, (_, i) => ({
      '@id': `#${i}`,
      '@type': 'Thing',
      name: `T${i}`,
      about: [0, 1, 2, 3].map((k) => ({ '@id': `#${(i * 4 + k) % 60}` })),
    }));
    const { records } = await read(
      JSON.stringify({
        '@context': 'https://schema.org',
        '@graph': [{ '@type': 'Course', name: 'N', about: { '@id': '#1' } }, ...nodes],
      }),
      url,
    );
    expect(JSON.stringify(records).length).toBeLessThan(2_000_000);
  });
  test('normalise never throws', () => {
    for (const raw of [null, 1, 'x', [], {}, { node: {} }, { type: 'Course', node: { name: { a: 1 } } }]) {
      expect(schemaOrg.normalise(raw, source(), 'i', [])).toHaveProperty('rejection');
    }
  });
});

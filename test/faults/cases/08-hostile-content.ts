import { type Case, check, same, scene } from '../context.ts';
import { course, courses } from '../feed.ts';
import { slowness } from '../servers.ts';

const family = '8 hostile content';

/** Every document of the source, as the store gives it out. */
type Scene = Awaited<ReturnType<typeof scene>>;
const documents = async (s: Scene) =>
  (
    await s.store.db.query<{ document: Record<string, unknown> }>(
      'select document from credentials where source = $1 order by identifier',
      [s.id],
    )
  ).map((row) => row.document);

function wellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !/[\0\u202a-\u202e\u2066-\u2069]/.test(value);
  if (Array.isArray(value)) return value.every(wellFormed);
  if (value && typeof value === 'object')
    return Object.entries(value).every(([k, v]) => wellFormed(k) && wellFormed(v));
  return true;
}

/**
 * One poisoned record between nine good ones. The good ones are in, the poisoned one is taken in repaired or turned
 * away with a reason, what comes out is well formed, and the second run finds nothing changed.
 */
const content = (
  name: string,
  body: (items: string[]) => string | Buffer,
  wanted: {
    poison?: string;
    accepted?: boolean;
    /** The rule by which a repair is told. */
    told?: string;
    also?: (s: Scene, docs: Record<string, unknown>[]) => Promise<void> | void;
    good?: number;
  },
): Case => ({
  family,
  name,
  async run(context) {
    const good = courses(1, 9).map((item) => JSON.stringify(item));
    if (wanted.poison !== undefined) good.splice(4, 0, wanted.poison);
    const s = await scene(context, name, { '/courses': body(good) });
    const run = await s.harvest();
    const docs = await documents(s);
    const known = wanted.good ?? 9;
    check(docs.length >= known, `${docs.length} of ${known} good records are in (${run.state}: ${run.reason})`);
    check(wellFormed(docs), 'what comes out is not well formed');
    if (wanted.accepted !== undefined) same(docs.length, known + (wanted.accepted ? 1 : 0), 'records');
    if (wanted.accepted === false) {
      const rejected = (await s.problems()).filter((p) => p.severity === 'rejected');
      check(rejected.length > 0 || run.state === 'incomplete', 'nobody was told of the rejected record');
      for (const problem of rejected) check(problem.remedy.length > 10, `no remedy: ${JSON.stringify(problem)}`);
    }
    if (wanted.told) check((await s.problems(wanted.told)).length > 0, `nobody was told by the rule ${wanted.told}`);
    check(!('polluted' in {}), 'the prototype of all objects was changed');
    await wanted.also?.(s, docs);
    const again = await s.harvest();
    same([again.created, again.updated], [0, 0], 'changes in a second run of the same feed');
    await s.ledger();
  },
});

const list = (items: string[]) => `{"pageSize":100,"pageNumber":1,"hasNextPage":false,"items":[${items.join(',')}]}`;
const withMember = (member: string) => JSON.stringify(course('x')).replace(/^\{/, `{${member},`);

const xcri = (body: string, prolog = '') => ({
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>${prolog}<catalog xmlns="http://xcri.org/profiles/1.2/catalog" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"><provider><dc:identifier>https://north.example/</dc:identifier><dc:title>North</dc:title><mlo:url>https://north.example/</mlo:url>${body}</provider></catalog>`,
});
const xcriCourse = (n: number, more = '') =>
  `<course><dc:identifier>https://north.example/c/${n}</dc:identifier><dc:title>Course ${n}</dc:title><dc:description>About ${n}</dc:description>${more}</course>`;

/** XML that wants to be more than it is. */
const xml = (
  name: string,
  answer: () => { headers: Record<string, string>; body: string },
  wanted: { also?: (s: Scene) => Promise<void> | void } = {},
): Case => ({
  family,
  name,
  async run(context) {
    const s = await scene(context, name, {}, { source: { format: 'xcri-cap' } });
    s.server.routes['/courses'] = xcri([1, 2, 3].map((n) => xcriCourse(n)).join(''));
    same((await s.harvest()).created, 3, 'the healthy run');
    s.server.routes['/courses'] = answer();
    const started = performance.now();
    const run = await s.harvest();
    check(performance.now() - started < 8_000 * slowness(), 'it took more than 8 s');
    const docs = await documents(s);
    check(wellFormed(docs), 'what comes out is not well formed');
    check(!/root:.*:0:0:|lol(lol){20}/.test(JSON.stringify(docs)), 'an entity was expanded');
    same((await s.counts()).live, 3, `live records (${run.state}: ${run.reason})`);
    await wanted.also?.(s);
    await s.ledger();
  },
});

export const cases: Case[] = [
  content('__proto__, constructor and prototype as keys', list, {
    poison: withMember('"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}'),
    accepted: true,
    also: async (s) => check((await s.problems('json-repaired')).length > 0, 'nobody was told of __proto__'),
  }),
  content('the same key twice', list, {
    poison: withMember('"courseId":"course-y","courseId":"course-x"'),
    accepted: true,
  }),
  content('a numeric id of 20 digits is kept exactly', list, {
    poison: JSON.stringify(course('x')).replace('"course-x"', '12345678901234567891'),
    accepted: true,
    also: (_, docs) =>
      check(
        docs.some((d) => d.identifier === '12345678901234567891'),
        'the id was rounded',
      ),
  }),
  content('NUL, lone surrogates and bidi controls in a title', list, {
    poison: JSON.stringify(course('x')).replace('"Course x"', '"A\\u0000B\\ud800C\\u202eD\\u2066E"'),
    accepted: true,
    told: 'unsafe-text',
    also: (_, docs) =>
      check(
        /"A ?B.?C ?D ?E"/.test(JSON.stringify(docs)),
        `the title is ${JSON.stringify(docs.at(-1)?.title).slice(0, 200)}`,
      ),
  }),
  content('NUL and lone surrogates in the identifier', list, {
    poison: JSON.stringify(course('x')).replace('"course-x"', '"co\\u0000u\\ud800rse-x"'),
  }),
  content('NUL and lone surrogates in every other field, and in names of fields', list, {
    poison: JSON.stringify(
      course('x', {
        teachingLanguage: 'e\0n\ud800g',
        modeOfDelivery: ['on\0line\ud800'],
        level: '\0\ud800',
        primaryCode: { codeType: 'identifier', code: 'a\0b\ud800' },
        link: 'https://north.example/\0\ud800',
        'fi\0eld\ud800': 1,
      }),
    ),
    accepted: true,
  }),
  content('scripts and event handlers in a description', list, {
    poison: JSON.stringify(
      course('x', {
        description: [{ language: 'en-GB', value: 'A<script>alert(1)</script><img src=x onerror=alert(2)><b>B</b>' }],
      }),
    ),
    accepted: true,
    told: 'unsafe-text',
    also: (_, docs) => check(!/<script|onerror|<img|alert/i.test(JSON.stringify(docs)), 'markup came through'),
  }),
  content('a javascript: link', list, {
    poison: JSON.stringify(course('x', { link: 'javascript:alert(1)' })),
    accepted: true,
    also: (_, docs) => check(!JSON.stringify(docs).includes('"javascript:'), 'the link came through'),
  }),
  content('a title of 10 MB', list, {
    poison: JSON.stringify(course('x', { name: [{ language: 'en-GB', value: 'long '.repeat(2 * 1024 * 1024) }] })),
    also: (_, docs) => check(JSON.stringify(docs).length < 1_000_000, 'it is in the catalogue'),
  }),
  content('a description of 1 MB', list, {
    poison: JSON.stringify(course('x', { description: [{ language: 'en-GB', value: 'long '.repeat(200_000) }] })),
    accepted: true,
    also: async (s, docs) => {
      check(JSON.stringify(docs).length < 200_000, 'it is in the catalogue in full');
      check((await s.problems('text-too-long')).length > 0, 'nobody was told');
    },
  }),
  content('34,866 outcomes on one record', list, {
    poison: JSON.stringify(
      course('x', {
        learningOutcomes: Array.from({ length: 34_866 }, (_, n) => [{ language: 'en-GB', value: `outcome ${n}` }]),
      }),
    ),
    accepted: true,
    also: async (s, docs) => {
      const longest = Math.max(...docs.map((d) => (d.learningOutcomes as { value?: unknown[] }).value?.length ?? 0));
      check(longest <= 1_000, `${longest} outcomes are in the catalogue`);
      check((await s.problems('list-too-long')).length > 0, 'nobody was told');
    },
  }),
  content('years 0000 and 9999', list, {
    poison: JSON.stringify(course('x', { validFrom: '0000-00-00', validTo: '9999-12-31' })),
    also: (_, docs) => check(!/"(0000|9999)-/.test(JSON.stringify(docs)), 'a year that stands for none came through'),
  }),
  content('negative credits', list, {
    poison: JSON.stringify(course('x', { studyLoad: { studyLoadUnit: 'ects', value: -5 } })),
    accepted: false,
    also: (_, docs) => check(!/"ects":-/.test(JSON.stringify(docs)), 'negative credits came through'),
  }),
  content('JSON nested 100,000 deep', list, {
    poison: withMember(`"consumers":${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    good: 4,
  }),
  content('invalid UTF-8', (items) => Buffer.from(list(items).replace('Course 5', 'Cours\xe9 5'), 'latin1'), {
    also: (_, docs) => check(JSON.stringify(docs).includes('Coursé 5'), 'it was not read as windows-1252'),
  }),
  content(
    'a BOM before the JSON',
    (items) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(list(items))]),
    {},
  ),
  content('NaN, Infinity and a trailing comma', list, { poison: withMember('"studyLoad2":NaN') }),
  xml('an external entity (XXE)', () =>
    xcri(
      xcriCourse(1, '<mlo:subject>&x;</mlo:subject>') + xcriCourse(2) + xcriCourse(3),
      '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ),
  ),
  xml('billion laughs', () => {
    const entities = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
    return xcri(xcriCourse(1, '<mlo:subject>&l9;</mlo:subject>'), `<!DOCTYPE c [<!ENTITY l0 "lol">${entities}]>`);
  }),
  xml('an external DTD is not fetched', () =>
    xcri(xcriCourse(1) + xcriCourse(2) + xcriCourse(3), '<!DOCTYPE c SYSTEM "http://127.0.0.1:9/evil.dtd">'),
  ),
  xml('XML nested 50,000 deep', () =>
    xcri(xcriCourse(1, `${'<x>'.repeat(50_000)}${'</x>'.repeat(50_000)}`) + xcriCourse(2) + xcriCourse(3)),
  ),
  xml('an attribute list of a million entries', () =>
    xcri(
      xcriCourse(1, `<x ${Array.from({ length: 200_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`) +
        xcriCourse(2) +
        xcriCourse(3),
    ),
  ),
];

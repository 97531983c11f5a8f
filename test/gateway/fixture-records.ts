import type { StoredCredential, StoredProvider, StoredSource } from '../../catalogue/catalogue.ts';
import {
  completeCredential,
  derived,
  type Element,
  type LevelValue,
  mintProviderId,
  stated,
  withDerived,
} from '../../schema/index.ts';

// Forty invented records of eight invented providers in two invented sources.

const RETRIEVED = '2026-11-20T06:00:00.000Z';

const BODIES = [
  ['Northwind University of Applied Sciences', 'en', 'IE'],
  ['Hogeschool Waterland', 'nl', 'NL'],
  ['Tallinna Oskuste Kool', 'et', 'EE'],
  ['Institut des Deux Rives', 'fr', 'FR'],
  ['Akademie Sonnenberg', 'de', 'DE'],
  ['Escola do Mar', 'pt', 'PT'],
  ['Studium Jeziora', 'pl', 'PL'],
  ['Accademia dei Colli', 'it', 'IT'],
] as const;

const SUBJECTS = [
  ['Data literacy', { nl: 'Datageletterdheid', fr: 'Culture des données' }, '0612'],
  ['Soil health', { nl: 'Bodemgezondheid' }, '0811'],
  ['Welding inspection', { de: 'Schweißprüfung' }, '0715'],
  ['Care for older people', { et: 'Eakate hooldus' }, '0921'],
  ['Circular design', {}, '0212'],
] as const;

export const sourceIds = ['example-north', 'example-south'] as const;

export const providers: StoredProvider[] = BODIES.map(([name, language, country], i) => {
  const source = sourceIds[i % 2] ?? 'example-north';
  return {
    status: 'live',
    retrievedAt: RETRIEVED,
    changedAt: RETRIEVED,
    record: {
      id: mintProviderId(source, `body-${i}`),
      source,
      identifier: `body-${i}`,
      alternates: [`https://body-${i}.example/`],
      name: [{ language, value: name }],
      identifiers: [{ scheme: 'schac', value: `body-${i}.example` }],
      url: `https://body-${i}.example/`,
      country,
      evidence:
        i === 0
          ? [
              {
                kind: 'programme-accreditation',
                by: 'Agency of Examples',
                against: 'ESG',
                from: '2024-01-01',
                until: '2029-12-31',
                origin: { path: '/evidence/0' },
              },
            ]
          : [],
    },
  };
});

const provider = (index: number): StoredProvider => {
  const found = providers[index % providers.length];
  if (!found) throw new Error('no provider');
  return found;
};

function fixture(index: number): StoredCredential {
  const [english, others, isced] = SUBJECTS[index % SUBJECTS.length] ?? SUBJECTS[0];
  const body = provider(Math.floor(index / SUBJECTS.length));
  const { source, country = 'IE', name, id } = body.record;
  const level: Element<LevelValue> =
    index % 3 === 0
      ? withDerived<LevelValue>(stated({ nqf: { country, level: '6' } }, '/level'), { eqf: 6 }, '/level', 'nqf-to-eqf')
      : index % 3 === 1
        ? derived({ eqf: 5 }, '/level', 'nqf-to-eqf')
        : stated({ eqf: 4 }, '/level');
  const record = completeCredential({
    source,
    identifier: `course-${index}`,
    alternates: [`https://catalogue.example/course/${index}`, `urn:example:${index}`],
    url: `https://catalogue.example/course/${index}`,
    title: stated(
      [
        { language: 'en', value: `${english} ${index}` },
        ...Object.entries(others).map(([language, value]) => ({ language, value: `${value} ${index}` })),
      ],
      '/name',
    ),
    description: stated([{ language: 'en', value: `About ${english.toLowerCase()} & <practice>.` }], '/description'),
    issuerCountry: derived({ country }, '/provider/country', 'country-of-awarding-body'),
    awardingBody: stated([{ id, name }], '/provider'),
    offeredBy: stated([{ id: provider(index).record.id }], '/teachers'),
    learningOutcomes: stated(
      [{ text: [{ language: 'en', value: `Explains ${english.toLowerCase()}` }] }],
      '/learningOutcomes',
    ),
    workload: stated({ ects: (index % 6) + 1 }, '/ects'),
    level,
    kind: stated({ code: index % 4 === 0 ? 'course' : 'micro-credential' }, '/kind'),
    participation: stated({ codes: [index % 2 === 0 ? 'online' : 'presential'] }, '/mode'),
    fields: stated([{ isced }], '/isced'),
    languages: stated([index % 2 === 0 ? 'en' : 'nl'], '/languages'),
    ...(index % 5 === 0 && { assessment: stated({ codes: [], text: [{ language: 'en', value: 'portfolio' }] }, '/a') }),
    // An address of ESCO alone, and an entry of a framework that nobody here knows.
    ...(index === 0 && {
      skills: stated(
        [
          { uri: 'http://data.europa.eu/esco/skill/00064735-8fad-454b-90c7-ed858cc993f2', framework: 'ESCO' },
          { text: [{ language: 'en', value: 'weaving' }], uri: 'https://crafts.example/7', framework: 'Crafts' },
        ],
        '/skills',
      ),
    }),
    costs: stated([{ amount: index % 5 === 0 ? 0 : index * 10, currency: 'EUR' }], '/price'),
    opportunities: [0, 1].map((run) => ({
      id: `run-${run}`,
      path: `/runs/${run}`,
      startDate: `2027-0${(index % 8) + 1}-1${run}`,
      country,
      locality: run === 0 ? 'Lyon' : 'Tartu',
      participation: ['online'],
    })),
    relations:
      index === 1
        ? [
            { type: 'stacksInto', target: 'urn:example:2', origin: { path: '/stack/0' } },
            { type: 'sameAs', target: 'https://elsewhere.example/9', origin: { path: '/stack/1' } },
          ]
        : [],
  });
  return {
    record,
    status: index === 38 ? 'withdrawn' : 'live',
    ...(index === 38 && { withdrawnReason: 'gone from the source' }),
    version: 1,
    retrievedAt: RETRIEVED,
    firstSeen: RETRIEVED,
    changedAt: RETRIEVED,
  };
}

export const credentials: StoredCredential[] = Array.from({ length: 40 }, (_, index) => fixture(index));
const merged = credentials[39];
if (merged) Object.assign(merged, { status: 'withdrawn', mergedInto: credentials[0]?.record.id });

export const sources: StoredSource[] = sourceIds.map((id, index) => ({
  definition: {
    id,
    title: `Example source ${index === 0 ? 'North' : 'South'}`,
    format: 'csv',
    url: 'https://feeds.example/courses.csv',
    publisher: 'Credatlas',
    licence: 'CC0-1.0',
    contact: 'nobody@feeds.example',
    politeness: { requestsPerSecond: 1, concurrency: 1, blackout: [] },
    guard: { share: 0.2, churn: 0.5, unreadable: 0.5 },
    graceDays: 0,
    enabled: index === 0,
    ...(index === 0 ? {} : { disabledBecause: 'its terms ask for an agreement' }),
    allowLoopback: true,
    example: true,
    defaults: {},
    lookups: {},
    options: {},
    headers: { authorization: 'secret-token' },
  },
  records: credentials.filter((c) => c.status === 'live' && c.record.source === id).length,
  freshAt: RETRIEVED,
  state: 'ok',
  stateSince: RETRIEVED,
  lastRun: {
    id: `run-${id}`,
    source: id,
    format: 'csv',
    trigger: 'schedule',
    state: 'complete',
    startedAt: RETRIEVED,
    finishedAt: RETRIEVED,
    seen: 20,
    created: 19,
    updated: 0,
    unchanged: 0,
    missing: 0,
    withdrawn: 0,
    rejected: 1,
    problems: 1,
    requests: 1,
    bytes: 10_000,
  },
}));

import { assessmentOf, PHRASES, requirementOf } from '../providers/phrases.ts';
import type { ExampleCourse } from './course.ts';
import { type ExampleProvider, jsonAnswer, stableUuid } from './provider.ts';
import { type ExampleRun, pick, type RunPlan, runsOf } from './runs.ts';

/** What an Open Education API provider is; `version` chooses between the v5 and the v6 spelling of the same things. */
export interface OoapiOptions {
  name: string;
  version: 5 | 6;
  domain: string;
  /** Path of the folder in which the course pages stand. */
  folder: string;
  /** Names of the organisation; the second stands in some records, as real feeds have it. */
  organisation: { name: string; otherName?: string; country: string; city: string; language: string }[];
  courses: readonly { course: ExampleCourse; organisation: number }[];
  /** One plan per organisation. */
  plans: readonly RunPlan[];
  currency: readonly string[];
  /** Records a sound reader must turn down, added after the others. */
  broken: readonly Record<string, unknown>[];
}

const LEVELS: Record<number, string> = {
  3: 'secondary vocational education 3',
  4: 'secondary vocational education 4',
  5: 'associate degree',
  6: 'bachelor',
  7: 'master',
  8: 'doctoral',
};
const ISO_639_2: Record<string, string> = { nl: 'nld', en: 'eng', de: 'deu', fi: 'fin', sv: 'swe' };
const TAGS: Record<string, string> = { nl: 'nl-NL', en: 'en-GB', de: 'de-DE', fi: 'fi-FI', sv: 'sv-SE' };
const V5_MODES = { online: 'online', presential: 'on campus', blended: 'hybrid', hybrid: 'hybrid' } as const;

const strings = (language: string, value: string | undefined) =>
  value === undefined ? [] : [{ language: TAGS[language] ?? language, value }];

/** An Open Education API endpoint over hand-written courses: `/courses`, their offerings, organisations, paging. */
export function ooapiProvider(options: OoapiOptions): ExampleProvider {
  const { version, domain } = options;
  const organisations = options.organisation.map((o) => organisation(o, options));
  const runs = new Map<string, unknown[]>();
  const courses: Record<string, unknown>[] = options.courses.map(({ course, organisation: at }, index) => {
    const id = stableUuid(`${options.name}/${course.slug}`);
    const own = runsOf(course, index, options.plans[at] as RunPlan);
    runs.set(
      id,
      own.map((run) => offering(run, id, course, options, at, index)),
    );
    return version === 5
      ? courseV5(course, id, index, own, options, at)
      : courseV6(course, id, index, own, options, at);
  });
  courses.push(...options.broken);

  const page = (items: readonly unknown[], query: URLSearchParams) => {
    const pageSize = Math.min(50, Math.max(1, Number(query.get('pageSize')) || 10));
    const pageNumber = Math.max(1, Number(query.get('pageNumber')) || 1);
    const totalPages = Math.ceil(items.length / pageSize);
    return jsonAnswer({
      pageSize,
      pageNumber,
      hasPreviousPage: pageNumber > 1,
      hasNextPage: pageNumber < totalPages,
      totalPages,
      items: items.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
    });
  };
  const [courseOfferings, organisationList] =
    version === 5 ? ['offerings', 'organizations'] : ['course-offerings', 'organisations'];
  const expandable = version === 5 ? 'offerings' : 'courseOfferings';

  return {
    name: options.name,
    answer(path, query) {
      const [kind, id, sub] = path.split('/');
      if (!kind)
        return jsonAnswer({
          contactEmail: `example@${domain}`,
          specification: 'https://openonderwijsapi.nl',
          documentation: `https://${domain}/`,
        });
      if (kind === 'courses' && !id) {
        const expand = query.get('expand')?.split(',').includes(expandable);
        const shown = (c: Record<string, unknown>) =>
          expand ? { ...c, [expandable]: runs.get(String(c.courseId)) ?? [] } : c;
        return page(courses.map(shown), query);
      }
      if (kind === 'courses' && id && sub === courseOfferings) {
        const own = runs.get(id) ?? (courses.some((c) => c.courseId === id) ? [] : undefined);
        return own && page(own, query);
      }
      if (kind === 'courses' && id && !sub) {
        const course = courses.find((c) => c.courseId === id);
        return course && jsonAnswer(course);
      }
      if (kind === courseOfferings && !id) return page([...runs.values()].flat(), query);
      if (kind === organisationList && !id) return page(organisations, query);
      return undefined;
    },
  };
}

function organisation(o: OoapiOptions['organisation'][number], options: OoapiOptions) {
  const id = stableUuid(`${options.name}/${o.name}`);
  const address =
    options.version === 5
      ? { addressType: 'visit', city: o.city, countryCode: o.country }
      : { addressType: 'visit', city: o.city, countryCode: { 'iso3166-1-alpha2': o.country } };
  return {
    [options.version === 5 ? 'organizationId' : 'organisationId']: id,
    primaryCode: { codeType: 'identifier', code: `EX-${o.country}` },
    [options.version === 5 ? 'organizationType' : 'organisationType']: 'root',
    name: strings(o.language, o.name),
    addresses: [address],
    link: `https://${options.domain}/`,
  };
}

const microcredential = (course: ExampleCourse, index: number) => ({
  consumerKey: 'eduxchange',
  alliances: [
    {
      name: 'Example Alliance',
      type: 'broadening',
      theme: '',
      selection: false,
      microcredential: course.notes.into || index % 3 === 0 ? 'stackable' : 'standalone',
      targetGroup: index % 4 === 3 ? 'forStudents' : 'forProfessionals',
    },
  ],
});

function courseV5(
  course: ExampleCourse,
  id: string,
  index: number,
  runs: ExampleRun[],
  options: OoapiOptions,
  at: number,
) {
  const { language } = course;
  const words = PHRASES[language];
  const home = options.organisation[at] as OoapiOptions['organisation'][number];
  // Real v5 feeds write one blob with line breaks of three kinds, and empty strings where null was meant.
  const [glue, open] = pick(
    [
      ['\r<br/>- ', ''],
      ['\n- ', '\n'],
      ['</li><li>', '<ul><li>'],
    ] as const,
    index,
  );
  const blob =
    glue === '</li><li>'
      ? `<p>${words?.lead}</p>${open}${course.outcomes.join(glue)}</li></ul>`
      : `${open}${words?.lead}${glue}${course.outcomes.join(`;${glue}`)}.`;
  const expanded = {
    organizationId: stableUuid(`${options.name}/${home.name}`),
    organizationType: 'root',
    name: strings(home.language, index % 11 === 5 && home.otherName ? home.otherName : home.name),
    addresses: [{ addressType: 'visit', city: home.city, countryCode: home.country }],
    link: `https://${options.domain}/`,
  };
  return {
    courseId: id,
    primaryCode: { codeType: 'identifier', code: `M${String(index + 1).padStart(3, '0')}` },
    name: [...strings(language, course.title), ...strings('en', course.notes.en)],
    abbreviation: course.slug,
    studyLoad:
      index % 7 === 6
        ? { studyLoadUnit: 'hour', value: (course.ects ?? 1) * 28 }
        : { studyLoadUnit: 'ects', value: course.ects },
    modeOfDelivery: index % 10 === 9 ? [] : [...new Set(runs.map((run) => V5_MODES[run.mode]))],
    duration: index % 5 === 4 ? '' : `P${runs[0]?.weeks ?? 6}W`,
    firstStartDate: runs[0]?.start ?? null,
    // Now and then a text carries the tag of another language.
    description: strings(
      index % 22 === 21 ? 'nl' : language,
      course.description.replace(' en ', index % 6 === 1 ? ' &amp; ' : ' en '),
    ),
    teachingLanguage: ISO_639_2[language],
    fieldsOfStudy: index % 8 === 7 ? '' : course.isced,
    learningOutcomes: index % 15 === 13 ? [[]] : [strings(language, blob)],
    admissionRequirements: strings(language, requirementOf(language, index, course.eqf)),
    qualificationRequirements: [],
    level: course.eqf === undefined || index % 9 === 8 ? 'undefined' : LEVELS[course.eqf],
    assessment: strings(language, assessmentOf(language, index)?.text),
    resources: null,
    link: `https://${options.domain}/${options.folder}/${course.slug}`,
    organization: expanded,
    consumers: [microcredential(course, index)],
    validFrom: '',
    validTo: null,
  };
}

function courseV6(
  course: ExampleCourse,
  id: string,
  index: number,
  runs: ExampleRun[],
  options: OoapiOptions,
  at: number,
) {
  const { language } = course;
  const home = options.organisation[at] as OoapiOptions['organisation'][number];
  const hours = course.notes.hours;
  return {
    courseId: id,
    primaryCode: { codeType: 'identifier', code: `${home.country}-${String(index + 1).padStart(3, '0')}` },
    name: [...strings(language, course.title), ...strings('en', course.notes.en)],
    abbreviation: null,
    studyLoad: [
      { studyLoadUnit: 'ects', value: course.ects },
      ...(hours ? [{ studyLoadUnit: 'hour', value: Number(hours) }] : []),
      { studyLoadUnit: 'contact_time', value: (course.ects ?? 1) * 8 },
    ],
    modesOfDelivery: index % 8 === 3 ? null : [...new Set(runs.map((run) => run.mode))],
    duration: index % 4 === 1 ? `PT${(course.ects ?? 1) * 25}H` : `P${runs[0]?.weeks ?? 8}W`,
    description: strings(language, course.description),
    teachingLanguages: [language],
    fieldsOfStudy: course.isced,
    learningOutcomes: course.outcomes.map((outcome, k) => ({
      learningOutcomeId: stableUuid(`${id}/lo/${k}`),
      primaryCode: { codeType: 'learningOutcomeCode', code: `LO${k + 1}` },
      name: strings(language, outcome),
    })),
    admissionRequirements: strings(language, requirementOf(language, index, course.eqf)),
    level: course.eqf === undefined ? null : LEVELS[course.eqf]?.replaceAll(' ', '_'),
    assessment: strings(language, assessmentOf(language, index)?.text),
    link: `https://${options.domain}/${options.folder}/${course.slug}`,
    organisationId: stableUuid(`${options.name}/${home.name}`),
    organisation: organisation(home, options),
    formalDocument: 'micro_credential_certificate',
    consumer: microcredential(course, index),
    validFrom: '2026-09-01',
    validTo: null,
  };
}

function offering(
  run: ExampleRun,
  courseId: string,
  course: ExampleCourse,
  options: OoapiOptions,
  at: number,
  index: number,
) {
  const { country } = options.organisation[at] as OoapiOptions['organisation'][number];
  const id = stableUuid(`${options.name}/${run.id}`);
  const price = {
    costType: options.version === 5 ? 'total costs' : 'total_costs',
    amount: run.price.toFixed(2),
    currency: options.currency[at],
  };
  const link = `https://${options.domain}/enrol/${run.id}`;
  if (options.version === 5) {
    return {
      offeringId: id,
      primaryCode: { codeType: 'offeringCode', code: run.id },
      offeringType: 'course',
      course: courseId,
      name: strings(run.language, course.title),
      description: [],
      teachingLanguage: ISO_639_2[run.language],
      modeOfDelivery: [V5_MODES[run.mode]],
      resultExpected: true,
      resultValueType: 'pass-or-fail',
      link,
      startDate: run.start,
      endDate: index % 13 === 7 ? '0000-00-00' : run.end,
      enrollStartDate: '2026-11-02',
      enrollEndDate: run.deadline,
      addresses: run.mode === 'online' ? [{}] : [{ addressType: 'teaching', city: run.town, countryCode: country }],
      priceInformation: [price],
      'geoLocation ': null,
    };
  }
  return {
    courseOfferingId: id,
    primaryCode: { codeType: 'offeringCode', code: run.id },
    courseId,
    name: strings(run.language, course.title),
    teachingLanguages: [run.language],
    modesOfDelivery: [run.mode],
    link,
    startDateTime: `${run.start}T09:00:00Z`,
    endDateTime: `${run.end}T16:00:00Z`,
    enrolmentPeriods: [
      {
        startDateTime: '2026-11-02T08:00:00Z',
        endDateTime: `${run.deadline}T22:00:00Z`,
        enrolmentType: 'url',
        enrolmentUrl: link,
      },
    ],
    addresses:
      run.mode === 'online'
        ? null
        : [{ addressType: 'teaching', city: run.town, countryCode: { 'iso3166-1-alpha2': country } }],
    priceInformation: [price],
  };
}

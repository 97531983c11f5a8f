import { assessmentOf, PHRASES, requirementOf } from '../providers/phrases.ts';
import type { ExampleCourse } from './course.ts';
import { stableUuid } from './provider.ts';
import { type ExampleRun, type RunPlan, runsOf } from './runs.ts';

/** A provider that publishes Credential Registry envelopes. */
export interface CtdlOptions {
  name: string;
  domain: string;
  organisation: { name: string; country: string; countryName: string; city: string };
  plan: RunPlan;
}

const CONTEXT = 'https://credreg.net/ctdl/schema/context/json';
const DELIVERY = {
  online: 'OnlineOnly',
  presential: 'InPerson',
  blended: 'BlendedDelivery',
  hybrid: 'BlendedDelivery',
};
const METHODS = { written: 'Exam', portfolio: 'PortfolioEvaluation', practical: 'Performance', project: 'Artifact' };

const ctidOf = (text: string): string => `ce-${stableUuid(text)}`;
const resource = (domain: string, ctid: string): string => `https://${domain}/resources/${ctid}`;
const aligned = (framework: string, name: string, node?: string, code?: string) => ({
  '@type': 'ceterms:CredentialAlignmentObject',
  'ceterms:frameworkName': { 'en-US': framework },
  'ceterms:targetNodeName': { 'en-US': name },
  ...(node && { 'ceterms:targetNode': node }),
  ...(code && { 'ceterms:codedNotation': code }),
});

/** Credential Registry envelopes, each with the graph of one credential and its course, assessment and owner. */
export function ctdlEnvelopes(courses: readonly ExampleCourse[], options: CtdlOptions): Record<string, unknown>[] {
  return courses.map((course, index) => {
    const ctid = ctidOf(`${options.name}/${course.slug}`);
    const graph = graphOf(course, ctid, index, options);
    return {
      envelope_community: 'example',
      envelope_id: stableUuid(`${options.name}/envelope/${course.slug}`),
      envelope_ceterms_ctid: ctid,
      envelope_ctdl_type: 'ceterms:MicroCredential',
      envelope_type: 'resource_data',
      envelope_version: '1.0.0',
      decoded_resource: { '@context': CONTEXT, '@id': `https://${options.domain}/graph/${ctid}`, '@graph': graph },
      node_headers: {
        created_at: '2026-09-14T08:00:00.000Z',
        updated_at: '2026-10-05T08:00:00.000Z',
        deleted_at: null,
      },
    };
  });
}

function graphOf(course: ExampleCourse, ctid: string, index: number, options: CtdlOptions): Record<string, unknown>[] {
  const { language } = course;
  const text = (value: string, english?: string) => ({ [language]: value, ...(english && { en: english }) });
  const owner = ctidOf(`${options.name}/organisation`);
  const runs = runsOf(course, index, options.plan);
  const assessment = assessmentOf(language, index);
  const learning = `_:${stableUuid(`${ctid}/course`)}`;
  const test = `_:${stableUuid(`${ctid}/assessment`)}`;
  const requirement = requirementOf(language, index, course.eqf);
  const competencies = course.outcomes.map((outcome) => ({
    '@type': 'ceterms:CredentialAlignmentObject',
    'ceterms:targetNodeName': text(outcome),
  }));
  const credits = {
    'ceterms:creditValue': [
      {
        '@type': 'schema:ValueProfile',
        'schema:value': course.ects,
        'ceterms:creditUnitTypeDescription': { en: 'ECTS' },
      },
    ],
  };
  const main = {
    '@id': resource(options.domain, ctid),
    '@type': 'ceterms:MicroCredential',
    'ceterms:ctid': ctid,
    'ceterms:name': text(course.title, course.notes.en),
    'ceterms:description': text(course.description),
    'ceterms:subjectWebpage': `https://${options.domain}/programmata/${course.slug}`,
    'ceterms:credentialStatusType': aligned('Credential Status', 'Active', 'credentialStat:Active'),
    // Upper case here and lower case in the owner's own @id: real registries mix them.
    'ceterms:ownedBy': [
      `https://${options.domain}/graph/${index % 2 ? owner.toUpperCase().replace('CE-', 'ce-') : owner}`,
    ],
    'ceterms:offeredBy': [resource(options.domain, owner)],
    'ceterms:inLanguage': [language],
    ...(course.eqf && {
      'ceterms:atLevel': [
        aligned('European Qualifications Framework', `EQF level ${course.eqf}`, undefined, String(course.eqf)),
      ],
    }),
    'ceterms:instructionalProgramType': [aligned('ISCED-F 2013', course.isced, undefined, course.isced)],
    'ceterms:subject': [],
    ...(runs.length && { 'ceterms:learningDeliveryType': deliveries(runs) }),
    'ceterms:estimatedDuration': [
      { '@type': 'ceterms:DurationProfile', 'ceterms:exactDuration': `P${runs[0]?.weeks ?? 8}W` },
      ...(index % 3 === 0
        ? [{ '@type': 'ceterms:DurationProfile', 'ceterms:timeRequired': `PT${(course.ects ?? 2) * 25}H` }]
        : []),
    ],
    ...(runs[0] && {
      'ceterms:estimatedCost': [
        {
          '@type': 'ceterms:CostProfile',
          'ceterms:price': runs[0].price,
          'ceterms:currency': 'EUR',
          'ceterms:description': text(PHRASES[language]?.funding ?? ''),
        },
      ],
      'ceterms:hasOffering': runs.map((run) => scheduled(run, options)),
    }),
    'ceterms:requires': [
      {
        '@type': 'ceterms:ConditionProfile',
        'ceterms:name': { en: 'Requirements to earn the credential' },
        'ceterms:targetLearningOpportunity': [learning],
        ...(index % 4 !== 3 && credits),
        ...(index % 2 === 0 && { 'ceterms:targetCompetency': competencies }),
        ...(assessment && { 'ceterms:targetAssessment': [test] }),
      },
    ],
    ...(requirement && {
      'ceterms:entryCondition': [
        {
          '@type': 'ceterms:ConditionProfile',
          'ceterms:name': { en: 'Entry requirements' },
          'ceterms:description': text(requirement),
        },
      ],
    }),
    ...(course.notes.into && {
      'ceterms:isPreparationFor': [
        {
          '@type': 'ceterms:ConditionProfile',
          'ceterms:targetCredential': [resource(options.domain, ctidOf(`${options.name}/${course.notes.into}`))],
        },
      ],
    }),
    ...(index % 4 === 1 && {
      'ceterms:recognizedBy': [
        {
          '@type': 'ceterms:QACredentialOrganization',
          'ceterms:name': { en: 'Example Quality Agency of the Aegean (fictitious)' },
        },
      ],
    }),
  };
  const opportunity = {
    '@id': learning,
    '@type': 'ceterms:Course',
    'ceterms:name': text(course.title),
    'ceterms:teaches': competencies,
    ...credits,
    'ceterms:deliveryType': deliveries(runs),
  };
  const proof = assessment && {
    '@id': test,
    '@type': 'ceterms:AssessmentProfile',
    'ceterms:name': { en: 'Final assessment' },
    'ceterms:description': text(assessment.text),
    'ceterms:assessmentMethodType': [
      aligned('Assessment Method', METHODS[assessment.kind], `assessMethod:${METHODS[assessment.kind]}`),
    ],
    ...(assessment.kind === 'written' && { 'ceterms:isProctored': true }),
  };
  const organisation = {
    '@id': resource(options.domain, owner),
    '@type': 'ceterms:CredentialOrganization',
    'ceterms:ctid': owner,
    'ceterms:name': { [language]: options.organisation.name },
    'ceterms:subjectWebpage': `https://${options.domain}/`,
    'ceterms:address': [
      {
        '@type': 'ceterms:Place',
        'ceterms:addressLocality': { en: options.organisation.city },
        'ceterms:addressCountry': { 'en-US': options.organisation.countryName },
      },
    ],
  };
  return [main, opportunity, ...(proof ? [proof] : []), organisation];
}

/** CTDL gives an offering a place but no dates; that it stands on the credential itself is a common misuse. */
const scheduled = (run: ExampleRun, options: CtdlOptions) => ({
  '@type': 'ceterms:ScheduledOffering',
  'ceterms:ctid': ctidOf(`${options.name}/${run.id}`),
  'ceterms:name': { en: `${run.start} ${run.town}` },
  'ceterms:deliveryType': deliveries([run]),
  'ceterms:estimatedDuration': [{ '@type': 'ceterms:DurationProfile', 'ceterms:exactDuration': `P${run.weeks}W` }],
  'ceterms:availableAt': [
    {
      '@type': 'ceterms:Place',
      'ceterms:addressLocality': { en: run.town },
      'ceterms:addressCountry': { en: options.organisation.countryName },
    },
  ],
});

const deliveries = (runs: readonly ExampleRun[]) =>
  [...new Set(runs.map((run) => DELIVERY[run.mode]))].map((type) =>
    aligned('Delivery Type', type, `deliveryType:${type}`),
  );

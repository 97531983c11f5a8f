import { isFiller } from '../../schema/parse/text.ts';
import { each, problem, type Reading, rawText, say, texts } from './course-reading.ts';
import { resolveUrl } from './html-data.ts';
import type { LinkedNode } from './html-microdata.ts';
import { isNode, list } from './linked-data.ts';

/** How long the credential is valid, as stated. */
export const validity = (credential: LinkedNode | undefined): string | undefined => {
  const text = rawText(list(credential?.['validFor'])[0]).trim();
  return text && !isFiller(text) ? text : undefined;
};

/** Keeps under further information what has no element of its own. */
export function collectFurther(r: Reading, credential: LinkedNode | undefined): void {
  const { node } = r;
  const keep = [
    'courseCode',
    'abstract',
    'accessibilitySummary',
    'programType',
    'termDuration',
    'termsPerYear',
    'typicalCreditsPerTerm',
    'dayOfWeek',
    'timeOfDay',
    'maximumEnrollment',
    'maximumAttendeeCapacity',
    'trainingSalary',
    'salaryUponCompletion',
    'interactivityType',
    'learningResourceType',
  ];
  for (const key of keep) {
    if (key === 'abstract' && node['description'] === undefined) continue;
    if (key === 'timeOfDay' && node['startDate'] !== undefined) continue;
    const values = list(node[key]).map((value) => (isNode(value) ? structured(value) : value));
    say(r, key, texts(r, values, `/node/${key}`));
  }
  for (const [value, path] of each(node, 'syllabusSections')) {
    if (isNode(value))
      say(
        r,
        'syllabus',
        texts(r, [value['name'], value['description']].flatMap(list).map(rawText).filter(Boolean).join(': '), path),
      );
  }
  if (credential) {
    for (const key of ['name', 'description', 'validIn']) {
      if (key === 'name' && credential['credentialCategory'] === undefined) continue;
      say(
        r,
        key === 'name' ? 'educationalCredentialAwarded' : key,
        texts(r, credential[key], `/node/educationalCredentialAwarded/${key}`),
      );
    }
  }
  for (const [value] of each(node, 'syllabus')) {
    const url = resolveUrl(rawText(value), r.raw.base);
    if (url && /^https?:\/\/\S+$/.test(rawText(value).trim())) r.links.push(url);
  }
}

const structured = (node: LinkedNode): string =>
  [node['value'] ?? node['minValue'] ?? node['median'] ?? node['name'], node['unitText'] ?? node['currency']]
    .map(rawText)
    .filter(Boolean)
    .join(' ');

const MAPPED = new Set(
  (
    '@type @id @reverse name alternateName organizer url identifier provider creator publisher sourceOrganization description abstract disambiguatingDescription teaches educationalAlignment competencyRequired ' +
    'numberOfCredits timeRequired timeToComplete duration courseWorkload educationalLevel courseMode educationalProgramMode eventAttendanceMode coursePrerequisites programPrerequisites competencyPrerequisites ' +
    'educationalCredentialAwarded credentialAwarded occupationalCredentialAwarded credentialCategory recognizedBy validFor validIn about keywords assesses skills occupationalCategory hasOccupation audience typicalAgeRange ' +
    'inLanguage availableLanguage offers isAccessibleForFree financialAidEligible isPartOf hasPart hasCourse sameAs dateModified hasCourseInstance courseInstance subEvent subEvents location startDate endDate applicationStartDate applicationDeadline ' +
    'courseSchedule eventSchedule eventStatus courseCode accessibilitySummary programType termDuration termsPerYear typicalCreditsPerTerm dayOfWeek timeOfDay maximumEnrollment maximumAttendeeCapacity trainingSalary salaryUponCompletion interactivityType learningResourceType ' +
    'syllabusSections syllabus mainEntityOfPage superEvent http://purl.org/dc/terms/conformsTo dateCreated datePublished license copyrightHolder copyrightYear producer totalHistoricalEnrollment itemListElement'
  ).split(' '),
);

/** What the page says and no element takes: named once a record, so that nothing goes silently. */
export function reportUnmapped(r: Reading): void {
  const names = Object.keys(r.node).filter((key) => !MAPPED.has(key));
  if (names.length) {
    problem(
      r,
      '/node',
      'property-not-mapped',
      names.slice(0, 20).join(', '),
      'nothing to do: kept in the raw record only',
      'info',
    );
  }
}

import { asText, isObject } from '../../../schema/index.ts';
import type { NodeKinds } from '../../decode/linked/candidates.ts';
import { list } from '../../decode/linked/node.ts';
import { namesSchemaOrg } from '../../decode/linked/schema-org.ts';
import { isRobots, isSitemapXml, isTextSitemap } from '../../decode/sitemap.ts';
import { startsAsJson } from '../../decode/structured-page.ts';
import type { Sample } from '../../format.ts';

/** The schema.org types that describe what the catalogue holds. */
const COURSE_TYPES = [
  'Course',
  'CourseInstance',
  'EducationalOccupationalProgram',
  'WorkBasedProgram',
  'EducationalOccupationalCredential',
] as const;
const BY_LOWER = new Map(COURSE_TYPES.map((type) => [type.toLowerCase(), type]));
const PROFILE = /^https?:\/\/bioschemas\.org\/profiles\/(CourseInstance|Course)\//i;
const CONFORMS = 'http://purl.org/dc/terms/conformsTo';

/** Whether one of these types is that of a course, programme, run or credential. */
export const isCourseType = (types: readonly unknown[]): boolean =>
  types.some((type) => typeof type === 'string' && BY_LOWER.has(type.toLowerCase()));

/** What the reader of pages must know of schema.org. */
export const KINDS: NodeKinds = {
  /** By its `@type`, else by the Bioschemas profile that it says it conforms to. */
  kindOf(node) {
    const types = list(node['@type']).flatMap((type) =>
      typeof type === 'string' ? (BY_LOWER.get(type.toLowerCase()) ?? []) : [],
    );
    if (types.length) return types.includes('Course') ? 'Course' : types[0];
    if (list(node['@type']).length) return undefined;
    for (const profile of list(node[CONFORMS])) {
      const name = PROFILE.exec(asText(isObject(profile) ? profile['@id'] : profile))?.[1];
      if (name) return name.toLowerCase() === 'course' ? 'Course' : 'CourseInstance';
    }
    return undefined;
  },
  course: 'Course',
  run: 'CourseInstance',
  credential: 'EducationalOccupationalCredential',
  // schema.org names no inverse of `hasCourseInstance`, so people use what they find.
  toCourse: ['isPartOf', 'superEvent', 'course', 'instanceOf', 'isInstanceOf', 'courseInstanceOf', 'about'],
  toRuns: ['hasCourseInstance', 'courseInstance', 'subEvent', 'subEvents'],
  toCredential: ['educationalCredentialAwarded', 'credentialAwarded', 'occupationalCredentialAwarded'],
  pointers: new Set(
    'coursePrerequisites programPrerequisites isPartOf isRelatedTo isSimilarTo isBasedOn isBasedOnUrl mentions citation sameAs about subjectOf workExample exampleOfWork translationOfWork workTranslation isVariantOf'.split(
      ' ',
    ),
  ),
  lists: new Set(['@graph', 'itemListElement', 'item', 'mainEntity', 'itemOffered', 'hasPart']),
  substance: ['description', 'hasCourseInstance', 'offers', 'teaches', 'provider'],
  noise: new Set(
    'image logo photo thumbnail thumbnailUrl primaryImageOfPage video aggregateRating review reviews comment comments interactionStatistic potentialAction speakable breadcrumb'.split(
      ' ',
    ),
  ),
  mentions: new RegExp(`\\b(?:${COURSE_TYPES.join('|')})\\b`),
};

const TYPES = COURSE_TYPES.join('|');
const JSON_TYPE = new RegExp(
  `"@?type"\\s*:\\s*(?:\\[[^\\]]{0,200})?"(?:https?://schema\\.org/|schema:|sdo:)?(?:${TYPES})"`,
);
const HTML_TYPE = new RegExp(`(?:itemtype|typeof)\\s*=\\s*["'][^"']{0,300}\\b(?:${TYPES})\\b`, 'i');
const HTML = /^(?:<\?xml[^>]*>|<!--[\s\S]{0,4000}?-->|\s)*<(?:!doctype html|html|head|body|div|main|script|section)\b/i;

/** How surely a body is a page, sitemap or document of schema.org. */
export function detect(sample: Sample): number {
  const text = sample.text.trimStart();
  if (isSitemapXml(text)) return 0.9;
  if (startsAsJson(text)) {
    if (/"ceterms:|credreg\.net|purl\.org\/ctdl/.test(text)) return 0;
    if (!namesSchemaOrg(text)) return 0;
    // A "type" without a context is no JSON-LD: JSON:API feeds name schema.org's weekdays, too.
    return /"\s*@(?:context|type|graph)/.test(text) && JSON_TYPE.test(text) ? 0.9 : 0.4;
  }
  if (isTextSitemap(text)) return 0.6;
  if (isRobots(text)) return 0.5;
  if (/^(?:<\?xml[^>]*>|\s)*<(?:rss|feed|rdf:RDF)[\s>]/i.test(text)) return 0;
  if (HTML.test(text)) {
    if (!namesSchemaOrg(text)) return 0.2;
    return JSON_TYPE.test(text) || HTML_TYPE.test(text) ? 0.9 : 0.5;
  }
  return /text\/html|xhtml/.test(sample.mediaType ?? '') ? 0.2 : 0;
}

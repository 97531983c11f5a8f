import {
  type CredentialDraft,
  completeCredential,
  derived,
  type Element,
  found,
  type LangString,
  notStated,
  type Problem,
  type SourceDefinition,
  stated,
} from '../../schema/index.ts';
import { isoDate } from '../../schema/parse/date.ts';
import { targetGroups } from '../../schema/vocabularies/index.ts';
import { readBodies } from '../decode/course-bodies.ts';
import { collectFurther, reportUnmapped, validity } from '../decode/course-further.ts';
import { kind } from '../decode/course-kind.ts';
import { level } from '../decode/course-level.ts';
import { participation } from '../decode/course-modes.ts';
import { type RawCourse, readCoursePage } from '../decode/course-page.ts';
import { costs, funding } from '../decode/course-prices.ts';
import {
  courseUrl,
  each,
  languageTags,
  RESIDUE,
  type Reading,
  rawText,
  terms,
  texts,
} from '../decode/course-reading.ts';
import { alternates, relations } from '../decode/course-relations.ts';
import { type Run, readRuns } from '../decode/course-runs.ts';
import { fields, occupations, outcomes, skills } from '../decode/course-subjects.ts';
import { workload } from '../decode/course-workload.ts';
import { isNode, list } from '../decode/linked-data.ts';
import { isRobots, isSitemapXml, isTextSitemap } from '../decode/sitemap.ts';
import { startsAsJson } from '../decode/structured-page.ts';
import type { Format, Normalised, PageRequest, Sample } from '../format.ts';

/**
 * schema.org in web pages: sitemap → pages → JSON-LD, microdata and RDFa with Course, CourseInstance,
 * EducationalOccupationalProgram and EducationalOccupationalCredential. A source starts at a robots.txt, a sitemap
 * (XML, gzip, text), one page, or a JSON-LD document or JSON lines file.
 *
 * Options: `include`, `exclude` (regular expressions on page URLs), `sitemaps` (on sitemap URLs), `hosts` (further
 * hosts, `*` for any), `maxPages`.
 *
 * Rules of derivation: `provider-as-awarding-body` (schema.org has no awarding body: who provides a course is taken
 * for who awards), `recognised-by`, `address-of-awarding-body`, `source-default`, `workload-of-every-run`,
 * `modes-of-runs`, `languages-of-runs`, `prices-of-runs`, `free-category` (an offer of category "Free", or
 * isAccessibleForFree, costs 0), `virtual-location`, `work-based-program`, `schema-org-type`, `degree-in-name`,
 * `financial-aid-flag`.
 *
 * The file is long because a format is one file: it is a table of mappings, one small function an element.
 */
export const schemaOrg: Format = {
  name: 'schema-org',
  title: 'schema.org courses in web pages (JSON-LD, microdata, RDFa)',
  specification: 'https://schema.org/Course',
  mediaTypes: ['text/html', 'application/xhtml+xml', 'application/ld+json', 'application/x-ndjson', 'application/xml'],
  version: 1,
  detect,
  records: (body, page) => readCoursePage(body, page),
  normalise,
  next: (page) => (page.envelope['requests'] as PageRequest[] | undefined) ?? [],
};

const TYPES = 'Course(?:Instance)?|EducationalOccupational(?:Program|Credential)|WorkBasedProgram';

const JSON_TYPE = new RegExp(
  `"@?type"\\s*:\\s*(?:\\[[^\\]]{0,200})?"(?:https?://schema\\.org/|schema:|sdo:)?(?:${TYPES})"`,
);

const HTML_TYPE = new RegExp(`(?:itemtype|typeof)\\s*=\\s*["'][^"']{0,300}\\b(?:${TYPES})\\b`, 'i');

const SCHEMA = /["'(]\s*(?:@vocab"\s*:\s*")?https?:\/\/(?:www\.)?schema\.org\b/i;

function detect(sample: Sample): number {
  const text = sample.text.trimStart();
  if (isSitemapXml(text)) return 0.9;
  if (startsAsJson(text)) {
    if (/"ceterms:|credreg\.net|purl\.org\/ctdl/.test(text)) return 0;
    if (!SCHEMA.test(text)) return 0;
    return JSON_TYPE.test(text) ? 0.9 : 0.4;
  }
  if (isTextSitemap(text)) return 0.6;
  if (isRobots(text)) return 0.5;
  if (/^(?:<\?xml[^>]*>|\s)*<(?:rss|feed|rdf:RDF)[\s>]/i.test(text)) return 0;
  if (
    /^(?:<\?xml[^>]*>|<!--[\s\S]{0,4000}?-->|\s)*<(?:!doctype html|html|head|body|div|main|script|section)\b/i.test(
      text,
    )
  ) {
    if (!SCHEMA.test(text)) return 0.2;
    return JSON_TYPE.test(text) || HTML_TYPE.test(text) ? 0.9 : 0.5;
  }
  return /text\/html|xhtml/.test(sample.mediaType ?? '') ? 0.2 : 0;
}

const MAX_TITLE = 10_000;

function normalise(input: unknown, source: SourceDefinition, identifier: string): Normalised {
  const problems: Problem[] = [];
  const reject = (path: string, rule: string, value: unknown, remedy: string): Normalised => ({
    rejection: { identifier, path, rule, found: found(value), remedy },
    problems,
  });
  if (!isRaw(input)) return reject('', 'not-a-course', input, 'harvest the page anew');
  for (const note of input.notes ?? []) if (problems.length < 100) problems.push(note);
  const { node } = input;
  const r: Reading = { raw: input, node, source, problems, providers: [], further: [], links: [] };

  const tooLong = list(node['name']).find((name) => textLength(name) > MAX_TITLE);
  if (tooLong !== undefined)
    return reject('/node/name', 'title-too-long', tooLong, `give a name of at most ${MAX_TITLE} characters`);
  const residue = list(node['name']).find((name) => RESIDUE.test(rawText(name)));
  if (residue !== undefined)
    return reject('/node/name', 'template-residue', residue, 'fill the template in before publishing the page');
  const title = texts(r, node['name'], '/node/name');
  if (!title.length) return reject('/node/name', 'no-title', node['name'] ?? null, 'give the course a name');

  const draft = mapCourse(r, identifier, title);
  return { credential: completeCredential(draft), providers: r.providers, problems };
}

const isRaw = (input: unknown): input is RawCourse =>
  isNode(input) &&
  isNode((input as unknown as RawCourse).node) &&
  isNode((input as unknown as RawCourse).page) &&
  typeof (input as unknown as RawCourse).base === 'string' &&
  typeof (input as unknown as RawCourse).type === 'string';

function mapCourse(r: Reading, identifier: string, title: LangString[]): CredentialDraft {
  const { node } = r;
  const runs = readRuns(r, title);
  const credential = list(node['educationalCredentialAwarded']).find(isNode);
  const bodies = readBodies(r, credential);
  const url = courseUrl(r);
  const draft: CredentialDraft = {
    source: r.source.id,
    identifier,
    alternates: alternates(r, identifier),
    ...(url ? { url } : {}),
    title: stated(title, '/node/name'),
    ...bodies,
    description: description(r),
    learningOutcomes: outcomes(r, credential),
    workload: workload(r, runs),
    level: level(r, credential),
    participation: participation(r, runs),
    prerequisites: prerequisites(r),
    kind: kind(r, title),
    fields: fields(r),
    skills: skills(r),
    occupations: occupations(r),
    targetGroup: targetGroup(r),
    languages: languages(r, runs),
    costs: costs(r, runs),
    funding: funding(r),
    opportunities: runs.map(({ opportunity }) => opportunity),
    relations: relations(r),
  };
  const modified = timestamp(node['dateModified']);
  if (modified) draft.sourceModified = modified;
  collectFurther(r, credential);
  if (r.further.length || r.links.length || validity(credential)) {
    const valid = validity(credential);
    draft.furtherInformation = stated(
      {
        ...(r.further.length ? { text: r.further } : {}),
        links: [...new Set(r.links)],
        ...(valid ? { validity: valid } : {}),
      },
      '/node',
    );
  }
  reportUnmapped(r);
  return draft;
}

const textLength = (value: unknown): number => rawText(value).length;

function description(r: Reading): Element<LangString[]> {
  for (const key of ['description', 'abstract', 'disambiguatingDescription']) {
    const text = texts(r, r.node[key], `/node/${key}`);
    if (text.length) return stated(text, `/node/${key}`);
  }
  return notStated();
}

function prerequisites(r: Reading): Element<LangString[]> {
  for (const key of ['coursePrerequisites', 'programPrerequisites', 'competencyPrerequisites']) {
    const found = terms(r, r.node, key).flatMap(({ text }) => text);
    if (found.length) return stated(found, `/node/${key}`);
  }
  return notStated();
}

function targetGroup(r: Reading): NonNullable<CredentialDraft['targetGroup']> {
  const codes = new Set<string>();
  const text: LangString[] = [];
  let from = '';
  const add = (words: LangString[], path: string) => {
    if (words.length) from ||= path;
    for (const word of words) {
      text.push(word);
      const code = targetGroups.parse(word.value);
      if (code) codes.add(code);
    }
  };
  for (const [value, path] of each(r.node, 'audience')) {
    if (!isNode(value)) add(texts(r, value, path), path);
    else
      for (const key of ['educationalRole', 'audienceType', 'name'])
        add(texts(r, value[key], `${path}/${key}`), `${path}/${key}`);
  }
  for (const [value, path] of each(r.node, 'typicalAgeRange')) add(texts(r, value, path), path);
  return from ? stated({ codes: [...codes], text }, from) : notStated();
}

function languages(r: Reading, runs: Run[]): NonNullable<CredentialDraft['languages']> {
  const own = languageTags(r, r.node, '/node');
  const key = r.node['inLanguage'] !== undefined ? 'inLanguage' : 'availableLanguage';
  if (own.length) return stated(own, `/node/${key}`);
  const all = [...new Set(runs.flatMap(({ opportunity }) => opportunity.languages ?? []))];
  return all.length ? derived(all, runs[0]?.path ?? '', 'languages-of-runs') : notStated();
}

function timestamp(value: unknown): string | undefined {
  const text = rawText(list(value)[0])
    .trim()
    .replace(/^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}(?::\d{2})?) ?([+-]\d{2}):?(\d{2})$/, '$1T$2$3:$4');
  const date = isoDate(text);
  if (!date) return undefined;
  return /T\d{2}:\d{2}/.test(text) && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : date;
}

import {
  type CredentialDraft,
  completeCredential,
  derived,
  type Element,
  type FieldValue,
  type LangString,
  type LearningOutcome,
  type LevelValue,
  notStated,
  type Opportunity,
  type Price,
  type Provider,
  type ProviderReference,
  providerIdentifierFromName,
  type Relation,
  type SourceDefinition,
  stated,
  statedIf,
  type WorkloadValue,
  withDerived,
} from '../../schema/index.ts';
import { isoDate } from '../../schema/parse/date.ts';
import { parseDuration } from '../../schema/parse/duration.ts';
import { languageTag } from '../../schema/parse/language.ts';
import { currencyCode, parsePrices } from '../../schema/parse/price.ts';
import { isFiller, langStrings, plainText, splitOutcomes } from '../../schema/parse/text.ts';
import { asText, table } from '../../schema/table.ts';
import { credentialKinds, eqf, eqfFromNqf, modesOfLearning, targetGroups } from '../../schema/vocabularies/index.ts';
import { resolveUrl } from '../decode/html-data.ts';
import type { LinkedNode } from '../decode/html-microdata.ts';
import { namesSchemaOrg } from '../decode/linked/schema-org.ts';
import { isNode, list } from '../decode/linked-data.ts';
import { slug } from '../decode/linked-identifiers.ts';
import { type NodeKinds, nodeUrl } from '../decode/linked-nodes.ts';
import { type RawNode, readLinkedPage } from '../decode/linked-page.ts';
import { isRobots, isSitemapXml, isTextSitemap } from '../decode/sitemap.ts';
import { startsAsJson } from '../decode/structured-page.ts';
import type { Format, Normalised, PageRequest, Sample } from '../format.ts';
import { type Bodies, createBodies, defaultCountry } from '../normalise/bodies.ts';
import { readCountry, readCurrency, readLanguages } from '../normalise/codes.ts';
import { checkOrder, readDate, readStart } from '../normalise/dates.ts';
import { fieldIn } from '../normalise/fields.ts';
import { eqfInWords } from '../normalise/level.ts';
import { isEcts, readQuantity } from '../normalise/numbers.ts';
import { fillFromRuns } from '../normalise/opportunities.ts';
import { codesAndText } from '../normalise/texts.ts';
import { refuseTitle, turnAway } from '../normalise/titles.ts';
import { addCredits } from '../normalise/workload.ts';
import { membersRead } from '../persons/members-read.ts';
import { createNotes, type Notes } from '../problems/notes.ts';

/**
 * schema.org in web pages: sitemap → pages → JSON-LD, microdata and RDFa with Course, CourseInstance,
 * EducationalOccupationalProgram and EducationalOccupationalCredential. A source starts at a robots.txt, a sitemap
 * (XML, gzip, text), one page, or a JSON-LD document or JSON lines file.
 *
 * Options: `include`, `exclude` (regular expressions on page URLs), `sitemaps` (on sitemap URLs), `hosts` (further
 * hosts, `*` for any), `maxPages`.
 *
 * Rules of derivation: `provider-as-awarding-body` (schema.org has no awarding body: who provides a course is taken
 * for who awards; `recognizedBy` acknowledges and awards nothing: further information), `address-of-awarding-body`, `source-default`, `workload-of-every-run`,
 * `union-of-opportunities`, `free-category` (an offer of category "Free", or
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
  version: 3,
  reads: (member) => READS(member),
  openEnded: true,
  detect,
  records: (body, page) => readLinkedPage(body, page, KINDS),
  normalise,
  next: (page) => (page.envelope.requests as PageRequest[] | undefined) ?? [],
};

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

const KINDS: NodeKinds = {
  /** By its `@type`, else by the Bioschemas profile that it says it conforms to. */
  kindOf(node) {
    const types = list(node['@type']).flatMap((type) =>
      typeof type === 'string' ? (BY_LOWER.get(type.toLowerCase()) ?? []) : [],
    );
    if (types.length) return types.includes('Course') ? 'Course' : types[0];
    if (list(node['@type']).length) return undefined;
    for (const profile of list(node[CONFORMS])) {
      const name = PROFILE.exec(asText(isNode(profile) ? profile['@id'] : profile))?.[1];
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

function detect(sample: Sample): number {
  const text = sample.text.trimStart();
  if (isSitemapXml(text)) return 0.9;
  if (startsAsJson(text)) {
    if (/"ceterms:|credreg\.net|purl\.org\/ctdl/.test(text)) return 0;
    if (!namesSchemaOrg(text)) return 0;
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
    if (!namesSchemaOrg(text)) return 0.2;
    return JSON_TYPE.test(text) || HTML_TYPE.test(text) ? 0.9 : 0.5;
  }
  return /text\/html|xhtml/.test(sample.mediaType ?? '') ? 0.2 : 0;
}

function normalise(input: unknown, source: SourceDefinition, identifier: string): Normalised {
  const notes = createNotes(isRaw(input) ? input.notes : []);
  if (!isRaw(input)) return turnAway(notes, identifier, '', 'not-a-record', input, 'harvest the page anew');
  const { node } = input;
  const r: Reading = { raw: input, node, source, notes, bodies: createBodies(source), further: [], links: [] };

  const residue = list(node.name).find((name) => RESIDUE.test(rawText(name)));
  if (residue !== undefined) return turnAway(notes, identifier, '/node/name', 'template-residue', residue);
  const title = texts(r, node.name, '/node/name');
  const refused = refuseTitle(notes, identifier, '/node/name', title, node.name);
  if (refused) return refused;

  const draft = mapCourse(r, identifier, title);
  const credential = completeCredential(fillFromRuns(draft, fallbackLanguage(r)));
  return { credential, providers: r.bodies.all(), problems: notes.problems };
}

const isRaw = (input: unknown): input is RawNode =>
  isNode(input) &&
  isNode((input as unknown as RawNode).node) &&
  isNode((input as unknown as RawNode).page) &&
  typeof (input as unknown as RawNode).base === 'string' &&
  typeof (input as unknown as RawNode).type === 'string';

function mapCourse(r: Reading, identifier: string, title: LangString[]): CredentialDraft {
  const { node } = r;
  const runs = readRuns(r, title);
  const credential = list(node.educationalCredentialAwarded).find(isNode);
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
    languages: languages(r),
    costs: costs(r),
    funding: funding(r),
    opportunities: runs.map(({ opportunity }) => opportunity),
    relations: relations(r),
  };
  const modified = timestamp(node.dateModified);
  if (modified) draft.sourceModified = modified;
  collectFurther(r, credential);
  const valid = credentialNodes(r, credential)
    .map(([one]) => validity(one))
    .find(Boolean);
  if (r.further.length || r.links.length || valid) {
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

function languages(r: Reading): NonNullable<CredentialDraft['languages']> {
  const key = r.node.inLanguage !== undefined ? 'inLanguage' : 'availableLanguage';
  return statedIf(languageTags(r, r.node, '/node'), `/node/${key}`);
}

function timestamp(value: unknown): string | undefined {
  const text = rawText(list(value)[0])
    .trim()
    .replace(/^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}(?::\d{2})?) ?([+-]\d{2}):?(\d{2})$/, '$1T$2$3:$4');
  const date = isoDate(text);
  if (!date) return undefined;
  return /T\d{2}:\d{2}/.test(text) && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : date;
}

// --- bodies --------------------------------------------------------------------------------------------------------

/** Who offers, who awards, and from which country; each with what it rests on. */
function readBodies(r: Reading, credential: LinkedNode | undefined): Partial<CredentialDraft> {
  const offered: ProviderReference[] = [];
  let offeredPath = '';
  for (const [value, path] of each(r.node, 'provider')) {
    const body = provider(r, value, path);
    if (!body) continue;
    offeredPath ||= path;
    if (!offered.some((other) => other.id === body.id)) offered.push(body);
  }
  const [awarding, country] = awardingBody(r, credential, offered, offeredPath);
  // Who organises a run offers it; nobody said that they award anything.
  for (const [value, path] of offered.length ? [] : each(r.node, 'organizer')) {
    const body = provider(r, value, path);
    if (!body) continue;
    offeredPath ||= path;
    offered.push(body);
  }
  return { offeredBy: statedIf(offered, offeredPath), awardingBody: awarding, issuerCountry: country };
}

/** The nodes that describe what is awarded, with the place of each. */
function credentialNodes(r: Reading, credential: LinkedNode | undefined): [LinkedNode, string][] {
  const awarded = r.node.educationalCredentialAwarded;
  const place = at('/node/educationalCredentialAwarded', awarded, list(awarded).indexOf(credential));
  return [
    ...(credential ? [[credential, place] as [LinkedNode, string]] : []),
    ...(r.raw.type === 'EducationalOccupationalCredential' ? [[r.node, '/node'] as [LinkedNode, string]] : []),
  ];
}

type Country = NonNullable<CredentialDraft['issuerCountry']>;

function awardingBody(
  r: Reading,
  credential: LinkedNode | undefined,
  offered: ProviderReference[],
  offeredPath: string,
): [Element<ProviderReference[]>, Country] {
  const own = r.raw.type === 'EducationalOccupationalCredential';
  const places: [LinkedNode, string, string, string | undefined][] = [];
  for (const [node, path] of credentialNodes(r, credential)) {
    for (const key of ['creator', 'provider', 'publisher', 'sourceOrganization'])
      places.push([node, path, key, undefined]);
  }
  if (!own) {
    places.push([r.node, '/node', 'creator', 'provider-as-awarding-body']);
    places.push([r.node, '/node', 'provider', 'provider-as-awarding-body']);
    places.push([r.node, '/node', 'sourceOrganization', 'provider-as-awarding-body']);
    places.push([r.node, '/node', 'publisher', 'provider-as-awarding-body']);
  }
  for (const [node, path, key, rule] of places) {
    const refs: ProviderReference[] = [];
    let first = '';
    for (const [value, place] of each(node, key, path)) {
      // Who "created" a page is an organisation only when it is said to be one.
      if (key === 'creator' && !isNode(value)) continue;
      const body = node === r.node && key === 'provider' && offeredPath ? undefined : provider(r, value, place);
      if (body) refs.push(body);
      if (body) first ||= place;
    }
    if (node === r.node && key === 'provider' && offered.length) {
      refs.push(...offered);
      first = offeredPath;
    }
    if (!refs.length) continue;
    const element = rule ? derived(refs, first, rule) : stated(refs, first);
    const code = refs[0] && r.bodies.get(refs[0].id)?.country;
    return [
      element,
      code
        ? derived({ country: code }, `${first}/address/addressCountry`, 'address-of-awarding-body')
        : defaultCountry(r.source),
    ];
  }
  return [r.bodies.defaultAwardingBody(), defaultCountry(r.source)];
}

/** A body from a node or a bare name; people, empty nodes and unresolved references are none. */
function provider(r: Reading, value: unknown, path: string): ProviderReference | undefined {
  const node: LinkedNode = isNode(value) ? value : { name: value };
  const names = texts(r, node.name ?? node.legalName, `${path}/name`);
  const url = nodeUrl({ url: node.url }, r.raw.base);
  const page = r.raw.page.url;
  const course = courseUrl(r);
  // The page of the course identifies the course, not the body behind it.
  const isPage = (address: string | undefined) =>
    address !== undefined && [page, course].some((own) => own && bare(own) === bare(address));
  const id = typeof node['@id'] === 'string' && /^https?:/.test(node['@id']) ? node['@id'] : undefined;
  const homepage = url && !isPage(url) ? url : undefined;
  if (url && !homepage) {
    r.notes.add(`${path}/url`, 'provider-url-is-page', url, "give the provider's own address, not that of the course");
  }
  const stable = id && (!isPage(id) || new URL(id).pathname === '/') ? id : undefined;
  if (!names.length && !homepage && !stable) {
    if (Object.keys(node).some((key) => key !== '@type') && rawText(node.name)) return undefined;
    if (isNode(value)) r.notes.add(path, 'unnamed-organisation', value, 'give the provider a name and a url');
    return undefined;
  }
  if (!names.length && stable && !homepage) {
    r.notes.add(path, 'undescribed-reference', stable, 'describe the provider where it is referred to');
  }
  const identifier = homepage ?? stable ?? providerIdentifierFromName(names[0]?.value ?? '');
  const others = new Set<string>();
  for (const [same, place] of each(node, 'sameAs', path)) {
    const address = typeof same === 'string' ? same : isNode(same) ? same['@id'] : undefined;
    const resolved = address && /^https?:/i.test(address.trim()) ? resolveUrl(address, r.raw.base) : undefined;
    if (!resolved) continue;
    if (isPage(resolved))
      r.notes.add(place, 'same-as-is-page', resolved, 'sameAs must identify the organisation, not the page');
    else if (identifiesBody(resolved)) others.add(resolved);
    else {
      const remedy =
        'give a front page or an entry of a register (ROR, Wikidata, …): a deep page identifies no organisation';
      r.notes.add(place, 'same-as-is-deep-page', resolved, remedy);
    }
  }
  if (stable && stable !== identifier) others.add(stable);
  const address = place(r, node.address, `${path}/address`);
  return r.bodies.add({
    identifier,
    alternates: [...others],
    name: names,
    identifiers: organisationIdentifiers(node, [...others]),
    url: homepage,
    country: address.country,
    locality: address.locality,
    region: address.region,
    description: texts(r, node.description, `${path}/description`),
  });
}

const REGISTERS =
  /(^|\.)(wikipedia|wikidata|ror|isni|grid|linkedin|facebook|twitter|x|instagram|youtube|crunchbase|europa|dbpedia|viaf)\.(org|com|eu|ac)$/i;

/** People give any page of the site as `sameAs`; only front pages and entries of known registers name a body. */
function identifiesBody(address: string): boolean {
  const url = new URL(address);
  return REGISTERS.test(url.hostname) || url.pathname.split('/').filter(Boolean).length <= 1;
}

function organisationIdentifiers(node: LinkedNode, same: string[]): Provider['identifiers'] {
  const out = new Map<string, { scheme: string; value: string }>();
  const add = (scheme: string, value: unknown) => {
    const text = typeof value === 'string' ? value.trim() : '';
    if (text && !isFiller(text) && !RESIDUE.test(text)) out.set(`${scheme} ${text}`, { scheme, value: text });
  };
  for (const url of [...same, ...list(node.identifier)]) {
    const ror = typeof url === 'string' ? /^https?:\/\/ror\.org\/(0[a-z0-9]{8})\/?$/i.exec(url)?.[1] : undefined;
    if (ror) add('ror', ror.toLowerCase());
    const wikidata = typeof url === 'string' ? /wikidata\.org\/(?:wiki|entity)\/(Q\d+)/i.exec(url)?.[1] : undefined;
    if (wikidata) add('wikidata', wikidata);
  }
  for (const item of list(node.identifier)) {
    if (isNode(item) && typeof item.propertyID === 'string') add(slug(item.propertyID), item.value);
  }
  for (const [key, scheme] of [
    ['vatID', 'vat'],
    ['leiCode', 'lei'],
    ['isni', 'isni'],
    ['duns', 'duns'],
  ] as const) {
    for (const value of list(node[key])) add(scheme, value);
  }
  return [...out.values()];
}

// --- kind ----------------------------------------------------------------------------------------------------------

const DEGREE = /^(?:bachelor|master|doctor|ph\.?d)(?:['’]s)?(?:\s+(?:of|in|degree|programme|program)\b|\s*\()/i;

/** The kind of credential: the words of the source, a code only when they are one; else derived from the node type. */
function kind(r: Reading, title: LangString[]): NonNullable<CredentialDraft['kind']> {
  const byType =
    r.raw.type === 'EducationalOccupationalProgram' || r.raw.type === 'WorkBasedProgram'
      ? 'programme'
      : r.raw.type === 'EducationalOccupationalCredential'
        ? undefined
        : 'course';
  const places: [unknown, string][] = [];
  for (const key of ['educationalCredentialAwarded', 'credentialAwarded', 'occupationalCredentialAwarded']) {
    for (const [value, path] of each(r.node, key)) {
      if (!isNode(value)) places.push([value, path]);
      else
        places.push([
          value.credentialCategory ?? value.name,
          `${path}/${value.credentialCategory ? 'credentialCategory' : 'name'}`,
        ]);
    }
  }
  places.push(...each(r.node, 'credentialCategory'));
  const text: LangString[] = [];
  let from = '';
  let code: string | undefined;
  for (const [value, path] of places) {
    for (const words of texts(r, isNode(value) ? (value.name ?? value.termCode ?? value['@id']) : value, path)) {
      if (title.some((t) => t.value.toLowerCase() === words.value.toLowerCase())) {
        r.notes.add(
          path,
          'credential-is-title',
          words.value,
          'say what is awarded (certificate, badge, …), not what is taught',
        );
        continue;
      }
      from ||= path;
      text.push(words);
      code ??=
        credentialKinds.parse(words.value) ??
        (/\bmicro-?\s?credential/i.test(words.value) ? 'micro-credential' : undefined);
    }
  }
  if (from) {
    const element: NonNullable<CredentialDraft['kind']> = stated({ ...(code ? { code } : {}), text }, from);
    if (code) return element;
    if (text.some(({ value }) => DEGREE.test(value)))
      return withDerived(element, { code: 'degree' }, from, 'degree-in-name');
    return byType ? withDerived(element, { code: byType }, '/type', 'schema-org-type') : element;
  }
  return byType ? derived({ code: byType }, '/type', 'schema-org-type') : notStated();
}

// --- level ---------------------------------------------------------------------------------------------------------

const EQF_URI = /data\.europa\.eu\/snb\/eqf\/([1-8])$|europa\.eu\/.*\beqf\b.*\/([1-8])$/i;

const NQFS = table({
  SCQF: 'GB',
  RQF: 'GB',
  CQFW: 'GB',
  NFQ: 'IE',
  NLQF: 'NL',
  DQR: 'DE',
  NQR: 'AT',
  SEQF: 'SE',
  FINQF: 'FI',
  CROQF: 'HR',
});

/** EQF only from an EQF URI, an EQF term set or words that name the EQF; a national level as stated; else words. */
function level(r: Reading, credential: LinkedNode | undefined): Element<LevelValue> {
  const places: [unknown, string][] = [...each(r.node, 'educationalLevel')];
  for (const [item, path] of each(r.node, 'educationalAlignment')) {
    if (isNode(item) && /educational\s*level/i.test(rawText(item.alignmentType))) places.push([item, path]);
  }
  if (credential) places.push(...each(credential, 'educationalLevel', '/node/educationalCredentialAwarded'));
  const value: LevelValue = {};
  const words: LangString[] = [];
  let from = '';
  let mapped: number | undefined;
  for (const [item, path] of places) {
    const node = isNode(item) ? item : undefined;
    const name = node ? (node.name ?? node.termCode ?? node.targetName) : item;
    const frame = node
      ? list(node.inDefinedTermSet ?? node.educationalFramework)
          .map((set) => (isNode(set) ? (set.name ?? set['@id'] ?? set.url) : set))
          .map(rawText)
          .find(Boolean)
      : undefined;
    const uris = (node ? [node['@id'], node.url, node.targetUrl, node.termCode] : [item]).map(rawText);
    const text = texts(r, name, path);
    const label = text[0]?.value ?? '';
    const uri = uris.map((u) => EQF_URI.exec(u.trim())).find(Boolean);
    const inEqf =
      frame && /\bEQF\b|European Qualifications? Framework|snb\/eqf/i.test(frame)
        ? /^\D*([1-8])\D*$/.exec(label)?.[1]
        : undefined;
    const explicit = uri?.[1] ?? uri?.[2] ?? inEqf ?? eqfInWords(label)?.toString();
    if (explicit && eqf.get(explicit)) {
      value.eqf ??= Number(explicit);
      from ||= path;
      continue;
    }
    const framework = frame?.trim().toUpperCase();
    const country = NQFS.get(framework ?? '');
    const number = /^(?:level|niveau|stufe)?\s*(\d{1,2}[a-z]?)$/i.exec(label)?.[1];
    if (country && framework && number && !value.nqf) {
      value.nqf = { country, framework, level: number, label };
      mapped = eqfFromNqf({ country, framework, level: number });
      from ||= path;
      continue;
    }
    if (!text.length) continue;
    words.push(
      ...(frame && !/^https?:/.test(frame)
        ? text.map((t) => ({ ...t, value: `${plainText(frame)}: ${t.value}` }))
        : text),
    );
    from ||= path;
  }
  if (words.length) value.text = words;
  if (!from) return notStated();
  const element = stated(value, from);
  return mapped && value.eqf === undefined ? withDerived(element, { eqf: mapped }, from, 'nqf-to-eqf') : element;
}

// --- subjects ------------------------------------------------------------------------------------------------------

/** What the course says it teaches; what a credential requires to be shown. */
function outcomes(r: Reading, credential: LinkedNode | undefined): Element<LearningOutcome[]> {
  const found = [
    ...terms(r, r.node, 'teaches'),
    ...aligned(r, /^teaches$/i),
    ...(r.raw.type === 'EducationalOccupationalCredential' ? terms(r, r.node, 'competencyRequired') : []),
    ...(credential ? terms(r, credential, 'competencyRequired', '/node/educationalCredentialAwarded') : []),
  ];
  const out: LearningOutcome[] = [];
  const seen = new Set<string>();
  for (const { text, uri, framework } of found) {
    const single =
      text.length === 1 && !uri
        ? splitOutcomes(text[0]?.value ?? '').map((value) => [{ language: text[0]?.language ?? 'und', value }])
        : [text];
    for (const item of single) {
      const key = `${uri ?? ''} ${JSON.stringify(item)}`;
      if (seen.has(key) || (!item.length && !uri)) continue;
      seen.add(key);
      // An outcome known only by its address is shown with it: the catalogue has no words for it.
      const words = item.length ? item : [{ language: 'zxx', value: uri as string }];
      out.push({ text: words, ...(uri ? { uri } : {}), ...(framework ? { framework } : {}) });
    }
  }
  return statedIf(out, found[0]?.path ?? '/node/teaches');
}

/** Subjects and keywords in the words of the source; ISCED-F only from a term set that is ISCED-F. */
function fields(r: Reading): Element<FieldValue[]> {
  const out: FieldValue[] = [];
  let from = '';
  const add = (t: Term, scheme?: string) => {
    const framework = t.framework ?? scheme;
    const found = fieldIn(framework, t.code, t.text);
    if (found.length) from ||= t.path;
    out.push(...found);
  };
  for (const [value, path] of each(r.node, 'about')) {
    // A thing with a description is a section of the page (Richie), not a subject.
    if (isNode(value) && value.description !== undefined && !list(value['@type']).includes('DefinedTerm')) {
      const name = texts(r, value.name, path)[0]?.value;
      say(r, name ?? 'about', texts(r, value.description, `${path}/description`));
      continue;
    }
    const t = term(r, value, path);
    if (t) add(t);
  }
  for (const t of aligned(r, /educational\s*subject/i)) add(t);
  for (const [value, path] of each(r.node, 'keywords')) {
    const words = isNode(value) ? [value] : rawText(value).split(/\s*[,;]\s*/);
    for (const word of words) {
      const t = term(r, word, path);
      if (t) add(t, 'keywords');
    }
  }
  return statedIf(out, from);
}

/** What is assessed is a skill; how it is assessed schema.org cannot say. */
function skills(r: Reading): NonNullable<CredentialDraft['skills']> {
  const found = [...terms(r, r.node, 'assesses'), ...terms(r, r.node, 'skills'), ...aligned(r, /^(assesses|skill)/i)];
  return statedIf(found.map(alignment), found[0]?.path ?? '');
}

/** Occupations that the course or programme names. */
function occupations(r: Reading): NonNullable<CredentialDraft['occupations']> {
  const found = [...terms(r, r.node, 'occupationalCategory'), ...terms(r, r.node, 'hasOccupation')];
  return statedIf(found.map(alignment), found[0]?.path ?? '');
}

// --- workload ------------------------------------------------------------------------------------------------------

/** Credits, hours and calendar duration, apart. The hours of runs are derived, when all agree. */
function workload(r: Reading, runs: Run[]): Element<WorkloadValue> {
  const value: WorkloadValue = {};
  let path = '';
  const mark = (place: string) => {
    path ||= place;
  };
  for (const [credits, place] of each(r.node, 'numberOfCredits')) {
    if (readCredits(r, credits, place, value)) mark(place);
  }
  const hours: number[] = [];
  const keys: [string, boolean][] = [
    ['timeRequired', true],
    ['timeToComplete', true],
    ['duration', r.raw.type === 'CourseInstance'],
  ];
  if (r.raw.type !== 'CourseInstance') keys.unshift(['courseWorkload', false]);
  for (const [key, proper] of keys) {
    if (key === 'duration' && r.raw.type === 'CourseInstance') continue; // read with the run
    for (const [item, place] of each(r.node, key)) {
      const read = parseDuration(rawText(item).trim());
      if (!read) continue;
      if (!proper) r.notes.add(place, 'property-not-of-type', key, `use timeRequired; ${r.raw.type} has no ${key}`);
      mark(place);
      if (read.hours !== undefined) hours.push(read.hours);
      else if (read.duration) value.duration ??= read.duration;
      else if (read.text) {
        value.durationText ??= read.text;
        r.notes.add(place, 'duration-in-words', read.text);
      }
    }
  }
  if (hours.length) {
    value.hours = Math.min(...hours);
    if (Math.max(...hours) > value.hours) value.hoursMax = Math.max(...hours);
  }
  const element: Element<WorkloadValue> = path ? stated(value, path) : notStated();
  const [first] = runs;
  const every = first?.opportunity.hours;
  if (value.hours !== undefined || every === undefined || !first) return element;
  if (r.raw.type === 'CourseInstance' && runs.length === 1) {
    const whole = { ...value, hours: every };
    return stated(whole, path || '/node/courseWorkload');
  }
  if (!runs.every(({ opportunity }) => opportunity.hours === every)) return element;
  const rule = 'workload-of-every-run';
  const place = `${first.path}/courseWorkload`;
  return path ? withDerived(element, { hours: every }, place, rule) : derived({ hours: every }, place, rule);
}

/** Credits are ECTS only when the unit says so; any other number keeps the words for its scheme. */
function readCredits(r: Reading, input: unknown, path: string, into: WorkloadValue): boolean {
  const node = isNode(input) ? input : undefined;
  const text = node ? '' : plainText(rawText(input));
  const match = /^(\d+(?:[.,]\d+)?)\s*(?:[-–]\s*(\d+(?:[.,]\d+)?))?\s*(.*)$/.exec(text);
  const unit = node
    ? ['unitText', 'unitCode', 'name', 'alternateName', 'description', '@id', 'url']
        .flatMap((key) => list(node[key]).map(rawText))
        .filter(Boolean)
    : [match?.[3] ?? ''];
  const amount = (value: unknown) => (value === undefined ? undefined : readQuantity(r.notes, rawText(value), path));
  const bare = match?.[1] ?? (text || undefined);
  const low = node ? amount(node.value ?? node.minValue) : amount(bare);
  const high = node ? amount(node.maxValue) : amount(match?.[2]);
  if (low === undefined) return false;
  if (unit.some(isEcts)) {
    into.ects ??= low;
    if (high !== undefined && high > low) into.ectsMax ??= high;
    return true;
  }
  const scheme = unit.map((word) => plainText(word)).find((word) => word && !/^credits?( points?)?$/i.test(word));
  addCredits(into, { scheme: scheme?.slice(0, 100) ?? 'not named', value: low });
  if (!scheme) r.notes.add(path, 'credits-without-unit', input);
  return true;
}

// --- modes ---------------------------------------------------------------------------------------------------------

const PACES =
  /^(full[- ]?time|part[- ]?time|self[- ]?paced|instructor[- ]?paced|evenings?|weekends?|temps (?:plein|partiel)|vollzeit|teilzeit|voltijd|deeltijd)$/i;

/** Learning at a distance may come by post (schema.org's own example eg-0334): not online unless it says so. */
const AMBIGUOUS = /^(?:distance(?: learning| education)?|correspondence)$/i;
const MODE_WORDS = table({
  mooc: 'online',
  onlineeventattendancemode: 'online',
  offlineeventattendancemode: 'presential',
  mixedeventattendancemode: 'hybrid',
  classroom: 'presential',
  onsite: 'presential',
  'on-site': 'presential',
  'face-to-face': 'presential',
  'in-person': 'presential',
});

interface Modes {
  codes: string[];
  pace: string[];
  words: string[];
}

/** `courseMode` (and its siblings) sorted into ways of taking part, pace and words of neither kind. */
function modes(r: Reading, node: LinkedNode, path: string): Modes {
  const codes = new Set<string>();
  const pace: string[] = [];
  const words: string[] = [];
  for (const key of ['courseMode', 'educationalProgramMode', 'eventAttendanceMode']) {
    for (const [value, place] of each(node, key, path)) {
      const named = isNode(value) ? (value.name ?? value['@id'] ?? value.url) : value;
      const stated = rawText(named).trim();
      const bareText = stated.replace(/^["'“”„‘’«»\s]+|["'“”„‘’«»\s]+$/g, '');
      if (bareText !== stated) r.notes.add(place, 'stray-quotes', stated, 'write the value without quotation marks');
      for (const part of bareText.split(/\s*[,;|]\s*/)) {
        const text = plainText(part.replace(SCHEMA_PREFIX, ''));
        if (isFiller(text) || RESIDUE.test(text)) continue;
        const known = AMBIGUOUS.test(text) ? undefined : modesOfLearning.parse(text);
        const code = MODE_WORDS.get(text.toLowerCase()) ?? known;
        if (code) codes.add(code);
        else if (PACES.test(text)) pace.push(text);
        else words.push(text);
      }
    }
  }
  return { codes: [...codes], pace: [...new Set(pace)], words: [...new Set(words)] };
}

/** The course's own modes; what its runs say is filled in for all formats alike. */
function participation(r: Reading, runs: Run[]): NonNullable<CredentialDraft['participation']> {
  const own = modes(r, r.node, '/node');
  const key = ['courseMode', 'educationalProgramMode'].find((name) => r.node[name] !== undefined) ?? 'courseMode';
  if (own.codes.length || own.words.length) {
    const text = own.words.map((value) => ({ language: fallbackLanguage(r) ?? 'und', value }));
    return statedIf(codesAndText(own.codes, text), `/node/${key}`);
  }
  if (runs.some(({ opportunity: o }) => o.participation?.length || o.participationText)) return notStated();
  for (const [node, path] of runNodes(r, runs)) {
    if (list(node.location).some((l) => isNode(l) && list(l['@type']).includes('VirtualLocation'))) {
      return derived({ codes: ['online'] }, `${path}/location`, 'virtual-location');
    }
  }
  if (r.raw.type === 'WorkBasedProgram') return derived({ codes: ['work-based'] }, '/node/@type', 'work-based-program');
  return notStated();
}

// --- prices --------------------------------------------------------------------------------------------------------

/** The course's own prices. */
function costs(r: Reading): NonNullable<CredentialDraft['costs']> {
  const own = readPrices(r, r.node, '/node');
  if (own.stated.length) return stated(own.stated, '/node/offers');
  if (own.derived.length) return derived(own.derived, own.path, 'free-category');
  return notStated();
}

/** Prices of the offers; `derived` when only the category, or a flag, says that it is free. */
function readPrices(r: Reading, node: LinkedNode, path: string): { stated: Price[]; derived: Price[]; path: string } {
  const out: Price[] = [];
  const free: Price[] = [];
  let from = `${path}/offers`;
  for (const [offer, place] of each(node, 'offers', path)) {
    if (!isNode(offer)) {
      const text = rawText(offer);
      if (text) out.push(...parsePrices(text));
      continue;
    }
    const category = texts(r, offer.category, `${place}/category`)[0]?.value;
    const audience = list(offer.eligibleCustomerType ?? offer.name)
      .map(rawText)
      .map(plainText)
      .find((text) => text && text.length <= 100 && offer.eligibleCustomerType !== undefined);
    const before = out.length;
    for (const [specification, at] of [[offer, place] as const, ...each(offer, 'priceSpecification', place)]) {
      if (!isNode(specification)) continue;
      const currency =
        readCurrency(r.notes, rawText(specification.priceCurrency), `${at}/priceCurrency`) ??
        currencyCode(rawText(offer.priceCurrency));
      for (const key of ['price', 'lowPrice', 'highPrice', 'minPrice', 'maxPrice']) {
        for (const [value, where] of each(specification, key, at)) {
          for (const price of amounts(r, value, where)) {
            if (price.amount === 0 && category && /paid|partially|subscription/i.test(category)) {
              r.notes.add(
                where,
                'price-contradicts-category',
                `0, category ${category}`,
                'give the price, or category "Free"',
              );
              continue;
            }
            const text = price.text ?? (key === 'price' ? undefined : key);
            out.push({
              ...price,
              ...(price.currency || !currency ? {} : { currency }),
              ...(audience ? { audience } : {}),
              ...(text ? { text } : {}),
            });
          }
        }
      }
    }
    if (out.length > before || !category) continue;
    if (/^free$/i.test(category)) {
      free.push({ amount: 0, text: category });
      from = `${place}/category`;
    } else out.push({ text: category });
  }
  if (
    !out.length &&
    !free.length &&
    list(node.isAccessibleForFree).some((flag) =>
      /^(true|https?:\/\/schema\.org\/True)$/i.test(asText(isNode(flag) ? flag['@id'] : flag)),
    )
  ) {
    free.push({ amount: 0 });
    from = `${path}/isAccessibleForFree`;
  }
  if (out.length && free.length) {
    const remedy = 'one offer has a price and another is "Free": say for whom each of them is';
    r.notes.add(from, 'free-and-priced', 'Free', remedy);
  }
  const unique = [...new Map(out.map((price) => [JSON.stringify(price), price])).values()];
  return { stated: unique, derived: free, path: from };
}

function amounts(r: Reading, value: unknown, path: string): Price[] {
  const text = rawText(value).trim();
  if (!text || (isFiller(text) && !/\d/.test(text))) return [];
  if (/^-\s*[\d.,]/.test(text)) {
    r.notes.add(path, 'negative-number', text);
    return [];
  }
  if (RESIDUE.test(text)) {
    r.notes.add(path, 'template-residue', text);
    return [];
  }
  return /^\d+(\.\d+)?$/.test(text) ? [{ amount: Number(text) }] : parsePrices(text);
}

/** Financial aid: words as stated; a bare flag is derived. */
function funding(r: Reading): NonNullable<CredentialDraft['funding']> {
  for (const [value, path] of each(r.node, 'financialAidEligible')) {
    if (value === true || /^true$/i.test(rawText(value))) {
      return derived([{ language: 'zxx', value: 'financialAidEligible: true' }], path, 'financial-aid-flag');
    }
    const text = /^false$/i.test(rawText(value)) ? [] : texts(r, value, path);
    if (text.length) return stated(text, path);
  }
  return notStated();
}

// --- place ---------------------------------------------------------------------------------------------------------

interface PlaceFacts {
  text?: string;
  locality?: string;
  region?: string;
  country?: string;
  virtual?: boolean;
}

/** A Place, a PostalAddress, a VirtualLocation or words. */
function place(r: Reading, value: unknown, path: string): PlaceFacts {
  const facts: PlaceFacts = {};
  const parts: string[] = [];
  const word = (item: unknown): string | undefined => texts(r, item, path)[0]?.value;
  for (const item of list(value)) {
    if (!isNode(item)) {
      const text = word(item);
      if (text) parts.push(text);
      continue;
    }
    if (list(item['@type']).includes('VirtualLocation')) {
      facts.virtual = true;
      continue;
    }
    const name = item.name === undefined ? undefined : word(item.name);
    if (name) parts.push(name);
    const addresses = list(item.address ?? (item.addressCountry || item.addressLocality ? item : undefined));
    for (const address of addresses) {
      if (!isNode(address)) {
        const text = word(address);
        if (text) parts.push(text);
        continue;
      }
      for (const key of ['streetAddress', 'postalCode', 'addressLocality']) {
        const text = word(address[key]);
        if (text && !parts.includes(text)) parts.push(text);
      }
      const locality = word(address.addressLocality);
      const region = word(address.addressRegion);
      if (locality) facts.locality ??= locality;
      if (region) facts.region ??= region;
      for (const [country, at] of each(address, 'addressCountry', path)) {
        const text = word(country);
        const code = readCountry(r.notes, text, at);
        if (code) facts.country ??= code;
      }
    }
  }
  const text = [...new Set(parts)].join(', ').slice(0, 1000);
  if (text) facts.text = text;
  return facts;
}

// --- runs ----------------------------------------------------------------------------------------------------------

interface Run {
  opportunity: Opportunity;
  path: string;
}

/** The dated runs of a course; a lone run is its own, a programme with dates has one. */
function readRuns(r: Reading, title: LangString[]): Run[] {
  const nodes: [LinkedNode, string][] = [];
  if (r.raw.type === 'CourseInstance') nodes.push([r.node, '/node']);
  (r.raw.runs ?? []).forEach((run, i) => {
    nodes.push([run, `/runs/${i}`]);
  });
  for (const key of ['hasCourseInstance', 'courseInstance']) {
    // A run's own runs are its lectures.
    if (r.raw.type === 'CourseInstance') break;
    for (const [value, path] of each(r.node, key)) if (isNode(value)) nodes.push([value, path]);
  }
  if (
    r.raw.type !== 'CourseInstance' &&
    ['startDate', 'endDate', 'applicationStartDate', 'applicationDeadline'].some((k) => r.node[k])
  ) {
    nodes.push([r.node, '/node']);
  }
  return nodes.flatMap(([node, path]) => {
    const opportunity = readRun(r, node, path, title);
    return opportunity ? [{ opportunity, path }] : [];
  });
}

function readRun(r: Reading, node: LinkedNode, path: string, title: LangString[]): Opportunity | undefined {
  if (Object.keys(node).every((key) => key === '@id' || key === '@type')) {
    if (node['@id'] && !node['@type']) {
      r.notes.add(path, 'undescribed-reference', node['@id'], 'describe the run where it is referred to');
      return undefined;
    }
  }
  const run: Opportunity = { id: '', path };
  const name = texts(r, node.name, `${path}/name`);
  if (node !== r.node && name.length && name[0]?.value !== title[0]?.value) run.name = name;
  const where = place(r, node.location, `${path}/location`);
  if (where.text) run.place = where.text;
  if (where.locality) run.locality = where.locality;
  if (where.region) run.region = where.region;
  if (where.country) run.country = where.country;
  dates(r, node, path, run);
  const { codes, pace, words } = modes(r, node, path);
  const time = texts(r, node.timeOfDay, `${path}/timeOfDay`).map(({ value }) => value);
  if (codes.length) run.participation = codes;
  if (words.length) run.participationText = words.join(', ');
  if (pace.length || time.length) run.pace = [...pace, ...time].join(', ');
  effort(r, node, path, run);
  const languages = languageTags(r, node, path);
  if (languages.length) run.languages = languages;
  const prices = readPrices(r, node, path);
  if (prices.stated.length || prices.derived.length) run.prices = prices.stated.length ? prices.stated : prices.derived;
  const status = runStatus(node);
  if (status) run.status = status;
  const url = nodeUrl({ url: node.url }, r.raw.base) ?? offerUrl(r, node);
  if (url) run.url = url;
  const id = typeof node['@id'] === 'string' && !node['@id'].startsWith('_:') ? node['@id'] : undefined;
  const facts = [
    run.startDate ?? run.startText,
    run.place,
    ...(run.participation ?? []),
    run.pace,
    run.name?.[0]?.value,
  ];
  run.id = node !== r.node && id ? id : slug(facts.filter(Boolean).join(' '));
  return run;
}

function dates(r: Reading, node: LinkedNode, path: string, run: Opportunity): void {
  const schedules = list(node.courseSchedule ?? node.eventSchedule).filter(isNode);
  const read = (key: string, target: LinkedNode, at: string): string | undefined => {
    for (const [value, place] of each(target, key, at)) {
      const text = rawText(value).trim();
      if (RESIDUE.test(text)) continue;
      if (key !== 'startDate') {
        const date = readDate(r.notes, text, place);
        if (date) return date;
        continue;
      }
      const { startDate, startText } = readStart(r.notes, text, place);
      if (startDate) return startDate;
      if (startText) run.startText = startText;
    }
    return undefined;
  };
  const start = read('startDate', node, path);
  const end = read('endDate', node, path);
  const [schedule] = schedules;
  const schedulePath = `${path}/${node.courseSchedule ? 'courseSchedule' : 'eventSchedule'}`;
  const from = start ?? (schedule && schedules.length === 1 ? read('startDate', schedule, schedulePath) : undefined);
  const until = end ?? (schedule && schedules.length === 1 ? read('endDate', schedule, schedulePath) : undefined);
  if (from) run.startDate = from;
  if (until) run.endDate = until;
  checkOrder(r.notes, run, `${path}/endDate`);
  const opens = read('applicationStartDate', node, path);
  const closes = read('applicationDeadline', node, path);
  if (opens) run.applicationStart = opens;
  if (closes) run.applicationDeadline = closes;
  const rhythm = schedules
    .map((s) => [
      s.duration,
      s.repeatFrequency,
      s.repeatCount === undefined ? undefined : `× ${rawText(s.repeatCount)}`,
      ...list(s.byDay),
    ])
    .map((parts) =>
      parts
        .map((part) => rawText(part).replace(SCHEMA_PREFIX, ''))
        .filter(Boolean)
        .join(' '),
    )
    .filter(Boolean);
  // The length of one meeting, times meetings: words about time, never effort worked out from it.
  if (rhythm.length) run.durationText = rhythm.join('; ').slice(0, 500);
}

function effort(r: Reading, node: LinkedNode, path: string, run: Opportunity): void {
  if (node !== r.node || r.raw.type === 'CourseInstance') {
    for (const [value, place] of each(node, 'courseWorkload', path)) {
      const read = parseDuration(rawText(value).trim());
      if (read?.hours !== undefined && run.hours === undefined) run.hours = read.hours;
      else if (read?.duration && !run.duration) {
        run.duration = read.duration;
        r.notes.add(place, 'workload-is-duration', value, 'courseWorkload is effort: give hours (PT50H)');
      } else if (read?.text) {
        say(r, 'courseWorkload', [{ language: fallbackLanguage(r) ?? 'und', value: read.text }]);
        r.notes.add(place, 'duration-in-words', value);
      }
    }
  }
  for (const key of ['duration', 'timeRequired']) {
    if (node === r.node && key === 'timeRequired') continue;
    if (node === r.node && r.raw.type !== 'CourseInstance') continue;
    for (const [value] of each(node, key, path)) {
      const read = parseDuration(rawText(value).trim());
      if (read?.duration) run.duration ??= read.duration;
      else if (read?.hours !== undefined && key === 'timeRequired') run.hours ??= read.hours;
      else if (read) run.durationText ??= plainText(rawText(value));
    }
  }
}

function runStatus(node: LinkedNode): Opportunity['status'] {
  const event = list(node.eventStatus)
    .map((v) => rawText(isNode(v) ? v['@id'] : v))
    .join(' ');
  if (/cancell?ed/i.test(event)) return 'cancelled';
  const stock = list(node.offers)
    .filter(isNode)
    .map((offer) => rawText(isNode(offer.availability) ? offer.availability['@id'] : offer.availability));
  if (stock.length && stock.every((text) => /soldout|outofstock/i.test(text))) return 'full';
  if (stock.length && stock.every((text) => /discontinued/i.test(text))) return 'closed';
  return /scheduled/i.test(event) ? 'scheduled' : undefined;
}

const offerUrl = (r: Reading, node: LinkedNode): string | undefined =>
  list(node.offers)
    .filter(isNode)
    .map((offer) => nodeUrl({ url: offer.url }, r.raw.base))
    .find(Boolean);

/** The raw nodes of the runs, with their pointers. */
function* runNodes(r: Reading, runs: Run[]): Generator<[LinkedNode, string]> {
  for (const { path } of runs) {
    let value: unknown = r.raw;
    for (const step of path.split('/').slice(1)) value = (value as Record<string, unknown> | undefined)?.[step];
    if (isNode(value)) yield [value, path];
  }
}

// --- relations -----------------------------------------------------------------------------------------------------

/** Further identifiers that name this course and nothing else. */
function alternates(r: Reading, identifier: string): string[] {
  const out = new Set<string>();
  let relative: string | undefined;
  for (const value of [r.node['@id'], ...list(r.node.url), ...list(r.node.identifier).map(identifierText)]) {
    // Alternates resolve without their fragment, so `page#a` and `page#b` would be one.
    const text = isNode(value) ? value['@id'] : value;
    if (typeof text !== 'string' || !text.trim() || text.startsWith('_:')) continue;
    const trimmed = text.trim();
    if (/^(urn|doi|info):/i.test(trimmed) || /^ce-[0-9a-f-]{36}$/i.test(trimmed)) out.add(trimmed);
    else if (/^https?:\/\//i.test(trimmed) && URL.canParse(trimmed) && !trimmed.includes('#') && !RESIDUE.test(trimmed))
      out.add(trimmed);
    else if (
      !isFiller(trimmed) &&
      nodeUrl({ url: trimmed }, r.raw.base) === undefined &&
      /^[a-z]+:\/\//i.test(trimmed)
    ) {
      r.notes.add('/node/url', 'not-a-url', trimmed);
    } else if (!r.raw.base && /^(?:\.{0,2}\/|\?)|\.(?:html?|php|aspx?)(?:[?#]|$)/i.test(trimmed)) relative ??= trimmed;
  }
  if (relative !== undefined) r.notes.add('/node/url', 'relative-link', relative);
  out.delete(identifier);
  return [...out];
}

const identifierText = (value: unknown): unknown =>
  isNode(value) ? (value.value ?? value['@id'] ?? value.url) : value;

const RELATIONS: readonly [string, Relation['type']][] = [
  ['isPartOf', 'partOf'],
  ['hasPart', 'hasPart'],
  ['hasCourse', 'hasPart'],
  ['coursePrerequisites', 'requires'],
  ['programPrerequisites', 'requires'],
  ['sameAs', 'sameAs'],
];

const COURSE =
  /^(Course|CourseInstance|EducationalOccupationalProgram|WorkBasedProgram|EducationalOccupationalCredential)$/i;

/** Declared relations to other courses and programmes that have an address. */
function relations(r: Reading): Relation[] {
  const out = new Map<string, Relation>();
  for (const [key, type] of RELATIONS) {
    for (const [value, path] of each(r.node, key)) {
      const node = isNode(value) ? value : undefined;
      const types = list(node?.['@type']).map(String);
      // Courses are also parts of web sites and series: only what is a course itself is a relation.
      if (types.length ? !types.some((t) => COURSE.test(t)) : type !== 'sameAs' && (!node || node.name !== undefined))
        continue;
      const target = node ? nodeUrl(node, r.raw.base) : resolveUrl(rawText(value), r.raw.base);
      if (!target || !/^https?:/.test(target)) continue;
      const isSelf = [r.raw.page.url, courseUrl(r)].some((own) => own && bare(own) === bare(target));
      if (isSelf) continue;
      const label = node ? texts(r, node.name, `${path}/name`) : [];
      out.set(`${type} ${target}`, { type, target, ...optional('label', label), origin: { path } });
    }
  }
  return [...out.values()];
}

// --- further -------------------------------------------------------------------------------------------------------

/** How long the credential is valid, as stated. */
const validity = (credential: LinkedNode): string | undefined => {
  const text = rawText(list(credential.validFor)[0]).trim();
  return text && !isFiller(text) ? text : undefined;
};

/** Keeps under further information what has no element of its own. */
function collectFurther(r: Reading, credential: LinkedNode | undefined): void {
  const { node } = r;
  const keep =
    'courseCode abstract accessibilitySummary programType termDuration termsPerYear typicalCreditsPerTerm dayOfWeek ' +
    'timeOfDay maximumEnrollment maximumAttendeeCapacity trainingSalary salaryUponCompletion interactivityType learningResourceType';
  for (const key of keep.split(' ')) {
    if (key === 'abstract' && node.description === undefined) continue;
    if (key === 'timeOfDay' && node.startDate !== undefined) continue;
    const values = list(node[key]).map((value) => (isNode(value) ? structured(value) : value));
    say(r, key, texts(r, values, `/node/${key}`));
  }
  for (const [value, path] of each(node, 'syllabusSections')) {
    if (isNode(value))
      say(
        r,
        'syllabus',
        texts(r, [value.name, value.description].flatMap(list).map(rawText).filter(Boolean).join(': '), path),
      );
  }
  if (credential) {
    for (const key of ['name', 'description', 'validIn']) {
      if (key === 'name' && credential.credentialCategory === undefined) continue;
      say(
        r,
        key === 'name' ? 'educationalCredentialAwarded' : key,
        texts(r, credential[key], `/node/educationalCredentialAwarded/${key}`),
      );
    }
  }
  // "Acknowledges the validity, value or utility of a credential" (schema.org): neither awards it nor assures its quality.
  for (const [one, path] of credentialNodes(r, credential)) {
    for (const [value, place] of each(one, 'recognizedBy', path)) {
      const name = texts(r, isNode(value) ? (value.name ?? value.legalName) : value, `${place}/name`);
      const address = isNode(value) ? nodeUrl(value, r.raw.base) : undefined;
      say(r, 'recognizedBy', name.length || !address ? name : [{ language: 'zxx', value: address }]);
    }
  }
  if (r.raw.type === 'EducationalOccupationalCredential') say(r, 'validIn', texts(r, node.validIn, '/node/validIn'));
  for (const [value] of each(node, 'syllabus')) {
    const url = resolveUrl(rawText(value), r.raw.base);
    if (url && /^https?:\/\/\S+$/.test(rawText(value).trim())) r.links.push(url);
  }
}

const structured = (node: LinkedNode): string =>
  [node.value ?? node.minValue ?? node.median ?? node.name, node.unitText ?? node.currency]
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

/** Properties of other nodes than the record that are read as well. */
const READS = membersRead(
  MAPPED,
  KINDS.toCourse,
  KINDS.toRuns,
  KINDS.toCredential,
  KINDS.pointers,
  KINDS.lists,
  'educationalRole audienceType vatID leiCode isni duns legalName alignmentType targetName targetUrl ' +
    'targetDescription inDefinedTermSet educationalFramework termCode unitText unitCode minValue maxValue median ' +
    'eligibleCustomerType priceSpecification price lowPrice highPrice minPrice maxPrice priceCurrency currency ' +
    'amount category availability address addressCountry addressLocality addressRegion streetAddress postalCode ' +
    'conformsTo label propertyID virtualLocation geo title',
);

/** What the page says and no element takes: named once a record, so that nothing goes silently. */
function reportUnmapped(r: Reading): void {
  const names = Object.keys(r.node).filter((key) => !MAPPED.has(key));
  if (names.length) {
    r.notes.add('/node', 'not-mapped', names.slice(0, 20).join(', '), 'nothing to do: kept in the raw record only');
  }
}

// --- reading -------------------------------------------------------------------------------------------------------

/** Placeholders of templates that were published unfilled. */
const RESIDUE = /\$\{[^}]{0,200}\}|\{\{[^}]{0,200}\}\}|\{%|<%|^\s*(?:%s|\[(?:title|name|course[ _-]?name)\])\s*$/i;

/** What all the small functions below need. `path` is a JSON Pointer into the raw record. */
interface Reading {
  raw: RawNode;
  node: LinkedNode;
  source: SourceDefinition;
  notes: Notes;
  bodies: Bodies;
  /** Text collected for `furtherInformation`: what has no element of its own. */
  further: LangString[];
  links: string[];
}

/** Language of untagged text: that of the page, else the default of the source. */
const fallbackLanguage = (r: Reading): string | undefined => r.raw.page.language ?? r.source.defaults.language;

/** A value as one string; nodes have none. */
const rawText = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number'
      ? String(value)
      : typeof value === 'object' && value !== null && '@value' in value
        ? asText(value['@value'])
        : '';

/** Plain text of strings and numbers; of nodes their name. HTML comments go: Markdown editors leave them behind. */
function texts(r: Reading, value: unknown, path: string): LangString[] {
  const plain = list(value).flatMap((item): unknown[] => {
    if (typeof item === 'number') return [String(item)];
    if (typeof item === 'string') return [uncomment(item)];
    if (typeof item === 'object' && item !== null && '@value' in item) {
      return [{ ...item, '@value': uncomment(asText(item['@value'])) }];
    }
    return isNode(item) ? list(item.name ?? item.termCode ?? item.targetName) : [];
  });
  const out = langStrings(plain, fallbackLanguage(r));
  // A long text may be about templates; a short one that holds a placeholder is one that was never filled in.
  const isResidue = (text: string) => text.length <= 300 && RESIDUE.test(text);
  for (const item of plain) {
    const text = rawText(item);
    if (isResidue(text)) r.notes.add(path, 'template-residue', text);
  }
  return out.filter(({ value: text }) => !isResidue(text));
}

/** Linear, unlike a lazy regex over a text with many opened and never closed comments. */
function uncomment(text: string): string {
  let out = '';
  let from = 0;
  for (let at = text.indexOf('<!--'); at >= 0; at = text.indexOf('<!--', from)) {
    const end = text.indexOf('-->', at + 4);
    if (end < 0) break;
    out += text.slice(from, at);
    from = end + 3;
  }
  return out + text.slice(from);
}

/** The pointer of one of several values. */
const at = (path: string, value: unknown, index: number): string => (Array.isArray(value) ? `${path}/${index}` : path);

/** Values of a property with the place of each. */
const each = (node: LinkedNode, key: string, path = '/node'): [unknown, string][] =>
  list(node[key]).map((value, i) => [value, at(`${path}/${key}`, node[key], i)]);

/** The course's own address, else that of the page that it has to itself. */
function courseUrl(r: Reading): string | undefined {
  return nodeUrl(r.node, r.raw.base) ?? (r.raw.page.feed ? undefined : r.raw.page.url);
}

/** An address without scheme, www., query, fragment and trailing slash, for comparing. */
const bare = (url: string): string =>
  url
    .replace(/^https?:\/\/(www\.)?/i, '')
    .replace(/[#?].*$/, '')
    .replace(/\/+$/, '');

/** A field that is left out when there is no text. */
const optional = <K extends string>(key: K, value: LangString[]): { [P in K]?: LangString[] } =>
  (value.length ? { [key]: value } : {}) as { [P in K]?: LangString[] };

/** Start of the URI forms of enumeration values. */
const SCHEMA_PREFIX = /^https?:\/\/schema\.org\//i;

/** Terms with a name (DefinedTerm, AlignmentObject, Thing) or plain words; the place of each. */
interface Term {
  text: LangString[];
  uri?: string;
  framework?: string;
  code?: string;
  path: string;
}

function term(r: Reading, value: unknown, path: string): Term | undefined {
  if (!isNode(value)) {
    const raw = rawText(value).trim();
    if (/^https?:\/\/\S+$/.test(raw)) return { text: [], uri: raw, path };
    const text = texts(r, value, path);
    return text.length ? { text, path } : undefined;
  }
  const text = texts(r, value.name ?? value.targetName ?? value.targetDescription ?? value.description, path);
  const uri = [value['@id'], value.url, value.targetUrl, value.sameAs]
    .flatMap(list)
    .map((u) => rawText(isNode(u) ? u['@id'] : u))
    .find((u) => /^https?:\/\//.test(u));
  const set = list(value.inDefinedTermSet ?? value.educationalFramework)
    .map((s) => rawText(isNode(s) ? (s.name ?? s['@id'] ?? s.url) : s))
    .find(Boolean);
  const code = rawText(value.termCode).trim();
  if (!text.length && !uri && !code) return undefined;
  return {
    text,
    path,
    ...(uri ? { uri } : {}),
    ...(set ? { framework: plainText(set) } : {}),
    ...(code ? { code } : {}),
  };
}

const terms = (r: Reading, node: LinkedNode, key: string, path = '/node'): Term[] =>
  each(node, key, path).flatMap(([value, place]) => term(r, value, place) ?? []);

/** Terms of alignment objects of one type. */
function aligned(r: Reading, type: RegExp): Term[] {
  return each(r.node, 'educationalAlignment').flatMap(([value, path]) =>
    isNode(value) && type.test(rawText(value.alignmentType)) ? (term(r, value, path) ?? []) : [],
  );
}

/** A term as the record carries it. */
const alignment = ({ text, uri, framework }: Term) => ({
  ...(text.length ? { text } : {}),
  ...(uri ? { uri } : {}),
  ...(framework ? { framework } : {}),
});

/** Languages of instruction of a course or run, BCP 47. */
function languageTags(r: Reading, node: LinkedNode, path: string): string[] {
  const out = new Set<string>();
  for (const key of ['inLanguage', 'availableLanguage']) {
    for (const [value, place] of each(node, key, path)) {
      const options = isNode(value)
        ? [value.alternateName, value.name, value['@id']].map(rawText).filter(Boolean)
        : [rawText(value)];
      const tag = options.map((option) => languageTag(option)).find(Boolean);
      if (tag) {
        out.add(tag);
        continue;
      }
      for (const one of readLanguages(r.notes, options[0], place)) out.add(one);
    }
  }
  return [...out];
}

/** Keeps text that has no element of its own, with the words that say what it is. */
function say(r: Reading, label: string, text: LangString[]): void {
  for (const { language, value } of text) r.further.push({ language, value: `${label}: ${value}` });
}

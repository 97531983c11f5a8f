import type { z } from 'zod';
import {
  type CodesAndText,
  type CredentialDraft,
  completeCredential,
  derived,
  type Element,
  type FieldValue,
  type KindValue,
  type LangString,
  type LearningOutcome,
  type LevelValue,
  lookedUp,
  mintCredentialId,
  notStated,
  type Opportunity,
  type Price,
  type Relation,
  type SourceDefinition,
  stated,
  statedIf,
  type WorkloadValue,
  withDerived,
} from '../../schema/index.ts';
import { decimal } from '../../schema/parse/number.ts';
import { isFiller, langStrings, plainText } from '../../schema/parse/text.ts';
import { webUrl } from '../../schema/parse/url.ts';
import { asText, table } from '../../schema/table.ts';
import { assessmentTypes, modesOfLearning, targetGroups } from '../../schema/vocabularies/index.ts';
import { type JsonItem, jsonRecords } from '../decode/json-records.ts';
import { afterPart, isFirstPart, isPart, smallerPages } from '../decode/smaller-pages.ts';
import type { Format, Normalised, Page, PageRequest, RawRecord, RecordFault } from '../format.ts';
import { type Bodies, type BodyFacts, createBodies, defaultCountry } from '../normalise/bodies.ts';
import { readCountry, readCurrency, readLanguages, readUrl } from '../normalise/codes.ts';
import { checkOrder, readDate } from '../normalise/dates.ts';
import { iscedOf, saysNoField } from '../normalise/fields.ts';
import { eqfByLookup } from '../normalise/level.ts';
import { plausibleEcts, readQuantity } from '../normalise/numbers.ts';
import { compactRun, fillFromRuns } from '../normalise/opportunities.ts';
import { codesAndText, distinctOutcomes, outcomesIn } from '../normalise/texts.ts';
import { refuseTitle, turnAway } from '../normalise/titles.ts';
import { addCredits, addSpan } from '../normalise/workload.ts';
import { membersRead } from '../persons/members-read.ts';
import { createNotes, type Notes } from '../problems/notes.ts';
import { fault } from '../problems/rules.ts';

type Json = Record<string, unknown>;

/**
 * Open Education API: OOAPI 5.0 and OEAPI 6.0/6.1, with the marks of the eduXchange consumer.
 *
 * Reads `/courses`, `/programs` (`/programmes`), `/education-specifications`, `/organizations` (`/organisations`),
 * offerings (`/offerings`, `/courses/{id}/offerings`, `/course-offerings`, …), in page envelopes, as bare arrays or as single
 * objects. Organisations give providers; offerings become opportunities of their course or programme.
 *
 * Reading starts at the source's `url` to the letter (write `?pageSize=250` into it: the default of the standard is
 * 10) and follows `pageNumber`, keeping all other query parameters. Options:
 * - `offerings: true` also asks for the offerings of every course read. That is one request a course, so it is off
 *   unless told; a server that can `expand=offerings` or lists offerings itself needs it not.
 *
 * What is not said is not invented: `level: "undefined"` is no level, a course without `microcredential` is no
 * micro-credential, `sbu` (hours of study load) and `sp` are no ECTS, the level of a course becomes an EQF level and
 * a cycle only as `derived`. Reading
 * lists (`resources`), rooms and numbers of students stay in the raw record only.
 * One file in spite of its length, because one file is one format.
 */
export const ooapi: Format = {
  name: 'ooapi',
  title: 'Open Education API (OOAPI 5, OEAPI 6)',
  specification: 'https://openonderwijsapi.nl/',
  mediaTypes: ['application/json', 'application/vnd.oeapi+json'],
  version: 2,
  reads: (member) => READS(member),
  detect: ({ text }) => {
    const start = text.trimStart();
    if (!/^[[{]/.test(start) || start.includes('"@context"') || start.includes('"jsonapi"')) return 0;
    const id =
      /"(?:course|program|programme|organization|organisation|offering|courseOffering|educationSpecification)Id"\s*:/;
    const paged = /"hasNextPage"\s*:/.test(start) && /"items"\s*:/.test(start);
    if (!id.test(start)) return paged ? 0.5 : 0;
    const own =
      /"(?:primaryCode|studyLoad|teachingLanguages?|modes?OfDelivery|learningOutcomes|organi[sz]ationType)"\s*:/;
    return paged || own.test(start) ? 0.95 : 0.6;
  },
  records,
  normalise,
  next,
  instead: (page, size) => smallerPages(page, PAGING, size),
};

const PAGING = { page: 'pageNumber', size: 'pageSize' };

// ---------------------------------------------------------------------------------------------------- reading

const OFFERING_IDS = ['offeringId', 'courseOfferingId', 'programmeOfferingId', 'programOfferingId'];
const MAIN_IDS = ['courseId', 'programId', 'programmeId', 'educationSpecificationId'];
const ORGANISATION_IDS = ['organizationId', 'organisationId'];
/** Resources that are none of ours, although they may name a course or an organisation. */
const OTHER_IDS =
  'componentId learningComponentOfferingId testComponentOfferingId groupId personId associationId academicSessionId buildingId roomId newsFeedId newsItemId'.split(
    ' ',
  );
const PARENTS = ['course', 'program', 'programme'];
const OFFERING_LISTS = ['offerings', 'courseOfferings', 'programmeOfferings', 'programOfferings'];
const OFFERINGS_URL = /\/(courses|programs|programmes)\/([^/]+)\/(?:course-|programme-|program-)?offerings\/?$/;

async function* records(body: AsyncIterable<Uint8Array>, page: Page): AsyncIterable<RawRecord | RecordFault> {
  const seen = new Set<string>();
  const ofUrl = URL.canParse(page.url) ? OFFERINGS_URL.exec(new URL(page.url).pathname)?.[2] : undefined;
  const wanted = page.source.options.offerings === true && page.role !== 'offerings';
  const courses: { kind: string; id: string }[] = [];
  let encoding: string | undefined;
  const items = jsonRecords(body, {
    paths: ['', '/items'],
    charset: page.charset,
    onRepair: (what) => {
      encoding = what;
    },
    onEnvelope: (envelope) => takeEnvelope(envelope, page),
  });
  let count = 0;
  for await (const item of items) {
    count++;
    if ('fault' in item) {
      yield faultOf(item);
      continue;
    }
    for (const piece of recordsOf(item, ofUrl && decodeURIComponent(ofUrl), seen)) {
      if (wanted && 'raw' in piece && !piece.part) {
        const raw = piece.raw as Json;
        if ('organisationId' in raw || 'teachingLanguages' in raw || 'modesOfDelivery' in raw)
          page.envelope.version = 6;
        if (raw.courseId !== undefined) courses.push({ kind: 'courses', id: piece.identifier });
        else if (raw.programId !== undefined) courses.push({ kind: 'programs', id: piece.identifier });
        else if (raw.programmeId !== undefined) courses.push({ kind: 'programmes', id: piece.identifier });
      }
      // Said once, with the first record there is.
      if (encoding && 'raw' in piece && !piece.part) {
        (piece.raw as Json)['@encoding'] = encoding;
        encoding = undefined;
      }
      yield piece;
    }
  }
  if (courses.length) page.envelope.offeringsOf = courses;
  // Some say a size that they do not keep to.
  if (decimal(page.envelope.pageSize) === count) page.size = count;
  page.envelope['@items'] = count;
  const stuck = pagingFault(page, count);
  if (stuck) yield stuck;
}

function takeEnvelope(envelope: unknown, page: Page): void {
  if (!isObject(envelope)) return;
  // Not all names that stand there: those of ours (`version`, `offeringsOf`) are not the server's to set.
  for (const name of ['hasNextPage', 'totalPages', 'pageNumber', 'pageSize'])
    page.envelope[name] = envelope[name] ?? page.envelope[name];
  const total = ['totalItems', 'totalCount', 'totalElements', 'total'].map((name) => decimal(envelope[name]));
  page.total ??= total.find((number) => number !== undefined && Number.isInteger(number) && number >= 0);
}

/** A server that answers with another page than the one asked for would be read for ever, or read as complete. */
function pagingFault(page: Page, count: number): RecordFault | undefined {
  const more = hasMore(page);
  const asked = URL.canParse(page.url) ? decimal(new URL(page.url).searchParams.get('pageNumber')) : undefined;
  const given = decimal(page.envelope.pageNumber);
  const wrong = asked !== undefined && given !== undefined && asked !== given;
  const size = isPart(page.role) ? decimal(new URL(page.url).searchParams.get('pageSize')) : undefined;
  // A part counts only if the server says that it kept to its size, and did.
  const otherSize = size !== undefined && (decimal(page.envelope.pageSize) !== size || count > size);
  const lost = count === 0 && (more || isFirstPart(page, PAGING));
  if (!wrong && !otherSize && !lost) return undefined;
  const what = wrong
    ? `asked for pageNumber ${asked}, got ${given}`
    : otherSize
      ? `asked for pageSize ${size}, got ${count} items and pageSize ${asText(page.envelope.pageSize ?? 'unsaid')}`
      : 'a page was promised, but it is empty';
  return fault(
    null,
    '/pageNumber',
    'paging',
    what,
    'let pageNumber in the answer be the one asked for, and hasNextPage be false on the last page',
    true,
  );
}

function faultOf(item: Extract<JsonItem, { fault: unknown }>): RecordFault {
  const id = /"(?:courseId|program(?:me)?Id|educationSpecificationId|organi[sz]ationId)"\s*:\s*"([^"\\]{1,200})"/;
  const identifier = id.exec(item.text ?? '')?.[1] ?? null;
  // A broken record that cannot be named may be any record of the last run: then nothing may be swept.
  return { rejection: { identifier, ...item.fault }, incomplete: item.incomplete || identifier === null };
}

function* recordsOf(
  item: { value: unknown; path: string; repaired: string[] },
  urlParent: string | undefined,
  seen: Set<string>,
): Iterable<RawRecord | RecordFault> {
  const { path } = item;
  if (!isObject(item.value)) {
    yield fault(null, path, 'not-a-record', item.value, 'each item must be an object');
    return;
  }
  const other = OTHER_IDS.find((name) => name in (item.value as Json));
  if (other && !OFFERING_IDS.some((name) => name in (item.value as Json))) {
    const remedy = 'let the source point to courses, programmes, organisations or their offerings';
    yield fault(null, path, 'other-resource', `an item with ${other}`, remedy);
    return;
  }
  const raw = tidy(item.value) as Json;
  if (item.repaired.length) raw['@repaired'] = item.repaired;
  if (OFFERING_IDS.some((name) => name in raw)) {
    yield* offeringRecords(raw, path, urlParent, seen);
    return;
  }
  const main = idOf(raw, MAIN_IDS) ?? idOf(raw, ORGANISATION_IDS);
  if (main === undefined) {
    const keys = Object.keys(item.value).slice(0, 12).join(', ');
    const remedy =
      'contactEmail' in item.value && 'specification' in item.value
        ? 'this is the service document: let the source point to /courses or /programs'
        : 'give courseId, programId, organizationId or offeringId, a text that is not empty';
    yield fault(null, path, 'missing-identifier', `an item with: ${keys}`, remedy);
    return;
  }
  yield* mainRecords(raw, main, path, seen);
}

function* mainRecords(
  raw: Json,
  identifier: string,
  path: string,
  seen: Set<string>,
): Iterable<RawRecord | RecordFault> {
  seen.add(identifier);
  const lists = OFFERING_LISTS.filter((name) => Array.isArray(raw[name]) && (raw[name] as unknown[]).some(isObject));
  const rest = Object.fromEntries(Object.entries(raw).filter(([name]) => !lists.includes(name)));
  yield { identifier, path, raw: rest };
  for (const list of lists) {
    for (const [n, offering] of (raw[list] as unknown[]).entries()) {
      if (isObject(offering)) yield* offeringRecords(offering, `${path}/${list}/${n}`, identifier, seen);
    }
  }
}

function* offeringRecords(
  raw: Json,
  path: string,
  known: string | undefined,
  seen: Set<string>,
): Iterable<RawRecord | RecordFault> {
  const id = idOf(raw, OFFERING_IDS);
  const expanded = PARENTS.map((name) => raw[name]).find((parent) => isObject(parent) && idOf(parent, MAIN_IDS));
  const parent: string | undefined =
    (isObject(expanded) ? idOf(expanded, MAIN_IDS) : undefined) ??
    idOf(raw, ['courseId', 'programmeId', 'programId', ...PARENTS]) ??
    known;
  if (id === undefined) {
    yield fault(parent ?? null, path, 'missing-identifier', 'an offering without id', 'give offeringId');
    return;
  }
  if (parent === undefined) {
    const remedy = 'let the offering name its course (course, courseId) or ask for /courses/{courseId}/offerings';
    yield fault(null, path, 'run-without-credential', `offering ${id}`, remedy);
    return;
  }
  if (expanded && !seen.has(parent)) yield* mainRecords(expanded as Json, parent, `${path}/course`, seen);
  const rest = Object.fromEntries(
    Object.entries(raw).filter(([name, value]) => !(PARENTS.includes(name) && isObject(value))),
  );
  yield { identifier: parent, part: `offering:${id}`, path, raw: rest };
}

function idOf(raw: Json, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = raw[name];
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    if (typeof value === 'string' && !isFiller(value)) return value;
  }
  return undefined;
}

/** What we note in a raw record ourselves. */
const OURS = new Set(['@repaired', '@encoding', '@persons']);

/** Names as they are meant, and none that only we give. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !OURS.has(name.trim()))
      .map(([name, member]) => [name.trim(), tidy(member)]),
  );
}

// ---------------------------------------------------------------------------------------------------- paging

function hasMore(page: Page): boolean {
  const { hasNextPage, totalPages, pageNumber } = page.envelope;
  const at = decimal(pageNumber);
  const last = decimal(totalPages);
  return hasNextPage === true || hasNextPage === 'true' || (at !== undefined && last !== undefined && last > at);
}

function next(page: Page, count: number): PageRequest[] {
  if (!URL.canParse(page.url)) return [];
  // A record may be several: an item and its offerings.
  const items = Number(page.envelope['@items'] ?? count);
  const requests: PageRequest[] = [];
  const url = new URL(page.url);
  const asked = decimal(url.searchParams.get('pageNumber'));
  const at = asked ?? decimal(page.envelope.pageNumber) ?? 1;
  if (isPart(page.role)) {
    const after = hasMore(page) && !pagingFault(page, items) ? afterPart(page, PAGING) : undefined;
    if (after) requests.push(after);
  } else if (count > 0 && hasMore(page) && !pagingFault(page, items)) {
    url.searchParams.set('pageNumber', String(at + 1));
    requests.push({ url: url.href, ...(page.role ? { role: page.role } : {}) });
  }
  // An upload is one file; that its feed goes on is said (and refused) rather than passed over.
  if (!/^https?:/.test(page.url)) return requests;
  const courses = (page.envelope.offeringsOf ?? []) as { kind: string; id: string }[];
  for (const course of courses) requests.push({ url: offeringsUrl(page, course), role: 'offerings' });
  return requests;
}

const LIST_PARAMETERS =
  /^(?:pageNumber|pageSize|q|search|sort|level|modeOfDelivery|teachingLanguage|primaryCode|expand|filter.*)$/;

function offeringsUrl(page: Page, course: { kind: string; id: string }): string {
  const url = new URL(page.url);
  const v6 = page.envelope.version === 6 || course.kind === 'programmes';
  const path = v6 ? (course.kind === 'courses' ? 'course-offerings' : 'programme-offerings') : 'offerings';
  url.pathname = `${url.pathname.replace(/\/(?:courses|programs|programmes|organi[sz]ations)(?:\/.*)?$/, '')}/${course.kind}/${encodeURIComponent(course.id)}/${path}`;
  for (const name of [...url.searchParams.keys()]) if (LIST_PARAMETERS.test(name)) url.searchParams.delete(name);
  url.searchParams.set('pageSize', '250');
  return url.href;
}

// ---------------------------------------------------------------------------------------------------- meaning

/** What reading one record needs everywhere. */
interface Context {
  source: SourceDefinition;
  notes: Notes;
  language: string | undefined;
  bodies: Bodies;
}

function normalise(...[input, source, identifier, parts]: Parameters<Format['normalise']>): Normalised {
  const notes = createNotes();
  if (!isObject(input)) {
    const remedy = 'publish the course or programme itself beside its offerings';
    return turnAway(notes, identifier, '', 'not-a-record', input, remedy);
  }
  const context: Context = { source, notes, language: source.defaults.language, bodies: createBodies(source) };
  for (const what of strings(input['@repaired'])) {
    notes.add('', 'json-repaired', what, 'write the feed with a JSON library');
  }
  if (input['@encoding']) notes.add('', 'wrong-encoding', input['@encoding'], 'send the feed as UTF-8');
  if (!idOf(input, MAIN_IDS) && idOf(input, ORGANISATION_IDS)) {
    context.bodies.add(providerFacts(input, '', context, identifier));
    return { providers: context.bodies.all(), problems: notes.problems };
  }
  const title = texts(input, 'name', context);
  const refused = refuseTitle(notes, identifier, '/name', title, input.name);
  if (refused) return refused;

  const kind = readKind(input);
  const opportunities = readOfferings(input, parts, context);
  const draft: CredentialDraft = {
    source: source.id,
    identifier,
    alternates: alternates(input, source),
    url: linkOf(input, '', context),
    title: stated(title, '/name'),
    description: statedIf(texts(input, 'description', context), '/description'),
    kind,
    ...readBodies(input, context),
    learningOutcomes: readOutcomes(input, context),
    workload: readWorkload(input, context),
    level: readLevel(input, context),
    assessment: readAssessment(input, context),
    participation: readParticipation(input, context),
    prerequisites: statedIf(texts(input, 'admissionRequirements', context), '/admissionRequirements'),
    conditionsToEarn: statedIf(texts(input, 'qualificationRequirements', context), '/qualificationRequirements'),
    languages: readTeachingLanguages(input, context),
    fields: readFields(input, context),
    ...readAlliances(input, context),
    costs: statedIf(readPrices(input, '', context), '/priceInformation'),
    ...readGrade(input, parts),
    furtherInformation: readEnrolment(input, context),
    opportunities,
    relations: readRelations(input, source),
  };
  reportUnmapped(input, context);
  const credential = completeCredential(fillFromRuns(draft, context.language));
  return { credential, providers: context.bodies.all(), problems: notes.problems };
}

/** A multilingual member, with a warning where two languages have the same text (one tag is then wrong). */
function texts(raw: Json, name: string, { language, notes }: Context, path = `/${name}`): LangString[] {
  const value = raw[name];
  if (value !== undefined && value !== null && typeof value !== 'string' && typeof value !== 'object') {
    notes.add(path, 'not-a-text', value, 'give a list of {language, value}');
  }
  const found = langStrings(value, language);
  for (const [n, text] of found.entries()) {
    const twin = found.slice(0, n).find((other) => other.value === text.value && text.value.length > 40);
    if (twin) {
      const what = `${twin.language} and ${text.language}: ${text.value}`;
      notes.add(path, 'same-text-in-two-languages', what, 'tag each text with the language it is written in');
    }
  }
  return found;
}

const linkOf = (raw: Json, path: string, { notes }: Context): string | undefined =>
  readUrl(notes, raw.link, `${path}/link`);

const MICRO = table<'stackable' | 'stand-alone'>({
  stackable: 'stackable',
  standalone: 'stand-alone',
  'stand alone': 'stand-alone',
});
const DEGREES = new Set(
  'ad ba bsc llb ma msc llm phd associate-degree bachelor master doctoral doctorate'.split(' ').map(word),
);
const KINDS = table({
  'micro credential certificate': 'micro-credential',
  certificate: 'certificate',
  diploma: 'diploma',
  'vocational diploma': 'diploma',
  programme: 'programme',
  program: 'programme',
  privateprogram: 'programme',
  minor: 'programme',
  honours: 'programme',
  specialization: 'programme',
  specialisation: 'programme',
  track: 'programme',
  specification: 'programme',
  course: 'course',
});

/** The eduXchange mark first, then the formal document, the qualification, the type of programme, the kind of resource. */
function readKind(raw: Json): Element<z.infer<typeof KindValue>> {
  const mark = alliancesOf(raw).find(({ alliance }) => MICRO.get(word(alliance.microcredential)));
  if (mark)
    return stated(
      { code: 'micro-credential', text: asSaid(mark.alliance.microcredential) },
      `${mark.path}/microcredential`,
    );
  if (DEGREES.has(word(raw.qualificationAwarded))) {
    return stated({ code: 'degree', text: asSaid(raw.qualificationAwarded) }, '/qualificationAwarded');
  }
  const names = [
    'formalDocument',
    'qualificationAwarded',
    'programType',
    'programmeType',
    'educationSpecificationType',
  ];
  for (const name of names) {
    const code = KINDS.get(word(raw[name]));
    if (code) return stated({ code, text: asSaid(raw[name]) }, `/${name}`);
  }
  const resource = MAIN_IDS.find((name) => name in raw) ?? '';
  const code = resource === 'courseId' ? 'course' : /^program/.test(resource) ? 'programme' : undefined;
  return code ? stated({ code }, `/${resource}`) : notStated();
}

/** eduXchange's own statements about a course, from `consumers[]` (v5) or `consumer` (v6). */
function alliancesOf(raw: Json): { alliance: Json; path: string }[] {
  const consumers: [unknown, string][] = Array.isArray(raw.consumers)
    ? raw.consumers.map((consumer, n) => [consumer, `/consumers/${n}`])
    : [[raw.consumers, '/consumers']];
  if (Array.isArray(raw.consumer))
    consumers.push(...raw.consumer.map((c, n): [unknown, string] => [c, `/consumer/${n}`]));
  else consumers.push([raw.consumer, '/consumer']);
  return consumers.flatMap(([consumer, path]) => {
    if (!isObject(consumer)) return [];
    const list = Array.isArray(consumer.alliances) ? consumer.alliances : [];
    const own = 'microcredential' in consumer ? [{ alliance: consumer, path }] : [];
    return [
      ...own,
      ...list.flatMap((alliance, n) => (isObject(alliance) ? [{ alliance, path: `${path}/alliances/${n}` }] : [])),
    ];
  });
}

function readAlliances(raw: Json, { notes }: Context): Pick<CredentialDraft, 'stackability' | 'targetGroup'> {
  const out: Pick<CredentialDraft, 'stackability' | 'targetGroup'> = {};
  const groups: { code?: string; said: string; path: string }[] = [];
  for (const { alliance, path } of alliancesOf(raw)) {
    if (!blank(alliance.microcredential)) {
      const code = MICRO.get(word(alliance.microcredential));
      const at = `${path}/microcredential`;
      if (!code) notes.add(at, 'unusable-code', alliance.microcredential, 'use stackable or standalone');
      else if (!out.stackability) out.stackability = stated({ code, text: asSaid(alliance.microcredential) }, at);
      else if (out.stackability.value?.code !== code) {
        notes.add(at, 'contradiction', alliance.microcredential);
      }
    }
    for (const said of strings(alliance.targetGroup)) {
      if (!groups.some((group) => group.said === said)) {
        groups.push({ code: targetGroups.parse(said), said, path: `${path}/targetGroup` });
      }
    }
  }
  if (groups[0]) {
    const value: CodesAndText = {
      codes: groups.flatMap((group) => group.code ?? []),
      text: groups.flatMap((g) => asSaid(g.said)),
    };
    out.targetGroup = stated(value, groups[0].path);
  }
  return out;
}

function readBodies(
  raw: Json,
  context: Context,
): Pick<CredentialDraft, 'offeredBy' | 'awardingBody' | 'issuerCountry'> {
  const { source, bodies } = context;
  const name =
    ['organization', 'organisation', 'organizationId', 'organisationId'].find((key) => !blank(raw[key])) ?? '';
  const given = raw[name];
  const id = isObject(given) ? idOf(given, ORGANISATION_IDS) : idOf(raw, [name]);
  const offering = bodies.add(isObject(given) ? providerFacts(given, `/${name}`, context, id) : { identifier: id });
  const fallback = bodies.defaultAwardingBody();
  const awarding =
    fallback.value || !offering ? fallback : derived([offering], `/${name}`, 'ooapi-organisation-awards');
  const country = offering && bodies.get(offering.id)?.country;
  return {
    offeredBy: statedIf(offering && [offering], `/${name}`),
    awardingBody: awarding,
    issuerCountry: country
      ? derived({ country }, `/${name}/addresses`, 'country-of-organisation')
      : defaultCountry(source),
  };
}

/** Code types of OOAPI (spelt with or without underscores) that name an organisation to the outside. */
const SCHEMES = table({
  brin: 'brin',
  'kvk organisation id': 'kvk',
  'institution code': 'institution-code',
  institutioncode: 'institution-code',
  'schac home': 'schac',
  schachome: 'schac',
  ror: 'ror',
  erasmus: 'erasmus',
  'x erasmus': 'erasmus',
});

function providerFacts(raw: Json, path: string, context: Context, known?: string): BodyFacts {
  const address = addressesOf(raw, path, context)[0];
  const url = linkOf(raw, path, context);
  return {
    identifier: known ?? idOf(raw, ORGANISATION_IDS),
    name: texts(raw, 'name', context, `${path}/name`),
    alternates: url ? [url] : [],
    identifiers: codesOf(raw).flatMap(({ type, code }) => {
      const scheme = SCHEMES.get(word(type));
      return scheme ? [{ scheme, value: code }] : [];
    }),
    url,
    country: address?.country,
    locality: address?.locality,
    description: texts(raw, 'description', context, `${path}/description`),
  };
}

function codesOf(raw: Json): { type: string; code: string }[] {
  return [raw.primaryCode, ...(Array.isArray(raw.otherCodes) ? raw.otherCodes : [])].flatMap((entry) => {
    if (!isObject(entry)) return [];
    const code = idOf(entry, ['code']);
    return code ? [{ type: asText(entry.codeType ?? ''), code }] : [];
  });
}

/** Types of code that say which course it is, not what kind of course (`crohoCode`, `fieldOfStudy`, …). */
const COURSE_CODES = new Set(
  'identifier systemid productid coursecode programcode programmecode nationalidentitynumber'.split(' '),
);

/**
 * Codes that mean the same everywhere as they stand. A course code such as "10859" is another course elsewhere, so
 * it is an alternate only together with its source: `code:<source id>:<code>`.
 */
const alternates = (raw: Json, source: SourceDefinition): string[] => {
  const own = codesOf(raw).flatMap(({ type, code }) => {
    if (/^(?:urn:|https?:\/\/|ce-)/i.test(code)) return [code];
    return COURSE_CODES.has(word(type).replace(/ /g, '')) ? [`code:${source.id}:${code.trim()}`] : [];
  });
  const short = typeof raw.abbreviation === 'string' && !isFiller(raw.abbreviation) ? raw.abbreviation.trim() : '';
  return [...new Set([...own, ...(short ? [`code:${source.id}:${short}`] : [])])];
};

const MAPPED = new Set([
  ...MAIN_IDS,
  ...ORGANISATION_IDS,
  ...OFFERING_LISTS,
  ...(
    '@repaired @encoding primaryCode otherCodes abbreviation name description link learningOutcomes studyLoad duration level levelOfQualification assessment testComponents components ' +
    'admissionRequirements qualificationRequirements qualificationAwarded formalDocument programType programmeType educationSpecificationType teachingLanguage teachingLanguages ' +
    'modeOfDelivery modesOfDelivery modeOfStudy fieldsOfStudy consumers consumer organization organisation priceInformation addresses resultValueType enrollment enrolment ' +
    'programs programmes programmeIds parent parentId children childIds'
  ).split(' '),
]);

/** Members of other objects than the record that are read as well. */
const READS = membersRead(
  MAPPED,
  OFFERING_IDS,
  'code codeType shortName organizationType organisationType addressType street streetNumber additional ' +
    'postalCode city country countryCode geolocation geoLocation latitude longitude studyLoadUnit contactHours ' +
    'microcredential targetGroup theme themes alliances consumerKey pace academicSession enrolmentPeriods ' +
    'enrollmentPeriods state enrollmentUrl enrolmentUrl enrollmentUrlForProfessionals startDate endDate ' +
    'startDateTime endDateTime enrollStartDate enrollEndDate flexibleEntryPeriodStart ' +
    'flexibleEntryPeriodStartDateTime flexibleEntryPeriodEnd flexibleEntryPeriodEndDateTime costType amount ' +
    'currency displayAmount vatAmount learningOutcomeId learningOutcomeIds componentId componentType ' +
    'testComponentType complexityLevel course program programme offering courseId logo sector qualification ' +
    'selection title stackable strings cycle eqf nqf',
);

/** What the record says and no element takes: named once a record, so that nothing goes silently. */
function reportUnmapped(raw: Json, { notes }: Context): void {
  const names = Object.keys(raw).filter((name) => !MAPPED.has(name) && !blank(raw[name]));
  if (!Array.isArray(raw.learningOutcomes) || !raw.learningOutcomes.length) {
    const at = names.indexOf('learningOutcomeIds');
    if (at >= 0) names.splice(at, 1); // told by a rule of its own
  }
  if (names.length) notes.add('', 'not-mapped', names.slice(0, 20).join(', '));
}

// ---------------------------------------------------------------------------------------------------- elements

function readOutcomes(raw: Json, context: Context): Element<LearningOutcome[]> {
  const path = '/learningOutcomes';
  const given = raw.learningOutcomes;
  const list = Array.isArray(given) ? given : blank(given) ? [] : [given];
  // v5 has a list of outcomes, each a list of languages; a flat list of {language, value} is one outcome.
  const flat = list.length > 0 && list.every((item) => isObject(item) && 'value' in item);
  const outcomes = (flat ? [list] : list).flatMap((item) => readOutcome(item, context));
  const unique = distinctOutcomes(outcomes);
  if (!unique.length && Array.isArray(raw.learningOutcomeIds) && raw.learningOutcomeIds.length) {
    const remedy = 'let the source ask with expand=learning_outcomes, so that their texts are given';
    context.notes.add('/learningOutcomeIds', 'outcomes-not-expanded', raw.learningOutcomeIds, remedy);
  }
  return statedIf(unique, path);
}

function readOutcome(item: unknown, { language }: Context): LearningOutcome[] {
  if (
    isObject(item) &&
    !('value' in item) &&
    ('name' in item || 'description' in item || 'learningOutcomeId' in item)
  ) {
    const name = langStrings(item.name, language);
    const text = name.length ? name : langStrings(item.description, language);
    const uri = codesOf(item)
      .map(({ code }) => webUrl(code))
      .find((url) => url);
    return text.length ? [{ text, ...(uri ? { uri } : {}) }] : [];
  }
  return outcomesIn(langStrings(item, language));
}

function readWorkload(raw: Json, { notes }: Context): Element<WorkloadValue> {
  const value: WorkloadValue = {};
  let sbu: { hours: number; path: string } | undefined;
  let first = '';
  const loads: [unknown, string][] = Array.isArray(raw.studyLoad)
    ? raw.studyLoad.map((load, n) => [load, `/studyLoad/${n}`])
    : [[raw.studyLoad, '/studyLoad']];
  for (const [load, path] of loads) {
    if (blank(load)) continue;
    if (!isObject(load)) {
      notes.add(path, 'number-without-unit', load, 'give studyLoad as {studyLoadUnit, value}');
      continue;
    }
    if (blank(load.value)) continue;
    const amount = readQuantity(notes, load.value, `${path}/value`);
    if (amount === undefined) continue;
    const unit = word(load.studyLoadUnit).replace(/ /g, '');
    if (unit === '') {
      notes.add(path, 'number-without-unit', load, 'say in studyLoadUnit what is counted');
      continue;
    }
    if (unit === 'ects' && plausibleEcts(notes, amount, `${path}/value`) === undefined) continue;
    first ||= path;
    if (unit === 'ects' && value.ects === undefined) value.ects = amount;
    else if (unit === 'ects') {
      if (amount !== value.ects) notes.add(path, 'contradiction', load);
    } else if ((unit === 'hour' || unit === 'hours') && value.hours === undefined) value.hours = amount;
    else {
      if (unit === 'sbu') sbu ??= { hours: amount, path };
      const known = ['sbu', 'sp', 'contacttime', 'hour', 'hours'].includes(unit);
      if (!known && !unit.startsWith('x')) {
        notes.add(`${path}/studyLoadUnit`, 'unknown-code', load.studyLoadUnit);
      }
      const scheme =
        unit === 'contacttime' ? 'contact_time' : known ? unit : plainText(asText(load.studyLoadUnit)).slice(0, 60);
      addCredits(value, { scheme, value: amount });
    }
  }
  const span = addSpan(value, raw.duration);
  if (Object.keys(span).length) {
    first ||= '/duration';
    if (span.durationText && /^P/i.test(span.durationText)) notes.add('/duration', 'mixed-duration', raw.duration);
  } else if (!blank(raw.duration)) notes.add('/duration', 'not-a-duration', raw.duration);
  if (!Object.keys(value).length) return notStated();
  const element = stated(value, first);
  // OEAPI 6.1, studyloadUnit: "sbu: Student workload hours, representing the total estimated effort".
  return sbu && value.hours === undefined
    ? withDerived(element, { hours: sbu.hours }, sbu.path, 'ooapi-sbu-is-hours')
    : element;
}

/** The specification's own words: "bachelor, corresponds to levelOfQualification 6", which is the EQF's. */
const LEVELS = table<{ eqf?: number; cycle?: string }>({
  'secondary vocational education 1': { eqf: 1 },
  'secondary vocational education 2': { eqf: 2 },
  'secondary vocational education 3': { eqf: 3 },
  'secondary vocational education 4': { eqf: 4 },
  'associate degree': { eqf: 5, cycle: 'short' },
  bachelor: { eqf: 6, cycle: 'first' },
  master: { eqf: 7, cycle: 'second' },
  doctoral: { eqf: 8, cycle: 'third' },
  'secondary vocational education': {},
  'pre vocational': {},
  'post doctoral': {},
  undivided: {},
  'nt2 1': {},
  'nt2 2': {},
});

function readLevel(raw: Json, { source, notes }: Context): Element<LevelValue> {
  const value: LevelValue = {};
  let path = '';
  let rule: { value: LevelValue; name: string } | undefined;
  const level = raw.level;
  if (typeof level === 'string' && !isFiller(level)) {
    path = '/level';
    value.text = asSaid(level);
    const looked = eqfByLookup(source, level.trim());
    const known = LEVELS.get(word(level));
    if (looked) rule = { value: { eqf: looked }, name: 'source-lookup' };
    else if (known && Object.keys(known).length) rule = { value: { ...known }, name: 'ooapi-level-to-cycle' };
    else if (!known) notes.add('/level', 'unknown-code', level);
  } else if (!blank(level) && typeof level !== 'string') notes.add('/level', 'unusable-code', level);
  const qualification = raw.levelOfQualification;
  if (!blank(qualification) && !isFiller(asText(qualification))) {
    const said = word(qualification).replace(/^eqf ?/, '');
    path = path && value.text ? path : '/levelOfQualification';
    if (/^[1-8]$/.test(said)) {
      value.eqf = Number(said);
      path = '/levelOfQualification';
    } else if (/^(?:nlqf )?4(?:\+|plus)$/.test(said)) {
      value.nqf = { country: 'NL', framework: 'NLQF', level: '4+' };
    } else if (said === '0') value.text = [...(value.text ?? []), ...asSaid(qualification)];
    else notes.add('/levelOfQualification', 'unusable-code', qualification, 'give 1 to 8 (v5) or eqf_1 to eqf_8 (v6)');
  }
  if (!Object.keys(value).length) return notStated();
  const element = stated(value, path);
  if (!rule || (value.eqf !== undefined && !rule.value.cycle)) return element;
  if (value.eqf !== undefined && rule.value.eqf !== undefined && value.eqf !== rule.value.eqf) {
    notes.add('/levelOfQualification', 'contradiction', `${asText(level)} and ${asText(qualification)}`);
    return element;
  }
  return withDerived(element, rule.value, '/level', rule.name);
}

const TESTS = table({
  'test on paper': 'written examination',
  'oral test': 'oral examination',
  'portfolio assessment': 'portfolio',
  'life skills test': 'practical assessment',
});

function readAssessment(raw: Json, context: Context): Element<CodesAndText> {
  const text = langStrings(raw.assessment, context.language);
  let path = text.length ? '/assessment' : '';
  const codes: string[] = [];
  for (const name of ['testComponents', 'components']) {
    const list = Array.isArray(raw[name]) ? raw[name] : [];
    for (const [n, component] of list.entries()) {
      if (!isObject(component)) continue;
      const type = word(component.testComponentType ?? component.componentType);
      const code = assessmentTypes.parse(TESTS.get(type) ?? '');
      if (!code && type !== 'test' && type !== 'digital test') continue;
      path ||= `/${name}/${n}`;
      if (code && !codes.includes(code)) codes.push(code);
      const own = langStrings(component.assessment, context.language);
      text.push(...(own.length ? own : code ? [] : langStrings(component.name, context.language)));
    }
  }
  return statedIf(codesAndText(codes, text), path);
}

/** Modes of v5, v6 and EuroTeQ; the empty ones are legal but say less than the EU's vocabulary: kept as text. */
const MODES = table({
  online: 'online',
  'on campus': 'presential',
  presential: 'presential',
  hybrid: 'hybrid',
  blended: 'blended',
  'project based': 'project-based',
  'research lab based': 'research-lab-based',
  'work based': 'work-based',
  'online at a specific time': 'online',
  'online time independent': 'online',
  situated: '',
  'distance learning': '',
  coil: '',
  'joint delivery': '',
});

function readModes(
  raw: Json,
  base: string,
  { source, notes }: Context,
): { codes: string[]; words: string[]; path: string } {
  const name = blank(raw.modesOfDelivery) ? 'modeOfDelivery' : 'modesOfDelivery';
  const path = `${base}/${name}`;
  const codes = new Set<string>();
  const words: string[] = [];
  for (const said of strings(raw[name]).flatMap((text) => text.split(/[,;|]/))) {
    if (isFiller(said)) continue;
    const key = word(said);
    const code = lookedUp(source, 'mode', said.trim()) ?? MODES.get(key) ?? modesOfLearning.parse(key);
    if (code) codes.add(code);
    else words.push(plainText(said).slice(0, 200));
    if (code === undefined) {
      notes.add(path, 'unknown-code', said);
    }
  }
  return { codes: [...codes], words, path };
}

function readParticipation(raw: Json, context: Context): Element<CodesAndText> {
  const { codes, words, path } = readModes(raw, '', context);
  return statedIf(codesAndText(codes, words.flatMap(asSaid)), path);
}

function tagsOf(raw: Json, base: string, { notes }: Context): { tags: string[]; path: string } {
  const name = blank(raw.teachingLanguages) ? 'teachingLanguage' : 'teachingLanguages';
  const path = `${base}/${name}`;
  return { tags: [...new Set(strings(raw[name]).flatMap((said) => readLanguages(notes, said, path)))], path };
}

function readTeachingLanguages(raw: Json, context: Context): Element<string[]> {
  const { tags, path } = tagsOf(raw, '', context);
  return statedIf(tags, path);
}

function readFields(raw: Json, { notes }: Context): Element<FieldValue[]> {
  const fields: FieldValue[] = [];
  let path = '';
  for (const said of strings(raw.fieldsOfStudy).flatMap((text) => text.split(/[,;|]/))) {
    const code = said.trim().replace(/^https?:\/\/.*\/(\d+)$/, '$1');
    if (isFiller(code) || saysNoField(code)) continue;
    path = '/fieldsOfStudy';
    const isced = /^\d+$/.test(code) ? iscedOf(code) : undefined;
    if (isced && isced !== code) fields.push({ isced, scheme: 'ISCED-F 2013 vSOI 2021', code });
    else if (isced) fields.push({ isced });
    else {
      fields.push({ scheme: 'fieldsOfStudy', code });
      notes.add(path, 'unknown-code', code, 'give an ISCED-F 2013 code of 2 to 4 digits');
    }
  }
  for (const { alliance, path: at } of alliancesOf(raw)) {
    const scheme = `${asText(alliance.name ?? 'alliance')
      .toLowerCase()
      .trim()} theme`;
    for (const theme of [...new Set([...strings(alliance.theme), ...strings(alliance.themes)])]) {
      if (isFiller(theme) || fields.some((field) => field.scheme === scheme && field.code === theme.trim())) continue;
      path ||= `${at}/theme`;
      const text = /^\d+$/.test(theme.trim()) ? {} : { text: [{ language: 'und', value: plainText(theme) }] };
      fields.push({ scheme, code: theme.trim(), ...text });
    }
  }
  return statedIf(fields, path);
}

/** The scale of the grades. An offering's is that of the credential as long as no other one says otherwise. */
function readGrade(raw: Json, parts: readonly unknown[]): Pick<CredentialDraft, 'grade'> {
  const said = [raw, ...parts].map((one) => (isObject(one) ? one.resultValueType : undefined));
  const at = said.findIndex((type) => typeof type === 'string' && !isFiller(type));
  if (at < 0) return {};
  return {
    grade: stated({ scheme: asSaid(said[at]) }, at === 0 ? '/resultValueType' : `/parts/${at - 1}/resultValueType`),
  };
}

function readEnrolment(raw: Json, context: Context): CredentialDraft['furtherInformation'] {
  const name = blank(raw.enrolment) ? 'enrollment' : 'enrolment';
  const text = texts(raw, name, context);
  const contact = alliancesOf(raw).find(({ alliance }) => !blank(alliance.contactHours));
  const extra = contact
    ? [{ language: 'en', value: `contact hours: ${plainText(asText(contact.alliance.contactHours))}` }]
    : [];
  const all = [...text, ...extra];
  return all.length
    ? stated({ text: all, links: [] }, text.length ? `/${name}` : `${contact?.path}/contactHours`)
    : notStated();
}

function readRelations(raw: Json, source: SourceDefinition): Relation[] {
  const out: Relation[] = [];
  const add = (type: Relation['type'], name: string, values: unknown[]) => {
    for (const value of values) {
      const id = isObject(value) ? idOf(value, MAIN_IDS) : idOf({ value }, ['value']);
      if (id === undefined) continue;
      const target = mintCredentialId(source.id, id);
      const label = isObject(value) ? langStrings(value.name, source.defaults.language) : [];
      if (out.some((relation) => relation.type === type && relation.target === target)) continue;
      out.push({ type, target, ...(label.length ? { label } : {}), origin: { path: `/${name}` } });
    }
  };
  const list = (name: string) => (Array.isArray(raw[name]) ? raw[name] : blank(raw[name]) ? [] : [raw[name]]);
  for (const name of ['programs', 'programmes', 'programmeIds', 'parent', 'parentId']) add('partOf', name, list(name));
  for (const name of ['children', 'childIds']) add('hasPart', name, list(name));
  return out;
}

// ---------------------------------------------------------------------------------------------------- offerings

function readOfferings(raw: Json, parts: readonly unknown[], context: Context): Opportunity[] {
  const pace = typeof raw.modeOfStudy === 'string' && !isFiller(raw.modeOfStudy) ? raw.modeOfStudy.trim() : undefined;
  return parts.flatMap((part, n) => {
    if (!isObject(part)) return [];
    const run = readOffering(part, `/parts/${n}`, context);
    return [pace && !run.pace ? { ...run, pace } : run];
  });
}

function readOffering(raw: Json, path: string, context: Context): Opportunity {
  const { notes, language } = context;
  const session = isObject(raw.academicSession) ? raw.academicSession : {};
  const dates: Pick<Opportunity, 'startDate' | 'endDate' | 'applicationStart' | 'applicationDeadline'> = {
    startDate:
      date(raw, ['startDate', 'startDateTime'], path, notes) ??
      date(session, ['startDate', 'startDateTime'], `${path}/academicSession`, notes),
    endDate:
      date(raw, ['endDate', 'endDateTime'], path, notes) ??
      date(session, ['endDate', 'endDateTime'], `${path}/academicSession`, notes),
    applicationStart: date(raw, ['enrollStartDate'], path, notes),
    applicationDeadline: date(raw, ['enrollEndDate'], path, notes),
  };
  checkOrder(notes, dates, `${path}/endDate`);
  const periods = (Array.isArray(raw.enrolmentPeriods) ? raw.enrolmentPeriods : []).filter(isObject);
  const opens = periods.flatMap(
    (period, n) => date(period, ['startDateTime'], `${path}/enrolmentPeriods/${n}`, notes) ?? [],
  );
  const closes = periods.flatMap(
    (period, n) => date(period, ['endDateTime'], `${path}/enrolmentPeriods/${n}`, notes) ?? [],
  );
  dates.applicationStart ??= opens.sort()[0];
  dates.applicationDeadline ??= closes.sort().at(-1);

  const flexible = date(raw, ['flexibleEntryPeriodStart', 'flexibleEntryPeriodStartDateTime'], path, notes);
  const until = date(raw, ['flexibleEntryPeriodEnd', 'flexibleEntryPeriodEndDateTime'], path, notes);
  const sessionName = langStrings(session.name, language)[0]?.value;
  const startText = flexible
    ? `flexible entry ${flexible}${until ? ` to ${until}` : ''}`
    : dates.startDate
      ? undefined
      : sessionName;
  const modes = readModes(raw, path, context);
  const { tags } = tagsOf(raw, path, context);
  const prices = readPrices(raw, path, context);
  const name = texts(raw, 'name', context, `${path}/name`);
  const state = word(raw.state);
  const enrolUrl = [
    ...periods.map((period) => period.enrolmentUrl),
    ...alliancesOf(raw).flatMap(({ alliance }) => [alliance.enrollmentUrlForProfessionals, alliance.enrollmentUrl]),
  ]
    .map((url) => webUrl(url))
    .find((url) => url);
  return compactRun<Opportunity>({
    id: idOf(raw, OFFERING_IDS) ?? '',
    path,
    name: name.length ? name : undefined,
    ...addressesOf(raw, path, context)[0],
    ...dates,
    startText,
    participation: modes.codes.length ? modes.codes : undefined,
    participationText: modes.words.length ? modes.words.join(', ') : undefined,
    languages: tags.length ? tags : undefined,
    prices: prices.length ? prices : undefined,
    pace: typeof raw.modeOfStudy === 'string' && !isFiller(raw.modeOfStudy) ? raw.modeOfStudy.trim() : undefined,
    status: /^cancell?ed$/.test(state) ? 'cancelled' : undefined,
    url: linkOf(raw, path, context) ?? enrolUrl,
  });
}

/** The first of these members that holds a date. */
function date(raw: Json, names: readonly string[], path: string, notes: Notes): string | undefined {
  for (const name of names) {
    const day = blank(raw[name]) ? undefined : readDate(notes, raw[name], `${path}/${name}`);
    if (day) return day;
  }
  return undefined;
}

const ADDRESS_ORDER = ['teaching', 'visit', '', 'postal'];

/** The addresses that say where something is, the place of teaching first; where bills and parcels go is no place. */
function addressesOf(
  raw: Json,
  base: string,
  { notes }: Context,
): Pick<Opportunity, 'place' | 'locality' | 'country'>[] {
  const list = (Array.isArray(raw.addresses) ? raw.addresses : [raw.addresses]).filter(isObject);
  const known = list
    .map((address, n) => ({
      address,
      path: `${base}/addresses/${n}`,
      rank: ADDRESS_ORDER.indexOf(word(address.addressType)),
    }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank);
  return known.flatMap(({ address, path }) => {
    const given = isObject(address.countryCode)
      ? address.countryCode
      : isObject(address.country)
        ? address.country
        : undefined;
    const said = given
      ? (given['iso3166-1-alpha2'] ?? given['iso3166-1-alpha3'])
      : (address.countryCode ?? address.country);
    const country = readCountry(notes, said, `${path}/countryCode`);
    const text = (value: unknown) => (typeof value === 'string' && !isFiller(value) ? plainText(value) : '');
    const street = [text(address.street), text(address.streetNumber)].filter(Boolean).join(' ');
    const locality = text(address.city);
    const place = [street, locality].filter(Boolean).join(', ');
    if (!place && !country) return [];
    return [{ ...(place ? { place } : {}), ...(locality ? { locality } : {}), ...(country ? { country } : {}) }];
  });
}

function readPrices(raw: Json, base: string, { notes, language }: Context): Price[] {
  const list = Array.isArray(raw.priceInformation) ? raw.priceInformation : [raw.priceInformation];
  return list.flatMap((cost, n): Price[] => {
    if (!isObject(cost)) return [];
    const path = `${base}/priceInformation/${n}`;
    const amount = readQuantity(notes, cost.amount, `${path}/amount`);
    const currency = readCurrency(notes, cost.currency, `${path}/currency`);
    const shown = langStrings(cost.displayAmount, language)[0]?.value;
    const said = word(cost.costType);
    const type = said && said !== 'total costs' && !isFiller(said) ? said : undefined;
    const good = amount !== undefined;
    if (!good && !shown) return [];
    const text = [type, good ? undefined : shown].filter(Boolean).join(': ');
    return [{ ...(good ? { amount } : {}), ...(currency ? { currency } : {}), ...(text ? { text } : {}) }];
  });
}

// ---------------------------------------------------------------------------------------------------- small things

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Nothing was said: absent, null, empty text, empty list. */
const blank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

const strings = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (item): item is string => typeof item === 'string' && item.trim() !== '',
  );

/** How enumeration values are compared: `on campus`, `on-campus`, `On_Campus` are one. */
function word(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number'
    ? String(value)
        .slice(0, 200)
        .toLowerCase()
        .replace(/[\s_–-]+/g, ' ')
        .trim()
    : '';
}

/** Code words ("MSc", "on campus", "4+") as they stand: nobody says that they are of a language. */
const asSaid = (value: unknown): LangString[] => [{ language: 'und', value: plainText(asText(value)) }];

import {
  type Credential,
  type CredentialDraft,
  completeCredential,
  derived,
  type LangString,
  type LearningOutcome,
  mintCredentialId,
  notStated,
  type Opportunity,
  type Price,
  Problem,
  type ProviderReference,
  type Relation,
  type RelationType,
  type SourceDefinition,
  stated,
  statedIf,
  table,
  type WorkloadValue,
  withDerived,
} from '../../schema/index.ts';
import { countryCode } from '../../schema/parse/country.ts';
import { isoDate } from '../../schema/parse/date.ts';
import { parseDuration } from '../../schema/parse/duration.ts';
import { languageTag } from '../../schema/parse/language.ts';
import { langStrings, splitOutcomes } from '../../schema/parse/text.ts';
import { webUrl } from '../../schema/parse/url.ts';
import { assessmentTypes } from '../../schema/vocabularies/index.ts';
import { eqfFromNqf } from '../../schema/vocabularies/nqf-to-eqf.ts';
import { graphRecords, type JsonLdRaw, type JsonLdRecord, type PlacedNode } from '../decode/json-ld-graph.ts';
import { type At, createReader, type JsonLdReader } from '../decode/json-ld-reader.ts';
import { isNode, type JsonLdProfile, type JsonNode } from '../decode/json-ld-terms.ts';
import { jsonRecords } from '../decode/json-records.ts';
import { parseJsonValue } from '../decode/json-value.ts';
import { afterPart, isPart, smallerPages, unproven } from '../decode/smaller-pages.ts';
import { SourceBroken } from '../errors.ts';
import type { Format, Normalised, Page, RawRecord, RecordFault } from '../format.ts';
import { type Bodies, type BodyFacts, createBodies, defaultCountry } from '../normalise/bodies.ts';
import { readCountry, readCurrency, readLanguages, readUrl } from '../normalise/codes.ts';
import { readDate } from '../normalise/dates.ts';
import { fieldIn } from '../normalise/fields.ts';
import { eqfByLookup, eqfInWords } from '../normalise/level.ts';
import { isEcts, readQuantity } from '../normalise/numbers.ts';
import { compactRun, fillFromRuns, saidBy } from '../normalise/opportunities.ts';
import { distinctOutcomes, distinctTexts, joinTexts } from '../normalise/texts.ts';
import { refuseTitle, turnAway } from '../normalise/titles.ts';
import { addCredits } from '../normalise/workload.ts';
import { membersRead } from '../persons/members-read.ts';
import { createNotes, type Notes, problemOf } from '../problems/notes.ts';
import { fault } from '../problems/rules.ts';

const MAX_GRAPH = 64 * 1024 * 1024;
const MAX_RECORD = 16 * 1024 * 1024;

/**
 * CTDL JSON-LD: graph documents, Credential Registry envelopes (one, a list, `{"envelopes": […]}`, one a line; with
 * `decoded_resource` or only the old `resource` token), expanded JSON-LD, and profiles that map to CTDL by a
 * published crosswalk (Credential Commons).
 *
 * Decisions:
 * - Envelopes stream one by one. References inside a graph need the graph, so its nodes are held until it ends, up to
 *   64 Mi characters; a larger graph is read in windows of that size, and that is reported.
 * - Credentials, learning opportunities and organisations are records; assessments, manifests and frameworks are
 *   read where a record refers to them and are otherwise passed over.
 * - Credits are ECTS only when their unit says ECTS. What a required course or assessment states is `derived`.
 * - A registry's `page=` is followed while pages are full (`per_page`, else 10).
 */
export const ctdl: Format = {
  name: 'ctdl',
  title: 'CTDL (Credential Transparency Description Language), JSON-LD and Credential Registry envelopes',
  specification: 'https://credreg.net/ctdl/terms',
  mediaTypes: ['application/ld+json', 'application/json', 'application/x-ndjson'],
  version: 3,
  reads: (member) => READS(member),

  detect({ text }) {
    const start = text.trimStart();
    if (!/^[[{]/.test(start)) return 0;
    if (/"envelope_(?:ceterms_ctid|ctdl_type|community)"/.test(start)) return 0.98;
    if (/"ceterms:|"https?:\/\/(?:purl\.org\/ctdl|credreg\.net\/ctdl)/.test(start)) return 0.95;
    if (/"@context"[^\]}]{0,400}credentialcommons\.org/.test(start)) return 0.95;
    return 0;
  },

  records: (body, page) => (isPart(page.role) ? unproven(records(body, page)) : records(body, page)),
  normalise,

  next(page, count) {
    if (!URL.canParse(page.url)) return [];
    const url = new URL(page.url);
    const current = url.searchParams.get('page');
    if (!current || !/^\d{1,6}$/.test(current)) return [];
    const size = Number(url.searchParams.get('per_page') ?? PER_PAGE) || PER_PAGE;
    // Envelopes that hold no record count for a full page too.
    const read = Math.max(count, Number(page.envelope.envelopes ?? 0));
    if (read < size) return [];
    if (isPart(page.role)) return [afterPart(page, PAGING)].filter((after) => after !== undefined);
    url.searchParams.set('page', String(Number(current) + 1));
    return [{ url: url.href, ...(page.role ? { role: page.role } : {}) }];
  },
  instead: (page) => smallerPages(page, PAGING, PER_PAGE),
};

/** What the registry gives unless it is asked for another number. */
const PER_PAGE = 10;
const PAGING = { page: 'page', size: 'per_page' };

const CTID = /(?:^|[/:])(ce-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** A CTID in lower case when the reference is one, whatever its host and route (`/graph/`, `/resources/`, `urn:ctid:`). */
const ctidOf = (reference: string): string | undefined => CTID.exec(reference.trim())?.[1]?.toLowerCase();

/** The form under which references meet: CTIDs are the same in any case, other identifiers stay to the letter. */
const referenceKey = (reference: string): string => ctidOf(reference) ?? reference.trim();

/** Credentials by the kind of the vocabulary credential-kind; `undefined`: a credential of no such kind. */
function credentialKind(type: string): { kind?: string } | undefined {
  const known = KINDS.get(type);
  if (known !== undefined) return known ? { kind: known } : {};
  if (/Degree$|Doctorate$/.test(type)) return { kind: 'degree' };
  if (/Certificate$/.test(type)) return { kind: 'certificate' };
  if (/Diploma$/.test(type)) return { kind: 'diploma' };
  return undefined;
}

const KINDS = table({
  MicroCredential: 'micro-credential',
  Badge: 'badge',
  DigitalBadge: 'badge',
  OpenBadge: 'badge',
  Certificate: 'certificate',
  CertificateOfCompletion: 'certificate-of-completion',
  CertificateOfParticipation: '',
  Certification: 'certificate',
  License: 'licence',
  Licence: 'licence',
  Credential: '',
  ApprenticeshipCertificate: 'qualification',
  JourneymanCertificate: 'qualification',
  MasterCertificate: 'qualification',
  GeneralEducationDevelopment: 'diploma',
  Course: 'course',
  LearningProgram: 'programme',
  Program: 'programme',
  Curriculum: 'programme',
  LearningOpportunityProfile: '',
  LearningOpportunity: '',
});

const isOrganisation = (type: string): boolean => /Organization$/.test(type);

/** Vocabularies whose terms a CTDL document uses; within one node their local names do not clash. */
const PREFIXES = new Set('ceterms ceasn ctdl cc schema sdo haridus dcterms dct dc skos qdata owl'.split(' '));
const BASES = [
  'purl.org/ctdl/terms/',
  'purl.org/ctdlasn/terms/',
  'credreg.net/ctdl/terms/',
  'credreg.net/ctdlasn/terms/',
  'credentialcommons.org/ns/0.1/',
  'schema.edu.ee/0.1/',
  'schema.org/',
  'purl.org/dc/terms/',
  'purl.org/dc/elements/1.1/',
  'www.w3.org/2004/02/skos/core#',
  'www.w3.org/2002/07/owl#',
];

/** Properties that lead to other records of the catalogue: of those only name and identity are taken along. */
const TO_OTHERS = new Set(
  (
    'isPartOf hasPart isMemberOf hasMember isSimilarTo hasChild isChildOf isTopChildOf hasTopChild narrowAlignment broadAlignment ' +
    'exactAlignment owns offers accredits approves recognizes regulates renews revokes parentOrganization subOrganization department'
  ).split(' '),
);
/** Pictures are no part of a catalogue. */
const LEFT_OUT = new Set(['image']);

const PROFILE: JsonLdProfile = {
  prefixes: PREFIXES,
  bases: BASES,
  identifier: 'ctid',
  pages: ['subjectWebpage', 'url'],
  key: referenceKey,
  isRecord: (type) => credentialKind(type) !== undefined,
  isOrganisation,
  toOthers: TO_OTHERS,
  leftOut: LEFT_OUT,
};

// --- reading -----------------------------------------------------------------------------------------------------

async function* records(body: AsyncIterable<Uint8Array>, page: Page): AsyncGenerator<RawRecord | RecordFault> {
  const repairs: string[] = [];
  for await (const item of recordsIn(body, page, (what) => repairs.push(what))) {
    // Said once, with the first record there is.
    if ('raw' in item && repairs.length) {
      const raw = item.raw as JsonLdRaw;
      raw.notes = [...(raw.notes ?? []), ...repairs.splice(0).map((what) => problemOf('', 'wrong-encoding', what))];
    }
    yield item;
  }
}

async function* recordsIn(
  body: AsyncIterable<Uint8Array>,
  page: Page,
  onRepair: (what: string) => void,
): AsyncGenerator<RawRecord | RecordFault> {
  let graph: PlacedNode[] = [];
  let size = 0;
  let document: string | undefined;
  let envelopes = 0;
  let some = false;
  const contexts = new Map<number, unknown>();
  const ids = new Map<number, unknown>();
  let documents = 0;
  let windows = 0;

  function* flush(): Generator<RawRecord | RecordFault> {
    if (!graph.length) return;
    const number = Number(document?.slice(1) || 0);
    const id = ids.get(number);
    const found = graphRecords(graph, contexts.get(number), PROFILE, typeof id === 'string' ? id : undefined);
    graph = [];
    size = 0;
    for (const record of found) yield rawRecord(record);
  }

  const items = jsonRecords(body, {
    paths: ['/envelopes', '/@graph', ''],
    maxRecordBytes: MAX_RECORD,
    onRepair,
    ...(page.charset ? { charset: page.charset } : {}),
    onEnvelope(envelope, complete) {
      if (isNode(envelope)) {
        if (envelope['@context'] !== undefined) contexts.set(documents, envelope['@context']);
        if (envelope['@id'] !== undefined) ids.set(documents, envelope['@id']);
      }
      if (complete) documents++;
    },
  });
  for await (const item of items) {
    if ('fault' in item) {
      const { path, rule, found: what, remedy } = item.fault;
      if (!some && !graph.length && (rule === 'not-json' || rule === 'json-no-records')) {
        throw new SourceBroken(`no CTDL document: ${what}`, remedy);
      }
      yield* flush();
      const identifier = item.text
        ? ctidOf(/"(?:ceterms:ctid|envelope_ceterms_ctid)"\s*:\s*"([^"]+)"/.exec(item.text)?.[1] ?? '')
        : undefined;
      yield fault(identifier ?? null, path, rule, what, remedy, item.incomplete);
      continue;
    }
    some = true;
    const { value, path } = item;
    const prefix = /^#\d+/.exec(path)?.[0] ?? '';
    if (prefix !== document) {
      yield* flush();
      document = prefix;
    }
    if (!isNode(value)) {
      yield fault(null, path, 'not-a-record', value, 'every record is a JSON object');
    } else if ('envelope_id' in value || 'envelope_type' in value || 'decoded_resource' in value) {
      envelopes++;
      page.envelope.envelopes = envelopes;
      yield* fromEnvelope(value, path);
    } else if (Array.isArray(value['@graph'])) {
      yield* fromDocument(value, path);
    } else if (path === prefix && value['@type'] === undefined && value.type === undefined) {
      // An error message in JSON, say: to take it for an empty catalogue would withdraw everything.
      yield fault(null, path, 'not-a-ctdl-document', value, undefined, true);
    } else {
      if (value['@context'] !== undefined && !contexts.has(documents)) contexts.set(documents, value['@context']);
      size += JSON.stringify(value).length;
      graph.push({ node: value, path });
      if (size > MAX_GRAPH) {
        windows++;
        yield* flush();
        if (windows === 1) {
          yield fault(
            null,
            '',
            'graph-too-large',
            `more than ${MAX_GRAPH} characters in one graph`,
            'split the graph: references across its parts are not followed',
          );
        }
      }
    }
  }
  yield* flush();
}

function rawRecord({ identifier, part, path, raw }: JsonLdRecord): RawRecord | RecordFault {
  if (identifier === undefined) {
    return fault(
      null,
      path,
      'missing-identifier',
      raw.main,
      'give the record a ceterms:ctid or an @id that stays the same',
    );
  }
  return { identifier, path, raw, ...(part === undefined ? {} : { part }) };
}

function* fromEnvelope(envelope: JsonNode, path: string): Generator<RawRecord | RecordFault> {
  const type = envelope.envelope_type;
  // Statements about use and JSON schemas travel in envelopes too; a deleted envelope is a tombstone.
  if (typeof type === 'string' && type !== 'resource_data') return;
  if (envelope.deleted_at) return;
  const headers = envelope.node_headers;
  if (isNode(headers) && headers.deleted_at) return;
  const ctid = typeof envelope.envelope_ceterms_ctid === 'string' ? envelope.envelope_ceterms_ctid : undefined;
  let resource = envelope.decoded_resource;
  let place = `${path}/decoded_resource`;
  if (!isNode(resource)) {
    resource = decodeToken(envelope.resource);
    place = `${path}/resource`;
  }
  if (!isNode(resource)) {
    yield fault(
      ctid ? (ctidOf(ctid) ?? ctid) : null,
      place,
      'envelope-without-resource',
      envelope.envelope_id ?? envelope.resource,
    );
    return;
  }
  yield* fromDocument(resource, place, ctid);
}

/** The payload of the old envelopes' JSON Web Token. Its signature is not verified: we record who said what, not proof of it. */
function decodeToken(token: unknown): unknown {
  if (typeof token !== 'string') return undefined;
  const payload = token.split('.')[1];
  if (!payload || !/^[\w-]+={0,2}$/.test(payload)) return undefined;
  try {
    return parseJsonValue(Buffer.from(payload, 'base64url').toString('utf8')).value;
  } catch {
    return undefined;
  }
}

function* fromDocument(document: JsonNode, path: string, ctid?: string): Generator<RawRecord | RecordFault> {
  const graph = document['@graph'];
  const nodes: PlacedNode[] = Array.isArray(graph)
    ? graph.flatMap((node, i) => (isNode(node) ? [{ node, path: `${path}/@graph/${i}` }] : []))
    : [{ node: document, path }];
  const id = ctid ?? document['@id'];
  for (const record of graphRecords(nodes, document['@context'], PROFILE, typeof id === 'string' ? id : undefined)) {
    yield rawRecord(record);
  }
}

interface Reading {
  read: JsonLdReader;
  source: SourceDefinition;
  notes: Notes;
  bodies: Bodies;
  main: At<JsonNode>;
}

function normalise(raw: unknown, source: SourceDefinition, identifier: string, parts: readonly unknown[]): Normalised {
  const before = isNode(raw) && Array.isArray(raw.notes) ? raw.notes : [];
  const notes = createNotes(before.filter((note) => Problem.safeParse(note).success));
  if (!isNode(raw) || !isNode(raw.main))
    return turnAway(notes, identifier, '', 'not-a-record', raw, 'harvest the record again');
  const bodies = createBodies(source);
  const reading = open(raw as unknown as JsonLdRaw, '/main', source, notes, bodies);
  const { read, main } = reading;
  const types = read.types(main);

  if (!types.some((type) => credentialKind(type)) && types.some(isOrganisation)) {
    const provider = bodies.add(providerFacts(reading, main));
    if (!provider?.name) {
      return turnAway(notes, identifier, '/main', 'missing-name', raw.main, 'give the organisation a ceterms:name');
    }
    return { providers: bodies.all(), problems: notes.problems };
  }

  const title = read.text(main, 'name') ?? { value: [], path: '/main' };
  const refused = refuseTitle(notes, identifier, title.path, title.value, read.values(main, 'name')[0]?.value);
  if (refused) return refused;
  const ctid = read.scalar(main, 'ctid');
  if (ctid && !ctidOf(String(ctid.value))) {
    notes.add(ctid.path, 'ctid-malformed', ctid.value);
  }

  const requires = read.objects(main, ['requires']);
  const isEntry = (at: At<JsonNode>) =>
    /prerequisite|entry|admission|eligib/i.test(read.text(at, 'name')?.value[0]?.value ?? '');
  const toEarn = requires.filter((at) => !isEntry(at));
  const linked = toEarn.flatMap((at) => read.objects(at, ['targetLearningOpportunity', 'targetAssessment']));
  const url = read.scalar(main, 'subjectWebpage', 'url');
  const page = url && readUrl(notes, url.value, url.path);
  const description = read.text(main, 'description', 'summary');
  const opportunities = opportunitiesOf(reading, '', linked);
  const relations = relationsOf(reading, toEarn);

  const draft: CredentialDraft = {
    source: source.id,
    identifier,
    alternates: alternatesOf(reading, identifier, page),
    ...(page ? { url: page } : {}),
    title: stated(title.value, title.path),
    description: statedIf(description?.value, description?.path ?? ''),
    ...bodiesOf(reading),
    kind: kindOf(types),
    learningOutcomes: outcomesOf(reading, toEarn, linked),
    workload: workloadOf(reading, toEarn, linked),
    level: levelOf(reading),
    ...assessmentOf(reading, toEarn),
    participation: participationOf(reading, main),
    qualityAssurance: qualityOf(reading),
    ...conditionsOf(reading, toEarn, requires.filter(isEntry)),
    stackability: stackabilityOf(relations),
    fields: fieldsOf(reading),
    ...alignments(reading),
    targetGroup: wordsElement(reading, ['audienceType']),
    languages: languagesOf(reading),
    costs: statedIf(pricesOf(reading, main), read.values(main, 'estimatedCost', 'price', 'commonCosts')[0]?.path ?? ''),
    funding: fundingOf(reading),
    furtherInformation: furtherOf(reading),
    certificationFormat: textElement(read.text(main, 'awardedCredential')),
    opportunities,
    relations,
    ...modified(reading),
  };
  reportUnmapped(reading);
  const known = new Set(opportunities.map((run) => run.id || saidBy(run)));
  for (const [i, part] of parts.entries()) addPart(draft, part, i, reading, known);
  const credential = completeCredential(fillFromRuns(draft, source.defaults.language));
  return { credential, providers: bodies.all(), problems: notes.problems };
}

const MAPPED = new Set(
  (
    '@id @type @context id type name ctid description summary subjectWebpage url requires ownedBy offeredBy provider learningOutcome teaches targetCompetency assesses ' +
    'ectsCredits clockHours academicHours creditValue creditUnitTypeDescription estimatedDuration audienceLevelType educationLevelType level atLevel targetAssessment assessmentMethodType ' +
    'assessmentMethodDescription learningDeliveryType deliveryType learningMethodType deliveryTypeDescription learningMethodDescription accreditedBy approvedBy recognizedBy regulatedBy ' +
    'accreditedIn approvedIn recognizedIn regulatedIn entryCondition prerequisite entryRequirements instructionalProgramType subject field occupationType aligns inLanguage language estimatedCost ' +
    'commonCosts price priceCurrency financialAssistance content keyword renewal availableAt dateEffective expirationDate lifeCycleStatusType credentialStatusType renewalFrequency availableOnlineAt ' +
    'availabilityListing startDate endDate registrationDeadline hasOffering isPartOf hasPart isPreparationFor isAdvancedStandingFor isRequiredFor preparationFrom sameAs dateModified modified ' +
    'awardedCredential audienceType hasAssessment'
  ).split(' '),
);

/** Properties of other nodes than the record that are read as well. */
const READS = membersRead(
  MAPPED,
  TO_OTHERS,
  'targetLearningOpportunity addressCountry country addressLocality addressRegion streetAddress postalCode duns ' +
    'fein ipedsID opeID leiCode iscedCode ncesID identifier identifierType identifierTypeName identifierValueCode ' +
    'legalName address location competencyText targetNodeName targetNodeDescription targetNode frameworkName ' +
    'framework creditUnitType unitText minValue maxValue creditLevelType timeRequired exactDuration minimumDuration ' +
    'maximumDuration codedNotation assessment isProctored assertedBy condition prefLabel altLabel targetName ' +
    'targetUrl target targetFramework currency residencyType directCostType targetCredential costDetails ' +
    'jurisdiction mainJurisdiction weight alternateName title',
);

/** What the record says and no element takes: named once a record, so that nothing goes silently. */
function reportUnmapped({ read, main, notes }: Reading): void {
  const names = read.names(main).filter((name) => !MAPPED.has(name));
  if (names.length) notes.add(main.path, 'not-mapped', names.slice(0, 20).join(', '));
}

function open(raw: JsonLdRaw, path: string, source: SourceDefinition, notes: Notes, bodies: Bodies): Reading {
  const main = { value: raw.main, path };
  const plain = createReader(raw, undefined, PROFILE);
  // Text without a tag is in the record's language when it names just one.
  const named = plain
    .values(main, 'inLanguage', 'language')
    .flatMap(({ value }) => languageTag(isNode(value) ? value['@value'] : value) ?? []);
  const language = named.length === 1 ? named[0] : source.defaults.language;
  return { read: createReader(raw, language, PROFILE), source, notes, bodies, main };
}

/** A further statement about the same record: what the main one lacks is filled in, its run is added, contradictions are reported. */
function addPart(
  draft: CredentialDraft,
  raw: unknown,
  i: number,
  { source, notes, bodies }: Reading,
  known: Set<string>,
): void {
  if (!isNode(raw) || !isNode(raw.main)) return;
  const reading = open(raw as unknown as JsonLdRaw, `/parts/${i}/main`, source, notes, bodies);
  for (const opportunity of opportunitiesOf(reading, `/parts/${i}`, [])) {
    const run = opportunity.id || saidBy(opportunity);
    if (!known.has(run)) draft.opportunities?.push(opportunity);
    known.add(run);
  }
  const outcomes = outcomesOf(reading, [], []);
  if (draft.learningOutcomes?.state === 'not-stated' && outcomes.value) draft.learningOutcomes = outcomes;
  const workload = workloadOf(reading, [], []);
  if (draft.workload?.state === 'not-stated' && workload.value) draft.workload = workload;
  else if (workload.value?.ects !== undefined && draft.workload?.value?.ects !== workload.value.ects) {
    notes.add(
      workload.origin?.path ?? '',
      'contradiction',
      `${workload.value.ects} ECTS here, ${draft.workload?.value?.ects} in the main record`,
    );
  }
  const description = reading.read.text(reading.main, 'description', 'summary');
  if (draft.description?.state === 'not-stated' && description)
    draft.description = stated(description.value, description.path);
  const { awardingBody, offeredBy } = bodiesOf(reading);
  if (draft.offeredBy?.state !== 'stated' && offeredBy) draft.offeredBy = offeredBy;
  if (draft.awardingBody?.state === 'not-stated' && awardingBody) draft.awardingBody = awardingBody;
}

// --- who ---------------------------------------------------------------------------------------------------------

function bodiesOf(reading: Reading): Pick<CredentialDraft, 'awardingBody' | 'offeredBy' | 'issuerCountry'> {
  const { source } = reading;
  const owned = bodiesIn(reading, ['ownedBy']);
  const offered = bodiesIn(reading, ['offeredBy', 'provider']);
  let awardingBody: Credential['awardingBody'];
  if (owned.references.length) awardingBody = stated(owned.references, owned.path);
  else if (offered.references.length) {
    // CTDL wants an owner or an offerer; Credential Commons' crosswalk reads schema:provider as ceterms:ownedBy.
    const rule = offered.path.includes('provider') ? 'credential-commons-crosswalk' : 'ctdl-offered-by';
    awardingBody = derived(offered.references, offered.path, rule);
  } else awardingBody = reading.bodies.defaultAwardingBody();
  const country = (owned.references.length ? owned : offered).country;
  let issuerCountry = defaultCountry(source);
  if (country && owned.references.length) issuerCountry = stated({ country: country.value }, country.path);
  else if (country) issuerCountry = derived({ country: country.value }, country.path, 'ctdl-offered-by');
  return {
    awardingBody,
    issuerCountry,
    ...(offered.references.length ? { offeredBy: stated(offered.references, offered.path) } : {}),
  };
}

function bodiesIn(reading: Reading, names: string[]) {
  const { read, main, notes, source, bodies } = reading;
  const references: ProviderReference[] = [];
  let country: At<string> | undefined;
  const first = read.values(main, ...names)[0];
  const add = (facts: BodyFacts) => {
    const reference = bodies.add(facts);
    if (reference && !references.some((other) => other.id === reference.id)) references.push(reference);
    return reference;
  };
  const described = read.objects(main, names, ({ value, path }) => {
    if (value.startsWith('_:')) notes.add(path, 'unresolved-reference', value);
    else if (!/^(https?:|urn:|ce-)/i.test(value)) add({ name: langStrings(value, source.defaults.language) });
    else {
      const identifier = referenceKey(value);
      const identifiers = ctidOf(value) ? [{ scheme: 'ctid', value: identifier }] : [];
      add({ identifier, alternates: [value], identifiers });
    }
  });
  for (const at of described) {
    const reference = add(providerFacts(reading, at));
    if (!reference) {
      notes.add(at.path, 'unnamed-organisation', at.value);
      continue;
    }
    const own = bodies.get(reference.id)?.country;
    country ??= own ? { value: own, path: `${at.path}/address` } : undefined;
  }
  return { references, path: first?.path ?? '', ...(country ? { country } : {}) };
}

interface Address {
  locality?: string;
  region?: string;
  country?: string;
}

function addressIn({ read, notes }: Reading, at: At<JsonNode> | undefined): Address {
  const named = read.text(at, 'addressCountry', 'country');
  const country = named?.value.map((t) => countryCode(t.value)).find(Boolean);
  return {
    locality: read.text(at, 'addressLocality')?.value[0]?.value,
    region: read.text(at, 'addressRegion')?.value[0]?.value,
    // A name in several languages is one country: it is unknown only when none of them is known.
    country: country ?? (named && readCountry(notes, named.value[0]?.value, named.path)),
  };
}

function providerFacts(reading: Reading, at: At<JsonNode>): BodyFacts {
  const { read } = reading;
  const ctid = read.scalar(at, 'ctid');
  const own = at.value['@id'] ?? at.value.id;
  const id = typeof own === 'string' && !own.startsWith('_:') ? own : undefined;
  const url = read.scalar(at, 'subjectWebpage', 'url');
  const page = url && webUrl(String(url.value));
  const identifier = ctid ? referenceKey(String(ctid.value)) : id && referenceKey(id);
  const key = identifier && ctidOf(identifier);
  const codes = ['duns', 'fein', 'ipedsID', 'opeID', 'leiCode', 'iscedCode', 'ncesID'].flatMap((scheme) => {
    const value = read.scalar(at, scheme);
    return value ? [{ scheme: scheme.toLowerCase(), value: String(value.value) }] : [];
  });
  return {
    identifier,
    alternates: [id, page].filter((text): text is string => text !== undefined),
    name: read.text(at, 'name', 'legalName')?.value,
    identifiers: [...(key ? [{ scheme: 'ctid', value: key }] : []), ...codes],
    url: page,
    ...addressIn(reading, read.objects(at, ['address', 'location'])[0]),
    description: read.text(at, 'description')?.value,
  };
}

// --- what --------------------------------------------------------------------------------------------------------

function kindOf(types: string[]): Credential['kind'] {
  const known = types.flatMap((type) => {
    const kind = credentialKind(type);
    return kind ? [{ type, code: kind.kind }] : [];
  });
  const best = known.find((k) => k.code) ?? known[0];
  if (!best) return notStated();
  // A type without a code of its own is given in the vocabulary's words: "CertificateOfParticipation" → two words apart.
  const words = best.type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  return stated(best.code ? { code: best.code } : { text: [{ language: 'en', value: words }] }, '/main/@type');
}

function outcomesOf(reading: Reading, toEarn: At<JsonNode>[], linked: At<JsonNode>[]): Credential['learningOutcomes'] {
  const { read, main, notes } = reading;
  const own = [
    ...read.values(main, 'learningOutcome').flatMap((at) => plainOutcomes(reading, at)),
    ...[main, ...toEarn].flatMap((at) => competencies(reading, at, ['teaches', 'targetCompetency', 'assesses'])),
  ];
  const first = own[0];
  if (first) return stated(distinctOutcomes(own.map(({ value }) => value)), first.path);
  const others = linked.flatMap((at) => competencies(reading, at, ['teaches', 'assesses']));
  if (others[0])
    return derived(distinctOutcomes(others.map(({ value }) => value)), others[0].path, 'ctdl-required-learning');
  const empty = read.values(main, 'learningOutcome')[0];
  if (empty)
    notes.add(empty.path, 'no-outcome-in-outcomes', empty.value, 'state what a learner will know or be able to do');
  return notStated();
}

function plainOutcomes({ read, notes }: Reading, at: At<unknown>): At<LearningOutcome>[] {
  const texts = read.text({ value: { learningOutcome: at.value }, path: '' }, 'learningOutcome')?.value ?? [];
  return texts.flatMap(({ language, value }) => {
    const outcomes = splitOutcomes(value);
    return outcomes.flatMap((text) => {
      // "On completion the learner:" with nothing behind it is no outcome.
      if (text.endsWith(':')) {
        notes.add(at.path, 'lead-in-only', text, 'state the outcomes after the lead-in');
        return [];
      }
      return [{ value: { text: [{ language, value: text }] }, path: at.path }];
    });
  });
}

function competencies({ read }: Reading, at: At<JsonNode>, names: string[]): At<LearningOutcome>[] {
  return read.objects(at, names).flatMap((node) => {
    const name = read.text(node, 'competencyText', 'targetNodeName', 'name')?.value;
    const more = read.text(node, 'targetNodeDescription')?.value;
    const text = (name ?? more)?.map((t) => {
      const addition = name && more?.find((m) => m.language === t.language && m.value !== t.value)?.value;
      return addition ? { ...t, value: `${t.value}: ${addition}` } : t;
    });
    if (!text?.length) return [];
    const uri = read.scalar(node, 'targetNode')?.value ?? node.value['@id'];
    const framework =
      read.text(node, 'frameworkName')?.value[0]?.value ?? read.scalar(node, 'framework', 'isPartOf')?.value;
    return [
      {
        value: {
          text,
          ...(typeof uri === 'string' && /^https?:/i.test(uri) ? { uri } : {}),
          ...(typeof framework === 'string' ? { framework } : {}),
        },
        path: node.path,
      },
    ];
  });
}

function workloadOf(reading: Reading, toEarn: At<JsonNode>[], linked: At<JsonNode>[]): Credential['workload'] {
  const { read, main, notes } = reading;
  const value: WorkloadValue = {};
  let path: string | undefined;
  const ects = read.scalar(main, 'ectsCredits');
  const amount = number(ects, notes);
  if (ects && amount !== undefined) {
    value.ects = amount;
    path = ects.path;
  }
  const clock = read.scalar(main, 'clockHours');
  const hours = number(clock, notes);
  if (clock && hours !== undefined) {
    value.hours = hours;
    path ??= clock.path;
  }
  const academic = read.scalar(main, 'academicHours');
  if (academic && number(academic, notes) !== undefined) {
    // An academic hour is not a clock hour (45 minutes in Estonia); how long is not stated.
    value.durationText = `${academic.value} academic hours`;
    path ??= academic.path;
  }
  for (const at of [main, ...toEarn]) path = credits(reading, at, value) ?? path;
  path = durations(reading, main, value) ?? path;
  const own: Credential['workload'] = path && Object.keys(value).length ? stated(value, path) : notStated();
  // One required course says how much is required; the sum of several would be our own arithmetic.
  const [only] = linked.length === 1 ? linked : [];
  const others: WorkloadValue = {};
  const from = only && (credits(reading, only, others) ?? durations(reading, only, others));
  if (only && from !== undefined) durations(reading, only, others);
  const added = Object.entries(others).filter(([name]) => value[name as keyof WorkloadValue] === undefined);
  if (from === undefined || !added.length) return own;
  const more: WorkloadValue = Object.fromEntries(added);
  const rule = 'ctdl-required-learning';
  return own.value ? withDerived(own, more, from, rule) : derived(more, from, rule);
}

const number = (at: At<string | number | boolean> | undefined, notes: Notes): number | undefined =>
  at && readQuantity(notes, at.value, at.path);

/** Credits of any unit; ECTS only when the unit says so, or when there is no unit and its description says so. */
function credits({ read, notes }: Reading, at: At<JsonNode>, value: WorkloadValue): string | undefined {
  let path: string | undefined;
  const values = read.values(at, 'creditValue');
  for (const item of read.objects(at, ['creditValue'])) {
    const units = read.objects(item, ['creditUnitType', 'unitText']);
    const unit =
      units
        .map(
          (u) =>
            read.text(u, 'targetNodeName')?.value[0]?.value ??
            String(read.scalar(u, 'targetNode')?.value ?? '')
              .split(/[:/]/)
              .at(-1),
        )
        .find(Boolean) ??
      (read.scalar(item, 'creditUnitType', 'unitText')?.value as string | undefined)?.split(/[:/]/).at(-1);
    const words =
      read.text(item, 'creditUnitTypeDescription', 'description')?.value[0]?.value ??
      read.text(at, 'creditUnitTypeDescription')?.value[0]?.value;
    const ects = isEcts(unit ?? words);
    const exact = read.scalar(item, 'value');
    const low = number(exact ?? read.scalar(item, 'minValue'), notes);
    const high = exact ? undefined : number(read.scalar(item, 'maxValue'), notes);
    const level = read
      .objects(item, ['creditLevelType'])
      .map((l) => read.text(l, 'targetNodeName')?.value[0]?.value)
      .find(Boolean);
    if (low === undefined && high === undefined) continue;
    path ??= item.path;
    if (ects) {
      if (low !== undefined) value.ects = low;
      if (high !== undefined) value.ectsMax = high;
      continue;
    }
    const scheme = unit ?? words ?? 'not named';
    if (!unit && !words) notes.add(item.path, 'credits-without-unit', item.value);
    for (const amount of [low, high]) {
      if (amount !== undefined) addCredits(value, { scheme, value: amount, ...(level ? { level } : {}) });
    }
  }
  const bare = values.find((v) => typeof v.value === 'number' || typeof v.value === 'string');
  if (bare && path === undefined)
    notes.add(bare.path, 'number-without-unit', bare.value, 'write a schema:QuantitativeValue with a unit');
  return path;
}

/** Effort (`PT50H`) is hours, calendar time (`P10W`) is a duration; the one is never made of the other. */
function durations({ read, notes }: Reading, at: At<JsonNode>, value: WorkloadValue): string | undefined {
  let path: string | undefined;
  for (const profile of read.objects(at, ['estimatedDuration'])) {
    for (const name of ['timeRequired', 'exactDuration', 'minimumDuration', 'maximumDuration']) {
      const stands = read.scalar(profile, name);
      const parsed = parseDuration(stands?.value);
      if (!stands || !parsed) continue;
      path ??= stands.path;
      const months = Number(/^P(\d+)M$/.exec(parsed.duration ?? '')?.[1] ?? 0);
      if (months >= 30) {
        notes.add(stands.path, 'doubtful-duration', stands.value);
        value.durationText = String(stands.value);
      } else if (name === 'maximumDuration') {
        if (parsed.hours !== undefined) value.hoursMax = parsed.hours;
        else
          value.durationText = [value.duration ?? value.durationText, parsed.duration ?? parsed.text]
            .filter(Boolean)
            .join(' – ');
      } else {
        if (parsed.hours !== undefined) value.hours ??= parsed.hours;
        if (parsed.duration) value.duration ??= parsed.duration;
        if (parsed.text) value.durationText ??= parsed.text;
      }
    }
    const words = read.text(profile, 'description')?.value[0]?.value;
    if (words && !value.duration && value.hours === undefined) {
      value.durationText ??= words;
      path ??= profile.path;
    }
  }
  // A range of calendar time has no single value.
  if (value.durationText?.includes(' – ')) delete value.duration;
  return path;
}

function levelOf(reading: Reading): Credential['level'] {
  const { read, main, notes, source } = reading;
  const audience = wordsIn(reading, main, ['audienceLevelType']);
  const own = read.text(main, 'level');
  const text = own?.value ?? audience?.value;
  for (const at of read.objects(main, ['atLevel'])) {
    const words = [
      ...(read.text(at, 'frameworkName')?.value ?? []),
      ...(read.text(at, 'targetNodeName', 'name')?.value ?? []),
    ].map((t) => t.value);
    const uris = ['framework', 'targetNode', 'isPartOf']
      .flatMap((name) => read.scalar(at, name)?.value ?? [])
      .map(String);
    const all = [...words, ...uris, typeof at.value['@id'] === 'string' ? at.value['@id'] : ''].join(' ');
    const shown = String(
      read.scalar(at, 'codedNotation')?.value ?? read.text(at, 'targetNodeName', 'name')?.value[0]?.value ?? '',
    );
    const number = /(?:^|level\s*|\s)(\d+(?:[.,]\d+)?)\s*$/i.exec(shown)?.[1] ?? /[/#:](\d)$/.exec(uris.join(' '))?.[1];
    if (
      /\bEQF\b|European Qualifications Framework|esco\/eqf|snb\/eqf/i.test(all) &&
      !/alignment|mapping/i.test(shown)
    ) {
      const eqf = Number(number);
      if (Number.isInteger(eqf) && eqf >= 1 && eqf <= 8) return stated({ eqf, ...(text ? { text } : {}) }, at.path);
      notes.add(at.path, 'not-an-eqf-level', shown || all);
      continue;
    }
    const framework = read.text(at, 'frameworkName')?.value[0]?.value;
    if (!shown) continue;
    const nqf = { level: number ?? shown, ...(framework ? { framework } : {}), ...(number ? { label: shown } : {}) };
    const element: Credential['level'] = stated({ nqf, ...(text ? { text } : {}) }, at.path);
    const eqf = framework && eqfFromNqf(nqf);
    return eqf ? withDerived(element, { nqf, eqf }, at.path, 'nqf-to-eqf') : element;
  }
  const meant = eqfOfAudience(reading);
  if (meant) return stated({ eqf: meant.value, ...(text ? { text } : {}) }, meant.path);
  if (!text) return notStated();
  const element: Credential['level'] = stated({ text }, own?.path ?? audience?.path ?? '');
  const eqf = eqfByLookup(source, text[0]?.value ?? '');
  return eqf ? withDerived(element, { text, eqf }, own?.path ?? audience?.path ?? '', 'source-lookup') : element;
}

/** Whom it is for may be said as a level of the EQF; several levels are no level. */
function eqfOfAudience({ read, main, notes }: Reading): At<number> | undefined {
  const names = ['audienceLevelType', 'educationLevelType'];
  const missing: At<string>[] = [];
  const nodes = read.objects(main, names, (at) => missing.push(at));
  const found = [
    ...missing.flatMap(({ value, path }) => eqfIn([value], path)),
    ...nodes.flatMap((at) => {
      const frame = [
        ...(read.text(at, 'frameworkName')?.value ?? []).map(({ value }) => value),
        String(read.scalar(at, 'framework')?.value ?? ''),
      ].join(' ');
      const said = (read.text(at, 'targetNodeName', 'name')?.value ?? []).map(({ value }) => value);
      const codes = [read.scalar(at, 'targetNode')?.value, at.value['@id']].filter((code) => typeof code === 'string');
      // The framework's name makes a bare "Level 6" a level of the EQF.
      const inFrame = EQF_FRAME.test(frame) ? said.map((text) => `EQF ${text.replace(/^.*\bEQF\b/i, '')}`) : said;
      return eqfIn([...codes, ...inFrame], at.path);
    }),
  ];
  const first = found[0];
  const levels = [...new Set(found.map(({ value }) => value))];
  if (levels.length > 1 && first) notes.add(first.path, 'contradiction', `EQF levels ${levels.join(', ')}`);
  return levels.length === 1 ? first : undefined;
}

const EQF_FRAME = /\bEQF\b|European Qualifications? Framework|esco\/eqf|snb\/eqf/i;

const eqfIn = (said: string[], path: string): At<number>[] => {
  for (const text of said) {
    const level = Number(/(?:snb|esco)\/eqf\/([1-8])$/i.exec(text.trim())?.[1] ?? 0) || eqfInWords(text);
    if (level) return [{ value: level, path }];
  }
  return [];
};

function assessmentOf(reading: Reading, toEarn: At<JsonNode>[]): Pick<CredentialDraft, 'assessment' | 'supervision'> {
  const { read, main } = reading;
  const pointers = [main, ...toEarn].flatMap((at) => read.values(at, 'targetAssessment'));
  const profiles = [main, ...toEarn].flatMap((at) => read.objects(at, ['targetAssessment', 'hasAssessment']));
  const methods = [main, ...profiles].flatMap((at) =>
    [wordsIn(reading, at, ['assessmentMethodType']), ...bareTerms(reading, at, 'assessmentMethodType')].filter(
      (words) => words !== undefined,
    ),
  );
  const words = [
    ...[main, ...profiles].flatMap((at) => read.text(at, 'assessmentMethodDescription') ?? []),
    ...profiles.flatMap((at) => read.text(at, 'description') ?? read.text(at, 'name') ?? []),
  ];
  const text = distinctTexts([...methods, ...words].flatMap(({ value }) => value));
  const codes = [
    ...new Set(methods.flatMap(({ value }) => value.flatMap((t) => assessmentTypes.parse(t.value) ?? []))),
  ];
  const path = methods[0]?.path ?? words[0]?.path ?? pointers[0]?.path;
  const proctored = profiles
    .flatMap((at) => read.scalar(at, 'isProctored') ?? [])
    .find(({ value }) => value === true || value === 'true');
  return {
    // An assessment that must be passed is stated, even when its kind is not.
    assessment: path === undefined ? notStated() : stated({ codes, ...(text.length ? { text } : {}) }, path),
    // Proctored says supervised, not whether anybody checks who sits there; "false" may be only a default.
    supervision: proctored ? stated({ text: [{ language: 'en', value: 'Proctored' }] }, proctored.path) : notStated(),
  };
}

const DELIVERY = table({ OnlineOnly: 'online', InPerson: 'presential', BlendedDelivery: 'blended' });
const WORK = new Set(
  'WorkBased Internship Apprenticeship Practicum CooperativeEducation OnTheJob Cooperative'.split(' '),
);

function participationOf(reading: Reading, at: At<JsonNode>): Credential['participation'] {
  const { read } = reading;
  const words = wordsIn(reading, at, ['learningDeliveryType', 'deliveryType', 'learningMethodType']);
  const more = read.text(at, 'deliveryTypeDescription', 'learningMethodDescription');
  const nodes = read.objects(at, ['learningDeliveryType', 'deliveryType', 'learningMethodType']);
  const terms = [
    ...nodes.flatMap((n) => read.scalar(n, 'targetNode') ?? []),
    ...read.values(at, 'learningDeliveryType', 'deliveryType', 'learningMethodType'),
  ].flatMap(({ value }) => (typeof value === 'string' ? [value.split(/[:/]/).at(-1) ?? ''] : []));
  const codes = [...new Set(terms.flatMap((term) => DELIVERY.get(term) ?? (WORK.has(term) ? 'work-based' : [])))];
  const text = [...(words?.value ?? []), ...(more?.value ?? [])];
  const path =
    words?.path ?? more?.path ?? read.values(at, 'learningDeliveryType', 'deliveryType', 'learningMethodType')[0]?.path;
  return statedIf(codes.length || text.length ? { codes, ...(text.length ? { text } : {}) } : undefined, path ?? '');
}

/** Only what is claimed of the credential itself; what its owner holds stands with the provider. */
function qualityOf({ read, main }: Reading): Credential['qualityAssurance'] {
  const claims: NonNullable<Credential['qualityAssurance']['value']>['claims'] = [];
  let path: string | undefined;
  for (const [property, verb] of [
    ['accreditedBy', 'accredited'],
    ['approvedBy', 'approved'],
    ['recognizedBy', 'recognised'],
    ['regulatedBy', 'regulated'],
  ] as const) {
    const claim = (body: At<JsonNode> | undefined, reference?: string, at = body?.path) => {
      const name = read.text(body, 'name')?.value;
      const url = webUrl(reference ?? read.scalar(body, 'subjectWebpage', 'url')?.value);
      if (!name && !url) return;
      path ??= at;
      claims.push({ name: name?.[0] ? `${verb} by ${name[0].value}` : verb, ...(url ? { url } : {}) });
    };
    const unnamed: At<string>[] = [];
    for (const body of read.objects(main, [property], (at) => unnamed.push(at))) claim(body);
    for (const at of unnamed) claim(undefined, at.value, at.path);
  }
  for (const property of ['accreditedIn', 'approvedIn', 'recognizedIn', 'regulatedIn']) {
    for (const profile of read.objects(main, [property])) {
      for (const body of read.objects(profile, ['assertedBy'])) {
        const name = read.text(body, 'name')?.value[0]?.value;
        if (!name) continue;
        path ??= profile.path;
        claims.push({ name: `${property.slice(0, -2)} by ${name}` });
      }
    }
  }
  return statedIf(claims.length ? { kinds: [], claims } : undefined, path ?? '');
}

function conditionsOf(
  reading: Reading,
  toEarn: At<JsonNode>[],
  named: At<JsonNode>[],
): Pick<CredentialDraft, 'prerequisites' | 'conditionsToEarn'> {
  const { read, main } = reading;
  const words = (at: At<JsonNode>) => read.text(at, 'description', 'condition') ?? read.text(at, 'name');
  const entry = [
    ...[...read.objects(main, ['entryCondition', 'prerequisite']), ...named].flatMap((at) => words(at) ?? []),
    ...(read.text(main, 'entryRequirements') ? [read.text(main, 'entryRequirements') as At<LangString[]>] : []),
  ];
  const earn = toEarn.flatMap((at) => read.text(at, 'description', 'condition') ?? []);
  return { prerequisites: textElement(joined(entry)), conditionsToEarn: textElement(joined(earn)) };
}

function joined(texts: At<LangString[]>[]): At<LangString[]> | undefined {
  const value = joinTexts(texts.flatMap((text) => text.value));
  return texts[0] && value.length ? { value, path: texts[0].path } : undefined;
}

const textElement = (at: At<LangString[]> | undefined) => statedIf(at?.value, at?.path ?? '');

/** The names of alignment objects (`targetNodeName`), or plain text, or the last part of a term's address. */
function wordsIn({ read }: Reading, at: At<JsonNode>, names: string[]): At<LangString[]> | undefined {
  const out: LangString[] = [];
  let path: string | undefined;
  for (const node of read.objects(at, names)) {
    const words = read.text(node, 'targetNodeName', 'name', 'prefLabel');
    if (!words) continue;
    path ??= node.path;
    out.push(...words.value);
  }
  return path === undefined ? undefined : { value: out, path };
}

/** Terms given without a name (`assessMethod:Exam`): the last part of the term, which is English in CTDL. */
const bareTerms = ({ read }: Reading, at: At<JsonNode>, name: string): At<LangString[]>[] =>
  [
    ...read.values(at, name),
    ...read
      .objects(at, [name])
      .flatMap((node) =>
        read.text(node, 'targetNodeName', 'name', 'prefLabel') ? [] : read.values(node, 'targetNode'),
      ),
  ].flatMap(({ value, path }) => {
    const term =
      typeof value === 'string'
        ? value
            .split(/[:/]/)
            .at(-1)
            ?.replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
        : '';
    return term ? [{ value: [{ language: 'en', value: term }], path }] : [];
  });

function wordsElement(reading: Reading, names: string[]): Credential['targetGroup'] {
  const words = wordsIn(reading, reading.main, names);
  return statedIf(words && { codes: [], text: words.value }, words?.path ?? '');
}

function fieldsOf({ read, main }: Reading): Credential['fields'] {
  const values = read.objects(main, ['instructionalProgramType', 'subject']).flatMap((at) => {
    const text = read.text(at, 'targetNodeName', 'name')?.value;
    const scheme = read.text(at, 'frameworkName')?.value[0]?.value;
    const code = read.scalar(at, 'codedNotation')?.value;
    return fieldIn(scheme, code === undefined ? undefined : String(code), text);
  });
  const plain = read.text(main, 'field')?.value.map((text) => ({ text: [text] })) ?? [];
  const first = read.values(main, 'instructionalProgramType', 'subject', 'field')[0];
  return statedIf([...values, ...plain], first?.path ?? '');
}

function alignments({ read, main }: Reading): Pick<CredentialDraft, 'occupations' | 'skills'> {
  const list = (names: string[]) =>
    read.objects(main, names).flatMap((at) => {
      const text = read.text(at, 'targetNodeName', 'targetName', 'name')?.value;
      const uri = [read.scalar(at, 'targetNode', 'targetUrl', 'target')?.value].find(
        (v) => typeof v === 'string' && /^https?:/i.test(v),
      ) as string | undefined;
      const framework =
        read.text(at, 'frameworkName')?.value[0]?.value ?? read.scalar(at, 'framework', 'targetFramework')?.value;
      if (!text && !uri) return [];
      return [
        { ...(text ? { text } : {}), ...(uri ? { uri } : {}), ...(typeof framework === 'string' ? { framework } : {}) },
      ];
    });
  return {
    occupations: statedIf(list(['occupationType']), read.values(main, 'occupationType')[0]?.path ?? ''),
    skills: statedIf(list(['aligns']), read.values(main, 'aligns')[0]?.path ?? ''),
  };
}

function languagesOf({ read, main, notes }: Reading): Credential['languages'] {
  const values = read.values(main, 'inLanguage', 'language');
  const tags = values.flatMap(({ value, path }) => readLanguages(notes, isNode(value) ? value['@value'] : value, path));
  return statedIf([...new Set(tags)], values[0]?.path ?? '');
}

const costProfiles = (read: JsonLdReader, at: At<JsonNode>): At<JsonNode>[] => [
  ...read.objects(at, ['estimatedCost']),
  ...read.objects(at, ['commonCosts']).flatMap((m) => read.objects(m, ['estimatedCost'])),
];

/** Who helps to pay, and what is said of a price beside its amount and name. */
function fundingOf({ read, main }: Reading): NonNullable<CredentialDraft['funding']> {
  const texts = [
    ...read
      .objects(main, ['financialAssistance'])
      .flatMap((at) => [
        ...(read.text(at, 'name') ? [read.text(at, 'name') as At<LangString[]>] : []),
        ...(read.text(at, 'description') ? [read.text(at, 'description') as At<LangString[]>] : []),
      ]),
    ...costProfiles(read, main).flatMap((at) => (read.scalar(at, 'price') ? (read.text(at, 'description') ?? []) : [])),
  ];
  return textElement(joined(texts));
}

/** A price with what it is paid for (tuition, application, …). */
interface Cost {
  price: Price;
  type: string;
}

/** One of several costs is nothing and another is not: then it is not free, though the application may be. */
const isPartOfCosts = ({ price, type }: Cost, all: readonly Cost[]): boolean =>
  price.amount === 0 &&
  all.some(
    (other) =>
      (other.price.amount ?? 0) > 0 &&
      (other.price.audience === price.audience ||
        (type !== '' && other.type !== type && other.price.audience === undefined)),
  );

const inWords = ({ amount, currency, text, ...rest }: Price): Price => ({
  ...rest,
  text: [text, [amount, currency].filter((part) => part !== undefined).join(' ')].filter(Boolean).join(': '),
});

/** Costs of earning it; what renewal costs is another matter. */
function pricesOf(reading: Reading, at: At<JsonNode>): Price[] {
  const { read, notes } = reading;
  const profiles = costProfiles(read, at);
  const costs = profiles.flatMap((profile): Cost[] => {
    const amount = number(read.scalar(profile, 'price'), notes);
    const money = read.scalar(profile, 'currency', 'priceCurrency');
    const currency = money && currencyIn(notes, money);
    // Beside an amount the description is about who pays, or when: it stands with the funding.
    const words = (amount === undefined ? ['name', 'description'] : ['name'])
      .map((name) => read.text(profile, name)?.value[0]?.value)
      .filter(Boolean);
    const audience = ['residencyType', 'audienceType']
      .flatMap((name) => read.objects(profile, [name]))
      .map((node) => read.text(node, 'targetNodeName')?.value[0]?.value)
      .filter(Boolean);
    const type = [
      ...(wordsIn(reading, profile, ['directCostType'])?.value ?? []),
      ...bareTerms(reading, profile, 'directCostType').flatMap(({ value }) => value),
    ]
      .map(({ value }) => value)
      .join(', ');
    if (type && !words.some((text) => text?.toLowerCase().includes(type.toLowerCase()))) words.unshift(type);
    if (amount === undefined && !words.length) return [];
    const price = {
      ...(amount !== undefined ? { amount } : {}),
      ...(amount !== undefined && currency ? { currency } : {}),
      ...(audience.length ? { audience: audience.join(', ') } : {}),
      ...(words.length ? { text: words.join(': ') } : {}),
    };
    return [{ price, type }];
  });
  const prices = costs.map((cost) => (isPartOfCosts(cost, costs) ? inWords(cost.price) : cost.price));
  const plain = read.scalar(at, 'price');
  const amount = plain && number(plain, notes);
  if (amount !== undefined) {
    const money = read.scalar(at, 'priceCurrency');
    const currency = money && currencyIn(notes, money);
    prices.push({ amount, ...(currency ? { currency } : {}) });
  }
  return prices;
}

/** What the registry's own publishing tools write for ISO 4217 codes. */
const CURRENCY_NAMES = table({
  'us dollar': 'USD',
  euro: 'EUR',
  'pound sterling': 'GBP',
  'canadian dollar': 'CAD',
});

const currencyIn = (notes: Notes, { value, path }: At<unknown>): string | undefined =>
  CURRENCY_NAMES.get(String(value).toLowerCase()) ?? readCurrency(notes, value, path);

const STATUS = /^(ceased|deprecated|suspended|superseded|probationary|teachout|ceasing|developing)$/i;

function furtherOf(reading: Reading): Credential['furtherInformation'] {
  const { read, main, notes } = reading;
  const texts: At<LangString[]>[] = [];
  const add = (at: At<LangString[]> | undefined) => {
    if (at) texts.push(at);
  };
  add(read.text(main, 'content'));
  const label = (name: string, at: At<LangString[]> | undefined) =>
    add(at && { value: at.value.map((text) => ({ ...text, value: `${name}: ${text.value}` })), path: at.path });
  label('keyword', read.text(main, 'keyword'));
  for (const at of read.objects(main, ['renewal'])) label('renewal', read.text(at, 'description', 'name', 'condition'));
  for (const at of read.objects(main, ['availableAt'])) {
    const place = read.objects(at, ['address'])[0] ?? at;
    const words = [read.text(at, 'name'), read.text(place, 'addressLocality'), read.text(place, 'addressRegion')];
    const named = words.flatMap((found) => found?.value[0] ?? []);
    const language = named[0]?.language ?? 'und';
    const value = [...new Set(named.map((text) => text.value))].join(', ');
    if (value) label('availableAt', { value: [{ language, value }], path: at.path });
  }
  for (const name of ['dateEffective', 'expirationDate']) {
    const at = read.scalar(main, name);
    if (!at) continue;
    const date = readDate(notes, at.value, at.path);
    if (date) add({ value: [{ language: 'zxx', value: `${name}: ${date}` }], path: at.path });
  }
  for (const at of read.objects(main, ['lifeCycleStatusType', 'credentialStatusType'])) {
    const name =
      String(read.scalar(at, 'targetNode')?.value ?? read.text(at, 'targetNodeName')?.value[0]?.value ?? '')
        .split(/[:/]/)
        .at(-1) ?? '';
    if (!STATUS.test(name)) continue;
    notes.add(at.path, 'not-active', name, 'take the record out of the feed when it is no longer awarded');
    add({ value: [{ language: 'en', value: `Status: ${name}` }], path: at.path });
  }
  const renewal = read.scalar(main, 'renewalFrequency');
  const links = read
    .values(main, 'availableOnlineAt', 'availabilityListing')
    .flatMap(({ value }) => webUrl(isNode(value) ? value['@id'] : value) ?? []);
  const text = joined(texts);
  if (!text && !links.length && !renewal) return notStated();
  return stated(
    { ...(text ? { text: text.value } : {}), links, ...(renewal ? { validity: String(renewal.value) } : {}) },
    text?.path ?? renewal?.path ?? read.values(main, 'availableOnlineAt', 'availabilityListing')[0]?.path ?? '',
  );
}

// --- runs and relations --------------------------------------------------------------------------------------------

/** The record's own runs and those of the learning it requires: CTDL defines offerings on courses, not on credentials. */
function opportunitiesOf(reading: Reading, prefix: string, linked: At<JsonNode>[]): Opportunity[] {
  const { read, main, notes } = reading;
  const offerings = [main, ...linked].flatMap((at) => read.objects(at, ['hasOffering']));
  const out: Opportunity[] = [];
  for (const run of offerings.map((at) => offering(reading, at))) {
    if (!run.id || !out.some((other) => other.id === run.id)) out.push(run);
  }
  const date = (name: string) => {
    const at = read.scalar(main, name);
    return at && readDate(notes, at.value, at.path);
  };
  const start = date('startDate');
  const end = date('endDate');
  const deadline = date('registrationDeadline');
  if (start && deadline && deadline > start) {
    notes.add('/main/registrationDeadline', 'deadline-after-start', `${deadline} after ${start}`);
  }
  if (start || end || deadline) {
    const url = webUrl(read.scalar(main, 'url')?.value);
    const prices = pricesOf(reading, main);
    out.push(
      compactRun<Opportunity>({
        id: [start ?? '', deadline ?? '', end ?? ''].join('/').replace(/\/+$/, ''),
        path: `${prefix}/main`,
        startDate: start,
        endDate: end,
        applicationDeadline: deadline,
        prices: prices.length ? prices : undefined,
        url,
      }),
    );
  }
  return out;
}

function offering(reading: Reading, at: At<JsonNode>): Opportunity {
  const { read } = reading;
  const place = read.objects(at, ['availableAt'])[0];
  const address = addressIn(reading, read.objects(place, ['address'])[0] ?? place);
  const name = read.text(at, 'name');
  const venue = [read.text(place, 'name')?.value[0]?.value, address.locality].filter(Boolean).join(', ');
  const mode = participationOf(reading, at).value;
  const stay: WorkloadValue = {};
  durations(reading, at, stay);
  const prices = pricesOf(reading, at);
  const own = read.scalar(at, 'ctid')?.value ?? at.value['@id'];
  const url = webUrl(read.scalar(at, 'subjectWebpage', 'availabilityListing', 'availableOnlineAt')?.value);
  return compactRun<Opportunity>({
    id: typeof own === 'string' && !own.startsWith('_:') ? referenceKey(own) : '',
    path: at.path,
    name: name?.value,
    place: venue || undefined,
    ...address,
    duration: stay.duration,
    durationText: stay.durationText,
    hours: stay.hours,
    participation: mode?.codes.length ? mode.codes : undefined,
    participationText: mode?.text?.map((t) => t.value).join('; '),
    prices: prices.length ? prices : undefined,
    url,
  });
}

const RELATIONS: [property: string, type: RelationType][] = [
  ['isPartOf', 'partOf'],
  ['hasPart', 'hasPart'],
  ['isPreparationFor', 'stacksInto'],
  ['isAdvancedStandingFor', 'stacksInto'],
  ['isRequiredFor', 'stacksInto'],
  ['preparationFrom', 'requires'],
  ['sameAs', 'sameAs'],
];

function relationsOf(reading: Reading, toEarn: At<JsonNode>[]): Relation[] {
  const { read, main, source } = reading;
  const out: Relation[] = [];
  const add = (type: RelationType, target: string, path: string, label?: LangString[]) => {
    if (!out.some((r) => r.type === type && r.target === target))
      out.push({ type, target, ...(label ? { label } : {}), origin: { path } });
  };
  const follow = (type: RelationType, from: At<JsonNode>, names: string[]) => {
    const targets = read.objects(from, names, ({ value, path }) => {
      if (/^(https?|urn):/i.test(value)) add(type, value, path);
    });
    for (const at of targets) {
      const types = read.types(at);
      if (types.includes('ConditionProfile')) {
        follow(type, at, ['targetCredential', 'targetLearningOpportunity']);
        continue;
      }
      const id = read.scalar(at, 'ctid')?.value ?? at.value['@id'];
      if (typeof id !== 'string' || id.startsWith('_:')) continue;
      const known = at.path.startsWith('/nodes/') && types.some((t) => credentialKind(t));
      add(type, known ? mintCredentialId(source.id, referenceKey(id)) : id, at.path, read.text(at, 'name')?.value);
    }
  };
  for (const [property, type] of RELATIONS) follow(type, main, [property]);
  for (const at of toEarn) follow('requires', at, ['targetCredential']);
  return out;
}

function stackabilityOf(relations: Relation[]): Credential['stackability'] {
  const up = relations.find((r) => r.type === 'stacksInto' || r.type === 'partOf');
  return statedIf(up && { code: 'stackable' as const }, up?.origin.path ?? '');
}

function alternatesOf({ read, main }: Reading, identifier: string, page: string | undefined): string[] {
  const own = main.value['@id'] ?? main.value.id;
  const ctid = read.scalar(main, 'ctid')?.value;
  return [...new Set([own, ctid, page])].filter(
    (text): text is string => typeof text === 'string' && !text.startsWith('_:') && text !== identifier,
  );
}

function modified({ read, main }: Reading): Pick<CredentialDraft, 'sourceModified'> {
  const at = read.scalar(main, 'dateModified', 'modified');
  return at && isoDate(at.value) ? { sourceModified: String(at.value) } : {};
}

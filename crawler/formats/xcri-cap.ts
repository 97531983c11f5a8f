import {
  type Credential,
  type CredentialDraft,
  completeCredential,
  type LevelValue,
  notStated,
  type Opportunity,
  Problem,
  type Provider,
  type ProviderReference,
  providerIdentifierFromName,
  type SourceDefinition,
  stated,
  statedIf,
  table,
  type WorkloadValue,
  withDerived,
} from '../../schema/index.ts';
import { countryCode } from '../../schema/parse/country.ts';
import { parseDuration } from '../../schema/parse/duration.ts';
import { languageTag } from '../../schema/parse/language.ts';
import { decimal } from '../../schema/parse/number.ts';
import { parsePrices } from '../../schema/parse/price.ts';
import { isFiller, plainText, splitOutcomes } from '../../schema/parse/text.ts';
import { webUrl } from '../../schema/parse/url.ts';
import { assessmentTypes, credentialKinds } from '../../schema/vocabularies/index.ts';
import { eqfFromNqf } from '../../schema/vocabularies/nqf-to-eqf.ts';
import { createSpool } from '../decode/spool.ts';
import type { XmlElement } from '../decode/xml-element.ts';
import { xmlRecords } from '../decode/xml-records.ts';
import { all, first, type Place, textOf, texts, toElement, typeOf, withoutPictures } from '../decode/xml-tree.ts';
import type { Format, Normalised, RawRecord, RecordFault } from '../format.ts';
import { type Bodies, type BodyFacts, createBodies, defaultCountry, referenceTo } from '../normalise/bodies.ts';
import { readCountry, readLanguages, readUrl } from '../normalise/codes.ts';
import { checkOrder, dateIn } from '../normalise/dates.ts';
import { fieldIn } from '../normalise/fields.ts';
import { eqfInWords } from '../normalise/level.ts';
import { isEcts, readQuantity } from '../normalise/numbers.ts';
import { compactRun, fillFromRuns, saidBy } from '../normalise/opportunities.ts';
import { codesIn } from '../normalise/texts.ts';
import { refuseTitle, turnAway } from '../normalise/titles.ts';
import { LEFT_OUT, type LeftOut, leaveOutPersons, tellLeftOut } from '../persons/door.ts';
import { membersRead } from '../persons/members-read.ts';
import { createNotes, type Notes, problemOf } from '../problems/notes.ts';
import { fault } from '../problems/rules.ts';

/** One course with what its provider says of itself; pictures are left out. */
interface RawCourse {
  provider?: XmlElement;
  course: XmlElement;
  /** What the reader had to mend in the document up to here. */
  notes?: Problem[];
  [LEFT_OUT]?: string;
}

/**
 * XCRI-CAP 1.2 (BS 8581, a profile of EN 15982 MLO), also 1.1 and home-grown namespaces: catalog › provider ›
 * course › presentation. Elements are known by local name, because namespaces and prefixes differ between feeds.
 *
 * One file, because it is one mapping table; its tools are in `crawler/decode/`.
 *
 * Decisions:
 * - A course waits until its provider ends (on disk beyond 16 MB): the provider's address stands after its courses.
 * - A `dtf` or `interval` attribute is what a machine should read and wins over the text; a contradiction is reported.
 * - "Distance without attendance" is distance learning, not necessarily online: XCRI has its own code (ON) for online.
 *   So it is kept as text, without a code of the vocabulary mode-of-learning.
 * - Credits keep the scheme that the source names; they are ECTS only when that name says ECTS.
 * - `mlo:objective` is what the course is for (purpose); learning outcomes are only what stands in `learningOutcome`.
 */
export const xcriCap: Format = {
  name: 'xcri-cap',
  title: 'XCRI-CAP 1.2 (eXchanging Course Related Information, Course Advertising Profile)',
  specification: 'https://xcri.org/profiles/1.2/catalog',
  mediaTypes: ['application/xcri+xml', 'application/xml', 'text/xml'],
  version: 4,
  reads: (member) => READS(member),

  detect({ text }) {
    const start = text.trimStart().slice(0, 20_000);
    if (!start.startsWith('<') || /^<(!doctype html|html)/i.test(start)) return 0;
    if (/xcri\.(org|co\.uk)/i.test(start) && /<(\w+:)?(catalog|provider|course)[\s>]/.test(start)) return 0.98;
    return /<(\w+:)?catalog[\s>]/.test(start) && /<(\w+:)?course[\s>]/.test(text) ? 0.4 : 0;
  },

  async *records(body, page) {
    const spool = createSpool<{ course: Kept; path: string; notes: Problem[] }>();
    const seen = new Map<string, { key: string; times: number }>();
    let provider: XmlElement | undefined;
    async function* drain(): AsyncGenerator<RawRecord | RecordFault> {
      const own = provider && kept(provider);
      for await (const { course, path, notes } of spool.drain()) yield rawRecord(course, own, path, notes, seen);
      provider = undefined;
    }
    try {
      const items = xmlRecords(body, {
        records: ['course'],
        containers: ['catalog', 'provider'],
        what: 'an XCRI-CAP catalogue',
        ...(page.charset ? { charset: page.charset } : {}),
      });
      for await (const item of items) {
        if ('record' in item) {
          provider = item.containers.findLast((c) => c.name === 'provider') ?? provider;
          await spool.push({ course: kept(item.record), path: item.path, notes: item.notes });
        } else if ('ended' in item) {
          if (item.ended.name === 'provider') provider = item.ended;
          yield* drain();
        } else {
          if (item.incomplete) yield* drain();
          yield item;
        }
      }
      yield* drain();
    } finally {
      await spool.dispose();
    }
  },

  normalise(raw, source, identifier, parts) {
    return normalise(rawCourse(raw), source, identifier, parts.map(rawCourse));
  },
};

/** A stored raw record, checked: what has another shape is not there. */
function rawCourse(raw: unknown): Partial<RawCourse> {
  const { provider, course, notes } = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const body = toElement(provider);
  const record = toElement(course);
  return {
    ...(body ? { provider: body } : {}),
    ...(record ? { course: record } : {}),
    ...(Array.isArray(notes) ? { notes: notes.filter((note) => Problem.safeParse(note).success) } : {}),
  };
}

/** An element as it is kept, and what of it stayed outside. */
interface Kept {
  element: XmlElement;
  left: [string, number][];
}

/** Before a course waits on disk, or is named in a report. */
function kept(element: XmlElement): Kept {
  const left: LeftOut = new Map();
  const out = leaveOutPersons(withoutPictures(element), left, { reads: READS }) as XmlElement | undefined;
  return { element: out ?? { name: element.name }, left: [...left] };
}

/** Gives a course its identifier: its own plain one (an address before a code), a typed one, or its page. */
function rawRecord(
  { element: course, left }: Kept,
  from: Kept | undefined,
  path: string,
  notes: Problem[],
  seen: Map<string, { key: string; times: number }>,
): RawRecord | RecordFault {
  const provider = from?.element;
  const at = { element: course, path: '/course' };
  const title = textOf(first(at, 'title'));
  const chosen = identifiersOf(at)[0] ?? webUrl(textOf(first(at, 'url', 'link')));
  if (!chosen) {
    const name = provider && textOf(first({ element: provider, path: '' }, 'title'));
    return fault(
      null,
      path,
      'missing-identifier',
      `course "${title ?? '(no title)'}" of ${name ?? 'an unnamed provider'}`,
      'give the course a dc:identifier, best the address of its page',
    );
  }
  const outside = tellLeftOut([...(from?.left ?? []), ...left]);
  const raw: RawCourse = {
    ...(provider ? { provider } : {}),
    course,
    ...(notes.length ? { notes } : {}),
    ...(outside ? { [LEFT_OUT]: outside } : {}),
  };
  const providerId = provider && identifiersOf({ element: provider, path: '' })[0];
  const key = `${providerId ?? ''}\n${title ?? ''}`;
  const before = seen.get(chosen);
  if (!before) {
    seen.set(chosen, { key, times: 1 });
    return { identifier: chosen, path, raw };
  }
  // The same course once more (its further presentations), or another course that wrongly has the same identifier.
  before.times++;
  if (before.key === key) return { identifier: chosen, part: `again-${before.times}`, path, raw };
  const own = `${chosen}#${[providerId, title].filter(Boolean).join(' ')}`;
  const again = seen.get(own);
  if (again) {
    again.times++;
    return { identifier: own, part: `again-${again.times}`, path, raw };
  }
  seen.set(own, { key, times: 1 });
  const note = problemOf('/course/identifier', 'identifier-used-twice', chosen);
  return { identifier: own, path, raw: { ...raw, notes: [...notes, note] } };
}

function identifiersOf(at: Place): string[] {
  const rank = (place: Place, text: string) => (typeOf(place) ? 2 : 0) + (/^(https?|urn):/i.test(text) ? 0 : 1);
  return all(at, 'identifier')
    .map((place) => ({ place, text: place.element.text?.trim() ?? '' }))
    .filter(({ text }) => text && !isFiller(text))
    .sort((a, b) => rank(a.place, a.text) - rank(b.place, b.text))
    .map(({ text }) => text);
}

function normalise(
  raw: Partial<RawCourse>,
  source: SourceDefinition,
  identifier: string,
  parts: readonly Partial<RawCourse>[],
): Normalised {
  const notes = createNotes(raw.notes);
  if (!raw.course) return turnAway(notes, identifier, '', 'not-a-record', raw, 'harvest the record again');

  const language = source.defaults.language;
  const course: Place = { element: raw.course, path: '/course' };
  const titles = all(course, 'title');
  const title = texts(titles, language) ?? [];
  const refused = refuseTitle(notes, identifier, '/course/title', title, titles[0]?.element.text);
  if (refused) return refused;

  const bodies = createBodies(source);
  const offered = raw.provider
    ? bodies.add(providerFacts({ element: raw.provider, path: '/provider' }, source, notes))
    : undefined;
  const provider = offered && bodies.get(offered.id);
  const qualifications = all(course, 'qualification');
  const awardedBy = qualifications.flatMap((q) => all(q, 'awardedBy'));
  const awarding = awardedBy.flatMap((at) => awardingBody(at, source, provider, bodies) ?? []);
  const typed = new Map<string, Place[]>();
  for (const at of all(course, 'description')) {
    const type = typeOf(at)?.toLowerCase() ?? '';
    const key = DESCRIPTION_TYPES.get(type) ?? (type ? 'further' : 'description');
    typed.set(key, [...(typed.get(key) ?? []), at]);
  }
  const ofType = (key: string) => typed.get(key) ?? [];
  const several = (places: Place[]) => statedIf(texts(places, language), places[0]?.path ?? '/course');

  const opportunities: Opportunity[] = [];
  const presentations = all(course, 'presentation');
  parts.forEach((part, i) => {
    if (part?.course)
      presentations.push(...all({ element: part.course, path: `/parts[${i + 1}]/course` }, 'presentation'));
  });
  const known = new Map<string, Set<string>>();
  for (const at of presentations) {
    const opportunity = presentation(at, language, notes);
    if (opportunity.id) {
      const alike = known.get(opportunity.id) ?? new Set();
      if (alike.has(saidBy(opportunity))) continue;
      if (alike.size) notes.add(`${at.path}/identifier`, 'run-identifier-used-twice', opportunity.id);
      known.set(opportunity.id, alike.add(saidBy(opportunity)));
    }
    opportunities.push(opportunity);
  }

  const credits = all(course, 'credit');
  const workload = workloadFrom(course, credits, ofType('hours'), notes);
  const outcomes = [...all(course, 'learningOutcome'), ...ofType('learningOutcome')];
  const assessment = [...all(course, 'assessment'), ...ofType('assessment')];
  const assessmentText = texts(assessment, language);
  const accredited = qualifications.flatMap((q) => all(q, 'accreditedBy')).filter((at) => textOf(at));
  const entry = [
    ...all(course, 'prerequisite', 'entryRequirements'),
    ...ofType('prerequisite'),
    ...presentations.slice(0, 1).flatMap((p) => all(p, 'prerequisite', 'entryRequirements')),
  ];
  const further = [
    ...all(course, 'applicationProcedure', 'engagement'),
    ...ofType('further'),
    ...qualifications.flatMap((q) => all(q, 'description')),
  ];
  const furtherText = texts(further, language);
  const url =
    webUrl(textOf(first(course, 'url', 'link'))) ?? (/^https?:/i.test(identifier) ? webUrl(identifier) : undefined);
  const age = opportunities.length
    ? presentations.flatMap((p) => all(p, 'age')).filter((at) => !/^any$/i.test(textOf(at) ?? 'any'))
    : [];
  const targets = [...ofType('target'), ...age];
  const targetText = texts(targets, language);
  unmapped(course, COURSE_ELEMENTS, notes);
  for (const at of presentations) unmapped(at, PRESENTATION_ELEMENTS, notes);

  const draft: CredentialDraft = {
    source: source.id,
    identifier,
    alternates: alternates(course, identifier, url),
    ...(url ? { url } : {}),
    title: stated(title, titles[0]?.path ?? '/course/title'),
    awardingBody: awarding.length
      ? stated(awarding, awardedBy[0]?.path ?? '/course/qualification')
      : bodies.defaultAwardingBody(),
    ...(offered ? { offeredBy: stated([offered], '/provider') } : {}),
    issuerCountry: issuerCountry(source, provider, awarding),
    description: description(course, ofType('description'), language),
    purpose: several([...all(course, 'objective'), ...ofType('purpose')]),
    learningOutcomes: statedIf(
      outcomes.flatMap((at) =>
        splitOutcomes(textOf(at) ?? '').map((value) => ({
          text: [{ language: languageTag(at.element.language) ?? language ?? 'und', value }],
        })),
      ),
      outcomes.find((at) => textOf(at))?.path ?? '/course/learningOutcome',
    ),
    workload,
    level: levelFrom(qualifications, credits, language),
    kind: kindFrom(qualifications, language),
    assessment: statedIf(
      assessmentText && { codes: codesIn(assessmentTypes, assessmentText), text: assessmentText },
      assessment.find((at) => textOf(at))?.path ?? '',
    ),
    qualityAssurance: statedIf(
      accredited.length
        ? { kinds: [], claims: accredited.map((at) => ({ text: texts([at], language) ?? [] })) }
        : undefined,
      accredited[0]?.path ?? '',
    ),
    prerequisites: several(entry.filter((at) => textOf(at))),
    fields: statedIf(
      all(course, 'subject').flatMap((at) => field(at, language)),
      '/course/subject',
    ),
    furtherInformation: statedIf(
      furtherText && { text: furtherText, links: [] },
      further.find((at) => textOf(at))?.path ?? '',
    ),
    stackability: statedIf(
      texts(ofType('leadsTo'), language) && { text: texts(ofType('leadsTo'), language) ?? [] },
      ofType('leadsTo')[0]?.path ?? '',
    ),
    targetGroup: statedIf(targetText && { codes: [], text: targetText }, targets[0]?.path ?? ''),
    opportunities,
  };
  return {
    credential: completeCredential(fillFromRuns(draft, language)),
    providers: bodies.all(),
    problems: notes.problems,
  };
}

/** `xsi:type` of a description (XCRI terms 1.1 and 1.2) → where it belongs; types not named here are further information. */
const DESCRIPTION_TYPES = table({
  aim: 'purpose',
  objective: 'purpose',
  learningoutcome: 'learningOutcome',
  assessment: 'assessment',
  assessmentstrategy: 'assessment',
  prerequisite: 'prerequisite',
  prerequisites: 'prerequisite',
  entryrequirements: 'prerequisite',
  leadsto: 'leadsTo',
  suitablefor: 'target',
  targetgroup: 'target',
  studyhours: 'hours',
  description: 'description',
  abstract: 'description',
});

const COURSE_ELEMENTS = new Set(
  (
    'identifier title description abstract subject url link assessment prerequisite entryRequirements qualification credit presentation ' +
    'learningOutcome objective applicationProcedure engagement'
  ).split(' '),
);
const PRESENTATION_ELEMENTS = new Set(
  (
    'identifier title url link start end duration applyFrom applyUntil applyTo studyMode attendanceMode attendancePattern ' +
    'languageOfInstruction cost venue age prerequisite entryRequirements location engagement'
  ).split(' '),
);

/** Elements and attributes of other places that are read as well. */
const READS = membersRead(
  COURSE_ELEMENTS,
  PRESENTATION_ELEMENTS,
  'catalog provider course qualification awardedBy accreditedBy educationLevel leadsTo credit level scheme value ' +
    'hours town address postcode street country type dtf interval href generated',
);

function unmapped(at: Place, known: ReadonlySet<string>, notes: Notes): void {
  for (const child of at.element.children ?? []) {
    if (known.has(child.name) || !(child.text || child.children?.length)) continue;
    notes.add(`${at.path}/${child.name}`, 'not-mapped', child.text ?? child.name, 'kept in the raw record only');
  }
}

/** What the qualification calls itself; its kind is derived, because the title is only words. */
function kindFrom(qualifications: Place[], language: string | undefined): Credential['kind'] {
  const named = qualifications
    .flatMap((q) => all(q, 'title'))
    .find((at) => textOf(at) && !VAGUE.test(textOf(at) ?? ''));
  const text = named && texts([named], language);
  if (!named || !text) return notStated();
  const said = text[0]?.value ?? '';
  // Only where the title is nothing but the kind: a name such as "Course in …" is a name.
  const exact = /^(?:eu )?micro-?\s?credential$/i.test(said) ? credentialKinds.parse('micro-credential') : undefined;
  const element: Credential['kind'] = stated({ ...(exact ? { code: exact } : {}), text }, named.path);
  const code = exact ? undefined : awardKind(said);
  return code ? withDerived(element, { code, text }, named.path, 'uk-qualification-title') : element;
}

const VAGUE =
  /^(may lead to|leads? to|contributes? to|various|a variety|variety of|not applicable|no qualification|none)\b/i;

/** Kinds by the titles that the UK frameworks reserve for them (QAA, FHEQ/FQHEIS 2014, §4; RQF). */
function awardKind(title: string): string | undefined {
  if (
    /^(B(A|Sc|Eng|Ed|Mus|N)|LLB|M(A|Sc|Eng|Ed|Math|Phys|Chem|Res|Phil|BA|PA)|LLM|PhD|DPhil|EdD)\b|\b(foundation|bachelor|master)('?s)? degree\b|^doctora/i.test(
      title,
    )
  ) {
    return 'degree';
  }
  if (/\bdiploma\b/i.test(title)) return 'diploma';
  if (/\bcertificate\b|^PGCE\b|^CertHE\b/i.test(title)) return 'certificate';
  return undefined;
}

function description(course: Place, places: Place[], language: string | undefined) {
  const body = texts(places, language);
  const abstracts = all(course, 'abstract');
  const abstract = texts(abstracts, language);
  if (!body) return statedIf(abstract, abstracts.find((at) => textOf(at))?.path ?? '');
  // Many feeds cut the abstract out of the description; only one that says something else is put before it.
  const value = body.map((text) => {
    const short = abstract?.find((a) => a.language === text.language)?.value;
    const repeated =
      !short || text.value.startsWith(short.slice(0, Math.max(20, short.length - 20)).replace(/(\.\.\.|…)$/, ''));
    return repeated || text.value.includes(short) ? text : { ...text, value: `${short}\n\n${text.value}` };
  });
  for (const text of abstract ?? []) if (!value.some((v) => v.language === text.language)) value.push(text);
  return stated(value, places.find((at) => textOf(at))?.path ?? '/course/description');
}

function field(at: Place, language: string | undefined) {
  return fieldIn(typeOf(at), at.element.attributes?.identifier?.trim() || undefined, texts([at], language));
}

function workloadFrom(course: Place, credits: Place[], hours: Place[], notes: Notes): Credential['workload'] {
  const value: WorkloadValue = {};
  for (const at of credits) {
    const scheme = textOf(first(at, 'scheme'));
    const level = textOf(first(at, 'level'));
    const stands = first(at, 'value');
    const amount = number(stands, notes);
    if (amount === 0) {
      notes.add(
        stands?.path ?? at.path,
        'zero-credits',
        `0 credits${scheme ? ` (${scheme})` : ''}`,
        'leave the value out when there are no credits',
      );
    }
    if (amount === undefined && level === undefined) continue;
    if (isEcts(scheme)) {
      if (amount !== undefined) value.ects = amount;
      continue;
    }
    if (!scheme) notes.add(at.path, 'credits-without-unit', textOf(stands));
    value.credits ??= [];
    value.credits.push({
      scheme: scheme ?? 'not named',
      ...(amount === undefined ? {} : { value: amount }),
      ...(level ? { level } : {}),
    });
  }
  for (const at of hours) {
    const amount = /^(\d+(?:\.\d+)?)\s*(?:h|hrs?|hours?)?$/i.exec(textOf(at) ?? '')?.[1];
    const negative = /^-\d/.test(textOf(at) ?? '');
    if (amount) value.hours = Number(amount);
    else if (negative) notes.add(at.path, 'negative-number', textOf(at));
    else if (textOf(at)) value.durationText = textOf(at);
  }
  return statedIf(Object.keys(value).length ? value : undefined, credits[0]?.path ?? hours[0]?.path ?? course.path);
}

/** A number that can be credits: not negative, else noted and not stated. */
const number = (at: Place | undefined, notes: Notes): number | undefined =>
  at && readQuantity(notes, textOf(at), at.path);

function levelFrom(qualifications: Place[], credits: Place[], language: string | undefined): Credential['level'] {
  const words = qualifications.flatMap((q) => all(q, 'educationLevel', 'level')).filter((at) => textOf(at));
  const text = texts(words, language);
  // Credit levels are levels of a framework only where the scheme is one: SCQF and CQFW are credit and qualifications frameworks.
  const inFramework = credits.flatMap((at) => {
    const framework = /^(SCQF|CQFW)\b/i.exec(textOf(first(at, 'scheme')) ?? '')?.[1]?.toUpperCase();
    const level = first(at, 'level');
    const words = textOf(level);
    return framework && level && words && /^([1-9]|1[0-2])$/.test(words)
      ? [{ framework, level: words, path: level.path }]
      : [];
  })[0];
  if (!text && !inFramework) return notStated();
  const named = words.flatMap((at) => eqfInWords(textOf(at) ?? '') ?? [])[0];
  const nqf = inFramework && { country: 'GB', framework: inFramework.framework, level: inFramework.level };
  const value: LevelValue = { ...(named ? { eqf: named } : {}), ...(text ? { text } : {}), ...(nqf ? { nqf } : {}) };
  const element = stated(value, inFramework?.path ?? words[0]?.path ?? '');
  const eqf = nqf && !named ? eqfFromNqf(nqf) : undefined;
  return eqf && inFramework ? withDerived(element, { ...value, eqf }, inFramework.path, 'nqf-to-eqf') : element;
}

function presentation(at: Place, language: string | undefined, notes: Notes): Opportunity {
  const date = (place: Place | undefined) => dateAt(place, notes);
  const start = date(all(at, 'start')[0]);
  const end = date(all(at, 'end')[0]);
  const applyFrom = date(all(at, 'applyFrom')[0]);
  const applyUntil = date(all(at, 'applyUntil')[0]);
  checkOrder(notes, { startDate: start.date, endDate: end.date }, `${at.path}/end`);
  for (const [name, value] of [
    ['end', end],
    ['applyFrom', applyFrom],
    ['applyUntil', applyUntil],
  ] as const) {
    if (value.text) notes.add(`${at.path}/${name}`, 'not-a-date', value.text);
  }
  const stay = duration(all(at, 'duration')[0], notes);
  const effort = engagement(at, notes);
  const mode = attendance(at);
  const pace = first(at, 'studyMode');
  const languages = all(at, 'languageOfInstruction').flatMap((place) =>
    readLanguages(notes, textOf(place), place.path),
  );
  const costs = all(at, 'cost');
  const prices = costs.flatMap((place) => parsePrices(textOf(place) ?? ''));
  const name = texts(all(at, 'title'), language);
  const where = venue(at, notes);
  const [url] = [first(at, 'url', 'link'), first(at, 'applyTo')].flatMap(
    (place) => (place && readUrl(notes, textOf(place), place.path)) ?? [],
  );
  const id = identifiersOf(at)[0] ?? [start.date ?? start.text, end.date, where.place].filter(Boolean).join('|');
  return compactRun<Opportunity>({
    id,
    path: at.path,
    name,
    ...where,
    startDate: start.date,
    startText: start.text,
    endDate: end.date,
    applicationStart: applyFrom.date,
    applicationDeadline: applyUntil.date,
    ...effort,
    ...stay,
    ...(pace ? paceOf(pace) : {}),
    ...mode,
    languages: languages.length ? [...new Set(languages)] : undefined,
    prices: prices.length ? prices : undefined,
    url,
  });
}

/** A date: `dtf` is what a machine should read; the text beside it must say the same. Words without a date stay words. */
function dateAt(place: Place | undefined, notes: Notes): { date?: string; text?: string } {
  if (!place) return {};
  const machine = place.element.attributes?.dtf?.trim();
  const words = textOf(place);
  const fromMachine = machine ? dateIn(machine) : {};
  const fromWords = dateIn(words);
  if (fromMachine.rule) notes.add(`${place.path}/@dtf`, fromMachine.rule, machine);
  if (fromWords.rule && fromWords.rule !== 'not-a-date') notes.add(place.path, fromWords.rule, words);
  const year = words ? /\b(19|20|21)\d\d\b/.exec(words)?.[0] : undefined;
  const other = fromWords.date ? fromWords.date !== fromMachine.date : year && !fromMachine.date?.startsWith(year);
  if (fromMachine.date && other) notes.add(place.path, 'contradiction', `dtf="${machine}" but text "${words}"`);
  const date = fromMachine.date ?? fromWords.date;
  if (date && date < '1970') {
    notes.add(place.path, 'placeholder-date', date);
    return {};
  }
  if (date) return { date };
  return words && fromWords.rule === 'not-a-date' ? { text: words } : {};
}

function duration(at: Place | undefined, notes: Notes): Pick<Opportunity, 'duration' | 'durationText' | 'hours'> {
  if (!at) return {};
  const words = textOf(at);
  const interval = at.element.attributes?.interval?.trim();
  const parsed = interval ? parseDuration(interval) : undefined;
  if (interval && !parsed?.duration && parsed?.hours === undefined) {
    notes.add(`${at.path}/@interval`, 'not-a-duration', interval);
  }
  const inWords = /^(?:about |approx\w*\.? )?(\d+) (day|week|month|year)s?\b/i.exec(words ?? '');
  const same = inWords && `P${inWords[1]}${inWords[2]?.[0]?.toUpperCase()}`;
  if (parsed?.duration && same && same !== parsed.duration) {
    notes.add(at.path, 'contradiction', `interval="${interval}" but text "${words}"`);
  }
  const fromText = words ? parseDuration(words) : undefined;
  return {
    ...(parsed?.duration ? { duration: parsed.duration } : fromText?.duration ? { duration: fromText.duration } : {}),
    ...(parsed?.hours !== undefined
      ? { hours: parsed.hours }
      : fromText?.hours !== undefined
        ? { hours: fromText.hours }
        : {}),
    ...(fromText?.text ? { durationText: fromText.text } : {}),
  };
}

/** The effort of a run, where it is put as hours; "10 hours a week" is no whole, and stays in the raw record. */
function engagement(at: Place, notes: Notes): Pick<Opportunity, 'hours'> {
  let hours: number | undefined;
  for (const place of all(at, 'engagement')) {
    const said = textOf(place);
    const plain = /^(\d+(?:[.,]\d+)?)\s*(?:h|hrs?|hours?)(?: in total)?\.?$/i.exec(said ?? '')?.[1];
    const read = plain ? decimal(plain) : parseDuration(said)?.hours;
    if (read !== undefined && hours === undefined) hours = read;
    else if (said) notes.add(place.path, 'not-mapped', said, 'give the hours of effort in all: "100 hours" or PT100H');
  }
  return hours === undefined ? {} : { hours };
}

function paceOf(at: Place): Pick<Opportunity, 'pace'> {
  const code = at.element.attributes?.identifier?.trim().toUpperCase();
  const words = textOf(at);
  if (code === 'NK' || (!code && /^not known$/i.test(words ?? ''))) return {};
  const byCode = table({ FT: 'full-time', PT: 'part-time', FL: 'flexible', PF: 'part of a full-time programme' });
  const known = code ? byCode.get(code) : undefined;
  if (known) return { pace: known };
  if (!words) return {};
  if (/^full[\s-]*time$/i.test(words)) return { pace: 'full-time' };
  if (/^part[\s-]*time$/i.test(words)) return { pace: 'part-time' };
  if (/^flexible$/i.test(words)) return { pace: 'flexible' };
  return { pace: words };
}

/** Codes and captions of XCRI's attendanceMode that name a mode of learning. Distance (DA, DS) and not known (NK) do not. */
const MODES = table({
  cm: 'presential',
  campus: 'presential',
  nc: 'presential',
  'face-to-face non-campus': 'presential',
  mm: 'blended',
  'mixed mode': 'blended',
  on: 'online',
  'online (no attendance)': 'online',
  online: 'online',
  wb: 'work-based',
  'work-based': 'work-based',
});

function attendance(at: Place): Pick<Opportunity, 'participation' | 'participationText'> {
  const places = [...all(at, 'attendanceMode'), ...all(at, 'attendancePattern')].filter(
    (p) => p.element.attributes?.identifier !== 'NK',
  );
  const words = places.flatMap((place) => textOf(place) ?? []).filter((text) => !/^not known$/i.test(text));
  const mode = all(at, 'attendanceMode')[0];
  const code =
    MODES.get(mode?.element.attributes?.identifier?.trim().toLowerCase() ?? '') ??
    MODES.get(textOf(mode)?.toLowerCase() ?? '');
  return {
    ...(code ? { participation: [code] } : {}),
    ...(words.length ? { participationText: [...new Set(words)].join('; ') } : {}),
  };
}

function venue(at: Place, notes: Notes): Pick<Opportunity, 'place' | 'locality' | 'country'> {
  const stands = all(at, 'venue')[0];
  const body = all(stands, 'provider')[0] ?? stands;
  const location = all(body, 'location', 'address').find((p) => p.element.children?.length) ?? all(at, 'location')[0];
  // 1.1 has the name and the address in the venue itself.
  const name = textOf(first(body, 'title', 'name'));
  const town = textOf(first(location, 'town') ?? first(body, 'town'));
  const country = countryOf(location, notes) ?? countryOf(body, notes);
  const place = [...new Set([name, town].filter(Boolean))].join(', ');
  return {
    ...(place ? { place } : {}),
    ...(town ? { locality: town } : {}),
    ...(country ? { country: country.country } : {}),
  };
}

/** The country that a location names: its own element, or the last line of the address when that is a country's name. */
function countryOf(location: Place | undefined, notes: Notes): { country: string; path: string } | undefined {
  const named = first(location, 'country');
  const own = named && readCountry(notes, textOf(named), named.path);
  if (named && own) return { country: own, path: named.path };
  const lines = all(location, 'address').filter(
    (at) => !/^geo:/i.test(at.element.attributes?.['xsi:type'] ?? '') && textOf(at),
  );
  const last = lines.at(-1);
  const word = textOf(last)?.split(/[,\n]/).at(-1)?.trim();
  const country = word && word.length > 3 ? countryCode(word) : undefined;
  return last && country ? { country, path: last.path } : undefined;
}

function providerFacts(at: Place, source: SourceDefinition, notes: Notes): BodyFacts {
  const ids = identifiersOf(at);
  const url = webUrl(textOf(first(at, 'url', 'link')));
  const location = all(at, 'location', 'address').find((p) => p.element.children?.length);
  return {
    identifier: ids[0],
    alternates: [...ids.slice(1).filter((id) => /^(https?|urn):/i.test(id)), ...(url ? [url] : [])],
    name: texts(all(at, 'title'), source.defaults.language),
    identifiers: all(at, 'identifier').flatMap((place) => {
      const scheme = typeOf(place)?.toLowerCase();
      const value = textOf(place);
      return scheme && value ? [{ scheme, value }] : [];
    }),
    url,
    country: countryOf(location, notes)?.country,
    locality: textOf(first(location, 'town')),
    description: texts(all(at, 'description', 'abstract'), source.defaults.language),
  };
}

const nameKey = (name: string): string => providerIdentifierFromName(name.replace(/^the\s+/i, ''));

/** The body in `awardedBy` (a name, or elements): the provider itself when the names are the same. */
function awardingBody(
  at: Place,
  source: SourceDefinition,
  provider: Provider | undefined,
  bodies: Bodies,
): ProviderReference | undefined {
  const name = texts(all(at, 'title').length ? all(at, 'title') : [at], source.defaults.language);
  if (!name?.[0]) return undefined;
  const key = nameKey(name[0].value);
  if (provider?.name?.some((n) => nameKey(n.value) === key)) return referenceTo(provider);
  return bodies.add({ identifier: identifiersOf(at)[0], name, url: webUrl(textOf(first(at, 'url', 'link'))) });
}

/** The issuer's country: the provider's own address when the provider is the body that awards, else the source's default. */
function issuerCountry(
  source: SourceDefinition,
  provider: Provider | undefined,
  bodies: ProviderReference[],
): Credential['issuerCountry'] {
  if (provider?.country && bodies.some((body) => body.id === provider.id)) {
    return stated({ country: provider.country }, '/provider/location');
  }
  return defaultCountry(source);
}

function alternates(course: Place, identifier: string, url: string | undefined): string[] {
  const others = identifiersOf(course).map((text) => plainText(text));
  return [...new Set([...others, ...(url ? [url] : [])])].filter((text) => text && text !== identifier);
}

import {
  type Credential,
  type CredentialDraft,
  completeCredential,
  derived,
  found,
  type LangString,
  type LevelValue,
  mintProviderId,
  notStated,
  type Opportunity,
  type Price,
  Problem,
  type Provider,
  type ProviderReference,
  providerIdentifierFromName,
  type Rejection,
  type SourceDefinition,
  stated,
  statedIf,
  type WorkloadValue,
  withDerived,
} from '../../schema/index.ts';
import { countryCode } from '../../schema/parse/country.ts';
import { isoDate } from '../../schema/parse/date.ts';
import { parseDuration } from '../../schema/parse/duration.ts';
import { languageTag } from '../../schema/parse/language.ts';
import { decimal } from '../../schema/parse/number.ts';
import { parsePrices } from '../../schema/parse/price.ts';
import { isFiller, plainText, splitOutcomes } from '../../schema/parse/text.ts';
import { webUrl } from '../../schema/parse/url.ts';
import { assessmentTypes } from '../../schema/vocabularies/index.ts';
import { eqfFromNqf } from '../../schema/vocabularies/nqf-to-eqf.ts';
import { englishDate } from '../decode/english-date.ts';
import { createSpool } from '../decode/spool.ts';
import { all, first, type Place, textOf, texts, toElement, typeOf, withoutContacts } from '../decode/xcri-tree.ts';
import { type XmlElement, xmlRecords } from '../decode/xml-records.ts';
import type { Format, Normalised, RawRecord, RecordFault } from '../format.ts';

/** One course with what its provider says of itself; contact data and pictures are left out. */
interface RawCourse {
  provider?: XmlElement;
  course: XmlElement;
  /** What the reader had to mend in the document up to here. */
  notes?: Problem[];
}

const MAX_TITLE = 10_000;

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
  version: 1,

  detect({ text }) {
    const start = text.trimStart().slice(0, 20_000);
    if (!start.startsWith('<') || /^<(!doctype html|html)/i.test(start)) return 0;
    if (/xcri\.(org|co\.uk)/i.test(start) && /<(\w+:)?(catalog|provider|course)[\s>]/.test(start)) return 0.98;
    return /<(\w+:)?catalog[\s>]/.test(start) && /<(\w+:)?course[\s>]/.test(text) ? 0.4 : 0;
  },

  async *records(body, page) {
    const spool = createSpool<{ record: XmlElement; path: string; notes: Problem[] }>();
    const seen = new Map<string, { key: string; times: number }>();
    let provider: XmlElement | undefined;
    async function* drain(): AsyncGenerator<RawRecord | RecordFault> {
      const own = provider && withoutContacts(provider);
      for await (const { record, path, notes } of spool.drain()) yield rawRecord(record, own, path, notes, seen);
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
          await spool.push({ record: withoutContacts(item.record), path: item.path, notes: item.notes });
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

/** Gives a course its identifier: its own plain one (an address before a code), a typed one, or its page. */
function rawRecord(
  course: XmlElement,
  provider: XmlElement | undefined,
  path: string,
  notes: Problem[],
  seen: Map<string, { key: string; times: number }>,
): RawRecord | RecordFault {
  const at = { element: course, path: '/course' };
  const title = textOf(first(at, 'title'));
  const chosen = identifiersOf(at)[0] ?? webUrl(textOf(first(at, 'url', 'link')));
  if (!chosen) {
    const name = provider && textOf(first({ element: provider, path: '' }, 'title'));
    return {
      rejection: {
        identifier: null,
        path,
        rule: 'no-identifier',
        found: found(`course "${title ?? '(no title)'}" of ${name ?? 'an unnamed provider'}`),
        remedy: 'give the course a dc:identifier, best the address of its page',
      },
    };
  }
  const raw: RawCourse = { ...(provider ? { provider } : {}), course, ...(notes.length ? { notes } : {}) };
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
  const note: Problem = {
    path: '/course/identifier',
    rule: 'identifier-used-twice',
    severity: 'warning',
    found: found(chosen),
    remedy: 'give every course an identifier of its own',
  };
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
  const problems: Problem[] = [...(raw.notes ?? [])];
  const report = (path: string, rule: string, severity: Problem['severity'], value: unknown, remedy: string) => {
    problems.push({ path, rule, severity, found: found(value), remedy });
  };
  const reject = (
    path: string,
    rule: string,
    value: unknown,
    remedy: string,
  ): { rejection: Rejection; problems: Problem[] } => ({
    rejection: { identifier, path, rule, found: found(value), remedy },
    problems,
  });
  if (!raw.course) return reject('', 'no-course', raw, 'harvest the record again');

  const language = source.defaults.language;
  const course: Place = { element: raw.course, path: '/course' };
  const titles = all(course, 'title');
  const title = texts(titles, language);
  if (!title) return reject('/course/title', 'no-title', titles[0]?.element.text ?? '', 'give the course a dc:title');
  if (title.some((t) => t.value.length > MAX_TITLE)) {
    return reject('/course/title', 'title-too-long', title[0]?.value, `a title has at most ${MAX_TITLE} characters`);
  }

  const providers = new Map<string, Provider>();
  const provider = raw.provider ? providerFrom({ element: raw.provider, path: '/provider' }, source) : undefined;
  if (provider) providers.set(provider.id, provider);
  const offered = provider && referenceTo(provider);
  const qualifications = all(course, 'qualification');
  const bodies = qualifications
    .flatMap((q) => all(q, 'awardedBy'))
    .flatMap((at) => bodyFrom(at, source, provider, providers));
  const typed = new Map<string, Place[]>();
  for (const at of all(course, 'description')) {
    const type = typeOf(at)?.toLowerCase() ?? '';
    const key = DESCRIPTION_TYPES[type] ?? (type ? 'further' : 'description');
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
  for (const at of presentations) {
    const opportunity = presentation(at, language, report);
    const same = opportunities.find((o) => o.id === opportunity.id);
    if (same && JSON.stringify({ ...same, path: '' }) === JSON.stringify({ ...opportunity, path: '' })) continue;
    if (same) {
      report(
        `${at.path}/identifier`,
        'presentation-identifier-used-twice',
        'warning',
        opportunity.id,
        'give every presentation an identifier of its own',
      );
      let n = 2;
      while (opportunities.some((o) => o.id === `${opportunity.id}#${n}`)) n++;
      opportunity.id = `${opportunity.id}#${n}`;
    }
    opportunities.push(opportunity);
  }

  const credits = all(course, 'credit');
  const workload = workloadFrom(course, credits, ofType('hours'), report);
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
  const participationTexts = new Map<string, LangString>();
  for (const o of opportunities) {
    if (o.participationText)
      participationTexts.set(o.participationText, { language: language ?? 'und', value: o.participationText });
  }
  const modes = [...new Set(opportunities.flatMap((o) => o.participation ?? []))];
  const languages = [...new Set(opportunities.flatMap((o) => o.languages ?? []))];
  const age = opportunities.length
    ? presentations.flatMap((p) => all(p, 'age')).filter((at) => !/^any$/i.test(textOf(at) ?? 'any'))
    : [];
  const targets = [...ofType('target'), ...age];
  const targetText = texts(targets, language);
  const prices = new Map(opportunities.map((o) => [JSON.stringify(o.prices ?? []), o]));
  const onePrice = prices.size === 1 ? opportunities[0] : undefined;
  unmapped(course, COURSE_ELEMENTS, report);
  for (const at of presentations) unmapped(at, PRESENTATION_ELEMENTS, report);

  const draft: CredentialDraft = {
    source: source.id,
    identifier,
    alternates: alternates(course, identifier, url),
    ...(url ? { url } : {}),
    title: stated(title, titles[0]?.path ?? '/course/title'),
    awardingBody: bodies.length
      ? stated(bodies, qualifications.flatMap((q) => all(q, 'awardedBy'))[0]?.path ?? '/course/qualification')
      : defaultBody(source, providers),
    ...(offered ? { offeredBy: stated([offered], '/provider') } : {}),
    issuerCountry: issuerCountry(source, provider, bodies),
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
      assessmentText && { codes: codesOf(assessmentText), text: assessmentText },
      assessment.find((at) => textOf(at))?.path ?? '',
    ),
    participation: statedIf(
      participationTexts.size || modes.length
        ? { codes: modes, ...(participationTexts.size ? { text: [...participationTexts.values()] } : {}) }
        : undefined,
      first(presentations[0], 'attendanceMode', 'attendancePattern')?.path ?? '/course/presentation',
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
    languages: statedIf(languages, first(presentations[0], 'languageOfInstruction')?.path ?? '/course/presentation'),
    costs: statedIf(onePrice?.prices, `${onePrice?.path}/cost`),
    opportunities,
  };
  return { credential: completeCredential(draft), providers: [...providers.values()], problems };
}

/** `xsi:type` of a description (XCRI terms 1.1 and 1.2) → where it belongs; types not named here are further information. */
const DESCRIPTION_TYPES: Record<string, string> = {
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
};

const COURSE_ELEMENTS = new Set(
  (
    'identifier title description abstract subject url link assessment prerequisite entryRequirements qualification credit presentation ' +
    'learningOutcome objective applicationProcedure engagement type image'
  ).split(' '),
);
const PRESENTATION_ELEMENTS = new Set(
  (
    'identifier title description abstract url link start end duration applyFrom applyUntil applyTo studyMode attendanceMode attendancePattern ' +
    'languageOfInstruction cost venue age prerequisite entryRequirements location engagement'
  ).split(' '),
);

type Report = (path: string, rule: string, severity: Problem['severity'], value: unknown, remedy: string) => void;

function unmapped(at: Place, known: ReadonlySet<string>, report: Report): void {
  for (const child of at.element.children ?? []) {
    if (known.has(child.name) || !(child.text || child.children?.length)) continue;
    report(`${at.path}/${child.name}`, 'not-mapped', 'info', child.text ?? child.name, 'kept in the raw record only');
  }
}

/** What the qualification calls itself; its kind is derived, because the title is only words. */
function kindFrom(qualifications: Place[], language: string | undefined): Credential['kind'] {
  const named = qualifications
    .flatMap((q) => all(q, 'title'))
    .find((at) => textOf(at) && !VAGUE.test(textOf(at) ?? ''));
  const text = named && texts([named], language);
  if (!named || !text) return notStated();
  const element: Credential['kind'] = stated({ text }, named.path);
  const code = awardKind(text[0]?.value ?? '');
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

function codesOf(text: readonly LangString[]): string[] {
  // Only a text that is a term of the vocabulary; words inside a longer text say too little.
  return [...new Set(text.flatMap((t) => (t.value.length <= 60 ? (assessmentTypes.parse(t.value) ?? []) : [])))];
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
  const text = texts([at], language);
  const code = at.element.attributes?.identifier?.trim();
  if (!text && !code) return [];
  const scheme = typeOf(at);
  return [{ ...(scheme ? { scheme } : {}), ...(code ? { code } : {}), ...(text ? { text } : {}) }];
}

function workloadFrom(course: Place, credits: Place[], hours: Place[], report: Report): Credential['workload'] {
  const value: WorkloadValue = {};
  for (const at of credits) {
    const scheme = textOf(first(at, 'scheme'));
    const level = textOf(first(at, 'level'));
    const stands = first(at, 'value');
    const amount = number(stands, report);
    if (amount === 0) {
      report(
        stands?.path ?? at.path,
        'zero-credits',
        'warning',
        `0 credits${scheme ? ` (${scheme})` : ''}`,
        'leave the value out when there are no credits',
      );
    }
    if (amount === undefined && level === undefined) continue;
    if (scheme && /\bECTS\b|European Credit Transfer/i.test(scheme)) {
      if (amount !== undefined) value.ects = amount;
      continue;
    }
    if (!scheme) report(at.path, 'credits-without-scheme', 'warning', textOf(stands), 'name the credit scheme');
    value.credits ??= [];
    value.credits.push({
      scheme: scheme ?? 'not named',
      ...(amount === undefined ? {} : { value: amount }),
      ...(level ? { level } : {}),
    });
  }
  for (const at of hours) {
    const amount = /^(\d+(?:\.\d+)?)\s*(?:h|hrs?|hours?)?$/i.exec(textOf(at) ?? '')?.[1];
    if (amount) value.hours = Number(amount);
    else if (textOf(at)) value.durationText = textOf(at);
  }
  return statedIf(Object.keys(value).length ? value : undefined, credits[0]?.path ?? hours[0]?.path ?? course.path);
}

/** A number that can be credits: not negative, else reported and not stated. */
function number(at: Place | undefined, report: Report): number | undefined {
  const text = textOf(at);
  if (!at || text === undefined) return undefined;
  const value = decimal(text);
  if (value !== undefined && value >= 0) return value;
  report(
    at.path,
    value === undefined ? 'not-a-number' : 'negative-number',
    'error',
    text,
    'state a number that is 0 or more',
  );
  return undefined;
}

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
  const nqf = inFramework && { country: 'GB', framework: inFramework.framework, level: inFramework.level };
  const value: LevelValue = { ...(text ? { text } : {}), ...(nqf ? { nqf } : {}) };
  const element = stated(value, inFramework?.path ?? words[0]?.path ?? '');
  const eqf = nqf && eqfFromNqf(nqf);
  return eqf && inFramework ? withDerived(element, { ...value, eqf }, inFramework.path, 'nqf-to-eqf') : element;
}

function presentation(at: Place, language: string | undefined, report: Report): Opportunity {
  const date = (place: Place | undefined): { date?: string; text?: string } => {
    if (!place) return {};
    const machine = place.element.attributes?.dtf?.trim();
    const words = textOf(place);
    const read = (text: string) => isoDate(text) ?? englishDate(text);
    const fromMachine = machine ? read(machine) : undefined;
    const fromWords = words ? read(words) : undefined;
    if (machine && !fromMachine) {
      report(`${place.path}/@dtf`, 'impossible-date', 'error', machine, 'write dtf as an ISO 8601 date that exists');
    }
    if (words && !fromWords && /^\d{4}-\d{2}-\d{2}/.test(words)) {
      report(place.path, 'impossible-date', 'error', words, 'write an ISO 8601 date that exists');
    }
    const year = words ? /\b(19|20|21)\d\d\b/.exec(words)?.[0] : undefined;
    if (
      fromMachine &&
      ((fromWords && fromWords !== fromMachine) || (!fromWords && year && !fromMachine.startsWith(year)))
    ) {
      report(
        place.path,
        'date-conflict',
        'warning',
        `dtf="${machine}" but text "${words}"`,
        'make dtf and text say the same; dtf was taken',
      );
    }
    const value = fromMachine ?? fromWords;
    if (value && value < '1970') {
      report(place.path, 'placeholder-date', 'error', value, 'leave the date out when there is none');
      return {};
    }
    if (value) return { date: value };
    return words && !/^\d{4}-\d{2}-\d{2}/.test(words) ? { text: words } : {};
  };
  const start = date(all(at, 'start')[0]);
  const end = date(all(at, 'end')[0]);
  const applyFrom = date(all(at, 'applyFrom')[0]);
  const applyUntil = date(all(at, 'applyUntil')[0]);
  if (start.date && end.date && end.date < start.date) {
    report(`${at.path}/end`, 'end-before-start', 'warning', `${start.date} to ${end.date}`, 'correct one of the dates');
  }
  for (const [name, value] of [
    ['end', end],
    ['applyFrom', applyFrom],
    ['applyUntil', applyUntil],
  ] as const) {
    if (value.text) report(`${at.path}/${name}`, 'not-a-date', 'error', value.text, 'write an ISO 8601 date');
  }
  const stay = duration(all(at, 'duration')[0], report);
  const mode = attendance(at);
  const pace = first(at, 'studyMode');
  const languages = all(at, 'languageOfInstruction').flatMap((place) => {
    const words = textOf(place);
    const tag = languageTag(words);
    if (words && !tag) report(place.path, 'unknown-language', 'error', words, 'write a BCP 47 language tag');
    return tag ? [tag] : [];
  });
  const costs = all(at, 'cost');
  const prices = costs.flatMap(pricesIn);
  const name = texts(all(at, 'title'), language);
  const where = venue(at);
  const urls = [first(at, 'url', 'link'), first(at, 'applyTo')];
  const url = urls.map((place) => webUrl(textOf(place))).find(Boolean);
  for (const place of urls) {
    const words = textOf(place);
    if (place && words && !webUrl(words)) report(place.path, 'not-a-url', 'warning', words, 'give a web address');
  }
  const id =
    identifiersOf(at)[0] ?? ([start.date ?? start.text, end.date, where.place].filter(Boolean).join('|') || at.path);
  return {
    id,
    path: at.path,
    ...(name ? { name } : {}),
    ...where,
    ...(start.date ? { startDate: start.date } : {}),
    ...(start.text ? { startText: start.text } : {}),
    ...(end.date ? { endDate: end.date } : {}),
    ...(applyFrom.date ? { applicationStart: applyFrom.date } : {}),
    ...(applyUntil.date ? { applicationDeadline: applyUntil.date } : {}),
    ...stay,
    ...(pace ? paceOf(pace) : {}),
    ...mode,
    ...(languages.length ? { languages: [...new Set(languages)] } : {}),
    ...(prices.length ? { prices } : {}),
    ...(url ? { url } : {}),
  };
}

/** XCRI-CAP writes `GBP1250.00` without a blank; the text stays as stated. */
function pricesIn(at: Place): Price[] {
  const words = textOf(at);
  if (!words) return [];
  const spaced = words.replace(/\b([A-Z]{3})(?=\d)/g, '$1 ');
  return parsePrices(spaced).map((price) => (price.text === undefined ? price : { ...price, text: words }));
}

function duration(at: Place | undefined, report: Report): Pick<Opportunity, 'duration' | 'durationText' | 'hours'> {
  if (!at) return {};
  const words = textOf(at);
  const interval = at.element.attributes?.interval?.trim();
  const parsed = interval ? parseDuration(interval) : undefined;
  if (interval && !parsed?.duration && parsed?.hours === undefined) {
    report(`${at.path}/@interval`, 'not-a-duration', 'error', interval, 'write the interval as an ISO 8601 duration');
  }
  const inWords = /^(?:about |approx\w*\.? )?(\d+) (day|week|month|year)s?\b/i.exec(words ?? '');
  const same = inWords && `P${inWords[1]}${inWords[2]?.[0]?.toUpperCase()}`;
  if (parsed?.duration && same && same !== parsed.duration) {
    report(
      at.path,
      'duration-conflict',
      'warning',
      `interval="${interval}" but text "${words}"`,
      'make interval and text say the same',
    );
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

function paceOf(at: Place): Pick<Opportunity, 'pace'> {
  const code = at.element.attributes?.identifier?.trim().toUpperCase();
  const words = textOf(at);
  if (code === 'NK' || (!code && /^not known$/i.test(words ?? ''))) return {};
  const byCode: Record<string, string> = {
    FT: 'full-time',
    PT: 'part-time',
    FL: 'flexible',
    PF: 'part of a full-time programme',
  };
  const known = code ? byCode[code] : undefined;
  if (known) return { pace: known };
  if (!words) return {};
  if (/^full[\s-]*time$/i.test(words)) return { pace: 'full-time' };
  if (/^part[\s-]*time$/i.test(words)) return { pace: 'part-time' };
  if (/^flexible$/i.test(words)) return { pace: 'flexible' };
  return { pace: words };
}

/** Codes and captions of XCRI's attendanceMode that name a mode of learning. Distance (DA, DS) and not known (NK) do not. */
const MODES: Record<string, string> = {
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
};

function attendance(at: Place): Pick<Opportunity, 'participation' | 'participationText'> {
  const places = [...all(at, 'attendanceMode'), ...all(at, 'attendancePattern')].filter(
    (p) => p.element.attributes?.identifier !== 'NK',
  );
  const words = places.flatMap((place) => textOf(place) ?? []).filter((text) => !/^not known$/i.test(text));
  const mode = all(at, 'attendanceMode')[0];
  const code =
    MODES[mode?.element.attributes?.identifier?.trim().toLowerCase() ?? ''] ?? MODES[textOf(mode)?.toLowerCase() ?? ''];
  return {
    ...(code ? { participation: [code] } : {}),
    ...(words.length ? { participationText: [...new Set(words)].join('; ') } : {}),
  };
}

function venue(at: Place): Pick<Opportunity, 'place' | 'locality' | 'country'> {
  const stands = all(at, 'venue')[0];
  const body = all(stands, 'provider')[0] ?? stands;
  const location = all(body, 'location', 'address').find((p) => p.element.children?.length) ?? all(at, 'location')[0];
  const name = textOf(first(body, 'title'));
  const town = textOf(first(location, 'town'));
  const country = countryOf(location);
  const place = [...new Set([name, town].filter(Boolean))].join(', ');
  return {
    ...(place ? { place } : {}),
    ...(town ? { locality: town } : {}),
    ...(country ? { country: country.country } : {}),
  };
}

/** The country that a location names: its own element, or the last line of the address when that is a country's name. */
function countryOf(location: Place | undefined): { country: string; path: string } | undefined {
  const named = first(location, 'country');
  const own = named && countryCode(textOf(named));
  if (named && own) return { country: own, path: named.path };
  const lines = all(location, 'address').filter(
    (at) => !/^geo:/i.test(at.element.attributes?.['xsi:type'] ?? '') && textOf(at),
  );
  const last = lines.at(-1);
  const word = textOf(last)?.split(/[,\n]/).at(-1)?.trim();
  const country = word && word.length > 3 ? countryCode(word) : undefined;
  return last && country ? { country, path: last.path } : undefined;
}

function providerFrom(at: Place, source: SourceDefinition): Provider | undefined {
  const name = texts(all(at, 'title'), source.defaults.language);
  const ids = identifiersOf(at);
  const identifier = ids[0] ?? (name?.[0] && providerIdentifierFromName(name[0].value));
  if (!identifier) return undefined;
  const url = webUrl(textOf(first(at, 'url', 'link')));
  const location = all(at, 'location', 'address').find((p) => p.element.children?.length);
  const country = countryOf(location)?.country;
  const locality = textOf(first(location, 'town'));
  const about = texts(all(at, 'description', 'abstract'), source.defaults.language);
  return {
    id: mintProviderId(source.id, identifier),
    source: source.id,
    identifier,
    alternates: [
      ...new Set([
        ...ids.slice(1).filter((id) => /^(https?|urn):/i.test(id)),
        ...(url && url !== identifier ? [url] : []),
      ]),
    ],
    ...(name ? { name } : {}),
    identifiers: all(at, 'identifier').flatMap((place) => {
      const scheme = typeOf(place)?.toLowerCase();
      const value = textOf(place);
      return scheme && value ? [{ scheme, value }] : [];
    }),
    ...(url ? { url } : {}),
    ...(country ? { country } : {}),
    ...(locality ? { locality } : {}),
    ...(about ? { description: about } : {}),
    evidence: [],
  };
}

const referenceTo = (provider: Provider): ProviderReference => ({
  id: provider.id,
  ...(provider.name ? { name: provider.name } : {}),
  ...(provider.url ? { url: provider.url } : {}),
});

const nameKey = (name: string): string => providerIdentifierFromName(name.replace(/^the\s+/i, ''));

/** The body in `awardedBy` (a name, or elements): the provider itself when the names are the same. */
function bodyFrom(
  at: Place,
  source: SourceDefinition,
  provider: Provider | undefined,
  providers: Map<string, Provider>,
): ProviderReference[] {
  const named = texts(all(at, 'title').length ? all(at, 'title') : [at], source.defaults.language);
  const name = named?.[0]?.value;
  if (!named || !name) return [];
  if (provider?.name?.some((n) => nameKey(n.value) === nameKey(name))) return [referenceTo(provider)];
  const identifier = identifiersOf(at)[0] ?? providerIdentifierFromName(name);
  const url = webUrl(textOf(first(at, 'url', 'link')));
  const body: Provider = {
    id: mintProviderId(source.id, identifier),
    source: source.id,
    identifier,
    alternates: [],
    name: named,
    identifiers: [],
    ...(url ? { url } : {}),
    evidence: [],
  };
  providers.set(body.id, body);
  return [referenceTo(body)];
}

function defaultBody(source: SourceDefinition, providers: Map<string, Provider>): Credential['awardingBody'] {
  const { awardingBody: name, awardingBodyUrl: url, language } = source.defaults;
  if (!name) return notStated();
  const identifier = providerIdentifierFromName(name);
  const body: Provider = {
    id: mintProviderId(source.id, identifier),
    source: source.id,
    identifier,
    alternates: [],
    name: [{ language: language ?? 'und', value: name }],
    identifiers: [],
    ...(url ? { url } : {}),
    evidence: [],
  };
  providers.set(body.id, body);
  return derived([referenceTo(body)], '', 'source-default');
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
  return source.defaults.country ? derived({ country: source.defaults.country }, '', 'source-default') : notStated();
}

function alternates(course: Place, identifier: string, url: string | undefined): string[] {
  const others = identifiersOf(course).map((text) => plainText(text));
  return [...new Set([...others, ...(url ? [url] : [])])].filter((text) => text && text !== identifier);
}

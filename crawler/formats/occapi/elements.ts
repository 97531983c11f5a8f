import { type Element, mintCredentialId, type Relation, stated, statedIf } from '../../../schema/index.ts';
import { assessmentElement } from '../../elements/assessment.ts';
import { type BodyFacts, defaultCountry } from '../../elements/bodies.ts';
import { readModified } from '../../elements/dates.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { languagesElement } from '../../elements/languages.ts';
import { createLevel } from '../../elements/level.ts';
import { levelAlone } from '../../elements/level-words.ts';
import { readUrl } from '../../elements/links.ts';
import { readModes } from '../../elements/modes.ts';
import { outcomesElement, readOutcomes } from '../../elements/outcomes.ts';
import { createRelations, stackabilityOf } from '../../elements/relations.ts';
import { asSaid, codesAndText, distinctTexts, readTexts, textElement } from '../../elements/texts.ts';
import { createWorkload } from '../../elements/workload.ts';
import { alsoDerived, derivedBy } from '../../problems/derivations.ts';
import type { Elements } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { identifierOf } from './ids.ts';
import type { OccapiReading } from './reading.ts';
import { runsOf } from './runs.ts';
import { ASSESSMENTS, kindOfTerm, modesAt, SCHEDULES, termOf } from './terms.ts';

export function elements(reading: OccapiReading): Elements {
  const { main, parts, source } = reading;
  const relations = relationsOf(reading);
  const [url, ...pages] = addressesOf(main);
  const code = main.at('code').said();
  const further = textElement(main.at('courseAvailability'));
  if (main.at('deprecated').flag()) main.at('deprecated').note('not-active');
  if (main.at('unavailableForIncomingMobility').flag()) main.at('unavailableForIncomingMobility').note('not-mapped');
  for (const pace of main.each('elmLearningScheduleType'))
    pace.note('not-mapped', undefined, SCHEDULES.get(termOf(pace)) ?? pace.said());
  return {
    ...(url ? { url } : {}),
    alternates: [...pages, ...(code ? [`code:${source.id}:${code}`] : [])],
    description: textElement(main.at('description'), main.at('courseContent')),
    kind: kindOf(reading),
    ...bodiesOf(reading),
    learningOutcomes: outcomesElement([
      { outcomes: readOutcomes(main.at('learningOutcomes')), path: main.at('learningOutcomes').path },
    ]),
    workload: workloadOf(main, parts),
    level: levelOf(reading),
    assessment: assessmentOf(main, parts),
    participation: participationOf(main),
    prerequisites: textElement(main.at('prerequisites')),
    targetGroup: targetGroupOf(main),
    fields: fieldsOf(main),
    languages: languagesElement(main.each('languageOfInstruction'), main.at('languageOfInstruction').path),
    grade: gradeOf(parts),
    furtherInformation: statedIf(further.value && { text: further.value, links: [] }, further.origin?.path ?? ''),
    opportunities: runsOf(reading),
    relations,
    stackability: stackabilityOf(relations),
    sourceModified: readModified(main.at('lastModified')),
  };
}

/** Addresses of its page, one a language. */
const addressesOf = (main: Spot): string[] => [
  ...new Set(main.each('url').flatMap((one) => readUrl(one.node() ? one.at('uri') : one) ?? [])),
];

/** What is said of an institution or a unit. */
export function bodyFacts(main: Spot, identifier: string): BodyFacts {
  const hei = main.at('heiId').said();
  const [url, ...alternates] = addressesOf(main);
  return {
    identifier,
    name: readTexts(main.at('title')),
    url,
    alternates,
    identifiers: hei ? [{ scheme: 'schac', value: hei }] : [],
  };
}

/** The institution stands in the canonical path alone. It offers; that it awards is derived. */
function bodiesOf({ bodies, self: at, hei, source }: OccapiReading): Elements {
  const offering = hei ? bodies.add({ identifier: hei, identifiers: [{ scheme: 'schac', value: hei }] }) : undefined;
  const fallback = bodies.defaultAwardingBody();
  return {
    offeredBy: statedIf(offering && [offering], at.path),
    awardingBody: fallback.value || !offering ? fallback : derivedBy([offering], at.path, 'occapi-institution-awards'),
    issuerCountry: defaultCountry(source),
  };
}

/** A type that is a kind, else what the resource is; a short learning programme is taken for a micro-credential, as in ELM. */
function kindOf({ main, root, type }: OccapiReading): Elements['kind'] {
  const types = main.each('elmLearningOpportunityType').map((spot) => ({ spot, ...kindOfTerm(spot) }));
  for (const { spot, code, label } of types)
    if (!code && !label) spot.note('unusable-code');
    else if (!code && label !== SHORT) spot.note('not-mapped', undefined, label);
  const short = types.find(({ label }) => label === SHORT);
  const known = types.find(({ code }) => code);
  const micro = { code: 'micro-credential' };
  if (known?.code) {
    const element: Elements['kind'] = stated({ code: known.code }, known.spot.path);
    return short ? alsoDerived(element, micro, short.spot.path, 'elm-short-learning-programme') : element;
  }
  if (short) return derivedBy(micro, short.spot.path, 'elm-short-learning-programme');
  return derivedBy({ code: type }, root.at('type').path, 'occapi-resource');
}
const SHORT = 'Short learning programme';

/** `length`: years (version 1), or terms and how many of them are a year (`7/2`: seven semesters, three and a half years). */
function workloadOf(main: Spot, parts: readonly Spot[]): Elements['workload'] {
  const load = createWorkload();
  load.credits(main.at('ects'), 'ECTS');
  const length = main.at('length');
  const [, terms, ofYear] = /^(\d{1,2})\/([1-9])$/.exec(length.said() ?? '') ?? [];
  const months = ofYear === undefined ? undefined : (12 * Number(terms)) / Number(ofYear);
  if (months === undefined) load.span(length, 'years');
  else if (Number.isInteger(months)) load.span(length.with(spanOf(months)));
  else length.note('not-a-duration');
  for (const part of parts) {
    const own = part.at('attributes');
    load.credits(own.at('ects'), 'ECTS');
    // Of teaching, not of all that a learner does (ELMO, engagementHours).
    load.part(own.at('engagementHours'), 'engagement hours');
  }
  return load.element();
}

const spanOf = (months: number): string =>
  `P${[months >= 12 ? `${Math.floor(months / 12)}Y` : '', months % 12 ? `${months % 12}M` : ''].join('')}`;

/** A programme has a level; of a course only that of the programmes it is in is known (`meta.global`), and taken for its own. */
function levelOf(reading: OccapiReading): Elements['level'] {
  const level = createLevel(reading);
  level.eqf(reading.main.at('eqfLevelProvided'));
  const own = level.element();
  const among = reading.root.at('meta').at('global').at('eqfLevel');
  if (own.value || among.silent) return own;
  const eqf = levelAlone(among.said() ?? '');
  if (eqf === undefined) among.note('not-an-eqf-level');
  return eqf === undefined ? own : derivedBy({ eqf }, among.path, 'occapi-level-of-programmes');
}

/** How a course is assessed; where it has no types, as its instances are. */
function assessmentOf(main: Spot, parts: readonly Spot[]): Elements['assessment'] {
  const own = main.each('elmAssessmentType');
  const ofRuns = parts.flatMap((part) => part.at('attributes').each('elmAssessmentType'));
  const types = own.length ? own : ofRuns;
  const said = new Set(types.map(termOf));
  for (const one of ofRuns) if (!said.has(termOf(one))) one.note('not-mapped');
  const codes = types.flatMap((one) => {
    const code = ASSESSMENTS.get(termOf(one));
    if (!code) one.note('unusable-code');
    return code ?? [];
  });
  const words = main.at('assessmentMethod');
  const found = { texts: words.texts(), path: words.path };
  return assessmentElement(found.texts.length ? [found] : types.map((one) => ({ texts: [], path: one.path })), codes);
}

/** Codes of the EU's list; the teaching method is words, and a code where it is nothing but one. */
function participationOf(main: Spot): Element<{ codes: string[]; text?: { language: string; value: string }[] }> {
  const { codes, words: terms, path } = modesAt(main);
  const method = main.at('teachingMethod');
  const texts = method.texts();
  const said = readModes(
    texts.map(({ value }) => method.with(value)),
    undefined,
    true,
  );
  if (said.pace.length) method.note('not-mapped', undefined, said.pace.join('; '));
  const words = [
    ...terms.map((term) => asSaid(term)),
    ...texts.filter(({ value }) => said.words.some((word) => value.includes(word))),
  ];
  return statedIf(
    codesAndText([...codes, ...said.codes], words),
    path ? main.at('elmModeOfLearning').path : method.path,
  );
}

const RESTRICTED = {
  restrictedToLocalStudents: 'restricted to local students',
  restrictedToAllianceStudents: 'restricted to alliance students',
};

function targetGroupOf(main: Spot): Elements['targetGroup'] {
  const said = Object.entries(RESTRICTED).filter(([name]) => main.at(name).flag());
  const texts = said.map(([, words]) => asSaid(words, 'en'));
  return statedIf(said.length ? codesAndText(['students'], texts) : undefined, main.at(said[0]?.[0] ?? '').path);
}

/** ISCED-F in a member of its own; the Erasmus subject areas and whatever an institution has of its own beside it. */
const fieldsOf = (main: Spot): Elements['fields'] =>
  fieldsElement([
    ...main.each('iscedCode').map((one) => ({ scheme: 'ISCED-F 2013', code: one.said(), path: one.path })),
    ...main.each('subjectArea').map((one) => ({ scheme: 'Erasmus subject area', code: one.said(), path: one.path })),
    ...main.each('otherCategorization').map((one) => ({ text: one.texts(), path: one.path })),
    ...main.nodes('localClassification').map((one) => ({
      scheme: one.at('classificationSystem').said(),
      code: one.at('classificationValue').said(),
      path: one.path,
    })),
  ]);

/** The scheme of grades of the instances; what the institution calls it, and what it says of it. */
function gradeOf(parts: readonly Spot[]): Elements['grade'] {
  const schemes = parts.flatMap((part) => part.at('attributes').nodes('gradingScheme'));
  const said = schemes.flatMap((one) => [one.at('label'), one.at('description')]).filter((one) => one.texts().length);
  const scheme = distinctTexts(said.flatMap((one) => one.texts()));
  return statedIf(scheme.length ? { scheme } : undefined, said[0]?.path ?? '');
}

function relationsOf({ identifier, root, source, hei }: OccapiReading): Relation[] {
  const relations = createRelations([mintCredentialId(source.id, identifier)]);
  const add = (relation: Relation['type'], kind: string, at: Spot) => {
    const id = at.said();
    if (id !== undefined) relations.add(relation, mintCredentialId(source.id, identifierOf(kind, id, hei)), at);
  };
  const around = root.at('relationships');
  for (const one of around.at('prerequisiteCourse').nodes('data')) add('requires', 'course', one.at('id'));
  for (const one of around.at('relatedProgramme').nodes('data')) add('partOf', 'programme', one.at('id'));
  for (const one of root.at('meta').nodes('programme', 'relatedProgramme'))
    add('partOf', 'programme', one.at('programmeId'));
  return relations.all();
}

import {
  type CredentialDraft,
  type Element,
  type FieldValue,
  isObject,
  type LearningOutcome,
  mintCredentialId,
  type Relation,
  type RelationType,
  stated,
  statedIf,
} from '../../../schema/index.ts';
import { webUrl } from '../../../schema/parse/url.ts';
import { assessmentTypes } from '../../../schema/vocabularies/index.ts';
import { alignmentIn } from '../../elements/alignments.ts';
import { assessmentElement } from '../../elements/assessment.ts';
import { iscedOf, saysNoField } from '../../elements/fields.ts';
import { readUrl } from '../../elements/links.ts';
import { participationElement } from '../../elements/modes.ts';
import { distinctOutcomes, readOutcomes } from '../../elements/outcomes.ts';
import { createRelations } from '../../elements/relations.ts';
import { asSaid, readTexts } from '../../elements/texts.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import { tellUnread } from '../../record/shape.ts';
import type { Spot } from '../../record/spot.ts';
import { bodiesOf } from './bodies.ts';
import codes from './codes.json' with { type: 'json' };
import { alliancesOf, codesOf, idOf, inAlliances, languagesOf, modesOf, pricesOf } from './common.ts';
import { MAIN_IDS, SPECIFICATION_ID, SPECIFICATIONS } from './ids.ts';
import { allianceElements, kindOf } from './kinds.ts';
import { levelOf } from './levels.ts';
import { runsOf } from './runs.ts';
import { SPECIFICATION_SHAPE } from './shape.ts';
import { workloadOf } from './workload.ts';

export function elements(reading: RecordReading): Elements {
  const { main, parts } = reading;
  const text = (spot: Spot) => statedIf(readTexts(spot), spot.path);
  const modes = modesOf(main);
  return {
    alternates: alternatesOf(reading),
    url: readUrl(main.at('link')),
    description: text(main.at('description')),
    kind: kindOf(main),
    ...bodiesOf(reading),
    learningOutcomes: outcomesOf(main),
    workload: workloadOf(main),
    level: levelOf(reading),
    assessment: assessmentOf(main),
    participation: participationElement(modes),
    prerequisites: text(main.at('admissionRequirements')),
    conditionsToEarn: text(main.at('qualificationRequirements')),
    languages: statedIf(languagesOf(main), main.first('teachingLanguages', 'teachingLanguage').path),
    fields: fieldsOf(main),
    ...allianceElements(main),
    costs: statedIf(pricesOf(main), main.at('priceInformation').path),
    ...gradeOf([main, ...parts]),
    furtherInformation: enrolmentOf(main),
    opportunities: runsOf(reading, modes),
    relations: relationsOf(reading),
  };
}

/** Types of code that say which course it is, not what kind of course (`crohoCode`, `fieldOfStudy`, …). */
const COURSE_CODES = new Set(codes.courseCodes.split(' '));

/**
 * Codes that mean the same everywhere as they stand. A course code such as "10859" is another course elsewhere, so
 * it is an alternate only together with its source: `code:<source id>:<code>`. Codes of a kind of course are no alternates: told.
 */
function alternatesOf({ main, source, identifier }: RecordReading): string[] {
  const own = codesOf(main).flatMap(({ type, code, at }) => {
    if (/^(?:urn:|https?:\/\/|ce-)/i.test(code)) return [code];
    if (COURSE_CODES.has(type.replaceAll(' ', ''))) return [`code:${source.id}:${code.trim()}`];
    if (code !== identifier) at.note('not-mapped', undefined, `${at.at('codeType').said() ?? 'code'} ${code}`);
    return [];
  });
  const short = main.at('abbreviation').said();
  return [...new Set([...own, ...(short === undefined ? [] : [`code:${source.id}:${short}`])])];
}

/** v5 has a list of outcomes, each a list of languages; a flat list of {language, value} is one outcome. */
function outcomesOf(main: Spot): Element<LearningOutcome[]> {
  const all = main.at('learningOutcomes');
  const items = main.each('learningOutcomes');
  const flat =
    Array.isArray(all.value) && items.length > 0 && items.every(({ value }) => isObject(value) && 'value' in value);
  const outcomes = distinctOutcomes((flat ? [all] : items).flatMap(outcomesAt));
  const ids = main.at('learningOutcomeIds');
  if (!outcomes.length && Array.isArray(ids.value) && ids.value.length) {
    ids.note('outcomes-not-expanded', 'let the source ask with expand=learning_outcomes, so that texts are given');
  }
  return statedIf(outcomes, all.path);
}

function outcomesAt(item: Spot): LearningOutcome[] {
  const named = ['name', 'description', 'learningOutcomeId'].some((name) => !item.at(name).silent);
  if (!isObject(item.value) || 'value' in item.value || !named) return readOutcomes(item);
  const text = item.first('name', 'description').texts();
  const uri = codesOf(item)
    .map(({ code }) => webUrl(code))
    .find(Boolean);
  const entry = text.length ? alignmentIn({ text, uri, path: item.path }) : undefined;
  return entry ? [{ ...entry, text }] : [];
}

function assessmentOf(main: Spot): CredentialDraft['assessment'] {
  const codes: string[] = [];
  const said = [{ texts: main.at('assessment').texts(), path: main.at('assessment').path }];
  for (const component of main.nodes('testComponents', 'components')) {
    const type = component.first('testComponentType', 'componentType').word();
    const code = assessmentTypes.parse(type);
    if (!code && type !== 'test' && type !== 'digital test') continue;
    if (code) codes.push(code);
    const own = component.at('assessment').texts();
    const texts = own.length || code ? own : component.at('name').texts();
    said.push({ texts, path: component.path });
  }
  const [first, ...others] = said;
  return assessmentElement(first?.texts.length ? said : others, codes);
}

function fieldsOf(main: Spot): Element<FieldValue[]> {
  const fields: FieldValue[] = [];
  let path = '';
  for (const piece of main.each('fieldsOfStudy').flatMap((one) => one.pieces())) {
    const code = (piece.said() ?? '').replace(/^https?:\/\/.*\/(\d+)$/, '$1');
    if (saysNoField(code)) continue;
    path ||= main.at('fieldsOfStudy').path;
    const isced = /^\d+$/.test(code) ? iscedOf(code) : undefined;
    if (isced && isced !== code) fields.push({ isced, scheme: 'ISCED-F 2013 vSOI 2021', code });
    else if (isced) fields.push({ isced });
    else {
      fields.push({ scheme: 'fieldsOfStudy', code });
      main.at('fieldsOfStudy').note('unknown-code', 'give an ISCED-F 2013 code of 2 to 4 digits', code);
    }
  }
  for (const alliance of alliancesOf(main)) {
    const scheme = `${(alliance.at('name').said() ?? 'alliance').toLowerCase()} theme`;
    for (const theme of alliance.each('theme', 'themes')) {
      const code = theme.said();
      if (code === undefined || fields.some((field) => field.scheme === scheme && field.code === code)) continue;
      path ||= alliance.first('theme', 'themes').path;
      fields.push({ scheme, code, ...(/^\d+$/.test(code) ? {} : { text: [asSaid(code)] }) });
    }
  }
  return statedIf(fields, path);
}

/** The scale of the grades. An offering's is that of the credential as long as no other one says otherwise. */
function gradeOf(spots: readonly Spot[]): Pick<CredentialDraft, 'grade'> {
  const said = spots.map((spot) => spot.at('resultValueType')).find((one) => one.said() !== undefined);
  return said ? { grade: stated({ scheme: [asSaid(said.said() ?? '')] }, said.path) } : {};
}

function enrolmentOf(main: Spot): CredentialDraft['furtherInformation'] {
  const at = main.first('enrolment', 'enrollment');
  const text = readTexts(at);
  const [contact] = inAlliances(main, 'contactHours');
  if (contact) text.push(asSaid(`contact hours: ${contact.said()}`, 'en'));
  return statedIf(text.length ? { text, links: [] } : undefined, at.silent && contact ? contact.path : at.path);
}

const WHOLES = ['programs', 'programmes', 'programmeIds', 'parent', 'parentId'];
const PARTS = ['children', 'childIds'];
const RELATED = [...WHOLES, ...PARTS, ...SPECIFICATIONS];

/** Relations to programmes, to parts, and to the education specification, which clusters the programmes that carry it out. */
function relationsOf({ main, parts, source, identifier }: RecordReading): Relation[] {
  if (!RELATED.some((name) => !main.at(name).silent)) return [];
  const relations = createRelations([mintCredentialId(source.id, identifier)]);
  const add = (type: RelationType, names: readonly string[], label?: (id: string) => Spot | undefined) => {
    for (const name of names)
      for (const one of main.each(name)) {
        const id = one.node() ? idOf(one, MAIN_IDS) : idOf(main.with({ [name]: one.value }), [name]);
        if (id === undefined) continue;
        const named = one.node() ? one.at('name') : label?.(id);
        relations.add(type, mintCredentialId(source.id, id), main.at(name), named?.texts());
      }
  };
  add('partOf', WHOLES);
  add('hasPart', PARTS);
  if (idOf(main, [SPECIFICATION_ID]) !== identifier) {
    const specifications = parts.filter((part) => idOf(part, [SPECIFICATION_ID]) !== undefined);
    for (const part of specifications) tellUnread(part, SPECIFICATION_SHAPE);
    add('partOf', SPECIFICATIONS, (id) =>
      specifications.find((part) => idOf(part, [SPECIFICATION_ID]) === id)?.at('name'),
    );
  }
  return relations.all();
}

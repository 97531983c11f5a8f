import { mintCredentialId, type Opportunity, statedIf, table } from '../../../schema/index.ts';
import { defaultCountry } from '../../elements/bodies.ts';
import { checkOrder, readDate, readStart } from '../../elements/dates.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { kindElement } from '../../elements/kind.ts';
import { readLanguages } from '../../elements/languages.ts';
import { createLevel } from '../../elements/level.ts';
import { readUrl } from '../../elements/links.ts';
import { createRelations } from '../../elements/relations.ts';
import { compactRun } from '../../elements/runs.ts';
import { asSaid, joinTexts, textElement } from '../../elements/texts.ts';
import { createWorkload } from '../../elements/workload.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { tellDifferences } from '../../record/xml-feed.ts';

/** The type is in every identifier (response.xsd, LosID). A class is a lecture or a laboratory of a course and awards nothing. */
const PREFIXES = table({ DEP: 'degree', MOD: 'module', CR: 'course' });

export function elements(reading: RecordReading): Elements {
  const main = reading.main.at('learningOpportunitySpecification');
  const copies = reading.parts.map((part) => part.at('learningOpportunitySpecification'));
  for (const copy of copies) tellDifferences(main, copy, 'specifies');
  const instances = [main, ...copies].flatMap((one) =>
    one.each('specifies').flatMap((list) => list.each('learningOpportunityInstance')),
  );
  const newest = instances.toSorted((a, b) => (b.at('start').said() ?? '').localeCompare(a.at('start').said() ?? ''));
  const credits = ofNewest(newest, 'credit');
  const [url, ...pages] = main.each('url').flatMap((one) => readUrl(one) ?? []);
  const code = main.at('los-code').said();
  return {
    ...(url ? { url } : {}),
    alternates: [...new Set([code, ...pages])].filter(
      (one) => one !== undefined && one !== reading.identifier,
    ) as string[],
    awardingBody: reading.bodies.defaultAwardingBody(),
    issuerCountry: defaultCountry(reading.source),
    offeredBy: offeredBy(reading, main.at('ounit-id')),
    description: textElement(...main.each('description')),
    kind: kindOf(main),
    level: levelOf(reading, main.at('eqfLevelProvided'), credits),
    workload: workloadOf(credits, ofNewest(newest, 'engagementHours')),
    grade: gradeOf(ofNewest(newest, 'gradingScheme')),
    fields: fieldsElement([
      ...main.each('iscedCode').map((one) => ({ scheme: 'ISCED-F', isIsced: true, code: one.said(), path: one.path })),
      ...main.each('subjectArea').map((one) => ({ scheme: 'Erasmus subject area', code: one.said(), path: one.path })),
    ]),
    opportunities: instances.map(runOf),
    relations: partsOf(main, reading),
  };
}

/** What the newest instance says that says it; years before may have had other credits. */
function ofNewest(instances: readonly Spot[], name: string): Spot[] {
  const [first, ...others] = instances.filter((one) => !one.at(name).silent);
  for (const other of others)
    if (JSON.stringify(other.at(name).value) !== JSON.stringify(first?.at(name).value))
      other.at(name).note('not-mapped');
  return first?.each(name) ?? [];
}

/** Of a course the organising faculty; of others it is not laid down what the unit is. It has no name here. */
function offeredBy({ identifier, bodies }: RecordReading, unit: Spot): Elements['offeredBy'] {
  const said = unit.said();
  const isCourse = identifier.startsWith('CR/');
  if (said && !isCourse) unit.note('not-mapped');
  const body = said && isCourse ? bodies.add({ identifier: said }) : undefined;
  return statedIf(body && [body], unit.path);
}

/** A degree programme "ends with a degree"; without a type it stands in the identifier. */
function kindOf(main: Spot): Elements['kind'] {
  const [type, id] = [main.at('type'), main.at('los-id')];
  const said = type.said();
  const code = PREFIXES.get(id.said()?.split('/')[0] ?? '');
  return kindElement(
    said ? type : undefined,
    said ? [asSaid(said, 'en')] : [],
    code ? { code, path: id.path, id: 'ewp-type-in-id' } : undefined,
  );
}

/** `eqfLevelProvided` is of the EQF; the level of credits (Bachelor, Master, PhD) is a word for a cycle. */
function levelOf(reading: RecordReading, eqf: Spot, credits: readonly Spot[]): Elements['level'] {
  const level = createLevel(reading);
  level.eqf(eqf);
  for (const credit of credits) {
    const said = credit.at('level').said();
    if (said) level.words(credit.at('level'), {}, [asSaid(said, 'en')]);
  }
  return level.element();
}

/** `engagementHours` are those in which one attends classes: a part of the whole, never the whole. */
function workloadOf(credits: readonly Spot[], hours: readonly Spot[]): Elements['workload'] {
  const load = createWorkload();
  for (const credit of credits) load.credits(credit.at('value'), credit.at('scheme').said());
  for (const one of hours) load.part(one, 'hours of classes');
  return load.element();
}

function gradeOf(schemes: readonly Spot[]): Elements['grade'] {
  const scheme = joinTexts(schemes.flatMap((one) => one.each('label', 'description').flatMap((text) => text.texts())));
  return statedIf(scheme.length ? { scheme } : undefined, schemes[0]?.path ?? '');
}

function runOf(instance: Spot): Opportunity {
  const start = readStart(instance.at('start'));
  const endDate = readDate(instance.at('end'));
  checkOrder(instance.reading, { startDate: start.startDate, endDate }, instance.at('end').path);
  const term = joinTexts(instance.at('academic-term').at('display-name').texts());
  const languages = instance.each('languageOfInstruction').flatMap(readLanguages);
  return compactRun<Opportunity>({
    id: instance.at('loi-id').said() ?? [start.startDate, endDate].filter(Boolean).join('|'),
    path: instance.path,
    name: term.length ? term : undefined,
    ...start,
    endDate,
    languages: languages.length ? languages : undefined,
  });
}

/** What it contains is told by identifiers of the same institution. */
function partsOf(main: Spot, { source, identifier }: RecordReading) {
  const relations = createRelations([identifier]);
  for (const one of main.each('contains').flatMap((list) => list.each('los-id'))) {
    const id = one.said();
    if (id) relations.add('hasPart', id === identifier ? id : mintCredentialId(source.id, id), one);
  }
  return relations.all();
}

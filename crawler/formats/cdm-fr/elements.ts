import {
  mintCredentialId,
  notStated,
  type Opportunity,
  type ProviderReference,
  stated,
  statedIf,
} from '../../../schema/index.ts';
import { targetGroups } from '../../../schema/vocabularies/index.ts';
import { assessmentElement } from '../../elements/assessment.ts';
import { type Bodies, defaultCountry } from '../../elements/bodies.ts';
import { readDate, readStart } from '../../elements/dates.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { kindElement } from '../../elements/kind.ts';
import { readLanguages } from '../../elements/languages.ts';
import { createLevel } from '../../elements/level.ts';
import { readUrl } from '../../elements/links.ts';
import { participationElement, readModes } from '../../elements/modes.ts';
import { outcomesElement, readOutcomes } from '../../elements/outcomes.ts';
import { costsElement, readCurrency, readPrices } from '../../elements/prices.ts';
import { createRelations, stackabilityOf } from '../../elements/relations.ts';
import { compactRun } from '../../elements/runs.ts';
import { asSaid, codesAndText, codesIn, joinTexts } from '../../elements/texts.ts';
import { createWorkload } from '../../elements/workload.ts';
import { derivedBy } from '../../problems/derivations.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { blockTexts, definedBlocks, nameOf } from './blocks.ts';

export function elements(reading: RecordReading): Elements {
  const { source, identifier } = reading;
  const main = reading.main.at('program');
  const qualifications = main.each('qualification');
  const of = (...names: string[]): Spot[] => main.each(...names);
  const inQualification = (name: string): Spot[] => qualifications.flatMap((one) => one.each(name));
  const text = (spots: readonly Spot[]) => statedIf(blockTexts(spots), spots[0]?.path ?? '');
  const url = of('webLink').flatMap((one) => readUrl(one.at('href')) ?? [])[0];
  const targets = blockTexts(of('targetGroup'));
  const relations = partsOf(main, source.id, identifier);
  const further = [
    ...inQualification('qualificationDescription'),
    ...inQualification('profession'),
    ...of('regulations'),
  ];
  const words = blockTexts(further);
  const leads = inQualification('studyQualification');
  const run = runOf(main);
  const described = of('programDescription', 'courseDescription', 'courseContents', 'syllabus');
  for (const form of of('formOfTeaching'))
    for (const { spot } of definedBlocks(form)) if (spot.said()) spot.note('not-mapped');
  const modes = readModes(of('formOfTeaching').flatMap((one) => blockTexts([one]).map(({ value }) => one.with(value))));
  if (modes.pace.length)
    main
      .at('formOfTeaching')
      .note('not-mapped', 'say the pace as studyPace of the programDuration', modes.pace.join('; '));
  return {
    ...(url ? { url } : {}),
    alternates: [...new Set(main.each('@id', 'programID', 'courseID').flatMap((one) => one.said() ?? []))].filter(
      (one) => one !== identifier,
    ),
    issuerCountry: defaultCountry(source),
    ...bodiesOf(reading, main),
    description: text(described),
    learningOutcomes: outcomesElement(
      of('learningObjectives').map((one) => ({ outcomes: readOutcomes(one, blockTexts([one])), path: one.path })),
    ),
    level: levelOf(reading, of('level')),
    workload: workloadOf([...of('credits'), ...inQualification('credits')], of('programDuration')),
    kind: kindOf(qualifications),
    assessment: assessmentElement(of('formOfAssessment').map((one) => ({ texts: blockTexts([one]), path: one.path }))),
    participation: participationElement(modes, main.language),
    prerequisites: text(of('formalPrerequisites', 'recommendedPrerequisites')),
    targetGroup: statedIf(codesAndText(codesIn(targetGroups, targets), targets), of('targetGroup')[0]?.path ?? ''),
    languages: languagesOf(of('instructionLanguage', 'ppalTeachingLanguage')),
    costs: costsElement(of('expenses').flatMap(pricesOf), of('expenses')[0]?.path ?? ''),
    fields: fieldsElement(
      described
        .flatMap(definedBlocks)
        .flatMap(({ name, spot }) =>
          /^(?:domaine|mention|specialite)$/.test(name) ? [{ scheme: name, text: spot.texts(), path: spot.path }] : [],
        ),
    ),
    stackability: leads.length
      ? text(leads).value
        ? stated({ text: blockTexts(leads) }, leads[0]?.path ?? '')
        : stackabilityOf(relations)
      : stackabilityOf(relations),
    furtherInformation: words.length
      ? stated({ text: words, links: [] }, further.length > 1 ? main.path : (further[0]?.path ?? ''))
      : notStated(),
    opportunities: run ? [run] : [],
    relations,
  };
}

/** The organisations stand before the programmes, nested; the outermost is the institution, and no other body is named that awards. */
function bodiesOf(
  { main: root, bodies, identifier }: RecordReading,
  main: Spot,
): Pick<Elements, 'offeredBy' | 'awardingBody'> {
  const units: { spot: Spot; top: Spot }[] = [];
  const collect = (at: Spot, top: Spot | undefined): void => {
    for (const spot of at.each('orgUnit')) {
      units.push({ spot, top: top ?? spot });
      collect(spot, top ?? spot);
    }
  };
  collect(root.at('CDM'), undefined);
  const ids = new Set([identifier, ...main.each('@id').flatMap((one) => one.said() ?? [])]);
  const wanted = [main, main.at('programStructure'), main.at('admissionInfo')]
    .flatMap((one) => one.each('refOrgUnit'))
    .flatMap((one) => one.first('@idRef', '@ref').said() ?? []);
  const named = (unit: Spot): boolean =>
    unit.each('@id', 'orgUnitID').some((one) => wanted.includes(one.said() ?? '')) ||
    unit.each('refProgram').some((one) => ids.has(one.first('@idRef', '@ref').said() ?? ''));
  const found = units.filter(({ spot }) => named(spot));
  const [first] = found.length ? found : units.length === 1 ? units : [];
  const offered = found.flatMap(({ spot }) => bodyAt(spot, bodies) ?? []);
  const institution = first && bodyAt(first.top, bodies);
  return {
    offeredBy: statedIf(offered, found[0]?.spot.path ?? ''),
    awardingBody:
      first && institution
        ? derivedBy([institution], first.top.path, 'provider-as-awarding-body')
        : bodies.defaultAwardingBody(),
  };
}

function bodyAt(unit: Spot, bodies: Bodies): ProviderReference | undefined {
  const identifier = unit.first('orgUnitID', '@id').said();
  const uai = /^(\d{7}[A-Z])$/.exec(unit.at('orgUnitCode').said() ?? '')?.[1];
  const url = readUrl(unit.at('webLink').at('href'));
  return bodies.add({
    ...(identifier ? { identifier } : {}),
    name: nameOf(unit.at('orgUnitName')),
    identifiers: uai ? [{ scheme: 'uai', value: uai }] : [],
    ...(url ? { url } : {}),
  });
}

function levelOf(reading: RecordReading, spots: readonly Spot[]): Elements['level'] {
  const level = createLevel(reading);
  for (const spot of spots) {
    const texts = blockTexts([spot]);
    const said = spot.at('@level').said();
    if (texts.length) level.words(spot, {}, texts);
    else if (said) level.words(spot.at('@level'), {}, [asSaid(said, spot.language)]);
  }
  return level.element();
}

/** `@ECTScredits` are ECTS by their name. Hours a week are no whole, and neither are lectures (`globalVolume`). */
function workloadOf(credits: readonly Spot[], durations: readonly Spot[]): Elements['workload'] {
  const load = createWorkload();
  for (const one of credits) {
    load.credits(one.at('@ECTScredits'), 'ECTS');
    if (!one.at('@totalWorkLoad').silent) load.hours(one.at('@totalWorkLoad'));
    if (!one.at('@hoursPerWeek').silent) load.part(one.at('@hoursPerWeek'), 'heures par semaine');
    for (const volume of one.each('globalVolume'))
      load.part(volume, ['heures', volume.at('@teachingtype').said()].filter(Boolean).join(' '));
    for (const { value } of one.at('@ECTScredits').silent ? blockTexts([one]) : []) load.credits(one.with(value));
  }
  for (const one of durations) {
    if (!one.at('@duration').silent) load.span(one.at('@duration'));
    for (const { value } of blockTexts([one])) load.span(one.with(value));
  }
  return load.element();
}

function kindOf(qualifications: readonly Spot[]): Elements['kind'] {
  const places = qualifications.flatMap((one) => [...one.each('degree'), ...one.each('qualificationName')]);
  const [first] = places
    .map((spot) => ({ spot, texts: blockTexts([spot]).length ? blockTexts([spot]) : nameOf(spot) }))
    .filter(({ texts }) => texts.length);
  if (first) return kindElement(first.spot, first.texts);
  const coded = places.map((spot) => spot.at('@degree')).find((spot) => !spot.silent);
  return kindElement(coded);
}

function languagesOf(spots: readonly Spot[]): Elements['languages'] {
  const said = spots.flatMap((one) => {
    const code = one.at('@teachingLang');
    return code.silent ? [...blockTexts([one]), ...nameOf(one)].map(({ value }) => one.with(value)) : [code];
  });
  return statedIf([...new Set(said.flatMap(readLanguages))], spots[0]?.path ?? '');
}

function pricesOf(one: Spot) {
  const money = one.at('@currency');
  const currency = money.silent ? undefined : readCurrency(money);
  const words = blockTexts([one])[0]?.value;
  if (one.at('@price').silent) return words ? readPrices({ amount: one.with(words) }) : [];
  return readPrices({ amount: one.at('@price'), ...(currency ? { currency } : {}), ...(words ? { text: words } : {}) });
}

/** When and where it is taught, where that is said; there is one for a programme. */
function runOf(main: Spot): Opportunity | undefined {
  const admission = main.at('admissionInfo');
  const duration = main.first('programDuration', 'teachingTerm');
  const start = [admission.at('teachingStart').at('@date'), duration.at('@start')].find((one) => !one.silent);
  const place = blockTexts(main.each('teachingPlace'))[0]?.value;
  const deadline = readDate(admission.at('registrationDeadline').at('@date'));
  if (!start && !place && !deadline) return undefined;
  const pace = duration.at('@studyPace').said();
  return compactRun<Opportunity>({
    id: '',
    path: main.path,
    ...(start ? readStart(start) : {}),
    place: place?.slice(0, 1000),
    applicationDeadline: deadline,
    pace,
  });
}

/** Courses and programmes of the same document that make it up. */
function partsOf(main: Spot, source: string, identifier: string) {
  const relations = createRelations([mintCredentialId(source, identifier)]);
  for (const one of main.at('programStructure').each('refCourse', 'refProgram')) {
    const target = one.first('@idRef', '@ref').said();
    if (target) relations.add('hasPart', mintCredentialId(source, target), one);
  }
  for (const one of main.each('subProgram')) {
    const target = one.first('programID', 'courseID', '@id').said();
    const label = joinTexts([...nameOf(one.at('programName')), ...nameOf(one.at('courseName'))]);
    if (target) relations.add('hasPart', mintCredentialId(source, target), one, label);
  }
  return relations.all();
}

import { mintCredentialId, notStated, type Opportunity, statedIf, table } from '../../../schema/index.ts';
import { assessmentElement } from '../../elements/assessment.ts';
import { defaultCountry } from '../../elements/bodies.ts';
import { checkOrder, readDate, readStart } from '../../elements/dates.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { languagesElement } from '../../elements/languages.ts';
import { participationElement, readModes } from '../../elements/modes.ts';
import { outcomesElement, readOutcomes } from '../../elements/outcomes.ts';
import { createRelations, stackabilityOf } from '../../elements/relations.ts';
import { compactRun } from '../../elements/runs.ts';
import { asSaid, joinTexts } from '../../elements/texts.ts';
import { createWorkload } from '../../elements/workload.ts';
import { derivedBy } from '../../problems/derivations.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import codes from './codes.json' with { type: 'json' };
import { type Said, textsOf } from './texts.ts';

const UNITS = table(codes.units);
const MODES = table(codes.modes);
const EXAMS = table(codes.exams);
const GRADES = table(codes.grades);
/** What the same activity may say otherwise in the plan of another year or programme. */
const COMPARED = ['peso', 'umPesoCod', 'settCod', 'tipoEsaCod', 'tipoValCod', 'oreFrontAf', 'oreStuInd', 'testi'];

export function elements(reading: RecordReading): Elements {
  const { main, parts } = reading;
  const af = main.at('af');
  for (const copy of parts.map((part) => part.at('af')))
    if (!copy.at('afGenCod').silent)
      for (const name of COMPARED)
        if (JSON.stringify(copy.at(name).value) !== JSON.stringify(af.at(name).value))
          copy.at(name).note('not-mapped', undefined, name);
  const of = textsOf(af);
  const relations = relationsOf(reading);
  const taught = af.each('linDid').flatMap((list) => list.each('linDidAf'));
  const languages = taught.map((one) => one.first('linDidCod', 'linDidDes'));
  return {
    awardingBody: reading.bodies.defaultAwardingBody(),
    issuerCountry: defaultCountry(reading.source),
    description: textOf(of('description')),
    learningOutcomes: outcomesOf(of('outcomes')),
    prerequisites: textOf(of('prerequisites')),
    assessment: assessmentOf(af, of('assessment')),
    grade: gradeOf(af.at('tipoValCod')),
    workload: workloadOf(af),
    languages: languagesElement(languages.length ? languages : of('language').map(({ spot }) => spot)),
    participation: participationElement(readModes(waysOf(af), MODES), 'it'),
    fields: fieldsElement(
      af
        .each('settCod')
        .map((one) => ({ scheme: 'settore scientifico-disciplinare', code: one.said(), path: one.path })),
    ),
    furtherInformation: furtherOf(of('further')),
    stackability: stackabilityOf(relations),
    opportunities: [main, ...parts].flatMap(runOf),
    relations,
  };
}

const textOf = (said: readonly Said[]) =>
  statedIf(joinTexts(said.flatMap(({ texts }) => texts)), said[0]?.spot.path ?? '');

/** Each language is a text of its own: they are one statement where they divide alike. */
function outcomesOf(said: readonly Said[]): Elements['learningOutcomes'] {
  const texts = said.flatMap((one) => one.texts);
  const spot = said[0]?.spot;
  return outcomesElement(spot ? [{ outcomes: readOutcomes(spot, texts), path: spot.path }] : []);
}

function furtherOf(said: readonly Said[]): Elements['furtherInformation'] {
  const { value, origin } = textOf(said);
  return statedIf(value && { text: value, links: [] }, origin?.path ?? '');
}

/** `tipoEsaCod`: oral, written, both in one; what else it may be is words. */
function assessmentOf(af: Spot, said: readonly Said[]): Elements['assessment'] {
  const exam = af.at('tipoEsaCod');
  const known = EXAMS.get(exam.said() ?? '')?.split(' ') ?? [];
  if (!exam.silent && !known.length) exam.note('unknown-code');
  return assessmentElement(
    [...said.map(({ spot, texts }) => ({ texts, path: spot.path })), { texts: [], path: exam.path }],
    known,
  );
}

/** `tipoValCod` is a code without words; what it means is laid down by Cineca. */
function gradeOf(spot: Spot): NonNullable<Elements['grade']> {
  const word = GRADES.get(spot.said() ?? '');
  if (!spot.silent && !word) spot.note('unknown-code');
  return word ? derivedBy({ scheme: [asSaid(word, 'it')] }, spot.path, 'cineca-grade') : notStated();
}

const waysOf = (af: Spot): Spot[] =>
  af.each('modDid').flatMap((list) => list.each('modDidAf').map((one) => one.first('modDidDes', 'modDidCod')));

/** CFU are ECTS by Italian law. Hours of classes and of own study are parts: nobody says that they are the whole. */
function workloadOf(af: Spot): Elements['workload'] {
  const load = createWorkload();
  const unit = af.at('umPesoCod').said();
  load.credits(af.at('peso'), unit && (UNITS.get(unit) ?? unit));
  for (const [name, scheme] of [
    ['oreFrontAf', 'ore di didattica frontale'],
    ['oreStuInd', 'ore di studio individuale'],
  ] as const)
    if (!/^0+(?:\.0+)?$/.test(af.at(name).said() ?? '0')) load.part(af.at(name), scheme);
  return load.element();
}

/** A day as U-GOV writes it: the day comes first. */
function dayAt(spot: Spot): Spot {
  const [, day, month, year] = /^(\d{2})-(\d{2})-(\d{4})(?!\d)/.exec(spot.said() ?? '') ?? [];
  return day ? spot.with(`${year}-${month}-${day}`) : spot;
}

/** An activity is held in a cycle (semester) of its programme's year; one that cannot be offered is not held. */
function runOf(place: Spot): Opportunity[] {
  const af = place.at('af');
  const id = af.at('afId').said();
  if (!id || af.at('nonErogabileFlg').flag() === true) return [];
  const type = af.at('tipoCicloCod').said();
  const cycle = place
    .at('cds')
    .each('ciclo')
    .find((one) => type !== undefined && one.at('tipoCicloCod').said() === type);
  const start = cycle ? readStart(dayAt(cycle.at('dataInizio'))) : {};
  const endDate = cycle && readDate(dayAt(cycle.at('dataFine')));
  checkOrder(af.reading, { startDate: start.startDate, endDate }, cycle?.at('dataFine').path ?? '');
  const name = joinTexts([...(cycle ?? af).at('cicloDes').texts(), ...af.at('partStuDes').texts()]);
  return [
    compactRun<Opportunity>({
      id,
      path: cycle?.path ?? af.path,
      name: name.length ? name : undefined,
      pace: readModes(waysOf(af), MODES, true).pace.join('; ') || undefined,
      ...start,
      endDate,
    }),
  ];
}

/** It is a part of the degree programme in whose plan it stands, and a module a part of the activity at its root. */
function relationsOf({ main, parts, source, identifier }: RecordReading) {
  const relations = createRelations([identifier, mintCredentialId(source.id, identifier)]);
  const [programme, root] = [main.at('cds').at('cdsCod'), main.at('af').at('afGenCodRadice')];
  for (const spot of [programme, ...parts.map((part) => part.at('cds').at('cdsCod'))])
    if (spot.said()) relations.add('partOf', mintCredentialId(source.id, `cds:${spot.said()}`), spot);
  const said = root.said();
  if (said && said !== identifier) relations.add('partOf', mintCredentialId(source.id, said), root);
  return relations.all();
}

import {
  type LangString,
  type LevelValue,
  lookedUp,
  notStated,
  type Opportunity,
  statedIf,
  table,
} from '../../../schema/index.ts';
import { type BodyFacts, defaultCountry } from '../../elements/bodies.ts';
import { checkOrder, readDate, readModified, readStart } from '../../elements/dates.ts';
import { kindElement } from '../../elements/kind.ts';
import { languagesElement, readLanguages } from '../../elements/languages.ts';
import { createLevel } from '../../elements/level.ts';
import { readModes } from '../../elements/modes.ts';
import { outcomesElement, readOutcomes } from '../../elements/outcomes.ts';
import { compactRun } from '../../elements/runs.ts';
import { asSaid, distinctTexts } from '../../elements/texts.ts';
import { createWorkload, isEcts } from '../../elements/workload.ts';
import { derivedBy } from '../../problems/derivations.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { IDS } from './pages.ts';
import { textsAt, textsOf } from './texts.ts';

export function elements(reading: RecordReading): Elements {
  const { main } = reading;
  const text = (name: string) => statedIf(textsAt(main, name), main.at(name).path);
  const status = main.at('recordStatus');
  if (status.word() === 'inactive') status.note('not-active');
  return {
    alternates: alternatesOf(reading),
    description: text('description'),
    kind: kindOf(main),
    ...bodiesOf(reading),
    learningOutcomes: outcomesElement([
      {
        outcomes: readOutcomes(main.at('learningOutcomes'), textsAt(main, 'learningOutcomes')),
        path: main.at('learningOutcomes').path,
      },
    ]),
    workload: workloadOf(main),
    level: levelOf(reading),
    grade: gradeOf(main),
    languages: languagesElement(main.each('teachingLanguage'), main.at('teachingLanguage').path),
    opportunities: reading.parts.map(runOf),
    sourceModified: readModified(main.at('dateLastModified')),
  };
}

/** The code of a course means one course in its source only; addresses and URNs mean it everywhere. */
function alternatesOf({ main, source, identifier }: RecordReading): string[] {
  const codes = main.nodes('primaryCode', 'otherCodes').map((one) => one.at('identifier'));
  return codes.flatMap((one, n) => {
    const code = one.said();
    if (code === undefined || code === identifier) return [];
    if (/^(?:urn:|https?:\/\/)/i.test(code)) return [code];
    if (n === 0 && !main.at('primaryCode').silent) return [`code:${source.id}:${code}`];
    one.note('not-mapped');
    return [];
  });
}

/** The type of a course or collection in words; what the resource is stands behind it. */
function kindOf(main: Spot): Elements['kind'] {
  const type = main.first('courseType', 'collectionType', 'educationType', 'type');
  const said = type.said();
  const isCollection = !main.at('collectionType').silent || /^program/i.test(main.at('type').said() ?? '');
  const otherwise = { code: isCollection ? 'programme' : 'course', path: type.path, id: 'edu-api-resource' } as const;
  return kindElement(said === undefined ? undefined : type, said === undefined ? [] : [asSaid(said)], {
    ...otherwise,
    path: said === undefined ? '' : type.path,
  });
}

/** An organisation by its identifier alone, or as the first drafts had it. */
const organisationAt = (spot: Spot): Spot => {
  const at = spot.at('organization');
  return at.node() ? at.first(...IDS) : at;
};

/** What is said of an organisation in a list of its own. */
export const organisationFacts = (main: Spot, identifier: string): BodyFacts => ({
  identifier,
  name: textsAt(main, 'name'),
  description: textsAt(main, 'description'),
});

/** The organisation of a template offers it; that it awards is derived. */
function bodiesOf({ main, bodies, source }: RecordReading): Elements {
  const at = organisationAt(main);
  const offering = bodies.add({ identifier: at.said() });
  const fallback = bodies.defaultAwardingBody();
  return {
    offeredBy: statedIf(offering && [offering], at.path),
    awardingBody:
      fallback.value || !offering ? fallback : derivedBy([offering], at.path, 'edu-api-organization-awards'),
    issuerCountry: defaultCountry(source),
  };
}

/** `creditsAwarded` is a text ("7.5 ECTS"), `creditType` says of what kind: only ECTS are ECTS, and "credit" names no scheme. */
function workloadOf(main: Spot): Elements['workload'] {
  const load = createWorkload();
  const [amount, type] = [main.first('creditsAwarded', 'credits'), main.at('creditType')];
  const said = type.said();
  if (said !== undefined && /^no/.test(type.word())) type.note('not-mapped');
  else if (said === undefined || /^credits?$/.test(type.word())) load.credits(amount);
  else load.credits(amount, isEcts(said) ? 'ECTS' : said);
  return load.element();
}

/** The words of the standard, as QualityLink reads them; "graduate" is what comes after a bachelor. */
const LEVELS = table<LevelValue>({
  undergraduate: { eqf: 6, cycle: 'first' },
  graduate: { eqf: 7, cycle: 'second' },
  doctoral: { eqf: 8, cycle: 'third' },
});

function levelOf(reading: RecordReading): Elements['level'] {
  const level = createLevel(reading);
  for (const one of reading.main.each('level')) {
    const known = LEVELS.get(one.word());
    if (known && lookedUp(reading.source, 'level', one.said() ?? '') === undefined)
      level.derive(one, known, 'edu-api-level-to-eqf');
    level.words(one, {}, [asSaid(one.said() ?? '')]);
  }
  return level.element();
}

/** A scheme in words, or the identifier of one, which says nothing here. */
function gradeOf(main: Spot): Elements['grade'] {
  const at = main.at('gradingScheme');
  const scheme: LangString[] = distinctTexts(main.each('gradingScheme').flatMap(textsOf));
  if (!scheme.some(({ value }) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(value)))
    return statedIf(scheme.length ? { scheme } : undefined, at.path);
  at.note('not-mapped');
  return notStated();
}

/** Formats of an offering (1EdTech, as QualityLink reads them) that the EU's list has by another name. */
const MODES = table({ onground: 'presential' });

function runOf(part: Spot): Opportunity {
  const dates = { ...readStart(part.at('startDate')), endDate: readDate(part.at('endDate')) };
  checkOrder(part.reading, dates, part.at('endDate').path);
  const { codes, words, pace } = readModes(part.each('offeringFormat'), MODES);
  const languages = part.each('teachingLanguage').flatMap(readLanguages);
  const name = textsAt(part, 'title');
  const session = part.at('academicSessionCode').said();
  return compactRun<Opportunity>({
    id: part.first(...IDS).said() ?? '',
    path: part.path,
    name: name.length ? name : undefined,
    ...dates,
    startText: dates.startText ?? (dates.startDate ? undefined : session),
    participation: codes.length ? codes : undefined,
    participationText: words.join(', ') || undefined,
    pace: pace.join(', ') || undefined,
    languages: languages.length ? [...new Set(languages)] : undefined,
    status: STATUSES.get(part.at('registrationStatus').word()),
  });
}

const STATUSES = table({ closed: 'closed', cancelled: 'cancelled', canceled: 'cancelled', full: 'full' } as const);

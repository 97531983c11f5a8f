import { type LangString, stated, statedIf } from '../../../schema/index.ts';
import { assessmentElement } from '../../elements/assessment.ts';
import { type BodyFacts, defaultCountry } from '../../elements/bodies.ts';
import { readDate } from '../../elements/dates.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { kindElement } from '../../elements/kind.ts';
import { createLevel } from '../../elements/level.ts';
import { readUrl } from '../../elements/links.ts';
import { readCountry } from '../../elements/places.ts';
import { asSaid, joinTexts } from '../../elements/texts.ts';
import { createWorkload } from '../../elements/workload.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';

/** The names of a column: in the extract, in the API. "Not Set" is a filler of the register as well. */
const COLUMNS = {
  title: ['Qualification Title', 'title'],
  owner: ['Owner Organisation Name', 'organisationName'],
  recognition: ['Owner Organisation Recognition Number', 'organisationRecognitionNumber'],
  level: ['Qualification Level', 'level'],
  subLevel: ['Qualification Sub Level', 'subLevel'],
  eqf: ['EQF Level', 'eqfLevel', 'europeanQualificationLevel'],
  type: ['Qualification Type', 'type'],
  credits: ['Total Credits', 'totalCredits'],
  ssa: ['Qualification SSA', 'ssa'],
  status: ['Qualification Status', 'status'],
  from: ['Operational Start Date', 'operationalStartDate'],
  until: ['Certification End Date', 'certificationEndDate'],
  total: ['Total Qualification Time', 'tqt'],
  guided: ['Guided Learning Hours', 'glh'],
  guidedMin: ['Minimum Guided Learning Hours', 'minimumGlh'],
  guidedMax: ['Maximum Guided Learning Hours', 'maximumGlh'],
  assessment: ['Assessment Methods', 'assessmentMethods'],
  grading: ['Overall Grading Type', 'gradingType'],
  scale: ['Grading Scale', 'gradingScale'],
  specification: ['Link To Specification', 'linkToSpecification'],
} as const;
export const READ = Object.values(COLUMNS).flat();

export const at = (main: Spot, column: keyof typeof COLUMNS): Spot => main.first(...COLUMNS[column]);

/** 0 and nothing both say that it is not known (register of regulated qualifications). */
const known = (spot: Spot): boolean => !spot.silent && !/^0+(?:\.0+)?$/.test(spot.said() ?? '');

export function elements(reading: RecordReading): Elements {
  const { main, bodies, source, identifier } = reading;
  const [owner, number] = [at(main, 'owner'), at(main, 'recognition').said()];
  const body = bodies.add({
    ...(number ? { identifier: number, identifiers: [{ scheme: 'ofqual-recognition', value: number }] } : {}),
    name: owner.texts(),
  });
  const url = readUrl(at(main, 'specification'));
  const status = at(main, 'status');
  if (/^(?:no longer awarded|withdrawn|closed|ended|expired)/i.test(status.said() ?? '')) status.note('not-active');
  const [from, until] = [readDate(at(main, 'from')), readDate(at(main, 'until'))];
  const bare = identifier.replaceAll('/', '');
  const methods = at(main, 'assessment');
  const texts = methods
    .texts()
    .flatMap(({ language, value }) => value.split(/\s*,\s*/).map((one): LangString => ({ language, value: one })));
  const grading = [at(main, 'grading'), at(main, 'scale')];
  const scheme = joinTexts(grading.flatMap((one) => one.texts()));
  return {
    ...(url ? { url } : {}),
    alternates: bare === identifier ? [] : [bare],
    issuerCountry: defaultCountry(source),
    awardingBody: body
      ? stated([body], owner.silent ? at(main, 'recognition').path : owner.path)
      : bodies.defaultAwardingBody(),
    ...(from || until
      ? {
          issueDate: stated(
            { ...(from ? { from } : {}), ...(until ? { until } : {}) },
            at(main, from ? 'from' : 'until').path,
          ),
        }
      : {}),
    level: levelOf(reading),
    workload: workloadOf(main),
    kind: kindElement(at(main, 'type').silent ? undefined : at(main, 'type')),
    assessment: assessmentElement([{ texts, path: methods.path }]),
    ...(scheme.length ? { grade: stated({ scheme }, grading.find((one) => !one.silent)?.path ?? '') } : {}),
    fields: fieldsOf(at(main, 'ssa')),
    qualityAssurance: statedIf(
      status.said() === undefined
        ? undefined
        : {
            kinds: ['national-register-entry'],
            claims: [{ name: identifier, text: [asSaid(status.said() ?? '', 'en')] }],
          },
      status.path,
    ),
  };
}

/**
 * The level is one of the RQF; that of the EQF has a column of its own and is another number (RQF 3 is EQF 4). "Level 1/Level 2" is
 * none of both.
 */
function levelOf(reading: RecordReading): Elements['level'] {
  const level = createLevel(reading);
  const [spot, sub] = [at(reading.main, 'level'), at(reading.main, 'subLevel')];
  const said = spot.said() ?? '';
  const [, single] = /^(?:level\s)?([1-8])$/i.exec(said) ?? [];
  const [, entry] =
    /^entry(?:\slevel)?\s([1-3])$/i.exec(/^entry/i.test(said) && !sub.silent ? (sub.said() ?? '') : said) ?? [];
  const framework = { country: 'GB', framework: 'RQF' };
  if (single) level.nqf(spot, { ...framework, level: single, label: said });
  else if (entry) level.nqf(sub.silent ? spot : sub, { ...framework, level: `Entry ${entry}`, label: said });
  else if (said) level.words(spot, {}, [asSaid(said, spot.language)]);
  const eqf = at(reading.main, 'eqf');
  if (!/^(?:none|not (?:set|applicable)|n\/a)$/i.test(eqf.said() ?? 'none')) level.eqf(eqf);
  return level.element();
}

/** Total Qualification Time is the effort in all; guided learning is the contact in it, which old entries give as a range. */
function workloadOf(main: Spot): Elements['workload'] {
  const load = createWorkload();
  if (known(at(main, 'total'))) load.hours(at(main, 'total'));
  const guided = known(at(main, 'guided')) ? (['guided'] as const) : (['guidedMin', 'guidedMax'] as const);
  for (const name of guided) if (known(at(main, name))) load.part(at(main, name), 'Guided Learning Hours');
  if (known(at(main, 'credits'))) load.credits(at(main, 'credits'), 'RQF');
  return load.element();
}

/** "13.1 Teaching and lecturing": a sector subject area of Ofqual. */
function fieldsOf(spot: Spot): Elements['fields'] {
  const said = spot.said() ?? '';
  const [, code, words] = /^(\d{1,2}(?:\.\d{1,2})?)\s+(.+)$/.exec(said) ?? [];
  const text = words ?? said;
  return fieldsElement(
    text ? [{ scheme: 'SSA', code, text: [{ language: spot.language ?? 'en', value: text }], path: spot.path }] : [],
  );
}

/** A row of the extract of organisations. */
export function organisationAt(main: Spot): BodyFacts | undefined {
  const number = main.first('Recognition Number', 'recognitionNumber').said();
  const name = main.first('Name', 'name', 'Legal Name', 'legalName').texts();
  if (!number || !name.length) return undefined;
  const url = readUrl(main.first('Website', 'website', 'url'));
  const place = main.first('Head Office Address Country', 'Head Office Country');
  const country = place.silent ? undefined : readCountry(place);
  return {
    identifier: number,
    name,
    identifiers: [{ scheme: 'ofqual-recognition', value: number }],
    ...(url ? { url } : {}),
    ...(country ? { country } : {}),
  };
}

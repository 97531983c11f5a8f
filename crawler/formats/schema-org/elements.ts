import {
  type CredentialDraft,
  type Element,
  type LangString,
  notStated,
  stated,
  statedIf,
} from '../../../schema/index.ts';
import { isoDate } from '../../../schema/parse/date.ts';
import { targetGroups } from '../../../schema/vocabularies/index.ts';
import { alignmentsElement } from '../../elements/alignments.ts';
import { type Modes, participationElement } from '../../elements/modes.ts';
import { costsElement } from '../../elements/prices.ts';
import { codesAndText, codesIn, withoutCutCopies } from '../../elements/texts.ts';
import { derivedBy } from '../../problems/derivations.ts';
import type { Elements } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { bodies } from './bodies.ts';
import { fields, kind, level, outcomes, workload } from './learning.ts';
import { alternates, furtherInformation, relations } from './links.ts';
import { MODES, type Offering, offeringAt, type Run, readRuns } from './runs.ts';
import { alignedTerms, type Course, isOfType, isThing, say, termsAt, words } from './words.ts';

/** Which place is which element. */
export function elements(r: Course): Elements {
  const { main } = r;
  const runs = readRuns(r);
  const { offered, modes, languages } = runs.find(({ spot }) => spot === main) ?? courseItself(r);
  const free = { prices: offered.free, path: offered.path, id: 'free-category' } as const;
  const modified = modifiedAt(main);
  return {
    alternates: alternates(r),
    ...(r.url ? { url: r.url } : {}),
    ...bodies(r),
    description: firstWords(main, 'description', 'abstract', 'disambiguatingDescription'),
    learningOutcomes: outcomes(r),
    workload: workload(r, runs),
    level: level(r),
    participation: participation(r, modes, runs),
    prerequisites: prerequisites(main),
    kind: kind(r),
    fields: fields(r),
    // What is assessed is a skill; how it is assessed schema.org cannot say.
    skills: alignmentsElement([...termsAt(main, 'assesses', 'skills'), ...alignedTerms(main, /^(assesses|skill)/i)]),
    occupations: alignmentsElement(termsAt(main, 'occupationalCategory', 'hasOccupation')),
    targetGroup: targetGroup(main),
    languages: statedIf(languages, main.first('inLanguage', 'availableLanguage').path),
    costs: costsElement(offered.prices, main.at('offers').path, free),
    funding: funding(main),
    opportunities: runs.map(({ opportunity }) => opportunity),
    relations: relations(r),
    ...(modified ? { sourceModified: modified } : {}),
    furtherInformation: furtherInformation(r),
  };
}

/** What a course says that is no run. A pace is that of a run: of a course it is kept in words. */
function courseItself(r: Course): Offering {
  const offering = offeringAt(r.main);
  const language = r.main.language ?? 'und';
  say(
    r,
    'courseMode',
    offering.modes.pace.map((value) => ({ language, value })),
  );
  return offering;
}

/** The course's own ways of taking part; what its runs say is filled in for all formats alike. */
function participation(r: Course, own: Modes, runs: readonly Run[]): NonNullable<CredentialDraft['participation']> {
  const { main } = r;
  if (own.codes.length || own.words.length)
    return participationElement({ ...own, path: main.first(...MODES).path }, main.language);
  if (runs.some(({ opportunity: run }) => run.participation?.length || run.participationText)) return notStated();
  const virtual = runs.find(({ spot }) => spot.each('location').some((place) => isOfType(place, 'VirtualLocation')));
  if (virtual) return derivedBy({ codes: ['online'] }, virtual.spot.at('location').path, 'virtual-location');
  if (r.type !== 'WorkBasedProgram') return notStated();
  return derivedBy({ codes: ['work-based'] }, '/node/@type', 'work-based-program');
}

function firstWords(main: Spot, ...keys: string[]): Element<LangString[]> {
  for (const key of keys) {
    const spot = main.at(key);
    const text = withoutCutCopies(words(spot));
    if (text.length) return stated(text, spot.path);
  }
  return notStated();
}

function prerequisites(main: Spot): Element<LangString[]> {
  for (const key of ['coursePrerequisites', 'programPrerequisites', 'competencyPrerequisites']) {
    const found = termsAt(main, key).flatMap(({ text }) => text);
    if (found.length) return stated(found, main.at(key).path);
  }
  return notStated();
}

function targetGroup(main: Spot): NonNullable<CredentialDraft['targetGroup']> {
  const found = main
    .each('audience')
    .flatMap((spot) =>
      isThing(spot) ? ['educationalRole', 'audienceType', 'name'].map((key) => spot.at(key)) : [spot],
    )
    .concat(main.each('typicalAgeRange'))
    .map((spot) => ({ path: spot.path, text: words(spot) }))
    .filter(({ text }) => text.length);
  const text = found.flatMap((one) => one.text);
  return statedIf(codesAndText(codesIn(targetGroups, text), text), found[0]?.path ?? '');
}

/** Financial aid: words as stated; a bare flag is derived. */
function funding(main: Spot): NonNullable<CredentialDraft['funding']> {
  for (const spot of main.each('financialAidEligible')) {
    const flag = spot.flag();
    if (flag) {
      const text = [{ language: 'zxx', value: 'financialAidEligible: true' }];
      return derivedBy(text, spot.path, 'financial-aid-flag');
    }
    const text = flag === false ? [] : words(spot);
    if (text.length) return stated(text, spot.path);
  }
  return notStated();
}

/** An instant in UTC, else a date. */
function modifiedAt(main: Spot): string | undefined {
  const text = (main.each('dateModified')[0]?.said() ?? '').replace(
    /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}(?::\d{2})?) ?([+-]\d{2}):?(\d{2})$/,
    '$1T$2$3:$4',
  );
  const date = isoDate(text);
  return date && /T\d{2}:\d{2}/.test(text) && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : date;
}

import type {
  CredentialDraft,
  Element,
  FieldValue,
  LearningOutcome,
  LevelValue,
  WorkloadValue,
} from '../../../schema/index.ts';
import { stated } from '../../../schema/index.ts';
import { plainText } from '../../../schema/parse/text.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { kindElement } from '../../elements/kind.ts';
import { createLevel, eqfOfUri } from '../../elements/level.ts';
import { outcomesElement, outcomesOf } from '../../elements/outcomes.ts';
import { createWorkload, isEcts, isRangeOfHours, type Workload } from '../../elements/workload.ts';
import type { Spot } from '../../record/spot.ts';
import type { Run } from './runs.ts';
import {
  alignedTerms,
  type Course,
  frameworkOf,
  isOfType,
  isThing,
  rawText,
  say,
  type Term,
  termAt,
  termsAt,
  words,
  wordsAt,
} from './words.ts';

/** What the course says it teaches; what a credential requires to be shown. */
export function outcomes(r: Course): Element<LearningOutcome[]> {
  const { main, credential } = r;
  const found = [
    ...termsAt(main, 'teaches'),
    ...alignedTerms(main, /^teaches$/i),
    ...(r.type === 'EducationalOccupationalCredential' ? termsAt(main, 'competencyRequired') : []),
    ...(credential ? termsAt(credential, 'competencyRequired') : []),
  ];
  return outcomesElement(
    found.map(({ spot, text, uri, framework, path }) => ({
      outcomes: outcomesOf(spot, { text, uri, framework }),
      path,
    })),
  );
}

/** Subjects and keywords in the words of the source; ISCED-F only from a term set that is ISCED-F. */
export function fields(r: Course): Element<FieldValue[]> {
  const { main } = r;
  const about = main.each('about').flatMap((spot) => {
    // A thing with a description is a section of the page (Richie), not a subject.
    if (isThing(spot) && !spot.at('description').silent && !isOfType(spot, 'DefinedTerm')) {
      say(r, wordsAt(spot.at('name')) ?? 'about', words(spot.at('description')));
      return [];
    }
    return termAt(spot) ?? [];
  });
  const keywords = main
    .each('keywords')
    .flatMap((spot) =>
      isThing(spot)
        ? [spot]
        : rawText(spot.value)
            .split(/\s*[,;]\s*/)
            .map((word) => spot.with(word)),
    )
    .flatMap((spot) => termAt(spot) ?? []);
  const factsOf = ({ text, framework, code, path }: Term, scheme?: string) => ({
    scheme: framework ?? scheme,
    code,
    text,
    path,
  });
  return fieldsElement([
    ...[...about, ...alignedTerms(main, /educational\s*subject/i)].map((term) => factsOf(term)),
    ...keywords.map((term) => factsOf(term, 'keywords')),
  ]);
}

/** The level in all places that say something of it; that of the node that is awarded as well. */
export function level(r: Course): Element<LevelValue> {
  const found = createLevel(r);
  const places = [
    ...r.main.each('educationalLevel'),
    ...r.main
      .each('educationalAlignment')
      .filter((spot) => /educational\s*level/i.test(spot.at('alignmentType').said() ?? '')),
    ...(r.credential?.each('educationalLevel') ?? []),
  ];
  for (const spot of places) {
    const uris = spot.each('@id', 'url', 'targetUrl', 'termCode').flatMap((one) => one.said() ?? []);
    const text = words(spot);
    const addresses = [...uris, ...text.map(({ value }) => value)].filter((one) => /^https?:\/\/\S+$/.test(one));
    // An address of another list than the EQF's says a level in no words.
    if (addresses.length && (isThing(spot) ? !text.length : true) && !addresses.some(eqfOfUri))
      spot.note('unknown-code', 'name the level in words as well', addresses[0]);
    found.words(spot, { framework: frameworkOf(spot), uris }, text);
  }
  return found.element();
}

const AWARDS = ['educationalCredentialAwarded', 'credentialAwarded', 'occupationalCredentialAwarded'];

/** What is awarded, in the words of the source; else what the type of the node says. The title of the course is no kind. */
export function kind(r: Course): NonNullable<CredentialDraft['kind']> {
  const { main, type } = r;
  const titles = new Set(r.title.map(({ value }) => value.toLowerCase()));
  const found = main
    .each(...AWARDS)
    .map((spot) => (isThing(spot) ? spot.first('credentialCategory', 'name') : spot))
    .concat(main.each('credentialCategory'))
    .map((spot) => {
      const text = words(spot).filter(({ value }) => {
        const isTitle = titles.has(value.toLowerCase());
        if (isTitle)
          spot.note('credential-is-title', 'say what is awarded (certificate, badge, …), not what is taught', value);
        return !isTitle;
      });
      return { spot, text };
    })
    .filter(({ text }) => text.length);
  const code = /Program$/.test(type) ? 'programme' : 'course';
  const ofType = { code, path: '/type', id: 'schema-org-type' } as const;
  return kindElement(
    found[0]?.spot,
    found.flatMap(({ text }) => text),
    type === 'EducationalOccupationalCredential' ? undefined : ofType,
  );
}

/** Credits, hours and calendar duration, apart. The hours of runs are derived, when all agree. */
export function workload(r: Course, runs: readonly Run[]): Element<WorkloadValue> {
  const { main, type } = r;
  const load = createWorkload();
  for (const spot of main.each('numberOfCredits')) readCredits(load, spot);
  const isRun = type === 'CourseInstance'; // its workload and duration are read with the run
  const hours: number[] = [];
  for (const key of ['courseWorkload', 'timeRequired', 'timeToComplete', 'duration']) {
    const improper = key === 'courseWorkload' || key === 'duration';
    if (improper && isRun) continue;
    for (const spot of main.each(key)) {
      const span = load.span(spot);
      if (improper && Object.keys(span).length)
        spot.note('property-not-of-type', `use timeRequired; ${type} has no ${key}`, key);
      if (span.durationText && !/^P/i.test(span.durationText)) spot.note('duration-in-words');
      if (span.hours !== undefined) hours.push(span.hours);
    }
  }
  for (const { spot } of runs)
    for (const effort of spot.each('courseWorkload').filter(isRangeOfHours)) load.hours(effort);
  if (hours.length > 1) {
    load.value.hours = Math.min(...hours);
    if (Math.max(...hours) > load.value.hours) load.value.hoursMax = Math.max(...hours);
  }
  const [first] = runs;
  const every = first?.opportunity.hours;
  if (load.has('hours') || every === undefined || !first?.hoursAt) return load.element();
  if (isRun && runs.length === 1) {
    const own = load.element();
    return stated({ ...own.value, hours: every }, own.origin?.path ?? first.hoursAt);
  }
  if (runs.every(({ opportunity }) => opportunity.hours === every))
    load.derive({ hours: every }, first.hoursAt, 'workload-of-every-run');
  return load.element();
}

/** Credits are ECTS only when the unit says so; any other number keeps the words for its scheme. */
function readCredits(load: Workload, spot: Spot): void {
  if (!isThing(spot)) {
    load.credits(spot);
    return;
  }
  // As they stand: a sign ("%") says nothing elsewhere.
  const units = ['unitText', 'unitCode', 'name', 'alternateName', 'description', '@id', 'url']
    .flatMap((key) => spot.at(key).value)
    .map((value) => plainText(rawText(value)))
    .filter(Boolean);
  const unit = units.find(isEcts) ?? units.find((word) => !/^credits?( points?)?$/i.test(word));
  const amount = spot.first('value', 'minValue');
  // Without a number of its own, the words may hold it: "5 ECTS".
  if (amount.silent) load.credits(spot.with(units[0]));
  else load.credits(spot.with(amount.value), unit === 'P1' ? '%' : unit, { to: spot.at('maxValue') });
}

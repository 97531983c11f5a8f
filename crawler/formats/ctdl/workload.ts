import type { Credential } from '../../../schema/index.ts';
import { amountIn } from '../../elements/numbers.ts';
import { createWorkload, isEcts, type Workload } from '../../elements/workload.ts';
import type { Spot } from '../../record/spot.ts';
import { type CtdlReading, type Entry, entriesAt } from './entries.ts';
import { lastPart, schemeOf, wordsOfTerm } from './terms.ts';

/** What is stated of the record itself; of a single required course or assessment it is derived. */
export function workloadOf({ main, toEarn, required }: CtdlReading): Credential['workload'] {
  const load = createWorkload();
  load.credits(main.at('ectsCredits'), 'ECTS');
  load.hours(main.at('clockHours'));
  const academic = main.at('academicHours');
  const lessons = academic.said();
  // An academic hour is not a clock hour (45 minutes in Estonia); how long is not stated.
  if (lessons !== undefined && amountIn(lessons)) load.words(academic, `${lessons} academic hours`);
  for (const at of [main, ...toEarn]) readCredits(load, at);
  readDurations(load, main);
  // One required course says how much is required; the sum of several would be our own arithmetic.
  const [only] = required.length === 1 ? required : [];
  if (only) {
    const other = createWorkload();
    readCredits(other, only);
    readDurations(other, only);
    const { value, origin } = other.element();
    if (value && origin) load.derive(value, origin.path, 'ctdl-required-learning');
  }
  return load.element();
}

function readCredits(load: Workload, at: Spot): void {
  const described = at.at('creditUnitTypeDescription');
  for (const one of at.each('creditValue')) {
    const item = one.node();
    if (item) readCredit(load, item, described);
    else if (sayUnit(one)) load.credits(one);
    else one.note('number-without-unit', 'write a schema:QuantitativeValue with a unit');
  }
  const words = creditsInWords(at);
  if (words) load.credits(words);
}

/** An amount with words beside it. */
const sayUnit = (spot: Spot): boolean => /\d/.test(spot.said() ?? '') && /\p{L}/u.test(spot.said() ?? '');

/** A description of the unit that holds the amount as well, where it stands without one: "3–5 ECTS". */
export function creditsInWords(at: Spot): Spot | undefined {
  if (at.each('creditValue').length) return undefined;
  const described = at.at('creditUnitTypeDescription');
  return described
    .texts()
    .map(({ value }) => described.with(value))
    .find(sayUnit);
}

/** A `schema:QuantitativeValue` or `ceterms:ValueProfile`. */
function readCredit(load: Workload, item: Spot, described: Spot): void {
  const unit = entriesAt(item, 'creditUnitType', 'unitText').map(unitOf).find(Boolean);
  const level = entriesAt(item, 'creditLevelType').map(levelName).find(Boolean);
  const percentage = [
    item.at('percentage'),
    ...(/percent|%/i.test(unit ?? '') ? [item.first('value', 'minValue')] : []),
  ];
  for (const share of percentage.filter((spot) => !spot.silent))
    share.note('not-a-number', 'give credits of a scheme: a percentage is none', `${share.said()} %`);
  if (/percent|%/i.test(unit ?? '')) return;
  const exact = item.at('value');
  const low = exact.silent ? item.at('minValue') : exact;
  const high = exact.silent ? item.at('maxValue') : undefined;
  const words = [item.at('creditUnitTypeDescription'), item.at('description'), described]
    .map((spot) => spot.texts()[0]?.value)
    .find((text) => text !== undefined);
  if (low.silent && high && !high.silent) {
    load.words(high, ['≤', high.said(), unit ?? words].filter(Boolean).join(' '));
  } else if (unit === undefined && words !== undefined && isEcts(words) && !NAMES_UNIT.test(words)) {
    // "about 6 ECTS", "no ECTS": what the number counts is not said.
    load.part(low, words.slice(0, 100));
  } else load.credits(low, unit ?? words, { ...(high ? { to: high } : {}), ...(level ? { level } : {}) });
}

/** Words that name a unit and say nothing else of it. */
const NAMES_UNIT = /^(?!.*(?:\d|(?<!\p{L})(?:not?|non|sans|kein|keine|sin|senza|geen|ei)(?!\p{L}))).{1,60}$/iu;

const EU_ECTS = 'education-credit/6fcec5c5af';

/** The unit of credits: its name, the scheme that its address names, or the last part of the term. */
function unitOf({ texts, term }: Entry): string | undefined {
  const [name] = texts;
  if (name) return name.value;
  if (term === undefined) return undefined;
  if (term.endsWith(EU_ECTS)) return 'ECTS';
  return schemeOf(term) ?? lastPart(term);
}

/** A level by address (`https://…/scqf/levels/8`) is its last part. */
const levelName = ({ texts, term }: Entry): string | undefined => texts[0]?.value ?? (term && wordsOfTerm(term));

/** Effort (`PT50H`) is hours, calendar time (`P10W`) is a duration; the one is never made of the other. */
export function readDurations(load: Workload, at: Spot): void {
  for (const one of at.each('estimatedDuration')) {
    const profile = one.node();
    if (!profile) {
      load.span(one);
      continue;
    }
    for (const name of ['timeRequired', 'exactDuration']) load.span(profile.at(name));
    const least = profile.at('minimumDuration');
    const most = profile.at('maximumDuration');
    if (!least.silent) load.span(least, undefined, most);
    else if (!most.silent) load.words(most, `≤ ${most.said()}`);
    if (load.has('hours') || load.has('duration')) continue;
    const described = profile.at('description');
    const [words] = described.texts();
    if (words) load.span(described.with(words.value));
  }
}

import { type Element, notStated, type Opportunity, stated, type WorkloadValue } from '../../schema/index.ts';
import { type ParsedDuration, parseDuration } from '../../schema/parse/duration.ts';
import { plainText } from '../../schema/parse/text.ts';
import { alsoDerived, type DerivationId, derivedBy } from '../problems/derivations.ts';
import type { Spot } from '../record/spot.ts';
import { tellOtherwise } from './dates.ts';
import { type Amount, amountIn, readQuantity } from './numbers.ts';

/** No study has more ECTS than this; such numbers are hours. */
const MOST_ECTS = 500;

/** Units that are ECTS by the law of their country: CFU (IT), EAP (EE), op (FI), hp (SE), studiepoeng (NO), studiepunten (NL, BE). */
const ECTS_BY_LAW =
  /^(?:cfu|eap|op|opintopist(?:e|että|eet)|hp|högskolepoäng|hogskolepoang|studiepoeng|studiepunt(?:en)?)$/i;

/** Whether the name of a unit or scheme says ECTS. Credits are ECTS only then. */
export const isEcts = (unit: string | undefined): boolean =>
  unit !== undefined &&
  (/(?<![\p{L}])ECTS(?![\p{L}])|European Credit Transfer/iu.test(unit) ||
    ECTS_BY_LAW.test(unit.trim().replace(/\.$/, '')));

/** Words that make something else of an amount of credits: none of them, a limit, so many in a period. */
const QUALIFIED =
  /(?<![\p{L}])(?:no|not|non|kein|keine|sans|sin|senza|sem|geen|ei|ej|bez|up to|at (?:least|most)|max|min|maximum|minimum|bis zu|jusqu.à|hasta|fino a|tot|enintään|per|pro|par|por|each|a|je|op|za)(?![\p{L}])/iu;

const ECTS_AMONG = /(?<![\d.,–-])\d{1,3}(?:[.,]\d{1,2})?\s?(?:ECTS|CFU|EAP)(?![\p{L}])/giu;

/** Words for credits that name no scheme. */
const NO_SCHEME =
  /^(?:credits?|credit ?points?|points?|punkte?|kreditpunkte|leistungspunkte|crediti|créditos|crédits|kreditų|kredytów)$/i;
/** "15 SCQF credits" are of the SCQF. */
const BEHIND = /\scredits?$/i;
/** Letters for credits, which stay as they stand and tell no more of the scheme. */
const LETTERS = /^(?:cp|lp|kp|ec)$/i;
const HOURS =
  /^(?:h|hrs?|hours?|std\.?|stunden?|heures?|horas?|uren|uur|ore|ora|tundi?|tuntia|timmar|timer|godzin[ay]?|hodin|ur|óra|stundas|val\.?|ώρες|часа?)$/i;

/** Whether a unit is an hour, in whatever language. */
const isHour = (unit: string): boolean => HOURS.test(unit) || spanIn(`1 ${unit}`).hours === 1;

/** What a unit counts; undefined for words that are none. */
export function kindOfUnit(unit: string): 'ects' | 'credits' | 'hours' | 'time' | undefined {
  const word = unit.trim();
  if (isEcts(word)) return 'ects';
  if (NO_SCHEME.test(word)) return 'credits';
  if (HOURS.test(word)) return 'hours';
  const { duration, hours } = spanIn(`2 ${word}`);
  if (hours !== undefined) return 'hours';
  return duration ? 'time' : undefined;
}

/** Calendar time and effort in one ISO 8601 duration; `PT1`, `P` and `PT0S` are none at all. */
const MIXED = /^P\S{0,20}\d[YMWD]T\S{0,20}\d[HMS]$/i;
const LIKE_ISO = /^P[\d.,YMWDTHS]*$/i;

/** Values that stand in the text of a specification and were published unchanged. */
const EXAMPLES = new Set(['P1DT30H4S', 'P1DT10H30M']);

/** A span sorted by what it is: calendar time, effort, or words. The one is never made of the other. */
export function spanIn(said: unknown): Pick<Opportunity, 'duration' | 'durationText' | 'hours'> {
  const span: ParsedDuration = parseDuration(said) ?? {};
  return {
    ...(span.duration ? { duration: span.duration } : {}),
    ...(span.hours === undefined ? {} : { hours: span.hours }),
    ...(span.text ? { durationText: span.text } : {}),
  };
}

/**
 * The duration at a spot. `unit`: the unit where it stands apart ("10" and "Weeks"). A number without a unit says nothing and is
 * noted; so are the example of a specification and what mixes calendar time and effort.
 */
export function readSpan(spot: Spot, unit?: string): ReturnType<typeof spanIn> {
  const said = spot.said();
  if (said === undefined) return {};
  if (EXAMPLES.has(said.toUpperCase())) {
    spot.note('specification-example');
    return {};
  }
  const bare = /^[\d.,]/.test(said) && amountIn(said)?.unit === '';
  if (bare && !unit) {
    spot.note('number-without-unit');
    return {};
  }
  const span = spanIn(bare ? `${said} ${unit}` : said);
  // Number and unit were put together here: nobody said these words.
  if (bare && (span.duration || span.hours !== undefined)) delete span.durationText;
  if (LIKE_ISO.test(span.durationText ?? '')) {
    const mixed = MIXED.test(said);
    spot.note(mixed ? 'mixed-duration' : 'not-a-duration');
    if (!mixed) return {};
  }
  const months = Number(/^P(\d+)M$/.exec(span.duration ?? '')?.[1] ?? 0);
  if (months < 30) return span;
  // Minutes are written with a T: nobody teaches 45 months.
  spot.note('doubtful-duration');
  return { durationText: said };
}

/** Whether words are a range of hours ("50–60 hours"), for which a run has no room: it is the workload of the whole. */
export const isRangeOfHours = (spot: Spot): boolean => rangeOfHours(spot) !== undefined;

function rangeOfHours(spot: Spot): Amount | undefined {
  const amount = amountIn(spot.said() ?? '');
  return amount?.to !== undefined && HOURS.test(amount.unit) ? amount : undefined;
}

/**
 * A duration that stands twice, for machines (`interval="P2W"`) and in words: the machine's wins, the words stay beside it, and what
 * they say otherwise is told.
 */
export function readDuration(words: Spot, machine: Spot): ReturnType<typeof spanIn> {
  const read = machine.silent ? {} : readSpan(machine);
  const text = words.said();
  const known = read.duration !== undefined || read.hours !== undefined;
  const said = text === undefined ? {} : known ? spanIn(text) : readSpan(words);
  if (known && text !== undefined && differs(read, text)) tellOtherwise(words, machine);
  const { duration, hours } = known ? read : said;
  const inWords = Object.keys(said).length && !/^P[\dT]/i.test(text ?? '') ? text : undefined;
  const durationText = inWords ?? said.durationText ?? read.durationText;
  return {
    ...(duration ? { duration } : {}),
    ...(hours === undefined ? {} : { hours }),
    ...(durationText ? { durationText } : {}),
  };
}

/** Whether words that begin with a span ("3 weeks, part-time") name another one. */
function differs(span: ReturnType<typeof spanIn>, text: string): boolean {
  const begin = /^(?:about |approx\w{0,8}\.? |ca\. )?(\d+ \p{L}+)/iu.exec(text)?.[1];
  const said = [text, begin].map(spanIn).find(({ duration, hours }) => duration ?? hours);
  const alike = said && (said.duration === undefined) === (span.duration === undefined);
  return alike === true && sizeOf(said) !== sizeOf(span);
}

/** Two weeks are fourteen days, two years 24 months. */
function sizeOf({ duration, hours }: ReturnType<typeof spanIn>): string {
  const [, number, unit] = /^P(\d+)([YMWD])$/.exec(duration ?? '') ?? [];
  if (unit === 'W') return `P${Number(number) * 7}D`;
  return unit === 'Y' ? `P${Number(number) * 12}M` : (duration ?? `PT${hours}H`);
}

/** Collects credits, hours and time, which are four different things, from all the places that say something of them. */
export function createWorkload() {
  const value: WorkloadValue = {};
  let path: string | undefined;
  let rule: { value: WorkloadValue; path: string; id: DerivationId } | undefined;

  const addCredits = (scheme: string, amount: number | undefined, level?: string): void => {
    const credit = {
      scheme: plainText(scheme).slice(0, 100) || 'not named',
      ...(amount === undefined ? {} : { value: amount }),
      ...(level ? { level } : {}),
    };
    const known = value.credits ?? [];
    if (!known.some((one) => JSON.stringify(one) === JSON.stringify(credit))) value.credits = [...known, credit];
  };

  return {
    value,
    has: (name: keyof WorkloadValue): boolean => value[name] !== undefined,
    /**
     * Credits. `unit`: what names their scheme, when it stands apart from the amount. They are ECTS only when the unit says so; of
     * no named scheme they are `not named`, with a note. `to`: the upper end, when it stands apart. `level`: the level of the
     * credits in their scheme.
     */
    credits(spot: Spot, unit?: string, { to, level }: { to?: Spot; level?: string } = {}): void {
      const said = spot.said();
      if (said === undefined && level === undefined) return;
      const amount = said === undefined ? undefined : amountIn(said);
      const [among, ...more] = said === undefined || amount ? [] : [...said.slice(0, 100).matchAll(ECTS_AMONG)];
      // "60 CATS credits (30 ECTS)", "3 ECTS (75 h)": one amount of ECTS among others.
      if (among && !more.length) {
        const ects = amountIn(among[0])?.from;
        if (ects !== undefined) this.ects(spot, ects);
        spot.note('not-mapped', 'give each amount a place of its own', said);
        return;
      }
      if (said !== undefined && !amount) {
        readQuantity(spot); // says what is wrong with it
        if (level === undefined) return;
      }
      const own = amount?.unit ?? '';
      const other = (QUALIFIED.test(own) && !ECTS_BY_LAW.test(own)) || (own !== '' && kindOfUnit(own) === 'time');
      if (other || /[%/]/.test(`${unit} ${own}`)) {
        spot.note('not-a-number');
        return;
      }
      // "30 CATS" in a place of ECTS: nobody knows which of them it is.
      if (isEcts(unit) && own && !isEcts(own) && !NO_SCHEME.test(own) && !LETTERS.test(own)) {
        spot.note('not-a-number');
        return;
      }
      const high = (to && readQuantity(to)) ?? amount?.to;
      const scheme = [unit, own.replace(BEHIND, '')].find((word) => word && !NO_SCHEME.test(word) && !HOURS.test(word));
      if (said === undefined) spot.note('credits-without-amount', undefined, [unit, `level ${level}`].join(', '));
      if (isEcts(unit) || isEcts(own)) {
        if (amount) this.ects(spot, amount.from, high);
        return;
      }
      path ??= spot.path;
      if (amount?.from === 0) spot.note('zero-credits', undefined, `0 credits${scheme ? ` (${scheme})` : ''}`);
      if (!scheme || LETTERS.test(scheme)) spot.note('credits-without-unit');
      addCredits(scheme ?? 'not named', amount?.from, level);
      if (high !== undefined && high !== amount?.from) addCredits(scheme ?? 'not named', high, level);
    },
    ects(spot: Spot, from: number, to?: number): void {
      if (from > MOST_ECTS) {
        spot.note('implausible-number', 'no study has that many ECTS: are these hours?');
        return;
      }
      if (from === 0) spot.note('zero-credits');
      if (value.ects !== undefined && value.ects !== from) {
        spot.note('contradiction', undefined, `${value.ects} and ${from} ECTS`);
        return;
      }
      value.ects = from;
      if (to !== undefined && to > from && to <= MOST_ECTS) value.ectsMax = to;
      path ??= spot.path;
    },
    /** Hours of effort in all. */
    hours(spot: Spot, to?: Spot): void {
      const said = spot.said();
      const amount = said === undefined ? undefined : amountIn(said);
      const plain = amount && (amount.unit === '' || isHour(amount.unit)) ? amount : undefined;
      const from = plain?.from ?? (said === undefined ? undefined : readQuantity(spot));
      const high = (to && readQuantity(to)) ?? plain?.to;
      if (from === undefined) return;
      path ??= spot.path;
      if (value.hours === undefined) value.hours = from;
      else if (value.hours !== from) spot.note('contradiction', undefined, `${value.hours} and ${from} hours`);
      if (high !== undefined && high > value.hours) value.hoursMax = high;
    },
    /** Hours or credits that are a part, or another kind, of the whole: of teaching, of own study. */
    part(spot: Spot, scheme: string): void {
      const said = spot.said();
      const amount = said === undefined ? undefined : amountIn(said);
      if (amount && QUALIFIED.test(amount.unit)) {
        spot.note('not-a-number');
        return;
      }
      const number = amount?.from ?? readQuantity(spot);
      if (number === undefined) return;
      addCredits(scheme, number);
      if (amount?.to !== undefined) addCredits(scheme, amount.to);
      path ??= spot.path;
    },
    /**
     * Calendar time, effort or words, whichever it is; gives back what was read. `to`: the upper end, when it stands apart; a range
     * of time is words.
     */
    span(spot: Spot, unit?: string, to?: Spot): ReturnType<typeof spanIn> {
      const range = rangeOfHours(spot);
      if (range) {
        this.hours(spot);
        return { hours: range.from };
      }
      const span = readSpan(spot, unit);
      if (!Object.keys(span).length) return span;
      const most = to ? readSpan(to, unit) : {};
      const [from, until] = [span, most].map((end) => end.duration ?? end.durationText);
      if (until !== undefined && until !== from) {
        this.words(spot, [from, until].filter(Boolean).join(' – '));
        return span;
      }
      if (span.duration) value.duration ??= span.duration;
      if (span.hours !== undefined && value.hours === undefined) {
        value.hours = span.hours;
        if (most.hours !== undefined && most.hours > span.hours) value.hoursMax = most.hours;
      }
      if (span.durationText) value.durationText ??= span.durationText;
      path ??= spot.path;
      return span;
    },
    words(spot: Spot, text: string): void {
      value.durationText ??= text;
      path ??= spot.path;
    },
    /** What a rule makes of it, kept apart from what is stated. */
    derive(more: WorkloadValue, at: string, id: DerivationId): void {
      rule ??= { value: more, path: at, id };
    },
    element(): Element<WorkloadValue> {
      const own: Element<WorkloadValue> =
        path === undefined || !Object.keys(value).length ? notStated() : stated(value, path);
      if (!rule) return own;
      const added = Object.entries(rule.value).filter(([name]) => value[name as keyof WorkloadValue] === undefined);
      if (!added.length) return own;
      const more: WorkloadValue = Object.fromEntries(added);
      return own.value ? alsoDerived(own, more, rule.path, rule.id) : derivedBy(more, rule.path, rule.id);
    },
  };
}
export type Workload = ReturnType<typeof createWorkload>;

import type { Credential } from '../../../schema/index.ts';
import { amountIn, readQuantity } from '../../elements/numbers.ts';
import { createWorkload, spanIn } from '../../elements/workload.ts';
import type { Spot } from '../../record/spot.ts';
import type { Answer } from './answers.ts';

/** "5-10 hours/week", "7–10 hours per week", "3 heures par semaine", "3 h/semaine". */
const A_WEEK =
  /^(.{1,40}?)\s?(?:h(?:ours?|rs?|eures?)?\.?|stunden|horas|ore)\s?(?:\/|per|a|an|par|pro|por|alla)\s?(?:week|semaine|woche|semana|settimana)\.?$/iu;

interface Weekly {
  from: number;
  to?: number | undefined;
  words: string;
  spot: Spot;
}

/** Hours a week, in numbers or in words. */
function weeklyIn(at: Spot, names: readonly string[]): Weekly | undefined {
  const [least, most] = names.map((name) => at.at(name));
  if (!least || (least.silent && (most?.silent ?? true))) return undefined;
  const said = least.said() ?? '';
  if (most === undefined && /\D/.test(said.replace(/[.,]/g, ''))) {
    const amount = amountIn(A_WEEK.exec(said)?.[1] ?? '');
    return amount && amount.unit === '' ? { from: amount.from, to: amount.to, words: said, spot: least } : undefined;
  }
  const to = most && readQuantity(most);
  const from = readQuantity(least) ?? to;
  if (from === undefined || from === 0) return undefined;
  const range = to !== undefined && to > from ? `${from}–${to}` : from;
  return {
    from,
    to: to !== undefined && to > from ? to : undefined,
    words: `${range} h/week`,
    spot: least.silent && most ? most : least,
  };
}

/** Whole weeks of a span. */
function weeksIn(spot: Spot): number | undefined {
  const said = spot.said();
  if (said === undefined) return undefined;
  if (/^\d+$/.test(said)) return Number(said);
  const [, number, unit] = /^P(\d+)([WD])$/.exec(spanIn(said).duration ?? '') ?? [];
  const weeks = Number(number) / (unit === 'D' ? 7 : 1);
  return Number.isInteger(weeks) ? weeks : undefined;
}

/** What all of them say, if they say the same. */
const only = <T>(values: readonly (T | undefined)[]): T | undefined =>
  new Set(values).size === 1 ? values[0] : undefined;

/**
 * Hours a week are kept in words. Times the weeks that the course, or each of its runs, takes they are hours, derived: no API states the effort
 * of the whole.
 */
export function workloadOf(main: Spot, runs: readonly Spot[], answer: Answer): Credential['workload'] {
  const load = createWorkload();
  const names = answer.weekly ?? [];
  const effort = [main, ...runs].flatMap((at) => weeklyIn(at, names) ?? [])[0];
  const own = main.first('duration', 'weeks_to_complete');
  const [inWords] = names.map((name) => main.at(name)).filter((spot) => typeof spot.value === 'string' && !spot.silent);
  const duration = main.at('duration');
  if (effort) load.words(effort.spot, unparsed(duration, effort.words));
  else if (inWords) load.words(inWords, unparsed(duration, inWords.said() ?? ''));
  if (!duration.silent) load.span(duration);
  const weeks = own.silent
    ? only(runs.map((run) => weeksIn(run.first('weeks_to_complete', 'duration_in_weeks'))))
    : weeksIn(own);
  const same = runs.length === 0 || only(runs.map((run) => weeklyIn(run, names)?.words ?? effort?.words)) !== undefined;
  // The weeks of a programme are not those of all its courses.
  if (effort && weeks && same && answer.runs !== undefined)
    load.derive(
      { hours: effort.from * weeks, ...(effort.to === undefined ? {} : { hoursMax: effort.to * weeks }) },
      effort.spot.path,
      'hours-a-week-times-duration',
    );
  return load.element();
}

/** Words beside which a duration that is no span would be lost. */
const unparsed = (duration: Spot, words: string): string => {
  const said = duration.said();
  return said === undefined || spanIn(said).duration ? words : `${said}, ${words}`;
};

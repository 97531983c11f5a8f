import { type Element, table, type WorkloadValue } from '../../../schema/index.ts';
import { readQuantity } from '../../elements/numbers.ts';
import { createWorkload } from '../../elements/workload.ts';
import type { Spot } from '../../record/spot.ts';

const HOURS_OF_A_WEEK = 168;
/** Units of `workload.timeUnit` (MOOChub 3, Workload), by the days or months that one of them is. */
const UNITS = table({ 'h/week': 'W', 'h/month': 'M', 'h/day': 'D' });

/**
 * `numberOfCredits` are ECTS ("credits are given according the European Credit Transfer System"). Hours a week, month or day stay words:
 * multiplied with the duration they are derived. v2 has a bare number of weekly hours.
 */
export function workloadOf(main: Spot): Element<WorkloadValue> {
  const load = createWorkload();
  load.credits(main.at('numberOfCredits'), 'ECTS');
  const duration = main.at('duration');
  // openHPI works it out of its dates, whichever comes first.
  if (/^[-−]/.test(duration.said() ?? '')) duration.note('not-a-duration');
  else load.span(duration);
  const workload = main.at('workload');
  const value = workload.node() ? workload.at('timeValue') : workload;
  const unit = workload.node() ? workload.at('timeUnit').said() : 'h/week';
  if (!workload.node() && typeof workload.value === 'string' && !/^\s*[\d.,]+\s*$/.test(workload.value)) {
    load.span(workload);
    return load.element();
  }
  const hours = readQuantity(value);
  if (hours === undefined) return load.element();
  if (unit === undefined) workload.note('number-without-unit', 'give workload as {timeValue, timeUnit}', hours);
  else if (hours > HOURS_OF_A_WEEK && unit !== 'h/month')
    workload.note('implausible-number', 'give hours a week', `${hours} ${unit}`);
  else if (hours > 0) {
    load.words(value, `${hours} ${unit}`);
    const times = timesIn(load.value.duration, UNITS.get(unit));
    if (times) load.derive({ hours: hours * times }, value.path, 'hours-a-week-times-duration');
  }
  return load.element();
}

/** How many whole units a span of calendar time has; a month has no number of weeks. */
function timesIn(duration: string | undefined, unit: string | undefined): number | undefined {
  const [, number, of] = /^P(\d+)([MWD])$/.exec(duration ?? '') ?? [];
  if (of === unit) return Number(number);
  const weeks = of === 'D' && unit === 'W' ? Number(number) / 7 : Number.NaN;
  return Number.isInteger(weeks) ? weeks : undefined;
}

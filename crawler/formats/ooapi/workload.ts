import { type Element, table, type WorkloadValue } from '../../../schema/index.ts';
import { amountIn, readQuantity } from '../../elements/numbers.ts';
import { createWorkload, isEcts, type Workload } from '../../elements/workload.ts';
import { type Spot, wordOf } from '../../record/spot.ts';
import codes from './codes.json' with { type: 'json' };

/** Units of `studyLoadUnit` (OEAPI 6.1, studyloadUnit) by the scheme they are kept as. Only ECTS are ECTS, and only hours hours. */
const UNITS = table(codes.units);
const unitOf = (said: string): string => wordOf(said).replaceAll(' ', '');

/** Study load, in whatever shape: `{studyLoadUnit, value}`, a list of these, `{ects, hour}`, or an amount with its unit. */
export function workloadOf(main: Spot): Element<WorkloadValue> {
  const load = createWorkload();
  for (const one of main.each('studyLoad')) {
    if (!one.node()) addWords(load, one);
    else {
      const amount = one.first('value', 'amount');
      const unit = one.first('studyLoadUnit', 'unit').said();
      if (!amount.silent) add(load, one, amount, unit);
      else for (const name of one.members()) if (UNITS.has(unitOf(name))) add(load, one.at(name), one.at(name), name);
    }
  }
  // OOAPI 3 had a member of its own.
  if (!main.at('ects').silent) add(load, main.at('ects'), main.at('ects'), 'ects');
  load.span(main.at('duration'));
  return load.element();
}

function add(load: Workload, place: Spot, said: Spot, unit: string | undefined): void {
  const amount = place.with(said.said() ?? said.value);
  const scheme = unit === undefined ? undefined : UNITS.get(unitOf(unit));
  if (unit === undefined) addWords(load, amount);
  else if (scheme === 'ects' || isEcts(unit)) load.credits(amount, 'ECTS');
  else if (scheme === 'hour' && !load.has('hours')) load.hours(amount);
  else {
    if (!scheme && !/^x[_-]?/i.test(unit)) place.note('unknown-code', undefined, unit);
    load.part(amount, scheme ?? unit);
    const hours = scheme === 'sbu' ? amountIn(String(amount.value))?.from : undefined;
    // OEAPI 6.1, studyloadUnit: "sbu: Student workload hours, representing the total estimated effort".
    if (hours !== undefined) load.derive({ hours }, place.path, 'ooapi-sbu-is-hours');
  }
}

/** An amount with its unit in words ("3 ECTS", "75 hours"). */
function addWords(load: Workload, said: Spot): void {
  const unit = amountIn(said.said() ?? '')?.unit;
  if (unit && UNITS.get(unitOf(unit)) === 'hour') load.hours(said);
  else if (unit) load.credits(said);
  else if (readQuantity(said) !== undefined)
    said.note('number-without-unit', 'give studyLoad as {studyLoadUnit, value}');
}

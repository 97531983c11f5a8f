import { statedIf } from '../../../schema/index.ts';
import { createLevel } from '../../elements/level.ts';
import { amountIn } from '../../elements/numbers.ts';
import { asSaid } from '../../elements/texts.ts';
import { createWorkload, isRangeOfHours } from '../../elements/workload.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { theOne } from '../../record/xml-feed.ts';
import { typeOf } from './identifiers.ts';

/** The level of the learning: in words wherever it stands, and of credits whose scheme is a qualifications framework. */
export function levelOf(reading: RecordReading, places: readonly Spot[], credits: readonly Spot[]): Elements['level'] {
  const level = createLevel(reading);
  for (const credit of credits) {
    // SCQF and CQFW are credit and qualifications frameworks.
    const framework = /(?:^|[/#:.])(SCQF|CQFW)\b/i.exec(credit.at('scheme').said() ?? '')?.[1]?.toUpperCase();
    const spot = credit.at('level');
    const said = spot.said();
    const number = /^(?:level )?([1-9]|1[0-2])$/i.exec(said ?? '')?.[1];
    if (framework && number)
      level.nqf(spot, { country: 'GB', framework, level: number, ...(said === number ? {} : { label: said }) });
  }
  for (const spot of places.flatMap((one) => one.each('level', 'educationLevel'))) {
    const type = typeOf(spot);
    const code = spot.at('@identifier').said();
    const texts = spot.texts();
    const words = texts.length || code === undefined ? texts : [asSaid(code, spot.language)];
    const framework = type && /^[A-Z]{2,6}$/.test(type) ? { framework: type } : {};
    level.words(spot, { ...framework, ...(code ? { uris: [code] } : {}) }, words);
  }
  return level.element();
}

/** `hours`: descriptions of that type. `efforts`: those of the runs, of which only ranges are read here. */
export function workloadOf(course: Spot, hours: readonly Spot[], efforts: readonly Spot[]): Elements['workload'] {
  const load = createWorkload();
  const credits = course.each('credit');
  for (const credit of credits) {
    const scheme = theOne(credit, 'scheme')?.said();
    const [first, ...others] = credit.each('level');
    const level = first?.said();
    for (const other of others)
      if (other.said() !== level)
        other.note('contradiction', 'give one credit:level, and the number of credits as credit:value');
    const amount = theOne(credit, 'value') ?? credit.with(credit.said());
    if (amount.said() === undefined && scheme && !level) credit.note('credits-without-amount', undefined, scheme);
    load.credits(amount, scheme, level ? { level } : {});
  }
  for (const spot of hours) {
    const said = spot.said() ?? '';
    if (amountIn(said) || /^-\s?\d/.test(said)) load.hours(spot);
    else load.words(spot, said);
  }
  const between = efforts.filter(isRangeOfHours);
  for (const spot of between) load.hours(spot);
  const path = (credits[0] ?? hours[0] ?? between[0] ?? course).path;
  return statedIf(Object.keys(load.value).length ? load.value : undefined, path);
}

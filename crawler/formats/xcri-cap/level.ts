import { createLevel } from '../../elements/level.ts';
import { amountIn } from '../../elements/numbers.ts';
import { statedIf } from '../../../schema/index.ts';
import { asSaid } from '../../elements/texts.ts';
import { createWorkload } from '../../elements/workload.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { typeOf } from './identifiers.ts';

/** The level of the learning: in words wherever it stands, and of credits whose scheme is a qualifications framework. */
export function levelOf(reading: RecordReading, places: readonly Spot[], credits: readonly Spot[]): Elements['level'] {
  const level = createLevel(reading);
  for (const credit of credits) {
    // SCQF and CQFW are credit and qualifications frameworks.
    const framework = /^(?:SCQF|CQFW)\b/i.exec(credit.at('scheme').said() ?? '')?.[0].toUpperCase();
    const spot = credit.at('level');
    const said = spot.said();
    if (framework && said && /^(?:[1-9]|1[0-2])$/.test(said))
      level.nqf(spot, { country: 'GB', framework, level: said });
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

export function workloadOf(course: Spot, hours: readonly Spot[]): Elements['workload'] {
  const load = createWorkload();
  const credits = course.each('credit');
  for (const credit of credits) {
    const scheme = credit.at('scheme').said();
    const levels = credit.each('level');
    const [level, ...others] = levels.flatMap((one) => one.said() ?? []);
    const value = credit.at('value');
    for (const spot of levels.slice(1))
      if (others.some((other) => other !== level))
        spot.note('contradiction', 'give one credit:level, and the number of credits as credit:value');
    load.credits(value.said() === undefined ? credit.with(undefined) : value, scheme, level ? { level } : {});
  }
  for (const spot of hours) {
    const said = spot.said() ?? '';
    if (amountIn(said) || /^-\s?\d/.test(said)) load.hours(spot);
    else load.words(spot, said);
  }
  const path = (credits[0] ?? hours[0] ?? course).path;
  return statedIf(Object.keys(load.value).length ? load.value : undefined, path);
}

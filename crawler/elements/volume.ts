import type { Spot } from '../record/spot.ts';
import type { Workload } from './workload.ts';

/** The EU's list of credit frameworks has two. */
const FRAMEWORKS = [
  [/\/education-credit\/6fcec5c5af$/, 'ECTS'],
  [/\/education-credit\/60b314e826$/, 'ECVET'],
] as const;

/** The credit framework that an address of the EU's list names. */
export const creditFramework = (uri: string): string | undefined =>
  FRAMEWORKS.find(([address]) => address.test(uri.trim()))?.[1];

/** xsd:duration writes 60 hours as `P2DT12H` as well; without hours in it, days are days of a calendar. */
const HOURS = /^P(?:(\d{1,4})D)?T(?:(\d{1,5})H)?(?:(\d{1,5})M)?(?:0+S)?$/i;

/** A volume of learning is effort. Registers put calendar time there as well: that is no effort. */
export function readVolume(load: Workload, one: Spot): void {
  const [, days, hours, minutes] = HOURS.exec(one.said() ?? '') ?? [];
  if (days !== undefined && (hours ?? minutes) !== undefined) {
    load.hours(one.with(String(Number(days) * 24 + Number(hours ?? 0) + Number(minutes ?? 0) / 60)));
    return;
  }
  if (load.span(one).duration) one.note('workload-is-duration');
}

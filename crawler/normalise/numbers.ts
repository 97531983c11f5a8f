import { decimal } from '../../schema/parse/number.ts';
import { isFiller } from '../../schema/parse/text.ts';
import type { Notes } from '../problems/notes.ts';

/** No study has more ECTS than this; such numbers are hours. */
const MOST_ECTS = 500;

/** A quantity (credits, hours, money): a number that is 0 or more; what else stands there is noted. */
export function readQuantity(notes: Notes, value: unknown, path: string): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const number = decimal(value);
  if (number !== undefined && number >= 0) return number;
  if (number !== undefined) notes.add(path, 'negative-number', value);
  else if (typeof value !== 'string' || !isFiller(value)) notes.add(path, 'not-a-number', value);
  return undefined;
}

/** The number of ECTS, unless no study can have that many. */
export function plausibleEcts(notes: Notes, ects: number | undefined, path: string): number | undefined {
  if (ects === undefined || ects <= MOST_ECTS) return ects;
  notes.add(path, 'implausible-number', ects, 'no study has that many ECTS: are these hours?');
  return undefined;
}

/** Whether the name of a unit or scheme says ECTS. Credits are ECTS only then. */
export const isEcts = (unit: string | undefined): boolean =>
  unit !== undefined && /\bECTS\b|European Credit Transfer/i.test(unit);

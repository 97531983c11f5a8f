import { decimal } from '../../schema/parse/number.ts';
import { isFiller } from '../../schema/parse/text.ts';
import type { Spot } from '../record/spot.ts';

/** A quantity (credits, hours, money): a number that is 0 or more; what else stands there is noted. */
export function readQuantity(spot: Spot): number | undefined {
  const { value } = spot;
  const said = spot.said() ?? (typeof value === 'number' ? value : undefined);
  if (said === undefined && (value === undefined || value === null || value === '' || spot.silent)) return undefined;
  const number = decimal(said ?? value);
  if (number !== undefined && number >= 0) return number;
  if (number !== undefined || /^[-−]\s?\d/.test(String(said))) spot.note('negative-number');
  else if (typeof value !== 'string' || !isFiller(value)) spot.note('not-a-number');
  return undefined;
}

/** A number or a range of it with the words that stand around: `3`, `2,5 ECTS`, `3–5 CP`, `ECTS: 3`, `ca. 120 h`. */
export interface Amount {
  from: number;
  to?: number;
  /** The unit or scheme as written; '' when there is none. */
  unit: string;
}

const NUMBER = String.raw`\d+(?:[.,'’ ]\d{3})*(?:[.,]\d+)?|[.,]\d+`;
const BETWEEN = String.raw`\s?(?:-|–|—|to|bis|till?|à|a|al|do|tot|până la|kuni|iki|līdz|–)\s?`;
const WITH_UNIT = new RegExp(
  `^(?:(?:ca|approx|env|circa|about|etwa|rund|environ|noin|ok|cca|ung)\\.?\\s+)?(?:(\\p{L}[\\p{L}. ]{0,30}?)\\s?[:=]?\\s?)?(${NUMBER})(?:${BETWEEN}(${NUMBER}))?\\s?(?:\\(?([\\p{L}°][\\p{L}\\p{M}.°\\s/()-]{0,60})\\)?)?$`,
  'iu',
);

const PLAIN = /^\d+(?:[.,]\d+)?$/;

/** Reads a text that is an amount and its unit and nothing more; undefined for everything else, negative numbers among it. */
export function amountIn(text: string): Amount | undefined {
  if (text.length > 100) return undefined;
  const plain = PLAIN.test(text) ? decimal(text) : undefined;
  if (plain !== undefined) return { from: plain, unit: '' };
  const [, before = '', low, high, after = ''] = WITH_UNIT.exec(text.trim().replace(/\s+/g, ' ')) ?? [];
  // Beside a unit it is a person who writes: three digits after a point are thousands.
  const read = (number: string | undefined) =>
    decimal(
      before + after && number !== undefined && /^\d{1,3}\.\d{3}$/.test(number) ? number.replace('.', '') : number,
    );
  const from = read(low);
  if (from === undefined) return undefined;
  const to = read(high);
  if (high !== undefined && (to === undefined || to < from)) return undefined;
  const unit = [before, after]
    .map((word) => word.replace(/^[\s(]+|[\s.]+$/g, '').replace(/^([^()]*)\)$/, '$1'))
    .filter(Boolean)
    .join(' ');
  return { from, ...(to !== undefined && to !== from ? { to } : {}), unit };
}

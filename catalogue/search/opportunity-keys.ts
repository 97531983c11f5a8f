import { hash } from 'node:crypto';
import { facetValue } from './facet-value.ts';
import { foldPlace } from './fold.ts';
import { type OpportunityFilter, type SearchOpportunity, TooManyAlternatives } from './search-engine.ts';

/**
 * Meilisearch matches filters across the elements of an array: `runs.start > May AND runs.place = Lyon` is true of a
 * record with one run in May and another in Lyon. A range filter, though, holds of a single number. So each run is
 * written as numbers: for every subset of its categorical facts (country, place, mode, language, free) one value
 *
 *     hash(subset) × 2^17 + day of the start (days since 1899-12-31; 0 without a start)
 *
 * with a hash of 35 bits, so that 52 bits hold it exactly in a double. "In Lyon and online, starting in May" is then
 * one range: `hash({place: lyon, mode: online}) × 2^17 + [1 May … 31 May]`. Two subsets fall on one hash with a
 * probability of 3 in 10^11 per pair.
 */
const DAYS = 2 ** 17;
const DAY_MS = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 31);

/** More alternatives than this in one filter are refused: each is a range that the server has to look up. */
export const MOST_RANGES = 2000;

/** Day number of an ISO date; undefined when it is none between 1900 and 2257. */
export function dayNumber(date: string | undefined): number | undefined {
  if (!date) return undefined;
  const day = Math.floor((Date.parse(date.slice(0, 10)) - EPOCH) / DAY_MS);
  return Number.isInteger(day) && day > 0 && day < DAYS ? day : undefined;
}

/**
 * The days that a filter's dates stand for, both inclusive. Dates beyond what can be counted are the ends of it: nothing
 * starts before 1900, nor after 2257.
 */
export function startDays({ startFrom, startTo }: OpportunityFilter): { from: number; to: number } {
  const clamped = (date: string) => dayNumber(date) ?? (date < '1900' ? 0 : DAYS);
  return {
    from: startFrom === undefined ? 1 : Math.max(1, clamped(startFrom)),
    to: startTo === undefined ? DAYS - 1 : Math.min(DAYS - 1, clamped(startTo)),
  };
}

const hashes = new Map<string, number>();
function base(subset: string): number {
  let value = hashes.get(subset);
  if (value === undefined) {
    const bytes = hash('sha1', subset, 'buffer');
    value = (bytes.readUInt32BE(0) * 8 + ((bytes[4] ?? 0) >>> 5)) * DAYS; // the first 35 bits
    if (hashes.size > 50_000) hashes.clear();
    hashes.set(subset, value);
  }
  return value;
}

type Facts = { c?: string[]; p?: string[]; m?: string[]; l?: string[]; f?: string[] };

const facts = (run: Pick<OpportunityFilter, 'country' | 'place' | 'mode' | 'language' | 'free'>): Facts => ({
  c: run.country?.map(facetValue),
  p: run.place?.map((place) => facetValue(foldPlace(place))),
  m: run.mode?.map(facetValue),
  l: run.language?.map(facetValue),
  f: run.free === undefined ? undefined : [String(run.free)],
});

/** All ways to take one value (or, when `optional`, none) of each kind of fact, as canonical text. */
function subsets(of: Facts, optional: boolean): string[] {
  let out = [''];
  for (const [kind, values] of Object.entries(of)) {
    if (!values?.length) continue;
    const taken = out.flatMap((rest) => values.map((value) => `${rest}${kind}=${JSON.stringify(value)}`));
    out = optional ? out.concat(taken) : taken;
  }
  return out;
}

/** The numbers of all runs of one record. */
export function opportunityKeys(runs: readonly SearchOpportunity[]): number[] {
  const keys = new Set<number>();
  for (const run of runs) {
    const day = dayNumber(run.start) ?? 0;
    for (const subset of subsets(facts({ ...run, country: run.country ? [run.country] : [] }), true)) {
      keys.add(base(subset) + day);
    }
  }
  return [...keys];
}

/** The ranges, one of which must hold a number of the record. */
export function opportunityRanges(filter: OpportunityFilter): [number, number][] {
  const of = facts(filter);
  const alternatives = Object.values(of).reduce((count, values) => count * (values?.length || 1), 1);
  if (alternatives > MOST_RANGES) {
    throw new TooManyAlternatives(
      `the opportunity filter has ${alternatives} combinations, at most ${MOST_RANGES} can be asked for; name fewer alternatives`,
    );
  }
  const dated = filter.startFrom !== undefined || filter.startTo !== undefined;
  const { from: firstDay, to } = startDays(filter);
  const from = dated ? firstDay : 0;
  if (from > to || from >= DAYS) return [];
  return subsets(of, false).map((subset) => [base(subset) + from, base(subset) + to]);
}

import { createHash } from 'node:crypto';

/** Meilisearch filters on at most 468 bytes of a value; longer ones are kept apart by a hash of the whole. */
const LONGEST = 400;

/**
 * A facet or filter value as engines hold it: without NUL and lone surrogates, and when longer than 400 bytes, its
 * beginning and a hash of the whole. Idempotent, so a value read from a facet can be filtered by.
 */
export function facetValue(value: string): string {
  const clean = value.includes('\0') ? value.replaceAll('\0', '').toWellFormed() : value.toWellFormed();
  if (clean.length * 3 <= LONGEST || Buffer.byteLength(clean) <= LONGEST) return clean;
  const hash = createHash('sha256').update(clean).digest('hex').slice(0, 24);
  return `${Buffer.from(clean)
    .subarray(0, LONGEST - 30)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')}#${hash}`;
}

/** Facet values of one document: shortened, without repetition. */
export const facetValues = (values: readonly string[]): string[] => [...new Set(values.map(facetValue))];

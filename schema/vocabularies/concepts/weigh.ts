import type { LinkedConcept } from './linker.ts';

/** A concept of a text with its share of what the text is about (0 to 1; the squares of all sum up to 1). */
export type WeighedConcept = LinkedConcept & { weight: number };

/** What is likely counts for much more than what is merely possible: measured on three sets, cubes beat squares beat plain scores. */
const SHARPNESS = 3;

/** The concepts of a text as a vector of length 1, so that texts can be compared: how near two are is the sum of the products. */
export function weigh<T extends Pick<LinkedConcept, 'score'>>(linked: readonly T[]): (T & { weight: number })[] {
  const length = Math.hypot(...linked.map(({ score }) => score ** SHARPNESS)) || 1;
  return linked.map((one) => ({ ...one, weight: one.score ** SHARPNESS / length }));
}

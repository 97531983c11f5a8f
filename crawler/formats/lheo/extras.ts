import type { Spot } from '../../record/spot.ts';

/** Key-values beside the elements of LHEO, by key and at any depth: `extras/extra[@info="frais-ttc"]`. */
export const extrasOf = (at: Spot, key: string): Spot[] =>
  at
    .each('extras')
    .flatMap((block) => [
      ...block.each('extra').filter((one) => one.at('@info').said() === key),
      ...extrasOf(block, key),
    ]);

/** `urlweb` in an element of addresses (LHEO allows three): the first that is one. */
export const pagesIn = (at: Spot, name: string): Spot[] => at.each(name).flatMap((one) => one.each('urlweb'));

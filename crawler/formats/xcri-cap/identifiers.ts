import { isFiller } from '../../../schema/parse/text.ts';
import type { Spot } from '../../record/spot.ts';

/** The local part of `xsi:type="xcriTerms:careerOutcome"`: its prefix is bound differently in every feed. */
export const typeOf = (spot: Spot): string | undefined => spot.at('@xsi:type').said()?.split(':').at(-1);

/** The identifiers of an element to the letter, the best first: plain before typed, an address before a code. */
export function identifiersOf(spot: Spot): string[] {
  return spot
    .each('identifier')
    .map((one) => {
      const text = typeof one.shown === 'string' ? one.shown.trim() : '';
      return { text, rank: (typeOf(one) ? 2 : 0) + (/^(?:https?|urn):/i.test(text) ? 0 : 1) };
    })
    .filter(({ text }) => text && !isFiller(text))
    .sort((a, b) => a.rank - b.rank)
    .map(({ text }) => text);
}

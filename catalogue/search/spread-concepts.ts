import type { LinkedConcept, OpenedConcepts } from '../../schema/vocabularies/concepts/index.ts';

/** How much of what a subject fits its equals in other vocabularies do. */
const OF_EQUALS = 0.8;

export type Fitting = Pick<LinkedConcept, 'concept' | 'uri' | 'score' | 'label'>;

/**
 * The concepts of some texts, each once with what it fits best, best first, and with those of other vocabularies that mean the
 * same: who says "welder" in one language and "welding" in another shares more then, of what fits well.
 */
export function spread(found: readonly Fitting[], { concepts }: OpenedConcepts): Fitting[] {
  const best = new Map<number, Fitting>();
  const take = (one: Fitting) => {
    if (one.score > (best.get(one.concept)?.score ?? 0)) best.set(one.concept, one);
  };
  for (const { concept, uri, score, label } of found) take({ concept, uri, score, label });
  for (const one of [...best.values()])
    for (const concept of concepts.relatedTo(one.concept, 'same'))
      take({ concept, uri: concepts.uriOf(concept), score: one.score * OF_EQUALS, label: one.label });
  return [...best.values()].sort((a, b) => b.score - a.score || a.concept - b.concept);
}

import type { ConceptSource } from './concept-source.ts';
import type { Concepts, Relation } from './concepts.ts';

/** What a file was built from, out of the file itself: so that it can be completed without what it once came from. */
export function conceptSources(concepts: Concepts): ConceptSource[] {
  return Array.from({ length: concepts.size }, (_, concept): ConceptSource => {
    const code = concepts.codeOf(concept);
    const related = (how: Relation): { [name: string]: string[] } => {
      const uris = [...concepts.relatedTo(concept, how)].map(concepts.uriOf);
      return uris.length ? { [how]: uris } : {};
    };
    return {
      uri: concepts.uriOf(concept),
      kind: concepts.kindOf(concept),
      ...(code === undefined ? {} : { code }),
      labels: concepts.labelsOf(concept),
      ...related('same'),
      ...related('broader'),
      ...related('essential'),
      ...related('optional'),
    };
  });
}

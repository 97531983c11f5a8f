import { queryConcepts, wanted } from '../../catalogue/search/query-concepts.ts';
import type { SearchMatch } from '../../catalogue/search/search-engine.ts';
import type { OpenedConcepts } from '../../schema/vocabularies/concepts/index.ts';
import type { SubgraphContext } from '../shared/context.ts';
import { chosen } from '../shared/text.ts';

const MOST_NEAREST = 5;

/** What a reader's text is about, and what is told of it. */
export function meaningOf(
  text: string | undefined,
  wantedToo: boolean,
  { catalogue }: SubgraphContext,
  languages: readonly string[],
) {
  const opened = text ? catalogue.concepts?.() : undefined;
  const concepts = opened && text && wantedToo ? queryConcepts(text, opened) : [];
  const labels = new Map(concepts.map(({ id, label }) => [id, label]));
  return {
    concepts,
    match(match: SearchMatch | undefined) {
      if (!match) return null;
      const { how, concept, recordLabel, score } = match;
      return {
        how,
        concept: opened && concept !== undefined ? conceptOf(opened, concept, languages) : null,
        queryLabel: concept === undefined ? null : (labels.get(concept) ?? null),
        recordLabel: recordLabel ?? null,
        score: score ?? null,
      };
    },
    /** The concepts nearest to the text, however far. */
    nearest() {
      if (!opened || !text) return [];
      const found = opened.linker.link(wanted(text), { most: MOST_NEAREST });
      return found.flatMap(({ uri }) => conceptOf(opened, uri, languages) ?? []);
    },
  };
}

/** A concept for a reader; null when this version of the vocabularies does not have it. */
function conceptOf({ concepts }: OpenedConcepts, uri: string, languages: readonly string[]) {
  const concept = concepts.find(uri);
  if (concept === undefined) return null;
  const names = concepts.labelsOf(concept).filter(({ preferred }) => preferred);
  const texts = names.map(({ language, text }) => ({ language, value: text }));
  return {
    uri,
    label: chosen(texts, languages) ?? { text: uri, language: 'zxx' },
    kind: concepts.kindOf(concept),
  };
}

import { type OpenedConcepts, weigh } from '../../schema/vocabularies/concepts/index.ts';
import { MOST_QUERY_CONCEPTS } from './concept-tokens.ts';
import { wordsOf } from './fold.ts';
import { isFunctionWord } from './function-words.ts';
import { isCode, isCodePhrase, uriWord } from './identifier-words.ts';
import { parseQuery } from './query-syntax.ts';
import type { QueryConcept } from './search-engine.ts';
import { spread } from './spread-concepts.ts';

/** A text whose best concept fits less than this speaks of nothing that is known. */
const LEAST_BEST = 0.45;
/** What fits much less than what fits best is left out. */
const LEAST_OF_BEST = 0.35;
const MOST_CHARACTERS = 2000;

const EXCLUDED = /(?<!\S)-(?:"[^"]*"|„[^“”"]*[“”"]|“[^”"]*[”"]|«[^»]*»|»[^«]*«|[\p{L}\p{N}.]\S*)/gu;

/**
 * What a reader's text speaks of, best first, with the labels that fitted. Nothing, where it is to be found as it is written
 * (in quotes, or a code), or is of function words only.
 * What it excludes says nothing of what it wants. Pure.
 */
export function queryConcepts(text: string, opened: OpenedConcepts): (QueryConcept & { label: string })[] {
  const { parts } = parseQuery(text);
  if (parts.some((part) => part.quoted) || parts.every(({ words }) => words.every(isFunctionWord))) return [];
  const found = spread(opened.linker.link(wanted(text)), opened);
  const best = found[0]?.score ?? 0;
  if (best < LEAST_BEST) return [];
  const kept = found.filter(({ score }) => score >= LEAST_OF_BEST * best).slice(0, MOST_QUERY_CONCEPTS);
  return weigh(kept).map(({ uri, weight, label }) => ({ id: uri, weight, label }));
}

/** A text without its exclusions, codes and addresses. */
export function wanted(text: string): string {
  const pieces = text.slice(0, MOST_CHARACTERS).replace(EXCLUDED, ' ').split(/\s+/u);
  return pieces
    .filter((piece) => {
      const words = wordsOf(piece);
      return !uriWord(piece) && !isCodePhrase(words) && !words.some(isCode);
    })
    .join(' ');
}

import { type Linker, type WeighedConcept, weigh } from '../../schema/vocabularies/concepts/index.ts';
import { MOST_QUERY_CONCEPTS } from './concept-tokens.ts';
import { wordsOf } from './fold.ts';
import { isCode, isCodePhrase, uriWord } from './identifier-words.ts';
import { parseQuery } from './query-syntax.ts';

/** A text whose best concept fits less than this speaks of nothing that is known. */
const LEAST_BEST = 0.35;
/** What fits much less than what fits best is left out. */
const LEAST_OF_BEST = 0.35;
const MOST_CHARACTERS = 2000;

const EXCLUDED = /(?<!\S)-(?:"[^"]*"|„[^“”"]*[“”"]|“[^”"]*[”"]|«[^»]*»|»[^«]*«|[\p{L}\p{N}.]\S*)/gu;

/**
 * What a reader's text speaks of, best first. Nothing, where it is to be found as it is written: in quotes, or a code.
 * What it excludes says nothing of what it wants. Pure.
 */
export function queryConcepts(text: string, linker: Linker): WeighedConcept[] {
  const { parts } = parseQuery(text);
  if (!parts.length || parts.some((part) => part.quoted)) return [];
  const linked = linker.link(wanted(text));
  const best = linked[0]?.score ?? 0;
  if (best < LEAST_BEST) return [];
  return weigh(linked.filter(({ score }) => score >= LEAST_OF_BEST * best).slice(0, MOST_QUERY_CONCEPTS));
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

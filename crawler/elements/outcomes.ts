import { type Element, type LangString, type LearningOutcome, statedIf } from '../../schema/index.ts';
import { splitOutcomes } from '../../schema/parse/text.ts';
import type { Spot } from '../record/spot.ts';
import { type AlignmentFacts, alignmentIn } from './alignments.ts';

/**
 * Outcomes from a text in its languages. Translations are put together only where they divide into the same number of outcomes, and
 * no language comes twice.
 */
export function outcomesIn(
  texts: readonly LangString[],
  split: (text: string) => string[] = splitOutcomes,
): LearningOutcome[] {
  const divided = texts.map(({ language, value }) => ({ language, all: split(value) }));
  const [first] = divided;
  if (!first) return [];
  const languages = new Set(divided.map((one) => one.language));
  if (languages.size === divided.length && divided.every((one) => one.all.length === first.all.length)) {
    return first.all.map((_, n) => ({
      text: divided.map(({ language, all }) => ({ language, value: all[n] as string })),
    }));
  }
  return divided.flatMap(({ language, all }) => all.map((value) => ({ text: [{ language, value }] })));
}

/** The outcomes in the words of a spot. A lead-in with nothing behind it is none, and told. */
export function readOutcomes(spot: Spot, texts: readonly LangString[] = spot.texts()): LearningOutcome[] {
  const found = outcomesIn(texts);
  const leadIns = found.filter(({ text }) => text.every(({ value }) => value.endsWith(':')));
  if (leadIns.length) spot.note('lead-in-only', undefined, leadIns[0]?.text[0]?.value);
  return found.filter((one) => !leadIns.includes(one));
}

/** What registers write where no outcome is known. */
const NO_OUTCOME = /^(?:NA(?: NA)?|\d{1,2}\.?|contact (?:the )?provider for (?:further|more) information\.?)$/i;

/** Whether words that stand for an outcome say that none is known. */
export const saysNoOutcome = (text: string): boolean => NO_OUTCOME.test(text);

/** Each outcome once. */
export const distinctOutcomes = (outcomes: readonly LearningOutcome[]): LearningOutcome[] => [
  ...new Map(outcomes.map((one) => [JSON.stringify(one), one])).values(),
];

/** An outcome that is an entry of a framework: one, whatever its words; otherwise its words are divided. */
export function outcomesOf(spot: Spot, facts: Omit<AlignmentFacts, 'path'>): LearningOutcome[] {
  const entry = alignmentIn({ ...facts, path: spot.path });
  if (!entry) return [];
  // An outcome known only by its address is shown with it: the catalogue has no words for it.
  const text = entry.text ?? [{ language: 'zxx', value: entry.uri as string }];
  return entry.uri || entry.framework ? [{ ...entry, text }] : readOutcomes(spot, text);
}

export const outcomesElement = (
  found: readonly { outcomes: readonly LearningOutcome[]; path: string }[],
): Element<LearningOutcome[]> => {
  const all = found.filter(({ outcomes }) => outcomes.length);
  return statedIf(distinctOutcomes(all.flatMap(({ outcomes }) => outcomes)), all[0]?.path ?? '');
};

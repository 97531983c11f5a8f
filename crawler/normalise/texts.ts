import type { CodesAndText, LangString, LearningOutcome, Vocabulary } from '../../schema/index.ts';
import { splitOutcomes } from '../../schema/parse/text.ts';

/** Texts of several places in their languages, those of one language joined with an empty line. */
export function joinTexts(texts: readonly LangString[]): LangString[] {
  const out: LangString[] = [];
  for (const text of texts) {
    const same = out.find((one) => one.language === text.language);
    if (!same) out.push({ ...text });
    else if (!same.value.includes(text.value)) same.value += `\n\n${text.value}`;
  }
  return out;
}

/** Each text once. */
export const distinctTexts = (texts: readonly LangString[]): LangString[] => [
  ...new Map(texts.map((text) => [`${text.language} ${text.value}`, text])).values(),
];

/**
 * Outcomes from a text in its languages. Translations are put together only where they divide into the same number of
 * outcomes, and no language comes twice.
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

/** Each outcome once. */
export const distinctOutcomes = (outcomes: readonly LearningOutcome[]): LearningOutcome[] => [
  ...new Map(outcomes.map((one) => [JSON.stringify(one), one])).values(),
];

/** Codes with the words beside them; nothing when there are neither. */
export const codesAndText = (codes: readonly string[], text: readonly LangString[] = []): CodesAndText | undefined =>
  codes.length || text.length ? { codes: [...new Set(codes)], ...(text.length ? { text: [...text] } : {}) } : undefined;

/** Codes of the texts that are terms of the vocabulary; words inside a longer text say too little. */
export const codesIn = (vocabulary: Vocabulary, texts: readonly LangString[]): string[] => [
  ...new Set(texts.flatMap((text) => (text.value.length <= 60 ? (vocabulary.parse(text.value) ?? []) : []))),
];

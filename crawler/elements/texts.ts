import { type CodesAndText, type Element, type LangString, statedIf, type Vocabulary } from '../../schema/index.ts';
import { isFiller, plainText } from '../../schema/parse/text.ts';
import type { Spot } from '../record/spot.ts';

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
export const distinctTexts = (texts: readonly LangString[]): LangString[] =>
  texts.length < 2 ? [...texts] : [...new Map(texts.map((text) => [`${text.language} ${text.value}`, text])).values()];

/** The words of all these places, each once; what is no text (a number, a flag) is noted. */
export function textsOf(spots: readonly Spot[]): LangString[] {
  for (const spot of spots)
    if (typeof spot.value === 'number' || typeof spot.value === 'boolean') spot.note('not-a-text');
  return distinctTexts(spots.flatMap((spot) => spot.texts()));
}

/** A multilingual text; two languages with the same long text are told, for one of the tags is wrong. */
export function readTexts(spot: Spot): LangString[] {
  const texts = textsOf([spot]);
  for (const [n, text] of texts.entries()) {
    const twin = texts.slice(0, n).find((other) => other.value === text.value && text.value.length > 40);
    if (twin)
      spot.note('same-text-in-two-languages', undefined, `${twin.language} and ${text.language}: ${text.value}`);
  }
  return texts;
}

/** An element that is text: the words of all these places, joined by language. */
export function textElement(...spots: readonly Spot[]): Element<LangString[]> {
  const said = spots.map((spot) => ({ spot, texts: spot.texts() })).filter(({ texts }) => texts.length);
  return statedIf(joinTexts(said.flatMap(({ texts }) => texts)), said[0]?.spot.path ?? '');
}

/**
 * Without copies that are cut short: a text is a copy of a longer one when it begins as that does and then ends in `…`, or breaks off
 * in the middle. Feeds cut the abstract out of the description, and tag the cut one with another language.
 */
export function withoutCutCopies(texts: readonly LangString[]): LangString[] {
  return texts.filter((text) => !texts.some((other) => other !== text && isCutFrom(text.value, other.value)));
}

/** Whether a text is the beginning of a longer one, cut short. */
export function isCutFrom(short: string, long: string): boolean {
  const bare = short.replace(/\s*(?:\.{3}|…|\[…\]|\[\.{3}\])\s*$/, '');
  if (bare.length < 20 || bare.length >= long.length) return false;
  return long.startsWith(bare) || long.startsWith(bare.slice(0, Math.max(20, bare.length - 20)));
}

/** Code words ("MSc", "on campus", "4+") as they stand: nobody says that they are of a language. */
export const asSaid = (text: string, language = 'und'): LangString => ({
  language,
  value: plainText(text).slice(0, 1000),
});

/** Codes with the words beside them; nothing when there are neither. */
export const codesAndText = (codes: readonly string[], text: readonly LangString[] = []): CodesAndText | undefined =>
  codes.length || text.length ? { codes: [...new Set(codes)], ...(text.length ? { text: [...text] } : {}) } : undefined;

const AND = /\s*\/\s*|\s(?:and|und|et|y|e|en|og|och|ja|i|oraz|a|és|in|ir|un|și|и|και)\s/iu;

/** "Online / on campus", "online und Präsenz": divided where each of the parts is known. */
export function divided(words: string, known: (word: string) => unknown): string[] {
  const parts = known(words) ? [] : words.split(AND);
  return parts.length > 1 && parts.every(known) ? parts : [words];
}

/** Codes of a text that is a term or a list of them. `all`: there is nothing else in it. Words inside a longer text say too little. */
export function termsIn(text: string, codeOf: (word: string) => string | undefined): { codes: string[]; all: boolean } {
  const whole = text.length <= 60 ? codeOf(text) : undefined;
  if (whole) return { codes: [whole], all: true };
  const pieces = text.length <= 200 ? text.split(/\s*[,;|\n]\s*/).filter((piece) => !isFiller(piece)) : [];
  const terms = pieces.flatMap((piece) => (piece.length <= 60 ? divided(piece, codeOf) : [piece]));
  const codes = terms.flatMap((term) => (term.length <= 60 ? (codeOf(term) ?? []) : []));
  return { codes: [...new Set(codes)], all: codes.length > 0 && codes.length === terms.length };
}

/** Codes of the texts that are terms of the vocabulary, or lists of them. */
export const codesIn = (vocabulary: Vocabulary, texts: readonly LangString[]): string[] => [
  ...new Set(texts.flatMap((text) => termsIn(text.value, (word) => vocabulary.parse(word)).codes)),
];

/**
 * A description, with an abstract beside it. Many feeds cut the abstract out of the description, and tag one of the two: only an
 * abstract that says something else is put before it. Of two copies the one that is cut short goes.
 */
export function descriptionElement(bodies: readonly Spot[], abstracts: readonly Spot[]): Element<LangString[]> {
  const value = joinTexts(withoutCutCopies(distinctTexts(bodies.flatMap((one) => one.texts()))));
  const said = (value.length ? bodies : abstracts).find((one) => one.texts().length);
  for (const abstract of joinTexts(abstracts.flatMap((one) => one.texts()))) {
    if (value.some((text) => text.value.includes(abstract.value) || isCutFrom(abstract.value, text.value))) continue;
    const same = value.find(({ language }) => language === abstract.language);
    if (!same) value.push(abstract);
    else same.value = isCutFrom(same.value, abstract.value) ? abstract.value : `${abstract.value}\n\n${same.value}`;
  }
  return statedIf(value, said?.path ?? '');
}

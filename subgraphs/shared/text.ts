import { chooseText, type LangString, labelOf, type Vocabulary } from '../../schema/index.ts';

/** The GraphQL type `Text`. */
export interface Text {
  text: string;
  language: string;
}

const toText = (text: LangString): Text => ({ text: text.value, language: text.language });

/** The text for a reader, with the language it really has. */
export function chosen(texts: readonly LangString[] | undefined, languages: readonly string[]): Text | undefined {
  const text = chooseText(texts, languages);
  return text && toText(text);
}

/** The text in every language, untouched. */
export const everyLanguage = (texts: readonly LangString[]): Text[] => texts.map(toText);

/** `text`, `language` and `all` as they stand side by side on elements. */
export function textFields(texts: readonly LangString[] | undefined, languages: readonly string[]) {
  if (!texts) return undefined;
  const text = chooseText(texts, languages);
  return { text: text?.value, language: text?.language, all: () => everyLanguage(texts) };
}

/** The GraphQL type `Concept`. */
export function concept(vocabulary: Vocabulary, code: string, languages: readonly string[]) {
  const label = labelOf(vocabulary, code, languages);
  return { code, uri: vocabulary.get(code)?.uri, label: label.value, language: label.language };
}

export const concepts = (vocabulary: Vocabulary, codes: readonly string[], languages: readonly string[]) =>
  codes.map((code) => concept(vocabulary, code, languages));

import { chooseText, type LangString } from './lang-string.ts';

/** One concept of a controlled vocabulary. `code` is what records, filters and facets carry. */
export interface Concept {
  code: string;
  /** EU (or other published) concept URI, where one exists. */
  uri?: string;
  label: LangString[];
  /** Code of the broader concept in the same vocabulary. */
  broader?: string;
}

/** A controlled vocabulary: a closed list, or (countries, languages, NUTS) an open one that answers by rule. */
export interface Vocabulary {
  name: string;
  title: string;
  /** Where the vocabulary is published. */
  source: string;
  /** The concepts that can be listed, in the vocabulary's own order. */
  concepts: readonly Concept[];
  get(code: string): Concept | undefined;
  /** Finds a code from whatever feeds write: the code, its URI (http or https), a label, a known synonym. */
  parse(text: string): string | undefined;
}

const key = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[\s_\-/]+/g, ' ')
    .trim();

/** Builds a vocabulary over a closed list; `synonyms` maps what feeds write (any case, any separators) to codes. */
export function createVocabulary(
  about: { name: string; title: string; source: string },
  concepts: readonly Concept[],
  synonyms: Readonly<Record<string, string>> = {},
): Vocabulary {
  const byCode = new Map(concepts.map((concept) => [concept.code, concept]));
  const byKey = new Map<string, string>();
  for (const concept of concepts) {
    for (const text of [concept.code, concept.uri, ...concept.label.map((l) => l.value)]) {
      if (text) byKey.set(key(text), concept.code);
    }
  }
  for (const [text, code] of Object.entries(synonyms)) {
    if (!byCode.has(code)) throw new Error(`vocabulary ${about.name}: synonym "${text}" names unknown code "${code}"`);
    byKey.set(key(text), code);
  }
  return { ...about, concepts, get: (code) => byCode.get(code), parse: (text) => byKey.get(key(text)) };
}

/** The label of a code in the first wanted language that has one; the code itself when the vocabulary lacks it. */
export function labelOf(vocabulary: Vocabulary, code: string, languages: readonly string[]): LangString {
  return chooseText(vocabulary.get(code)?.label, languages) ?? { language: 'zxx', value: code };
}

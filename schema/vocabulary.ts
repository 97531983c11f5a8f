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

/** Where a vocabulary comes from. */
export interface VocabularyFacts {
  name: string;
  title: string;
  /** Where the vocabulary is published. */
  source: string;
  /** Which edition of it this is, in the words of its publisher. */
  version: string;
  /** When that edition was published, as exactly as it is known: ISO 8601, a day, a month or a year. */
  date: string;
  /** Under which terms its codes and labels may be used; with the attribution that these ask for. */
  licence: string;
}

/** The terms of the European Union's own lists (Commission Decision 2011/833/EU). */
export const EU_LICENCE = 'CC-BY-4.0, © European Union (Commission Decision 2011/833/EU)';

/** A controlled vocabulary: a closed list, or (countries, languages, NUTS) an open one that answers by rule. */
export interface Vocabulary extends VocabularyFacts {
  /** The concepts that can be listed, in the vocabulary's own order. */
  concepts: readonly Concept[];
  get(code: string): Concept | undefined;
  /** Finds a code from whatever feeds write: the code, its URI (http or https), a label, a known synonym. */
  parse(text: string): string | undefined;
}

/** The form in which two spellings of a word are one: case, accents, separators and the scheme of a URI do not matter. */
export const foldKey = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[\s_\-/]+/g, ' ')
    .trim();

/** Builds a vocabulary over a closed list; `synonyms` maps what feeds write (any case, any separators) to codes. */
export function createVocabulary(
  about: VocabularyFacts,
  concepts: readonly Concept[],
  synonyms: Readonly<Record<string, string>> = {},
): Vocabulary {
  const byCode = new Map(concepts.map((concept) => [concept.code, concept]));
  const byKey = new Map<string, string>();
  const add = (text: string, code: string): void => {
    if (!byKey.has(foldKey(text))) byKey.set(foldKey(text), code);
  };
  // Codes and URIs first: no label may take them; of two concepts with one label the first has it.
  for (const { code } of concepts) add(code, code);
  for (const { code, uri } of concepts) if (uri) add(uri, code);
  for (const { code, label } of concepts) for (const { value } of label) add(value, code);
  for (const [text, code] of Object.entries(synonyms)) {
    if (!byCode.has(code)) throw new Error(`vocabulary ${about.name}: synonym "${text}" names unknown code "${code}"`);
    const other = byKey.get(foldKey(text));
    if (other && other !== code)
      throw new Error(`vocabulary ${about.name}: synonym "${text}" of "${code}" means "${other}"`);
    add(text, code);
  }
  const longest = Math.max(0, ...[...byKey.keys()].map((text) => text.length));
  return {
    ...about,
    concepts,
    get: (code) => byCode.get(code),
    parse: (text) => (text.length > 2 * longest + 40 ? undefined : byKey.get(foldKey(text))),
  };
}

/** The label of a code in the first wanted language that has one; the code itself when the vocabulary lacks it. */
export function labelOf(vocabulary: Vocabulary, code: string, languages: readonly string[]): LangString {
  return chooseText(vocabulary.get(code)?.label, languages) ?? { language: 'zxx', value: code };
}

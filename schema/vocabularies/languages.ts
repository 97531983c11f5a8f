import { languageTag } from '../parse/language.ts';
import { type Concept, EU_LICENCE, type Vocabulary } from '../vocabulary.ts';
import { displayLabels } from './display-labels.ts';
import { LANGUAGES } from './language-codes.ts';

function concept(code: string): Concept {
  const primary = code.split('-')[0] ?? code;
  return {
    code,
    uri: `http://publications.europa.eu/resource/authority/language/${(LANGUAGES.get(primary) ?? primary).toUpperCase()}`,
    get label() {
      return displayLabels('language', code);
    },
    ...(primary === code ? {} : { broader: primary }),
  };
}

const concepts = [...LANGUAGES.keys()].map(concept);
const byCode = new Map(concepts.map((entry) => [entry.code, entry]));

/**
 * Languages as BCP 47 tags; those of ISO 639-1 can be listed, any other known tag is answered by rule (`nl-BE`, whose
 * URI is that of `nl`; `gsw`). Reads what {@link languageTag} reads.
 */
export const languages: Vocabulary = {
  name: 'language',
  title: 'Languages',
  source: 'http://publications.europa.eu/resource/authority/language (ISO 639, BCP 47)',
  version: 'ISO 639-1, BCP 47; labels of CLDR as the runtime has them',
  date: '2023',
  licence: `${EU_LICENCE}; labels: Unicode-3.0`,
  concepts,
  get: (code) => byCode.get(code) ?? (languageTag(code) === code ? concept(code) : undefined),
  parse: (text) => languageTag(text),
};

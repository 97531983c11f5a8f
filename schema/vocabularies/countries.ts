import { countryCode } from '../parse/country.ts';
import { type Concept, EU_LICENCE, type Vocabulary } from '../vocabulary.ts';
import { COUNTRIES, EU_SPECIAL } from './country-codes.ts';
import { displayLabels } from './display-labels.ts';

const concepts: Concept[] = [...COUNTRIES].map(([code, alpha3]) => ({
  code,
  uri: `http://publications.europa.eu/resource/authority/country/${EU_SPECIAL.get(code) ?? alpha3}`,
  get label() {
    return displayLabels('region', code);
  },
}));
const byCode = new Map(concepts.map((concept) => [concept.code, concept]));

/** Countries and territories of ISO 3166-1 (alpha-2) and XK; labels from CLDR. Reads what {@link countryCode} reads. */
export const countries: Vocabulary = {
  name: 'country',
  title: 'Countries and territories',
  source: 'http://publications.europa.eu/resource/authority/country (ISO 3166-1)',
  version: 'ISO 3166-1, with XK; labels of CLDR as the runtime has them',
  date: '2020',
  licence: `${EU_LICENCE}; labels: Unicode-3.0`,
  concepts,
  get: (code) => byCode.get(code),
  parse: (text) => countryCode(text),
};

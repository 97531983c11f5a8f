import { createVocabulary, EU_LICENCE } from '../vocabulary.ts';
import { labels } from './labels.ts';

const EU = 'http://data.europa.eu/snb/accreditation/';

/**
 * Kinds of quality assurance: the four accreditation types of the EU, and two that the EU list lacks. Which of them
 * is *claimed* stands on the credential; what a register says, with dates, stands on the provider.
 */
export const qualityAssuranceKinds = createVocabulary(
  {
    name: 'quality-assurance-kind',
    title: 'Kind of quality assurance',
    source: 'http://data.europa.eu/snb/accreditation/25831c2',
    version: 'ELM 3.2',
    date: '2023-09-12',
    licence: EU_LICENCE,
  },
  [
    {
      code: 'institutional-licence',
      uri: `${EU}003293d2ce`,
      label: labels({
        en: 'Institutional licence',
        de: 'Institutionelle Zulassung',
        fr: "Habilitation de l'établissement",
      }),
    },
    {
      code: 'institutional-quality-assurance',
      uri: `${EU}bb4618238e`,
      label: labels({
        en: 'Institutional quality assurance',
        de: 'Institutionelle Qualitätssicherung',
        fr: "Assurance qualité de l'établissement",
      }),
    },
    {
      code: 'programme-licence',
      uri: `${EU}e57dddfcf3`,
      label: labels({ en: 'Programme licence', de: 'Programmzulassung', fr: 'Habilitation du programme' }),
    },
    {
      code: 'programme-quality-assurance',
      uri: `${EU}820101cba6`,
      label: labels({
        en: 'Programme quality assurance',
        de: 'Qualitätssicherung des Programms',
        fr: 'Assurance qualité du programme',
      }),
    },
    {
      code: 'self-declared-standard',
      label: labels({
        en: 'Self-declared standard (ISO 21001, ISO 29993, …)',
        de: 'Selbst erklärter Standard (ISO 21001, ISO 29993, …)',
        fr: 'Norme autodéclarée (ISO 21001, ISO 29993, …)',
      }),
    },
    {
      code: 'national-register-entry',
      label: labels({
        en: 'Entry in a national register',
        de: 'Eintrag in einem nationalen Register',
        fr: 'Inscription dans un registre national',
      }),
    },
  ],
  {
    'institutional license': 'institutional-licence',
    'program license': 'programme-licence',
    'program quality assurance': 'programme-quality-assurance',
    'programme qa': 'programme-quality-assurance',
    'program qa': 'programme-quality-assurance',
    'institutional qa': 'institutional-quality-assurance',
    'institutional accreditation': 'institutional-quality-assurance',
    'institutional evaluation': 'institutional-quality-assurance',
    'institutional audit': 'institutional-quality-assurance',
    'programme accreditation': 'programme-quality-assurance',
    'program accreditation': 'programme-quality-assurance',
    'programme evaluation': 'programme-quality-assurance',
    'iso 21001': 'self-declared-standard',
    'iso 21001:2018': 'self-declared-standard',
    'iso 29993': 'self-declared-standard',
    'iso 29993:2017': 'self-declared-standard',
    'iso 9001': 'self-declared-standard',
    'iso 9001:2015': 'self-declared-standard',
    'national register': 'national-register-entry',
    // EQAR's own concepts for its institutional and programme reports
    'http://data.europa.eu/snb/accreditation/c_1f1a469a': 'institutional-quality-assurance',
    'http://data.europa.eu/snb/accreditation/c_64666c29': 'programme-quality-assurance',
  },
);

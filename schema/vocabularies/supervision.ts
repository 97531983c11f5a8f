import { createVocabulary, EU_LICENCE } from '../vocabulary.ts';
import { labels } from './labels.ts';

const EU = 'http://data.europa.eu/snb/supervision-verification/';

/**
 * Supervision and identity verification during assessment (Recommendation 2022/C 243/02, Annex I, element 13). The
 * Annex tells online from onsite verification, the EU list does not; where a source says only "with identity
 * check", the code without place is used. Unsupervised with identity check is in the EU list only. A bare
 * "supervised" says nothing about identity and gives undefined.
 */
export const supervision = createVocabulary(
  {
    name: 'supervision',
    title: 'Supervision and identity verification during assessment',
    source: 'http://data.europa.eu/snb/supervision-verification/25831c2',
    version: 'ELM 3.2',
    date: '2023-09-12',
    licence: EU_LICENCE,
  },
  [
    {
      code: 'unsupervised',
      uri: `${EU}c598449d64`,
      label: labels({
        en: 'Unsupervised, no identity verification',
        de: 'Unbeaufsichtigt, ohne Identitätsprüfung',
        fr: "Sans surveillance ni vérification d'identité",
      }),
    },
    {
      code: 'unsupervised-identity-check',
      uri: `${EU}df2880c5cb`,
      label: labels({
        en: 'Unsupervised with identity verification',
        de: 'Unbeaufsichtigt, mit Identitätsprüfung',
        fr: "Sans surveillance, avec vérification d'identité",
      }),
    },
    {
      code: 'supervised-no-identity-check',
      uri: `${EU}44314532f9`,
      label: labels({
        en: 'Supervised, no identity verification',
        de: 'Beaufsichtigt, ohne Identitätsprüfung',
        fr: "Sous surveillance, sans vérification d'identité",
      }),
    },
    {
      code: 'supervised-identity-check',
      uri: `${EU}70be69aaf9`,
      label: labels({
        en: 'Supervised with identity verification',
        de: 'Beaufsichtigt, mit Identitätsprüfung',
        fr: "Sous surveillance, avec vérification d'identité",
      }),
    },
    {
      code: 'supervised-online-identity-check',
      broader: 'supervised-identity-check',
      label: labels({
        en: 'Supervised online with identity verification',
        de: 'Online beaufsichtigt, mit Identitätsprüfung',
        fr: "Sous surveillance en ligne, avec vérification d'identité",
      }),
    },
    {
      code: 'supervised-onsite-identity-check',
      broader: 'supervised-identity-check',
      label: labels({
        en: 'Supervised onsite with identity verification',
        de: 'Vor Ort beaufsichtigt, mit Identitätsprüfung',
        fr: "Sous surveillance sur place, avec vérification d'identité",
      }),
    },
  ],
  {
    'not supervised': 'unsupervised',
    'unsupervised without id': 'unsupervised',
    'unsupervised with no identity verification': 'unsupervised',
    'unsupervised with id': 'unsupervised-identity-check',
    'supervised without id': 'supervised-no-identity-check',
    'supervised with no identity verification': 'supervised-no-identity-check',
    'supervised without identity verification': 'supervised-no-identity-check',
    'supervised with id': 'supervised-identity-check',
    'supervised online with id': 'supervised-online-identity-check',
    'online proctored with id': 'supervised-online-identity-check',
    'supervised onsite with id': 'supervised-onsite-identity-check',
    'supervised on-site with identity verification': 'supervised-onsite-identity-check',
  },
);

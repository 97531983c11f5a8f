import { createVocabulary } from '../vocabulary.ts';
import { labels } from './labels.ts';

const LEARNING = 'http://data.europa.eu/snb/learning-opportunity/';

/** What feeds write, by code. CTDL classes also by their full URI. */
const SYNONYMS: Readonly<Record<string, string>> = {
  'micro-credential':
    'microcredential|micro credential|micro-credentials|micro_credential_certificate|ceterms:MicroCredential|micro-certification|microcertification|micro-crédit|mikrokraad|mikrokvalifikatsioon|mikrokvalifikatsioonikraad|mikrozertifikat|micro-degree|microdegree|microcredencial|micro-credencial|microcredenziale|microcertificación|microcredențial|mikropoświadczenie|mikropoświadczenia|mikroosvědčení|mikrocertifikát|mikrokredencija|mikrokvalifikacija|mikrokvalifikācija|mikroutbildning|mikroemne|pienet osaamiskokonaisuudet|mikrotutkinto|mikrotanúsítvány|mikro-credential|микроквалификация|μικροδιαπιστευτήρια|micrea-dhintiúr|mikrodokazilo|mikrokvalifikáció|mikroosvedčenie',
  certificate:
    'certification|ceterms:Certificate|ceterms:Certification|professional certificate|verified certificate|zertifikat|certificat|certificado|certificato|certificaat|tunnistus|sertifikaatti|sertifikat|certyfikat|certifikát|πιστοποιητικό|сертификат|teastas|academic certificate|ceterms:AcademicCertificate|ceterms:ProfessionalCertificate|ceterms:HigherEducationCertificate|ceterms:TechnicalCertificate|sertifikāts|sertifikatas|osvedčenie|osvědčení|potrdilo|potvrda|tanúsítvány',
  'certificate-of-completion':
    'certificate of completion|ceterms:CertificateOfCompletion|completion certificate|statement of completion|abschlussbescheinigung|attestation de fin de formation|attestato di completamento',
  badge:
    'digital badge|open badge|openbadge|ceterms:Badge|ceterms:DigitalBadge|ceterms:OpenBadge|badgeclass|insignia digital|distintivo digitale|digitaalne märk',
  licence: 'license|ceterms:License|licenza|occupational license',
  course:
    'courses|kurs|kursus|cours|corso|cursus|kurz|tečaj|tanfolyam|kurssi|koolituskursus|курс|ceterms:Course|schema:Course|https://schema.org/Course|single course|mooc',
  module: 'programme module|program module|course unit|unit|modul|modulo|módulo|moodul|moduuli|moduł',
  programme:
    'program|educational programme|ceterms:LearningProgram|schema:EducationalOccupationalProgram|https://schema.org/EducationalOccupationalProgram|study programme|studiengang|opleiding|programma|program studiów|õppekava',
  diploma:
    'ceterms:Diploma|diplome|diplôme|diplom|diploma di|dyplom|δίπλωμα|диплома|ceterms:SecondarySchoolDiploma|ceterms:HigherDiploma|ceterms:ProfessionalDiploma',
  degree:
    "ceterms:Degree|ceterms:AssociateDegree|ceterms:AssociateOfArtsDegree|ceterms:AssociateOfScienceDegree|ceterms:AssociateOfAppliedScienceDegree|ceterms:BachelorDegree|ceterms:BachelorOfArtsDegree|ceterms:BachelorOfScienceDegree|ceterms:MasterDegree|ceterms:MasterOfArtsDegree|ceterms:MasterOfScienceDegree|ceterms:DoctoralDegree|ceterms:ProfessionalDoctorate|ceterms:ResearchDoctorate|ceterms:SpecialistDegree|bachelor degree|bachelor's degree|master degree|master's degree|doctoral degree|associate degree|academic degree|hochschulabschluss|grado universitario|laurea",
  qualification:
    'ceterms:Qualification|full qualification|qualification award|kvalifikatsioon|kwalifikacja|kvalifikace|qualifikation|cualificación|qualifica|http://data.europa.eu/snb/credential/6cf8e68c43',
};

const CTDL = 'https://purl.org/ctdl/terms/';

/**
 * Kinds of credential (and, where a source gives no more, of the learning behind it). There is no EU list with
 * micro-credentials in it; URIs are those of the EU's learning opportunity types where one fits. "Participation" and
 * "attendance" certificates have no kind here: they state neither completion nor assessment.
 */
export const credentialKinds = createVocabulary(
  {
    name: 'credential-kind',
    title: 'Kind of credential',
    source:
      'Credatlas; http://data.europa.eu/snb/learning-opportunity/25831c2; https://credreg.net/ctdl/terms/credentialType',
    version: '1',
    date: '2026-11-27',
    licence: 'Apache-2.0',
  },
  [
    {
      code: 'micro-credential',
      label: labels({
        en: 'Micro-credential',
        de: 'Micro-Credential',
        fr: 'Microcertification',
        es: 'Microcredencial',
        it: 'Microcredenziale',
        nl: 'Microcredential',
        pt: 'Microcredencial',
        et: 'Mikrokvalifikatsioon',
        pl: 'Mikropoświadczenie',
      }),
    },
    {
      code: 'certificate',
      label: labels({
        en: 'Certificate',
        de: 'Zertifikat',
        fr: 'Certificat',
        es: 'Certificado',
        it: 'Certificato',
        nl: 'Certificaat',
        et: 'Tunnistus',
      }),
    },
    {
      code: 'certificate-of-completion',
      label: labels({
        en: 'Certificate of completion',
        de: 'Abschlussbescheinigung',
        fr: 'Attestation de fin de formation',
      }),
    },
    {
      code: 'badge',
      label: labels({ en: 'Badge', de: 'Badge', fr: 'Badge', es: 'Insignia', it: 'Badge', nl: 'Badge' }),
    },
    { code: 'licence', label: labels({ en: 'Licence to practise', de: 'Berufszulassung', fr: "Licence d'exercice" }) },
    {
      code: 'course',
      uri: `${LEARNING}05053c1cbe`,
      label: labels({ en: 'Course', de: 'Kurs', fr: 'Cours', es: 'Curso', it: 'Corso', nl: 'Cursus', et: 'Kursus' }),
    },
    {
      code: 'module',
      uri: `${LEARNING}0f7dac46ca`,
      label: labels({
        en: 'Module',
        de: 'Modul',
        fr: 'Module',
        es: 'Módulo',
        it: 'Modulo',
        nl: 'Module',
        et: 'Moodul',
      }),
    },
    {
      code: 'programme',
      uri: `${LEARNING}79343569f3`,
      label: labels({
        en: 'Programme',
        de: 'Programm',
        fr: 'Programme',
        es: 'Programa',
        it: 'Programma',
        nl: 'Programma',
      }),
    },
    {
      code: 'diploma',
      label: labels({ en: 'Diploma', de: 'Diplom', fr: 'Diplôme', es: 'Diploma', it: 'Diploma', nl: 'Diploma' }),
    },
    {
      code: 'degree',
      label: labels({ en: 'Degree', de: 'Akademischer Grad', fr: 'Grade universitaire', es: 'Título universitario' }),
    },
    {
      code: 'qualification',
      label: labels({
        en: 'Full qualification',
        de: 'Volle Qualifikation',
        fr: 'Certification complète',
        es: 'Cualificación completa',
      }),
    },
  ],
  Object.fromEntries(
    Object.entries(SYNONYMS).flatMap(([code, words]) =>
      words
        .split('|')
        .flatMap((word) => (word.startsWith('ceterms:') ? [word, word.slice(8), CTDL + word.slice(8)] : [word]))
        .map((word): [string, string] => [word, code]),
    ),
  ),
);

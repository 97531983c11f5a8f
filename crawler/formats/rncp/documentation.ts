import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'RNCP and RS of France compétences: XML flow V4.1 and CSV tables, out of their ZIP as well',
  elements: [
    'title',
    'awardingBody',
    'learningOutcomes',
    'level',
    'assessment',
    'qualityAssurance',
    'prerequisites',
    'stackability',
    'furtherInformation',
    'issueDate',
    'description',
    'kind',
    'fields',
    'purpose',
    'conditionsToEarn',
  ],
  quirks: [
    'NIV1 to NIV8 are levels of the RNCP, from which the EQF level follows; AUCUN is none. Entries of the répertoire spécifique (RS) ' +
      'have no level, whatever number stands in their title.',
    'There are no hours and no ECTS in the registers: the workload stays not stated.',
    'The words of the abbreviation (`ABREGE`) are the kind. That an entry of the RNCP is a full qualification is derived; of the RS nothing is.',
    'Outcomes are `CAPACITES_ATTESTEES` and the `LISTE_COMPETENCES` of the blocks; blocks are named in what can be stacked.',
    'The certifiers award. Partners may train or hold assessments, and stay in the raw record.',
    'Ways to the jury (`SI_JURY_…`) say who may be awarded, not how one takes part: they stay in the raw record.',
    '`DATE_LIMITE_DELIVRANCE` ends the awarding; the end of the registration is said with the registration. Dates are DD/MM/YYYY.',
    'An entry with `ACTIF` Non is told as no longer awarded; it stays in the register and in the feed.',
    'The tables of the CSV export are read one after the other (option `entry` `*.csv` of the source): `Standard` has the entries, rows of ' +
      'the others are parts of them. They have no outcomes; partners, collective agreements and ways to the jury have no place.',
    'NSF, FORMACODE and ROME stay codes of their own scheme.',
    "The address of the entry on France compétences' site is another identifier of the record: offers (LHEO) refer to it.",
  ],
};

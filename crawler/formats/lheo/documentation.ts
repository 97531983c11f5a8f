import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'LHEO 2.2 and 2.3 of France, with the EDOF imports of Mon Compte Formation, streamed',
  elements: [
    'title',
    'learningOutcomes',
    'workload',
    'level',
    'participation',
    'qualityAssurance',
    'prerequisites',
    'stackability',
    'furtherInformation',
    'description',
    'kind',
    'fields',
    'targetGroup',
    'purpose',
    'offeredBy',
    'languages',
    'costs',
    'funding',
  ],
  quirks: [
    'Elements are known by local name: LHEO 2.2, 2.3 and EDOF have namespaces of their own. Summaries (`resume-offre`) are read as well.',
    'A run is a session with what its action says; a text that every action repeats is said once.',
    '`code-niveau-sortie` 11 to 18 are the levels 1 to 8 of the French framework of 2019. The codes 2 to 8 are the levels VI to I of 1969: ' +
      'code 4 is level V, not level 4, and no EQF level comes of it.',
    '`modalites-enseignement` is 0 on site, 1 mixed, 2 at a distance (dict-modalites-enseignement); at a distance is online here.',
    '`resultats-attendus` is for the award (titre, diplôme, attestation): such words are the kind, others are outcomes. ' +
      '`objectif-formation` is outcomes where it is a list or begins with what one can do, else the purpose.',
    'RNCP and RS numbers are the entry of the certification in a national register. Who awards it stands there and not here: the ' +
      '`organisme-formation-responsable` offers and does not award.',
    'Blocks of competences (`code-bloc`) stack into the certification whose number they carry.',
    '`nombre-heures-total` is the effort of a run; hours in the centre and in the company are parts of it, and their sum is derived where ' +
      'no total stands. 0 hours are none.',
    'A date with the day 00 is a month; 00000000 and 99999999 are no dates.',
    'FORMACODE, NSF and ROME stay codes of their own scheme.',
    'Contacts leave; of `coordonnees` only address and web page are kept, for its `nom` is that of a person as often as of a place.',
  ],
};

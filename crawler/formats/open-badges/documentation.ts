import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'Open Badges 2.0 and 3.0, CLR 2.0 definitions; edubadges and Open Educational Badges with their extensions',
  elements: [
    'title',
    'issuerCountry',
    'awardingBody',
    'learningOutcomes',
    'workload',
    'level',
    'assessment',
    'participation',
    'qualityAssurance',
    'supervision',
    'grade',
    'stackability',
    'furtherInformation',
    'description',
    'kind',
    'fields',
    'skills',
    'occupations',
    'offeredBy',
    'languages',
    'conditionsToEarn',
  ],
  derived: [],
  quirks: [
    'Assertions, credentials and presentations are about a person: they are refused, and nothing of them is quoted. A credential whose subject says ' +
      'nothing but its achievement is a specification, of which the achievement is read.',
    'Private badge classes are never taken, whichever list names them.',
    'Members are read by their local names, whatever the context or its version; no context is fetched. What edubadges writes outside of its context is read too.',
    'edubadges: the institution (or on whose behalf the faculty issues) is taken for who awards, `derived`; the issuer, often a department, offers.',
    'edubadges: `InstitutionCountry` is `NL` or `EN`, and `EN` is no country. A BRIN number gives NL, `derived`.',
    'edubadges: the EQF number counts unless it is said not to be verified: then it stays words. 3.5 is no level.',
    'edubadges: flags default to false. Only true says something of supervision, identity, grade and stackability.',
    'edubadges: types of assessment and ways of participation are lists with commas (`oram_exam` is an oral examination).',
    'edubadges: programme identifiers are ISAT or CROHO codes, kept with their scheme and never read as ISCED.',
    'Open Educational Badges: the study load is minutes, although its schema says hours; hours are `derived`. Levels are its own scale.',
    '`creditsAvailable` has no unit: credits of no named scheme, never ECTS.',
    'Criteria are conditions to earn the badge, not to enter. Alignments are skills, but for those with the EQF or a national framework (level), ISCED-F ' +
      '(field), occupations of ESCO, and credentials of the Credential Registry (links).',
    'Archived badge classes are told as no longer awarded.',
  ],
  options: {
    details:
      '`true` asks for the badge class of every entry of a catalogue of edubadges: one request each. The entry itself has only name, kind and institution.',
  },
};

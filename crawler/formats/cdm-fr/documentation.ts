import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'CDM-fr of French universities (2006 and 2012), programmes and courses, streamed',
  elements: [
    'title',
    'learningOutcomes',
    'workload',
    'level',
    'assessment',
    'participation',
    'prerequisites',
    'stackability',
    'furtherInformation',
    'description',
    'kind',
    'fields',
    'targetGroup',
    'offeredBy',
    'languages',
    'costs',
  ],
  derived: ['awardingBody'],
  quirks: [
    'Elements are known by local name: CDM-fr has other namespaces in each of its versions.',
    'A `program` and a `course` are records; what is read of a course is read under the name `program`.',
    'Names of the languages `fr-FR-MTP`, `fr-FR-TRL` and the like are abbreviations and search forms, and no other names.',
    '`@ECTScredits` are ECTS; `@hoursPerWeek` and the volumes of lectures are parts and are not multiplied; `ectsRequired` is a prerequisite.',
    '`@languageCECRLLevel` is a level of a language (CEFR) and no level of the EQF.',
    'Blocks that a publisher defines for itself (`userDefined`) are no description: domain and mention are fields in words.',
    'The unit that a programme refers to offers it. The outermost of the organisations is taken for who awards, for nothing names another.',
    'Persons, contacts and the free `infoBlock` of a record, which tells whom to ask, leave.',
  ],
};

import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'OCCAPI 1 and 2 (JSON:API): institutions, their courses with the instances, and their programmes',
  elements: [
    'title',
    'description',
    'kind',
    'learningOutcomes',
    'workload',
    'level',
    'assessment',
    'participation',
    'prerequisites',
    'grade',
    'stackability',
    'furtherInformation',
    'fields',
    'targetGroup',
    'offeredBy',
    'languages',
  ],
  derived: ['awardingBody'],
  quirks: [
    'Reading may start at the root, at `/hei`, at an institution (`/hei/{heiId}`, as QualityLink has it), or at one of its collections. ' +
      'An item of a collection is a summary: each leads to its own page, a request each, and a course of version 2 to its instances.',
    'A unit (`ounit`) is asked for its collections only where its institution does not link to both of its own.',
    'Links are followed by their path, on the host that was asked: a server behind another one has a name of its own.',
    'An id that is no UUID is unique in its institution only: it goes with institution and type (`uni.example/course/12`).',
    'The institution of a course stands in its canonical path alone (`links.self`). Its name and address are known from its own page.',
    'Version 1 has one academic term, ISCED code and language, version 2 lists of them. A code that became a number has lost its zeros: it is ' +
      'no ISCED-F code, and stays as it stands.',
    '`meta.global.eqfLevel` is the level of the programmes that a course is in, and `derived` for the course itself. Version 2 has no level of courses.',
    'Terms of the EU lists stand as the end of their address (`920fbb3cbe`), or whole. Types of learning activity stay in the raw record.',
    '`length` is years in version 1, and terms with their part of a year in version 2 (`7/2` are three and a half years).',
    '`engagementHours` are hours of teaching, kept as such, never as those of the learner.',
    'Terms without a year (`1/2`), years of a programme, whether a course is mandatory, reading lists and results stay in the raw record.',
    'Addresses come without scheme (`www.uni.example/course`). A deprecated course is told as no longer awarded.',
  ],
};

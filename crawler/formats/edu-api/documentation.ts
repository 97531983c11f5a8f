import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'Edu-API 1 (1EdTech): templates of courses and programmes (collections), their offerings, organisations',
  elements: [
    'title',
    'description',
    'kind',
    'learningOutcomes',
    'workload',
    'level',
    'grade',
    'participation',
    'offeredBy',
    'languages',
  ],
  derived: ['awardingBody'],
  quirks: [
    'Reading starts at `courseTemplates`, best with `?limit=500`. It leads to `courseOfferings` and, where they are there, to ' +
      '`collectionTemplates` (programmes), `collectionOfferings` and `organizations` beside it. Persons and enrolments are never asked for.',
    'Lists are bare: a page that has less than `limit` is the last. Servers cut pages to sizes of their own (100, 250, …), so that one of such ' +
      'a size is followed by a question for more; a `Link` of the answer goes before that.',
    "Changes are asked for with `filter=dateLastModified>='…'`; what a server deletes it may say with `recordStatus`, or leave out.",
    'Texts are tagged with `recordLanguage` (drafts: `language`); without a tag they are in the language of the record.',
    '`creditsAwarded` is a text: "7.5 ECTS" are ECTS, "7.5" with `creditType: "credit"` are credits of no named scheme.',
    '`level` is a word of the standard (undergraduate, graduate, doctoral): its EQF level and cycle are `derived`, as QualityLink reads it.',
    'An organisation is named by its identifier alone; its name comes from `organizations`. That it awards is `derived`.',
    'A `courseType` such as "lecture" names no kind and stays words. An offering without dates starts in its session, as its code says.',
    'Further codes of a course that mean nothing elsewhere, and numbers of students, stay in the raw record.',
  ],
};

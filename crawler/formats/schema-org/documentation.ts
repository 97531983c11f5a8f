import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads:
    'sitemap → pages → JSON-LD, RDFa, microdata: Course, CourseInstance, EducationalOccupationalProgram/Credential',
  elements: [
    'title',
    'awardingBody',
    'learningOutcomes',
    'workload',
    'level',
    'participation',
    'prerequisites',
    'furtherInformation',
    'description',
    'kind',
    'fields',
    'skills',
    'occupations',
    'targetGroup',
    'offeredBy',
    'languages',
    'costs',
    'funding',
  ],
  derived: ['issuerCountry'],
  quirks: [
    'A source starts at a robots.txt, a sitemap (XML, gzip, text), one page, or a JSON-LD document or JSON lines file.',
    'The address of the vocabulary is read however it is written (`http`, `www.`, a typing error in it); contexts are not fetched. ' +
      'A node without a type is known by the Bioschemas profile that it conforms to.',
    'A broken JSON-LD block or item costs no other one: the rest is read where the next item surely begins.',
    'schema.org has no awarding body of a course: who provides it is taken for who awards it, `derived`; a body that ' +
      'the node of the credential itself names is stated. The country is that of its address, `derived`.',
    'Who "recognises" a credential awards nothing and assures no quality: further information.',
    'Runs stand in `hasCourseInstance` as an object or a list, or beside the course with a property that leads to it (`isPartOf`, ' +
      '`about`, …). A CourseInstance inside a CourseInstance is a lecture and no run.',
    "`provider.sameAs` is often the page itself, a `provider` only an `@id`: only front pages and registers' entries name a body. " +
      'Persons are none.',
    'Credits are ECTS only when the unit says so, or the words that hold the number. `timeRequired` in hours is effort, in days or ' +
      'weeks a duration.',
    'The length of one meeting is never made the effort of a course; hours of runs count for the course where all agree, `derived`.',
    '`educationalLevel` in words ("Beginner") stays words; an EQF level is one where the term or its set says EQF.',
    'Offers repeat themselves, hold others and split a price into parts: each price is labelled by what tells it from the others, a part ' +
      'or an instalment is no whole price. Category "Free" or `isAccessibleForFree` is a price of 0, `derived`.',
    'A place that only says "online" is a way of taking part; a VirtualLocation alone makes a course online, `derived`.',
    'Placeholders of templates that were published unfilled (`{{title}}`) are reported; in the title they cost the record.',
    'Keywords and parts of the page (`about` with a description) are no subjects of ISCED-F: only a term set of that name is.',
  ],
  options: {
    include: 'regular expression: only pages whose address matches are read',
    exclude: 'regular expression: pages whose address matches are left out',
    sitemaps: 'regular expression: only sitemaps of an index whose address matches are read',
    hosts: 'further hosts on which pages of the sitemap may stand, separated by commas or blanks; `*` for any',
    maxPages: 'at most so many pages',
  },
};

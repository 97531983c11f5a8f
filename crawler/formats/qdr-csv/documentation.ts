import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'tables (CSV) of the Europass Qualifications Dataset Register: answers of its SPARQL endpoint as `text/csv`',
  elements: [
    'title',
    'issuerCountry',
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
    'offeredBy',
    'languages',
  ],
  quirks: [
    'A row is one qualification and one value of each column; what else it says stands in other rows, in any order: the register refuses ' +
      'ORDER BY. All rows of an address are one record. A table waits until it ends, on disk when it is large.',
    'What a column holds, the query in the address of the answer says (`?query=`); else columns are called like their properties (`title`, ' +
      '`EQFLevel`, `legalName`, …). A table may also have a row for each property, named in a column `property`, its value in `value`.',
    'CSV has no languages: they stand in a column of their own, `lang` for all texts of the row, `titleLang` for one of them. Texts without ' +
      'one are in the language of the record, where it has just one.',
    'What the query itself says of all that it finds (`?q elm:EQFLevel <…/5>`) is said of each record.',
    'Only what its register has released is read: other words in a column of the status are told with their number. What KURSNET publishes ' +
      'as qualifications are offers of courses: left out, and told.',
    'Two different EQF levels are none, and are told. National levels are those of the EU list by address.',
    '`PT75H` is effort; `P3M` in the same column is calendar time, and is told.',
    'Credits are ECTS by the address of their framework; without a framework they are credits of no named scheme.',
    'Notes behind the name of an awarding body ("(Up to Level 7)", "(prev. …)") are no part of it, and are told.',
    'The country is that of the awarding body; that of who offers, or of the publisher, is derived.',
    'ISCED "000" (Flanders) and 0099 (Finland) say no field. A title of exactly 50 characters may be cut, and is told. A title that stands ' +
      'for an outcome is none. A front page is no page of the record: it goes to the links.',
    'No list of the EU has micro-credentials: a title that says so makes one, derived by a rule.',
  ],
};

import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'Open Education API v5 and v6: courses, programmes, offerings, organisations, the eduXchange marks',
  elements: [
    'title',
    'learningOutcomes',
    'workload',
    'level',
    'assessment',
    'participation',
    'prerequisites',
    'grade',
    'stackability',
    'furtherInformation',
    'description',
    'kind',
    'fields',
    'targetGroup',
    'offeredBy',
    'languages',
    'costs',
    'conditionsToEarn',
  ],
  derived: ['issuerCountry', 'awardingBody'],
  quirks: [
    'Lists of `/courses`, `/programs` (`/programmes`), `/education-specifications`, `/organizations` (`/organisations`) and offerings ' +
      '(`/offerings`, `/courses/{id}/offerings`, `/course-offerings`, …) are read, in page envelopes (those of OOAPI 3 and HAL among ' +
      'them), as bare arrays or as single objects. Organisations give providers; offerings are runs of their course or programme.',
    "Reading starts at the source's address to the letter: write `?pageSize=250` into it, for the default of the standard is 10. It " +
      'follows `pageNumber` and keeps all other parameters, until a page says that it is the last or is not full.',
    'The standard lists offerings from today on: past ones only come with `since` in the address.',
    'An education specification that a course or programme of the same page refers to is no record, but what that one is a part of.',
    'Optional members come as empty texts, empty lists, lists of empty lists or `null`: nothing is stated.',
    'Learning outcomes come as a list of outcomes, each a list of languages, or as one text a language with `-` before each: ' +
      'both are a list of outcomes. Ids of outcomes alone are reported: ask with `expand=learning_outcomes`.',
    'Study load comes as an object, a list, or members named after the unit. `sp`, contact time and further units are kept as they ' +
      'are, never as ECTS; `sbu` gives hours, `derived`.',
    '`level: "undefined"` is no level. Words of the specification ("bachelor") give EQF level and cycle, `derived`; ' +
      '`levelOfQualification` states the EQF level; `4+` is one of the NLQF.',
    'A course is no micro-credential unless an eduXchange alliance marks it with `microcredential`, or its formal document or ' +
      'qualification says so.',
    'Alliances are named in any case (`EWUU`, `ewuu`); `consumers` of v5 and `consumer` of v6 are read alike.',
    'Modes of teaching and pace stand in one list in many feeds: each word is what it is. Legal words that name no mode ' +
      '(`situated`, `coil`) stay words.',
    'An offering has dates of its own beside those of its session: its own count. Its name is often that of the period ("Quartile 2").',
    'Addresses of type `billing` and `deliveries` are no places; a teaching address goes before a visiting or postal one.',
    'Reading lists (`resources`) and numbers of students stay in the raw record.',
  ],
  options: {
    offerings:
      '`true` also asks for the offerings of every course read: one request a course. Not needed where the server lists offerings ' +
      'itself or can `expand=offerings`.',
  },
};

import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'MOOC platforms: edX discovery, Open edX, Richie (FUN), FutureLearn, the Coursera catalogue',
  elements: [
    'title',
    'learningOutcomes',
    'workload',
    'level',
    'prerequisites',
    'stackability',
    'description',
    'kind',
    'fields',
    'skills',
    'offeredBy',
    'languages',
    'costs',
    'certificationFormat',
  ],
  derived: ['awardingBody'],
  quirks: [
    'Which API an item is of is told by its members, never by its address.',
    'Pages follow `next` (Django REST), `pagination.next` (the LMS), `meta` (Richie: the next `offset`) and `paging.next` (Coursera: the next `start`). ' +
      'Fewer items than the answer says there are, and nothing that leads on, is told as incomplete.',
    'FutureLearn is one list without pages.',
    'Introductory, intermediate and advanced are words, and no level of the EQF.',
    'Hours a week are kept in words. Times the weeks of the course, or of all its runs alike, they are hours, `derived`.',
    'Prices are those of the seats, by their type (`audit` is 0). A verified seat says nothing of supervision or identity.',
    'No answer says that a course is online: it is not stated. Owners, organisations and partners are taken for who awards, `derived`.',
    'Open edX stores 2030-01-01 for a course without a start: no date.',
    'Hidden courses are not taken.',
    'Coursera writes starts in milliseconds and subjects as slugs; its partners stand beside the courses and are put to those that name them.',
    'Richie gives no outcomes and no dates: its pages have them, in RDFa (`schema-org`). Its addresses are relative to the source.',
    'Staff, instructors and educators leave.',
  ],
};

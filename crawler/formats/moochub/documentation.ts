import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'MOOChub 2 and 3 (JSON:API): courses of MOOC platforms, and the draft of programmes',
  elements: [
    'title',
    'learningOutcomes',
    'workload',
    'level',
    'participation',
    'prerequisites',
    'stackability',
    'description',
    'kind',
    'fields',
    'skills',
    'targetGroup',
    'offeredBy',
    'languages',
    'costs',
  ],
  derived: ['awardingBody'],
  quirks: [
    'Paging follows `links.next` until it is absent or an empty text. A page that has no next one and is not the last by its own ' +
      '`links` proves nothing: it is told as incomplete.',
    'openHPI answers the version asked for: write `Accept: application/vnd.api+json; moochub-version=3` into `headers`. It mixes members of both ' +
      'versions (`offers`, `moocProvider`, `partnerInstitute`, `abstract`); each is read where it stands.',
    'Workload is hours a week, month or day. It is kept in words, and multiplied with a duration of whole weeks, months or days `derived`. More ' +
      'than 168 hours a week are none (mooin published minutes).',
    'openHPI works the duration out of its dates: `P1DT23H45M` mixes calendar time and effort and stays words, a negative one is told.',
    'Levels of ESCO, DigComp and GRETA are levels of a competence, and none of the EQF. Those of a single skill stay in the raw record.',
    'The kind is what `educationalCredentialsAwarded` says: a certificate. A record of achievement and a confirmation of participation stay words.',
    'No member says who awards: the organisations among the creators, else the partner institutes (v2), else the platform are taken for it, `derived`.',
    'Instructors, and creators and publishers that are persons, leave.',
    'The n-th of the start dates belongs to the n-th end date; where there are not as many of both, ends are told and left.',
    '`access: ["free"]` alone is a price of 0, `derived`; beside other ways of access it stays in words. Offers go before.',
    '`expires` and `availableUntil` say when a course leaves the platform, which is no end of a run: they stay in the raw record.',
    'An answer that stands in `<pre>`, as mooin once gave it, is read without that.',
    'Ids are unique in their feed only (numbers at iMooX, 33 hexadecimal digits at KI-Campus).',
  ],
};

import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'EMIL 3 (SS 10700:2024) as Susa-navet gives it: educations, their events, providers',
  elements: [
    'title',
    'description',
    'kind',
    'workload',
    'level',
    'prerequisites',
    'fields',
    'targetGroup',
    'funding',
    'offeredBy',
    'awardingBody',
    'languages',
    'costs',
    'participation',
  ],
  quirks: [
    'Reading starts at `/educationInfos`; its first page leads to `/educationEvents` and `/educationProviders` with the same `schoolType`, ' +
      '`size` and `updatedSince`. Pages count from 0. `links.next` may repeat for ever: the numbers in `page` count.',
    'A run of changes asks with `updatedSince`. What has another status than `ACTIVE`, or no `content`, is gone; of an event that is ' +
      'gone only its own identifier is known.',
    'Identifiers are compared without case.',
    'An event is a run of the education that it names; it stays in the feed after it has ended, until it expires.',
    '`hp` are ECTS by Swedish law. `yh`, `gy`, `fup` and the others are credits of their own, never ECTS.',
    '`qualificationLevel` is a level of SeQF; the EQF level follows from it, `derived`. `ISCED_6` and `G1N` are words, no EQF level.',
    'Degrees awarded (`resultIsDegree`) make a degree of what universities (`HS`) give only: that of a vocational school is none.',
    'Examining bodies award. Where an event names none, who gives it is taken for that, `derived`.',
    'The fee in the extension of the universities names no currency and holds for some only: it is no price, and told.',
    '`distance` is there for teaching at a distance only: online, or blended where sessions are mandatory.',
    'Keywords of the events are fields of the scheme `keywords`.',
    'Addresses come without scheme, languages as ISO 639-2, texts as HTML, `isVocational` as `null`.',
  ],
};

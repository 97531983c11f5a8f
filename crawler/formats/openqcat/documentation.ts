import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'openQ-cat 1.1 of the Bundesagentur für Arbeit (KURSNET, mein NOW), streamed',
  elements: [
    'title',
    'awardingBody',
    'assessment',
    'participation',
    'qualityAssurance',
    'prerequisites',
    'furtherInformation',
    'description',
    'kind',
    'fields',
    'targetGroup',
    'offeredBy',
    'languages',
    'costs',
    'funding',
  ],
  derived: ['workload'],
  quirks: [
    'An offer (`EDUCATION type="true"`) is a record; an event (`type="false"`) is a run of the offer that its `COURSE_ID` names.',
    'There is no place for ECTS, hours, a level or outcomes: they stay not stated. `CREDITS` is what earlier learning is counted for.',
    '"25 UE" in the title or the remarks makes derived hours, 45 minutes each; "8 UE pro Tag" does not. Classes of duration are words.',
    'Codes stand in the attribute `type`, and as the text. "Keine Angabe" and the code 0 say nothing.',
    '`INSTRUCTION_FORM` 101–105 is on site, 201–203 online, 301 and 302 blended, 303 hybrid, 401–403 distance learning (online here); ' +
      'learning alone, VR and forms of the rest stay words.',
    '`EXAMINER` awards where it names a chamber or another body; the supplier offers, and is not taken for who awards.',
    '`UPDATE_CATALOG` is a delivery of changes: what stands under `DELETE` is said to be gone, and nothing else is swept.',
    'A price of 0 beside a remark is no price: the remark is kept. A daily price is no price of the whole.',
    '`ANNOUNCEMENT` is when an offer may be shown, and no date of a run. `FLEXIBLE_START` means that one can begin at any time.',
    'Contacts, authors and instructors leave.',
  ],
};

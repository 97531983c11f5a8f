import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'EMG XML 2.0 to 4.0, what providers deliver to the course portals of Keystone, streamed',
  elements: [
    'title',
    'learningOutcomes',
    'workload',
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
    'funding',
  ],
  quirks: [
    'A course is unique in its provider only: its identifier is that of the provider, a slash, and its own.',
    'A provider has an identifier and perhaps a description, but no name. Who awards is not said anywhere.',
    'Locations stand apart, often behind the courses: each event gets the one that it names, and so does the raw record.',
    'Credits are a bare number: they are of no named scheme, not even in a programme of a university, and never ECTS.',
    'A `LocationEvent` is on site unless its delivery method says otherwise; a `DistanceEvent` need not be online, and "distance" stays words.',
    '"Open class" and "In-house" say for whom an event is held, not how: they stay words.',
    'An event without `start` is not said to be always open, one without `pace` not to be full time, and a price without `currency` has none: ' +
      'what portals assume is not stated.',
    'Starts in a month or a semester are words ("2019-01", "November", "Fall 2019"). Discounts and VAT are words beside the price.',
    '`qualification` is the target group, and a prerequisite where it says such a word; `technicalPrerequisites` are prerequisites.',
    '`degree`, the granted certificates and the type of the course are the kind; a type that is a way of taking part is not.',
    'Of custom fields those that the sites ask for and those named like an element are read as that; the others are further information, with ' +
      'their names.',
    'The type ids of 2.0 (`educationTypeID`, `eventTypeID`) are of the database of the portals: no element comes of them.',
    'Where leads are sent (`informationRequestSettings`) and the contacts of a location stay outside.',
  ],
};

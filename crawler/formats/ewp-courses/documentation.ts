import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'answers of the EWP Courses API (Erasmus Without Paper): learning opportunities and their instances',
  elements: ['title', 'description', 'kind', 'level', 'workload', 'grade', 'fields', 'offeredBy', 'languages'],
  quirks: [
    'An answer holds the learning opportunities that the request named by `los_id` or `los_code` and no others; it does not say of which institution.',
    'A learning opportunity is a record, an instance a run, named by its academic term. What instances say of credits, hours and grading is that ' +
      'of the one that starts last.',
    '`engagementHours` are the hours in which one attends classes: a part of the workload, never the workload.',
    'Credits are ECTS only where the scheme is `ects`. Their level (Bachelor, Master, PhD) is words; the cycle follows from it, derived.',
    '`eqfLevelProvided` is a level of the EQF.',
    '`iscedCode` is ISCED-F; `subjectArea` is a code of the older list of Erasmus and stays one.',
    'The type is in every identifier (`CR/`, `MOD/`, `DEP/`): where it is not said, or in words that name none, the kind is derived from it.',
    '`ounit-id` is the organising faculty of a course; of other types it is not laid down what it is, and told.',
    'What students achieved (`resultDistribution`) is not read.',
    '`contains` names parts by their identifiers.',
  ],
};

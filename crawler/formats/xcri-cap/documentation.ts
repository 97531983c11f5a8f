import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'XCRI-CAP 1.2 (and 1.1), streamed',
  elements: [
    'title',
    'issuerCountry',
    'awardingBody',
    'learningOutcomes',
    'workload',
    'level',
    'assessment',
    'participation',
    'qualityAssurance',
    'prerequisites',
    'stackability',
    'furtherInformation',
    'description',
    'kind',
    'fields',
    'targetGroup',
    'purpose',
    'offeredBy',
    'languages',
    'costs',
  ],
  quirks: [
    'Elements and types (`xsi:type`) are known by local name, whatever their namespace and prefix: these differ between feeds.',
    'A `dtf` or `interval` attribute is what a machine should read and wins over the text; a contradiction is reported.',
    'Credits keep the scheme that the source names (SCQF, CATS, a university of its own); they are ECTS only when that name says ECTS. A ' +
      'level of credits counts where the scheme is a framework (SCQF, CQFW).',
    '"Distance without attendance" (`DS`) is distance learning, not necessarily online, for which there is a code of its own (`ON`): it ' +
      'stays words. With attendance (`DA`) it is blended.',
    'Words for pace stand in `attendanceMode` and words for attendance in `studyMode`: each word is what it is.',
    'Learning outcomes are only what stands in `learningOutcome` or a description of that type; `mlo:objective` is what the course is for.',
    'A `description` belongs where its type says (assessment, entry requirements, target audience, …); one of an unknown type is ' +
      'further information.',
    'Texts hold XHTML, escaped markup or CDATA: they come out plain.',
    'The title of a qualification is often a phrase ("May lead to a variety of qualifications"): it names no kind then and is reported.',
    "`awardedBy` names who awards. The provider's address gives the issuer's country only where the provider is the one that awards.",
    'The effort of a run (`engagement`) is read where it is hours in all; "10 hours a week" is no whole.',
    'The venue is a provider in 1.2, a name and an address in 1.1, and stands on the run itself in some feeds.',
    'What a provider says of itself may stand behind its courses: they wait until it ends, on disk beyond 16 MB. The same course a ' +
      'second time is a part of the first, and its differences are reported.',
  ],
};

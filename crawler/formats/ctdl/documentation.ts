import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'CTDL JSON-LD graphs, Credential Registry envelopes, profiles mapped to CTDL',
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
    'supervision',
    'stackability',
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
    'certificationFormat',
    'conditionsToEarn',
  ],
  quirks: [
    'Graphs, expanded JSON-LD, profiles with a published crosswalk to CTDL (Credential Commons) and registry envelopes are read: ' +
      'one, a list, `{"envelopes": […]}` or one a line, with `decoded_resource` or only the old `resource` token, whose signature is ' +
      'not verified.',
    'Envelopes stream one by one. The nodes of a graph are held until it ends, up to 64 Mi characters, because they refer to each ' +
      'other; a larger graph is read in windows of that size, and that is reported.',
    "A registry's `page=` is followed while pages are full (`per_page`, else 10).",
    'Credentials, learning opportunities and organisations are records. Assessments, manifests and frameworks are read where a record ' +
      'refers to them; those that nobody refers to are passed over, as are deleted envelopes.',
    'The record is the node with the CTID, at whatever place of the graph. CTIDs are the same in any case and under any route ' +
      '(`/graph/CE-…`, `/resources/ce-…`, `urn:ctid:`).',
    'Several nodes with one identifier and one name are one record: the main one speaks, the others fill in what it lacks; with ' +
      'different names they are records of their own.',
    'Names are known by their last part: `ceterms:name`, both hosts of the vocabulary, or a bare `name` under a context, which is ' +
      'not fetched.',
    'Credits are ECTS only when their unit says ECTS: CTDL has no such term, so it stands in words or as an address. Credits, ' +
      'hours and runs mostly stand on what a credential requires: what the one required course or assessment states is `derived`, ' +
      'several are not added up.',
    'An academic hour is no clock hour: it stays words. Effort (`PT50H`) is hours, calendar time (`P10W`) a duration.',
    'Who owns a credential awards it. Where no owner is named, who offers it is taken for it, `derived`; `schema:provider` of a profile ' +
      'is an owner by its crosswalk, `derived`.',
    'A condition of `requires` that is called entry, admission or prerequisite is one to enter, the others are to be met to earn it.',
    'Proctored is supervised, not identified; `isProctored: false` says nothing, because it is often a default.',
    'Accreditation counts where it is claimed of the credential itself; what its owner holds stands with the provider.',
    '"Online" as the name of a place is a way of taking part and no place.',
  ],
};

import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'Opintopolku (konfo-backend, external): pages of a search, offers (toteutus) with their education (koulutus)',
  elements: [
    'title',
    'description',
    'kind',
    'learningOutcomes',
    'workload',
    'level',
    'participation',
    'prerequisites',
    'furtherInformation',
    'fields',
    'occupations',
    'offeredBy',
    'languages',
    'costs',
    'funding',
  ],
  derived: ['awardingBody'],
  quirks: [
    'Reading starts at a search (`/external/search/toteutukset-koulutuksittain`), with its filters in the address ' +
      '(`pieniosaamiskokonaisuus=true`); write `sort=name&order=asc` into it, for the order by score is not the same on every page. Each ' +
      'hit leads to its offers, a request each. The header `Caller-Id` must be sent: it stands in the source.',
    'The record is the offer (toteutus). Level, fields and whatever it does not say itself come from its education (koulutus). An education ' +
      'that comes without any offer is a record of its own, which nobody awards: an agency may have written it for all.',
    '`tila: "poistettu"` is gone; `arkistoitu` is no longer offered, and told.',
    'Code addresses carry a version (`eqf_7#1`). EQF and FiNQF levels stand in the education; where it has two of them, none is the one.',
    'Opintopiste are ECTS. Osaamispiste ("ECVET competence points") are credits of their own, never ECTS; hours and weeks are time.',
    '`180120` stands for "180+120": two parts of 180 and 120 op, their sum in ECTS is `derived`.',
    'Fields of the national classification of 2016 are ISCED-F but for `0820` and codes that end in 18 or 28.',
    'Types of studies ("Advanced studies") are words, no level. Independent study says nothing of the place.',
    'Fees are in euros by the specification; a fee for an academic year is no price of the whole.',
    'Learning outcomes stand in `osaamistavoitteet`, else under the heading of that name in `lisatiedot`.',
    'Targets of application (hakukohde) are the runs; an offer without them is one run, with its own time to apply.',
  ],
};

import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: "Ofqual's register of regulated qualifications (England, Northern Ireland): extracts as CSV, API as JSON",
  elements: [
    'title',
    'awardingBody',
    'issueDate',
    'workload',
    'level',
    'assessment',
    'qualityAssurance',
    'grade',
    'kind',
    'fields',
  ],
  quirks: [
    'A level is one of the RQF. The EQF level is what its own column says (RQF 3 is EQF 4), never the same number; "Level 1/Level 2" is words.',
    'Total Qualification Time is the hours of effort in all. Guided learning hours are the contact in them and never the whole; old ' +
      'entries have a range of them only. 0 and nothing both say that it is not known.',
    'Credits are of the RQF (10 hours each) and no ECTS.',
    '"No longer awarded" is told, and the last date on which certificates are made ends the awarding.',
    'The register has no outcomes: they stand in the specification that the entry leads to.',
    'Sector subject areas are a classification of Ofqual; "Not Set" and "None" say nothing.',
    'The number with obliques (500/1514/X) is the identifier; without them it is another name of the same.',
    'The extract of organisations gives bodies; its addresses of e-mail and telephone numbers leave.',
    'Pages of the API are asked for by number until one is empty.',
  ],
};

import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: "answers of Cineca's SOAP service ProgrammazioneDidattica, the teaching plans of Italian universities",
  elements: [
    'title',
    'description',
    'learningOutcomes',
    'workload',
    'assessment',
    'participation',
    'prerequisites',
    'stackability',
    'furtherInformation',
    'fields',
    'languages',
  ],
  derived: ['grade'],
  quirks: [
    'An activity (`af`) goes by its `afGenCod`, which stays the same from year to year; its `afId` is that of the plan of one year, and of a run.',
    'The same activity in the plans of several years or programmes is one record with several runs; what they say otherwise is told.',
    'Parts of the students (surnames from A to L) have no code of their own: they are runs of the activity at their root.',
    'CFU (`umPesoCod` C) are ECTS by Italian law. Hours of classes and of own study are parts; their sum is said nowhere, and 0.0 hours are none.',
    'Texts are known by `tipoTestoCod`, for labels are each university\'s own. "=", "--" and "/" stand for nothing.',
    '`OBIETT_FORM` is "training objectives and learning outcomes" in one text, read as outcomes.',
    'Books to read and goals of sustainable development are no elements. Texts broken at the width of a page are put together.',
    '`tipoEsaCod` O and S are oral and written, SOC and SOS are both. `tipoValCod` is a code without words: the grade is derived from it.',
    'A run is dated by the cycle of its programme that it names. What is `nonErogabileFlg` has no run.',
    'The type of the degree programme (Laurea) is not taken for a level of the activity. Of which university the answer is, it says as a ' +
      'number of ISTAT only.',
    'Teachers, those responsible and those who typed it stay outside, with their dates of birth and tax numbers.',
  ],
};

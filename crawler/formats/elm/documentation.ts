import type { WrittenDocumentation } from '../../documentation.ts';

export const documentation: WrittenDocumentation = {
  reads: 'ELM 3: LOQ in Turtle, RDF/XML, JSON-LD and XML, Europass QDR, European Digital Credentials (also EDCI XML)',
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
    'grade',
    'stackability',
    'furtherInformation',
    'description',
    'kind',
    'fields',
    'skills',
    'targetGroup',
    'offeredBy',
    'languages',
    'costs',
    'funding',
  ],
  quirks: [
    'What is written in Turtle, N-Triples, RDF/XML, JSON-LD, LOQ XML 3.x or in the rows of a SPARQL answer is read as the same graph. A ' +
      'catalogue in RDF is held until it ends, up to 64 Mi characters, because its parts refer to each other; a larger one is refused. ' +
      'LOQ XML of any size waits on disk; JSON lines are read line by line.',
    'The namespaces of ELM 3.0 to 3.2 (`…/snb/model/elm/`), 3.3 (`…/snb/model/ontology/`), of pre-releases, and the one without its slash ' +
      'are one. Contexts and imports are never fetched, entities never expanded.',
    'A specification (`Qualification`, `LearningAchievementSpecification`) is the record, the opportunities to learn it are its runs. An ' +
      'opportunity whose specification is not in the same graph, or has no address, is a record of its own.',
    'Only what its register has released is read (`elm:status`): other words are told with their number. Without a status it is read.',
    'Of a European Digital Credential, sealed or not, only the specification of what was achieved is read, with its assessment and who ' +
      'awards it: never the holder, a claim, a grade or a date. The seal is not verified. A credential without a specification is told.',
    'Of a credential of the second version (EDCI, XML, `europassCredential`) the lists of specifications, outcomes, assessments, activities and ' +
      'organisations are read, by the names of ELM 3; its subject and what that one did are not even looked at. In the list of ' +
      'specifications a `learningSpecification`, a `qualification`, and whatever else names who awards it is a record; other things there are parts.',
    'The Europass tools number things within one document (`urn:epass:…`): such a specification goes by a hash of title and awarding body.',
    'No list of the EU has micro-credentials. A title that says so, and the type "short learning programme", make one: derived, each ' +
      'by a rule of its own. The class `Qualification` and `isPartialQualification` name no kind.',
    'EQF and national level are each as stated; two different EQF levels are none. National levels are those of the EU list by address.',
    'The country is that of the awarding body; that of the provider, the place of the award or the publisher is derived. The issuer of a ' +
      'seal is not asked.',
    '`volumeOfLearning` is effort where it has hours: `P2DT12H` is 60 hours. Calendar time there (`P6M`) is a duration, and is told; ' +
      '`P60M` are 60 months, which nobody meant: it stays words.',
    'Credits are ECTS by the address of their framework, or where the words say so ("8 Semester / 240 ECTS"); ECVET points are none.',
    'ISCED "000" (Flanders) and 0099 (Finland) stand where no field is known: none is stated. A title of exactly 50 characters may be cut, ' +
      'and is told. A title that stands for an outcome (Finland) is none.',
    'The home page of a register is no page of the record: it goes to the links.',
    "QualityLink's classes and the lines of ECIU (`Title`, `ProvidedBy`, …) are read by the same names.",
    'Rows of a SPARQL answer do not say what they are of: the query does, in the address (`?query=`); else the variables are called like ' +
      'the properties.',
  ],
};

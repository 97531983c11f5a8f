import { declareShape } from '../../record/shape.ts';

const TEXT = '{ recordLanguage language value }';
const CODE = '{ identifier identifierType }';
const REFERENCE = '{ sourcedId href * type * }';
const COMMON = `sourcedId id recordLanguage recordStatus dateLastModified dateCreated * title ${TEXT} description ${TEXT} primaryCode ${CODE}
  otherCodes ${CODE} organization ${REFERENCE} organizationCode * teachingLanguage metadata * extensions *`;

/** A course template, a collection template (programme) or an organisation. */
export const SHAPE =
  declareShape(`${COMMON} level courseType collectionType educationType creditType creditsAwarded credits
  learningOutcomes ${TEXT} gradingScheme type name ${TEXT} organizationType * parent * children *`);

/** An offering of one of the two. How many are enrolled stays in the raw record. */
export const OFFERING_SHAPE =
  declareShape(`${COMMON} course ${REFERENCE} collection ${REFERENCE} program ${REFERENCE} offeringType * offeringFormat
  startDate endDate academicSession * academicSessionCode registrationStatus maxNumberStudents * enrolledNumberStudents * minNumberStudents *`);

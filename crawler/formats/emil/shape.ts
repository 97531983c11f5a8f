import { declareShape } from '../../record/shape.ts';

const TEXT = '{ strings { lang value content * } }';
const URL = '{ urls { lang * value } }';
const CODE = '{ type code }';
const KEPT = '{ type * code * }';
const ADDRESS = `{ streetAddress postalCode postBox * town country areaCode * organization * department * studyLocation ${TEXT} }`;

/** `content` of an education (EducationInfo) or a provider (EducationProvider). */
export const SHAPE =
  declareShape(`identifier educationBase * code * lastEdited expires * title ${TEXT} description ${TEXT} url ${URL}
  type ${CODE} educationLevels ${CODE} orientation ${KEPT} configuration ${CODE} subjects ${CODE} subject ${CODE} audience ${CODE} isVocational *
  resultIsDegree degrees ${TEXT} qualificationLevel ${CODE} credits { system ${CODE} credits min } extent { length max unit ${CODE} note ${TEXT} }
  eligibility ${TEXT} recommendedPriorKnowledge ${TEXT} eligibleForStudentAid ${CODE} extensions { type * id * focusIdentifier * }
  name ${TEXT} organisationNumber visitAddresses ${ADDRESS}`);

/** `content` of an event (EducationEvent). */
export const EVENT_SHAPE =
  declareShape(`identifier education * providers examiningBodies orderers * lastEdited * expires * title ${TEXT}
  url ${URL} locations ${ADDRESS} languageOfInstructions execution { condition ${KEPT} start end } isCancelled
  fees { totalAmount currency firstInstallment * condition ${TEXT} } places * timeOfStudy ${CODE} paceOfStudy { percentage note ${TEXT} }
  isApprenticeship * distance { noOfMandatorySessions noOfOptionalSessions * noOfMandatoryRemoteSessions * noOfOptionalRemoteSessions *
  description ${TEXT} } application { code * first last continuous * url ${URL} } keywords ${TEXT}
  extensions { type * id * startPeriod { week * period { year * periodNumber * semester * } } tuitionFee { value * first * total } itdistance *
  courseRound * department * }`);

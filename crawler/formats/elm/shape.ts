import { declareShape } from '../../record/shape.ts';

const NODE = '@id @type';
const CONCEPT = `{ ${NODE} prefLabel altLabel title notation definition }`;
const NOTE = `{ ${NODE} noteLiteral title prefLabel value subject ${CONCEPT} dcType ${CONCEPT} }`;
const IDENTIFIER = `{ ${NODE} notation schemeName schemeId schemeAgency { ${NODE} legalName prefLabel } schemeVersion spatial ${CONCEPT} dcType ${CONCEPT} issued }`;
const WEB = `{ ${NODE} contentUrl title language ${CONCEPT} dcType ${CONCEPT} }`;
const ADDRESS = `{ ${NODE} countryCode ${CONCEPT} fullAddress ${NOTE} }`;
const LOCATION = `{ ${NODE} address ${ADDRESS} spatialCode ${CONCEPT} geographicName description }`;
const GROUP = `{ ${NODE} prefLabel legalName title }`;
const BODY_MEMBERS =
  `${NODE} legalName prefLabel altLabel title location ${LOCATION} homepage ${WEB} identifier ${IDENTIFIER} eidasLegalIdentifier ${IDENTIFIER} ` +
  `registration ${IDENTIFIER} vatIdentifier ${IDENTIFIER} taxIdentifier ${IDENTIFIER} subOrganizationOf ${GROUP} groupMemberOf ${GROUP} accreditation ${GROUP} dcType ${CONCEPT} modified`;
const BODY = `{ ${BODY_MEMBERS} }`;
const OTHER = `{ ${NODE} title description }`;
const ASSESSMENT = `{ ${NODE} title description dcType ${CONCEPT} mode ${CONCEPT} gradingScheme { ${NODE} title description } language ${CONCEPT} proves ${OTHER} }`;
const ACTIVITY = `{ ${NODE} title description dcType ${CONCEPT} mode ${CONCEPT} contactHour language ${CONCEPT} influences ${OTHER} }`;
const OUTCOME = `{ ${NODE} title description relatedESCOSkill ${CONCEPT} relatedSkill ${CONCEPT} dcType ${CONCEPT} reusabilityLevel ${CONCEPT} additionalNote ${NOTE} identifier ${IDENTIFIER} }`;
const PERIOD = `{ ${NODE} startDate endDate prefLabel }`;
const PRICE = `{ ${NODE} amount { ${NODE} value unit ${CONCEPT} } title description additionalNote ${NOTE} }`;
const ACCREDITATION =
  `{ ${NODE} dcType ${CONCEPT} title description accreditingAgent ${BODY} landingPage ${WEB} homepage ${WEB} organisation ${BODY} decision ${CONCEPT} report ${WEB} status ` +
  `limitQualification ${OTHER} limitField ${CONCEPT} limitEQFLevel ${CONCEPT} limitJurisdiction ${CONCEPT} issued reviewDate expiryDate modified publisher ${BODY} identifier ${IDENTIFIER} }`;

const COMMON =
  `${NODE} title altLabel description identifier ${IDENTIFIER} dcType ${CONCEPT} homepage ${WEB} supplementaryDocument ${WEB} additionalNote ${NOTE} ` +
  `mode ${CONCEPT} publisher ${BODY} providedBy ${BODY} modified status version isActive hasPart ${OTHER} isPartOf ${OTHER} ` +
  `learningActivitySpecification ${ACTIVITY} language ${CONCEPT} `;
const LEARNT =
  `ISCEDFCode ${CONCEPT} ISCEDFNarrowField ${CONCEPT} ISCEDFBroadField ${CONCEPT} educationSubject ${CONCEPT} educationLevel ${CONCEPT} category learningOutcome ${OUTCOME} learningOutcomeSummary ${NOTE} ` +
  `volumeOfLearning maximumDuration creditPoint { ${NODE} framework ${CONCEPT} point } learningSetting ${CONCEPT} targetGroup ${CONCEPT} ` +
  `entryRequirement ${NOTE} gradingScheme { ${NODE} title description } provenBy ${ASSESSMENT} influencedBy ${ACTIVITY} entitlesTo ${OTHER} specialisationOf ${OTHER} generalisationOf ${OTHER} learningOpportunity ${OTHER} entryRequirementLearningOpportunity ${OTHER} ` +
  `awardingOpportunity { ${NODE} awardingBody ${BODY} location ${LOCATION} learningAchievementSpecification ${OTHER} temporal ${PERIOD} } ` +
  `EQFLevel ${CONCEPT} NQFLevel ${CONCEPT} isPartialQualification qualificationCode ${CONCEPT} accreditation ${ACCREDITATION} credentialProfiles ${CONCEPT} displayParameter { title }`;
const OFFERED =
  `temporal ${PERIOD} duration learningSchedule ${CONCEPT} scheduleInformation ${NOTE} admissionProcedure ${NOTE} applicationDeadline ` +
  `priceDetail ${PRICE} location ${LOCATION} grant { ${NODE} title description } defaultLanguage ${CONCEPT} `;

/** What is read of a specification, of an opportunity that has none beside it, and of a body that stands alone. */
export const SHAPE = declareShape(
  `${COMMON} ${LEARNT} ${OFFERED} learningAchievementSpecification { ${COMMON} ${LEARNT} } legalName prefLabel location ${LOCATION} ` +
    `eidasLegalIdentifier ${IDENTIFIER} registration ${IDENTIFIER} vatIdentifier ${IDENTIFIER} taxIdentifier ${IDENTIFIER} subOrganizationOf ${GROUP} groupMemberOf ${GROUP}`,
);

/** What is read of an opportunity that is part of a specification. */
export const OFFER = declareShape(`${COMMON} ${OFFERED} learningAchievementSpecification ${OTHER}`);

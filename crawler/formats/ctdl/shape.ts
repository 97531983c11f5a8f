import { declareShape } from '../../record/shape.ts';

/** What every node may have. */
const NODE = '@context @id @type id type ctid';
/** An entry of a framework or a list of terms. */
const ENTRY = `{ ${NODE} targetNodeName targetNodeDescription targetNode targetName targetUrl target name prefLabel competencyText framework frameworkName targetFramework codedNotation isPartOf }`;
const ADDRESS = `{ ${NODE} name streetAddress postalCode addressLocality addressRegion addressCountry country }`;
const PLACE = `{ ${NODE} name streetAddress postalCode addressLocality addressRegion addressCountry country address ${ADDRESS} }`;
const BODY =
  `{ ${NODE} name legalName description subjectWebpage url duns fein ipedsID opeID leiCode iscedCode ncesID ` +
  `address ${ADDRESS} location ${ADDRESS} }`;
const NAMED = `{ ${NODE} name subjectWebpage url }`;
const AMOUNT = '{ @id @type value price }';
const COST =
  `{ ${NODE} name description price ${AMOUNT} currency priceCurrency directCostType ${ENTRY} residencyType ${ENTRY} audienceType ${ENTRY} ` +
  `paymentPattern ${ENTRY} paymentPatternType ${ENTRY} billingIncrement billingDuration unitText }`;
const COSTS = `estimatedCost ${COST} commonCosts { ${NODE} estimatedCost ${COST} }`;
const CREDIT =
  `creditUnitTypeDescription creditValue { ${NODE} value minValue maxValue percentage description creditUnitTypeDescription ` +
  `unitText ${ENTRY} creditUnitType ${ENTRY} creditLevelType ${ENTRY} }`;
const DURATION = `estimatedDuration { ${NODE} timeRequired exactDuration minimumDuration maximumDuration description }`;
const MODES =
  `learningDeliveryType ${ENTRY} deliveryType ${ENTRY} learningMethodType ${ENTRY} learningDeliveryDescription ` +
  `deliveryTypeDescription learningMethodDescription scheduleTimingType ${ENTRY} scheduleFrequencyType ${ENTRY}`;
const DATES = 'startDate endDate registrationDeadline';
const OFFERING = `{ ${NODE} name ${DATES} availableAt ${PLACE} ${MODES} ${DURATION} ${COSTS} subjectWebpage availabilityListing availableOnlineAt }`;
const TAUGHT = `teaches ${ENTRY} targetCompetency ${ENTRY} assesses ${ENTRY}`;
const ASSESSMENT = `{ ${NODE} name description assessmentMethodType ${ENTRY} assessmentMethodDescription isProctored ${CREDIT} ${DURATION} ${TAUGHT} hasOffering ${OFFERING} }`;
const LEARNING = `{ ${NODE} name ${CREDIT} ${DURATION} ${TAUGHT} hasOffering ${OFFERING} }`;
const CONDITION =
  `{ ${NODE} name description condition targetCredential ${NAMED} targetLearningOpportunity ${LEARNING} targetAssessment ${ASSESSMENT} ` +
  `hasAssessment ${ASSESSMENT} ${CREDIT} ${TAUGHT} }`;
const OTHER = `{ ${NODE} name subjectWebpage url description targetCredential ${NAMED} targetLearningOpportunity ${NAMED} }`;
const CLAIM = `{ ${NODE} assertedBy ${NAMED} }`;

/** What is read of a record: a credential, a learning opportunity, or an organisation that stands alone. */
export const SHAPE = declareShape(
  `${NODE} name description summary subjectWebpage url ownedBy ${BODY} offeredBy ${BODY} provider ${BODY} ` +
    `legalName duns fein ipedsID opeID leiCode iscedCode ncesID address ${ADDRESS} location ${ADDRESS} ` +
    `codedNotation identifier { ${NODE} identifierValueCode identifierTypeName identifierType ${ENTRY} } ` +
    `learningOutcome ${ENTRY} ${TAUGHT} ectsCredits clockHours academicHours ${CREDIT} ${DURATION} ` +
    `atLevel ${ENTRY} audienceLevelType ${ENTRY} educationLevelType ${ENTRY} level ` +
    `targetAssessment ${ASSESSMENT} hasAssessment ${ASSESSMENT} assessmentMethodType ${ENTRY} assessmentMethodDescription ${MODES} ` +
    `accreditedBy ${NAMED} approvedBy ${NAMED} recognizedBy ${NAMED} regulatedBy ${NAMED} ` +
    `accreditedIn ${CLAIM} approvedIn ${CLAIM} recognizedIn ${CLAIM} regulatedIn ${CLAIM} ` +
    `requires ${CONDITION} entryCondition ${OTHER} prerequisite ${OTHER} entryRequirements ` +
    `instructionalProgramType ${ENTRY} subject ${ENTRY} field occupationType ${ENTRY} aligns ${ENTRY} audienceType ${ENTRY} ` +
    `inLanguage language ${COSTS} price ${AMOUNT} priceCurrency financialAssistance { ${NODE} name description } ` +
    `content keyword renewal { ${NODE} name description condition } renewalFrequency availableAt ${PLACE} availableOnlineAt availabilityListing ` +
    `dateEffective expirationDate lifeCycleStatusType ${ENTRY} credentialStatusType ${ENTRY} ` +
    `${DATES} hasOffering ${OFFERING} isPartOf ${OTHER} hasPart ${OTHER} isPreparationFor ${OTHER} isAdvancedStandingFor ${OTHER} ` +
    `isRequiredFor ${OTHER} preparationFrom ${OTHER} sameAs ${OTHER} dateModified modified awardedCredential ${NAMED}`,
);

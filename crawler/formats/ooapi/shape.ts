import { declareShape, type Shape } from '../../record/shape.ts';

const CODE = 'code codeType';
const CODES = `primaryCode { ${CODE} } otherCodes { ${CODE} }`;
const COUNTRY = '{ iso3166-1-alpha2 iso3166-1-alpha3 }';
const ADDRESSES = `addresses { addressType street streetNumber additional postalCode postCode city country ${COUNTRY} countryCode ${COUNTRY}
  geolocation * geoLocation * }`;
const PRICES = 'priceInformation { amount currency costType displayAmount description name value }';
const MODES = 'modeOfDelivery modesOfDelivery modeOfStudy teachingLanguage teachingLanguages';
const ALLIANCE =
  'name microcredential targetGroup theme themes contactHours enrollmentUrl enrollmentUrlForProfessionals';
const CONSUMER = `{ consumerKey ${ALLIANCE} alliances { ${ALLIANCE} } }`;
const CONSUMERS = `consumers ${CONSUMER} consumer ${CONSUMER}`;
const ORGANISATION = `{ organizationId organisationId ${CODES} name description link ${ADDRESSES} }`;
/** Another course, programme or specification: a record of its own, if the feed has it. */
const OTHER = '{ courseId programId programmeId educationSpecificationId name }';
const COMPONENT = '{ componentId componentType testComponentType name assessment }';
const LOAD = 'studyLoadUnit unit value amount ects hour hours sbu sp contacttime contact_time contactTime';

const OFFERING = `{ offeringId courseOfferingId programmeOfferingId programOfferingId primaryCode { } courseId programId programmeId course ${OTHER} program ${OTHER}
  programme ${OTHER} offeringType name link startDate startDateTime endDate endDateTime enrollStartDate enrollEndDate flexibleEntryPeriodStart
  flexibleEntryPeriodStartDateTime flexibleEntryPeriodEnd flexibleEntryPeriodEndDateTime academicSession { academicSessionId name startDate startDateTime
  endDate endDateTime } enrolmentPeriods { startDateTime endDateTime enrolmentUrl } enrollmentPeriods { startDateTime endDateTime enrolmentUrl enrollmentUrl }
  state resultValueType ${MODES} ${ADDRESSES} ${PRICES} ${CONSUMERS} }`;

/** What is read of a course, programme, education specification or organisation, and of the parts that come with it. */
export const SHAPE: Shape =
  declareShape(`courseId programId programmeId educationSpecificationId organizationId organisationId ${CODES} abbreviation
  name description link learningOutcomes { language value learningOutcomeId name description ${CODES} } learningOutcomeIds
  studyLoad { ${LOAD} } ects duration level levelOfQualification assessment testComponents ${COMPONENT} components ${COMPONENT}
  admissionRequirements qualificationRequirements qualificationAwarded formalDocument programType programmeType educationSpecificationType
  ${MODES} fieldsOfStudy ${CONSUMERS} organization ${ORGANISATION} organisation ${ORGANISATION} ${PRICES} ${ADDRESSES} resultValueType
  enrollment enrolment programs ${OTHER} programmes ${OTHER} programmeIds parent ${OTHER} parentId children ${OTHER} childIds
  educationSpecification ${OTHER} offerings ${OFFERING}`);

export const OFFERING_SHAPE = SHAPE.child('offerings') as Shape;
/** An education specification that came with the programme that refers to it gives its name. */
export const SPECIFICATION_SHAPE = SHAPE.child('educationSpecification') as Shape;

import { membersRead } from '../../persons/members-read.ts';
import { declareShape, type Shape } from '../../record/shape.ts';
import { KINDS } from './kinds.ts';

const ADDRESS = 'name streetAddress postalCode addressLocality addressRegion addressCountry { name identifier }';
const PLACE = `${ADDRESS} address { ${ADDRESS} } geo * latitude * longitude *`;
const SET = '{ name url }';
const TERM = `name targetName targetDescription description termCode url targetUrl sameAs alignmentType inDefinedTermSet ${SET} educationalFramework ${SET}`;
const BODY = `name legalName url sameAs description identifier { propertyID value } vatID leiCode isni duns address { ${ADDRESS} }`;
const QUANTITY = 'value minValue maxValue median unitText unitCode currency name alternateName description url';
const ASK =
  'name description price lowPrice highPrice minPrice maxPrice priceCurrency priceType priceComponentType billingDuration { value } billingIncrement unitCode unitText ' +
  'referenceQuantity { value unitCode unitText } validFrom validThrough priceValidUntil eligibleRegion { name } eligibleCustomerType { name } ' +
  'audience { audienceType educationalRole name }';
const OFFER = `${ASK} url availability category { name termCode } priceSpecification { ${ASK} priceComponent { ${ASK} } }`;
const MODE = '{ name url }';
const SCHEDULE = 'startDate endDate duration repeatFrequency repeatCount byDay';
const LANGUAGE = '{ alternateName name }';

/** Of lectures (`subEvent`) nothing is read: they are no runs. */
const RUN =
  `name url startDate endDate applicationStartDate applicationDeadline timeOfDay location { ${PLACE} } courseSchedule { ${SCHEDULE} } eventSchedule { ${SCHEDULE} } eventStatus ` +
  `courseMode ${MODE} educationalProgramMode ${MODE} eventAttendanceMode ${MODE} courseWorkload duration timeRequired inLanguage ${LANGUAGE} availableLanguage ${LANGUAGE} ` +
  `offers { ${OFFER} offers { ${OFFER} } } isAccessibleForFree subEvent { } subEvents { }`;
const CREDENTIAL = `name description url credentialCategory { name termCode } educationalLevel { ${TERM} } competencyRequired { ${TERM} } validFor validIn { name } recognizedBy { name legalName url }`;
const AWARDED = `${CREDENTIAL} creator { ${BODY} } provider { ${BODY} } publisher { ${BODY} } sourceOrganization { ${BODY} }`;
const COURSE = '{ name url courseCode * }';

/** A shape in which the keywords of JSON-LD are known in every node. */
const nodes = (text: string): Shape =>
  declareShape(`@id * @type * @reverse * ${text.replaceAll('{', '{ @id * @type *')}`);

/** What is read of a record, by where it stands; `*` is known and has no element. */
const declared = nodes(
  `${RUN} ${AWARDED} organizer { ${BODY} } identifier { propertyID * value url } courseCode abstract disambiguatingDescription ` +
    `teaches { ${TERM} } educationalAlignment { ${TERM} } assesses { ${TERM} } skills { ${TERM} } about { ${TERM} } keywords { ${TERM} } ` +
    `occupationalCategory { ${TERM} } hasOccupation { ${TERM} } educationalLevel { ${TERM} } numberOfCredits { ${QUANTITY} } timeToComplete ` +
    `coursePrerequisites { ${TERM} courseCode * } programPrerequisites { ${TERM} courseCode * } competencyPrerequisites { ${TERM} } ` +
    `educationalCredentialAwarded { ${AWARDED} } credentialAwarded { name credentialCategory } occupationalCredentialAwarded { name credentialCategory } ` +
    'audience { educationalRole audienceType name } typicalAgeRange financialAidEligible { name } dateModified ' +
    `isPartOf ${COURSE} hasPart ${COURSE} hasCourse ${COURSE} sameAs ${COURSE} hasCourseInstance { ${RUN} } courseInstance { ${RUN} } ` +
    `accessibilitySummary programType { name } termDuration { ${QUANTITY} } termsPerYear { ${QUANTITY} } typicalCreditsPerTerm { ${QUANTITY} } dayOfWeek maximumEnrollment { ${QUANTITY} } ` +
    `maximumAttendeeCapacity { ${QUANTITY} } trainingSalary { ${QUANTITY} } salaryUponCompletion { ${QUANTITY} } interactivityType learningResourceType { name } syllabusSections { name description } syllabus ` +
    'alternateName * mainEntityOfPage * superEvent * http://purl.org/dc/terms/conformsTo { } dateCreated * datePublished * license * copyrightHolder * copyrightYear * producer * ' +
    'totalHistoricalEnrollment * itemListElement *',
);

/** Names by which nodes are found and put together before a record is read. */
const found = membersRead(KINDS.toCourse, KINDS.toRuns, KINDS.toCredential, KINDS.pointers, KINDS.lists);

export const SHAPE: Shape = {
  child: (name) => declared.child(name),
  reads: (name) => declared.reads(name) || found(name),
  members: declared.members,
};

/** What is read of a run that stands beside its course. */
export const RUN_SHAPE = nodes(RUN);

import { declareShape, type Shape } from '../../record/shape.ts';

const LABELS = '{ inLanguage name }';
/** `Skill`, `EducationalLevel`, `EducationalAlignment`, `CourseReference` (MOOChub 3): an entry of a framework. */
const ENTRY = `{ name ${LABELS} shortCode educationalFramework targetUrl educationalFrameworkVersion * alternateName * description * url * type *
  alignmentType * educationalLevel * }`;
const BODY = '{ name url identifier type description image * logo * }';
const REFERENCE = '{ url identifier type title name requirementLevel * duration * competencyRequired * }';

/** What is read of a course: the members of v2 (`languages`, `moocProvider`, …) and of v3, which some platforms mix. */
export const SHAPE: Shape = declareShape(`id type links * relationships * meta * attributes {
  name courseCode abstract description url courseMode inLanguage languages startDate endDate applicationStartDate applicationDeadline
  duration workload { timeValue timeUnit } numberOfCredits learningObjectives learningobjectives teaches ${ENTRY} educationalLevel ${ENTRY}
  educationalAlignment ${ENTRY} keywords competencyRequired ${ENTRY} audience educationalCredentialsAwarded access
  offer { price priceCurrency paymentFrequency category } offers { price priceCurrency paymentFrequency category }
  publisher ${BODY} creator ${BODY} contributor ${BODY} moocProvider ${BODY} partnerInstitute ${BODY} partnerInstitutes ${BODY}
  contentLocation { name url * latitude * longitude * address { streetAddress postalCode city addressCountry description * } }
  isPartOf ${REFERENCE} hasPart ${REFERENCE} dateModified
  dateCreated * expires * availableUntil * image * video * trailer * license * courseLicenses * learningResourceType * accessMode * hollandCode *
  repeatFrequency * }`);

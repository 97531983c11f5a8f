/** What OOAPI 5 and OEAPI 6 call the identifiers of what is read. */
export const COURSE_IDS = ['courseId', 'programId', 'programmeId'];
export const SPECIFICATION_ID = 'educationSpecificationId';
export const MAIN_IDS = [...COURSE_IDS, SPECIFICATION_ID];
export const ORGANISATION_IDS = ['organizationId', 'organisationId'];
export const OFFERING_IDS = ['offeringId', 'courseOfferingId', 'programmeOfferingId', 'programOfferingId'];
/** Where a course or programme names its education specification: by identifier, or as the whole object. */
export const SPECIFICATIONS = ['educationSpecification', SPECIFICATION_ID];

import { declareShape } from '../../record/shape.ts';

const TYPE = '{ @xsi:type }';
const CODE = '{ @identifier }';
const BOTH = '{ @xsi:type @identifier }';
const LINK = '{ @href }';
const DATE = '{ @dtf }';

const LEVELS = `level ${BOTH} educationLevel ${BOTH}`;
const LOCATION = `{ street town postcode country address ${TYPE} }`;
const PLACE = `title name street town postcode country address ${TYPE} location ${LOCATION}`;
const BODY = `identifier ${TYPE} title url link`;
const QUALIFICATION = `{ title description ${LEVELS} awardedBy { ${BODY} } accreditedBy { title url link } }`;
const WHOLE = `{ identifier ${TYPE} title url link @href }`;

const PRESENTATION = `{
  identifier ${TYPE} title url link start ${DATE} end ${DATE} duration { @interval } applyFrom ${DATE} applyUntil ${DATE} applyTo
  studyMode ${CODE} attendanceMode ${CODE} attendancePattern ${CODE} languageOfInstruction cost age engagement
  prerequisite entryRequirements qualification ${QUALIFICATION} ${LEVELS} location ${LOCATION}
  venue { provider { ${PLACE} } ${PLACE} }
}`;

/** What is read of a provider and a course: XCRI-CAP 1.2 and its predecessor 1.1, in any namespace. */
export const shape = declareShape(`
  provider { ${BODY} description abstract address ${LOCATION} location ${LOCATION} @generated @xsi:schemaLocation }
  course {
    identifier ${TYPE} title description { @xsi:type @href } abstract ${LINK} subject ${BOTH} url link assessment ${LINK}
    prerequisite ${LINK} entryRequirements learningOutcome ${LINK} objective ${LINK} applicationProcedure ${LINK} engagement
    ${LEVELS} qualification ${QUALIFICATION} credit { scheme level value } isPartOf ${WHOLE} hasPart ${WHOLE}
    presentation ${PRESENTATION}
  }
`);

import { declareShape } from '../../record/shape.ts';

const URLS = 'url { uri lang }';
const STRING = '{ string lang }';
const LINES = '{ multiline lang }';
const REFERENCE = '{ data { type id } links * meta * }';
const TERMS = 'elmAssessmentType elmModeOfLearning elmLearningActivityType *';
const AROUND = 'type id links { self { href } instance * course * programme * ounit * }';

/** A course, a programme, an institution or a unit, of version 1 and 2: what has no place in the catalogue is known and kept. */
export const SHAPE = declareShape(`${AROUND}
  attributes { title ${STRING} code abbreviation * description ${LINES} courseContent ${LINES} learningOutcomes ${LINES} ects length eqfLevelProvided languageOfInstruction
    iscedCode subjectArea otherCategorization localClassification { classificationSystem classificationValue } ${URLS}
    prerequisites ${LINES} courseAvailability ${LINES} teachingMethod ${LINES} assessmentMethod ${LINES} ${TERMS} elmLearningOpportunityType elmLearningScheduleType
    restrictedToLocalStudents restrictedToAllianceStudents
    unavailableForIncomingMobility deprecated lastModified academicTerm * bibliography * heiId ounitId ounitCode * }
  meta { global { eqfLevel year * } programme { programmeId mandatoryCourse * year * }
    relatedProgramme { programmeId mandatoryCourse * year * } }
  relationships { prerequisiteCourse ${REFERENCE} relatedProgramme ${REFERENCE} }`);

/** A course instance (version 2). How many students had which result is nobody's run. */
export const INSTANCE_SHAPE = declareShape(`${AROUND}
  attributes { startDate endDate academicTermId ects languageOfInstruction engagementHours ${TERMS}
    elmLearningOpportunityType * gradingScheme { label ${STRING} description ${LINES} }
    resultDistribution * lastModified * }
  relationships { course ${REFERENCE} }`);

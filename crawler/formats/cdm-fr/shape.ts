import { declareShape } from '../../record/shape.ts';

const LINK = 'webLink { href linkName @role }';
/** Blocks are nested as often as one likes; deeper ones are told. */
const nested = (depth: number): string =>
  depth === 0
    ? ''
    : `subBlock { @userDefined @blockLang extension { } ${LINK} ${nested(depth - 1)} } infoBlock { @userDefined @blockLang ${LINK} ${
        depth > 2 ? nested(depth - 1) : ''
      } }`;
const BLOCK = `@blockLang @userDefined ${LINK} ${nested(5)}`;
const TEXT = '{ text { @language } free { @language } @ordinaryName }';
const REFERENCE = 'refOrgUnit { @idRef @ref } refCourse { @idRef @ref } refProgram { @idRef @ref }';
const DATE = '{ @date @time }';
const UNIT = (inner: string): string =>
  `orgUnit { @id orgUnitID orgUnitName ${TEXT} orgUnitCode { @codeSet } orgUnitAcronym ${LINK} refProgram { @idRef @ref } ${inner} }`;
const PART = `{ @id programID courseID programName ${TEXT} courseName ${TEXT} }`;

/** What is read of a program or a course (kept under the one name `program`), and of the organisations before them. */
export const shape = declareShape(`
  CDM { @language @version @profile ${UNIT(UNIT(UNIT('')))} }
  program {
    @id @language @ident programID courseID programName ${TEXT} courseName ${TEXT} programCode { @codeSet } courseCode { @codeSet } searchword { }
    programDescription { ${BLOCK} @nature } courseDescription { ${BLOCK} } syllabus { ${BLOCK} } courseContents { ${BLOCK} }
    learningObjectives { ${BLOCK} } level { @level @competenceYielding @languageCECRLLevel ${BLOCK} } levelCode { @codeSet }
    qualification {
      qualificationName ${TEXT} qualificationDescription { ${BLOCK} } degree { @degree @degreeCode ${BLOCK} } profession { ${BLOCK} }
      studyQualification { ${BLOCK} } credits { @ECTScredits @totalWorkLoad @hoursPerWeek ${BLOCK} globalVolume { @teachingtype } }
    }
    credits { @ECTScredits @totalWorkLoad @hoursPerWeek ${BLOCK} globalVolume { @teachingtype } }
    admissionInfo {
      admissionDescription { ${BLOCK} } ectsRequired { @value } teachingStart ${DATE} registrationDeadline ${DATE} refOrgUnit { @idRef @ref }
    }
    teachingTerm { @start @term @studyPace @timeOfDay ${BLOCK} }
    formalPrerequisites { ${BLOCK} } recommendedPrerequisites { ${BLOCK} } targetGroup { ${BLOCK} } teachingPlace { ${BLOCK} }
    formOfTeaching { @org @method @itpercentage ${BLOCK} } formOfAssessment { ${BLOCK} } regulations { ${BLOCK} }
    instructionLanguage { @teachingLang @percentage ${BLOCK} } ppalTeachingLanguage { @teachingLang text }
    programDuration { @start @duration @semester @studyPace @timeOfDay @term ${BLOCK} } expenses { @price @currency ${BLOCK} }
    programStructure { ${BLOCK} ${REFERENCE} } refOrgUnit { @idRef @ref } subProgram ${PART} ${LINK}
  }
`);

import { declareShape } from '../../record/shape.ts';

/** What is read of a learning opportunity; what its students achieved (`resultDistribution`) stays in the raw record, uninterpreted. */
export const shape = declareShape(`
  learningOpportunitySpecification {
    los-id los-code ounit-id title type subjectArea iscedCode eqfLevelProvided url description contains { los-id }
    specifies { learningOpportunityInstance {
      loi-id start end languageOfInstruction engagementHours
      academic-term { academic-year-id { } ewp-id { } display-name start-date { } end-date { } }
      gradingScheme { label description } resultDistribution { category { @label { } @count { } } description { } }
      credit { scheme level value }
    } }
  }
`);

import { declareShape, type Shape } from '../../record/shape.ts';

const NODE = '@context * @id @type id type @language';
const extension = (name: string, members = name) => `${name}Extension { ${NODE} ${members} }`;
const NAMES = 'name name_english name_dutch';
const ISSUER_EXTENSIONS =
  extension('InstitutionName') +
  extension('InstitutionCountry') +
  extension('InstitutionIdentifier') +
  extension('GradingTable', 'GradingTableURL');
const INSTITUTION = `{ ${NODE} entityId entity_id identifier ${NAMES} url url_english url_dutch image * image_english * image_dutch * }`;
const ISSUER = `{ ${NODE} ${NAMES} url url_english url_dutch description description_english description_dutch image * image_english * image_dutch *
  publicKey * verification * revocationList * address { ${NODE} addressCountry addressCountryCode addressLocality addressRegion streetAddress * postalCode * }
  faculty { ${NODE} ${NAMES} on_behalf_of on_behalf_of_display_name on_behalf_of_url institution ${INSTITUTION} image * image_english * image_dutch * }
  institution ${INSTITUTION} ${ISSUER_EXTENSIONS} extensions { ${ISSUER_EXTENSIONS} } }`;
const BADGE_EXTENSIONS =
  ['ECTS', 'EQF', 'TimeInvestment', 'StudyLoad', 'LearningOutcome', 'Language', 'EducationProgramIdentifier', 'Level']
    .map((name) => extension(name))
    .join(' ') +
  ` CompetencyExtension { ${NODE} name description * source * framework framework_identifier studyLoad * category * }
  AssessmentExtension { ${NODE} assessmentType evaluationMethod description * hasGroupParticipation * sections * }
  ApplyLink { ${NODE} url } CategoryExtension * LicenseExtension * BasedOnExtension * OrgImageExtension *`;
/** A row of the edubadges catalogue: of the badge class (`i_`: its issuer, `f_`: its faculty, `ins_`: its institution). */
const ROW = `entityId entity_id createdAt * created_at * archived isPrivate * is_private * isMicroCredentials is_micro_credentials typeBadgeClass type_badge_class
  i_name_english i_name_dutch i_entity_id i_image_english * i_image_dutch * f_name_english f_name_dutch f_entity_id * f_image_english * f_image_dutch *
  ins_name_english ins_name_dutch ins_entity_id ins_image_english * ins_image_dutch * onBehalfOf * on_behalf_of * facultyType * faculty_type *
  institutionType * institution_type * selfRequestedAssertionsCount * directAwardedAssertionsCount * self_requested_assertions_count *
  direct_awarded_assertions_count *`;

/** What is read of a BadgeClass (OB 2.0), an Achievement (OB 3.0, CLR 2.0), an Issuer or Profile, or of an entry of a catalogue. */
export const SHAPE: Shape = declareShape(`${ISSUER.slice(1, -1)} ${ROW}
  criteria { ${NODE} narrative name description } criteria_text criteria_url course_url slug issuer ${ISSUER} issuerName issuerVerified * creator ${ISSUER}
  alignment { ${NODE} targetName targetUrl targetDescription * targetFramework targetCode targetType target_name target_url target_framework target_code
  target_description * } tags tag achievementType creditsAvailable fieldOfStudy specialization humanCode inLanguage version * endorsement *
  otherIdentifier { ${NODE} identifier identifierType } related { ${NODE} version * inLanguage } resultDescription { ${NODE} assessmentType name * description * resultType * allowedValue * requiredLevel * requiredValue *
  rubricCriterionLevel * valueMax * valueMin * alignment * assessmentOutput * evaluationMethod * } updated_at json * copy_permissions *
  sharedOnNetwork * participation assessmentType assessmentSupervised assessmentIdVerified qualityAssuranceName qualityAssuranceUrl
  qualityAssuranceDescription * gradeAchievedRequired stackable eqfNlqfLevelVerified formal * awardAllowedInstitutions * awards * endorsements *
  ${BADGE_EXTENSIONS} extensions { ${BADGE_EXTENSIONS} ${ISSUER_EXTENSIONS} }`);

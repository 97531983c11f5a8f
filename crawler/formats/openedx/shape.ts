import { declareShape, type Shape } from '../../record/shape.ts';

const BODY =
  '{ uuid key id name display_name shortName * short_name * url marketing_url links { website facebook * twitter * youtube * } description logo * logo_image_url * certificate_logo_image_url * banner_image_url * }';
const NAMED =
  '{ uuid id key name slug title description category * taxonomy * domainId subdomainId subtitle * banner_image_url * card_image_url * }';
const SEATS =
  'seats { type price currency credit_hours credit_provider * upgrade_deadline * sku * bulk_sku * upgrade_deadline_override * }';
const RUN = `uuid key id title start end start_date end_date enrollment_start enrollment_end pacing_type pacing min_effort max_effort weeks_to_complete
  duration_in_weeks content_language ${SEATS} marketing_url status * availability * transcript_languages * image * media * video * mobile_available *
  hidden * license * type * run_type * course course_uuid * external_key * go_live_date * is_enrollable * is_marketable * enrollment_count * announcement *
  invitation_only * level_type * short_description * full_description * outcome * prerequisites_raw * owners * first_enrollable_paid_seat_price *
  has_ofac_restrictions * eligible_for_financial_aid * modified *`;

/** What is read of the items of all these APIs (`answers.ts`); what each has that is known and of no use stays in the raw record. */
export const SHAPE: Shape =
  declareShape(`uuid key id course_id course code external_key * number * title name subtitle short_description full_description overview
  description introduction url marketing_url absolute_url marketing_slug * owners ${BODY} sponsors ${BODY} organizations ${BODY} authoring_organizations ${BODY}
  organisation ${BODY} org organization_highlighted organization_highlighted_cover_image * partnerIds instructorIds * languages language primaryLanguages
  subtitleLanguages * content_language transcript_languages * subjects ${NAMED} topics categories ${NAMED} domainTypes ${NAMED} skills ${NAMED} skill_names
  level_type outcome expected_learning_items prerequisites_raw prerequisites ${NAMED} type category certificates has_certificates
  min_effort max_effort effort workload hours_per_week min_hours_effort_per_week max_hours_effort_per_week weeks_to_complete duration
  course_runs { ${RUN} } runs { ${RUN} } ${SEATS} programs { ${NAMED.slice(1, -1)} marketing_url type }
  courses { ${NAMED.slice(1, -1)} } course_codes { display_name key organization * run_modes * } pacing pacing_type start end start_display * start_type *
  startDate plannedLaunchDate enrollment_start enrollment_end modified created * hidden status availability * state * cover_image * icon * image * image_url * media *
  video * trailer * banner_image * banner_image_urls * card_image_url * photoUrl * partnerLogo * partnerLogoLink * previewLink * courseType slug blocks_url *
  mobile_available * invitation_only * license * course_run_key * canonical_course_run_key * original_image * syllabus_raw * faq * learner_testimonials *
  additional_information * enrollment_count * recent_enrollment_count * url_slug * collaborators * editors * extra_description * certificate_info *
  credit_redemption_overview * is_new * course_run_statuses * pacing_display * entitlements { mode price currency sku * expires * } offer price price_currency
  discounted_price * discount * certificate_offer * certificate_price certificate_discounted_price * certificate_discount * product * links { website facebook * twitter * youtube * } shortName *`);

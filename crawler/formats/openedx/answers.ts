import { isObject } from '../../../schema/index.ts';

/** Where the answers of one API say what. Names of members, best first; what an API does not have is left out. */
export interface Answer {
  /** Members by one of which its items are known. */
  marks: readonly string[];
  title: string;
  /** Descriptions, and abstracts that may be cut out of them. */
  description?: readonly string[];
  abstract?: readonly string[];
  /** Addresses of its page; relative ones are so to the source. */
  url?: readonly string[];
  /** Bodies that offer it: objects with a name, names, or references. */
  bodies: readonly string[];
  languages?: readonly string[];
  fields?: readonly string[];
  skills?: readonly string[];
  level?: readonly string[];
  outcomes?: readonly string[];
  prerequisites?: readonly string[];
  kind?: readonly string[];
  /** Hours a week: numbers (least, most), or words. */
  weekly?: readonly string[];
  /** Members that hold dated runs; the record itself, where it is one. */
  runs?: readonly string[] | 'itself';
  /** Programmes that it is a part of. */
  programs?: readonly string[];
}

const EFFORT = ['min_effort', 'max_effort'];

/** The APIs of MOOC platforms, each with the clause where its members are described. */
export const ANSWERS = {
  /** edX course discovery, `/api/v1/courses/` (CourseSerializer). */
  'discovery-course': {
    marks: ['course_runs', 'owners', 'level_type', 'full_description'],
    title: 'title',
    description: ['full_description'],
    abstract: ['short_description'],
    url: ['marketing_url'],
    bodies: ['owners', 'organizations', 'sponsors'],
    languages: ['languages'],
    fields: ['subjects', 'topics'],
    skills: ['skills', 'skill_names'],
    level: ['level_type'],
    outcomes: ['outcome'],
    prerequisites: ['prerequisites_raw', 'prerequisites'],
    weekly: EFFORT,
    runs: ['course_runs'],
    programs: ['programs'],
  },
  /** edX course discovery, `/api/v1/programs/` (ProgramSerializer), and the programs API before it. */
  'discovery-program': {
    marks: ['authoring_organizations', 'course_codes', 'expected_learning_items', 'marketing_slug'],
    title: 'title',
    description: ['overview'],
    abstract: ['subtitle'],
    url: ['marketing_url'],
    bodies: ['authoring_organizations', 'organizations'],
    languages: ['languages'],
    fields: ['subjects'],
    skills: ['skills', 'skill_names'],
    level: ['level_type'],
    outcomes: ['expected_learning_items'],
    kind: ['type', 'category'],
    weekly: ['min_hours_effort_per_week', 'max_hours_effort_per_week'],
  },
  /** edX course discovery, `/api/v1/course_runs/` (CourseRunSerializer). */
  'discovery-run': {
    marks: ['weeks_to_complete', 'seats', 'pacing_type', 'enrollment_end_date'],
    title: 'title',
    description: ['full_description'],
    abstract: ['short_description'],
    url: ['marketing_url'],
    bodies: ['owners'],
    level: ['level_type'],
    outcomes: ['outcome'],
    prerequisites: ['prerequisites_raw'],
    weekly: EFFORT,
    runs: 'itself',
    programs: ['programs'],
  },
  /** Open edX LMS, `/api/courses/v1/courses/`. */
  lms: {
    marks: ['blocks_url', 'pacing', 'mobile_available', 'org'],
    title: 'name',
    description: ['overview'],
    abstract: ['short_description'],
    bodies: ['org'],
    weekly: ['effort'],
    runs: 'itself',
  },
  /** FutureLearn, `/feeds/courses`. */
  futurelearn: {
    marks: ['hours_per_week', 'has_certificates', 'organisation'],
    title: 'name',
    description: ['description'],
    abstract: ['introduction'],
    url: ['url'],
    bodies: ['organisation'],
    languages: ['language'],
    fields: ['categories'],
    weekly: ['hours_per_week'],
    runs: ['runs'],
  },
  /** Coursera catalogue, `/api/courses.v1`. */
  coursera: {
    marks: ['courseType', 'partnerIds', 'primaryLanguages', 'workload'],
    title: 'name',
    description: ['description'],
    bodies: ['partnerIds'],
    languages: ['primaryLanguages'],
    fields: ['domainTypes'],
    kind: ['certificates'],
    weekly: ['workload'],
    runs: 'itself',
  },
  /** Richie, `/api/v1.0/courses/`. */
  richie: {
    marks: ['absolute_url', 'organization_highlighted', 'state', 'introduction', 'categories'],
    title: 'title',
    abstract: ['introduction'],
    url: ['absolute_url'],
    bodies: ['organization_highlighted'],
    languages: ['languages'],
    weekly: ['effort'],
    runs: 'itself',
  },
} as const satisfies Record<string, Answer>;

export type AnswerName = keyof typeof ANSWERS;

/** Which API an item is of, by what it has; undefined for what is of none. */
export function answerOf(raw: unknown): AnswerName | undefined {
  if (!isObject(raw)) return undefined;
  const names = Object.keys(ANSWERS) as AnswerName[];
  // A run of discovery may name the same things as its course, and has what that has not.
  if ('pacing_type' in raw || 'weeks_to_complete' in raw)
    return 'authoring_organizations' in raw || 'courses' in raw ? 'discovery-program' : 'discovery-run';
  const marked = names.map((name) => ANSWERS[name].marks.filter((mark) => Object.hasOwn(raw, mark)).length);
  const most = Math.max(...marked);
  return most > 0 ? names[marked.indexOf(most)] : undefined;
}

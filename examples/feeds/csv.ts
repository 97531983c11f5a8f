import { assessmentOf, PHRASES, requirementOf } from '../providers/phrases.ts';
import type { ExampleCourse } from './course.ts';
import { type ExampleRun, pick, type RunPlan, runsOf } from './runs.ts';

/** One row of the CSV template: column → text. */
export type Row = Record<string, string>;

/** A provider that fills in the project's own template (`examples/template.csv`). */
export interface CsvOptions {
  domain: string;
  /** The body that awards. */
  provider: string;
  /** The body that teaches, where it is another. */
  offeredBy?: string;
  country: string;
  /** NUTS code. */
  region: string;
  /** National framework that every third course gives its level in; its levels carry the EQF's numbers. */
  framework?: string;
  plan: RunPlan;
  currency: string;
  /** Decimal comma in credits, hours and prices. */
  comma: boolean;
}

const decimal = (value: number, comma: boolean): string => (comma ? String(value).replace('.', ',') : String(value));
const TYPES = {
  written: 'written examination',
  portfolio: 'portfolio',
  practical: 'practical-assessment',
  project: 'project-work',
};
const SUPERVISION = {
  written: 'supervised-onsite-identity-check',
  portfolio: 'unsupervised',
  practical: 'supervised-no-identity-check',
  project: '',
};

/** The rows of a course: one for each run, or a single one where no run is planned. */
export function csvRows(courses: readonly ExampleCourse[], options: CsvOptions): Row[] {
  return courses.flatMap((course, index) => {
    const runs = runsOf(course, index, options.plan);
    const about = courseRow(course, index, options);
    return runs.length ? runs.map((run) => ({ ...about, ...runRow(run, options) })) : [about];
  });
}

function courseRow(course: ExampleCourse, index: number, options: CsvOptions): Row {
  const { language } = course;
  const words = PHRASES[language];
  const assessment = assessmentOf(language, index);
  return {
    identifier: course.slug,
    title: course.title,
    'title:en': course.notes.en ?? '',
    language,
    description: course.description,
    learning_outcomes: course.outcomes.join('\n'),
    ...(options.offeredBy && { provider: options.offeredBy }),
    awarding_body: options.provider,
    country: course.notes.country ?? options.country,
    region: options.region,
    ects: course.ects === undefined ? '' : decimal(course.ects, options.comma),
    hours: index % 3 === 0 && course.ects ? decimal(course.ects * 25 + 2.5, options.comma) : '',
    ...levelCells(course.eqf, index, options.framework),
    isced_f: course.isced,
    assessment_type: course.notes.assess ?? (assessment ? TYPES[assessment.kind] : ''),
    assessment: assessment?.text ?? '',
    supervision: assessment ? SUPERVISION[assessment.kind] : '',
    quality_assurance:
      index % 2
        ? ''
        : pick(
            [words?.quality ?? '', 'institutional quality assurance', 'self-declared standard'],
            Math.floor(index / 2),
          ),
    prerequisites: requirementOf(language, index, course.eqf) ?? '',
    stackability: course.notes.into ? 'stackable' : pick(['stackable', 'stand-alone', '', 'stand-alone', ''], index),
    stacks_into: course.notes.into ?? '',
    target_group: pick(['professionals', words?.audience[0] ?? '', 'job-seekers', words?.audience[1] ?? '', ''], index),
    funding: index % 4 === 0 ? (words?.funding ?? '') : '',
    certification_format: index % 3 === 1 ? 'Europass Digital Credential' : '',
    grade_scheme: index % 4 === 2 ? 'pass / fail' : '',
    validity: index % 6 === 5 ? 'P5Y' : '',
    further_information: index % 3 === 2 ? (words?.further ?? '') : '',
    url: `https://${options.domain}/${course.slug}`,
    kind: 'micro-credential',
  };
}

function levelCells(eqf: number | undefined, index: number, framework: string | undefined): Row {
  const own = framework !== undefined && index % 3 === 1 && eqf !== undefined;
  return {
    eqf_level: own ? '' : eqf === undefined ? pick(['', 'n/a', '-'], index) : String(eqf),
    ...(framework !== undefined && { nqf_framework: own ? framework : '', nqf_level: own ? String(eqf) : '' }),
  };
}

function runRow(run: ExampleRun, options: CsvOptions): Row {
  return {
    opportunity_id: run.id,
    start_date: run.start,
    end_date: run.end,
    application_deadline: run.deadline,
    place: run.mode === 'online' ? '' : run.town,
    place_country: run.mode === 'online' ? '' : options.country,
    mode: run.mode,
    language_of_instruction: run.language,
    pace: 'part-time',
    price: decimal(run.price, options.comma),
    currency: options.currency,
    duration: `P${run.weeks}W`,
    opportunity_url: `https://${options.domain}/enrol/${run.id}`,
  };
}

/**
 * Writes rows as CSV (RFC 4180 quoting); the columns are those of all rows, in the order they are first met, under the
 * headers that `headers` gives them.
 */
export function writeCsv(rows: readonly Row[], separator: ',' | ';', headers: Row = {}): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (text: string): string => (/[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const line = (cells: readonly string[]): string => `${cells.map(cell).join(separator)}\r\n`;
  return (
    line(columns.map((column) => headers[column] ?? column)) +
    rows.map((row) => line(columns.map((column) => row[column] ?? ''))).join('')
  );
}

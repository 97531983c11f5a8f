/** One hand-written example course, before a provider emits it in its own format. */
export interface ExampleCourse {
  slug: string;
  language: string;
  title: string;
  description: string;
  outcomes: string[];
  isced: string;
  ects?: number;
  eqf?: number;
  /** Everything said with an `@key value` line: `en` (English title), `ende` (English description), `hours`, … */
  notes: Record<string, string>;
}

const number = (text: string | undefined): number | undefined =>
  text === undefined || text === '-' || text === '' ? undefined : Number(text);

/**
 * Reads the hand-written course lists of the example providers. A course is
 *
 *     = slug | ISCED-F | ECTS | EQF | Title
 *     One or two sentences.
 *     - a learning outcome
 *     @en English title
 *
 * with `-` for "not stated". It throws on a list that does not read so: the lists are code, not input.
 */
export function parseCourses(language: string, text: string): ExampleCourse[] {
  const courses: ExampleCourse[] = [];
  for (const line of text.split('\n').map((l) => l.trim())) {
    const course = courses.at(-1);
    if (line === '') continue;
    if (line.startsWith('= ')) {
      const [slug = '', isced = '', ects, eqf, title = ''] = line
        .slice(2)
        .split('|')
        .map((part) => part.trim());
      if (!slug || !title) throw new Error(`example course list (${language}): "${line}" lacks a slug or a title`);
      courses.push({
        slug,
        language,
        title,
        description: '',
        outcomes: [],
        isced,
        ects: number(ects),
        eqf: number(eqf),
        notes: {},
      });
    } else if (!course) throw new Error(`example course list (${language}): "${line}" stands before the first course`);
    else if (line.startsWith('- ')) course.outcomes.push(line.slice(2));
    else if (line.startsWith('@')) {
      const space = line.indexOf(' ');
      course.notes[line.slice(1, space)] = line.slice(space + 1);
    } else course.description = course.description ? `${course.description} ${line}` : line;
  }
  return courses;
}

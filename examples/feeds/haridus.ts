import { PHRASES } from '../providers/phrases.ts';
import type { ExampleCourse } from './course.ts';
import { pick, type RunPlan, runsOf } from './runs.ts';

const FIELDS: Record<string, string> = {
  '01': 'Haridus',
  '02': 'Kultuur ja disain',
  '03': 'Sotsiaalteadused',
  '04': 'Äri, haldus ja õigus',
  '05': 'Loodus ja andmed',
  '06': 'IT ja andmed',
  '07': 'Tehnika ja ehitus',
  '08': 'Põllumajandus ja mets',
  '09': 'Tervis ja heaolu',
  '10': 'Teenindus ja logistika',
};

/** A JSON-LD catalogue in the plain profile that Estonian micro-credentials are published in. */
export function haridusCatalogue(
  courses: readonly ExampleCourse[],
  domain: string,
  names: readonly string[],
  plan: RunPlan,
  broken: readonly Record<string, unknown>[],
): string {
  const graph = courses.map((course, index) => {
    const run = runsOf(course, index, plan)[0];
    const url = `https://${domain}/mikrokraadid/${course.slug}`;
    return {
      '@type': 'MicroCredential',
      '@id': url,
      name: course.title,
      summary: course.description,
      url,
      field: FIELDS[course.isced.slice(0, 2)],
      language: course.language,
      // Every ninth leaves the credits out; every fifth writes them as text, as real catalogues do.
      ...(index % 9 === 8 ? {} : { ectsCredits: index % 5 === 3 ? String(course.ects) : course.ects }),
      provider: { '@type': 'Organization', name: pick([names[0], names[0], names[0], names[1] ?? names[0]], index) },
      ...(index % 6 === 5
        ? {}
        : {
            learningOutcome:
              index % 4 === 2
                ? [`${PHRASES[course.language]?.lead} ${course.outcomes.map((o) => `• ${o}`).join(' ')}`]
                : course.outcomes,
          }),
      ...(run && {
        price: String(run.price),
        priceCurrency: 'EUR',
        registrationDeadline: run.deadline,
        startDate: run.start,
      }),
    };
  });
  return JSON.stringify(
    { '@context': 'https://credentialcommons.org/profiles/context/haridus.jsonld', '@graph': [...graph, ...broken] },
    null,
    1,
  );
}

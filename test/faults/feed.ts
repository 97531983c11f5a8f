import type { Answer } from './fault-server.ts';

/** A course as an Open Education API states it. All of it is invented. */
export const course = (n: number | string, more: object = {}) => ({
  courseId: `course-${n}`,
  name: [{ language: 'en-GB', value: `Course ${n}` }],
  description: [{ language: 'en-GB', value: `What course ${n} is about.` }],
  learningOutcomes: [[{ language: 'en-GB', value: `explain the matter of course ${n}` }]],
  studyLoad: { studyLoadUnit: 'ects', value: 2.5 },
  teachingLanguage: 'eng',
  modeOfDelivery: ['online'],
  link: `https://north.example/courses/${n}`,
  ...more,
});

export const courses = (from: number, to: number, more: (n: number) => object = () => ({})) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => course(from + i, more(from + i)));

/** One page of the feed. */
export const page = (items: readonly unknown[], number = 1, hasNextPage = false, more: object = {}): string =>
  JSON.stringify({ pageSize: 100, pageNumber: number, hasPreviousPage: number > 1, hasNextPage, ...more, items });

/** A feed of several pages as routes: `/courses`, `/courses?pageNumber=2`, … */
export function pagedRoutes(items: readonly unknown[], size: number, path = '/courses', more: object = {}) {
  const routes: Record<string, Answer> = {};
  const pages = Math.max(1, Math.ceil(items.length / size));
  for (let n = 1; n <= pages; n++) {
    const body = page(items.slice((n - 1) * size, n * size), n, n < pages, more);
    routes[n === 1 ? path : `${path}?pageNumber=${n}`] = body;
  }
  return routes;
}

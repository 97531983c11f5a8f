import { parseCourses } from '../feeds/course.ts';
import { ooapiProvider } from '../feeds/ooapi.ts';
import { german } from './weser.content.ts';

/** Germany, OOAPI v6. */
export const weser = ooapiProvider({
  name: 'weser',
  version: 6,
  domain: 'www.hochschule-weser.example',
  folder: 'weiterbildung',
  organisation: [{ name: 'Beispielhochschule Weser (fiktiv)', country: 'DE', city: 'Bremen', language: 'de' }],
  courses: parseCourses('de', german).map((course) => ({ course, organisation: 0 })),
  plans: [
    {
      towns: ['Bremen', 'Bremerhaven', 'Minden', 'Hameln', 'Hannover'],
      modes: ['presential', 'blended', 'online', 'presential', 'hybrid', 'presential'],
      prices: [490, 1280, 0, 220, 760, 350, 1990],
      counts: [1, 2, 2, 1, 3, 1, 0, 2],
    },
  ],
  currency: ['EUR'],
  broken: [],
});

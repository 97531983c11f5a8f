import { parseCourses } from '../feeds/course.ts';
import { ooapiProvider } from '../feeds/ooapi.ts';
import { stableUuid } from '../feeds/provider.ts';
import { dutch, english } from './meuse.content.ts';

/** Netherlands, OOAPI v5. Two records are broken on purpose: one without a name, one with negative credits. */
export const meuse = ooapiProvider({
  name: 'meuse',
  version: 5,
  domain: 'www.university-meuse.example',
  folder: 'modules',
  organisation: [
    {
      name: 'Example University of the Meuse (fictitious)',
      otherName: 'Example University of the Meuse, School for Professionals (fictitious)',
      country: 'NL',
      city: 'Maastricht',
      language: 'en',
    },
  ],
  courses: [...parseCourses('nl', dutch), ...parseCourses('en', english)].map((course) => ({
    course,
    organisation: 0,
  })),
  plans: [
    {
      towns: ['Maastricht', 'Eindhoven', 'Venlo', 'Roermond', 'Heerlen'],
      modes: ['blended', 'presential', 'online', 'presential', 'presential', 'online', 'blended'],
      prices: [395, 0, 650, 1250, 480, 925, 0, 150],
    },
  ],
  currency: ['EUR'],
  broken: [
    {
      courseId: stableUuid('meuse/broken/no-name'),
      primaryCode: { codeType: 'identifier', code: 'M901' },
      name: [{ language: 'nl-NL', value: '' }],
      studyLoad: { studyLoadUnit: 'ects', value: 2 },
      description: [{ language: 'nl-NL', value: 'Deze module heeft in het systeem nog geen naam.' }],
      level: 'undefined',
    },
    {
      courseId: stableUuid('meuse/broken/negative'),
      primaryCode: { codeType: 'identifier', code: 'M902' },
      name: [{ language: 'nl-NL', value: 'Verdieping warmtenetten (conceptrecord)' }],
      studyLoad: { studyLoadUnit: 'ects', value: -5 },
      description: [{ language: 'nl-NL', value: 'Het aantal studiepunten is verkeerd ingevoerd.' }],
      level: 'bachelor',
    },
  ],
});

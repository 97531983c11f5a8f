import { parseCourses } from '../feeds/course.ts';
import { ooapiProvider } from '../feeds/ooapi.ts';
import { stableUuid } from '../feeds/provider.ts';
import { finnish, swedish } from './nordic.content.ts';

/** Finland and Sweden, OOAPI v6: two organisations behind one endpoint. One record has no name. */
export const nordic = ooapiProvider({
  name: 'nordic',
  version: 6,
  domain: 'courses.nordic-alliance.example',
  folder: 'courses',
  organisation: [
    { name: 'Esimerkkikorkeakoulu Pohjola (kuvitteellinen)', country: 'FI', city: 'Tampere', language: 'fi' },
    { name: 'Exempelhögskolan Mälardalen (påhittad)', country: 'SE', city: 'Västerås', language: 'sv' },
  ],
  courses: [
    ...parseCourses('fi', finnish).map((course) => ({ course, organisation: 0 })),
    ...parseCourses('sv', swedish).map((course) => ({ course, organisation: 1 })),
  ],
  plans: [
    {
      towns: ['Tampere', 'Oulu', 'Rovaniemi', 'Turku'],
      modes: ['online', 'blended', 'presential', 'online', 'presential'],
      prices: [0, 90, 45, 0, 240, 600],
    },
    {
      towns: ['Västerås', 'Uppsala', 'Malmö', 'Luleå'],
      modes: ['blended', 'online', 'presential'],
      prices: [0, 0, 4500, 0, 1800],
    },
  ],
  currency: ['EUR', 'SEK'],
  broken: [
    {
      courseId: stableUuid('nordic/broken/name-missing'),
      primaryCode: { codeType: 'identifier', code: 'FI-902' },
      name: [],
      studyLoad: [{ studyLoadUnit: 'ects', value: 3 }],
      description: [{ language: 'fi-FI', value: 'Luonnos ilman nimeä.' }],
      teachingLanguages: ['fi'],
    },
  ],
});

import { parseCourses } from '../feeds/course.ts';
import { ctdlEnvelopes } from '../feeds/ctdl.ts';
import { type ExampleProvider, jsonAnswer } from '../feeds/provider.ts';
import { greek } from './egeo.content.ts';

/** Greece, Credential Registry envelopes in one array. */
export const egeo: ExampleProvider = {
  name: 'egeo',
  answer: (path) =>
    path === 'envelopes'
      ? jsonAnswer(
          ctdlEnvelopes(parseCourses('el', greek), {
            name: 'egeo',
            domain: 'www.panepistimio-egeo.example',
            organisation: {
              name: 'Πανεπιστήμιο-Παράδειγμα Αρχιπελάγους (φανταστικό)',
              country: 'GR',
              countryName: 'Greece',
              city: 'Ermoupoli',
            },
            plan: {
              towns: ['Ermoupoli', 'Athens', 'Heraklion', 'Thessaloniki'],
              modes: ['blended', 'online', 'presential', 'presential'],
              prices: [280, 0, 450, 700, 120],
            },
          }),
        )
      : undefined,
};

import { parseCourses } from '../feeds/course.ts';
import { haridusCatalogue } from '../feeds/haridus.ts';
import type { ExampleProvider } from '../feeds/provider.ts';
import { estonian } from './mikrokraad.content.ts';

const DOMAIN = 'www.mikrokraad-naidis.example';

/** Estonia, a JSON-LD catalogue. The provider writes its name in two ways; one record has no name. */
export const mikrokraad: ExampleProvider = {
  name: 'mikrokraad',
  answer: (path) =>
    path === 'catalog.jsonld'
      ? {
          type: 'application/ld+json',
          body: haridusCatalogue(
            parseCourses('et', estonian),
            DOMAIN,
            ['Näidis-Mikrokraadide Keskus (väljamõeldud)', 'NÄIDIS-MIKROKRAADIDE KESKUS OÜ (väljamõeldud)'],
            { towns: ['Tallinn'], modes: ['blended'], prices: [290, 640, 1200, 0, 890, 350] },
            [
              {
                '@type': 'MicroCredential',
                '@id': `https://${DOMAIN}/mikrokraadid/nimeta`,
                name: '',
                summary: 'Selle mikrokraadi nimi on veel otsustamata.',
                language: 'et',
                ectsCredits: 4,
              },
            ],
          ),
        }
      : undefined,
};

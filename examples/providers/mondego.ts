import { parseCourses } from '../feeds/course.ts';
import type { ExampleProvider } from '../feeds/provider.ts';
import { xcriCatalogue } from '../feeds/xcri.ts';
import { portuguese } from './mondego.content.ts';

/** Portugal, XCRI-CAP: the format is British, the texts are not. */
export const mondego: ExampleProvider = {
  name: 'mondego',
  answer: (path) =>
    path === 'catalogo.xml'
      ? {
          type: 'text/xml',
          body: xcriCatalogue(
            [
              {
                name: 'Escola Exemplo do Mondego (fictícia)',
                domain: 'www.escola-mondego.example',
                town: 'Coimbra',
                country: 'Portugal',
                courses: parseCourses('pt', portuguese),
                currency: 'EUR',
                plan: {
                  towns: ['Coimbra', 'Viseu', 'Aveiro', 'Lisboa'],
                  modes: ['presential', 'online', 'blended'],
                  prices: [180, 0, 320, 90, 650],
                },
              },
            ],
            'Dados de exemplo: instituição e cursos inventados',
          ),
        }
      : undefined,
};

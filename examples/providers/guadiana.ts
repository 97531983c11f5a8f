import { parseCourses } from '../feeds/course.ts';
import { csvRows, type Row, writeCsv } from '../feeds/csv.ts';
import type { ExampleProvider } from '../feeds/provider.ts';
import { windows1252 } from '../feeds/windows-1252.ts';
import { spanish } from './guadiana.content.ts';

/** The provider translated some of the template's headers. */
const HEADERS = { identifier: 'Identificador', title: 'Título', description: 'Descripción', url: 'Página web' };

/** Spain, CSV as a spreadsheet saves it: semicolons, decimal commas, Windows-1252. One row has negative credits. */
export const guadiana: ExampleProvider = {
  name: 'guadiana',
  answer: (path) => {
    if (path !== 'cursos.csv') return undefined;
    const rows = csvRows(parseCourses('es', spanish), {
      domain: 'www.instituto-guadiana.example',
      provider: 'Instituto Ejemplo del Guadiana (ficticio)',
      country: 'ES',
      region: 'ES43',
      currency: 'EUR',
      comma: true,
      plan: {
        towns: ['Badajoz', 'Mérida', 'Sevilla', 'Huelva', 'Cáceres'],
        modes: ['presential', 'online', 'blended', 'presential'],
        prices: [120.5, 0, 340, 75, 680, 0],
      },
    });
    const broken: Row[] = [
      {
        identifier: 'creditos-negativos',
        title: 'Iniciación a la apicultura (borrador)',
        language: 'es',
        description: 'Fila con créditos mal introducidos.',
        ects: '-4',
      },
    ];
    return { type: 'text/csv', body: windows1252(writeCsv([...rows, ...broken], ';', HEADERS)) };
  },
};

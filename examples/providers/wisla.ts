import { parseCourses } from '../feeds/course.ts';
import { csvRows, type Row, writeCsv } from '../feeds/csv.ts';
import type { ExampleProvider } from '../feeds/provider.ts';
import { polish } from './wisla.content.ts';

/** Poland, CSV in UTF-8 with a byte order mark. One row has no title, one an impossible date. */
export const wisla: ExampleProvider = {
  name: 'wisla',
  answer: (path) => {
    if (path !== 'kursy.csv') return undefined;
    const rows = csvRows(parseCourses('pl', polish), {
      domain: 'www.akademia-wisla.example',
      provider: 'Przykładowa Akademia nad Wisłą (fikcyjna)',
      country: 'PL',
      region: 'PL61',
      currency: 'PLN',
      comma: true,
      plan: {
        towns: ['Toruń', 'Bydgoszcz', 'Warszawa', 'Płock'],
        modes: ['presential', 'blended', 'online', 'presential'],
        prices: [900, 0, 1450.5, 600, 2200],
      },
    });
    const broken: Row[] = [
      {
        identifier: 'bez-tytulu',
        title: '',
        language: 'pl',
        description: 'Wiersz wprowadzony bez tytułu.',
        ects: '2',
      },
      {
        identifier: 'zla-data',
        title: 'Podstawy florystyki (szkic wpisu)',
        language: 'pl',
        description: 'Wiersz z datą, która nie istnieje.',
        ects: '2',
        start_date: '2027-13-45',
        place: 'Toruń',
      },
    ];
    return { type: 'text/csv; charset=utf-8', body: `\uFEFF${writeCsv([...rows, ...broken], ',')}` };
  },
};

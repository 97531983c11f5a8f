import { parseCourses } from '../feeds/course.ts';
import { csvRows, writeCsv } from '../feeds/csv.ts';
import type { ExampleProvider } from '../feeds/provider.ts';
import { bulgarian, croatian } from './adriatic.content.ts';

/** Croatia and Bulgaria in one CSV of a network: two awarding bodies, two scripts, one currency since 2026. */
export const adriatic: ExampleProvider = {
  name: 'adriatic',
  answer: (path) => {
    if (path !== 'courses.csv') return undefined;
    const rows = [
      ...csvRows(parseCourses('hr', croatian), {
        domain: 'www.skills-bridge.example/hr',
        provider: 'Primjer učilišta Jadran (izmišljeno)',
        offeredBy: 'Example Skills Bridge (fictitious)',
        country: 'HR',
        region: 'HR03',
        framework: 'HKO',
        currency: 'EUR',
        comma: false,
        plan: {
          towns: ['Rijeka', 'Split', 'Zagreb', 'Zadar'],
          modes: ['presential', 'blended', 'online'],
          prices: [150, 0, 380, 60],
        },
      }),
      ...csvRows(parseCourses('bg', bulgarian), {
        domain: 'www.skills-bridge.example/bg',
        provider: 'Примерна академия Тракия (измислена)',
        offeredBy: 'Example Skills Bridge (fictitious)',
        country: 'BG',
        region: 'BG42',
        framework: 'НКР',
        currency: 'EUR',
        comma: false,
        plan: {
          towns: ['Plovdiv', 'Sofia', 'Varna', 'Ruse'],
          modes: ['blended', 'presential', 'online'],
          prices: [0, 95, 210, 320],
        },
      }),
    ];
    return { type: 'text/csv; charset=utf-8', body: writeCsv(rows, ',') };
  },
};

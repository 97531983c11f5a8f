import { parseCourses } from '../feeds/course.ts';
import { siteProvider } from '../feeds/pages.ts';
import { italian } from './laguna.content.ts';

/** Italy, a small web site, mostly JSON-LD. */
export const laguna = siteProvider({
  name: 'laguna',
  domain: 'www.scuola-laguna.example',
  folder: 'corsi',
  language: 'it',
  organisation: { name: 'Scuola Esempio della Laguna (fittizia)', city: 'Venezia', country: 'IT' },
  courses: parseCourses('it', italian),
  plan: {
    towns: ['Venezia', 'Padova', 'Trieste', 'Chioggia'],
    modes: ['presential', 'presential', 'blended', 'online'],
    prices: [250, 0, 480, 120, 900],
  },
  markup: ['json-ld', 'json-ld', 'microdata'],
  together: 3,
});

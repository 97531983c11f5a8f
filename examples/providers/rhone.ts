import { parseCourses } from '../feeds/course.ts';
import { siteProvider } from '../feeds/pages.ts';
import { french } from './rhone.content.ts';

/** France, a web site with JSON-LD, microdata and RDFa pages. */
export const rhone = siteProvider({
  name: 'rhone',
  domain: 'www.universite-rhone.example',
  folder: 'formations',
  language: 'fr',
  organisation: { name: 'Université Exemple du Rhône (fictive)', city: 'Lyon', country: 'FR' },
  courses: parseCourses('fr', french),
  plan: {
    towns: ['Lyon', 'Grenoble', 'Saint-Étienne', 'Valence'],
    modes: ['presential', 'blended', 'online', 'presential', 'presential'],
    prices: [590, 0, 1200, 340, 860, 90],
    counts: [2, 3, 1, 2, 0, 2, 1],
  },
  markup: ['json-ld', 'microdata', 'json-ld', 'rdfa'],
  together: 4,
});

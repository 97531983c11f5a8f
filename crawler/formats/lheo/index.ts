import { defineFormat } from '../../record/define-format.ts';
import { xmlFeed, xmlStart } from '../../record/xml-feed.ts';
import { documentation } from './documentation.ts';
import { elements } from './elements.ts';
import { shape } from './shape.ts';

const feed = xmlFeed({
  record: 'formation',
  also: ['resume-offre'],
  around: ['lheo', 'lheo-index', 'offres', 'resumes-offres'],
  what: 'an LHEO document',
  shape,
  identify: (element) => ({
    identifier: element.at('@numero').said(),
    title: element.at('intitule-formation').said(),
    path: `${element.path}/@numero`,
  }),
  remedy: 'give the formation a "numero" that stays the same',
});

/** LHEO (Langage Harmonisé d'Échange d'informations sur l'Offre de formation): offres › formation › action › session. */
export const lheo = defineFormat({
  name: 'lheo',
  title: "LHEO 2.3 (Langage Harmonisé d'Échange d'informations sur l'Offre de formation)",
  specification: 'http://lheo.gouv.fr/2.3',
  mediaTypes: ['application/xml', 'text/xml'],
  documentation,
  version: 1,
  shape,
  partShape: shape,
  detect({ text }) {
    const start = xmlStart(text);
    if (/<(?:\w+:)?(?:lheo|lheo-index)[\s>]/.test(start.slice(0, 2000))) return 0.98;
    return /<(?:\w+:)?formation[\s>]/.test(start) && /<(?:\w+:)?intitule-formation[\s>]/.test(text) ? 0.8 : 0;
  },
  ...feed,
  // LHEO is French; a feed of translations names their language.
  prepare: (reading) => Object.assign(reading, { language: reading.language ?? 'fr' }),
  named: ({ main }) => ({ spot: main.at('formation').at('intitule-formation') }),
  elements,
});

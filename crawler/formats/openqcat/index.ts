import { readLanguages } from '../../elements/languages.ts';
import { silent } from '../../problems/notes.ts';
import { defineFormat } from '../../record/define-format.ts';
import { Spot } from '../../record/spot.ts';
import { xmlSyntax } from '../../record/xml.ts';
import { xmlFeed, xmlStart } from '../../record/xml-feed.ts';
import { documentation } from './documentation.ts';
import { elements } from './elements.ts';
import { educationOf } from './runs.ts';
import { shape } from './shape.ts';

const feed = xmlFeed({
  record: 'SERVICE',
  around: ['OPENQCAT', 'NEW_CATALOG', 'UPDATE_CATALOG', 'NEW', 'DELETE'],
  body: 'OPENQCAT',
  gone: 'DELETE',
  changes: 'UPDATE_CATALOG',
  what: 'an openQ-cat catalogue',
  shape,
  identify: (element) => {
    const own = element.at('PRODUCT_ID').said();
    const education = educationOf(element);
    const path = `${element.path}/PRODUCT_ID`;
    if (education.at('@type').flag() !== false)
      return { identifier: own, title: element.at('SERVICE_DETAILS').at('TITLE').said(), path };
    // An event: without the offer that it is of it is none.
    return { identifier: own && education.at('COURSE_ID').said(), part: own, title: `event ${own}`, path };
  },
  remedy: 'give the offer a PRODUCT_ID, and an event the PRODUCT_ID of its offer as COURSE_ID',
});

/** openQ-cat: the catalogue in which German providers deliver their courses to the Bundesagentur für Arbeit. */
export const openqcat = defineFormat({
  name: 'openqcat',
  title: 'openQ-cat 1.1 (KURSNET, mein NOW)',
  specification: 'https://kursnet-online.arbeitsagentur.de/onlinekurs/kursnet/openq-cat.html',
  mediaTypes: ['application/xml', 'text/xml'],
  documentation,
  version: 1,
  shape,
  partShape: shape,
  detect({ text }) {
    const start = xmlStart(text);
    return /<(?:\w+:)?OPENQCAT[\s>]/.test(start.slice(0, 4000)) ? 0.98 : 0;
  },
  ...feed,
  prepare(reading) {
    const said = reading.main.at('OPENQCAT').at('HEADER').at('CATALOG').at('LANGUAGE');
    const [language] = readLanguages(new Spot(xmlSyntax, { ...reading, notes: silent() }, said));
    return Object.assign(reading, { language: reading.language ?? language ?? 'de' });
  },
  named: ({ main }) => ({ spot: main.at('SERVICE').at('SERVICE_DETAILS').at('TITLE') }),
  elements,
});

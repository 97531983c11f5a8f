import { languageTag } from '../../../schema/parse/language.ts';
import type { Format } from '../../format.ts';
import { defineJsonFormat } from '../../record/json-feed.ts';
import { tellUnread } from '../../record/shape.ts';
import { documentation } from './documentation.ts';
import { elements, organisationFacts } from './elements.ts';
import { changedSince, cut, ended, IDS, next } from './pages.ts';
import { OFFERING_SHAPE, SHAPE } from './shape.ts';
import { textsAt } from './texts.ts';

/** Edu-API 1 of 1EdTech: the templates of courses and programmes that student information systems give, and their offerings. */
export const eduApi: Format = defineJsonFormat({
  name: 'edu-api',
  title: 'Edu-API 1 (1EdTech)',
  specification: 'https://www.imsglobal.org/spec/eduapi/v1p0',
  mediaTypes: ['application/json'],
  documentation,
  version: 1,
  detect: ({ text }) => {
    const start = text.trimStart();
    if (!/^[[{]/.test(start) || !/"sourcedId"\s*:/.test(start)) return 0;
    const own =
      /"(?:recordLanguage|courseType|collectionType|creditsAwarded|offeringFormat|offeringType|organizationType)"\s*:/;
    if (/"identifierType"\s*:/.test(start) || own.test(start)) return 0.95;
    return /"title"\s*:/.test(start) ? 0.45 : 0;
  },
  lists: ['', '/courseTemplates', '/courseOfferings', '/collectionTemplates', '/collectionOfferings', '/organizations'],
  ids: IDS,
  cut,
  ended,
  next,
  changedSince,
  shape: SHAPE,
  partShape: OFFERING_SHAPE,
  prepare(reading) {
    // "The primary language used in the described entity."
    reading.language = languageTag(reading.main.at('recordLanguage').said()) ?? reading.language;
    return reading;
  },
  body({ main, identifier, bodies }) {
    if (main.at('name').silent || !main.at('title').silent) return false;
    bodies.add(organisationFacts(main, identifier));
    tellUnread(main, SHAPE);
    return true;
  },
  named: ({ main }) => ({ spot: main.at('title'), texts: textsAt(main, 'title') }),
  elements,
});

import { readTexts } from '../../elements/texts.ts';
import type { Format } from '../../format.ts';
import { defineJsonFormat } from '../../record/json-feed.ts';
import { tellUnread } from '../../record/shape.ts';
import { organisationFacts } from './bodies.ts';
import { idOf } from './common.ts';
import { documentation } from './documentation.ts';
import { elements } from './elements.ts';
import { MAIN_IDS, ORGANISATION_IDS } from './ids.ts';
import { cut, next, paging } from './pages.ts';
import { SHAPE } from './shape.ts';

/** Open Education API: OOAPI 5.0 and OEAPI 6.0/6.1, with the marks of the eduXchange consumer. What is not said is not invented. */
export const ooapi: Format = defineJsonFormat({
  name: 'ooapi',
  title: 'Open Education API (OOAPI 5, OEAPI 6)',
  specification: 'https://openonderwijsapi.nl/',
  mediaTypes: ['application/json', 'application/vnd.oeapi+json'],
  documentation,
  version: 3,
  detect: ({ text }) => {
    const start = text.trimStart();
    if (!/^[[{]/.test(start) || start.includes('"@context"') || start.includes('"jsonapi"')) return 0;
    const id =
      /"(?:course|program|programme|organization|organisation|offering|courseOffering|educationSpecification)Id"\s*:/;
    const paged = /"hasNextPage"\s*:/.test(start) && /"items"\s*:/.test(start);
    if (!id.test(start)) return paged ? 0.5 : 0;
    const own =
      /"(?:primaryCode|studyLoad|teachingLanguages?|modes?OfDelivery|learningOutcomes|organi[sz]ationType)"\s*:/;
    return paged || own.test(start) ? 0.95 : 0.6;
  },
  lists: ['', '/items', '/_embedded/*', '/data', '/content', '/results', '/records', '/value'],
  ids: [...MAIN_IDS, ...ORGANISATION_IDS],
  envelope: paging.envelope,
  cut,
  ended: paging.ended,
  next,
  instead: paging.instead,
  shape: SHAPE,
  body({ main, identifier, bodies }) {
    if (idOf(main, MAIN_IDS) !== undefined || idOf(main, ORGANISATION_IDS) === undefined) return false;
    bodies.add(organisationFacts(main, identifier));
    tellUnread(main, SHAPE);
    return true;
  },
  named: ({ main }) => ({ spot: main.at('name'), texts: readTexts(main.at('name')) }),
  elements,
});

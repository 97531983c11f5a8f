import { defineFormat } from '../../record/define-format.ts';
import { xmlFeed, xmlStart } from '../../record/xml-feed.ts';
import { documentation } from './documentation.ts';
import { elements } from './elements.ts';
import { shape } from './shape.ts';

const feed = xmlFeed({
  record: 'learningOpportunitySpecification',
  around: ['courses-response'],
  what: 'an answer of the EWP Courses API',
  shape,
  identify: (element) => ({
    identifier: element.at('los-id').said(),
    title: element.at('title').said(),
    path: `${element.path}/los-id`,
  }),
  remedy: 'give the learning opportunity its los-id',
});

/** Erasmus Without Paper, Courses API: courses-response › learningOpportunitySpecification › specifies › learningOpportunityInstance. */
export const ewpCourses = defineFormat({
  name: 'ewp-courses',
  title: 'EWP Courses API 1 (Erasmus Without Paper)',
  specification: 'https://github.com/erasmus-without-paper/ewp-specs-api-courses',
  mediaTypes: ['application/xml', 'text/xml'],
  documentation,
  version: 1,
  shape,
  partShape: shape,
  detect({ text }) {
    const start = xmlStart(text);
    if (!/<(?:\w+:)?courses-response[\s/>]/.test(start)) return 0;
    return /ewp-specs-api-courses|<(?:\w+:)?learningOpportunitySpecification[\s>]/.test(start) ? 0.98 : 0.6;
  },
  ...feed,
  named: ({ main }) => ({ spot: main.at('learningOpportunitySpecification').at('title') }),
  elements,
});

import { defineFormat } from '../../record/define-format.ts';
import { xmlFeed, xmlStart } from '../../record/xml-feed.ts';
import { nameOf } from './blocks.ts';
import { documentation } from './documentation.ts';
import { elements } from './elements.ts';
import { shape } from './shape.ts';

const feed = xmlFeed({
  record: 'program',
  also: ['course'],
  around: ['CDM'],
  body: 'CDM',
  ofBody: ['orgUnit'],
  outside: ['infoBlock', 'contacts', 'teachingTeam'],
  what: 'a CDM-fr document',
  shape,
  identify: (element) => ({
    identifier: element.first('programID', 'courseID', '@id').said(),
    title: [...nameOf(element.at('programName')), ...nameOf(element.at('courseName'))][0]?.value,
    path: `${element.path}/programID`,
  }),
  remedy: 'give the programme a programID, and the course a courseID',
});

/** CDM-fr (Course Description Metadata, profile of France): CDM › orgUnit, program, course, person. */
export const cdmFr = defineFormat({
  name: 'cdm-fr',
  title: 'CDM-fr (Course Description Metadata, French profile)',
  specification: 'http://cdm-fr.fr/2012/CDM',
  mediaTypes: ['application/xml', 'text/xml'],
  documentation,
  version: 1,
  shape,
  partShape: shape,
  detect({ text }) {
    const start = xmlStart(text).slice(0, 4000);
    if (!/<(?:\w+:)?CDM[\s>]/.test(start)) return 0;
    return /cdm-fr|CDM-fr/.test(start) ? 0.98 : /<(?:\w+:)?(?:program|course|orgUnit)[\s>]/.test(text) ? 0.8 : 0.3;
  },
  ...feed,
  prepare: (reading) => Object.assign(reading, { language: reading.language ?? 'fr' }),
  named({ main }) {
    const spot = main.at('program').first('programName', 'courseName');
    return { spot, texts: nameOf(spot) };
  },
  elements,
});

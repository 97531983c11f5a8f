import { defineFormat } from '../../record/define-format.ts';
import { xmlFeed, xmlStart } from '../../record/xml-feed.ts';
import { documentation } from './documentation.ts';
import { elements } from './elements.ts';
import { withLocations } from './locations.ts';
import { shape } from './shape.ts';

const feed = xmlFeed({
  record: 'course',
  also: ['education'],
  around: ['import', 'provider', 'courses', 'informationUpdateBatch', 'institute', 'educations'],
  body: 'provider',
  bodyAlso: ['institute'],
  within: ['courses', 'educations'],
  ofBody: ['contentFields'],
  outside: ['informationRequestSettings'],
  join: withLocations,
  what: 'an EMG XML import',
  shape,
  // The identifier of a course is unique in its provider only.
  identify: (element, about) => {
    const own = element.first('@uniqueIdentifier', '@id').said();
    return {
      identifier: own && about?.identifier ? `${about.identifier}/${own}` : own,
      title: element.at('@name').said(),
      path: `${element.path}/@uniqueIdentifier`,
    };
  },
  remedy: 'give the course a uniqueIdentifier that stays the same',
});

/** EMG XML (Educations Media Group, now Keystone): import › provider › courses › course › events › event. */
export const emgXml = defineFormat({
  name: 'emg-xml',
  title: 'EMG XML (Keystone Education Group)',
  specification: 'https://github.com/keghub/xml-import',
  mediaTypes: ['application/xml', 'text/xml'],
  documentation,
  version: 1,
  shape,
  partShape: shape,
  detect({ text }) {
    const start = xmlStart(text);
    if (!/<(?:\w+:)?(?:import|informationUpdateBatch)[\s>]/.test(start)) return 0;
    if (/educations\.com\/XmlImport/i.test(start)) return 0.98;
    return /<(?:\w+:)?(?:course|education)\s[^>]*uniqueIdentifier=/.test(text) ? 0.7 : 0;
  },
  ...feed,
  named: ({ main }) => ({ spot: main.at('course').at('@name') }),
  elements,
});

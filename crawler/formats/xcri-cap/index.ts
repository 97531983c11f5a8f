import { webUrl } from '../../../schema/parse/url.ts';
import { defineFormat } from '../../record/define-format.ts';
import { xmlFeed } from '../../record/xml-feed.ts';
import { documentation } from './documentation.ts';
import { elements } from './elements.ts';
import { identifiersOf } from './identifiers.ts';
import { shape } from './shape.ts';

const feed = xmlFeed({
  record: 'course',
  around: ['catalog', 'provider'],
  body: 'provider',
  what: 'an XCRI-CAP catalogue',
  shape,
  identify: (element) => ({
    identifier: identifiersOf(element)[0] ?? webUrl(element.first('url', 'link').said()),
    title: element.at('title').said(),
    path: `${element.path}/identifier`,
  }),
  remedy: 'give the course a dc:identifier, best the address of its page',
});

/** XCRI-CAP 1.2 (BS 8581, a profile of EN 15982 MLO), also 1.1 and home-grown namespaces: catalog › provider › course › presentation. */
export const xcriCap = defineFormat({
  name: 'xcri-cap',
  title: 'XCRI-CAP 1.2 (eXchanging Course Related Information, Course Advertising Profile)',
  specification: 'https://xcri.org/profiles/1.2/catalog',
  mediaTypes: ['application/xcri+xml', 'application/xml', 'text/xml'],
  documentation,
  version: 5,
  shape,
  partShape: shape,
  detect({ text }) {
    const start = text.trimStart().slice(0, 20_000);
    if (!start.startsWith('<') || /^<(!doctype html|html)/i.test(start)) return 0;
    if (/xcri\.(org|co\.uk)/i.test(start) && /<(\w+:)?(catalog|provider|course)[\s>]/.test(start)) return 0.98;
    return /<(\w+:)?catalog[\s>]/.test(start) && /<(\w+:)?course[\s>]/.test(text) ? 0.4 : 0;
  },
  ...feed,
  named: ({ main }) => ({ spot: main.at('course').at('title') }),
  elements,
});

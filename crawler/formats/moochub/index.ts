import { isObject } from '../../../schema/index.ts';
import { registeredLanguage } from '../../../schema/parse/language.ts';
import { PRE, withoutPre } from '../../decode/json-in-pre.ts';
import { jsonNextPages } from '../../decode/json-next-pages.ts';
import { readTexts } from '../../elements/texts.ts';
import type { Format } from '../../format.ts';
import { defineJsonFormat } from '../../record/json-feed.ts';
import { documentation } from './documentation.ts';
import { elements } from './elements.ts';
import { SHAPE } from './shape.ts';

const paging = jsonNextPages((envelope) => {
  const links: Record<string, unknown> = isObject(envelope.links) ? envelope.links : {};
  const { self, last, next } = links;
  const more = typeof self === 'string' && typeof last === 'string' && last.trim() !== '' && self !== last;
  return {
    next,
    path: '/links/next',
    ...(more ? { more: 'this is not the last page, but no next one is named' } : {}),
  };
});

/** MOOChub 2.1 to 3.0.1 and the draft with programmes: JSON:API pages of courses, as the German-speaking MOOC platforms publish them. */
const json = defineJsonFormat({
  name: 'moochub',
  title: 'MOOChub 2 and 3 (JSON:API)',
  specification: 'https://github.com/MOOChub/schema',
  mediaTypes: ['application/vnd.api+json', 'application/json'],
  documentation,
  version: 1,
  detect: ({ text }) => {
    const start = text.replace(PRE, '').trimStart();
    if (!start.startsWith('{') || !/"attributes"\s*:/.test(start) || !/"data"\s*:/.test(start)) return 0;
    if (!/"type"\s*:\s*"(?:courses?|programs?)"/i.test(start)) return 0;
    const own =
      /"(?:moocProvider|courseLicenses|partnerInstitutes?|learningResourceType|educationalCredentialsAwarded|courseMode|learningObjectives|availableUntil)"\s*:/i;
    return own.test(start) ? 0.95 : 0.4;
  },
  lists: ['/data'],
  ids: ['id'],
  inner: 'attributes',
  envelope: paging.envelope,
  ended: paging.ended,
  next: paging.next,
  shape: SHAPE,
  prepare(reading) {
    // Texts are not tagged: those of a course in one language are in that.
    const [said, other] = reading.main.each('inLanguage', 'languages');
    const language = other ? undefined : registeredLanguage(said?.said());
    if (language) reading.language = language;
    return reading;
  },
  named: ({ main }) => ({ spot: main.at('name'), texts: readTexts(main.at('name')) }),
  elements,
});

export const moochub: Format = { ...json, records: (body, page) => json.records(withoutPre(body), page) };

import { type Format, isFault, type RawRecord, type RecordFault } from '../../format.ts';
import { defineJsonFormat } from '../../record/json-feed.ts';
import { tellUnread } from '../../record/shape.ts';
import { documentation } from './documentation.ts';
import { bodyFacts, elements } from './elements.ts';
import { heiIn, isWhole } from './ids.ts';
import { cut, ended, envelope, next } from './pages.ts';
import type { OccapiReading } from './reading.ts';
import { INSTANCE_SHAPE, SHAPE } from './shape.ts';

/** Members that no other format of JSON:API has. */
const OWN = /"(?:multiline|heiId|ounitId|academicTermId|eqfLevelProvided|unavailableForIncomingMobility)"\s*:/;

/** The Open Course Catalogue API of the European University Foundation, 1 and 2: JSON:API of courses, programmes and their institutions. */
const json = defineJsonFormat<OccapiReading>({
  name: 'occapi',
  title: 'OCCAPI 1 and 2 (JSON:API)',
  specification: 'https://github.com/EuropeanUniversityFoundation/occapi-openapi',
  mediaTypes: ['application/vnd.api+json', 'application/json'],
  documentation,
  version: 1,
  detect: ({ text }) => {
    const start = text.trimStart();
    if (!start.startsWith('{')) return 0;
    // The service document.
    if (/"hei"\s*:\s*\{\s*"href"\s*:/.test(start)) return 0.9;
    const typed =
      /"type"\s*:\s*"(?:course|programme|hei|ounit|instance)"/.test(start) && /"attributes"\s*:/.test(start);
    // PHP writes "\/occapi\/v2".
    if (/\/occapi\\?\//.test(start) && (typed || /"jsonapi"\s*:/.test(start))) return 0.95;
    if (!typed) return 0;
    return OWN.test(start) ? 0.95 : /"string"\s*:\s*"/.test(start) ? 0.6 : 0;
  },
  lists: ['/data', ''],
  ids: ['id'],
  cut,
  envelope,
  ended,
  next,
  shape: SHAPE,
  partShape: INSTANCE_SHAPE,
  prepare(reading) {
    const root = reading.main;
    const link = root.at('links').at('self');
    const self = link.node() ? link.at('href') : link;
    const type = root.at('type').said() ?? '';
    return Object.assign(reading, { main: root.at('attributes'), root, type, self, hei: heiIn(self.said()) });
  },
  body({ main, identifier, bodies, type, root }) {
    if (type !== 'hei' && type !== 'ounit') return false;
    bodies.add(bodyFacts(main, identifier));
    tellUnread(root, SHAPE);
    return true;
  },
  named: ({ main }) => ({ spot: main.at('title') }),
  elements,
});

/** The id of a broken record names it only where it needs nothing around it. */
const nameless = (item: RawRecord | RecordFault): RawRecord | RecordFault => {
  if (!isFault(item)) return item;
  const { identifier } = item.rejection;
  if (identifier === null || isWhole(identifier) || identifier.includes('/')) return item;
  return { rejection: { ...item.rejection, identifier: null }, incomplete: true };
};

export const occapi: Format = {
  ...json,
  async *records(body, page) {
    for await (const item of json.records(body, page)) yield nameless(item);
  },
};

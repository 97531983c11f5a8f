import { isObject } from '../../../schema/index.ts';
import { peeked } from '../../decode/peeked.ts';
import type { Format } from '../../format.ts';
import { defineJsonFormat } from '../../record/json-feed.ts';
import { declareShape, type Shape, tellUnread } from '../../record/shape.ts';
import { documentation } from './documentation.ts';
import { at, elements, organisationAt, READ } from './elements.ts';
import { IDS, rows } from './records.ts';

const ORGANISATIONS = [
  'Name',
  'name',
  'Legal Name',
  'legalName',
  'Website',
  'website',
  'url',
  'Head Office Address Country',
  'Head Office Country',
];
/** Columns have spaces in their names, which a declaration cannot write. */
const NAMES = new Set<string>([...IDS, ...READ, ...ORGANISATIONS]);
const leaf = declareShape('x').child('x') as Shape;
const shape: Shape = {
  child: (name) => (NAMES.has(name) ? leaf : undefined),
  reads: (name) => NAMES.has(name),
  members: new Map([...NAMES].map((name) => [name, leaf])),
};

const json = defineJsonFormat({
  name: 'ofqual',
  title: 'Register of regulated qualifications (Ofqual)',
  specification: 'https://github.com/OfqualGovUK/ofqual-register-api',
  mediaTypes: ['text/csv', 'application/json'],
  documentation,
  version: 1,
  // A table does not show its own end.
  openEnded: true,
  lists: ['/results', '/Results', ''],
  ids: IDS,
  shape,
  detect({ text }) {
    const start = text.replace(/^[\uFEFF\s]+/, '').slice(0, 20_000);
    if (/^"?(?:Qualification Number|Recognition Number)"?,/.test(start))
      return /Owner Organisation|Qualification SSA|Ofqual Status/.test(start.split('\n', 1)[0] ?? '') ? 0.98 : 0.3;
    return /^[[{]/.test(start) && /"qualificationNumber"/.test(start) && /"organisationRecognitionNumber"/.test(start)
      ? 0.95
      : 0;
  },
  // The register is English.
  prepare: (reading) => Object.assign(reading, { language: reading.language ?? 'en' }),
  envelope: (envelope, page) => Object.assign(page.envelope, { enveloped: isObject(envelope) }),
  /** Pages are asked for by number; the one behind the last is empty. */
  next(page, count) {
    if (!count || !page.envelope.enveloped || !/^https?:/.test(page.url)) return [];
    const url = new URL(page.url);
    url.searchParams.set('page', String(Number(url.searchParams.get('page') ?? 1) + 1));
    return [{ url: url.href }];
  },
  body({ main, bodies }) {
    const facts = at(main, 'title').silent && main.first(...IDS.slice(0, 2)).silent ? organisationAt(main) : undefined;
    if (!facts || !bodies.add(facts)) return false;
    tellUnread(main, shape);
    return true;
  },
  named: ({ main }) => ({ spot: at(main, 'title') }),
  elements,
});

/** The register of Ofqual: its extracts are tables, its API answers JSON; the rows of both are read alike. */
export const ofqual: Format = {
  ...json,
  async *records(body, page) {
    const opened = await peeked(body);
    yield* /[[{]/.test(opened.first) ? json.records(opened.body, page) : rows(opened.body, page);
  },
};

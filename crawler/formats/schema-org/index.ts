import { isObject, type SourceDefinition } from '../../../schema/index.ts';
import { readLinkedPage } from '../../decode/linked/linked-page.ts';
import type { RawNode } from '../../decode/linked/page-records.ts';
import type { PageRequest } from '../../format.ts';
import { defineFormat, type Opened, type RecordReading, type Refusal } from '../../record/define-format.ts';
import { linkedByKey } from '../../record/linked-keys.ts';
import { type Reading, Spot } from '../../record/spot.ts';
import { documentation } from './documentation.ts';
import { elements } from './elements.ts';
import { detect, KINDS } from './kinds.ts';
import { RUN_SHAPE, SHAPE } from './shape.ts';
import { addressOf, type Course, isThing, RESIDUE, rawText, words } from './words.ts';

/** schema.org in web pages, found by their sitemap, and in documents of JSON-LD. */
export const schemaOrg = defineFormat<Course>({
  name: 'schema-org',
  title: 'schema.org courses in web pages (JSON-LD, microdata, RDFa)',
  specification: 'https://schema.org/Course',
  mediaTypes: ['text/html', 'application/xhtml+xml', 'application/ld+json', 'application/x-ndjson', 'application/xml'],
  documentation,
  version: 4,
  openEnded: true,
  detect,
  records: (body, page) => readLinkedPage(body, page, KINDS),
  next: (page) => (page.envelope.requests as PageRequest[] | undefined) ?? [],
  shape: SHAPE,
  partShape: RUN_SHAPE,
  open,
  prepare,
  named(r) {
    const spot = r.main.at('name');
    const residue = r.main.each('name').find(({ value }) => RESIDUE.test(rawText(value)));
    if (residue) return { path: spot.path, rule: 'template-residue', found: residue.value };
    r.title = words(spot);
    return { spot, texts: r.title };
  },
  elements,
});

const isRaw = (raw: unknown): raw is RawNode =>
  isObject(raw) &&
  isObject(raw.node) &&
  !('@value' in raw.node) &&
  isObject(raw.page) &&
  typeof raw.base === 'string' &&
  typeof raw.type === 'string';

/** The node of the course; runs that the page gives as nodes of their own are its parts. */
function open(raw: unknown, _: readonly unknown[], reading: Reading): Opened | Refusal {
  if (!isRaw(raw)) return { path: '', rule: 'not-a-record', remedy: 'harvest the page anew' };
  reading.language = languageOf(raw, reading.source);
  const spot = (value: unknown, path: string): Spot => new Spot(linkedByKey, reading, { value, path });
  const runs = Array.isArray(raw.runs) ? raw.runs : [];
  return {
    main: spot(raw.node, '/node'),
    parts: runs.map((run, n) => spot(run, `/runs/${n}`)).filter(isThing),
  };
}

/** Language of untagged text: that of the page, else the default of the source. */
const languageOf = ({ page }: RawNode, { defaults }: SourceDefinition): string | undefined =>
  textOf(page.language) ?? defaults.language;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function prepare(reading: RecordReading, raw: unknown): Course {
  const { type, page: said, base } = raw as RawNode;
  const page = { url: textOf(said.url), feed: said.feed === true };
  const { main } = reading;
  const [credential] = main.each('educationalCredentialAwarded').filter(isThing);
  const own = addressOf({ base }, main);
  const url = own ?? (page.feed ? undefined : page.url);
  return Object.assign(reading, { type, page, base, url, credential, title: [], further: [] });
}

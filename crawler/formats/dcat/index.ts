import { isObject } from '../../../schema/index.ts';
import { startOf } from '../../decode/body-start.ts';
import { SourceBroken } from '../../errors.ts';
import { type Format, isFault, type Page, type PageRequest, type RawRecord, type RecordFault } from '../../format.ts';
import { SAMPLE_BYTES, sampleOf } from '../../harvest/sample.ts';
import { rejection } from '../../problems/rules.ts';
import { detectFormat } from '../../registry.ts';
import { looksLikeCatalogue, readCatalogue } from './catalogue.ts';
import { documentation } from './documentation.ts';
import { chooseFeeds } from './feeds.ts';

/** Roles of pages: a file that a catalogue leads to, whose format its own beginning tells, and pages that such a file leads to. */
const FEED = 'feed';
const OF_FORMAT = /^feed\/([a-z0-9-]+)(?:\/(.+))?$/;
/** Where a raw record says which format reads it. */
const MADE_BY = '@format';

/** DCAT 3 and its profiles: a catalogue of data sets, whose distributions are feeds of the other formats. */
export const dcat: Format = {
  name: 'dcat',
  title: 'DCAT catalogue of feeds (DCAT 3, DCAT-AP, DCAT-US)',
  specification: 'https://www.w3.org/TR/vocab-dcat-3/',
  mediaTypes: ['text/turtle', 'application/rdf+xml', 'application/ld+json', 'application/json'],
  documentation,
  version: 1,
  leads: true,
  // Turtle does not show its end, nor do tables.
  openEnded: true,
  detect: ({ text }) => (looksLikeCatalogue(text) ? 0.96 : 0),
  among,
  ...led(new Map()),
};

/** What reads the feeds that a catalogue leads to. */
function among(others: ReadonlyMap<string, Format>): Format {
  const own = [...others.values()].filter(({ leads }) => !leads);
  return {
    ...dcat,
    // Records are read anew when the format that reads them has changed.
    version: own.reduce((sum, { version }) => sum + version, dcat.version),
    ...led(new Map(own.map((format) => [format.name, format]))),
  };
}

function led(
  formats: ReadonlyMap<string, Format>,
): Pick<Format, 'reads' | 'records' | 'normalise' | 'next' | 'instead'> {
  /** Pages of feeds as the format that reads them sees them. */
  const within = new WeakMap<Page, { format: Format; page: Page }>();
  const mediaTypes = new Set([...formats.values()].flatMap((format) => format.mediaTypes));

  async function* catalogue(body: AsyncIterable<Uint8Array>, page: Page): AsyncGenerator<RecordFault> {
    const found = await readCatalogue(body, page);
    const { feeds, faults } = chooseFeeds(found.nodes, page, mediaTypes);
    page.envelope.leadsTo = [
      ...feeds.map((url): PageRequest => ({ url, role: FEED })),
      ...found.further.map((url): PageRequest => ({ url })),
    ];
    yield* found.faults;
    yield* faults;
  }

  async function* feed(body: AsyncIterable<Uint8Array>, page: Page, named?: string, role?: string) {
    const { held, cut, whole } = await startOf(body, (_, bytes) => bytes >= SAMPLE_BYTES);
    if (cut && !held.length) throw cut.error;
    const format = named ? formats.get(named) : detectFormat(formats, sampleOf(held, page));
    if (!format)
      throw new SourceBroken(
        `${page.url}: no format of the catalogue is sure of this distribution`,
        'Name the data set that is a feed with the option `dataset`, or harvest the file with its format named.',
      );
    const { role: _, ...rest } = page;
    const inner: Page = { ...rest, ...(role ? { role } : {}) };
    within.set(page, { format, page: inner });
    for await (const item of format.records(whole, inner)) yield isFault(item) ? item : markedAs(format.name, item);
    if (inner.changes) page.changes = true;
  }

  return {
    reads: (member) => [...formats.values()].some((format) => format.reads?.(member)),
    async *records(body, page) {
      const of = OF_FORMAT.exec(page.role ?? '');
      if (of) yield* feed(body, page, of[1], of[2]);
      else if (page.role === FEED) yield* feed(body, page);
      else yield* catalogue(body, page);
    },
    next(page, count) {
      const inner = within.get(page);
      if (!inner) return (page.envelope.leadsTo as PageRequest[] | undefined) ?? [];
      return (inner.format.next?.(inner.page, count) ?? []).map((request) => ofFormat(inner.format.name, request));
    },
    instead({ url, role }, size) {
      const [, name = '', own] = OF_FORMAT.exec(role ?? '') ?? [];
      const { parts = [], next = [] } =
        formats.get(name)?.instead?.({ url, ...(own ? { role: own } : {}) }, size) ?? {};
      const mine = (request: PageRequest) => ofFormat(name, request);
      return { parts: parts.map(mine), next: next.map(mine) };
    },
    normalise(raw, source, identifier, parts) {
      const format = isObject(raw) && typeof raw[MADE_BY] === 'string' ? formats.get(raw[MADE_BY]) : undefined;
      if (format) return format.normalise(unmarked(raw), source, identifier, parts.map(unmarked));
      const remedy = 'harvest the catalogue anew: the record does not say which format it is of';
      return { rejection: rejection(identifier, '', 'not-a-record', raw, remedy), problems: [] };
    },
  };
}

const ofFormat = (name: string, { role, ...request }: PageRequest): PageRequest => ({
  ...request,
  role: `${FEED}/${name}${role ? `/${role}` : ''}`,
});

const markedAs = (name: string, record: RawRecord): RawRecord =>
  record.gone ? record : { ...record, raw: { ...(isObject(record.raw) ? record.raw : {}), [MADE_BY]: name } };

function unmarked(raw: unknown): unknown {
  if (!isObject(raw) || !(MADE_BY in raw)) return raw;
  const { [MADE_BY]: _, ...rest } = raw;
  return rest;
}

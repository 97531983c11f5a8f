import type { SourceCheck } from '../../catalogue/store/source-checks.ts';
import { type LangStrings, type SourceDefinition, STANDARD_ELEMENTS } from '../../schema/index.ts';
import { AddressRefused, formatError, NotNow, RetryLater, SourceBroken } from '../errors.ts';
import { StatusRefused } from '../fetch/fetch-failure.ts';
import type { GateResponse } from '../fetch/gate-contract.ts';
import {
  type Format,
  isFault,
  type Page,
  type PageRequest,
  type RawRecord,
  type RecordFault,
  type Sample,
} from '../format.ts';
import { detectFormat, formatNamed } from '../registry.ts';
import { refusedPage } from '../unpack/readable-body.ts';
import { normaliseRecords } from './normalise-record.ts';
import type { Asking, Reader } from './reader.ts';
import { sampled } from './sample.ts';

/** Records of a page that are counted; a feed may be one page of a million. */
const MOST_RECORDS = 1_000;
/** The first records, whose elements are looked at. */
const LOOKED_AT = 100;
/** A page that leads on without a record is followed: robots.txt, an index of sitemaps, a sitemap, a page. */
const MOST_REQUESTS = 4;
const LIMIT_MS = 120_000;
/** A format claims a body by more than this (`detectFormat`). */
const CLAIMS = 0.2;

/** What one polite look at a source found. */
export interface SourceLook extends SourceCheck {
  source: string;
  /** The format that the source is declared to have. */
  declared: string;
  /** Title of the first record, in its languages. */
  title?: LangStrings;
  /** Records whose elements were looked at. */
  lookedAt?: number;
  milliseconds: number;
  /** It was not asked, because it is not to be read now. */
  notAsked?: true;
}

interface Deps {
  reader: Reader;
  formats: ReadonlyMap<string, Format>;
  /** Throws when an address is not to be read now. */
  mayRead: NonNullable<Asking['mayRead']>;
  signal?: AbortSignal;
}

/**
 * Reads the first page of a source as a harvest would (robots.txt, politeness, limits), and follows it where it only leads on to the
 * records. Never throws for what a source does wrong: that is told.
 */
export async function checkSource(deps: Deps, source: SourceDefinition): Promise<SourceLook> {
  const began = performance.now();
  const found: Found = { ok: false };
  try {
    await deps.mayRead(source.url);
    await look(deps, source, found);
    found.ok = found.reason === undefined;
  } catch (error) {
    if (error instanceof NotNow) Object.assign(found, { ok: true, notAsked: true });
    else if (error instanceof StatusRefused || error instanceof RetryLater) found.status = error.status ?? found.status;
    else if (!(error instanceof SourceBroken || error instanceof AddressRefused || isTimeout(error))) throw error;
    found.reason = isTimeout(error) ? `no end of the answer within ${LIMIT_MS / 1000} seconds` : formatError(error);
  }
  const milliseconds = Math.round(performance.now() - began);
  return { source: source.id, declared: source.format, ...found, milliseconds };
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';

type Found = SourceCheck & Pick<SourceLook, 'title' | 'lookedAt' | 'notAsked'>;

async function look({ reader, formats, mayRead, signal }: Deps, source: SourceDefinition, found: Found): Promise<void> {
  const declared = formatNamed(formats, source.format);
  const limit = AbortSignal.timeout(LIMIT_MS);
  const asking: Asking = { mayRead, signal: signal ? AbortSignal.any([limit, signal]) : limit };
  let at: PageRequest | undefined = { url: source.url };
  for (let requests = 1; at; requests++) {
    const response: GateResponse = await reader.read(source, { url: at.url, role: at.role ?? null }, asking);
    try {
      const { sample, body } = await sampled(response);
      const { mediaType } = sample;
      if (requests === 1) {
        Object.assign(found, { status: response.status, ...(mediaType ? { mediaType } : {}) });
        const wrong = judgeFormat(sample, { declared, formats, found });
        if (wrong) found.reason = wrong === 'web page' ? formatError(refusedPage(response.url)) : wrong;
        found.bytes = response.bytes.decoded;
        if (wrong) return;
      }
      const page = pageOf(source, at, response);
      const read = await firstRecords(declared, body, page);
      if (requests === 1) found.bytes = response.bytes.decoded;
      const next: PageRequest[] = read.count || read.fault ? [] : (declared.next?.(page, 0) ?? []);
      at = requests < MOST_REQUESTS ? next[0] : undefined;
      if (next.length) found.pages = next.length;
      if (at) continue;
      judgeRecords(declared, source, read, found);
      if (page.total !== undefined) found.total = page.total;
    } finally {
      await response.dispose();
    }
  }
}

function pageOf(source: SourceDefinition, { role }: PageRequest, response: GateResponse): Page {
  const { url, mediaType, charset, headers } = response;
  return { url, role, mediaType, charset, link: headers.link, source, envelope: {} };
}

/** Why the body is not of the declared format, when something else claims it or it is a page for people. */
function judgeFormat(
  sample: Sample,
  { declared, formats, found }: { declared: Format; formats: ReadonlyMap<string, Format>; found: Found },
): string | undefined {
  const claims = detectFormat(formats, sample);
  if (claims) found.format = claims.name;
  if (claims?.name === declared.name || declared.detect(sample) > CLAIMS) return undefined;
  if (claims) return `this is ${claims.name}, not ${declared.name}. Correct the format of the source.`;
  return /^\s*<(?:!doctype html|html|head|body)\b/i.test(sample.text) ? 'web page' : undefined;
}

interface FirstRecords {
  /** Records, parts left out. */
  count: number;
  cut: boolean;
  first: { identifier: string; raw: unknown; parts: Map<string, unknown> }[];
  fault?: RecordFault;
}

async function firstRecords(format: Format, body: AsyncIterable<Uint8Array>, page: Page): Promise<FirstRecords> {
  const seen = new Map<string, { main?: RawRecord; parts: Map<string, unknown> }>();
  const read: FirstRecords = { count: 0, cut: false, first: [] };
  for await (const item of format.records(body, page)) {
    if (isFault(item)) {
      if (!read.fault || item.incomplete) read.fault = item;
      continue;
    }
    if (item.gone) continue;
    if (!item.part && read.count === MOST_RECORDS) {
      read.cut = true;
      break;
    }
    if (!item.part) read.count++;
    const known = seen.get(item.identifier);
    if (!known && seen.size >= LOOKED_AT) continue;
    const record = known ?? { parts: new Map<string, unknown>() };
    seen.set(item.identifier, record);
    if (item.part) record.parts.set(item.part, item.raw);
    else record.main = item;
  }
  for (const [identifier, { main, parts }] of seen) if (main) read.first.push({ identifier, raw: main.raw, parts });
  return read;
}

function judgeRecords(format: Format, source: SourceDefinition, read: FirstRecords, found: Found): void {
  found.records = read.count;
  if (read.cut) found.cut = true;
  const records = read.first.map(({ identifier, raw, parts }) => ({
    identifier,
    raw,
    parts: [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part),
  }));
  const results = normaliseRecords(format, source, records);
  const credentials = results.flatMap((result) =>
    'rejection' in result || !result.credential ? [] : [result.credential],
  );
  const [first] = credentials;
  if (first) {
    found.lookedAt = credentials.length;
    const stated = credentials.reduce(
      (sum, credential) => sum + STANDARD_ELEMENTS.filter((name) => credential[name].state === 'stated').length,
      0,
    );
    found.stated = stated / (credentials.length * STANDARD_ELEMENTS.length);
    if (first.title.value) found.title = first.title.value;
  }
  const rejected = results.find((result) => 'rejection' in result);
  const bad = read.fault?.rejection ?? (rejected && 'rejection' in rejected ? rejected.rejection : undefined);
  if (read.fault?.incomplete) found.reason = `its page cannot be read to the end. ${read.fault.rejection.remedy}`;
  else if (!first && bad)
    found.reason = `none of its first records can be used (${bad.rule}, found "${bad.found}"). ${bad.remedy}`;
  else if (!read.count) found.reason = 'it gives no record. Look at what it answers, and at the options of the source.';
}

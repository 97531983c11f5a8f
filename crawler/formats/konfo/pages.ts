import { isObject } from '../../../schema/index.ts';
import { numberedPages } from '../../decode/json-pages.ts';
import type { Page, PageRequest, RawRecord, RecordFault } from '../../format.ts';
import { fault } from '../../problems/rules.ts';
import { REPAIRED } from '../../record/define-format.ts';
import { type Cut, identifierIn, type Json } from '../../record/json-feed.ts';

/** Pages of hits count from 1; 20 each unless told (konfo-backend, external/api.clj). */
const numbered = numberedPages({ page: 'page', size: 'size' }, [20]);

/** What is asked for of an offer: what it is an offer of, and how to apply (`koulutus`, `hakukohteet`). */
const QUERY = { toteutus: '?koulutus=true&hakukohteet=true', koulutus: '?toteutukset=true' };
type Kind = keyof typeof QUERY;
/** The role of pages that a search leads to, as a sitemap leads to web pages: one that is not found takes nothing else with it. */
const PAGE = 'page';
/** The pages that the items of this one lead to: noted beside its envelope. */
const WANTED = '@wanted';

const objectsIn = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const oidOf = (raw: Json): string | undefined => identifierIn(raw, ['oid', 'toteutusOid']);
/** An object identifier (ITU-T X.660), and nothing beside it: it goes into an address. */
const isOid = (oid: string | undefined): oid is string => oid !== undefined && /^\d+(?:\.\d+)+$/.test(oid);

/**
 * An offer (toteutus) is the record, with what it is an offer of (koulutus) inside. A koulutus that comes with its offers is none itself;
 * one that comes alone is. Hits of a search lead to what was found, unless they are a file, which leads nowhere.
 */
export function cut(page: Page): Cut {
  const online = /^https?:/.test(page.url);
  const wanted: PageRequest[] = [];
  page.envelope[WANTED] = wanted;
  const want = (kind: Kind, oid: string): void => {
    const url = URL.parse(page.url);
    if (!url) return;
    const base = url.pathname.replace(/\/(?:search|koulutus|toteutus)\/.*$/, '');
    wanted.push({ url: `${url.origin}${base}/${kind}/${oid}${QUERY[kind]}`, role: PAGE });
  };

  function* item(raw: Json, path: string): Iterable<RawRecord | RecordFault> {
    // A dump of the index keeps the documents one level deeper.
    const document = isObject(raw._source)
      ? { ...raw._source, ...(raw[REPAIRED] ? { [REPAIRED]: raw[REPAIRED] } : {}) }
      : raw;
    // What was mended is said of the record, not of what stands in it.
    const { toteutukset, [REPAIRED]: repaired, ...rest } = document;
    const mended = repaired ? { [REPAIRED]: repaired } : {};
    const offers = objectsIn(toteutukset);
    const oid = oidOf(document);
    if (document === raw && online && path.startsWith('/hits/')) {
      const found = offers.length ? offers.map(oidOf) : [oid];
      for (const one of found)
        if (isOid(one)) want(offers.length ? 'toteutus' : 'koulutus', one);
        else yield fault(null, path, 'missing-identifier', raw, 'give each oid, as digits and dots');
      return;
    }
    const whole = offers.filter((offer) => isObject(offer.metadata) && oidOf(offer) !== undefined);
    for (const [n, offer] of whole.entries())
      yield* record({ koulutus: rest, ...offer, ...mended }, oidOf(offer) as string, `${path}/toteutukset/${n}`);
    if (whole.length) return;
    const named = offers.map(oidOf).filter(isOid);
    if (page.role === PAGE && named.length) for (const one of named) want('toteutus', one);
    else if (oid !== undefined) yield* record({ ...rest, ...mended }, oid, path);
    else yield fault(null, path, 'missing-identifier', raw, 'give oid, a text that is not empty');
  }

  function* record(raw: Json, identifier: string, path: string): Iterable<RawRecord> {
    if (raw.tila === 'poistettu') yield { identifier, path, raw: null, gone: true };
    else yield { identifier, path, raw };
  }

  return { item };
}

const isSearch = (page: Page): boolean => page.role !== PAGE;

/** `{total, hits, filters}`: the total is that of the educations found, not of the offers that are records. */
export function envelope({ total }: Json, page: Page): void {
  if (!isSearch(page)) return;
  numbered.envelope({ total }, page);
  delete page.total;
}

export const ended = (page: Page, items: number): RecordFault | undefined =>
  isSearch(page) ? (numbered.ended(page, items) ?? numbered.promised(page, items)) : undefined;

/** What the hits lead to, then the next page of hits. */
export const next = (page: Page, count: number): PageRequest[] => [
  ...((page.envelope[WANTED] ?? []) as PageRequest[]),
  ...(isSearch(page) ? numbered.next(page, count) : []),
];

export const { instead } = numbered;

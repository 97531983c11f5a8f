import { isObject } from '../../../schema/index.ts';
import { decimal } from '../../../schema/parse/number.ts';
import { pagingInLink } from '../../decode/json-envelope.ts';
import type { Page, PageRequest, RawRecord, RecordFault } from '../../format.ts';
import { fault } from '../../problems/rules.ts';
import { type Cut, identifierIn, type Json } from '../../record/json-feed.ts';

/** Members that identify; those of the drafts of QualityLink are named otherwise. */
export const IDS = ['sourcedId', 'id'];
/** What an offering is an offering of. */
const PARENTS = ['course', 'collection', 'program'];
/** Other things of the standard; whoever is enrolled or taught is none of ours. */
const OTHERS =
  /\/(?:persons|students|staff|enrollments|affiliations|academicSessions|component(?:Templates|Offerings))(?:\/[^/]*)?\/?$/;
const ITEMS = '@items';

/** The list that reading starts at, and what belongs to it; only its offerings must be there. */
const START = /\/courseTemplates\/?$/;
const LEADS_TO: readonly PageRequest[] = [
  { url: 'courseOfferings' },
  { url: 'collectionTemplates', role: 'page' },
  { url: 'collectionOfferings', role: 'page' },
  { url: 'organizations', role: 'page' },
];

/** A template is a record, an offering a part of its template, an organisation a body. */
export function cut(page: Page): Cut {
  const address = URL.parse(page.url)?.pathname ?? '';
  return {
    *item(raw, path) {
      const id = identifierIn(raw, IDS);
      const other = OTHERS.test(address) || ['primaryName', 'person', 'sessionType', 'component'].some((n) => n in raw);
      if (other || 'componentType' in raw) {
        const remedy = 'let the source point to courseTemplates, collectionTemplates or their offerings';
        yield fault(null, path, 'other-resource', Object.keys(raw).slice(0, 12).join(', '), remedy);
      } else if (id === undefined) {
        yield fault(null, path, 'missing-identifier', raw, 'give sourcedId, a text that is not empty');
      } else yield* named(raw, id, path);
    },
  };
}

function* named(raw: Json, id: string, path: string): Iterable<RawRecord | RecordFault> {
  const isOffering = PARENTS.some((name) => name in raw) || 'offeringType' in raw;
  const gone = typeof raw.recordStatus === 'string' && /^(?:to ?be ?)?deleted$/i.test(raw.recordStatus);
  if (!isOffering) {
    yield gone ? { identifier: id, path, raw: null, gone } : { identifier: id, path, raw };
    return;
  }
  const parent = identifierIn(raw, PARENTS) ?? PARENTS.flatMap((name) => referred(raw[name]) ?? [])[0];
  if (gone) yield { identifier: parent ?? '', part: `offering:${id}`, path, raw: null, gone };
  else if (parent) yield { identifier: parent, part: `offering:${id}`, path, raw };
  else yield fault(null, path, 'run-without-credential', `offering ${id}`, 'let the offering name its course');
}

/** A reference is an identifier, or an object that has it (the first drafts). */
const referred = (value: unknown): string | undefined => (isObject(value) ? identifierIn(value, IDS) : undefined);

/** The page is read to its end. */
export function ended(page: Page, items: number): RecordFault | undefined {
  page.envelope[ITEMS] = items;
  return undefined;
}

/** Sizes that servers cut their pages to, whatever they are asked for. */
const USUAL = new Set([10, 20, 25, 50, 100, 200, 250, 500, 1000]);

/**
 * The next page lies behind the items of this one: lists are bare, and a page that has less than was asked for is the last. One that has
 * the size of a page that a server may have cut is asked for once more; what follows the last page is empty.
 */
export function next(page: Page): PageRequest[] {
  const url = URL.parse(page.url);
  if (!url || !/^https?:$/.test(url.protocol)) return [];
  const items = Number(page.envelope[ITEMS] ?? 0);
  const limit = decimal(url.searchParams.get('limit'));
  const offset = decimal(url.searchParams.get('offset')) ?? 0;
  const { hasNextPage } = pagingInLink(page.link);
  const follows = hasNextPage ?? ((limit !== undefined && items >= limit) || USUAL.has(items));
  const requests: PageRequest[] = [];
  if (items > 0 && follows) {
    const after = new URL(url);
    after.searchParams.set('offset', String(offset + items));
    requests.push({ url: after.href, ...(page.role ? { role: page.role } : {}) });
  }
  if (!START.test(url.pathname) || offset > 0) return requests;
  for (const { url: list, role } of LEADS_TO) {
    const other = new URL(url);
    other.pathname = url.pathname.replace(START, `/${list}`);
    requests.push({ url: other.href, ...(role ? { role } : {}) });
  }
  return requests;
}

/**
 * "A filter on dateLastModified" (QualityLink Data Exchange, "Incremental Updates"), in the grammar of 1EdTech's filters. A server that
 * passes it over gives everything; one that refuses it is read whole when that is due.
 */
export function changedSince(address: string, since: string): string | undefined {
  const url = URL.parse(address);
  if (!url || !START.test(url.pathname) || url.searchParams.has('filter')) return undefined;
  url.searchParams.set('filter', `dateLastModified>='${since}'`);
  return url.href;
}

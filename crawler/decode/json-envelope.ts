import { isObject, table } from '../../schema/index.ts';
import { decimal } from '../../schema/parse/number.ts';

/** What an answer says of itself as one page of several, whatever it calls that. What it does not say is left out. */
export interface PageSays {
  /** Number of this page, from 1. */
  pageNumber?: number;
  /** How many records a page has. */
  pageSize?: number;
  /** How many pages there are: the number of the last one. */
  totalPages?: number;
  /** How many records the whole feed has. */
  totalItems?: number;
  /** Whether a page follows. */
  hasNextPage?: boolean;
  /** Address or number of the page that follows. */
  nextPage?: string | number;
}

type Meaning = keyof PageSays | 'pageIndex' | 'isLast' | 'linked';

/** Names without case and signs (`has_next_page`, `hasNextPage`, `@odata.nextLink`). */
const folded = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
const named = (meanings: Partial<Record<Meaning, string>>): ReadonlyMap<string, Meaning> =>
  table(
    Object.fromEntries(
      Object.entries(meanings).flatMap(([meaning, names]) =>
        names.split(' ').map((name) => [name, meaning as Meaning]),
      ),
    ),
  );

/** What servers call it: OOAPI 3 to 6, HAL, JSON:API, OData, Spring Data, Laravel, Django REST. */
const MEANINGS = named({
  pageNumber: 'pagenumber page currentpage currentpagenumber pageno',
  pageIndex: 'number pageindex',
  pageSize: 'pagesize perpage itemsperpage limit',
  totalPages: 'totalpages lastpagenumber lastpage pagecount pages numberofpages totalpagecount pagetotal maxpage',
  totalItems: 'totalitems totalcount totalelements total totalrecords totalresults',
  hasNextPage: 'hasnextpage hasnext hasmore hasmorepages hasmoreitems morepages more',
  isLast: 'last islast islastpage',
  nextPage: 'nextpagenumber nextpage next nextlink nexturl nextpageurl odatanextlink',
  linked: 'first prev previous',
});
/** Members that hold such members. */
const HOLDERS = new Set(['pagination', 'paging', 'page', 'pageinfo', 'meta', 'metadata', 'links', 'resultset']);
const DEPTH = 3;

/** What the envelope of a page (all that stands beside its records) says of the pages. */
export function pagingIn(envelope: unknown): PageSays {
  const says: PageSays = {};
  collect(envelope, says, DEPTH, false);
  return says;
}

function collect(members: unknown, says: PageSays, depth: number, links: boolean): void {
  if (!isObject(members) || depth === 0) return;
  let linked = false;
  for (const [name, value] of Object.entries(members)) {
    const key = folded(name);
    if (HOLDERS.has(key) && typeof value === 'object') {
      collect(Array.isArray(value) ? byRelation(value) : value, says, depth - 1, key === 'links');
      continue;
    }
    const meaning = MEANINGS.get(key);
    if (meaning === 'linked' || (links && meaning === 'isLast')) linked ||= links;
    else if (meaning) take(says, meaning, value);
  }
  // Who links the pages and has no link to a next one says that there is none.
  if (linked) says.hasNextPage ??= false;
}

function take(says: PageSays, meaning: Exclude<Meaning, 'linked'>, value: unknown): void {
  if (meaning === 'nextPage') {
    const next = isObject(value) ? value.href : value;
    const number = decimal(next);
    if (number !== undefined && Number.isInteger(number)) says.nextPage ??= number;
    else if (typeof next === 'boolean') says.hasNextPage ??= next;
    else if (typeof next === 'string' && next.trim()) {
      says.nextPage ??= next.trim();
      says.hasNextPage ??= true;
    } else if (next === null || next === '') says.hasNextPage ??= false;
  } else if (meaning === 'hasNextPage' || meaning === 'isLast' || typeof value === 'boolean') {
    const flag = /^(?:true|1)$/i.test(String(value)) ? true : /^(?:false|0)$/i.test(String(value)) ? false : undefined;
    if (flag !== undefined) says.hasNextPage = meaning === 'hasNextPage' ? flag : !flag;
  } else {
    const number = decimal(value);
    if (number === undefined || !Number.isInteger(number) || number < 0) return;
    if (meaning === 'pageIndex') says.pageNumber ??= number + 1;
    else says[meaning] ??= number;
  }
}

/** Links written as a list: `[{"rel": "next", "href": "…"}]`. */
const byRelation = (links: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(links.flatMap((link) => (isObject(link) ? [[String(link.rel ?? link.relation), link]] : [])));

/** What the field `Link` of an answer says of the pages (RFC 8288). */
export function pagingInLink(field: string | undefined): PageSays {
  if (!field) return {};
  const links = [...field.slice(0, 8_192).matchAll(/<([^<>]{1,4000})>([^<]{0,1000})/g)].flatMap(([, href, more = '']) =>
    (/;\s{0,8}rel\s{0,8}=\s{0,8}"?([^";,]{1,200})/i.exec(more)?.[1] ?? '').split(/\s+/).map((rel) => ({ rel, href })),
  );
  return pagingIn({ links });
}

/** Whether pages follow the one of that number (`size`: how many records a page has); undefined when nothing is said that proves it. */
export function pagesFollow(says: PageSays, at: number, size = says.pageSize): boolean | undefined {
  const { hasNextPage, totalPages, totalItems, nextPage } = says;
  const numbered = typeof nextPage === 'number';
  if (hasNextPage || (totalPages !== undefined && totalPages > at) || (numbered && nextPage > at)) return true;
  if (hasNextPage === false || totalPages !== undefined || numbered) return false;
  return totalItems !== undefined && size ? totalItems > at * size : undefined;
}

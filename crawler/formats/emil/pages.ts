import { isObject } from '../../../schema/index.ts';
import { numberedPages } from '../../decode/json-pages.ts';
import type { Page, PageRequest, RecordFault } from '../../format.ts';
import { fault } from '../../problems/rules.ts';
import { REPAIRED } from '../../record/define-format.ts';
import { type Cut, identifierIn, type Json } from '../../record/json-feed.ts';

/** Pages count from 0; 100 records each unless told (Susa-navet API 3, parameters `page` and `size`). */
const numbered = numberedPages({ page: 'page', size: 'size', first: 0 }, [100]);

/** The three lists by the last step of their address; educations come first, and lead to the two others. */
const INFOS = 'educationInfos';
const OTHERS = { educationEvents: 'events', educationProviders: 'providers' } as const;
/** Parameters that `/educationProviders` has as well. */
const OF_PROVIDERS = new Set(['size', 'updatedSince']);

/** Identifiers are compared without case: an event may name its education in another one (code lists of EMIL 3, identifiers). */
export const idKey = (id: string): string => id.trim().toLowerCase();

/** An education is a record, an event a part of its education, a provider a record of its own; what is not active is gone. */
export const cut = (): Cut => ({
  *item(raw, path) {
    const content = isObject(raw.content) ? raw.content : 'content' in raw ? undefined : raw;
    const id = identifierIn(raw, ['id', 'identifier']) ?? (content && identifierIn(content, ['identifier']));
    if (id === undefined) {
      yield fault(null, path, 'missing-identifier', raw, 'give id, a text that is not empty');
      return;
    }
    const key = idKey(id);
    const education = content && identifierIn(content, ['education']);
    const isEvent = /\/educationEvents(?:\/|$)/.test(path) || education !== undefined || key.startsWith('e.');
    const status = typeof raw.status === 'string' ? raw.status.trim().toUpperCase() : 'ACTIVE';
    if (status !== 'ACTIVE' || ('content' in raw && raw.content === null)) {
      const gone = { path, raw: null, gone: true as const };
      // Of an event that is gone only its own identifier is known.
      if (isEvent) yield { identifier: education ? idKey(education) : '', part: `event:${key}`, ...gone };
      else yield { identifier: key, ...gone };
      return;
    }
    if (!content) {
      yield fault(key, path, 'not-a-record', raw.content, 'let content be an object');
      return;
    }
    const kept: Json = raw[REPAIRED] ? { ...content, [REPAIRED]: raw[REPAIRED] } : content;
    if (!isEvent) yield { identifier: key, path, raw: kept };
    else if (education === undefined)
      yield fault(null, path, 'run-without-credential', `event ${id}`, 'let the event name its education');
    else yield { identifier: idKey(education), part: `event:${key}`, path, raw: kept };
  },
});

/** Links stand before the numbers, may lead on for ever, and count only where there are no numbers. */
const LINKS = '@onward';

/** `{links, page: {size, totalElements, totalPages, pageNumber}}` */
export function envelope({ page: numbers, links }: Json, page: Page): void {
  const { size, pageNumber, totalElements, totalPages } = isObject(numbers) ? numbers : {};
  numbered.envelope({ pageSize: size, pageIndex: pageNumber, totalItems: totalElements, totalPages }, page);
  page.envelope[LINKS] ??= links;
}

/** What is wrong with a page as a whole: the lists of events and providers are proven by the numbers of their pages only. */
export function ended(page: Page, items: number): RecordFault | undefined {
  const { totalItems, totalPages } = page.envelope;
  if (totalItems === undefined && totalPages === undefined) numbered.envelope({ links: page.envelope[LINKS] }, page);
  return numbered.ended(page, items) ?? numbered.promised(page, items);
}

/** The page after this one; after the first page of the educations also the first ones of the events and the providers. */
export function next(page: Page, count: number): PageRequest[] {
  const requests = numbered.next(page, count);
  const url = URL.parse(page.url);
  const first = url && (url.searchParams.get('page') ?? '0') === '0' && /^https?:/.test(page.url);
  if (!first || page.role || !url.pathname.endsWith(`/${INFOS}`)) return requests;
  for (const [list, role] of Object.entries(OTHERS)) {
    const other = new URL(url);
    other.pathname = url.pathname.replace(INFOS, list);
    other.searchParams.delete('page');
    if (role === 'providers')
      for (const name of [...other.searchParams.keys()]) if (!OF_PROVIDERS.has(name)) other.searchParams.delete(name);
    requests.push({ url: other.href, role });
  }
  return requests;
}

export const { instead } = numbered;

/** `updatedSince` is Swedish local time without zone: the same digits in UTC lie before it, so that nothing is missed. */
export function changedSince(address: string, since: string): string | undefined {
  const url = URL.parse(address);
  if (!url || !/^https?:/.test(address) || !url.pathname.endsWith(`/${INFOS}`)) return undefined;
  url.searchParams.set('updatedSince', since.slice(0, 19));
  return url.href;
}

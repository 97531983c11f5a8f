import { isObject } from '../../schema/index.ts';
import type { Page, PageRequest, RecordFault } from '../format.ts';
import { fault } from '../problems/rules.ts';

/** What stands beside the records of a page. */
type Envelope = Record<string, unknown>;

/** What a page says of the pages after it. */
export interface Follows {
  /** Address of the next page, absolute or relative to this one; nothing said: this one is the last. */
  next?: unknown;
  /** Where that stands, for reports. */
  path: string;
  /** It says that there are more, and nowhere which: nothing may be swept. */
  more?: string | undefined;
  /** How many records the whole feed says it has. */
  total?: unknown;
}

const SAID = '@next';
const REMEDY = 'let each page name the address of the next one, and the last page none';

/**
 * Feeds whose pages name the one that follows. `read` tells where; `items`: how many the page held. An empty text is none, as absent is.
 * What is no address, and a page without items that leads on, cannot prove that the feed is whole: told as incomplete.
 */
export function jsonNextPages(read: (envelope: Envelope, page: Page, items: number) => Follows) {
  const envelopes = new WeakMap<Page, Envelope>();

  return {
    /** What stands beside the records, whenever the reader tells it. */
    envelope(envelope: Envelope, page: Page): void {
      envelopes.set(page, envelope);
    },
    /** The page is read to its end. */
    ended(page: Page, items: number): RecordFault | undefined {
      const { next, path, more, total } = read(envelopes.get(page) ?? {}, page, items);
      if (typeof total === 'number' && Number.isInteger(total) && total >= 0) page.total ??= total;
      const broken = (what: string) => fault(null, path, 'paging', what, REMEDY, true);
      const address = isObject(next) ? next.href : next;
      if (address === undefined || address === null || (typeof address === 'string' && !address.trim()))
        return more === undefined ? undefined : broken(more);
      const base = URL.canParse(page.url) ? page.url : undefined;
      const url = typeof address === 'string' ? URL.parse(address.trim(), base)?.href : undefined;
      // A file leads on to a file: whoever reads it says that an upload is one.
      const allowed = page.url.startsWith('file:') ? /^(?:https?|file):/ : /^https?:/;
      if (!url || !allowed.test(url)) return broken('the next page has no address');
      if (items === 0) return broken('a page without records leads on');
      page.envelope[SAID] = url;
      return undefined;
    },
    /** The page that follows. */
    next(page: Page): PageRequest[] {
      const url = page.envelope[SAID];
      return typeof url === 'string' ? [{ url, ...(page.role ? { role: page.role } : {}) }] : [];
    },
  };
}

import { decimal } from '../../schema/parse/number.ts';
import type { Page, PageRequest, RecordFault } from '../format.ts';
import { fault } from '../problems/rules.ts';
import { type PageSays, pagesFollow, pagingIn, pagingInLink } from './json-envelope.ts';
import { afterPart, isFirstPart, isPart, type PageParameters, smallerPages, toOne } from './smaller-pages.ts';

/** How many items an answer held: noted beside what its envelope says. */
const ITEMS = '@items';

/**
 * Feeds whose pages are asked for by number; an answer's own `pageNumber` and `nextPage` count from 1. `usual`: the sizes of their pages, for a server may keep to one of these whatever it is
 * asked for. A page that is full and says nothing of the pages after it proves nothing: the next one is asked for.
 */
export function numberedPages(names: PageParameters, usual: readonly number[]) {
  const enveloped = new WeakSet<Page>();
  const asked = ({ url }: Page, name: string): number | undefined =>
    URL.canParse(url) ? decimal(new URL(url).searchParams.get(name)) : undefined;
  /** All that is known of the page; its body comes before its header. */
  const said = (page: Page): PageSays => ({ ...pagingInLink(page.link), ...pagingIn(page.envelope) });
  /** The page's number as asked for, from 1. */
  const askedNumber = (page: Page): number | undefined => {
    const number = asked(page, names.page);
    return number === undefined ? undefined : number + toOne(names);
  };
  const numberOf = (page: Page, says: PageSays): number => askedNumber(page) ?? says.pageNumber ?? 1;
  const follows = (page: Page, says: PageSays, items: number): boolean | undefined => {
    const at = numberOf(page, says);
    return pagesFollow(says, at, says.pageSize ?? (at === 1 ? items : asked(page, names.size)));
  };

  function isFull(page: Page, { pageSize }: PageSays, items: number): boolean {
    if (pageSize !== undefined) return items >= pageSize;
    const size = asked(page, names.size);
    return (size !== undefined && items >= size) || (enveloped.has(page) && usual.includes(items));
  }

  /** A server that answers with another page than the one asked for would be read for ever, or read as complete. */
  function paging(page: Page, items: number): RecordFault | undefined {
    const says = said(page);
    const number = askedNumber(page);
    const { pageNumber, pageSize } = says;
    const wrong = number !== undefined && pageNumber !== undefined && number !== pageNumber;
    const size = isPart(page.role) ? asked(page, names.size) : undefined;
    // A part counts only if the server says that it kept to its size, and did.
    const otherSize = size !== undefined && (pageSize !== size || items > size);
    const lost = items === 0 && (follows(page, says, items) === true || isFirstPart(page, names));
    if (!wrong && !otherSize && !lost) return undefined;
    const what = wrong
      ? `asked for ${names.page} ${number - toOne(names)}, got ${pageNumber - toOne(names)}`
      : otherSize
        ? `asked for ${names.size} ${size}, got ${items} items and ${names.size} ${pageSize ?? 'unsaid'}`
        : 'a page was promised, but it is empty';
    const remedy = `let ${names.page} in the answer be the one asked for, and the last page say that it is the last`;
    return fault(null, `/${names.page}`, 'paging', what, remedy, true);
  }

  function addressAfter(page: Page, { nextPage }: PageSays, at: number): string {
    const own = new URL(page.url);
    const after = typeof nextPage === 'number' && nextPage > at ? nextPage : at + 1;
    own.searchParams.set(names.page, String(after - toOne(names)));
    const web = /^https?:/.test(page.url);
    if (!web || typeof nextPage !== 'string' || !URL.canParse(nextPage, page.url)) return own.href;
    const link = new URL(nextPage, page.url);
    // The ordinary next page is asked for where this one was, whatever host the server thinks it has.
    if (link.searchParams.get(names.page) === String(at + 1 - toOne(names))) return own.href;
    if (link.origin === own.origin)
      for (const [name, value] of own.searchParams)
        if (name !== names.page && !link.searchParams.has(name)) link.searchParams.set(name, value);
    return link.href;
  }

  return {
    /** What stands beside the records, whenever the reader tells it. */
    envelope(envelope: object, page: Page): void {
      // Only what is known, by our names: nothing else in there is the server's to set.
      const says = pagingIn(envelope);
      Object.assign(page.envelope, says);
      enveloped.add(page);
      page.total ??= says.totalItems;
    },
    /** The page is read to its end. */
    ended(page: Page, items: number): RecordFault | undefined {
      page.envelope[ITEMS] = items;
      // Some say a size that they do not keep to.
      if (said(page).pageSize === items) page.size = items;
      return paging(page, items);
    },
    /**
     * A page that has fewer items than its numbers promise is not whole; for lists that nothing else proves. Asked when it is read to
     * its end.
     */
    promised(page: Page, items: number): RecordFault | undefined {
      const says = said(page);
      const at = numberOf(page, says);
      const size = says.pageSize ?? asked(page, names.size);
      if (says.totalItems === undefined || !size) return undefined;
      const promised = Math.min(size, Math.max(0, says.totalItems - (at - 1) * size));
      const found = `${names.page} ${at - toOne(names)} promised ${promised} items and gave ${items}`;
      const remedy = 'let the page hold what its numbers say';
      return items < promised ? fault(null, `/${names.page}`, 'paging', found, remedy, true) : undefined;
    },
    /** Pages that follow. A record may be several (an item and its offerings), so items are counted while reading. */
    next(page: Page, records: number): PageRequest[] {
      if (!URL.canParse(page.url)) return [];
      const items = Number(page.envelope[ITEMS] ?? records);
      const says = said(page);
      const at = numberOf(page, says);
      const follow = follows(page, says, items);
      if (items === 0 || follow === false || paging(page, items)) return [];
      if (isPart(page.role)) {
        const after = follow ? afterPart(page, names) : undefined;
        return after ? [after] : [];
      }
      // A file is given whole: only what it says leads on.
      const doubtful = /^https?:/.test(page.url) && isFull(page, says, items);
      if (!follow && !doubtful) return [];
      return [{ url: addressAfter(page, says, at), ...(page.role ? { role: page.role } : {}) }];
    },
    /** What to ask for instead of a page that the server cannot make. */
    instead: (page: { url: string; role?: string }, size?: number) => smallerPages(page, names, size),
  };
}

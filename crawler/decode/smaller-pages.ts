import type { PageRequest, RawRecord, RecordFault } from '../format.ts';
import { fault } from '../problems/rules.ts';

/** What a feed calls the number of a page and the records on it. */
export interface PageParameters {
  page: string;
  size: string;
  /** The number of its first page; 1 unless told. */
  first?: 0 | 1;
}

/** What is added to the feed's number of a page so that the first one is 1. */
export const toOne = ({ first = 1 }: PageParameters): number => 1 - first;

/** Sizes to fall back to: those that feeds allow (OOAPI 5: 10, 20, 50, 100, 250), then one by one. */
const SIZES = [50, 10, 1];
const ROLE = /^part of (\d+)$/;

const whole = (text: string | null): number | undefined =>
  text && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined;

/** The page's number, from 1. */
const numberIn = (url: URL, names: PageParameters): number | undefined => {
  const said = url.searchParams.get(names.page);
  return said !== null && /^\d{1,7}$/.test(said) ? Number(said) + toOne(names) || undefined : undefined;
};

/** The page's size as asked for, and how large the page is that it is a part of. */
const partOf = (role: string | undefined): number | undefined => whole(ROLE.exec(role ?? '')?.[1] ?? null);

/** Whether a page was asked for instead of a larger one. */
export const isPart = (role: string | undefined): boolean => partOf(role) !== undefined;

/**
 * What to read instead of a page that its server cannot make: smaller `parts` that hold the same records; when it can be
 * no smaller, the whole page after it (`next`), for nothing else will lead there. `size`: records a page, if its address
 * does not say.
 */
export function smallerPages(
  request: { url: string; role?: string },
  names: PageParameters,
  size?: number,
): { parts: PageRequest[]; next: PageRequest[] } {
  const none = { parts: [], next: [] };
  if (!URL.canParse(request.url)) return none;
  const url = new URL(request.url);
  const now = whole(url.searchParams.get(names.size)) ?? size;
  const at = url.searchParams.has(names.page) ? numberIn(url, names) : 1;
  if (!now || !at) return none;
  const smaller = SIZES.find((n) => n < now && now % n === 0);
  if (!smaller) {
    const next = afterPart(request, names);
    return { parts: [], next: next ? [next] : [] };
  }
  const times = now / smaller;
  const role = `part of ${partOf(request.role) ?? now}`;
  const parts = Array.from({ length: times }, (_, n) => {
    const part = new URL(url);
    part.searchParams.set(names.size, String(smaller));
    part.searchParams.set(names.page, String((at - 1) * times + n + 1 - toOne(names)));
    return { url: part.href, role };
  });
  return { parts, next: [] };
}

/** The whole page after the last part of one; nothing after the parts before it. */
export function afterPart(request: { url: string; role?: string }, names: PageParameters): PageRequest | undefined {
  const size = partOf(request.role);
  if (!size) return undefined;
  const url = new URL(request.url);
  const read = (numberIn(url, names) ?? 0) * Number(url.searchParams.get(names.size));
  if (!Number.isInteger(read / size)) return undefined;
  url.searchParams.set(names.size, String(size));
  url.searchParams.set(names.page, String(read / size + 1 - toOne(names)));
  return { url: url.href };
}

/** Whether a page is the first of those asked for instead of a larger one: it cannot be empty, for the page was promised. */
export function isFirstPart(request: { url: string; role?: string }, names: PageParameters): boolean {
  const size = partOf(request.role);
  if (!size) return false;
  const url = new URL(request.url);
  return Number.isInteger((((numberIn(url, names) ?? 0) - 1) * Number(url.searchParams.get(names.size))) / size);
}

/** For feeds that do not say how large a page they give: what their parts hold is taken in, and proves nothing gone. */
export async function* unproven(
  items: AsyncIterable<RawRecord | RecordFault>,
): AsyncGenerator<RawRecord | RecordFault> {
  yield* items;
  const remedy = 'mend the page that fails as a whole; read in pieces it is not known to be complete';
  yield fault(null, '', 'paging', 'a page in smaller pieces', remedy, true);
}
